//! What is public is read through the two views of HARDENING V1 and in no other way.
use std::sync::LazyLock;

use regex::Regex;

use crate::lexer::lex;
use crate::paths::is_tests;
use crate::tree::{Fault, File};

/// The features whose answers strangers see; `reachable_posts` and `listed_posts` are theirs.
const PUBLIC: &[&str] = &["site", "feed", "delivery", "search", "cards"];

/// Files of other features that strangers' answers are made of too.
const PUBLIC_FILES: &[&str] = &[
    "src/features/posts/store/public.rs",
    "src/features/posts/store/feed.rs",
    "src/features/transcripts/store/public.rs",
];

static HIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+(posts)\b|\b(post_working_copies|post_revisions)\b",
    )
    .expect("a pattern")
});

/// Every name of a table that public code must not read.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in files {
        let public = PUBLIC
            .iter()
            .any(|feature| path.starts_with(&format!("src/features/{feature}/")))
            || PUBLIC_FILES.contains(path);
        if !public || is_tests(path) {
            continue;
        }
        for token in lex(text).tokens.iter().filter(|t| !t.in_test) {
            let Some(sql) = token.text() else { continue };
            for hit in HIDDEN.captures_iter(sql) {
                let table = hit.get(1).or(hit.get(2)).map_or("", |m| m.as_str());
                let what =
                    format!("public code reads `{table}`, not reachable_posts or listed_posts");
                faults.push(Fault::new(path, token.line, what));
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
    fn public_code_reads_the_views() {
        assert_none(&check(&borrow(&read(&["src"]))));
    }

    #[test]
    fn a_table_in_public_code_is_caught() {
        let at = |path, text| check(&[(path, text)]);
        assert_one(
            &at(
                "src/features/feed/store.rs",
                "q(\"SELECT id\n FROM\n posts p\")",
            ),
            "`posts`",
        );
        assert_one(
            &at(
                "src/features/site/store/page.rs",
                "q(\"… join posts on …\")",
            ),
            "`posts`",
        );
        assert_one(
            &at(
                "src/features/delivery/store.rs",
                "q(\"SELECT * FROM post_revisions\")",
            ),
            "post_revisions",
        );
        assert_one(
            &at(
                "src/features/transcripts/store/public.rs",
                "q(\"SELECT * FROM post_revisions\")",
            ),
            "post_revisions",
        );
        assert_none(&at(
            "src/features/feed/store.rs",
            "q(\"SELECT id FROM listed_posts JOIN reachable_posts\")",
        ));
        assert_none(&at(
            "src/features/posts/store.rs",
            "q(\"SELECT id FROM posts\")",
        ));
    }
}
