//! The worker as a port: work on foreign bytes that could take the process down is done by the
//! same program started anew, which shuts itself into limits first (HARDENING L8, `app/cage.rs`).
//!
//! One piece of work is one child: the input goes in at its standard input, the answer comes
//! out at its standard output, and it ends. It never outlives the piece. Work that takes long is
//! in `long`: it tells how far it is, and a file goes in as it lies on the disk.
mod long;

use std::fmt;
use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

pub use long::{ANSWER, Input, LongTask, PROGRESS};

/// Pieces of work under way at a time: each may take half a gigabyte of memory.
const AT_A_TIME: usize = 1;
/// From start to end, whoever else wants the processors; its own limit is one of processor time.
const LONGEST: Duration = Duration::from_secs(180);
/// The signal that nobody can refuse.
const KILL: i32 = 9;
/// The child's allocator: gives memory back at once, and starts no threads.
const ALLOCATOR: (&str, &str) = (
    "_RJEM_MALLOC_CONF",
    "background_thread:false,narenas:1,retain:false,dirty_decay_ms:0,muzzy_decay_ms:0",
);

/// A kind of work: bytes in, bytes out.
#[derive(Debug)]
pub struct Task {
    /// Its name on the command line: `daebon worker NAME`.
    pub name: &'static str,
    /// The work itself. Says in its answer what is wrong with the input.
    pub work: fn(&[u8]) -> Vec<u8>,
    /// A longer answer counts as none, in bytes.
    pub max_answer_bytes: usize,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The work met a limit on memory or time, or crashed: the input is to blame.
    Ended(String),
    /// Somebody else ended it, most likely the kernel for want of memory: the machine is to blame.
    Killed,
    /// The worker could not be started or listened to: the machine is to blame.
    Unreachable(std::io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended(how) => write!(f, "the worker ended without an answer: {how}"),
            Self::Killed => write!(f, "the worker was killed"),
            Self::Unreachable(error) => write!(f, "the worker could not be reached: {error}"),
        }
    }
}

/// Where work is done.
#[derive(Debug)]
pub struct Worker {
    /// `None`: in this process, for tests of what is not the program.
    program: Option<PathBuf>,
    turns: Semaphore,
    /// What takes long waits for its like alone.
    long_turns: Semaphore,
}

impl Worker {
    /// Work in children that are this program, or in this process without one.
    pub fn new(program: Option<PathBuf>) -> Self {
        Self {
            program,
            turns: Semaphore::new(AT_A_TIME),
            long_turns: Semaphore::new(AT_A_TIME),
        }
    }

    /// Does a piece of work when its turn comes, and hands back the answer. A caller that
    /// stops waiting ends the child.
    ///
    /// # Errors
    /// No answer; see [`Failure`].
    pub async fn run(&self, task: &Task, input: Bytes) -> Result<Vec<u8>, Failure> {
        let turn = self.turns.acquire().await;
        let _turn = turn.map_err(|e| Failure::Unreachable(std::io::Error::other(e)))?;
        let Some(program) = &self.program else {
            let work = task.work;
            let done = spawn_blocking(move || work(&input)).await;
            return done.map_err(|panic| Failure::Ended(panic.to_string()));
        };
        let mut command = child(program, task.name);
        command.stdin(Stdio::piped());
        let mut child = Running(command.spawn().map_err(Failure::Unreachable)?);
        let pipes = child.0.stdin.take().zip(child.0.stdout.take());
        let (mut to, from) = pipes.expect("both are pipes");
        let limit = task.max_answer_bytes as u64;
        let talk = spawn_blocking(move || {
            // It may end before it has read all; then its end says why.
            let _ = to.write_all(&input);
            drop((to, input));
            let mut answer = Vec::new();
            from.take(limit + 1)
                .read_to_end(&mut answer)
                .map(|_| answer)
        });
        let answer = match tokio::time::timeout(LONGEST, talk).await {
            Err(_) => return Err(Failure::Ended("it took too long".to_owned())),
            Ok(Err(panic)) => return Err(Failure::Unreachable(std::io::Error::other(panic))),
            Ok(Ok(answer)) => answer.map_err(Failure::Unreachable)?,
        };
        if answer.len() > task.max_answer_bytes {
            return Err(Failure::Ended("it answers without end".to_owned()));
        }
        // Its output is closed: it is at its end.
        let status = spawn_blocking(move || child.0.wait()).await;
        let status = status.map_err(std::io::Error::other).and_then(|s| s);
        ended_well(status.map_err(Failure::Unreachable)?).map(|()| answer)
    }
}

