//! The load: blocking threads, each with one kept connection and requests made beforehand.
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Barrier;
use std::time::{Duration, Instant};

/// What one thread, or all of them, saw.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// Answers of the expected status, read to their end.
    pub answers: u64,
    /// Anything else: another status, a broken connection.
    pub failures: u64,
    /// Bytes of bodies.
    pub bytes: u64,
    /// One for each answer, in microseconds; sorted once all are together.
    pub micros: Vec<u32>,
}

impl Seen {
    /// The latency that this share of the answers keeps below, in milliseconds.
    pub fn percentile_ms(&self, share: f64) -> f64 {
        if self.micros.is_empty() {
            return f64::NAN;
        }
        let at = ((self.micros.len() - 1) as f64 * share).round() as usize;
        f64::from(self.micros[at]) / 1000.0
    }
}

/// What to ask, and how.
#[derive(Debug, Clone)]
pub struct Load {
    /// Asked in turn by each connection, from another start each.
    pub requests: Vec<Vec<u8>>,
    /// The status of a right answer.
    pub status: u16,
    /// Connections, and threads.
    pub connections: usize,
}

/// Asks for this long; the clock starts when all connections stand.
pub fn run(addr: SocketAddr, load: &Load, time: Duration) -> Seen {
    let barrier = Barrier::new(load.connections);
    let mut all = Seen::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..load.connections)
            .map(|n| {
                let barrier = &barrier;
                scope.spawn(move || one(addr, load, n, time, barrier))
            })
            .collect();
        for thread in threads {
            let seen = thread.join().expect("a thread of the load does not panic");
            all.answers += seen.answers;
            all.failures += seen.failures;
            all.bytes += seen.bytes;
            all.micros.extend(seen.micros);
        }
    });
    all.micros.sort_unstable();
    all
}

fn one(addr: SocketAddr, load: &Load, n: usize, time: Duration, barrier: &Barrier) -> Seen {
    let mut seen = Seen::default();
    let mut connection = Connection::open(addr);
    barrier.wait();
    let start = Instant::now();
    let requests = load.requests.iter().cycle().skip(n % load.requests.len());
    for request in requests {
        let asked = Instant::now();
        if asked - start >= time {
            break;
        }
        let answer = match &mut connection {
            Ok(open) => open.ask(request),
            Err(_) => {
                // A server that refuses connections is not asked as fast as we can.
                std::thread::sleep(Duration::from_millis(10));
                Err(std::io::ErrorKind::NotConnected.into())
            }
        };
        match answer {
            Ok((status, bytes)) if status == load.status => {
                seen.answers += 1;
                seen.bytes += bytes;
                let micros = asked.elapsed().as_micros();
                seen.micros.push(u32::try_from(micros).unwrap_or(u32::MAX));
            }
            Ok(_) => seen.failures += 1,
            Err(_) => {
                seen.failures += 1;
                connection = Connection::open(addr);
            }
        }
    }
    seen
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(addr: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(addr)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let buffer = vec![0; 256 * 1024];
        Ok(Self { stream, buffer })
    }

    /// Sends a request and reads the answer to its end: status and bytes of the body.
    fn ask(&mut self, request: &[u8]) -> std::io::Result<(u16, u64)> {
        self.stream.write_all(request)?;
        let mut filled = 0;
        let head = loop {
            let n = self.stream.read(&mut self.buffer[filled..])?;
            if n == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            filled += n;
            let end = self.buffer[..filled]
                .windows(4)
                .position(|w| w == b"\r\n\r\n");
            if let Some(end) = end {
                break end + 4;
            }
        };
        let (status, length) = read_head(&self.buffer[..head])
            .ok_or_else(|| std::io::Error::other("an answer without Content-Length"))?;
        let mut left = length.saturating_sub((filled - head) as u64);
        while left > 0 {
            let n = self.stream.read(&mut self.buffer)? as u64;
            if n == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            left = left.saturating_sub(n);
        }
        Ok((status, length))
    }
}

fn read_head(head: &[u8]) -> Option<(u16, u64)> {
    let status: u16 = std::str::from_utf8(head.get(9..12)?).ok()?.parse().ok()?;
    if status == 304 || status == 204 {
        return Some((status, 0));
    }
    let mut lines = head.split(|b| *b == b'\n');
    lines.find_map(|line| {
        let name = line.get(..15)?;
        name.eq_ignore_ascii_case(b"content-length:")
            .then_some(())?;
        let value = std::str::from_utf8(&line[15..]).ok()?;
        Some((status, value.trim().parse().ok()?))
    })
}
