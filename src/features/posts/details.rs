//! What a post says of itself besides the common case: stored as one JSON value, since nothing
//! is looked up by any of it.
use serde::{Deserialize, Serialize};

use crate::formats::podcast::checks;
use crate::formats::podcast::values::{License, Location, Person, SocialPost, Soundbite};
use crate::formats::podcast::{licenses, services};
use crate::kernel::time::clock_length;
use crate::kernel::{FieldErrors, Message};

/// Longest name, title and label in characters (Podcasting 2.0).
const NAME_CHARS: usize = checks::LABEL_CHARS;
/// Longest number as it is shown (Podcasting 2.0, `episode`).
const DISPLAY_CHARS: usize = 32;
/// Longest description of a picture in characters.
const ALT_CHARS: usize = 1_000;
/// How long a soundbite may be, in milliseconds (Podcasting 2.0, `soundbite`).
const SOUNDBITE_MS: std::ops::RangeInclusive<u64> = 15_000..=120_000;

/// The rarer facts of a post. A row of an older version lacks some: they have their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct PostDetails {
    /// Who takes part; if not empty, it replaces the show's list.
    pub people: Vec<Person>,
    /// What the season is called (`podcast:season name`); may be empty.
    pub season_name: String,
    /// How the number is shown, `7a` (`podcast:episode display`); may be empty.
    pub episode_display: String,
    /// Terms of use, if other than the show's.
    pub license: Option<License>,
    /// What it is about (`rel="subject"`).
    pub location: Option<Location>,
    /// Conversations about the piece.
    pub social: Vec<SocialPost>,
    /// Passages that stand for the whole.
    pub soundbites: Vec<Soundbite>,
    /// Passages whose times cannot be read yet, as typed; a draft alone has them.
    pub half_soundbites: Vec<HalfSoundbite>,
    /// Whether machines spoke or wrote parts of it; `None`: as the show.
    pub ai_content: Option<bool>,
    /// What its own picture shows, for who cannot see it.
    pub cover_alt: String,
    /// Apple's directory must not list it (`itunes:block`).
    pub block: bool,
}

/// A row of the form that is no soundbite yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct HalfSoundbite {
    /// Where it begins, as typed.
    pub start: String,
    /// How long it is, as typed.
    pub length: String,
    /// What it is called.
    pub title: String,
}

impl PostDetails {
    /// What must be mended before the public may see this. `sound_ms` is the length of the
    /// recording, if there is one.
    pub(super) fn faults_for_public(&self, sound_ms: Option<u64>, errors: &mut FieldErrors) {
        for (field, text, most) in [
            ("season_name", &self.season_name, NAME_CHARS),
            ("episode_display", &self.episode_display, DISPLAY_CHARS),
            ("cover_alt", &self.cover_alt, ALT_CHARS),
        ] {
            errors.take(field, at_most(text, most));
        }
        for person in &self.people {
            errors.take("people", check_person(person));
        }
        for soundbite in &self.soundbites {
            errors.take("soundbites", check_soundbite(soundbite, sound_ms));
        }
        if !self.half_soundbites.is_empty() {
            errors.add("soundbites", Message::new("error-soundbite-time"));
        }
        for social in &self.social {
            errors.take("social", check_social(social));
        }
        if let Some(license) = &self.license {
            errors.take("license", check_license(license));
        }
        if let Some(location) = &self.location {
            errors.take("location", check_location(location));
        }
    }
}

fn at_most(text: &str, most: usize) -> Result<(), Message> {
    if text.chars().count() > most {
        return Err(Message::new("error-too-long").with("max", most));
    }
    Ok(())
}

/// Empty, or an address over `https`: apps load nothing else.
fn check_link(link: &str) -> Result<(), Message> {
    match checks::link(link) {
        Ok(_) => Ok(()),
        Err(_) => Err(Message::new("error-detail-link").with("link", link)),
    }
}

fn check_person(person: &Person) -> Result<(), Message> {
    if person.name.is_empty() {
        return Err(Message::new("error-person-name"));
    }
    at_most(&person.name, NAME_CHARS)?;
    check_link(&person.href)?;
    check_link(&person.img)
}

fn check_soundbite(soundbite: &Soundbite, sound_ms: Option<u64>) -> Result<(), Message> {
    at_most(&soundbite.title, NAME_CHARS)?;
    if !SOUNDBITE_MS.contains(&soundbite.duration_ms) {
        return Err(Message::new("error-soundbite-length"));
    }
    let end_ms = soundbite.start_ms.saturating_add(soundbite.duration_ms);
    match sound_ms {
        Some(length) if end_ms > length => Err(Message::new("error-soundbite-end")
            .with("end", clock_length(end_ms))
            .with("length", clock_length(length))),
        _ => Ok(()),
    }
}

fn check_social(social: &SocialPost) -> Result<(), Message> {
    if social.protocol == services::DISABLED {
        return Ok(());
    }
    if !services::is_protocol(&social.protocol) {
        return Err(Message::new("error-social-protocol"));
    }
    match checks::social_link(&social.uri) {
        Ok(_) => Ok(()),
        Err(_) => Err(Message::new("error-social-link").with("link", &social.uri)),
    }
}

fn check_license(license: &License) -> Result<(), Message> {
    if licenses::is_known(&license.identifier) {
        return Ok(());
    }
    if license.identifier.is_empty() || license.url.is_empty() {
        return Err(Message::new("error-license-other"));
    }
    at_most(&license.identifier, NAME_CHARS)?;
    check_link(&license.url)
}

fn check_location(location: &Location) -> Result<(), Message> {
    if location.name.is_empty() {
        return Err(Message::new("error-location-name"));
    }
    at_most(&location.name, NAME_CHARS)?;
    checks::geo(&location.geo)?;
    checks::osm(&location.osm)?;
    checks::country(&location.country).map(drop)
}
