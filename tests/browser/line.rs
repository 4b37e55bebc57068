//! A line between browser and server on which something can go wrong.
use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A read of so many bytes is in the midst of a file: no head of a request is as long.
const FILE_BYTES: usize = 16 << 10;

/// What goes wrong, once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection that a file is on carries nothing any more, and nobody hangs up.
    FallSilent,
    /// A byte of the file comes as another.
    ChangeByte,
    /// The next request whose first line has this in it comes through, and its answer never does.
    LoseAnswer(&'static str),
}

/// Listens on a port of its own and hands on what comes.
pub struct Line {
    /// `http://127.0.0.1:{port}`.
    pub base: String,
    next: Arc<Mutex<Option<Fault>>>,
    task: JoinHandle<()>,
}

impl Line {
    /// To a port of this machine.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let own = listener.local_addr().expect("bound").port();
        let next = Arc::new(Mutex::new(None));
        let shared = next.clone();
        let task = tokio::spawn(async move {
            let to = SocketAddr::from(([127, 0, 0, 1], port));
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, to, shared.clone()));
            }
        });
        Self {
            base: format!("http://127.0.0.1:{own}"),
            next,
            task,
        }
    }

    /// Something is to go wrong.
    pub fn suffer(&self, fault: Fault) {
        *self.next.lock().expect("whole") = Some(fault);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(near: TcpStream, to: SocketAddr, next: Arc<Mutex<Option<Fault>>>) {
    // A server that is not there hangs up.
    let Ok(far) = TcpStream::connect(to).await else {
        return;
    };
    let (from_near, to_near) = near.into_split();
    let (from_far, to_far) = far.into_split();
    let is_dead = AtomicBool::new(false);
    // One side that hangs up ends both.
    tokio::select! {
        () = up(from_near, to_far, &next, &is_dead) => {}
        () = down(from_far, to_near, &is_dead) => {}
    }
}

async fn up(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    next: &Mutex<Option<Fault>>,
    is_dead: &AtomicBool,
) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let bytes = &mut buffer[..length];
        let is_due = |fault: &mut Fault| match fault {
            Fault::LoseAnswer(to) => first_line(bytes).contains(*to),
            Fault::FallSilent | Fault::ChangeByte => bytes.len() >= FILE_BYTES,
        };
        let fault = next.lock().expect("whole").take_if(is_due);
        match fault {
            None => {}
            Some(Fault::ChangeByte) => bytes[length - 1] ^= 1,
            Some(Fault::LoseAnswer(_)) => is_dead.store(true, SeqCst),
            Some(Fault::FallSilent) => {
                is_dead.store(true, SeqCst);
                return std::future::pending().await;
            }
        }
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}

fn first_line(bytes: &[u8]) -> Cow<'_, str> {
    let line = bytes.split(|b| *b == b'\r').next();
    String::from_utf8_lossy(line.unwrap_or_default())
}

async fn down(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, is_dead: &AtomicBool) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if is_dead.load(SeqCst) {
            return std::future::pending().await;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
