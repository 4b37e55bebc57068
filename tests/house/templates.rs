//! Templates leave escaping to askama and hold nothing that a strict CSP would stop
//! (DESIGN 5, HARDENING O1 and O4).
use std::sync::LazyLock;

use regex::Regex;

use crate::lexer::lex;
use crate::paths::is_tests;
use crate::tree::{Fault, File, line_at};

/// `|safe` is right where the value was made by the sanitiser: (template, expression).
///
/// A type that is safe by nature says so itself (see [`MAKERS`]) and needs no filter.
const MADE_BY_THE_SANITISER: &[(&str, &str)] = &[];

/// Who may declare a type to be HTML: the sanitiser and the page's own machinery.
const MAKERS: &[&str] = &["src/formats/html", "src/web/"];

/// What makes of a text HTML that askama believes.
const BELIEVED: &[&str] = &["HtmlSafe", "HtmlSafeOutput", "MaybeSafe"];

static SAFE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{[{%][+~-]?\s*([^{}]*?)\s*\|\s*safe\b").expect("a pattern"));
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    // A tag; template expressions inside may hold `>` and quotes of their own.
    Regex::new(r#"<([a-zA-Z][\w-]*)((?:\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|"[^"]*"|'[^']*'|[^>"'])*)>"#)
        .expect("a pattern")
});
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i)(?:^|[\s"'}])(style|on[a-z]+)\s*="#).expect("a pattern"));
static SCRIPT_URL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i)=\s*["']?\s*javascript:"#).expect("a pattern"));
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{#[\s\S]*?#\}|<!--[\s\S]*?-->").expect("a pattern"));

/// Faults of templates, and of code that makes HTML which askama believes.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in files {
        if path.ends_with(".html") {
            template(path, text, &mut faults);
        } else if path.starts_with("src/") && path.ends_with(".rs") {
            code(path, text, &mut faults);
        }
    }
    faults
}

fn template(path: &str, text: &str, faults: &mut Vec<Fault>) {
    // Comments are blanked, so that the lines stay.
    let text = COMMENT.replace_all(text, |hit: &regex::Captures| {
        hit[0].replace(|c| c != '\n', " ")
    });
    for hit in SAFE.captures_iter(&text) {
        let value = hit[1].trim();
        if !MADE_BY_THE_SANITISER.contains(&(path, value)) {
            let at = hit.get(0).map_or(0, |m| m.start());
            faults.push(Fault::new(
                path,
                line_at(&text, at),
                format!("`{value}|safe`"),
            ));
        }
    }
    for hit in TAG.captures_iter(&text) {
        let at = hit.get(0).map_or(0, |m| m.start());
        let (name, inside) = (hit[1].to_lowercase(), &hit[2]);
        let mut fault = |what: String| faults.push(Fault::new(path, line_at(&text, at), what));
        // JSON in a script is data, which the CSP leaves alone.
        let data = inside.contains("application/ld+json") || inside.contains("application/json");
        if name == "script" && !inside.contains("src=") && !data {
            fault("inline <script>".to_owned());
        }
        if name == "style" {
            fault("inline <style>".to_owned());
        }
        if let Some(attribute) = ATTRIBUTE.captures(&without_values(inside)) {
            fault(format!("attribute `{}=`", &attribute[1]));
        }
        if SCRIPT_URL.is_match(inside) {
            fault("address `javascript:`".to_owned());
        }
    }
}

/// A tag's inside with the quoted values and expressions emptied.
fn without_values(inside: &str) -> String {
    static VALUES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|"[^"]*"|'[^']*'"#).expect("a pattern")
    });
    VALUES.replace_all(inside, "\"\"").into_owned()
}

fn code(path: &str, text: &str, faults: &mut Vec<Fault>) {
    if MAKERS.iter().any(|maker| path.starts_with(maker)) || is_tests(path) {
        return;
    }
    let tokens = lex(text).tokens;
    for token in tokens.iter().filter(|t| !t.in_test) {
        if token.ident().is_some_and(|name| BELIEVED.contains(&name)) {
            faults.push(Fault::new(path, token.line, "declares a text to be HTML"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    fn faults(text: &str) -> Vec<Fault> {
        check(&[("templates/post/page.html", text)])
    }

    #[test]
    fn templates_are_strict() {
        assert_none(&check(&borrow(&read(&["templates", "src"]))));
    }

    #[test]
    fn unescaped_values_are_caught() {
        assert_one(&faults("<p>{{ post.note|safe }}</p>"), "post.note|safe");
        assert_one(&faults("{{- a | safe -}}"), "a|safe");
        assert_one(
            &check(&[("src/features/a.rs", "impl HtmlSafe for A {}")]),
            "HTML",
        );
        assert_none(&faults("{{ post.note }} it is safe {# x|safe #}"));
    }

    #[test]
    fn what_the_csp_stops_is_caught() {
        assert_one(&faults("<script>a()</script>"), "<script>");
        assert_one(&faults("<a style=\"color:red\" href=\"/\">"), "style=");
        assert_one(&faults("<a href=\"{{ x }}\" onclick='a()'>"), "onclick=");
        assert_one(&faults("<a title=\"a > b\" ONFOCUS=a>"), "ONFOCUS=");
        assert_one(&faults("<a href=\"javascript:a()\">"), "javascript:");
        assert_one(&faults("<style>p {}</style>"), "<style>");
        assert_none(&faults(
            "<script type=\"module\" src=\"/assets/x/a.js\"></script>",
        ));
        assert_none(&faults("<script type=\"application/ld+json\">{}</script>"));
        assert_none(&faults(
            "<p data-once=\"1\" title=\"style=no\">on x = y</p>",
        ));
    }
}
