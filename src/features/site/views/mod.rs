//! What the public pages print: strings ready to be shown, in the interface's language.
//!
//! Every `url` here becomes an `href` or `src`: local ones come from `kernel::urls`, foreign
//! ones have passed the sanitiser's check of schemes, since escaping makes no URL safe.
use askama::Template;

use crate::formats::diff::Side;
use crate::formats::html::SafeHtml;
use crate::web::ui::Ui;

mod embed;
mod frame;

pub use embed::{EmbedCode, EmbedPage, EmbedSentence};
pub use frame::{FeedLink, Frame, Link, OpenGraph};

/// How one subscribes to a show; absolute addresses.
#[derive(Debug, Clone)]
pub struct Feeds {
    /// Episodes only.
    pub podcast: String,
    /// Everything.
    pub posts: String,
    /// Apps, by name.
    pub apps: Vec<Link>,
}

/// A square picture in two sizes.
#[derive(Debug, Clone)]
pub struct CoverView {
    /// 300 px.
    pub small: String,
    /// 600 px.
    pub large: String,
    /// What it shows; empty where the title stands next to it.
    pub alt: String,
}

/// A day for machines and for people.
#[derive(Debug, Clone)]
pub struct DateView {
    /// RFC 3339.
    pub iso: String,
    /// From `web::filters::human_date`.
    pub human: String,
}

/// What a post is to its public.
#[derive(Debug, Clone)]
pub enum KindView {
    /// With a recording; its length from `web::filters::audio_length`.
    Audio(String),
    /// Script alone; from `web::filters::reading_time`.
    Text(String),
}

/// A post in a list.
#[derive(Debug, Clone)]
pub struct PostCard {
    /// Plain text.
    pub title: String,
    /// The post's page.
    pub url: String,
    /// The post's language, BCP 47.
    pub lang: String,
    /// When it was published.
    pub date: DateView,
    /// Recording or text.
    pub kind: KindView,
    /// A few plain sentences; may be empty.
    pub summary: String,
    /// Its own picture.
    pub cover: Option<CoverView>,
    /// From [`episode_label`].
    pub episode: Option<String>,
}

/// `12화`, `시즌 2 12화`, or nothing without an episode number.
pub fn episode_label(ui: Ui, season: Option<u32>, episode: Option<u32>) -> Option<String> {
    match (season, episode) {
        (Some(season), Some(number)) => Some(ui.t2(
            "site-season-episode",
            ("season", &season),
            ("number", &number),
        )),
        (None, Some(number)) => Some(ui.t1("site-episode", "number", number)),
        _ => None,
    }
}

/// Where a page stands among its sisters.
#[derive(Debug, Clone)]
pub struct Paging {
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub total: u32,
    /// Address of the page with newer posts.
    pub newer: Option<String>,
    /// Address of the page with older posts.
    pub older: Option<String>,
}

impl Paging {
    /// `3쪽 중 2쪽`.
    fn sentence(&self, ui: &Ui) -> String {
        ui.t2(
            "site-paging-of",
            ("page", &self.page),
            ("total", &self.total),
        )
    }
}

/// `/@{show}`.
#[derive(Debug, Template)]
#[template(path = "site/show.html")]
pub struct ShowPage {
    /// The interface.
    pub ui: Ui,
    /// The layout's part.
    pub frame: Frame,
    /// The show's language, BCP 47.
    pub lang: String,
    /// The show's title.
    pub title: String,
    /// In one line, plain; may be empty.
    pub description: String,
    /// May be empty.
    pub author: String,
    /// The show's cover.
    pub cover: Option<CoverView>,
    /// Newest first.
    pub posts: Vec<PostCard>,
    /// The present page.
    pub paging: Paging,
    /// Its feeds.
    pub feeds: Feeds,
}

/// `/` where several shows live.
#[derive(Debug, Template)]
#[template(path = "site/shows.html")]
pub struct ShowList {
    /// The interface.
    pub ui: Ui,
    /// The layout's part.
    pub frame: Frame,
    /// In their order.
    pub shows: Vec<ShowCard>,
}

/// A show in the list.
#[derive(Debug, Clone)]
pub struct ShowCard {
    /// Plain text.
    pub title: String,
    /// The show's page.
    pub url: String,
    /// BCP 47.
    pub lang: String,
    /// In one line, plain; may be empty.
    pub description: String,
    /// May be empty.
    pub author: String,
    /// Its cover.
    pub cover: Option<CoverView>,
}

