//! SQL stands in `store.rs`, `db/` and `jobs/` alone (DESIGN 4), and only `db/` may hand the
//! engine a text that the compiler has not seen.
use std::sync::LazyLock;

use regex::Regex;

use crate::lexer::lex;
use crate::paths::{is_tests, named};
use crate::tree::{Fault, File};

/// What runs SQL, or builds it.
const RUNNERS: &[&str] = &[
    "query",
    "query_as",
    "query_scalar",
    "query_with",
    "query_as_with",
    "query_scalar_with",
    "raw_sql",
    "QueryBuilder",
];

/// Upper case anywhere, lower case only where a text begins: prose has both words too.
static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x) \bSELECT\s+(\*|[\w."(]) | \bINSERT\s+(OR\s+\w+\s+)?INTO\s | \bUPDATE\s+\w+\s+SET\s
        | \bDELETE\s+FROM\s | ^\s*select\s[\s\S]+\sfrom\s+\w | ^\s*insert\s+into\s+\w+
        | ^\s*update\s+\w+\s+set\s | ^\s*delete\s+from\s+\w+\s+where\s"#,
    )
    .expect("a pattern")
});

/// Whether SQL may stand in this file.
pub fn may_hold_sql(path: &str) -> bool {
    let in_store = path.starts_with("src/features/")
        && (path.ends_with("/store.rs") || path.contains("/store/"));
    in_store || path.starts_with("src/db/") || path.starts_with("src/jobs/")
}

/// SQL where it has no business.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| !is_tests(path)) {
        let source = lex(text);
        let trusted = path.starts_with("src/db/");
        let unchecked = source
            .tokens
            .iter()
            .filter(|t| !trusted && t.is("AssertSqlSafe"));
        faults.extend(unchecked.map(|t| Fault::new(path, t.line, "AssertSqlSafe outside db/")));
        if may_hold_sql(path) {
            continue;
        }
        for name in named(path, &source).iter().filter(|name| !name.in_test) {
            let runs = name.segments[0] == "sqlx"
                && name.segments.iter().any(|s| RUNNERS.contains(&s.as_str()));
            if runs {
                let what = format!(
                    "{} outside store.rs, db/ and jobs/",
                    name.segments.join("::")
                );
                faults.push(Fault::new(path, name.line, what));
            }
        }
        for token in source.tokens.iter().filter(|t| !t.in_test) {
            if token.text().is_some_and(|text| STATEMENT.is_match(text)) {
                faults.push(Fault::new(
                    path,
                    token.line,
                    "SQL outside store.rs, db/ and jobs/",
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    #[test]
    fn sql_stands_in_its_places() {
        assert_none(&check(&borrow(&read(&["src"]))));
    }

    #[test]
    fn sql_elsewhere_is_caught() {
        let at = |path, text| check(&[(path, text)]);
        let actions = "src/features/posts/actions.rs";
        assert_one(
            &at(actions, "const A: &str = \"SELECT id FROM posts\";"),
            "SQL outside",
        );
        assert_one(
            &at(actions, "f(r#\"\n  update posts set a = 1\"#)"),
            "SQL outside",
        );
        assert_one(
            &at(actions, "fn f() { sqlx::query_as(x) }"),
            "sqlx::query_as",
        );
        assert_one(
            &at("src/app/a.rs", "use sqlx::{Row, query};"),
            "sqlx::query",
        );
        assert_one(
            &at("src/features/posts/store.rs", "AssertSqlSafe(x)"),
            "AssertSqlSafe",
        );
    }

    #[test]
    fn sql_in_its_places_and_prose_are_let_be() {
        let at = |path, text| check(&[(path, text)]);
        let text = "fn f() { sqlx::query(\"DELETE FROM posts\") }";
        assert_none(&at("src/features/posts/store.rs", text));
        assert_none(&at("src/features/posts/store/search.rs", text));
        assert_none(&at("src/jobs/queue.rs", text));
        assert_none(&at(
            "src/cli.rs",
            "const A: &str = \"Select a show from the list, update it\";",
        ));
        assert_none(&at(
            "src/cli.rs",
            "#[cfg(test)] mod tests { const A: &str = \"SELECT 1 FROM a\"; }",
        ));
    }
}
