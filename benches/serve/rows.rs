//! The rows that hold Daebon against nginx, and those that hold it against a figure.
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::admin::Author;
use crate::figures::{Figure, Goal, median, short};
use crate::http;
use crate::load::{self, Load};
use crate::process::Server;
use crate::subject::{Content, Subject, expect};
use crate::turns::{Pace, Pair, measure};

/// What a run has found so far.
#[derive(Default)]
pub struct Report {
    /// In the order of the list of goals.
    pub figures: Vec<Figure>,
    /// What could not be measured, and why.
    pub notes: Vec<String>,
}

impl Report {
    fn pair(&mut self, what: &str, pair: Pair, value: f64, goal: Goal) {
        self.figures.push(Figure {
            what: what.to_owned(),
            ours: pair.ours.words(),
            nginx: pair.nginx.words(),
            value,
            unit: "×",
            goal,
        });
        let failures = (pair.ours.failures, pair.nginx.failures);
        if failures != (0, 0) {
            self.notes.push(format!(
                "{what}: {} and {} wrong answers",
                failures.0, failures.1
            ));
        }
    }

    /// A figure that stands for itself.
    pub fn alone(&mut self, what: &str, value: f64, unit: &'static str, goal: Goal) {
        self.figures.push(Figure {
            what: what.to_owned(),
            ours: format!("{}{unit}", short(value)),
            nginx: String::new(),
            value,
            unit,
            goal,
        });
    }
}

/// One address as each of the two servers knows it.
pub struct Place<'a> {
    /// The server under measure and the path there.
    pub ours: (&'a Server, &'a str),
    /// The reference and the path there.
    pub nginx: (&'a Server, &'a str),
}

impl Place<'_> {
    fn loads(&self, headers: &[(&str, &str)], status: u16, connections: usize) -> [Load; 2] {
        [self.ours, self.nginx].map(|(server, path)| Load {
            requests: vec![http::request(server.addr, path, headers)],
            status,
            connections,
        })
    }

    fn measure(&self, [ours, nginx]: &[Load; 2], pace: Pace) -> Pair {
        measure((self.ours.0, ours), (self.nginx.0, nginx), pace)
    }
}

const GZIP: &[(&str, &str)] = &[("Accept-Encoding", "gzip")];

/// Rows 1, 2, 4, 5 and 13.
pub fn pages(feed: &Place, page: &Place, pace: Pace, report: &mut Report) {
    let faster = |pair: Pair| pair.nginx.cpu_ms / pair.ours.cpu_ms;
    let pair = feed.measure(&feed.loads(&[], 200, 16), pace);
    report.pair(
        "1 feed, identity",
        pair,
        faster(pair),
        Goal::AtLeast(1.0, 1.5),
    );
    let pair = feed.measure(&feed.loads(GZIP, 200, 16), pace);
    report.pair("2 feed, gzip", pair, faster(pair), Goal::AtLeast(0.6, 1.0));
    not_modified(feed, pace, report);
    let pair = page.measure(&page.loads(&[], 200, 16), pace);
    report.pair(
        "5 post page, identity",
        pair,
        faster(pair),
        Goal::AtLeast(0.5, 1.0),
    );
    let pair = page.measure(&page.loads(GZIP, 200, 16), pace);
    report.pair(
        "5 post page, gzip",
        pair,
        faster(pair),
        Goal::AtLeast(0.5, 1.5),
    );
    for (what, place) in [
        ("13 p99 of the feed, 64 connections", feed),
        ("13 p99 of the page, 64 connections", page),
    ] {
        let pair = place.measure(&place.loads(GZIP, 200, 64), pace);
        let value = pair.ours.p99_ms / pair.nginx.p99_ms;
        // The first step is that nothing takes longer than a second.
        report.pair(
            what,
            pair,
            value,
            Goal::AtMost(1000.0 / pair.nginx.p99_ms, 1.0),
        );
        if let Some(figure) = report.figures.last_mut() {
            figure.ours = format!("{} ms", short(pair.ours.p99_ms));
            figure.nginx = format!("{} ms", short(pair.nginx.p99_ms));
            if let Goal::AtMost(first, _) = &mut figure.goal {
                *first = first.round();
            }
        }
    }
}

fn not_modified(feed: &Place, pace: Pace, report: &mut Report) {
    for (what, from, to) in [
        ("4 304 by ETag", "etag", "If-None-Match"),
        ("4 304 by date", "last-modified", "If-Modified-Since"),
    ] {
        let load = |(server, path): (&Server, &str)| -> Result<Load, String> {
            let answer = expect(server, path, &[])?;
            let value = answer.header(from).ok_or(format!("{path} has no {from}"))?;
            let request = http::request(server.addr, path, &[(to, value)]);
            Ok(Load {
                requests: vec![request],
                status: 304,
                connections: 16,
            })
        };
        match (load(feed.ours), load(feed.nginx)) {
            (Ok(ours), Ok(nginx)) => {
                let pair = feed.measure(&[ours, nginx], pace);
                let value = pair.ours.cpu_ms / pair.nginx.cpu_ms;
                report.pair(what, pair, value, Goal::AtMost(1.3, 1.0));
            }
            (ours, nginx) => {
                let why = ours.err().or(nginx.err()).unwrap_or_default();
                report.notes.push(format!("{what} not measured: {why}"));
            }
        }
    }
}

