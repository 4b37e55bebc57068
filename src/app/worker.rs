//! `daebon worker NAME`: one piece of work on foreign bytes, in a process of its own.
use std::io::{Read, Write};

use anyhow::{Context, bail};

use super::cage;
use crate::features::covers;
use crate::ports::worker::Task;

/// Everything that workers do.
const TASKS: &[&Task] = &[&covers::READ_COVER];

/// Reads standard input to its end, does the work, writes the answer.
///
/// # Errors
/// There is no such work, or nobody listens.
pub fn run(name: &str) -> anyhow::Result<()> {
    cage::close();
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        bail!("there is no such work: {name}");
    };
    let mut input = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut input)
        .context("no input")?;
    let answer = (task.work)(&input);
    let mut out = std::io::stdout().lock();
    out.write_all(&answer)?;
    out.flush()?;
    Ok(())
}

/// The program that the server runs as, to be started anew for work. On Linux by the link that
/// still leads to it after an update has put another in its place.
pub fn program() -> anyhow::Result<std::path::PathBuf> {
    let link = std::path::Path::new("/proc/self/exe");
    if link.exists() {
        return Ok(link.to_owned());
    }
    std::env::current_exe().context("the program does not know its own place")
}
