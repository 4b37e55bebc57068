//! What a feed is made of. Texts are plain unless said otherwise, addresses absolute.
//!
//! Whatever comes in, what goes out is well-formed and within the limits of the sources: texts
//! are trimmed and cut, and an optional element whose address is not fit is left out.
use super::values::{
    Funding, License, Location, Person, RemoteItem, SocialPost, Soundbite, Txt, UpdateFrequency,
};
use crate::formats::html::SafeHtml;
use crate::kernel::time::Instant;

/// A feed without its items.
#[derive(Debug, Clone, Default)]
pub struct Channel {
    /// Name of the show.
    pub title: String,
    /// What it is about; cut to [`super::DESCRIPTION_BYTES`].
    pub description: String,
    /// The show's page.
    pub link: String,
    /// The feed's own address.
    pub self_url: String,
    /// Other documents of a paged feed: relation (`first`, `previous`, `next`, `last`; RFC
    /// 5005 section 3) and address.
    pub pages: Vec<(&'static str, String)>,
    /// BCP 47.
    pub language: String,
    /// One of Apple's: `News` or `News > Politics`.
    pub category: String,
    /// Further ones, written alike.
    pub more_categories: Vec<String>,
    /// Whether it holds what is not for children.
    pub explicit: bool,
    /// The cover: square, 1400 to 3000 pixels, JPEG or PNG.
    pub image_url: String,
    /// What the cover shows, for who cannot see it; may be empty.
    pub image_alt: String,
    /// The cover in several sizes: pixels a side, address.
    pub image_sizes: Vec<(u32, String)>,
    /// Display name of the author.
    pub author: String,
    /// Left out if empty.
    pub copyright: String,
    /// Whether others must not import it.
    pub locked: bool,
    /// Stands in `podcast:locked`; left out if empty.
    pub owner_email: String,
    /// `podcast:guid`; absent until the feed was first served under a public address.
    pub podcast_guid: Option<String>,
    /// `episodic` or `serial`; empty means the first.
    pub show_type: &'static str,
    /// When something in it last changed; never the time of writing.
    pub changed_at: Option<Instant>,
    /// Who is always there.
    pub people: Vec<Person>,
    /// Support links, the best first.
    pub funding: Vec<Funding>,
    /// Terms of use.
    pub license: Option<License>,
    /// What is promised.
    pub update_frequency: UpdateFrequency,
    /// The promise in the show's language, at most 128 characters; may be empty.
    pub update_frequency_text: String,
    /// Nothing more will come.
    pub complete: bool,
    /// Where it is made.
    pub location: Option<Location>,
    /// Shows that the author recommends.
    pub podroll: Vec<RemoteItem>,
    /// The conversation about the show as a whole.
    pub social: Vec<SocialPost>,
    /// Texts for machines.
    pub txt: Vec<Txt>,
    /// Whether machines spoke or wrote parts of it; `None` says nothing.
    pub ai_content: Option<bool>,
    /// Slugs of services that must not list it.
    pub blocked_services: Vec<String>,
    /// No directory may list it.
    pub block: bool,
    /// Where the feed moved to.
    pub new_feed_url: Option<String>,
    /// A WebSub hub that is told of changes.
    pub hub: Option<String>,
    /// Whether changes are told to Podping.
    pub uses_podping: bool,
    /// Sound that makes curious.
    pub trailers: Vec<Trailer>,
}

/// Sound that tells what a show or a season will be (`podcast:trailer`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trailer {
    /// 1 to 128 characters.
    pub title: String,
    /// Where the sound is.
    pub url: String,
    /// Its date.
    pub published_at: Instant,
    /// Exactly.
    pub length_bytes: u64,
    /// `audio/mpeg` and the like.
    pub media_type: &'static str,
    /// The season it belongs to, from 1.
    pub season: Option<i64>,
}

/// A sound file that an app downloads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is; the last piece is unique in the show.
    pub url: String,
    /// Exactly.
    pub length_bytes: u64,
    /// `audio/mpeg` and the like.
    pub media_type: &'static str,
    /// Length in milliseconds; written as whole seconds.
    pub duration_ms: u64,
    /// Mean bits per second, 0 if not known.
    pub bitrate_bps: u64,
    /// SHA-256 of the file, if known.
    pub sha256: Option<[u8; 32]>,
}

/// The same sound in a second format (`podcast:alternateEnclosure`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alternate {
    /// The file.
    pub enclosure: Enclosure,
}

/// A transcript file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transcript {
    /// Where it is.
    pub url: String,
    /// `text/html`, `text/vtt` and the like.
    pub media_type: &'static str,
    /// BCP 47; may be empty.
    pub language: String,
    /// Whether it is timed to be shown along with the sound (`rel="captions"`).
    pub captions: bool,
}

/// One piece.
///
/// What belongs to a recording (its transcripts, chapters, numbers …) is written only with an
/// enclosure.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// Without a number in it.
    pub title: String,
    /// Its page.
    pub link: String,
    /// The same for ever, in every feed; written word for word.
    pub guid: String,
    /// Its date.
    pub published_at: Instant,
    /// When it last changed; JSON Feed alone tells it.
    pub changed_at: Option<Instant>,
    /// BCP 47, where other than the channel's; may be empty. JSON Feed alone tells it.
    pub language: String,
    /// HTML: one paragraph of text in which `&`, `<` and `>` are escaped, or text with the
    /// markup that [`super::description`] lets through. Cut to [`super::DESCRIPTION_BYTES`] at
    /// a sentence's end.
    pub summary: String,
    /// The whole text.
    pub content: SafeHtml,
    /// The recording, if it is an episode.
    pub enclosure: Option<Enclosure>,
    /// The recording in a second format.
    pub alternate: Option<Alternate>,
    /// A picture of its own: square, JPEG or PNG.
    pub image_url: Option<String>,
    /// What the picture shows, for who cannot see it; may be empty.
    pub image_alt: String,
    /// Whether it holds what is not for children.
    pub explicit: bool,
    /// From 1.
    pub season: Option<i64>,
    /// What the season is called; may be empty.
    pub season_name: String,
    /// From 1.
    pub episode: Option<i64>,
    /// How the number is shown, at most 32 characters; may be empty.
    pub episode_display: String,
    /// `full`, `trailer` or `bonus`; empty means the first.
    pub episode_type: &'static str,
    /// Files of its words.
    pub transcripts: Vec<Transcript>,
    /// The file of its chapters.
    pub chapters_url: Option<String>,
    /// Passages that stand for the whole.
    pub soundbites: Vec<Soundbite>,
    /// Who takes part; if not empty, it replaces the channel's list.
    pub people: Vec<Person>,
    /// Terms of use, if other than the channel's.
    pub license: Option<License>,
    /// What it is about.
    pub location: Option<Location>,
    /// Conversations about it.
    pub social: Vec<SocialPost>,
    /// Whether machines spoke or wrote parts of it; `None` says nothing.
    pub ai_content: Option<bool>,
    /// Apple's directory must not list it.
    pub block: bool,
    /// Where else the piece can be had: address, and what the link says.
    pub content_links: Vec<(String, String)>,
}
