//! What changed between two texts, for people to read: words inside a paragraph, paragraphs
//! inside a text, sentences inside a piece.
//!
//! Nothing is lost: what stays and what went, put together, is the old text to the byte, and
//! what stays and what came is the new one (property tests). Words are runs of letters and
//! digits; where two Korean words differ in a particle or an ending alone, only that is marked.
//! Time and memory grow little faster than the texts whatever they hold: the search is the
//! bounded one of `similar`, and paragraphs that were rewritten are looked for near the place
//! where they stood (two scripts of 500,000 characters with nothing in common take a second or
//! two).
mod blocks;
mod changes;
mod pairs;
mod tokens;
mod words;

#[cfg(test)]
mod tests;

pub use blocks::{Block, Stretch, blocks, folded};
pub use changes::{Change, changes};
pub use tokens::{Size, size};
pub use words::words;

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = PassageSide))]
pub enum Side {
    /// In both texts.
    Same,
    /// In the old one alone.
    Gone,
    /// In the new one alone.
    New,
}

/// A piece of text and what became of it; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What became of it.
    pub side: Side,
    /// The text itself, unescaped.
    pub text: &'a str,
}

impl<'a> Piece<'a> {
    fn new(side: Side, text: &'a str) -> Self {
        Self { side, text }
    }
}
