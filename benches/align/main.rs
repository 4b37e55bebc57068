//! How well and how cheaply `daebon align` finds the sentences of recordings whose truth is known:
//! the alignment table of `docs/benchmarks.md`.
//!
//! `bin/bench-align FOLDER…` takes every `NAME.truth.json` in the folders, with the sound
//! `NAME.mp3` (or `.opus`, `.m4a`, `.flac`, `.wav`) and the script `NAME.txt` beside it, a
//! sentence a line. What stands behind the last `-` of a name is its condition: one row each.
mod measure;
mod score;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use measure::Cost;
use score::Score;

const PAGE: &str = "docs/benchmarks.md";
const BEGIN: &str = "<!-- align:begin -->\n";
const END: &str = "<!-- align:end -->";
const SOUNDS: [&str; 5] = ["mp3", "opus", "m4a", "flac", "wav"];

/// What the recordings of one condition came to.
#[derive(Default)]
struct Row {
    recordings: usize,
    refused: usize,
    score: Score,
    cost: Cost,
    minutes: f64,
}

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .map(PathBuf::from)
        .collect();
    if folders.is_empty() {
        eprintln!("usage: bin/bench-align FOLDER…");
        return ExitCode::from(2);
    }
    match run(&folders) {
        Ok(table) => {
            println!("{table}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("bench-align: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(folders: &[PathBuf]) -> Result<String, String> {
    let scratch = tempfile::tempdir().map_err(|e| e.to_string())?;
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut truths = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        truths.extend(
            entries
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.to_string_lossy().ends_with(".truth.json")),
        );
    }
    truths.sort();
    for truth in &truths {
        recording(truth, scratch.path(), &mut rows)?;
    }
    if rows.is_empty() {
        return Err("no NAME.truth.json with its sound and NAME.txt there".to_owned());
    }
    let table = print(&rows);
    write_page(&table)?;
    Ok(table)
}

/// Aligns one recording and adds it to the row of its condition.
fn recording(truth: &Path, scratch: &Path, rows: &mut BTreeMap<String, Row>) -> Result<(), String> {
    let stem = truth.to_string_lossy().replace(".truth.json", "");
    let sound = SOUNDS.iter().map(|kind| format!("{stem}.{kind}"));
    let Some(sound) = sound.into_iter().find(|path| Path::new(path).exists()) else {
        return Ok(());
    };
    let json = fs::read_to_string(truth).map_err(|e| format!("{}: {e}", truth.display()))?;
    let known: score::Truth =
        serde_json::from_str(&json).map_err(|e| format!("{}: {e}", truth.display()))?;
    let out = scratch.join("out.vtt");
    let _ = fs::remove_file(&out);
    let mut command = Command::new(env!("CARGO_BIN_EXE_daebon"));
    command.arg("align").arg(&sound).arg(format!("{stem}.txt"));
    command.arg("-o").arg(&out).arg("--quiet");
    let cost = measure::run(&mut command).map_err(|e| format!("{sound}: {e}"))?;
    let condition = stem.rsplit('-').next().unwrap_or_default().to_owned();
    let row = rows.entry(condition).or_default();
    row.recordings += 1;
    row.minutes += known.duration / 60.0;
    row.cost.add(&cost);
    // No file: it was refused as the script of another recording.
    let vtt = fs::read_to_string(&out).unwrap_or_default();
    row.refused += usize::from(vtt.is_empty());
    let one = Score::of(&known, &score::starts(&vtt));
    eprintln!("{}: {one}", Path::new(&stem).display());
    row.score.add(one);
    Ok(())
}

fn print(rows: &BTreeMap<String, Row>) -> String {
    let mut out = String::from(
        "| condition | recordings | sentences | median | p95 | ≤ 0.2 s | ≤ 0.5 s | ≤ 1 s | \
         unspoken left out | wrong with a warning | right with one | CPU s a minute | peak memory |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (condition, row) in rows {
        let name = match row.refused {
            0 => condition.clone(),
            refused => format!("{condition} ({refused} refused)"),
        };
        out += &format!(
            "| {name} | {} | {} | {:.2} | {:.0} MB |\n",
            row.recordings,
            row.score.cells(),
            row.cost.cpu_s / row.minutes.max(1e-9),
            row.cost.peak_bytes as f64 / 1e6,
        );
    }
    out
}

/// Puts the table between the marks of the page, if it has them.
fn write_page(table: &str) -> Result<(), String> {
    let page = fs::read_to_string(PAGE).map_err(|e| format!("{PAGE}: {e}"))?;
    let Some((before, rest)) = page.split_once(BEGIN) else {
        return Ok(());
    };
    let after = rest.split_once(END).map_or("", |(_, after)| after);
    fs::write(PAGE, format!("{before}{BEGIN}{table}{END}{after}")).map_err(|e| e.to_string())
}
