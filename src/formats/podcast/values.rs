//! Values of the Podcasting 2.0 namespace that shows and posts both hold: stored as JSON,
//! written as elements. All texts plain and trimmed, all addresses absolute and https.
use serde::{Deserialize, Serialize};

/// Somebody who took part (`podcast:person`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[cfg_attr(test, schema(as = Participant))]
pub struct Person {
    /// 1 to 128 characters.
    pub name: String,
    /// A role of the namespace's list, in lower case; empty means `host`.
    pub role: String,
    /// The group of that role, in lower case; empty means `cast`.
    pub group: String,
    /// A picture; may be empty.
    pub img: String,
    /// A page about the person; may be empty.
    pub href: String,
}

/// Where listeners can give money (`podcast:funding`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Funding {
    /// Where.
    pub url: String,
    /// What the link says, 1 to 128 characters.
    pub label: String,
}

/// Free text for machines (`podcast:txt`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Txt {
    /// At most 128 characters: `verify`, `applepodcastsverify`, `release` …; may be empty.
    pub purpose: String,
    /// 1 to 4,000 characters.
    pub value: String,
}

/// Terms of use (`podcast:license`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct License {
    /// An identifier of the list in lower case (`cc-by-4.0`), or the name of another licence.
    pub identifier: String,
    /// Its text; needed for a licence that the list does not hold.
    pub url: String,
}

/// A place (`podcast:location`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Location {
    /// For people, 1 to 128 characters.
    pub name: String,
    /// A geo URI (RFC 5870), `geo:37.57,126.98`; may be empty.
    pub geo: String,
    /// An object of OpenStreetMap, `R2297418`; may be empty.
    pub osm: String,
    /// ISO 3166-1 alpha-2 in upper case; may be empty.
    pub country: String,
}

/// A public conversation about the piece (`podcast:socialInteract`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct SocialPost {
    /// A protocol of the namespace's list, or `disabled`.
    pub protocol: String,
    /// The first post of the conversation; empty only if disabled.
    pub uri: String,
    /// Who wrote it, `@name@example.org`; may be empty.
    pub account_id: String,
}

/// A passage that stands for the whole (`podcast:soundbite`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct Soundbite {
    /// Milliseconds from the beginning.
    pub start_ms: u64,
    /// Milliseconds, 15,000 to 120,000.
    pub duration_ms: u64,
    /// At most 128 characters; may be empty.
    pub title: String,
}

/// Another show that the author recommends (`podcast:podroll`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct RemoteItem {
    /// Its `podcast:guid`: a UUID.
    pub feed_guid: String,
    /// Where its feed was last seen; may be empty.
    pub feed_url: String,
    /// Its name, for those who cannot look the GUID up; may be empty.
    pub title: String,
}

/// How often something new is to be expected (`podcast:updateFrequency`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum UpdateFrequency {
    /// Nothing is promised; no element.
    #[default]
    Unknown,
    /// Every day.
    Daily,
    /// Monday to Friday.
    Weekdays,
    /// Once a week.
    Weekly,
    /// Every other week.
    Biweekly,
    /// Once a month.
    Monthly,
}

impl UpdateFrequency {
    /// In the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Unknown,
        Self::Daily,
        Self::Weekdays,
        Self::Weekly,
        Self::Biweekly,
        Self::Monthly,
    ];

    /// The word in the form and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Daily => "daily",
            Self::Weekdays => "weekdays",
            Self::Weekly => "weekly",
            Self::Biweekly => "biweekly",
            Self::Monthly => "monthly",
        }
    }

    /// Reads the word; anything else promises nothing.
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|f| f.as_str() == word)
            .unwrap_or_default()
    }

    /// The recurrence rule (RFC 5545 section 3.3.10), or `None` where nothing is promised.
    pub fn rrule(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::Daily => Some("FREQ=DAILY"),
            Self::Weekdays => Some("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            Self::Weekly => Some("FREQ=WEEKLY"),
            Self::Biweekly => Some("FREQ=WEEKLY;INTERVAL=2"),
            Self::Monthly => Some("FREQ=MONTHLY"),
        }
    }
}
