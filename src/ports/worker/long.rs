//! Work that takes long: it tells how far it is, is stopped when nobody waits for it any more, and
//! takes a file as its standard input, so that nobody holds it in memory.
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::spawn_blocking;

use super::{Failure, Running, Worker, child, ended_well};
use crate::formats::hearing::{Progress, ReadSeek};

/// Before a byte of percent on a child's output.
pub const PROGRESS: u8 = b'%';
/// Before the answer, which goes to the end of the output.
pub const ANSWER: u8 = b'=';

/// The clock may take so many times what the processor may, and so long on top.
const PATIENCE: u32 = 10;
const GRACE: Duration = Duration::from_secs(60);

/// A kind of work that takes long: its input in, its answer out.
#[derive(Debug)]
pub struct LongTask {
    /// Its name on the command line: `daebon worker NAME`.
    pub name: &'static str,
    /// The work itself. Says in its answer what is wrong with the input.
    pub work: fn(Box<dyn ReadSeek>, Progress<'_>) -> Vec<u8>,
    /// A longer answer counts as none, in bytes.
    pub max_answer_bytes: usize,
}

/// What goes in.
#[derive(Debug)]
pub enum Input {
    /// Through a pipe.
    Bytes(Bytes),
    /// As it lies on the disk, from its beginning.
    File(File),
}

impl Worker {
    /// Does a piece of work that takes long when its turn comes, and hands back the answer;
    /// `told` hears how far it is, in percent. The child may take `cpu_s` seconds of a processor.
    /// A caller that stops waiting ends it.
    ///
    /// # Errors
    /// No answer; see [`Failure`].
    pub async fn run_long(
        &self,
        task: &LongTask,
        input: Input,
        cpu_s: u64,
        told: &(dyn Fn(u8) + Send + Sync),
    ) -> Result<Vec<u8>, Failure> {
        let turn = self.long_turns.acquire().await;
        let _turn = turn.map_err(|e| Failure::Unreachable(io::Error::other(e)))?;
        let (percents, mut heard) = unbounded_channel();
        let Some(program) = &self.program else {
            return in_this_process(task, input, percents, &mut heard, told).await;
        };
        let mut command = child(program, task.name);
        command.arg(cpu_s.to_string());
        let bytes = match input {
            Input::File(file) => {
                command.stdin(Stdio::from(file));
                None
            }
            Input::Bytes(bytes) => {
                command.stdin(Stdio::piped());
                Some(bytes)
            }
        };
        let mut child = Running(command.spawn().map_err(Failure::Unreachable)?);
        if let Some((bytes, mut to)) = bytes.zip(child.0.stdin.take()) {
            // It may end before it has read all; then its end says why.
            drop(spawn_blocking(move || drop(to.write_all(&bytes))));
        }
        let from = child.0.stdout.take().expect("a pipe");
        let limit = task.max_answer_bytes;
        let listening = spawn_blocking(move || listen(BufReader::new(from), limit, &percents));
        let seconds = u32::try_from(cpu_s).unwrap_or(u32::MAX);
        let longest = GRACE + Duration::from_secs(1) * seconds.saturating_mul(PATIENCE);
        let answer = async {
            while let Some(percent) = heard.recv().await {
                told(percent);
            }
            listening.await
        };
        let answer = match tokio::time::timeout(longest, answer).await {
            Err(_) => return Err(Failure::Ended("it took too long".to_owned())),
            Ok(Err(panic)) => return Err(Failure::Unreachable(io::Error::other(panic))),
            Ok(Ok(answer)) => answer,
        };
        let status = spawn_blocking(move || child.0.wait()).await;
        let status = status.map_err(io::Error::other).and_then(|s| s);
        ended_well(status.map_err(Failure::Unreachable)?)?;
        answer.map_err(|error| Failure::Ended(error.to_string()))
    }
}

/// Reads what a child says until it has answered.
fn listen(
    mut from: impl Read,
    max_answer_bytes: usize,
    percents: &UnboundedSender<u8>,
) -> io::Result<Vec<u8>> {
    let mut mark = [0];
    loop {
        from.read_exact(&mut mark)?;
        match mark[0] {
            PROGRESS => {
                from.read_exact(&mut mark)?;
                let _ = percents.send(mark[0].min(100));
            }
            ANSWER => break,
            _ => return Err(io::Error::other("it says what nobody understands")),
        }
    }
    let mut answer = Vec::new();
    from.take(max_answer_bytes as u64 + 1)
        .read_to_end(&mut answer)?;
    if answer.len() > max_answer_bytes {
        return Err(io::Error::other("it answers without end"));
    }
    Ok(answer)
}

/// Stops work in this process when nobody waits for it any more.
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

async fn in_this_process(
    task: &LongTask,
    input: Input,
    percents: UnboundedSender<u8>,
    heard: &mut tokio::sync::mpsc::UnboundedReceiver<u8>,
    told: &(dyn Fn(u8) + Send + Sync),
) -> Result<Vec<u8>, Failure> {
    let stop = Stop(Arc::new(AtomicBool::new(false)));
    let (work, stopped) = (task.work, stop.0.clone());
    let working = spawn_blocking(move || {
        let input: Box<dyn ReadSeek> = match input {
            Input::File(file) => Box::new(file),
            Input::Bytes(bytes) => Box::new(Cursor::new(bytes)),
        };
        work(input, &mut |percent| {
            let _ = percents.send(percent);
            match stopped.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })
    });
    while let Some(percent) = heard.recv().await {
        told(percent);
    }
    working
        .await
        .map_err(|panic| Failure::Ended(panic.to_string()))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::super::tests::script;
    use super::*;

    const COUNT: LongTask = LongTask {
        name: "count",
        work: |mut input, progress| {
            let mut bytes = Vec::new();
            let _ = progress(10);
            let _ = input.read_to_end(&mut bytes);
            let _ = progress(90);
            bytes.len().to_string().into_bytes()
        },
        max_answer_bytes: 32,
    };

    fn file(bytes: &[u8]) -> Input {
        use std::io::Seek;
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        file.rewind().expect("rewound");
        Input::File(file)
    }

    /// A script is busy for a moment when another test forks while it is being written.
    async fn run(
        worker: &Worker,
        input: impl Fn() -> Input,
        told: &(dyn Fn(u8) + Send + Sync),
    ) -> Result<Vec<u8>, Failure> {
        loop {
            match worker.run_long(&COUNT, input(), 5, told).await {
                Err(Failure::Unreachable(error))
                    if error.kind() == io::ErrorKind::ExecutableFileBusy => {}
                done => return done,
            }
        }
    }

    #[tokio::test]
    async fn a_file_goes_in_and_percents_come_out() {
        let dir = tempfile::tempdir().expect("a folder");
        let in_a_child = script(&dir, "printf '%%\\012%%\\132='; cat; printf \" $3\"");
        for (worker, want) in [(Worker::new(None), "4"), (in_a_child, "four 5")] {
            for input in [&(|| file(b"four")) as &(dyn Fn() -> Input + Sync), &|| {
                Input::Bytes(Bytes::from_static(b"four"))
            }] {
                let percents = Mutex::new(Vec::new());
                let told = |percent| percents.lock().expect("whole").push(percent);
                let answer = run(&worker, input, &told).await.expect("an answer");
                assert_eq!(String::from_utf8_lossy(&answer), want);
                assert_eq!(*percents.lock().expect("whole"), [10, 90]);
            }
        }
    }

    #[tokio::test]
    async fn every_bad_end_is_a_failure() {
        let dir = tempfile::tempdir().expect("a folder");
        for lines in [
            "exit 3",
            "printf '%%'",
            "printf 'what'",
            "printf '='; cat /dev/zero",
        ] {
            let worker = script(&dir, lines);
            let failure = run(&worker, || file(b"four"), &|_| {}).await;
            assert!(matches!(failure, Err(Failure::Ended(_))), "{lines}");
        }
        for lines in ["kill -9 $$", "printf '='; kill -9 $$"] {
            let worker = script(&dir, lines);
            let failure = run(&worker, || file(b"four"), &|_| {}).await;
            assert!(matches!(failure, Err(Failure::Killed)), "{lines}");
        }
    }

    #[tokio::test]
    async fn who_stops_waiting_stops_the_work() {
        static ENDED: AtomicBool = AtomicBool::new(false);
        const FOR_EVER: LongTask = LongTask {
            name: "for-ever",
            work: |_, progress| {
                while progress(1).is_continue() {
                    std::thread::yield_now();
                }
                ENDED.store(true, Ordering::Relaxed);
                Vec::new()
            },
            max_answer_bytes: 1,
        };
        let worker = Worker::new(None);
        let begun = tokio::sync::Notify::new();
        let told = |_| begun.notify_one();
        tokio::select! {
            _ = worker.run_long(&FOR_EVER, Input::Bytes(Bytes::new()), 1, &told) => panic!("no end"),
            () = begun.notified() => {}
        }
        while !ENDED.load(Ordering::Relaxed) {
            tokio::task::yield_now().await;
        }
    }
}
