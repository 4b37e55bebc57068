//! The rarer fields of the editor's form, into [`PostDetails`] and back.
use super::{clock, rows};
use crate::features::posts::details::{HalfSoundbite, PostDetails};
use crate::features::show::{self, OTHER, role_value};
use crate::formats::podcast::licenses;
use crate::formats::podcast::values::{License, Location, Person, SocialPost, Soundbite};
use crate::kernel::text::line;
use crate::kernel::{FieldErrors, Message};
use crate::web::form::FormData;

/// Longest line of a draft in characters.
const LINE_CHARS: usize = 2_000;
/// Most people of a post.
const PEOPLE: usize = 100;
/// Most conversations.
const SOCIAL: usize = 20;
/// Most soundbites.
const SOUNDBITES: usize = 50;

/// Reads the fields. A draft takes nearly anything: only what is no text, or too much of it, is
/// a fault.
///
/// Field names: `person_name`, `person_role` (`group/role` or empty), `person_href`, `person_img` once a person;
/// `soundbite_start`, `soundbite_length`, `soundbite_title`; `social_protocol`, `social_uri`,
/// `social_account`; `license` (empty, an identifier, `other`), `license_name`, `license_url`;
/// `location_name`, `location_country`, `location_geo`, `location_osm`; `season_name`,
/// `episode_display`, `ai_content` (`show`, `yes`, `no`), `cover_alt`, `block` (`yes`).
pub(super) fn parse(form: &FormData, errors: &mut FieldErrors) -> PostDetails {
    let mut one = |name: &'static str| {
        let read = line(form.get(name), LINE_CHARS);
        errors.take(name, read).unwrap_or_default()
    };
    let (season_name, episode_display) = (one("season_name"), one("episode_display"));
    let cover_alt = one("cover_alt");
    let license = match one("license").as_str() {
        "" => None,
        OTHER => Some(License {
            identifier: one("license_name"),
            url: meant(one("license_url"), show::check_link),
        }),
        listed => Some(License {
            identifier: listed.to_lowercase(),
            url: String::new(),
        }),
    };
    let location = Location {
        name: one("location_name"),
        geo: meant(one("location_geo"), show::check_geo),
        osm: meant(one("location_osm"), osm),
        country: meant(one("location_country"), show::check_country),
    };
    let (soundbites, half_soundbites) = errors
        .take("soundbites", soundbites(form))
        .unwrap_or_default();
    PostDetails {
        people: errors.take("people", people(form)).unwrap_or_default(),
        season_name,
        episode_display,
        license,
        location: Some(location).filter(|l| *l != Location::default()),
        social: errors.take("social", social(form)).unwrap_or_default(),
        soundbites,
        half_soundbites,
        ai_content: match form.get("ai_content") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        cover_alt,
        block: form.get("block") == "yes",
    }
}

fn people(form: &FormData) -> Result<Vec<Person>, Message> {
    let names = ["person_name", "person_role", "person_href", "person_img"];
    Ok(rows(form, names, ("error-people-many", PEOPLE))?
        .into_iter()
        .map(|[name, role, href, img]| {
            let (group, role) = role.split_once('/').unwrap_or(("", &role));
            Person {
                name,
                role: role.to_lowercase(),
                group: group.to_lowercase(),
                img: meant(img, show::check_link),
                href: meant(href, show::check_link),
            }
        })
        .collect())
}

fn social(form: &FormData) -> Result<Vec<SocialPost>, Message> {
    let names = ["social_protocol", "social_uri", "social_account"];
    Ok(rows(form, names, ("error-social-many", SOCIAL))?
        .into_iter()
        .map(|[protocol, uri, account_id]| SocialPost {
            protocol: protocol.to_lowercase(),
            uri: meant(uri, show::check_social_link),
            account_id,
        })
        .collect())
}

type Soundbites = (Vec<Soundbite>, Vec<HalfSoundbite>);

fn soundbites(form: &FormData) -> Result<Soundbites, Message> {
    let names = ["soundbite_start", "soundbite_length", "soundbite_title"];
    let (mut whole, mut half) = (Vec::new(), Vec::new());
    for [start, length, title] in rows(form, names, ("error-soundbites-many", SOUNDBITES))? {
        match (clock::parse(&start), clock::parse(&length)) {
            (Some(start_ms), Some(duration_ms)) => whole.push(Soundbite {
                start_ms,
                duration_ms,
                title,
            }),
            _ => half.push(HalfSoundbite {
                start,
                length,
                title,
            }),
        }
    }
    Ok((whole, half))
}

impl PostDetails {
    /// The same as fields of the form, in the order of the page.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        for person in &self.people {
            add("person_name", &person.name);
            add("person_role", &role_value(&person.group, &person.role));
            add("person_href", &person.href);
            add("person_img", &person.img);
        }
        for soundbite in &self.soundbites {
            add("soundbite_start", &clock::text(soundbite.start_ms));
            add("soundbite_length", &clock::text(soundbite.duration_ms));
            add("soundbite_title", &soundbite.title);
        }
        for half in &self.half_soundbites {
            add("soundbite_start", &half.start);
            add("soundbite_length", &half.length);
            add("soundbite_title", &half.title);
        }
        for social in &self.social {
            add("social_protocol", &social.protocol);
            add("social_uri", &social.uri);
            add("social_account", &social.account_id);
        }
        if let Some(license) = &self.license {
            if licenses::is_known(&license.identifier) {
                add("license", &license.identifier);
            } else {
                add("license", OTHER);
                add("license_name", &license.identifier);
                add("license_url", &license.url);
            }
        }
        if let Some(location) = &self.location {
            add("location_name", &location.name);
            add("location_country", &location.country);
            add("location_geo", &location.geo);
            add("location_osm", &location.osm);
        }
        add("season_name", &self.season_name);
        add("episode_display", &self.episode_display);
        add("cover_alt", &self.cover_alt);
        if let Some(yes) = self.ai_content {
            add("ai_content", if yes { "yes" } else { "no" });
        }
        if self.block {
            add("block", "yes");
        }
        fields
    }
}

/// What a check makes of a value; what it refuses stays as typed, for the draft.
fn meant(typed: String, check: fn(&str) -> Result<String, Message>) -> String {
    check(&typed).unwrap_or(typed)
}

/// The address of an object's page, as browsers show it, is meant as the object.
fn osm(typed: &str) -> Result<String, Message> {
    let page = typed.split_once("openstreetmap.org/").map(|(_, path)| path);
    let mut parts = page.unwrap_or_default().split(['/', '?', '#']);
    let letter = match parts.next() {
        Some("node") => 'N',
        Some("way") => 'W',
        Some("relation") => 'R',
        _ => return show::check_osm(typed),
    };
    show::check_osm(&format!("{letter}{}", parts.next().unwrap_or_default()))
}
