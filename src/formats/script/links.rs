//! Bare addresses in the text become links.
use std::collections::VecDeque;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::formats::html::safe_link;

/// Splits the text events of a rendering around the addresses in them; leaves links and code
/// alone. Text must come in one event per stretch.
pub struct Linker<'a, I> {
    events: I,
    ready: VecDeque<Event<'a>>,
    /// How many links and code blocks are open.
    closed_to_links: usize,
}

impl<I> Linker<'_, I> {
    /// Around the events of a parser.
    pub fn new(events: I) -> Self {
        Self {
            events,
            ready: VecDeque::new(),
            closed_to_links: 0,
        }
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Linker<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        let event = self.events.next()?;
        match &event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => self.closed_to_links += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => {
                self.closed_to_links = self.closed_to_links.saturating_sub(1);
            }
            Event::Text(text) if self.closed_to_links == 0 && text.contains("://") => {
                self.split(text);
                return self.ready.pop_front();
            }
            _ => {}
        }
        Some(event)
    }
}

impl<'a, I> Linker<'a, I> {
    fn split(&mut self, text: &str) {
        let mut rest = text;
        let mut plain = String::new();
        while let Some(at) = rest.find("http") {
            let after_word = rest[..at]
                .chars()
                .next_back()
                .is_some_and(|c| c.is_ascii_alphanumeric());
            let length = if after_word {
                0
            } else {
                address_length(&rest[at..])
            };
            let address = &rest[at..at + length];
            let link = if length > 0 { safe_link(address) } else { None };
            if let Some(link) = link {
                plain.push_str(&rest[..at]);
                self.push_text(std::mem::take(&mut plain));
                self.ready.push_back(Event::Start(Tag::Link {
                    link_type: LinkType::Autolink,
                    dest_url: link.into(),
                    title: "".into(),
                    id: "".into(),
                }));
                self.push_text(address.to_owned());
                self.ready.push_back(Event::End(TagEnd::Link));
                rest = &rest[at + length..];
            } else {
                // All that was looked at is passed, so that the time stays linear.
                let passed = at + length.max(4);
                plain.push_str(&rest[..passed]);
                rest = &rest[passed..];
            }
        }
        plain.push_str(rest);
        self.push_text(plain);
    }

    fn push_text(&mut self, text: String) {
        if !text.is_empty() {
            self.ready.push_back(Event::Text(text.into()));
        }
    }
}

/// How many bytes at the start are an address; 0 if none starts there.
///
/// It ends at a space, at a character that addresses do not hold, or at the first Korean
/// letter of the authority; then punctuation at its end is given back to the sentence, and so
/// is a closing bracket that it does not open. Korean in the path belongs to the address
/// (`/wiki/대본`) when it starts after a separator; right after a letter, a digit or a bracket it
/// is a particle (`https://e.org/a를`) and does not.
fn address_length(text: &str) -> usize {
    let Some(scheme) = ["https://", "http://"]
        .iter()
        .find(|s| text.starts_with(**s))
        .map(|s| s.len())
    else {
        return 0;
    };
    let mut end = text.len();
    let mut in_path = false;
    let mut before = '/';
    for (at, c) in text[scheme..].char_indices() {
        let stays = match c {
            '/' | '?' | '#' => {
                in_path = true;
                true
            }
            c if c.is_ascii() => is_address_char(c),
            c => {
                in_path
                    && c.is_alphanumeric()
                    && (!before.is_ascii() || "/=-_?&#+".contains(before))
            }
        };
        if !stays {
            end = scheme + at;
            break;
        }
        before = c;
    }
    let kept = give_back(&text[..end]);
    if kept.len() > scheme { kept.len() } else { 0 }
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

/// The address without the punctuation that belongs to the sentence around it.
fn give_back(address: &str) -> &str {
    let mut kept = address;
    let mut open = balance(kept, '(', ')');
    let mut open_square = balance(kept, '[', ']');
    while let Some(last) = kept.chars().next_back() {
        let gives = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '~' | '_' => true,
            ')' if open < 0 => {
                open += 1;
                true
            }
            ']' if open_square < 0 => {
                open_square += 1;
                true
            }
            '(' => {
                open -= 1;
                true
            }
            '[' => {
                open_square -= 1;
                true
            }
            _ => false,
        };
        if !gives {
            break;
        }
        kept = &kept[..kept.len() - 1];
    }
    kept
}

/// How many more brackets open than close.
fn balance(text: &str, open: char, close: char) -> isize {
    text.chars().fold(0, |sum, c| {
        sum + isize::from(c == open) - isize::from(c == close)
    })
}
