//! Servers under measure: started, watched through `/proc`, and ended.
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::http;

/// Clock ticks a second in `/proc/PID/stat`: the same on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// A running server, ended when it goes out of scope.
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    child: Child,
}

impl Server {
    /// Starts a command whose server will listen at this address; its words go to a log.
    pub fn start(mut command: Command, addr: SocketAddr, log: &Path) -> std::io::Result<Self> {
        let log = fs::File::options().create(true).append(true).open(log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        Ok(Self { addr, child })
    }

    /// The time from now to the first 200 at a path, or why there was none.
    pub fn first_200(&mut self, path: &str, patience: Duration) -> Result<Duration, String> {
        let start = Instant::now();
        loop {
            if http::get(self.addr, path, &[]).is_ok_and(|answer| answer.status == 200) {
                return Ok(start.elapsed());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the server ended: {status}"));
            }
            if start.elapsed() > patience {
                return Err(format!("no 200 at {path} after {patience:?}"));
            }
            std::thread::sleep(Duration::from_micros(300));
        }
    }

    /// Processor time used so far by the server and all its children, in seconds.
    pub fn cpu_s(&self) -> f64 {
        let ticks: u64 = family(self.child.id())
            .iter()
            .filter_map(|stat| stat.ticks)
            .sum();
        ticks as f64 / TICKS
    }

    /// Resident memory of the server and all its children now, in MB (10⁶ bytes).
    pub fn rss_mb(&self) -> f64 {
        let pages = family(self.child.id());
        pages
            .iter()
            .filter_map(|stat| rss_kib(stat.pid))
            .sum::<u64>() as f64
            * 1024.0
            / 1e6
    }

    /// Asks it to end and waits for it.
    pub fn stop(&mut self) {
        if let Ok(pid) = i32::try_from(self.child.id())
            && let Some(pid) = Pid::from_raw(pid)
            && matches!(self.child.try_wait(), Ok(None))
        {
            let _ = kill_process(pid, Signal::TERM);
            let asked = Instant::now();
            while matches!(self.child.try_wait(), Ok(None)) {
                if asked.elapsed() > Duration::from_secs(20) {
                    let _ = self.child.kill();
                }
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Stat {
    pid: u32,
    parent: u32,
    /// User and system time, its ended children's included.
    ticks: Option<u64>,
}

/// A process and everything below it.
fn family(root: u32) -> Vec<Stat> {
    let all: Vec<Stat> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(stat)
        .collect();
    let mut pids = vec![root];
    let mut at = 0;
    while at < pids.len() {
        let parent = pids[at];
        pids.extend(
            all.iter()
                .filter(|stat| stat.parent == parent)
                .map(|stat| stat.pid),
        );
        at += 1;
    }
    all.into_iter()
        .filter(|stat| pids.contains(&stat.pid))
        .collect()
}

/// proc_pid_stat(5): the name in brackets may hold spaces, so counting begins after it.
fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = text[text.rfind(')')? + 2..].split(' ').collect();
    let number = |n: usize| fields.get(n).and_then(|field| field.parse::<u64>().ok());
    Some(Stat {
        pid,
        parent: u32::try_from(number(1)?).ok()?,
        ticks: (11..=14).map(number).sum(),
    })
}

fn rss_kib(pid: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// An address on loopback where nothing listens now.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    listener
        .local_addr()
        .expect("a bound socket has an address")
}

/// nginx serving a folder as well as it can: one worker, sendfile, precompressed files, open
/// files kept, no access log.
pub fn nginx(folder: &Path) -> Result<Server, String> {
    let program = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "nginx"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| Command::new(path).arg("-v").output().is_ok())
        .ok_or("nginx is not installed")?;
    let addr = free_address();
    let root = folder.display();
    let user = if rustix::process::geteuid().is_root() {
        "user root;"
    } else {
        ""
    };
    let conf = format!(
        "{user} daemon off; worker_processes 1; pid {root}/nginx.pid; error_log {root}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_requests 1000000000; keepalive_timeout 600s;
  open_file_cache max=200 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
  gzip_static on;
  client_body_temp_path {root}/t1; proxy_temp_path {root}/t2; fastcgi_temp_path {root}/t3;
  uwsgi_temp_path {root}/t4; scgi_temp_path {root}/t5;
  types {{ text/html html; application/rss+xml xml; audio/mpeg mp3; }}
  server {{ listen {addr}; root {root}/www; }}
}}
"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, conf).map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command
        .arg("-e")
        .arg(folder.join("nginx.log"))
        .arg("-p")
        .arg(folder)
        .arg("-c")
        .arg(file);
    let mut server =
        Server::start(command, addr, &folder.join("nginx.log")).map_err(|e| e.to_string())?;
    server.first_200("/feed.xml", Duration::from_secs(10))?;
    Ok(server)
}
