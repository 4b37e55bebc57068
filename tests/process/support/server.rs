//! The program as a process: started on a folder, ended in every way there is.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Nothing that is waited for takes longer, also where much else runs.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:{port}`, or its public address.
    pub base: String,
    /// The path of the set-up page, if there is no account yet.
    pub setup: Option<String>,
    log: Arc<Mutex<String>>,
}

/// The program with nothing of this shell's settings in its environment.
pub fn daebon() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daebon"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DAEBON_") {
            command.env_remove(name);
        }
    }
    command
}

impl Server {
    /// Starts on a folder, at any free port.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &["--listen", "127.0.0.1:0"])
    }

    /// Starts on a folder with flags, and waits until it says its address.
    pub fn start_with(data: &Path, flags: &[&str]) -> Self {
        let mut child = daebon()
            .arg("--data")
            .arg(data)
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = Arc::new(Mutex::new(String::new()));
        gather(child.stderr.take().expect("piped"), log.clone());
        let lines = lines_of(child.stdout.take().expect("piped"));
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = lines.recv_timeout(left) else {
                let _ = child.kill();
                let status = child.wait();
                let log = log.lock().expect("whole").clone();
                panic!("the server did not start ({status:?}):\n{log}");
            };
            let Some(address) = line.split(' ').find(|word| word.contains("://")) else {
                continue;
            };
            let address = address.trim();
            let host = address.find("://").expect("found") + 3;
            let path = address[host..]
                .find('/')
                .map_or("/", |n| &address[host + n..]);
            let base = address.strip_suffix(path).expect("it ends so").to_owned();
            let setup = path.starts_with("/admin/").then(|| path.to_owned());
            return Self {
                child,
                base,
                setup,
                log,
            };
        }
    }

    /// `127.0.0.1:{port}`.
    pub fn authority(&self) -> &str {
        self.base.strip_prefix("http://").expect("plain http")
    }

    /// The process's number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to its log so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("whole").clone()
    }

    /// SIGKILL: no chance to put anything in order.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// SIGTERM, without waiting for the end.
    pub fn ask_to_end(&self) {
        let pid = Pid::from_raw(self.child.id().cast_signed()).expect("a process");
        kill_process(pid, Signal::TERM).expect("signalled");
    }

    /// Waits for the end.
    pub fn wait(mut self) -> (ExitStatus, String) {
        let status = wait_for(&mut self.child);
        (status, self.log())
    }

    /// SIGTERM, and the end.
    pub fn end(self) -> (ExitStatus, String) {
        self.ask_to_end();
        self.wait()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for the end of a process.
pub fn wait_for(child: &mut Child) -> ExitStatus {
    until("the process ends", || child.try_wait().expect("waited"))
}

/// Asks again and again until there is an answer.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Runs the program to its end, with this on its standard input. A program that serves instead
/// of ending is killed and is a fault.
pub fn run(data: &Path, flags: &[&str], input: &str) -> (ExitStatus, String, String) {
    let mut child = daebon()
        .arg("--data")
        .arg(data)
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let out = Arc::new(Mutex::new(String::new()));
    let err = Arc::new(Mutex::new(String::new()));
    let readers = [
        gather(child.stdout.take().expect("piped"), out.clone()),
        gather(child.stderr.take().expect("piped"), err.clone()),
    ];
    // One that ends without reading its input is right as well.
    let _ = child
        .stdin
        .take()
        .expect("piped")
        .write_all(input.as_bytes());
    let mut killed = Killed(child);
    let status = wait_for(&mut killed.0);
    for reader in readers {
        reader.join().expect("read");
    }
    let text = |from: Arc<Mutex<String>>| from.lock().expect("whole").clone();
    (status, text(out), text(err))
}

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads a stream to its end into a text that can be looked at meanwhile.
pub fn gather(
    from: impl Read + Send + 'static,
    into: Arc<Mutex<String>>,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut text = into.lock().expect("whole");
            text.push_str(&line);
            text.push('\n');
        }
    })
}

/// The lines of a stream; it is read to its end, so that its writer never waits.
pub fn lines_of(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

/// A port that nothing listens on, below those that the system gives to outgoing connections:
/// it stays free while a server is started on it for a second time.
pub fn quiet_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % 9_000).expect("small");
    loop {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = 10_000 + (start + n) % 9_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
