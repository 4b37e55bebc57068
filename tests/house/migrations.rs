//! The two engines' migrations in step: the same files, tables, columns and views
//! (DESIGN 3.3). Read simply; the tests of every store on both engines prove the rest.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::tree::{Fault, File};

/// Tables and columns of one engine alone: search is the engine's own.
const OWN: &[&str] = &["search_"];

const ENGINES: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

/// What the migrations of one engine make: columns by table, text by view.
#[derive(Default)]
struct Schema {
    tables: BTreeMap<String, BTreeSet<String>>,
    views: BTreeMap<String, String>,
}

/// Where the engines differ.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let names = |engine: &str| -> BTreeSet<String> {
        files
            .iter()
            .filter_map(|(path, _)| path.strip_prefix(engine))
            .map(str::to_owned)
            .collect()
    };
    let [sqlite, postgres] = ENGINES.map(names);
    for name in sqlite.symmetric_difference(&postgres) {
        faults.push(Fault::new(
            &format!("migrations/*/{name}"),
            1,
            "only one engine has it",
        ));
    }
    let [sqlite, postgres] = ENGINES.map(|engine| {
        let mut schema = Schema::default();
        for (_, text) in files.iter().filter(|(path, _)| path.starts_with(engine)) {
            schema.run(text);
        }
        schema
    });
    let mut fault = |what: String| faults.push(Fault::new("migrations", 1, what));
    for table in keys(&sqlite.tables, &postgres.tables) {
        match (sqlite.tables.get(&table), postgres.tables.get(&table)) {
            (Some(a), Some(b)) => {
                for column in a.symmetric_difference(b).filter(|name| !own(name)) {
                    fault(format!("only one engine has the column {table}.{column}"));
                }
            }
            _ => fault(format!("only one engine has the table {table}")),
        }
    }
    for view in keys(&sqlite.views, &postgres.views) {
        if sqlite.views.get(&view) != postgres.views.get(&view) {
            fault(format!("the view {view} differs"));
        }
    }
    faults
}

fn own(name: &str) -> bool {
    OWN.iter().any(|prefix| name.starts_with(prefix))
}

fn keys<T>(a: &BTreeMap<String, T>, b: &BTreeMap<String, T>) -> BTreeSet<String> {
    a.keys()
        .chain(b.keys())
        .filter(|name| !own(name))
        .cloned()
        .collect()
}

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?xi)^(?: create\s+(?:virtual\s+)?(?<table>table)\s+(?:if\s+not\s+exists\s+)?"?(?<made>\w+)"?
        | create\s+(?:or\s+replace\s+)?view\s+"?(?<view>\w+)"?\s+as\b
        | drop\s+(?:table|view)\s+(?:if\s+exists\s+)?"?(?<dropped>\w+)"?
        | alter\s+table\s+"?(?<altered>\w+)"?\s+(?<verb>add|drop|rename)\s+(?<rest>.*) )"#,
    )
    .expect("a pattern")
});

impl Schema {
    fn run(&mut self, text: &str) {
        for statement in statements(text) {
            let Some(head) = HEAD.captures(&statement) else {
                continue;
            };
            let named = |group: &str| head.name(group).map(|m| m.as_str().to_lowercase());
            let rest = &statement[head.get(0).map_or(0, |m| m.end())..];
            if let Some(table) = named("made") {
                self.tables.insert(table, columns(rest));
            } else if let Some(view) = named("view") {
                self.views.insert(view, rest.trim().to_lowercase());
            } else if let Some(gone) = named("dropped") {
                self.tables.remove(&gone);
                self.views.remove(&gone);
            } else if let (Some(table), Some(verb), Some(rest)) =
                (named("altered"), named("verb"), named("rest"))
            {
                self.alter(table, &verb, &rest);
            }
        }
    }

