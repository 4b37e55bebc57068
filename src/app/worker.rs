//! `daebon worker NAME`: one piece of work on foreign bytes, in a process of its own.
use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::os::fd::AsFd;

use anyhow::{Context, bail};

use super::cage::{self, Limits};
use crate::features::{covers, transcripts};
use crate::formats::hearing::ReadSeek;
use crate::ports::worker::{ANSWER, LongTask, PROGRESS, Task};

/// Everything that workers do at once.
const TASKS: &[&Task] = &[&covers::READ_COVER];
/// Everything that takes them long.
const LONG_TASKS: &[&LongTask] = &[&transcripts::HEAR, &transcripts::ALIGN];

/// Takes its input, does the work, writes the answer. Work that takes long may take `cpu_s`
/// seconds of a processor.
///
/// # Errors
/// There is no such work, or nobody listens.
pub fn run(name: &str, cpu_s: Option<u64>) -> anyhow::Result<()> {
    if let Some(task) = LONG_TASKS.iter().find(|task| task.name == name) {
        cage::close(&Limits::long(cpu_s.context("no limit")?));
        return run_long(task);
    }
    cage::close(&Limits::SHORT);
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

fn run_long(task: &LongTask) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut told = 0;
    let answer = (task.work)(input()?, &mut |percent| {
        if percent == told {
            return ControlFlow::Continue(());
        }
        told = percent;
        let told = out
            .write_all(&[PROGRESS, percent])
            .and_then(|()| out.flush());
        // Nobody listens: nobody wants the answer.
        match told {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    out.write_all(&[ANSWER])?;
    out.write_all(&answer)?;
    out.flush()?;
    Ok(())
}

/// Standard input: a file as it is, a pipe to its end.
fn input() -> anyhow::Result<Box<dyn ReadSeek>> {
    let mut file = File::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    if file.metadata()?.is_file() {
        return Ok(Box::new(file));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).context("no input")?;
    Ok(Box::new(Cursor::new(bytes)))
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
