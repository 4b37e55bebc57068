//! JSON inside a page: the content of a `<script type="application/ld+json">`, which is data that
//! no browser runs and no policy stops.
use std::fmt;

use serde::Serialize;

use crate::kernel::{Error, Result};

/// JSON in which no text can end the element that it stands in: what HTML or a script could take
/// for a sign of its own is written as `\u003c` and so on, which JSON reads as the same text. The
/// only other text besides the sanitiser's that pages print as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonBlock(String);

impl JsonBlock {
    /// A value as JSON.
    ///
    /// # Errors
    /// `Internal`, if the value can't be written.
    pub fn of(value: &impl Serialize) -> Result<Self> {
        let json = serde_json::to_string(value).map_err(|e| Error::Internal(e.into()))?;
        let mut safe = String::with_capacity(json.len());
        for c in json.chars() {
            // All of these stand inside strings alone.
            match c {
                '<' => safe.push_str("\\u003c"),
                '>' => safe.push_str("\\u003e"),
                '&' => safe.push_str("\\u0026"),
                '\u{2028}' => safe.push_str("\\u2028"),
                '\u{2029}' => safe.push_str("\\u2029"),
                c => safe.push(c),
            }
        }
        Ok(Self(safe))
    }
}

impl fmt::Display for JsonBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for JsonBlock {}

impl askama::FastWritable for JsonBlock {
    fn write_into(
        &self,
        dest: &mut dyn fmt::Write,
        _values: &dyn askama::Values,
    ) -> askama::Result<()> {
        dest.write_str(&self.0)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_text_ends_the_block() {
        let hostile = "</script><!-- <script> ]]> &lt; \u{2028}\u{2029}\\\"'\u{0}";
        let block = JsonBlock::of(&[hostile]).expect("JSON");
        let sign = |c| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
        assert!(!block.0.contains(sign), "{block}");
        let read: Vec<String> = serde_json::from_str(&block.0).expect("JSON");
        assert_eq!(read, [hostile]);
    }

    proptest! {
        #[test]
        fn it_reads_as_what_it_was(text: String) {
            let block = JsonBlock::of(&text).expect("JSON");
            prop_assert!(!block.0.contains('<'));
            prop_assert_eq!(serde_json::from_str::<String>(&block.0).expect("JSON"), text);
        }
    }
}