    fn alter(&mut self, table: String, verb: &str, rest: &str) {
        let words: Vec<&str> = rest
            .split_whitespace()
            .filter(|word| *word != "column")
            .collect();
        let Some(columns) = self.tables.get_mut(&table) else {
            return;
        };
        match (verb, words.as_slice()) {
            (
                "add",
                [
                    "constraint" | "primary" | "foreign" | "unique" | "check",
                    ..,
                ],
            ) => {}
            ("add", [name, ..]) => {
                columns.insert((*name).to_owned());
            }
            ("drop", [name, ..]) => {
                columns.remove(*name);
            }
            ("rename", ["to", name]) => {
                let columns = std::mem::take(columns);
                self.tables.remove(&table);
                self.tables.insert((*name).to_owned(), columns);
            }
            ("rename", [old, "to", name]) => {
                columns.remove(*old);
                columns.insert((*name).to_owned());
            }
            _ => {}
        }
    }
}

/// The statements without comments, each on one line. Bodies of triggers and functions fall
/// into pieces, none of which begins like a table or a view.
fn statements(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.split("--").next().unwrap_or_default())
        .collect();
    lines
        .join(" ")
        .split(';')
        .map(|statement| statement.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// The names of the columns in `(a TEXT, b INTEGER, PRIMARY KEY (a))`.
fn columns(rest: &str) -> BTreeSet<String> {
    let Some(start) = rest.find('(') else {
        return BTreeSet::new();
    };
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in rest[start..].chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        match (c, depth) {
            (_, 0) => break,
            ('(', 1) => {}
            (',', 1) => parts.push(String::new()),
            _ => parts.last_mut().expect("never empty").push(c),
        }
    }
    const NO_COLUMN: &[&str] = &[
        "primary",
        "foreign",
        "unique",
        "check",
        "constraint",
        "exclude",
    ];
    parts
        .iter()
        .filter_map(|part| {
            part.split(|c: char| c.is_whitespace() || c == '(')
                .find(|w| !w.is_empty())
        })
        .map(|name| name.trim_matches('"').to_lowercase())
        .filter(|name| !NO_COLUMN.contains(&name.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    const SQLITE: &str = "CREATE TABLE posts ( -- the posts; all of them\n id TEXT PRIMARY KEY,\n n INTEGER CHECK (n IN (0, 1)),\n UNIQUE (id, n)\n) STRICT;\nCREATE VIEW listed AS SELECT id FROM posts;";
    const POSTGRES: &str = "create table posts (id text primary key, n bigint check (n in (0,1)), unique (id,n));\nCREATE VIEW listed AS\n  SELECT id FROM posts;";

    fn pair(sqlite: &str, postgres: &str) -> Vec<Fault> {
        check(&[
            ("migrations/sqlite/1.sql", sqlite),
            ("migrations/postgres/1.sql", postgres),
        ])
    }

    #[test]
    fn the_engines_are_in_step() {
        assert_none(&check(&borrow(&read(&["migrations"]))));
    }

    #[test]
    fn a_pair_in_step_is_let_be() {
        assert_none(&pair(SQLITE, POSTGRES));
        let alter = "ALTER TABLE posts ADD COLUMN m TEXT;";
        assert_none(&pair(
            &format!("{SQLITE}{alter}"),
            &format!("{POSTGRES}alter table posts add m text not null;"),
        ));
        assert_none(&pair(
            &format!("{SQLITE}CREATE VIRTUAL TABLE search_words USING fts5(a);"),
            POSTGRES,
        ));
    }

    #[test]
    fn engines_out_of_step_are_caught() {
        assert_one(
            &check(&[("migrations/sqlite/2.sql", "")]),
            "only one engine",
        );
        assert_one(
            &pair(SQLITE, &format!("{POSTGRES}CREATE TABLE more (id TEXT);")),
            "table more",
        );
        assert_one(
            &pair(SQLITE, &POSTGRES.replace("n bigint", "m bigint, n bigint")),
            "posts.m",
        );
        assert_one(
            &pair(SQLITE, &POSTGRES.replace("SELECT id", "SELECT n")),
            "view listed differs",
        );
        assert_one(
            &pair(&format!("{SQLITE}DROP VIEW listed;"), POSTGRES),
            "view listed",
        );
    }
}
