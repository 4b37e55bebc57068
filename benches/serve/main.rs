//! Daebon beside nginx on the same bytes: the table of `docs/benchmarks.md`.
//!
//! `bin/bench [N…]` runs it for shows of N episodes (300 and 10,000); `--noise` holds nginx
//! against itself, which tells how far apart equal servers come out on this machine.
mod admin;
mod figures;
mod http;
mod load;
mod page;
mod process;
mod rows;
mod subject;
mod turns;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use admin::Author;
use figures::Goal;
use process::nginx;
use rows::{Place, Report};
use subject::{Content, Subject, expect};
use turns::Pace;

const BIG: usize = 50 << 20;

struct Options {
    episodes: Vec<usize>,
    noise: bool,
    write: bool,
    pace: Pace,
    program: PathBuf,
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    let scratch = tempfile::tempdir().expect("a temporary folder can be made");
    let mut tables = Vec::new();
    let outcome = if options.noise {
        noise(&options, scratch.path()).map(|table| tables.push(table))
    } else {
        options.episodes.iter().try_for_each(|n| {
            let folder = scratch.path().join(n.to_string());
            tables.push(run(&options, *n, &folder)?);
            Ok(())
        })
    };
    let text = tables.join("\n");
    println!("\n{}\n\n{text}", page::machine());
    if options.write && !options.noise && !tables.is_empty() {
        let numbers: Vec<String> = options.episodes.iter().map(usize::to_string).collect();
        page::write(&format!("bin/bench {}", numbers.join(" ")), &text)
            .expect("docs/benchmarks.md can be written");
    }
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}

fn options(args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        episodes: Vec::new(),
        noise: false,
        write: true,
        pace: Pace {
            turns: 5,
            time: Duration::from_secs(2),
        },
        program: PathBuf::from(env!("CARGO_BIN_EXE_daebon")),
    };
    for arg in args {
        let (name, value) = arg.split_once('=').unwrap_or((&arg, ""));
        let number = |text: &str| {
            text.parse::<usize>()
                .map_err(|_| format!("not a number: {arg}"))
        };
        match name {
            // cargo says so to every benchmark.
            "--bench" => {}
            "--noise" => options.noise = true,
            "--no-page" => options.write = false,
            "--turns" => options.pace.turns = number(value)?.max(1),
            "--milliseconds" => options.pace.time = Duration::from_millis(number(value)? as u64),
            "--program" => options.program = PathBuf::from(value),
            _ => options.episodes.push(number(name)?),
        }
    }
    if options.episodes.is_empty() {
        options.episodes = vec![300, 10_000];
    }
    Ok(options)
}

fn progress(text: &str) {
    eprintln!("bench: {text}");
    let _ = std::io::stderr().flush();
}

/// Everything for a show of n episodes.
fn run(options: &Options, n: usize, folder: &Path) -> Result<String, String> {
    let pace = options.pace;
    let subject = Subject::new(&options.program, folder).map_err(|e| e.to_string())?;
    progress(&format!("{n} episodes: filling the show"));
    let seeded = subject.seed(n)?;
    progress(&format!("{n} episodes: filled in {seeded:.1?}"));
    let mut report = Report::default();

    let server = subject.start_and_wait()?;
    std::thread::sleep(Duration::from_secs(1));
    let idle = server.rss_mb();
    let content = Content::fetch(&server)?;
    let hot = server.rss_mb();
    let loaded = rows::memory_under_load(&server, &content, pace.time);
    let www = folder.join("www");
    content.lay_out(&www).map_err(|e| e.to_string())?;
    let sound = admin::silence(BIG);
    fs::write(www.join("big.mp3"), &sound).map_err(|e| e.to_string())?;
    let nginx = nginx(folder)?;

    let feed = Place {
        ours: (&server, &content.feed),
        nginx: (&nginx, "/feed.xml"),
    };
    let page = Place {
        ours: (&server, &content.page),
        nginx: (&nginx, "/page.html"),
    };
    progress(&format!(
        "{n} episodes: feed and page, {} turns",
        pace.turns
    ));
    rows::pages(&feed, &page, pace, &mut report);
    rows::sizes(&server, &content, &mut report);

    progress(&format!("{n} episodes: as the author"));
    if let Err(why) = as_author(&server, &nginx, &sound, n, pace, &mut report) {
        report
            .notes
            .push(format!("rows 6 and 11 not measured: {why}"));
    }
    drop(server);
    if n < 1000 {
        report.alone("7 memory idle", idle, " MB", Goal::AtMost(32.0, 12.0));
        report.alone(
            "7 memory under 64 connections",
            loaded,
            " MB",
            Goal::AtMost(64.0, 24.0),
        );
    } else {
        report.alone(
            "7 memory with the feed hot",
            hot,
            " MB",
            Goal::AtMost(128.0, 64.0),
        );
    }
    match rows::start_ms(&subject, pace.turns) {
        Ok(ms) => {
            let goal = if n < 1000 { 15.0 } else { 30.0 };
            report.alone("8 start to first 200", ms, " ms", Goal::AtMost(100.0, goal));
        }
        Err(why) => report.notes.push(format!("row 8 not measured: {why}")),
    }
    let size = fs::metadata(&options.program)
        .map_err(|e| e.to_string())?
        .len();
    report.alone(
        "12 size of the program",
        size as f64 / 1e6,
        " MB",
        Goal::AtMost(25.0, 25.0),
    );
    report.figures.sort_by_key(|figure| {
        let row = figure
            .what
            .split(' ')
            .next()
            .and_then(|row| row.parse::<u32>().ok());
        row.unwrap_or(u32::MAX)
    });
    report.notes.push(format!(
        "feed {} bytes, gzip {}; page {}, gzip {}; filled in {:.1} s",
        content.feed_bytes[0].len(),
        content.feed_bytes[1].len(),
        content.page_bytes[0].len(),
        content.page_bytes[1].len(),
        seeded.as_secs_f64(),
    ));
    Ok(figures::table(
        &format!("{n} episodes"),
        &report.figures,
        &report.notes,
    ))
}

