//! The lists of a show's form: what a row of each means.
use super::details::ShowDetails;
use super::rows::{Faults, RowSpec, cell, whole};
use crate::formats::podcast::checks::{self, LABEL_CHARS};
use crate::formats::podcast::values::{Funding, Person, RemoteItem, SocialPost, Txt};
use crate::formats::podcast::{roles, services};
use crate::kernel::Message;
use crate::kernel::text::{line, paragraphs, required_line};

/// Longest `podcast:txt` in characters (Podcasting 2.0, `txt`).
const TXT_CHARS: usize = 4_000;
/// The choice that sends the author to a field of his own words.
pub const OTHER: &str = "other";
/// Purposes of `podcast:txt` that have a choice of their own: what Apple reads, and what other
/// directories read.
pub const PURPOSES: [&str; 2] = ["applepodcastsverify", "verify"];
/// Said by [`ShowDetails::ai_content`] and by nothing else.
const AI_PURPOSE: &str = "ai-content";

/// Who is always there. A role is sent as `group/role`; empty means none is said.
pub const PEOPLE: RowSpec<Person, 4> = RowSpec {
    field: "people",
    columns: ["person_name", "person_role", "person_href", "person_img"],
    most: 50,
    read: person,
};

/// Support links.
pub const FUNDING: RowSpec<Funding, 2> = RowSpec {
    field: "funding",
    columns: ["funding_label", "funding_url"],
    most: 20,
    read: funding,
};

/// Conversations.
pub const SOCIAL: RowSpec<SocialPost, 3> = RowSpec {
    field: "social",
    columns: ["social_protocol", "social_uri", "social_account"],
    most: 10,
    read: social,
};

/// Recommended shows.
pub const PODROLL: RowSpec<RemoteItem, 3> = RowSpec {
    field: "podroll",
    columns: ["podroll_title", "podroll_guid", "podroll_url"],
    most: 50,
    read: remote_item,
};

/// Texts for machines: a choice of [`PURPOSES`] or [`OTHER`] with the purpose beside it.
pub const TXT: RowSpec<Txt, 3> = RowSpec {
    field: "txt",
    columns: ["txt_purpose", "txt_purpose_other", "txt_value"],
    most: 20,
    read: txt,
};

/// Adds the fields that these details' lists would be sent as.
pub fn fill(details: &ShowDetails, sent: &mut Vec<(String, String)>) {
    let people = details.people.iter().cloned();
    PEOPLE.fill(
        people.map(|p| {
            // A group without a role is no choice of the form, and is refused as one.
            let role = if p.role.is_empty() {
                p.group
            } else {
                role_value(&p.group, &p.role)
            };
            [p.name, role, p.href, p.img]
        }),
        sent,
    );
    let funding = details.funding.iter().cloned();
    FUNDING.fill(funding.map(|f| [f.label, f.url]), sent);
    let social = details.social.iter().cloned();
    SOCIAL.fill(social.map(|s| [s.protocol, s.uri, s.account_id]), sent);
    let podroll = details.podroll.iter().cloned();
    PODROLL.fill(
        podroll.map(|item| [item.title, item.feed_guid, item.feed_url]),
        sent,
    );
    let txt = details.txt.iter().cloned();
    TXT.fill(
        txt.map(|txt| {
            if PURPOSES.contains(&txt.purpose.as_str()) {
                [txt.purpose, String::new(), txt.value]
            } else {
                [OTHER.to_owned(), txt.purpose, txt.value]
            }
        }),
        sent,
    );
}

/// A role as the form sends it; empty if none is said. One that came without its group is
/// given it.
pub fn role_value(group: &str, role: &str) -> String {
    let group = if group.is_empty() {
        roles::group_of(role).unwrap_or_default()
    } else {
        group
    };
    if role.is_empty() {
        String::new()
    } else {
        format!("{group}/{role}")
    }
}

fn person([name, role, href, img]: &[String; 4]) -> Result<Person, Faults<4>> {
    let (name, name_fault) = cell(required_line(name, LABEL_CHARS));
    let (group, role, role_fault) = match role.split_once('/') {
        None if role.is_empty() => ("", "", None),
        Some((group, role)) if is_role(group, role) => (group, role, None),
        _ => ("", "", Some(Message::new("error-show-choice"))),
    };
    let (href, href_fault) = cell(checks::link(href));
    let (img, img_fault) = cell(checks::link(img));
    whole(
        Person {
            name,
            role: role.to_owned(),
            group: group.to_owned(),
            img,
            href,
        },
        [name_fault, role_fault, href_fault, img_fault],
    )
}

fn is_role(group: &str, role: &str) -> bool {
    roles::GROUPS
        .iter()
        .any(|(word, _, listed)| *word == group && listed.iter().any(|(word, _)| *word == role))
}

fn funding([label, url]: &[String; 2]) -> Result<Funding, Faults<2>> {
    let (label, label_fault) = cell(required_line(label, LABEL_CHARS));
    let (url, url_fault) = cell(checks::required_link(url));
    whole(Funding { url, label }, [label_fault, url_fault])
}

fn social([protocol, uri, account]: &[String; 3]) -> Result<SocialPost, Faults<3>> {
    let protocol_fault =
        (!services::is_protocol(protocol)).then(|| Message::new("error-show-choice"));
    let (uri, uri_fault) = cell(if protocol == services::DISABLED {
        checks::link(uri)
    } else {
        checks::social_link(uri)
    });
    let (account_id, account_fault) = cell(line(account, LABEL_CHARS));
    whole(
        SocialPost {
            protocol: protocol.clone(),
            uri,
            account_id,
        },
        [protocol_fault, uri_fault, account_fault],
    )
}

fn remote_item([title, guid, url]: &[String; 3]) -> Result<RemoteItem, Faults<3>> {
    let (title, title_fault) = cell(line(title, LABEL_CHARS));
    let (feed_guid, guid_fault) = cell(checks::feed_guid(guid));
    let (feed_url, url_fault) = cell(checks::link(url));
    whole(
        RemoteItem {
            feed_guid,
            feed_url,
            title,
        },
        [title_fault, guid_fault, url_fault],
    )
}

fn txt([purpose, other, value]: &[String; 3]) -> Result<Txt, Faults<3>> {
    let (purpose, purpose_fault, other_fault) = match purpose.as_str() {
        OTHER => match line(other, LABEL_CHARS) {
            Ok(other) if other.eq_ignore_ascii_case(AI_PURPOSE) => {
                (other, None, Some(Message::new("error-show-txt-ai")))
            }
            Ok(other) => (other, None, None),
            Err(message) => (String::new(), None, Some(message)),
        },
        known if PURPOSES.contains(&known) => (known.to_owned(), None, None),
        _ => (String::new(), Some(Message::new("error-show-choice")), None),
    };
    let value = paragraphs(value.trim(), TXT_CHARS).and_then(|value| {
        if value.is_empty() {
            Err(Message::new("error-required"))
        } else {
            Ok(value)
        }
    });
    let (value, value_fault) = cell(value);
    whole(
        Txt { purpose, value },
        [purpose_fault, other_fault, value_fault],
    )
}
