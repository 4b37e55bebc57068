//! The paths a file names, made absolute: what it imports and what it writes in full.
use std::collections::HashMap;

use crate::lexer::{Kind, Source, Token};

/// A path of the crate that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// From the crate's root, or from another crate's name.
    pub segments: Vec<String>,
    /// Whether it starts at this crate's root.
    pub own: bool,
    /// Where it ends, counted from 1.
    pub line: usize,
    /// Code that only tests see.
    pub in_test: bool,
}

/// The module that a file is: `src/features/posts/mod.rs` is `[features, posts]`.
pub fn module_of(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut segments: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if matches!(
        segments.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        segments.pop();
    }
    segments
}

/// Whether a file is nothing but tests: `tests.rs`, or below a folder `tests/`.
pub fn is_tests(path: &str) -> bool {
    path.starts_with("tests/")
        || path.ends_with("/tests.rs")
        || path.ends_with("/testing.rs")
        || path.contains("/tests/")
}

/// Every path that the code of a file names, through `use` or in place.
pub fn named(path: &str, source: &Source) -> Vec<Named> {
    let tokens = &source.tokens;
    let mut module = module_of(path);
    // How deep the braces were when an inline module began.
    let mut inline = Vec::new();
    let (mut depth, mut i) = (0usize, 0);
    let mut found = Vec::new();
    while i < tokens.len() {
        let token = &tokens[i];
        match &token.kind {
            Kind::Sign('{') => {
                if let Some(name) = inline_module(tokens, i) {
                    module.push(name);
                    inline.push(depth);
                }
                depth += 1;
            }
            Kind::Sign('}') => {
                depth = depth.saturating_sub(1);
                if inline.last() == Some(&depth) {
                    inline.pop();
                    module.pop();
                }
            }
            Kind::Ident(word) if word == "use" => {
                let mut reader = Tree {
                    tokens,
                    at: i + 1,
                    found: Vec::new(),
                };
                reader.read(&[]);
                let in_test = token.in_test;
                found.extend(
                    reader
                        .found
                        .into_iter()
                        .map(|(segments, line)| absolute(&module, segments, line, in_test)),
                );
                i = reader.at;
                continue;
            }
            Kind::Ident(_) if !after_path(tokens, i) => {
                let (segments, next) = in_place(tokens, i);
                if segments.len() > 1 {
                    found.push(absolute(&module, segments, token.line, token.in_test));
                    i = next;
                    continue;
                }
            }
            _ => {}
        }
        i += 1;
    }
    through_imports(&mut found);
    found
}

/// `use crate::features::posts;` and then `posts::store::row()` names what both say together.
fn through_imports(found: &mut [Named]) {
    let imports: HashMap<String, Vec<String>> = found
        .iter()
        .filter(|name| name.own)
        .filter_map(|name| Some((name.segments.last()?.clone(), name.segments.clone())))
        .collect();
    for name in found.iter_mut().filter(|name| !name.own) {
        if let Some(start) = imports.get(&name.segments[0]) {
            let rest = name.segments.split_off(1);
            name.segments.clone_from(start);
            name.segments.extend(rest);
            name.own = true;
        }
    }
}

fn inline_module(tokens: &[Token], brace: usize) -> Option<String> {
    let name = tokens.get(brace.checked_sub(1)?)?.ident()?;
    tokens
        .get(brace.checked_sub(2)?)?
        .is("mod")
        .then(|| name.to_owned())
}

fn after_path(tokens: &[Token], i: usize) -> bool {
    i >= 1 && tokens[i - 1].sign(':') && i >= 2 && tokens[i - 2].sign(':')
}

/// `a::b::c`, without generic arguments.
fn in_place(tokens: &[Token], from: usize) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    let mut i = from;
    while let Some(name) = tokens.get(i).and_then(Token::ident) {
        segments.push(name.to_owned());
        i += 1;
        let more = tokens.get(i).is_some_and(|t| t.sign(':'))
            && tokens.get(i + 1).is_some_and(|t| t.sign(':'));
        if !more {
            break;
        }
        i += 2;
    }
    (segments, i.max(from + 1))
}

fn absolute(module: &[String], segments: Vec<String>, line: usize, in_test: bool) -> Named {
    let mut base: Vec<String> = Vec::new();
    let mut own = false;
    let mut rest = segments.as_slice();
    match rest.first().map(String::as_str) {
        Some("crate" | "daebon") => {
            own = true;
            rest = &rest[1..];
        }
        Some("self" | "super") => {
            own = true;
            base = module.to_vec();
            while let Some("self" | "super") = rest.first().map(String::as_str) {
                if rest[0] == "super" {
                    base.pop();
                }
                rest = &rest[1..];
            }
        }
        _ => {}
    }
    base.extend_from_slice(rest);
    Named {
        segments: base,
        own,
        line,
        in_test,
    }
}

/// Reads the tree after a `use`.
struct Tree<'a> {
    tokens: &'a [Token],
    at: usize,
    found: Vec<(Vec<String>, usize)>,
}

impl Tree<'_> {
    /// One branch, up to `,`, `}` or `;`.
    fn read(&mut self, before: &[String]) {
        let mut path = before.to_vec();
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                Kind::Ident(word) if word == "as" => self.at += 2,
                Kind::Ident(word) => {
                    // `{self}` names what stands before the brace.
                    if word != "self" || path.is_empty() {
                        path.push(word.clone());
                    }
                    self.at += 1;
                }
                Kind::Sign('{') => {
                    self.at += 1;
                    self.branches(&path);
                    return;
                }
                Kind::Sign(',' | '}' | ';') => break,
                _ => self.at += 1,
            }
        }
        let line = self
            .tokens
            .get(self.at.saturating_sub(1))
            .map_or(0, |t| t.line);
        self.found.push((path, line));
    }

    fn branches(&mut self, path: &[String]) {
        while let Some(token) = self.tokens.get(self.at) {
            match token.kind {
                Kind::Sign('}') => {
                    self.at += 1;
                    return;
                }
                Kind::Sign(',') => self.at += 1,
                _ => self.read(path),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexer::lex;

    fn paths(path: &str, text: &str) -> Vec<String> {
        named(path, &lex(text))
            .iter()
            .map(|n| {
                format!(
                    "{}{}",
                    if n.own { "crate::" } else { "" },
                    n.segments.join("::")
                )
            })
            .collect()
    }

    #[test]
    fn trees_are_taken_apart() {
        assert_eq!(
            paths(
                "src/a/mod.rs",
                "pub use crate::{b::{self, C as D}, e::*};\nuse std::fmt;"
            ),
            ["crate::b", "crate::b::C", "crate::e", "std::fmt"]
        );
    }

    #[test]
    fn relative_paths_are_made_absolute() {
        assert_eq!(
            paths(
                "src/a/b.rs",
                "use super::c::D; mod tests { use super::*; fn f() { super::super::g() } } fn h() { self::i::<u8>() }"
            ),
            [
                "crate::a::c::D",
                "crate::a::b",
                "crate::a::g",
                "crate::a::b::i"
            ]
        );
    }

    #[test]
    fn paths_in_code_are_seen() {
        assert_eq!(
            paths(
                "src/x.rs",
                "fn f() -> crate::y::Z { let a = sqlx::query(\"crate::no\"); }"
            ),
            ["crate::y::Z", "sqlx::query"]
        );
    }
}
