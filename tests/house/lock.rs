//! What is built in: no banned crate, none below a version that mended a hole, no licence that
//! binds whoever runs it (HARDENING, section B and section 2).
use std::process::Command;

use crate::tree::{Fault, File};

/// Crates that must not be there: the engine's and TLS' second copies, and what needs a
/// library of the system.
const BANNED: &[&str] = &[
    "openssl-sys",
    "openssl",
    "native-tls",
    "aws-lc-sys",
    "aws-lc-rs",
];

/// Crates of which there is one version at most.
const SINGLE: &[&str] = &["libsqlite3-sys", "sqlx-core"];

/// The first version without a known hole, and where the hole is described.
const MINIMUM: &[(&str, [u64; 3], &str)] = &[
    ("ammonia", [4, 1, 4], "RUSTSEC-2026-0193"),
    ("quick-xml", [0, 41, 0], "RUSTSEC-2026-0194"),
    ("h2", [0, 4, 16], "RUSTSEC-2026-0258"),
    ("time", [0, 3, 47], "RUSTSEC-2026-0009"),
    ("bytes", [1, 11, 1], "RUSTSEC-2026-0007"),
    ("sqlx", [0, 8, 1], "RUSTSEC-2024-0363"),
    (
        "symphonia",
        [0, 6, 1],
        "a file of 377 bytes ends the process",
    ),
    (
        "libsqlite3-sys",
        [0, 37, 0],
        "SQLite before 3.51.3 may lose a WAL",
    ),
];

/// Licences, any of which is enough.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "MPL-2.0",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "CC0-1.0",
    "Unlicense",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
];

/// Faults of the lock file, whatever its name.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in files
        .iter()
        .filter(|(path, _)| path.ends_with("Cargo.lock"))
    {
        let packages = packages(text);
        for (i, (line, name, version)) in packages.iter().enumerate() {
            let mut fault = |what: String| faults.push(Fault::new(path, *line, what));
            if BANNED.contains(name) {
                fault(format!("{name} is banned"));
            }
            let again = packages[..i].iter().any(|(_, other, _)| other == name);
            if SINGLE.contains(name) && again {
                fault(format!("a second {name}"));
            }
            if let Some((_, least, why)) = MINIMUM.iter().find(|(known, ..)| known == name)
                && numbers(version) < *least
            {
                fault(format!("{name} {version} is below {least:?}: {why}"));
            }
        }
    }
    faults
}

/// (line, name, version) of every `[[package]]`.
fn packages(text: &str) -> Vec<(usize, &str, &str)> {
    let mut found = Vec::new();
    let mut last = None;
    for (i, line) in text.lines().enumerate() {
        if let Some(name) = quoted(line, "name") {
            last = Some((i + 1, name));
        } else if let Some(version) = quoted(line, "version")
            && let Some((at, name)) = last.take()
        {
            found.push((at, name, version));
        }
    }
    found
}

/// The value of `key = "value"`.
fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?
        .strip_prefix(" = \"")?
        .strip_suffix('"')
}

fn numbers(version: &str) -> [u64; 3] {
    let mut parts = version
        .split(['.', '-', '+'])
        .map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

/// Whether a licence expression lets us choose allowed licences only.
///
/// SPDX: `OR` binds weaker than `AND`; `/` is the old way to write `OR`.
fn allowed(expression: &str) -> bool {
    let words = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut reader = Licence {
        words: &words,
        at: 0,
    };
    reader.any_of() && reader.at == words.len()
}

struct Licence<'a> {
    words: &'a [&'a str],
    at: usize,
}

impl Licence<'_> {
    fn take(&mut self, word: &str) -> bool {
        let here = self.words.get(self.at) == Some(&word);
        self.at += usize::from(here);
        here
    }

    fn any_of(&mut self) -> bool {
        let mut good = self.all_of();
        while self.take("OR") {
            good |= self.all_of();
        }
        good
    }

    fn all_of(&mut self) -> bool {
        let mut good = self.one();
        while self.take("AND") {
            good &= self.one();
        }
        good
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            return self.any_of() & self.take(")");
        }
        let mut name = self
            .words
            .get(self.at)
            .copied()
            .unwrap_or_default()
            .to_owned();
        self.at += 1;
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.words.get(self.at).unwrap_or(&""));
            self.at += 1;
        }
        ALLOWED.contains(&name.as_str())
    }
}

/// Every package with a licence that is not allowed, in the form of `cargo metadata`.
pub fn check_licences(metadata: &str) -> Vec<Fault> {
    let metadata: serde_json::Value = serde_json::from_str(metadata).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(allowed))
        .map(|package| {
            let what = format!("{} has the licence {}", package["name"], package["license"]);
            Fault::new("Cargo.lock", 1, what)
        })
        .collect()
}

/// What cargo knows of the packages built for this machine; without the network.
pub fn metadata() -> String {
    let host = run(Command::new("rustc").arg("-vV"));
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc names its host");
    run(Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["metadata", "--offline", "--locked", "--format-version=1"])
        .args(["--filter-platform", host]))
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("the tool is there");
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    fn lock(packages: &[(&str, &str)]) -> Vec<Fault> {
        let text: Vec<String> = packages
            .iter()
            .map(|(name, version)| {
                format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n")
            })
            .collect();
        check(&[("Cargo.lock", &text.join("\n"))])
    }

    #[test]
    fn the_lock_file_is_sound() {
        assert_none(&check(&borrow(&read(&["Cargo.lock"]))));
    }

    #[test]
    fn every_licence_is_allowed() {
        assert_none(&check_licences(&metadata()));
    }

    #[test]
    fn banned_doubled_and_old_crates_are_caught() {
        assert_one(&lock(&[("openssl-sys", "0.9.1")]), "banned");
        assert_one(
            &lock(&[("libsqlite3-sys", "0.37.0"), ("libsqlite3-sys", "0.38.0")]),
            "second",
        );
        assert_one(&lock(&[("h2", "0.4.15")]), "RUSTSEC-2026-0258");
        assert_one(&lock(&[("libsqlite3-sys", "0.35.0")]), "WAL");
        assert_none(&lock(&[
            ("h2", "0.4.16"),
            ("ammonia", "4.2.0"),
            ("quick-xml", "0.41.0"),
        ]));
    }

    #[test]
    fn licences_that_bind_are_caught() {
        let of = |licence: &str| {
            check_licences(&format!(
                r#"{{"packages":[{{"name":"x","license":"{licence}"}}]}}"#
            ))
        };
        assert_one(&of("AGPL-3.0-only"), "AGPL");
        assert_one(&of("MIT AND GPL-3.0-or-later"), "GPL");
        assert_one(&of("MIT OR"), "MIT OR");
        assert_none(&of("Apache-2.0 OR GPL-2.0-only"));
        assert_none(&of("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert_none(&of("Apache-2.0 WITH LLVM-exception OR MIT"));
        assert_none(&of("Unlicense/MIT"));
        assert_one(
            &check_licences(r#"{"packages":[{"name":"x","license":null}]}"#),
            "null",
        );
    }
}
