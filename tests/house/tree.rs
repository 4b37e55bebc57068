//! The project's own files as the rules see them, and the faults that they find.
use std::fmt;
use std::fs;
use std::path::Path;

/// A file: its path from the project's root with `/`, and its text.
pub type File<'a> = (&'a str, &'a str);

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// From the project's root.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub what: String,
}

impl Fault {
    /// A fault at a line.
    pub fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Every text file below these folders (or the files themselves), sorted by path.
///
/// A folder that does not exist holds nothing.
pub fn read(roots: &[&str]) -> Vec<(String, String)> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for root in roots {
        collect(base, &base.join(root), &mut found);
    }
    found.sort();
    found
}

fn collect(base: &Path, at: &Path, found: &mut Vec<(String, String)>) {
    if at.is_dir() {
        let entries = fs::read_dir(at).expect("a folder of the project can be read");
        for entry in entries {
            collect(base, &entry.expect("an entry can be read").path(), found);
        }
    } else if let Ok(text) = fs::read_to_string(at) {
        // Pictures, sounds and other files that are not text have no rules.
        let path = at.strip_prefix(base).expect("below the root");
        found.push((path.to_string_lossy().replace('\\', "/"), text));
    }
}

/// The owned files as the rules take them.
pub fn borrow(files: &[(String, String)]) -> Vec<File<'_>> {
    files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect()
}

/// Fails with the whole list of faults.
#[track_caller]
pub fn assert_none(faults: &[Fault]) {
    let list: Vec<String> = faults.iter().map(Fault::to_string).collect();
    assert!(
        list.is_empty(),
        "{} faults:\n{}",
        list.len(),
        list.join("\n")
    );
}

/// Fails unless a rule finds exactly one fault, whose words contain this.
#[track_caller]
pub fn assert_one(faults: &[Fault], what: &str) {
    assert_eq!(faults.len(), 1, "one fault expected: {faults:#?}");
    assert!(faults[0].what.contains(what), "{}", faults[0]);
}

/// The line of a byte position, counted from 1.
pub fn line_at(text: &str, at: usize) -> usize {
    1 + text[..at].bytes().filter(|b| *b == b'\n').count()
}