/// `/@{show}/{slug}`.
#[derive(Debug, Template)]
#[template(path = "site/post.html")]
pub struct PostPage {
    /// The interface.
    pub ui: Ui,
    /// The layout's part.
    pub frame: Frame,
    /// Whether it is a preview that somebody was sent.
    pub is_sent_preview: bool,
    /// The show it belongs to.
    pub show: Link,
    /// The show's language, BCP 47.
    pub show_lang: String,
    /// The post's own picture, or the show's.
    pub cover: Option<CoverView>,
    /// The post's id.
    pub id: String,
    /// The post's language, BCP 47.
    pub lang: String,
    /// Plain text.
    pub title: String,
    /// May be empty.
    pub author: String,
    /// When it was published.
    pub date: DateView,
    /// When it was last changed, if that is worth saying.
    pub updated: Option<DateView>,
    /// From [`episode_label`].
    pub episode: Option<String>,
    /// Recording or text.
    pub kind: KindView,
    /// The time it takes to read, from `web::filters::reading_time`; empty without a script.
    pub reading: String,
    /// The recording.
    pub audio: Option<AudioView>,
    /// A few lines to the reader.
    pub note_html: Option<SafeHtml>,
    /// The text itself.
    pub script_html: Option<SafeHtml>,
    /// Whether of some sentences it is not sure when they are heard.
    pub has_estimates: bool,
    /// Whether some sentences are not heard.
    pub has_unspoken: bool,
    /// The parts of the piece; none if it has one alone.
    pub chapters: Vec<ChapterView>,
    /// What readers are told of changes, newest first.
    pub corrections: Vec<CorrectionView>,
    /// In the author's order.
    pub references: Vec<ReferenceView>,
    /// The older neighbour.
    pub previous: Option<NeighbourView>,
    /// The newer neighbour.
    pub next: Option<NeighbourView>,
    /// The show's feeds.
    pub feeds: Feeds,
    /// The permanent short link, absolute.
    pub permalink: String,
    /// Files of the script; none without one.
    pub transcripts: Vec<FileLink>,
    /// Other posts of the show that are near to this one, the nearest first.
    pub related: Vec<RelatedView>,
}

/// A part of a piece to jump to.
#[derive(Debug, Clone)]
pub struct ChapterView {
    /// Plain text.
    pub title: String,
    /// A place on the page.
    pub url: String,
    /// `1:02`; empty without sound.
    pub time: String,
    /// The same in seconds.
    pub seconds: Option<String>,
}

/// A file that says the same as the page.
#[derive(Debug, Clone)]
pub struct FileLink {
    /// What it is.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// `text/vtt` and the like.
    pub media_type: &'static str,
}

/// The post before or after the present one.
#[derive(Debug, Clone)]
pub struct NeighbourView {
    /// Plain text.
    pub title: String,
    /// The post's page.
    pub url: String,
    /// The post's language, BCP 47.
    pub lang: String,
}

/// Another post of the show.
#[derive(Debug, Clone)]
pub struct RelatedView {
    /// Plain text.
    pub title: String,
    /// The post's page.
    pub url: String,
    /// The post's language, BCP 47.
    pub lang: String,
    /// When it was published.
    pub date: DateView,
    /// Length of its recording, if it has one.
    pub length: Option<String>,
}

/// A note of correction.
#[derive(Debug, Clone)]
pub struct CorrectionView {
    /// When the corrected text became public.
    pub date: DateView,
    /// The author's words, plain text of several lines; may be empty.
    pub remark: String,
    /// What changed.
    pub changes: Vec<ChangeView>,
}

/// A sentence that changed.
#[derive(Debug, Clone)]
pub struct ChangeView {
    /// Where it is, if not in the script, and whether it only moved; may be empty.
    pub label: String,
    /// What stood there and what stands there now.
    pub pieces: Vec<PieceView>,
}

/// A piece of text and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceView {
    /// What became of it.
    pub side: Side,
    /// Plain text.
    pub text: String,
}

/// A recording, played by the browser's own controls.
#[derive(Debug, Clone)]
pub struct AudioView {
    /// The enclosure.
    pub url: String,
    /// `audio/mpeg` and the like.
    pub media_type: String,
    /// From `web::filters::audio_length`.
    pub duration_text: String,
    /// Milliseconds.
    pub duration_ms: u64,
    /// From `web::filters::file_size`.
    pub length_text: String,
    /// The post's title, for whoever hears the page.
    pub title: String,
}

/// Something the script rests on.
#[derive(Debug, Clone)]
pub struct ReferenceView {
    /// From 1.
    pub number: usize,
    /// The sentence that it belongs to, as a place among those of the page.
    pub sentence: Option<usize>,
    /// That sentence's place on the page.
    pub place: Option<String>,
    /// Plain text.
    pub title: String,
    /// Where it is, if anywhere.
    pub url: Option<String>,
    /// Newspaper, publisher, site; may be empty.
    pub outlet: String,
    /// Its day, for people; may be empty.
    pub date_human: String,
    /// What the author says of it; may be empty.
    pub remark: String,
}

#[cfg(test)]
mod tests;
