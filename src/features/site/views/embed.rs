//! What stands in other sites' pages: the small player, and the element that brings it there.
use askama::Template;

use super::{AudioView, CoverView, Link};
use crate::web::ui::Ui;

/// `/embed/{id}`.
#[derive(Debug, Template)]
#[template(path = "site/embed.html")]
pub struct EmbedPage {
    /// The interface.
    pub ui: Ui,
    /// The one address of the piece's page, absolute.
    pub canonical: String,
    /// The piece: its title and its page, absolute, at the passage if it is one.
    pub post: Link,
    /// The piece's language, BCP 47.
    pub lang: String,
    /// The show and its page.
    pub show: Link,
    /// The show's language, BCP 47.
    pub show_lang: String,
    /// The piece's picture, or the show's.
    pub cover: CoverView,
    /// The recording; without one it is a card.
    pub audio: Option<AudioView>,
    /// How long it is heard or read, or of a passage from where to where it is heard; may be empty.
    pub length: String,
    /// A passage, whole: the sentences of each of its paragraphs. Empty for a whole piece.
    pub quote: Vec<Vec<EmbedSentence>>,
    /// The sentences of a whole piece whose seconds are known, in reading order. The first one
    /// stands there until another is heard.
    pub sentences: Vec<EmbedSentence>,
    /// How the piece begins, for who gets no sentences; may be empty.
    pub summary: String,
    /// Style sheet.
    pub css_url: String,
    /// Script, an ES module.
    pub js_url: String,
}

/// A sentence and when it is heard.
#[derive(Debug, Clone)]
pub struct EmbedSentence {
    /// Its words, plain.
    pub text: String,
    /// It in its place in the whole piece.
    pub url: String,
    /// `12.34-15.2`, as on the post's page; `None` if it is not heard.
    pub seconds: Option<String>,
    /// Whether the seconds are an estimate.
    pub is_about: bool,
}

/// What another site puts into its page.
#[derive(Debug, Template)]
#[template(path = "site/embed_code.html")]
pub struct EmbedCode {
    /// The player's address, absolute.
    pub url: String,
    /// Names the frame.
    pub title: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}
