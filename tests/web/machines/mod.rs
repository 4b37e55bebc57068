//! What machines and other sites read of the public pages.
mod apps;
mod data;
mod embed;
mod sitemap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::support::{Answer, Site};

/// Text that would break out of whatever it is put into.
const HOSTILE: &str = "</script><script>alert(1)</script>\u{2028}]]>\"'&amp;<!--";

/// Where the site of a test stands.
const BASE: &str = "http://127.0.0.1:8080";

/// The names of the elements of an XML document with their texts, read by a parser; fails if it is
/// not well formed.
fn elements(answer: &Answer) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut reader = Reader::from_str(answer.text());
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(tag) => {
                open.push(found.len());
                found.push((tag.name().0.to_owned(), String::new()));
            }
            Event::End(_) => {
                open.pop().expect("something is open");
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].1.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let sign = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" | "#39" => "'",
                    other => panic!("&{other}; is of HTML"),
                };
                let at = open.last().expect("inside of something");
                found[*at].1.push_str(sign);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "not closed: {}", answer.text());
    found
}

/// The texts of the elements of a name.
fn texts(answer: &Answer, name: &str) -> Vec<String> {
    let found = elements(answer).into_iter().filter(|(n, _)| n == name);
    found.map(|(_, text)| text).collect()
}

/// The address of a post on its show's page.
async fn page_of(site: &Site, id: &str) -> String {
    let short = site.stranger().get(&format!("/p/{id}")).await;
    short.assert_status(301).header("location").to_owned()
}

/// A text as a value in a query.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
