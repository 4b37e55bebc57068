//! Two servers in turns, so that the machine's other work falls on both alike.
use std::time::Duration;

use crate::figures::{median, short};
use crate::load::{self, Load};
use crate::process::Server;

/// How long and how often.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Turns of each server.
    pub turns: usize,
    /// One turn.
    pub time: Duration,
}

/// Medians of one server's turns.
#[derive(Debug, Clone, Copy)]
pub struct Side {
    /// User and system time of all its processes for one request.
    pub cpu_ms: f64,
    /// Processor seconds for 10⁹ bytes of bodies.
    pub cpu_s_per_gb: f64,
    /// Requests a second, by the clock on the wall.
    pub per_s: f64,
    /// 99 of 100 answers are faster.
    pub p99_ms: f64,
    /// Wrong or broken answers, in all turns.
    pub failures: u64,
}

impl Side {
    /// `0.1234 ms CPU, 7,000/s`.
    pub fn words(&self) -> String {
        format!("{} ms CPU, {:.0}/s", short(self.cpu_ms), self.per_s)
    }
}

/// Ours and nginx's.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// The server under measure.
    pub ours: Side,
    /// The reference.
    pub nginx: Side,
}

/// Measures both under the same load, each with its own requests.
pub fn measure(ours: (&Server, &Load), nginx: (&Server, &Load), pace: Pace) -> Pair {
    let mut turns: [Vec<Side>; 2] = [Vec::new(), Vec::new()];
    for turn in 0..pace.turns {
        let sides = [ours, nginx];
        // Who goes first changes, too.
        for side in [turn % 2, 1 - turn % 2] {
            let (server, load) = sides[side];
            turns[side].push(one_turn(server, load, pace.time));
        }
    }
    let [ours, nginx] = turns.map(|turns| middle(&turns));
    Pair { ours, nginx }
}

fn one_turn(server: &Server, load: &Load, time: Duration) -> Side {
    let before = server.cpu_s();
    let clock = std::time::Instant::now();
    let seen = load::run(server.addr, load, time);
    let wall = clock.elapsed().as_secs_f64();
    let cpu = server.cpu_s() - before;
    let answers = seen.answers as f64;
    Side {
        cpu_ms: cpu * 1000.0 / answers,
        cpu_s_per_gb: cpu * 1e9 / seen.bytes as f64,
        per_s: answers / wall,
        p99_ms: seen.percentile_ms(0.99),
        failures: seen.failures,
    }
}

fn middle(turns: &[Side]) -> Side {
    let of = |field: fn(&Side) -> f64| median(turns.iter().map(field).collect());
    Side {
        cpu_ms: of(|side| side.cpu_ms),
        cpu_s_per_gb: of(|side| side.cpu_s_per_gb),
        per_s: of(|side| side.per_s),
        p99_ms: of(|side| side.p99_ms),
        failures: turns.iter().map(|side| side.failures).sum(),
    }
}
