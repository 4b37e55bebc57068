//! What feeds are joined from, kept across changes: a change makes one piece anew, not all.
use std::collections::HashMap;
use std::sync::Arc;

use super::Rendered;
use crate::formats::html::SafeHtml;
use crate::kernel::ids::{RevisionId, ShowId};

/// What was made of one revision of a post. A revision is immutable, and so is this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text as HTML, links absolute.
    pub html: SafeHtml,
    /// One paragraph without tags, `&`, `<` and `>` escaped.
    pub summary: String,
}

/// The pieces of one feed.
pub type Pieces = HashMap<RevisionId, Arc<Piece>>;

impl Rendered {
    /// The pieces that the last building of a feed left.
    pub fn pieces(&self, show: &ShowId, feed: &'static str) -> Arc<Pieces> {
        let kept = self.book().pieces.get(&(show.clone(), feed)).cloned();
        kept.unwrap_or_default()
    }

    /// Leaves pieces for the next building; the former ones go.
    pub fn keep_pieces(&self, show: &ShowId, feed: &'static str, pieces: Pieces) {
        let key = (show.clone(), feed);
        self.book().pieces.insert(key, Arc::new(pieces));
    }
}
