//! The guard before the HTML parser: how deep a text could nest, counted in one pass.

/// The deepest nesting that is parsed (HARDENING L8).
const MAX_DEPTH: usize = 256;

/// With fewer start tags than this even the worst nesting costs next to nothing.
const FEW_TAGS: usize = 4096;

/// Whether parsing could build a tree deeper than [`MAX_DEPTH`] out of many tags. Never says
/// no to such a tree; may say yes to a large flat text whose markup is too untidy to tell.
pub fn is_too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let starts = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let count = bytes
        .iter()
        .enumerate()
        .filter(|(at, b)| **b == b'<' && starts(*at))
        .count();
    count > FEW_TAGS && !is_tidy_and_shallow(html)
}

/// Follows start and end tags exactly as written. Text that needs the parser's recovery
/// (comments, unbalanced or crossing tags, `<` inside a tag, raw text elements) is not tidy.
fn is_tidy_and_shallow(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let Some(end) = rest.find('>') else {
            return false;
        };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if tag.contains('<') || tag.matches('"').count() % 2 == 1 || tag.contains('\'') {
            return false;
        }
        let closing = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let name = tag.split([' ', '/', '\n', '\t']).next().unwrap_or_default();
        if !is_plain(name) {
            return false;
        }
        if matches!(name, "br" | "hr") {
            continue;
        }
        if closing {
            if open.pop() != Some(name) {
                return false;
            }
        } else {
            open.push(name);
            if open.len() > MAX_DEPTH {
                return false;
            }
        }
    }
    true
}

/// The names of the sanitiser's own output, which hold no surprise for a parser.
fn is_plain(name: &str) -> bool {
    super::TAGS.contains(&name) || name == "span"
}

/// The text between the tags, entities left as written.
pub fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = match rest[at..].find('>') {
            Some(end) => &rest[at + end + 1..],
            None => "",
        };
        if !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}
