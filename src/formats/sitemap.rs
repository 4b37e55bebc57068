//! Lists of a site's pages for search engines.
//!
//! Source: sitemaps.org, protocol 0.9.
use std::fmt::Write;

use crate::formats::html::{text_to_html, xml_text};
use crate::kernel::time::Instant;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// An absolute address, and when what stands there last changed.
pub type Entry = (String, Option<Instant>);

/// A list of pages; at most 50,000 by the protocol.
pub fn pages(entries: &[Entry]) -> String {
    list("urlset", "url", entries)
}

/// A list of such lists.
pub fn index(lists: &[Entry]) -> String {
    list("sitemapindex", "sitemap", lists)
}

fn list(outer: &str, inner: &str, entries: &[Entry]) -> String {
    let mut xml = format!("{HEAD}<{outer} xmlns=\"{SPACE}\">\n");
    for (address, changed) in entries {
        let address = text_to_html(&xml_text(address));
        // Writing to memory takes every byte.
        let _ = write!(xml, "<{inner}><loc>{address}</loc>");
        if let Some(at) = changed {
            let _ = write!(xml, "<lastmod>{}</lastmod>", at.rfc3339());
        }
        let _ = writeln!(xml, "</{inner}>");
    }
    let _ = writeln!(xml, "</{outer}>");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        let at = Instant(1_795_478_400_000);
        let entry = |address: &str| (address.to_owned(), Some(at));
        assert_eq!(
            pages(&[entry("https://a.example/?a=1&b=<2>")]),
            format!(
                "{HEAD}<urlset xmlns=\"{SPACE}\">\n<url><loc>https://a.example/?a=1&amp;b=&lt;2&gt;</loc>\
                 <lastmod>2026-11-24T00:00:00Z</lastmod></url>\n</urlset>\n"
            )
        );
        let xml = index(&[("https://a.example/1.xml".to_owned(), None)]);
        assert!(xml.contains("<sitemap><loc>https://a.example/1.xml</loc></sitemap>"));
    }
}
