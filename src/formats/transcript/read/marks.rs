//! Marked-up text piece by piece: tags, and the words between them. No tree is built.
use super::entities::Entities;
use super::html::{Tag, comment, tag};

/// A piece of the text.
pub enum Mark<'a> {
    /// Words as they stand there.
    Text(&'a str),
    /// What a reference stands for.
    Decoded(String),
    /// A tag that begins or ends something.
    Tag(Tag),
}

/// The pieces in order, each with its line, from 1. Comments and declarations are left out.
pub struct Marks<'a> {
    rest: &'a str,
    line: usize,
    entities: Entities,
}

impl<'a> Marks<'a> {
    /// All pieces of the text.
    pub fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            line: 1,
            entities: Entities::default(),
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.line += taken.matches('\n').count();
        taken
    }
}

impl<'a> Iterator for Marks<'a> {
    type Item = (usize, Mark<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let line = self.line;
            let at = self.rest.find(['<', '&']).unwrap_or(self.rest.len());
            if at > 0 {
                return Some((line, Mark::Text(self.take(at))));
            }
            if self.rest.starts_with('&') {
                if let Some((decoded, length)) = self.entities.decode(self.rest) {
                    self.take(length);
                    return Some((line, Mark::Decoded(decoded)));
                }
            } else if let Some(length) = comment(self.rest) {
                self.take(length);
                continue;
            } else if let Some((tag, length)) = tag(self.rest) {
                self.take(length);
                return Some((line, Mark::Tag(tag)));
            }
            return Some((line, Mark::Text(self.take(1))));
        }
        None
    }
}
