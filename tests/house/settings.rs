//! The page of the settings says what the program takes: every flag, every variable, every
//! default (DESIGN 3.1).
use clap::{Arg, Command};

use crate::tree::{Fault, File};

/// The page.
const PAGE: &str = "docs/settings.md";

/// A setting as the program takes it.
#[derive(Debug)]
struct Setting {
    flag: String,
    env: Option<String>,
    defaults: Vec<String>,
}

/// What the page leaves out, and what it names that is no more.
pub fn check(files: &[File], command: &Command) -> Vec<Fault> {
    let Some((path, page)) = files.iter().find(|(path, _)| *path == PAGE) else {
        return vec![Fault::new(PAGE, 1, "is missing")];
    };
    let settings = settings(command);
    let mut faults = Vec::new();
    let mut fault = |line, what: String| faults.push(Fault::new(path, line, what));
    for setting in &settings {
        let said = |word: &str| {
            page.lines()
                .find(|line| names(line).any(|name| name == word))
        };
        let Some(line) = said(&setting.flag) else {
            fault(1, format!("does not name {}", setting.flag));
            continue;
        };
        if let Some(env) = &setting.env
            && said(env).is_none()
        {
            fault(1, format!("does not name {env}"));
        }
        for default in &setting.defaults {
            if !line.contains(default.as_str()) {
                fault(
                    1,
                    format!("does not say that {} is {default}", setting.flag),
                );
            }
        }
    }
    for (i, line) in page.lines().enumerate() {
        for name in names(line) {
            let known = settings
                .iter()
                .any(|s| s.flag == name || s.env.as_deref() == Some(name));
            if !known && (name.starts_with("--") || name.starts_with("DAEBON_")) {
                fault(i + 1, format!("the program does not know {name}"));
            }
        }
    }
    faults
}

/// The flags and variables between backquotes; what follows `=` or a space is an example.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let inside = line.split('`').skip(1).step_by(2);
    inside.filter_map(|code| code.split([' ', '=', '[']).next())
}

/// Every option of the program and its subcommands, but for help and version.
fn settings(command: &Command) -> Vec<Setting> {
    let own = command
        .get_arguments()
        .filter(|arg| visible(arg))
        .map(|arg| Setting {
            flag: format!("--{}", arg.get_long().unwrap_or_default()),
            env: arg.get_env().map(|env| env.to_string_lossy().into_owned()),
            defaults: arg
                .get_default_values()
                .iter()
                .map(|value| value.to_string_lossy().into_owned())
                .collect(),
        });
    let below = command.get_subcommands().flat_map(settings);
    own.chain(below).collect()
}

fn visible(arg: &Arg) -> bool {
    let generated = matches!(arg.get_id().as_str(), "help" | "version");
    arg.get_long().is_some() && !arg.is_hide_set() && !generated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    fn program() -> Command {
        let listen = Arg::new("listen").long("listen").env("DAEBON_LISTEN");
        Command::new("daebon").arg(listen.default_value("127.0.0.1:8080"))
    }

    fn faults(page: &str) -> Vec<Fault> {
        check(&[(PAGE, page)], &program())
    }

    #[test]
    fn the_page_says_what_the_program_takes() {
        assert_none(&check(&borrow(&read(&["docs"])), &daebon::cli::command()));
    }

    #[test]
    fn a_page_that_differs_is_caught() {
        let line = "| `--listen ADDR` | `DAEBON_LISTEN` | 127.0.0.1:8080 |";
        assert_none(&faults(line));
        assert_one(&faults("nothing"), "--listen");
        assert_one(&faults("`--listen` 127.0.0.1:8080"), "DAEBON_LISTEN");
        assert_one(
            &faults("`--listen` `DAEBON_LISTEN` 0.0.0.0:80"),
            "127.0.0.1:8080",
        );
        assert_one(&faults(&format!("{line}\n`--gone`")), "know --gone");
        assert_one(&check(&[], &program()), "missing");
    }
}
