//! The rarer part of a show's form: strings into [`ShowDetails`], and back.
//!
//! What is stored, sent by the form unchanged, is stored again as it was.
use super::apps;
use super::details::{FeedText, ShowDetails};
use super::lists::{self, FUNDING, OTHER, PEOPLE, PODROLL, SOCIAL, TXT};
use crate::formats::podcast::checks::{self, LABEL_CHARS};
use crate::formats::podcast::values::{License, Location, UpdateFrequency};
use crate::formats::podcast::{licenses, services};
use crate::kernel::text::{line, required_line};
use crate::kernel::{FieldErrors, Message};
use crate::web::form::FormData;

/// Longest alternative text of the cover in characters (PSP-1's length of a string).
const ALT_CHARS: usize = 255;
/// Episodes a page that the form offers; 0: all in one document.
pub const PAGE_SIZES: [u32; 5] = [0, 50, 100, 200, 500];

/// Reads the details; every faulty field is noted, and has its default then.
///
/// Field names besides those of the lists: `category2`, `category3`, `license` with
/// `license_name` and `license_url`, `update_frequency`, `location_name`, `location_geo`,
/// `location_osm`, `location_country`, `ai_content` (empty, `yes`, `no`), `blocked_service`
/// once a service, `block` and `complete` (`yes` if checked), `moved_to`, `cover_alt`,
/// `feed_text`, `feed_page_size`, `enclosure_prefix`, and one an app (`apps`).
pub fn parse(
    form: &FormData,
    is_category: impl Fn(&str) -> bool,
    errors: &mut FieldErrors,
) -> ShowDetails {
    let link = |name: &str| checks::link(form.get(name));
    ShowDetails {
        more_categories: more_categories(form, is_category, errors),
        people: PEOPLE.parse(form, errors),
        funding: FUNDING.parse(form, errors),
        license: license(form, errors),
        update_frequency: UpdateFrequency::parse(form.get("update_frequency")),
        location: location(form, errors),
        podroll: PODROLL.parse(form, errors),
        social: SOCIAL.parse(form, errors),
        txt: TXT.parse(form, errors),
        ai_content: match form.get("ai_content") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        blocked_services: blocked_services(form, errors),
        block: form.get("block") == "yes",
        complete: form.get("complete") == "yes",
        moved_to: errors
            .take("moved_to", link("moved_to"))
            .unwrap_or_default(),
        cover_alt: errors
            .take("cover_alt", line(form.get("cover_alt"), ALT_CHARS))
            .unwrap_or_default(),
        feed_text: FeedText::parse(form.get("feed_text")),
        feed_page_size: page_size(form, errors),
        apps: apps::parse(form, errors),
        enclosure_prefix: errors
            .take(
                "enclosure_prefix",
                checks::prefix(form.get("enclosure_prefix")),
            )
            .unwrap_or_default(),
    }
}

/// The fields that the form would send for these details.
pub fn fields(details: &ShowDetails) -> Vec<(String, String)> {
    let mut sent = Vec::new();
    let mut set = |name: &str, value: &str| sent.push((name.to_owned(), value.to_owned()));
    for (name, category) in ["category2", "category3"]
        .iter()
        .zip(&details.more_categories)
    {
        set(name, category);
    }
    if let Some(license) = &details.license {
        if licenses::is_known(&license.identifier) {
            set("license", &license.identifier);
        } else {
            set("license", OTHER);
            set("license_name", &license.identifier);
            set("license_url", &license.url);
        }
    }
    set("update_frequency", details.update_frequency.as_str());
    if let Some(location) = &details.location {
        set("location_name", &location.name);
        set("location_geo", &location.geo);
        set("location_osm", &location.osm);
        set("location_country", &location.country);
    }
    set(
        "ai_content",
        match details.ai_content {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        },
    );
    for service in &details.blocked_services {
        set("blocked_service", service);
    }
    for (name, checked) in [("block", details.block), ("complete", details.complete)] {
        if checked {
            set(name, "yes");
        }
    }
    set("moved_to", &details.moved_to);
    set("cover_alt", &details.cover_alt);
    set("feed_text", details.feed_text.as_str());
    set("feed_page_size", &details.feed_page_size.to_string());
    set("enclosure_prefix", &details.enclosure_prefix);
    sent.extend(apps::fields(&details.apps));
    lists::fill(details, &mut sent);
    sent
}

fn more_categories(
    form: &FormData,
    is_category: impl Fn(&str) -> bool,
    errors: &mut FieldErrors,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for field in ["category2", "category3"] {
        let category = form.get(field);
        if category.is_empty() {
            continue;
        }
        if !is_category(category) {
            errors.add(field, Message::new("error-category"));
        } else if category == form.get("category") || found.iter().any(|c| c == category) {
            errors.add(field, Message::new("error-show-category-twice"));
        } else {
            found.push(category.to_owned());
        }
    }
    found
}

fn license(form: &FormData, errors: &mut FieldErrors) -> Option<License> {
    let chosen = form.get("license");
    let known = |identifier: &'static str| License {
        identifier: identifier.to_owned(),
        url: String::new(),
    };
    match chosen {
        "" => None,
        OTHER => {
            let name = errors.take(
                "license_name",
                required_line(form.get("license_name"), LABEL_CHARS),
            );
            // Somebody may type the name of one that the list has.
            if let Some(listed) = name.as_deref().and_then(licenses::find) {
                return Some(known(listed.identifier));
            }
            let url = errors.take(
                "license_url",
                checks::required_link(form.get("license_url")),
            );
            Some(License {
                identifier: name?,
                url: url?,
            })
        }
        _ => match licenses::find(chosen) {
            Some(listed) => Some(known(listed.identifier)),
            None => {
                errors.add("license", Message::new("error-show-choice"));
                None
            }
        },
    }
}

fn location(form: &FormData, errors: &mut FieldErrors) -> Option<Location> {
    let names = [
        "location_name",
        "location_geo",
        "location_osm",
        "location_country",
    ];
    if names.iter().all(|name| form.get(name).trim().is_empty()) {
        return None;
    }
    let [name, geo, osm, country] = names.map(|name| form.get(name));
    let name = errors.take("location_name", required_line(name, LABEL_CHARS));
    let geo = errors.take("location_geo", checks::geo(geo));
    let osm = errors.take("location_osm", checks::osm(osm));
    let country = errors.take("location_country", checks::country(country));
    Some(Location {
        name: name?,
        geo: geo?,
        osm: osm?,
        country: country?,
    })
}

fn blocked_services(form: &FormData, errors: &mut FieldErrors) -> Vec<String> {
    let sent: Vec<&str> = form.all("blocked_service").collect();
    if sent.iter().any(|slug| !services::is_service(slug)) {
        errors.add("blocked_services", Message::new("error-show-choice"));
    }
    services::SERVICES
        .iter()
        .filter(|(slug, _)| sent.contains(slug))
        .map(|(slug, _)| (*slug).to_owned())
        .collect()
}

fn page_size(form: &FormData, errors: &mut FieldErrors) -> u32 {
    let typed = form.get("feed_page_size");
    let size = match typed {
        "" => Some(0),
        _ => typed.parse().ok(),
    };
    let listed = size.filter(|size| PAGE_SIZES.contains(size));
    if listed.is_none() {
        errors.add("feed_page_size", Message::new("error-show-choice"));
    }
    listed.unwrap_or_default()
}
