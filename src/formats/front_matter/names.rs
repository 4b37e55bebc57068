//! The names in front matter, and what is wrong with it.
use crate::kernel::Message;

/// What a file can say of itself.
pub const KEYS: &[&str] = &[
    "title",
    "show",
    "slug",
    "note",
    "language",
    "season",
    "episode",
    "episode_type",
    "explicit",
    "references",
    "audio",
    "cover",
    "transcript",
    "publish",
    "draft",
];

/// What it can say of a reference.
pub const REFERENCE_KEYS: &[&str] = &["title", "url", "outlet", "date", "remark", "passage"];

/// What Hugo, Jekyll, Obsidian and their like keep in such a block, in lower case: it is not for us.
const FOREIGN_KEYS: &str = "alias aliases author authors categories category comments created cssclass cssclasses \
    date description excerpt expirydate featured_image header id image images keywords lang \
    lastmod last_modified_at layout linktitle markup math menu modified outputs params \
    permalink pin published publishdate redirect_from resources robots series sitemap \
    subtitle summary tag tags thumbnail toc type uid updated url weight";

/// What went wrong, and in which line of the file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontMatterError {
    /// The block has no end.
    #[error("---?")]
    Endless,
    /// A block of TOML, between two lines of `+++`.
    #[error("+++")]
    Toml,
    /// A name that is not known.
    #[error("{line}: {name}")]
    Unknown {
        /// Which line.
        line: usize,
        /// What stands before the colon.
        name: String,
        /// What may stand there.
        known: &'static [&'static str],
    },
    /// A line that is not understood, or says what is not known.
    #[error("{line}: {text}")]
    Broken {
        /// Which line.
        line: usize,
        /// What stands there.
        text: String,
    },
}

impl FrontMatterError {
    /// The sentence for the author.
    pub fn message(&self) -> Message {
        match self {
            Self::Endless => Message::new("front-matter-endless"),
            Self::Toml => Message::new("front-matter-toml"),
            Self::Unknown { line, name, known } => Message::new("front-matter-unknown")
                .with("line", line)
                .with("name", name)
                .with("known", known.join(", ")),
            Self::Broken { .. } => Message::new("front-matter-broken").with("why", self),
        }
    }
}

/// Whether other programs keep something there.
pub fn is_foreign(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    FOREIGN_KEYS.split(' ').any(|known| known == name)
}
