//! Where the tables are kept: `docs/benchmarks.md`, between two marks.
use std::fs;
use std::path::Path;
use std::process::Command;

const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// Writes the tables with the command, the machine and the day; keeps what stands around them.
pub fn write(command: &str, tables: &str) -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/benchmarks.md");
    let old =
        fs::read_to_string(&path).unwrap_or_else(|_| format!("# Benchmarks\n\n{BEGIN}\n{END}\n"));
    let inside = format!(
        "\n`{command}` on {}, {}.\n\n{tables}\n",
        machine(),
        said("date", &["-u", "+%F"])
    );
    let (before, after) = match (old.find(BEGIN), old.find(END)) {
        (Some(begin), Some(end)) if begin < end => {
            (old[..begin + BEGIN.len()].to_owned(), old[end..].to_owned())
        }
        _ => (format!("{old}\n{BEGIN}"), format!("{END}\n")),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, format!("{before}{inside}{after}"))
}

/// Processor, cores, system.
pub fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("an unnamed processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{model}, {cores} cores, Linux {}", said("uname", &["-r"]))
}

fn said(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    output.map_or_else(
        |_| "?".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
