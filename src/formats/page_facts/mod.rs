//! What a web page says of itself: its title, who publishes it and when, for a reference to it.
//!
//! Read are Open Graph (`og:title`, `og:site_name`), the metadata of articles
//! (`article:published_time`), Dublin Core and schema.org (JSON-LD), and the title of HTML, in the
//! order in which they are to be believed. Nothing of a page is run or loaded, and a page of any
//! bytes gives what can be found in it.
mod encoding;
mod json_ld;
mod tags;

use tags::Tags;

/// Longest title and name that are given, in characters: longer ones are cut.
const MOST_TITLE: usize = 500;
const MOST_OUTLET: usize = 200;

/// What was found; empty texts are what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// One line, at most 500 characters.
    pub title: String,
    /// Who publishes it, one line, at most 200 characters.
    pub outlet: String,
    /// The day of publication where it was published, `2026-11-28`.
    pub date: String,
}

/// Reads a page of HTML in any encoding; `content_type` is the value of that header.
pub fn read(bytes: &[u8], content_type: Option<&str>) -> PageFacts {
    let text = encoding::decode(bytes, content_type);
    let tags = tags::read(&text);
    let said = tags.json_ld.iter().map(|text| json_ld::read(text));
    let said = said.reduce(json_ld::Said::or).unwrap_or_default();
    let outlet = first([&tags.site_name, &said.publisher, &tags.dc_publisher]);
    let outlet = line(&outlet, MOST_OUTLET);
    let title = first([&tags.og_title, &said.headline, &tags.twitter_title]);
    let title = if title.is_empty() {
        without_outlet(&line(&tags.title, MOST_TITLE), &outlet).to_owned()
    } else {
        line(&title, MOST_TITLE)
    };
    let date = published(&tags, &said);
    PageFacts {
        title,
        outlet,
        date,
    }
}

fn published(tags: &Tags, said: &json_ld::Said) -> String {
    let said = [&tags.published, &said.published, &tags.dc_date];
    let mut days = said.into_iter().filter_map(|text| day(text));
    days.next().unwrap_or_default()
}

/// The day at the front of an instant, as it is written there: in the time of the outlet.
fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let head = text.get(..10)?.replace(['.', '/'], "-");
    let date: jiff::civil::Date = head.parse().ok()?;
    (1900..=2200).contains(&date.year()).then_some(head)
}

fn first<const N: usize>(texts: [&String; N]) -> String {
    let mut texts = texts.into_iter().filter(|text| !text.trim().is_empty());
    texts.next().cloned().unwrap_or_default()
}

/// One line without signs that nobody sees, cut at so many characters.
fn line(text: &str, most: usize) -> String {
    let seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let text: String = text
        .chars()
        .filter(seen)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(most).collect()
}

/// A title of HTML often ends with the outlet's name: `Snow in November | The Paper`.
fn without_outlet<'t>(title: &'t str, outlet: &str) -> &'t str {
    if outlet.is_empty() {
        return title;
    }
    let Some(rest) = title.strip_suffix(outlet) else {
        return title;
    };
    let bare = rest.trim_end_matches(|c: char| c.is_whitespace() || "-–—|:·<«›»".contains(c));
    if bare.is_empty() || bare.len() == rest.len() {
        title
    } else {
        bare
    }
}

#[cfg(test)]
mod tests;
