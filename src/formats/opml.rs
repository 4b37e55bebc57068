//! A list of feeds as OPML 2.0, which readers and podcast apps import.
//!
//! Source: OPML 2.0 (opml.org), subscription lists.
use crate::formats::html::{text_to_html, xml_text};

/// Writes the list. A show is its title, the address of its feed, the address of its page, its
/// description and its language (BCP 47); the last three may be empty. No date stands in it:
/// the same shows give the same bytes.
pub fn write(title: &str, shows: &[(String, String, String, String, String)]) -> String {
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">");
    xml.push_str("<head><title>");
    xml.push_str(&escaped(title));
    xml.push_str("</title></head><body>");
    for (title, feed_url, page_url, description, language) in shows {
        xml.push_str("<outline");
        let attributes = [
            // `text` and `xmlUrl` are what the format requires of a feed.
            ("text", title.as_str()),
            ("title", title.as_str()),
            ("type", "rss"),
            ("version", "RSS2"),
            ("xmlUrl", feed_url.as_str()),
            ("htmlUrl", page_url.as_str()),
            ("description", description.as_str()),
            ("language", language.as_str()),
        ];
        for (name, value) in attributes {
            let value = escaped(value);
            if !value.is_empty() || name == "text" {
                xml.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        xml.push_str("/>");
    }
    xml.push_str("</body></opml>\n");
    xml
}

/// On one line, since attributes are read as one.
fn escaped(text: &str) -> String {
    let line = xml_text(text).replace(['\n', '\t'], " ");
    text_to_html(line.trim()).into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_titles_stay_text() {
        let show = |title: &str, page: &str| {
            let feed = "https://a.example/@news/feed.xml?a=1&b=2".to_owned();
            (
                title.to_owned(),
                feed,
                page.to_owned(),
                "두 줄\r\n'짜리'".to_owned(),
                "ko".to_owned(),
            )
        };
        let xml = write(
            "내 <방송>",
            &[
                show("\"><script>\0&", "https://a.example/@news"),
                show("둘", ""),
            ],
        );
        assert!(xml.contains("<title>내 &lt;방송&gt;</title>"), "{xml}");
        assert!(xml.contains(
            "<outline text=\"&quot;&gt;&lt;script&gt;&amp;\" title=\"&quot;&gt;&lt;script&gt;&amp;\" \
             type=\"rss\" version=\"RSS2\" xmlUrl=\"https://a.example/@news/feed.xml?a=1&amp;b=2\" \
             htmlUrl=\"https://a.example/@news\" description=\"두 줄 &#39;짜리&#39;\" language=\"ko\"/>"
        ), "{xml}");
        assert_eq!(xml.matches("htmlUrl").count(), 1);
        let mut reader = quick_read(&xml);
        assert_eq!(reader.pop().as_deref(), Some("opml"));
    }

    /// Names of the elements in the order in which they end, by a parser of HTML's rules.
    fn quick_read(xml: &str) -> Vec<String> {
        let ends = xml.match_indices("</").map(|(at, _)| {
            let name = &xml[at + 2..];
            name[..name.find('>').expect("an end")].to_owned()
        });
        ends.collect()
    }
}
