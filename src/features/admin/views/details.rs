//! The rarer fields of the editor: what they hold, and what they offer.
use crate::features::accounts::choices::{Choice, Group};
use crate::features::admin::views::roles;
use crate::features::admin::views::show_details::license_choices;
use crate::formats::podcast::services;
use crate::web::form::FormData;
use crate::web::ui::Ui;

/// What the rarer fields hold, by the names that the form has for them.
#[derive(Debug, Clone, Default)]
pub struct DetailsValues {
    /// Who takes part.
    pub people: Vec<PersonRow>,
    /// Passages that stand for the whole.
    pub soundbites: Vec<SoundbiteRow>,
    /// Conversations about the piece.
    pub social: Vec<SocialRow>,
    /// Empty, an identifier, or `other`.
    pub license: String,
    /// Name of another licence.
    pub license_name: String,
    /// Its text.
    pub license_url: String,
    /// The place for people.
    pub location_name: String,
    /// Two letters.
    pub location_country: String,
    /// Coordinates.
    pub location_geo: String,
    /// Object of OpenStreetMap.
    pub location_osm: String,
    /// What the season is called.
    pub season_name: String,
    /// How the number is shown.
    pub episode_display: String,
    /// `show`, `yes`, `no`; empty means the first.
    pub ai_content: String,
    /// What the post's own picture shows.
    pub cover_alt: String,
    /// Apple's directory must not list it.
    pub block: bool,
}

/// A row of the people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// `person_name`.
    pub name: String,
    /// `person_role`: `group/role`, or empty.
    pub role: String,
    /// `person_href`.
    pub href: String,
    /// `person_img`.
    pub img: String,
}

/// A row of the soundbites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoundbiteRow {
    /// `soundbite_start`, as typed.
    pub start: String,
    /// `soundbite_length`, as typed.
    pub length: String,
    /// `soundbite_title`.
    pub title: String,
}

/// A row of the conversations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SocialRow {
    /// `social_protocol`.
    pub protocol: String,
    /// `social_uri`.
    pub uri: String,
    /// `social_account`.
    pub account: String,
}

impl DetailsValues {
    /// What the fields of a form hold, word for word; rows in which everything is empty are
    /// left out.
    pub fn read(form: &FormData) -> Self {
        let one = |name: &str| form.get(name).to_owned();
        let people = ["person_name", "person_role", "person_href", "person_img"];
        let soundbites = ["soundbite_start", "soundbite_length", "soundbite_title"];
        let social = ["social_protocol", "social_uri", "social_account"];
        Self {
            people: read_rows(form, people, |[name, role, href, img]| PersonRow {
                name,
                role,
                href,
                img,
            }),
            soundbites: read_rows(form, soundbites, |[start, length, title]| SoundbiteRow {
                start,
                length,
                title,
            }),
            social: read_rows(form, social, |[protocol, uri, account]| SocialRow {
                protocol,
                uri,
                account,
            }),
            license: one("license"),
            license_name: one("license_name"),
            license_url: one("license_url"),
            location_name: one("location_name"),
            location_country: one("location_country"),
            location_geo: one("location_geo"),
            location_osm: one("location_osm"),
            season_name: one("season_name"),
            episode_display: one("episode_display"),
            ai_content: one("ai_content"),
            cover_alt: one("cover_alt"),
            block: form.get("block") == "yes",
        }
    }

    /// The rows of people to print, numbered from 0.
    pub fn people_rows(&self) -> Vec<(usize, PersonRow)> {
        with_empty(&self.people)
    }

    /// The rows of soundbites to print, numbered from 0.
    pub fn soundbite_rows(&self) -> Vec<(usize, SoundbiteRow)> {
        with_empty(&self.soundbites)
    }

    /// The rows of conversations to print, numbered from 0.
    pub fn social_rows(&self) -> Vec<(usize, SocialRow)> {
        with_empty(&self.social)
    }

    /// How many of the fields in the panel of conversations, place and licence say something.
    pub fn more_count(&self) -> usize {
        let place = [
            &self.location_name,
            &self.location_country,
            &self.location_geo,
            &self.location_osm,
        ];
        self.social.len()
            + usize::from(place.iter().any(|text| !text.is_empty()))
            + usize::from(!self.license.is_empty())
    }
}

fn read_rows<T, const N: usize>(
    form: &FormData,
    names: [&str; N],
    row: fn([String; N]) -> T,
) -> Vec<T> {
    form.rows(names)
        .into_iter()
        .filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty()))
        .map(|cells| row(cells.map(str::to_owned)))
        .collect()
}

/// What there is and two empty ones, numbered from 0.
fn with_empty<T: Clone + Default>(rows: &[T]) -> Vec<(usize, T)> {
    rows.iter()
        .cloned()
        .chain((0..2).map(|_| T::default()))
        .enumerate()
        .collect()
}

/// What the rarer fields offer.
#[derive(Debug, Clone, Default)]
pub struct DetailsChoices {
    /// Roles by group, and none before them; none is chosen, since every row has its own.
    pub roles: Vec<Group>,
    /// Where conversations are held; the first one is empty.
    pub protocols: Vec<Choice>,
    /// As the show, those of the list, another one.
    pub licenses: Vec<Choice>,
    /// As the show, no, yes.
    pub ai_content: Vec<Choice>,
}

impl DetailsChoices {
    /// What they offer, with what is chosen now.
    pub fn new(ui: &Ui, values: &DetailsValues) -> Self {
        let ai_now = Some(values.ai_content.as_str()).filter(|now| !now.is_empty());
        Self {
            roles: roles::choices(ui, ""),
            protocols: protocols(ui),
            licenses: license_choices(ui, "admin-as-show", &values.license),
            ai_content: ["show", "no", "yes"]
                .into_iter()
                .zip(["admin-as-show", "admin-no", "admin-yes"])
                .map(|(value, key)| Choice::new(value, ui.t(key), ai_now.unwrap_or("show")))
                .collect(),
        }
    }
}

fn protocols(ui: &Ui) -> Vec<Choice> {
    let mut list = vec![Choice::new("", ui.t("admin-choose"), "")];
    let known = services::PROTOCOLS.iter();
    list.extend(known.map(|(word, name)| Choice::new(word, *name, "")));
    let none = ui.t("admin-social-disabled");
    list.push(Choice::new(services::DISABLED, none, ""));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_word_for_word() {
        let fields = [
            ("person_name", " 가 "),
            ("person_role", ""),
            ("person_name", ""),
            ("person_role", ""),
            ("person_name", ""),
            ("person_role", "cast/guest"),
            ("soundbite_start", "1:"),
        ];
        let fields = fields.map(|(n, v)| (n.to_owned(), v.to_owned()));
        let values = DetailsValues::read(&FormData::new(fields.to_vec()));
        assert_eq!(values.people[0].name, " 가 ");
        assert_eq!(values.people[1].role, "cast/guest");
        assert_eq!(values.people_rows().len(), 4);
        assert_eq!(values.soundbites[0].start, "1:");
    }
}
