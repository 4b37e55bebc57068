//! The web framework is seen by what speaks HTTP, and by nothing else (DESIGN 4).
use crate::lexer::lex;
use crate::paths::{is_tests, named};
use crate::tree::{Fault, File};

/// The framework and what it stands on. `http` holds plain words (status, header names).
const FRAMEWORK: &[&str] = &["axum", "hyper", "hyper_util", "tower", "tower_http"];

/// Where the client half of hyper stands, and its name.
const CLIENT: (&str, [&str; 2]) = ("src/ports/fetch/", ["hyper", "hyper_util"]);

/// Whether a file may speak of the framework.
fn may_see(path: &str) -> bool {
    let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    match parts.as_slice() {
        ["src", "web" | "app", ..] => true,
        // `FromRef` of the state's parts.
        ["src", "state"] => true,
        ["src", "features", _, "handlers" | "extract", ..] => true,
        _ => false,
    }
}

/// The framework where it has no business.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in files
        .iter()
        .filter(|(path, _)| !may_see(path) && !is_tests(path))
    {
        for name in named(path, &lex(text)).iter().filter(|name| !name.in_test) {
            let first = name.segments[0].as_str();
            let client = path.starts_with(CLIENT.0) && CLIENT.1.contains(&first);
            if !name.own && FRAMEWORK.contains(&first) && !client {
                let what = format!(
                    "{} outside web/, app/ and handlers",
                    name.segments.join("::")
                );
                faults.push(Fault::new(path, name.line, what));
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
    fn the_framework_keeps_to_its_places() {
        assert_none(&check(&borrow(&read(&["src"]))));
    }

    #[test]
    fn the_framework_elsewhere_is_caught() {
        let at = |path, text| check(&[(path, text)]);
        assert_one(
            &at("src/features/posts/actions.rs", "use axum::Json;"),
            "axum::Json",
        );
        assert_one(
            &at("src/jobs/mod.rs", "fn f() { tower::util::x() }"),
            "tower",
        );
        assert_one(
            &at("src/features/posts/views.rs", "use {axum::Json, std::fmt};"),
            "axum",
        );
        assert_one(&at("src/ports/fetch/web.rs", "use axum::Json;"), "axum");
        assert_none(&at("src/ports/fetch/web.rs", "use hyper::body::Incoming;"));
        assert_none(&at("src/features/posts/handlers.rs", "use axum::Json;"));
        assert_none(&at(
            "src/features/posts/handlers/edit.rs",
            "use axum::Json;",
        ));
        assert_none(&at("src/features/accounts/extract.rs", "use axum::Json;"));
        assert_none(&at(
            "src/db/mod.rs",
            "#[cfg(test)] mod tests { use axum::Router; }",
        ));
    }
}
