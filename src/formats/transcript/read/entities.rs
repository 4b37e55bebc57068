//! Character references of HTML, in the few forms that subtitles hold and in all others.
use std::collections::HashMap;

use crate::formats::html;

/// The longest name of an entity that is looked up, in bytes.
const LONGEST: usize = 32;
/// Names that are looked up by a parser; what comes behind them is text.
const MOST_LOOKED_UP: usize = 300;

/// Decodes references, remembering those that a parser had to be asked for.
#[derive(Default)]
pub struct Entities {
    known: HashMap<String, Option<String>>,
}

impl Entities {
    /// What the reference at the start of `text` (which begins with `&`) stands for, and its
    /// length in bytes; `None` where it is no reference but a sign.
    pub fn decode(&mut self, text: &str) -> Option<(String, usize)> {
        let bytes = text.as_bytes();
        let end = bytes.iter().take(LONGEST).position(|b| *b == b';')?;
        let name = text.get(1..end)?;
        if let Some(number) = name.strip_prefix('#') {
            return Some((of_number(number)?.to_string(), end + 1));
        }
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let common = match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            "nbsp" => " ",
            "lrm" => "\u{200E}",
            "rlm" => "\u{200F}",
            _ => return self.asked(name).map(|c| (c, end + 1)),
        };
        Some((common.to_owned(), end + 1))
    }

    fn asked(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if self.known.len() >= MOST_LOOKED_UP {
            return None;
        }
        let written = format!("&{name};");
        let found =
            Some(html::plain_text(&written)).filter(|text| *text != written && !text.is_empty());
        self.known.insert(name.to_owned(), found.clone());
        found
    }
}

fn of_number(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let mut entities = Entities::default();
        let mut decode = |text| entities.decode(text);
        assert_eq!(decode("&amp;lt;"), Some(("&".into(), 5)));
        assert_eq!(decode("&#xAC00;"), Some(("가".into(), 8)));
        assert_eq!(decode("&#39;"), Some(("'".into(), 5)));
        assert_eq!(decode("&eacute;"), Some(("é".into(), 8)));
        assert_eq!(decode("&hellip;!"), Some(("…".into(), 8)));
        for no in [
            "&",
            "& b;",
            "&nosuchname;",
            "&#xD800;",
            "&#;",
            "&;",
            "&#99999999999;",
        ] {
            assert_eq!(decode(no), None, "{no}");
        }
    }
}
