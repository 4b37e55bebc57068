//! Imports point down the house (DESIGN 4, invariant 1).
use std::collections::HashSet;

use crate::lexer::{Source, lex};
use crate::paths::{Named, is_tests, module_of, named};
use crate::tree::{Fault, File};

/// The floors, lowest first: what stands on one floor does not see each other, but for
/// [`SIBLINGS`].
const FLOORS: &[&[&str]] = &[
    &["kernel"],
    &["formats"],
    &["ports", "db", "jobs", "web"],
    &["config", "state"],
    &["features"],
    &["app", "cli"],
];

/// Who may look at whom on the same floor.
const SIBLINGS: &[(&str, &str)] = &[
    ("db", "ports"), // the clock
    ("jobs", "db"),
    ("jobs", "ports"), // the clock
    ("web", "ports"),  // the clock
    ("state", "config"),
    ("app", "cli"),
    ("cli", "app"),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|names| names.contains(&module))
}

/// Every arrow that points up or goes round a door.
pub fn check(files: &[File]) -> Vec<Fault> {
    let order = feature_order(files);
    let modules: HashSet<Vec<String>> = files.iter().map(|(path, _)| module_of(path)).collect();
    let rules = Rules { order, modules };
    let mut faults = Vec::new();
    for (path, text) in files {
        let module = module_of(path);
        // lib.rs and main.rs stand outside of the house.
        let Some(top) = module.first() else { continue };
        let source = lex(text);
        if floor(top).is_none() {
            faults.push(Fault::new(path, 1, format!("`{top}` stands on no floor")));
            continue;
        }
        if top == "features"
            && let Some(feature) = module.get(1)
            && rules.place(feature).is_none()
        {
            faults.push(Fault::new(
                path,
                1,
                format!("`{feature}` is not listed in features/mod.rs"),
            ));
            continue;
        }
        for name in named(path, &source) {
            let in_test = name.in_test || is_tests(path);
            if let Some(what) = rules.fault(&module, &name, in_test) {
                faults.push(Fault::new(path, name.line, what));
            }
        }
    }
    faults
}

/// The features as `src/features/mod.rs` lists them, lowest first.
fn feature_order(files: &[File]) -> Vec<String> {
    let Some((_, text)) = files
        .iter()
        .find(|(path, _)| *path == "src/features/mod.rs")
    else {
        return Vec::new();
    };
    let Source { tokens, .. } = lex(text);
    tokens
        .windows(3)
        .filter(|w| w[0].is("mod") && w[2].sign(';'))
        .filter_map(|w| w[1].ident().map(str::to_owned))
        .collect()
}

struct Rules {
    order: Vec<String>,
    modules: HashSet<Vec<String>>,
}

impl Rules {
    fn place(&self, feature: &str) -> Option<usize> {
        self.order.iter().position(|name| name == feature)
    }

    fn fault(&self, from: &[String], to: &Named, in_test: bool) -> Option<String> {
        let (here, there) = (from.first()?, to.own.then(|| to.segments.first())??);
        let path = to.segments.join("::");
        let Some(high) = floor(there) else {
            return Some(format!("crate::{path}: `{there}` stands on no floor"));
        };
        let low = floor(here)?;
        if high > low {
            return Some(format!("crate::{path} points up, from `{here}`"));
        }
        let sibling = SIBLINGS.contains(&(here.as_str(), there.as_str()));
        if high == low && here != there && !sibling && !in_test {
            return Some(format!(
                "crate::{path}: `{here}` does not use `{there}` beside it"
            ));
        }
        if here == "features" && there == "features" {
            return self.feature_fault(from, to, in_test);
        }
        None
    }

    fn feature_fault(&self, from: &[String], to: &Named, in_test: bool) -> Option<String> {
        let (mine, other) = (from.get(1)?, to.segments.get(1)?);
        if mine == other {
            return None;
        }
        let path = to.segments.join("::");
        let Some(place) = self.place(other) else {
            return Some(format!("crate::{path}: no feature `{other}`"));
        };
        // Tests may use the whole house to set a scene.
        if place > self.place(mine)? && !in_test {
            return Some(format!(
                "crate::{path} points up: `{other}` stands after `{mine}`"
            ));
        }
        // Its files are its own matter; what it hands out is named at its door.
        let inside = to.segments.len() > 2 && self.modules.contains(&to.segments[..3]);
        (inside && !in_test).then(|| format!("crate::{path} goes round the door of `{other}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    const FEATURES: File = (
        "src/features/mod.rs",
        "pub mod show;\npub mod posts;\npub mod feed;",
    );
    const STORE: File = ("src/features/show/store.rs", "");

    fn faults(path: &str, text: &str) -> Vec<Fault> {
        check(&[FEATURES, STORE, (path, text)])
    }

    #[test]
    fn the_house_stands() {
        assert_none(&check(&borrow(&read(&["src"]))));
    }

    #[test]
    fn an_arrow_up_is_caught() {
        assert_one(
            &faults("src/kernel/ids.rs", "use crate::db::Tx;"),
            "points up",
        );
        assert_one(
            &faults(
                "src/web/a.rs",
                "use crate::{kernel::Error, features::{posts::Post}};",
            ),
            "points up",
        );
        assert_one(
            &faults("src/formats/a.rs", "pub use super::super::state::App;"),
            "points up",
        );
        assert_one(
            &faults("src/db/a.rs", "fn f() { crate::app::reactions::of() }"),
            "points up",
        );
        assert_one(
            &faults(
                "src/db/a.rs",
                "#[cfg(test)]\nmod tests { use crate::state::App; }",
            ),
            "points up",
        );
    }

    #[test]
    fn siblings_keep_to_themselves() {
        assert_one(&faults("src/web/a.rs", "use crate::db::Tx;"), "beside");
        assert_one(&faults("src/db/a.rs", "use crate::jobs::Job;"), "beside");
        assert_none(&faults("src/jobs/a.rs", "use crate::db::Tx;"));
        assert_none(&faults(
            "src/web/a.rs",
            "#[cfg(test)] mod tests { use crate::db::Tx; }",
        ));
    }

    #[test]
    fn a_feature_uses_earlier_ones_through_their_door() {
        assert_none(&faults(
            "src/features/posts/a.rs",
            "use crate::features::show::Show;",
        ));
        assert_one(
            &faults(
                "src/features/show/a.rs",
                "use crate::features::posts::Post;",
            ),
            "points up",
        );
        assert_one(
            &faults(
                "src/features/posts/a.rs",
                "use crate::features::show::store::row;",
            ),
            "round the door",
        );
        assert_one(
            &faults("src/features/posts/a.rs", "use super::super::show::store;"),
            "round the door",
        );
        assert_one(
            &faults(
                "src/features/posts/a.rs",
                "use crate::features::show; fn f() { show::store::row() }",
            ),
            "round the door",
        );
        assert_none(&faults(
            "src/features/show/a.rs",
            "use super::store::row; use crate::features::show::store;",
        ));
    }

    #[test]
    fn what_stands_on_no_floor_is_caught() {
        assert_one(&faults("src/helpers/mod.rs", ""), "no floor");
        assert_one(&faults("src/features/extra/mod.rs", ""), "not listed");
        assert_one(&faults("src/app/a.rs", "use crate::Error;"), "no floor");
    }

    #[test]
    fn comments_and_texts_are_no_imports() {
        assert_none(&faults(
            "src/kernel/a.rs",
            "// use crate::db::Tx;\nconst A: &str = \"crate::db::Tx\";",
        ));
    }
}
