//! What a show is.
use super::details::ShowDetails;
use crate::kernel::Message;
use crate::kernel::ids::ShowId;
use crate::kernel::language::Language;
use crate::kernel::time::{Instant, Zone};

/// The name in `/@name`: `[a-z0-9-]{1,40}` (DESIGN 3.2).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShowAddress(String);

impl ShowAddress {
    /// Reads an address that someone typed; upper case is folded.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let text = text.trim().trim_start_matches('@').to_ascii_lowercase();
        let good = (1..=40).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && text.bytes().any(|b| b != b'-');
        if good {
            Ok(Self(text))
        } else {
            Err(Message::new("error-show-address"))
        }
    }

    /// Proposes an address from a title: its ASCII letters and digits, or `show`.
    pub fn propose(title: &str) -> Self {
        let words: Vec<String> = title
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        let text: String = words.join("-").chars().take(40).collect();
        let text = text.trim_matches('-');
        Self(if text.is_empty() {
            "show".to_owned()
        } else {
            text.to_owned()
        })
    }

    /// An address read back from our own database.
    pub fn from_db(text: String) -> Self {
        Self(text)
    }

    /// The text, without `@`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How episodes are meant to be heard (Apple's `itunes:type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum ShowType {
    /// Newest first.
    #[default]
    Episodic,
    /// In order, oldest first.
    Serial,
}

impl ShowType {
    /// `episodic` or `serial`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Episodic => "episodic",
            Self::Serial => "serial",
        }
    }

    /// Reads the same words; anything else is episodic.
    pub fn parse(text: &str) -> Self {
        if text == "serial" {
            Self::Serial
        } else {
            Self::Episodic
        }
    }
}

/// What the author says of a show; everything but what the site counts by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct ShowDraft {
    /// The name in `/@name`.
    pub address: ShowAddress,
    /// 1 to 255 characters, plain text.
    pub title: String,
    /// One line of 1 to 1,300 characters, plain text; the feed wants at most 4,000 bytes.
    pub description: String,
    /// The language of its posts unless they say otherwise.
    pub language: Language,
    /// Where its dates are told.
    pub time_zone: Zone,
    /// Display name of the author.
    pub author: String,
    /// Stands in `podcast:locked` if not empty.
    pub owner_email: String,
    /// May be empty.
    pub copyright: String,
    /// One of Apple's categories: `News > News Commentary`.
    pub category: String,
    /// Whether it holds what is not for children.
    pub explicit: bool,
    /// Whether others must not import it (`podcast:locked`).
    pub locked: bool,
    /// Episodic or serial.
    pub show_type: ShowType,
    /// The rarer facts.
    pub details: ShowDetails,
}

/// A show.
#[derive(Debug, Clone, PartialEq)]
pub struct Show {
    /// Given once.
    pub id: ShowId,
    /// What the author says of it.
    pub draft: ShowDraft,
    /// Its cover; always there, drawn by us if none was given.
    pub cover_hash: String,
    /// `podcast:guid`, once the feed was served under a public address.
    pub podcast_guid: Option<String>,
    /// Rises with every change that the public can see.
    pub revision: i64,
    /// When it rose last.
    pub changed_at: Instant,
}

impl Show {
    /// The address as text.
    pub fn address(&self) -> &str {
        self.draft.address.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(
            ShowAddress::parse("@News-1").map(|a| a.0),
            Ok("news-1".to_owned())
        );
        for bad in ["", "-", "뉴스", "a b", "a.b", "a/b", &"a".repeat(41)] {
            assert!(ShowAddress::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            ShowAddress::propose("The Daily: News!").as_str(),
            "the-daily-news"
        );
        assert_eq!(ShowAddress::propose("아메리카노").as_str(), "show");
    }
}
