//! What a program and its children cost: processor time and memory.
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

/// Clock ticks a second in `/proc` (`sysconf(_SC_CLK_TCK)` is 100 on every Linux).
const TICKS_PER_S: f64 = 100.0;

/// Sums of processor time, peaks of memory.
#[derive(Default, Clone, Copy)]
pub struct Cost {
    /// User and system seconds of the program and its children.
    pub cpu_s: f64,
    /// The largest resident set of the program or one of its children, in bytes.
    pub peak_bytes: u64,
}

impl Cost {
    /// Times add up, peaks do not.
    pub fn add(&mut self, other: &Self) {
        self.cpu_s += other.cpu_s;
        self.peak_bytes = self.peak_bytes.max(other.peak_bytes);
    }
}

/// Runs a command to its end, whatever its status.
pub fn run(command: &mut Command) -> std::io::Result<Cost> {
    let mut child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak_bytes = 0;
    while !has_ended(&child)? {
        peak_bytes = peak_bytes.max(peak_of_family(child.id()));
        std::thread::sleep(Duration::from_millis(10));
    }
    // What has ended and was not waited for still tells its times.
    let cpu_s = cpu_of(child.id());
    child.wait()?;
    Ok(Cost { cpu_s, peak_bytes })
}

fn has_ended(child: &Child) -> std::io::Result<bool> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let pid = pid.ok_or(std::io::ErrorKind::InvalidInput)?;
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    Ok(waitid(WaitId::Pid(pid), look)?.is_some())
}

/// Columns 14 to 17 of `/proc/PID/stat`: own times and those of children that were waited for.
fn cpu_of(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let columns = after_name.split_whitespace().skip(11).take(4);
    columns.filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / TICKS_PER_S
}

fn peak_of_family(parent: u32) -> u64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let of = |pid: u32| -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let line = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        let family = pid == parent || line("PPid:") == Some(u64::from(parent));
        family.then(|| line("VmHWM:").unwrap_or_default() * 1024)
    };
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(of)
        .max()
        .unwrap_or_default()
}