/// Row 6: pieces of 1 MiB of a large file, each client from another start.
pub fn ranges(file: &Place, bytes: usize, pace: Pace, report: &mut Report) {
    const PIECE: usize = 1 << 20;
    let [ours, nginx] = [file.ours, file.nginx].map(|(server, path)| Load {
        requests: (0..bytes / PIECE)
            .map(|n| {
                let range = format!("bytes={}-{}", n * PIECE, (n + 1) * PIECE - 1);
                http::request(server.addr, path, &[("Range", &range)])
            })
            .collect(),
        status: 206,
        connections: 32,
    });
    let pair = file.measure(&[ours, nginx], pace);
    let value = pair.ours.cpu_s_per_gb / pair.nginx.cpu_s_per_gb;
    report.pair(
        "6 ranges of 1 MiB, 32 clients",
        pair,
        value,
        Goal::AtMost(2.0, 0.8),
    );
    if let Some(figure) = report.figures.last_mut() {
        figure.ours = format!("{} s CPU/GB", short(pair.ours.cpu_s_per_gb));
        figure.nginx = format!("{} s CPU/GB", short(pair.nginx.cpu_s_per_gb));
    }
}

/// Row 3: what the better codings save against gzip at its best.
pub fn sizes(server: &Server, content: &Content, report: &mut Report) {
    for (what, path, plain) in [
        ("feed", &content.feed, &content.feed_bytes[0]),
        ("page", &content.page, &content.page_bytes[0]),
    ] {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(9));
        let packed = gzip.write_all(plain).and_then(|()| gzip.finish());
        let gzip = packed.expect("memory takes all bytes").len();
        for coding in ["br", "zstd"] {
            let title = format!("3 {what}, {coding} against gzip 9");
            let Some(size) = in_background(server, path, coding) else {
                report
                    .notes
                    .push(format!("{title}: not offered within 60 s"));
                continue;
            };
            // Offered at all is the first step: no more than the bytes as they are.
            let first = plain.len() as f64 / gzip as f64;
            report.figures.push(Figure {
                what: title,
                ours: format!("{size} bytes"),
                nginx: format!("{gzip} bytes"),
                value: size as f64 / gzip as f64,
                unit: "×",
                goal: Goal::AtMost((first * 100.0).round() / 100.0, 0.77),
            });
        }
    }
}

fn in_background(server: &Server, path: &str, coding: &str) -> Option<usize> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        let answer = expect(server, path, &[("Accept-Encoding", coding)]).ok()?;
        if answer.header("content-encoding") == Some(coding) {
            return Some(answer.body.len());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    None
}

/// Row 7 under load: the most memory seen while 64 connections ask for feed and page.
pub fn memory_under_load(server: &Server, content: &Content, time: Duration) -> f64 {
    let paths = [&content.feed, &content.page];
    let requests = paths
        .iter()
        .flat_map(|path| [&[][..], GZIP].map(|headers| http::request(server.addr, path, headers)))
        .collect();
    let load = Load {
        requests,
        status: 200,
        connections: 64,
    };
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut most = 0f64;
            while !done.load(Ordering::Relaxed) {
                most = most.max(server.rss_mb());
                std::thread::sleep(Duration::from_millis(50));
            }
            most
        });
        load::run(server.addr, &load, time);
        done.store(true, Ordering::Relaxed);
        watch.join().expect("the watch does not panic")
    })
}

/// Row 8: from the start of the process to the first 200 of the show's page, in milliseconds.
pub fn start_ms(subject: &Subject, turns: usize) -> Result<f64, String> {
    let mut all = Vec::new();
    for _ in 0..turns {
        let start = Instant::now();
        let mut server = subject.start(&[])?;
        server.first_200("/@demo", Duration::from_secs(60))?;
        all.push(start.elapsed().as_secs_f64() * 1000.0);
        server.stop();
    }
    Ok(median(all))
}

/// Row 11: the first feed after a change that was acknowledged, in milliseconds.
pub fn change_ms(
    author: &mut Author,
    server: &Server,
    editor: &str,
    turns: usize,
) -> Result<f64, String> {
    let mut all = Vec::new();
    for turn in 0..turns {
        let title = format!("Benchmark, change {turn}");
        author.publish(editor, &title)?;
        let start = Instant::now();
        let answer = expect(server, "/@demo/feed.xml", &[])?;
        all.push(start.elapsed().as_secs_f64() * 1000.0);
        if !answer.text().contains(&title) {
            return Err("the feed after the change is older than the change".to_owned());
        }
    }
    Ok(median(all))
}
