//! What every source file owes its reader, and what none may hold.
use std::collections::{HashMap, HashSet};

use crate::lexer::{Source, lex};
use crate::paths::{is_tests, named};
use crate::tree::{Fault, File};

/// Lines of a file, its tests not counted.
const MOST_LINES: usize = 400;

/// Macros that say that something is not done.
const UNDONE_MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

/// Marks that say the same in a comment.
const UNDONE_MARKS: &[&str] = &["FIXME", "XXX", "TODO", "HACK"];

/// Faults of the files below `src` and `tests`.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = undeclared(files);
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let source = lex(text);
        if !text.starts_with("//!") {
            faults.push(Fault::new(path, 1, "does not begin with a `//!` line"));
        }
        let lines = text.lines().count() - lines_of_tests(&source);
        if lines > MOST_LINES && !(path.starts_with("src/") && is_tests(path)) {
            let what = format!("{lines} lines, more than {MOST_LINES}");
            faults.push(Fault::new(path, 1, what));
        }
        undone(path, &source, &mut faults);
        if path.starts_with("src/") {
            environment(path, &source, &mut faults);
        }
    }
    faults
}

/// Files that no module names: the compiler never sees them, so nothing in them is tested.
fn undeclared(files: &[File]) -> Vec<Fault> {
    let mut declared: HashMap<&str, HashSet<String>> = HashMap::new();
    for (path, text) in files {
        let Some((folder, "mod.rs" | "main.rs" | "lib.rs")) = path.rsplit_once('/') else {
            continue;
        };
        let own = declared.entry(folder).or_default();
        for three in lex(text).tokens.windows(3) {
            if let (Some("mod"), Some(name), true) =
                (three[0].ident(), three[1].ident(), three[2].sign(';'))
            {
                own.insert(name.to_owned());
            }
        }
    }
    let mut faults = Vec::new();
    for (path, _) in files {
        let Some((folder, name)) = path.rsplit_once('/') else {
            continue;
        };
        let module = match name {
            "main.rs" | "lib.rs" => continue,
            "mod.rs" => folder.rsplit_once('/'),
            _ => name.strip_suffix(".rs").map(|stem| (folder, stem)),
        };
        if let Some((folder, stem)) = module
            && declared.get(folder).is_some_and(|own| !own.contains(stem))
        {
            faults.push(Fault::new(path, 1, "no module names this file"));
        }
    }
    faults
}

fn lines_of_tests(source: &Source) -> usize {
    let tokens = &source.tokens;
    let mut lines = HashSet::new();
    for pair in tokens.windows(2) {
        if pair[0].in_test && pair[1].in_test {
            lines.extend(pair[0].line..=pair[1].line);
        }
    }
    lines.len()
}

fn undone(path: &str, source: &Source, faults: &mut Vec<Fault>) {
    for pair in source.tokens.windows(2) {
        if let Some(name) = pair[0].ident()
            && UNDONE_MACROS.contains(&name)
            && pair[1].sign('!')
        {
            faults.push(Fault::new(path, pair[0].line, format!("{name}!")));
        }
    }
    for (line, comment) in &source.comments {
        let mut words = comment.split(|c: char| !c.is_alphanumeric());
        if let Some(mark) = words.find(|word| UNDONE_MARKS.contains(word)) {
            faults.push(Fault::new(path, *line, format!("{mark} in a comment")));
        }
    }
}

fn environment(path: &str, source: &Source, faults: &mut Vec<Fault>) {
    if path == "src/config.rs" || path.starts_with("src/config/") || is_tests(path) {
        return;
    }
    for name in named(path, source)
        .iter()
        .filter(|name| !name.in_test && !name.own)
    {
        let parts: Vec<&str> = name.segments.iter().map(String::as_str).collect();
        let reads = matches!(
            parts.as_slice(),
            ["std", "env", "var" | "var_os" | "vars" | "vars_os", ..]
                | ["env", "var" | "var_os" | "vars" | "vars_os"]
        );
        if reads {
            faults.push(Fault::new(
                path,
                name.line,
                "reads the environment outside config.rs",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    fn faults(path: &str, text: &str) -> Vec<Fault> {
        check(&[(path, text)])
    }

    #[test]
    fn every_file_is_as_it_should_be() {
        assert_none(&check(&borrow(&read(&["src", "tests", "benches"]))));
    }

    #[test]
    fn a_file_without_its_first_line_is_caught() {
        assert_one(&faults("src/a.rs", "use std::fmt;\n//! late"), "//!");
    }

    #[test]
    fn a_file_that_is_never_compiled_is_caught() {
        let main = ("tests/web/main.rs", "//! a\nmod login;\nmod support;");
        let login = ("tests/web/login.rs", "//! a");
        let support = ("tests/web/support/mod.rs", "//! a");
        assert_none(&check(&[main, login, support]));
        let lost = ("tests/web/lost.rs", "//! a\n// mod lost;");
        assert_one(&check(&[main, login, lost]), "no module");
        let lost = ("tests/web/lost/mod.rs", "//! a");
        assert_one(&check(&[main, support, lost]), "no module");
    }

    #[test]
    fn a_long_file_is_caught_and_its_tests_are_not_counted() {
        let code = |n: usize| format!("//! a\n{}", "fn f() {}\n".repeat(n));
        let tested = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", code(399), code(300));
        assert_none(&faults("src/a.rs", &tested));
        assert_one(&faults("src/a.rs", &code(400)), "401 lines");
        assert_one(&faults("tests/web/a.rs", &code(400)), "401 lines");
        assert_none(&faults("src/a/tests.rs", &code(900)));
    }

    #[test]
    fn undone_work_is_caught() {
        assert_one(&faults("src/a.rs", "//! a\nfn f() { todo!() }"), "todo!");
        assert_one(
            &faults(
                "src/a.rs",
                "//! a\n#[cfg(test)] mod t { fn f() { dbg!(1) } }",
            ),
            "dbg!",
        );
        assert_one(&faults("src/a.rs", "//! a\n/* FIXME: later */"), "FIXME");
        assert_none(&faults(
            "src/a.rs",
            "//! a\nconst A: &str = \"FIXME todo!()\"; fn todo() {}",
        ));
    }

    #[test]
    fn the_environment_outside_config_is_caught() {
        let text = "//! a\nfn f() { std::env::var(\"A\") }";
        assert_one(&faults("src/db/mod.rs", text), "environment");
        assert_one(
            &faults(
                "src/db/mod.rs",
                "//! a\nuse std::env; fn f() { env::var_os(\"A\") }",
            ),
            "environment",
        );
        assert_none(&faults("src/config.rs", text));
        assert_none(&faults(
            "src/db/mod.rs",
            "//! a\n#[cfg(test)] mod t { fn f() { std::env::var(\"A\") } }",
        ));
    }
}