/// Rows 6 and 11: what needs an episode of our own.
fn as_author(
    server: &process::Server,
    nginx: &process::Server,
    sound: &[u8],
    n: usize,
    pace: Pace,
    report: &mut Report,
) -> Result<(), String> {
    let mut author = Author::log_in(server.addr, subject::EMAIL, subject::PASSWORD)?;
    let editor = author.publish_episode("Benchmark", sound)?;
    let text = expect(server, "/@demo/feed.xml", &[])?.text();
    let item = text
        .split("<item")
        .find(|item| item.contains("<title>Benchmark<"));
    let enclosure = item
        .and_then(|item| item.split_once("<enclosure")?.1.split_once("url=\""))
        .and_then(|(_, rest)| rest.split('"').next())
        .ok_or("the published episode is not in the feed")?;
    let path = admin::path_of(enclosure);
    let big = Place {
        ours: (server, &path),
        nginx: (nginx, "/big.mp3"),
    };
    rows::ranges(&big, sound.len(), pace, report);
    let ms = rows::change_ms(&mut author, server, &editor, pace.turns)?;
    let (first, goal) = if n < 1000 { (50.0, 3.0) } else { (500.0, 5.0) };
    report.alone(
        "11 first feed after a change",
        ms,
        " ms",
        Goal::AtMost(first, goal),
    );
    Ok(())
}

/// nginx against itself on bytes like the show's.
fn noise(options: &Options, scratch: &Path) -> Result<String, String> {
    let www = scratch.join("www");
    let like = |bytes: usize, packed: usize| [b"daebon ".repeat(bytes / 7), vec![0x5a; packed]];
    let content = Content {
        feed: "/feed.xml".to_owned(),
        page: "/page.html".to_owned(),
        feed_bytes: like(682_000, 176_000),
        page_bytes: like(17_000, 6_000),
    };
    content.lay_out(&www).map_err(|e| e.to_string())?;
    fs::write(www.join("big.mp3"), vec![0; BIG]).map_err(|e| e.to_string())?;
    let one = nginx(scratch)?;
    let other_folder = scratch.join("other");
    fs::create_dir_all(&other_folder).map_err(|e| e.to_string())?;
    let link = other_folder.join("www");
    std::os::unix::fs::symlink(&www, link).map_err(|e| e.to_string())?;
    let other = nginx(&other_folder)?;
    let place = |path| Place {
        ours: (&one, path),
        nginx: (&other, path),
    };
    let mut report = Report::default();
    rows::pages(
        &place("/feed.xml"),
        &place("/page.html"),
        options.pace,
        &mut report,
    );
    rows::ranges(&place("/big.mp3"), BIG, options.pace, &mut report);
    let most = rows::memory_under_load(&one, &content, options.pace.time);
    report.notes.push(format!("memory under load {most:.1} MB"));
    Ok(figures::table(
        "nginx against itself",
        &report.figures,
        &report.notes,
    ))
}