/// A child that does a task, but for its input.
fn child(program: &Path, task: &str) -> Command {
    let mut command = Command::new(program);
    command
        .args(["worker", task])
        .env_clear()
        .env(ALLOCATOR.0, ALLOCATOR.1)
        // Ctrl-C at the terminal is for the server, which waits for what is under way.
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

fn ended_well(status: ExitStatus) -> Result<(), Failure> {
    match (status.success(), status.signal()) {
        (true, _) => Ok(()),
        // Its limits end it in other ways, and who stops waiting does not ask how it ended.
        (false, Some(KILL)) => Err(Failure::Killed),
        (false, Some(signal)) => Err(Failure::Ended(format!("signal {signal}"))),
        (false, None) => Err(Failure::Ended(status.to_string())),
    }
}

/// A child that is ended and taken off the list of processes when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both do nothing if it was waited for already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: Task = Task {
        name: "count",
        work: |input| input.len().to_string().into_bytes(),
        max_answer_bytes: 32,
    };

    /// A program that is no Daebon and does this, whatever it is told.
    pub fn script(dir: &tempfile::TempDir, lines: &str) -> Worker {
        use std::os::unix::fs::PermissionsExt;
        let path = dir.path().join("program");
        std::fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("written");
        let mode = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(&path, mode).expect("may be run");
        Worker::new(Some(path))
    }

    /// A script is busy for a moment when another test forks while it is being written.
    async fn run(worker: &Worker, input: Bytes) -> Result<Vec<u8>, Failure> {
        loop {
            match worker.run(&COUNT, input.clone()).await {
                Err(Failure::Unreachable(error))
                    if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {}
                done => return done,
            }
        }
    }

    #[tokio::test]
    async fn work_is_done_here_where_there_is_no_program() {
        let worker = Worker::new(None);
        let answer = worker.run(&COUNT, Bytes::from_static(b"four")).await;
        assert_eq!(answer.expect("an answer"), b"4");
    }

    #[tokio::test]
    async fn a_child_is_told_its_task_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        let worker = script(&dir, "cat; echo \" $1 $2 $HOME\"");
        let answer = run(&worker, Bytes::from_static(b"in")).await;
        assert_eq!(answer.expect("an answer"), b"in worker count \n");
    }

    #[tokio::test]
    async fn every_bad_end_is_a_failure() {
        let dir = tempfile::tempdir().expect("a folder");
        let input = Bytes::from(vec![7; 1 << 20]);
        for lines in ["exit 3", "kill -XCPU $$", "cat >/dev/null; cat /dev/zero"] {
            let worker = script(&dir, lines);
            let failure = run(&worker, input.clone()).await;
            assert!(matches!(failure, Err(Failure::Ended(_))), "{lines}");
        }
        let worker = script(&dir, "kill -9 $$");
        let failure = run(&worker, input.clone()).await;
        assert!(matches!(failure, Err(Failure::Killed)));
        let nowhere = Worker::new(Some(dir.path().join("nothing")));
        let failure = run(&nowhere, input).await;
        assert!(matches!(failure, Err(Failure::Unreachable(_))));
    }

    #[tokio::test]
    async fn who_stops_waiting_ends_the_child() {
        let dir = tempfile::tempdir().expect("a folder");
        let note = dir.path().join("pid");
        let lines = format!("echo $$ > '{}'; exec sleep 600", note.display());
        let worker = script(&dir, &lines);
        let work = run(&worker, Bytes::new());
        let begun = async {
            loop {
                let noted = std::fs::read_to_string(&note).unwrap_or_default();
                match noted.strip_suffix('\n').map(str::parse::<i32>) {
                    Some(pid) => return pid.expect("a number"),
                    None => tokio::task::yield_now().await,
                }
            }
        };
        let pid = tokio::select! {
            _ = work => panic!("it sleeps"),
            pid = begun => pid,
        };
        let pid = rustix::process::Pid::from_raw(pid).expect("a process");
        // Not even a zombie is left, which could still be signalled.
        assert!(rustix::process::test_kill_process(pid).is_err());
    }
}
