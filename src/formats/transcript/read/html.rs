//! HTML of the podcast namespace (`cite`, `time`, `p`), our own transcript page, and any other
//! page, whose paragraphs have no times.
//!
//! Tags are read one by one and no tree is built, so nesting costs nothing.
use super::draft::{Draft, RawCue};
use super::entities::Entities;
use crate::formats::transcript::timed::NotTimed;
use crate::formats::transcript::{clock, names};

/// Elements whose text is no text.
const UNREAD: [&str; 7] = [
    "script", "style", "title", "template", "noscript", "svg", "textarea",
];
/// Elements that end a line of text.
const BLOCKS: [&str; 21] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "div",
    "section",
    "article",
    "main",
    "body",
    "header",
    "footer",
    "td",
    "tr",
    "dt",
    "dd",
    "pre",
];

/// Whether a text, white space before it gone, begins like HTML.
pub fn looks_like(start: &str) -> bool {
    let near: String = start
        .chars()
        .take(4000)
        .collect::<String>()
        .to_ascii_lowercase();
    let tags = [
        "<html",
        "<!doctype",
        "<cite",
        "<time",
        "<p>",
        "<p ",
        "<body",
        "<main",
        "<div",
        "<h1",
    ];
    near.starts_with('<') && tags.iter().any(|tag| near.contains(tag))
}

/// Reads the file into the draft.
///
/// # Errors
/// [`NotTimed::TooManyCues`].
pub fn read(text: &str, draft: &mut Draft) -> Result<(), NotTimed> {
    // A page stands in the order in which it is read, wherever its sentences are spoken.
    draft.keeps_order = true;
    let mut reader = Reader::default();
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.find(['<', '&']).unwrap_or(rest.len());
        reader.text(&rest[..at]);
        rest = &rest[at..];
        reader.at = text.len() - rest.len();
        if rest.starts_with('&') {
            let (decoded, length) = reader.entities.decode(rest).unwrap_or(("&".into(), 1));
            reader.text(&decoded);
            rest = &rest[length..];
        } else if let Some(length) = comment(rest) {
            reader.comment(&rest[..length]);
            rest = &rest[length..];
        } else if let Some((tag, length)) = tag(rest) {
            rest = &rest[length..];
            reader.tag(&tag, draft)?;
            if !tag.closing && UNREAD.contains(&tag.name.as_str()) {
                rest = behind(rest, &tag.name);
            }
        } else if !rest.is_empty() {
            reader.text(&rest[..1]);
            rest = &rest[1..];
        }
    }
    reader.end_block(false, draft)?;
    reader.number_lines(text, draft);
    Ok(())
}

/// What is behind the end tag of an element whose text is not read.
fn behind<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let end = from + at + 2;
        let found = rest.as_bytes().get(end..end + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return &rest[from + at..];
        }
        from = end;
    }
    ""
}

/// The length of a comment, declaration or the like at the start of the text.
pub(super) fn comment(text: &str) -> Option<usize> {
    if let Some(inside) = text.strip_prefix("<!--") {
        return Some(inside.find("-->").map_or(text.len(), |end| 4 + end + 3));
    }
    let declares = text.starts_with("<!") || text.starts_with("<?");
    declares.then(|| text.find('>').map_or(text.len(), |end| end + 1))
}

/// A tag as it is written.
pub struct Tag {
    /// In small letters.
    pub name: String,
    /// Whether it ends an element.
    pub closing: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute by its name in small letters, as written.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes();
        all.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// All attributes, their names in small letters.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.attributes.iter();
        all.map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// The tag at the start of the text and its length; `None` where `<` is a sign.
pub(super) fn tag(text: &str) -> Option<(Tag, usize)> {
    const MOST_ATTRIBUTES: usize = 32;
    let inside = text.strip_prefix('<')?;
    let closing = inside.starts_with('/');
    let mut rest = inside.strip_prefix('/').unwrap_or(inside);
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = rest
        .find(|c: char| c.is_whitespace() || c == '/' || c == '>')
        .unwrap_or(rest.len());
    let name = rest[..name_end.min(rest.len())].to_ascii_lowercase();
    rest = &rest[name_end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(behind) = rest.strip_prefix('>') {
            rest = behind;
            break;
        }
        let key_end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .map_or(rest.len(), |(at, _)| at);
        let key = rest[..key_end].to_ascii_lowercase();
        rest = rest[key_end..].trim_start();
        let mut value = "";
        if let Some(behind) = rest.strip_prefix('=') {
            let behind = behind.trim_start();
            let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (found, next) = match quote {
                Some(quote) => behind[1..].split_once(quote).unwrap_or((&behind[1..], "")),
                None => {
                    let end = behind.find(|c: char| c.is_whitespace() || c == '>');
                    behind.split_at(end.unwrap_or(behind.len()))
                }
            };
            (value, rest) = (found, next);
        }
        if attributes.len() < MOST_ATTRIBUTES {
            attributes.push((key, value.to_owned()));
        }
    }
    let tag = Tag {
        name,
        closing,
        attributes,
    };
    Some((tag, text.len() - rest.len()))
}

/// A part of a block: with a time and name of its own, or without.
#[derive(Default)]
struct Part {
    text: String,
    name: Option<String>,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
}

#[derive(Default)]
struct Reader {
    entities: Entities,
    /// Where the reader stands in the file, in bytes.
    at: usize,
    /// The block that is open.
    parts: Vec<Part>,
    /// Text inside `cite` or `time`.
    aside: Option<String>,
    speaker: Option<String>,
    /// Whether the open block has a `cite` of its own.
    cited: bool,
    /// What `time` said, for the paragraph that follows.
    start_ms: Option<u64>,
    datetime_ms: Option<u64>,
    heading: Option<u8>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if let Some(aside) = &mut self.aside {
            aside.push_str(text);
            return;
        }
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        if let Some(part) = self.parts.last_mut() {
            part.text.push_str(text);
        }
    }

    /// Our own page says in a comment which sentence follows, and when it is spoken.
    fn comment(&mut self, comment: &str) {
        let inside = comment
            .strip_prefix("<!--")
            .and_then(|c| c.strip_suffix("-->"));
        let mut words = inside.unwrap_or_default().split(' ');
        let Some(id) = words.next().and_then(names::id) else {
            return;
        };
        let mut time = || words.next().and_then(clock::parse);
        self.parts.push(Part {
            text: String::new(),
            name: Some(id.to_string()),
            start_ms: time(),
            end_ms: time(),
        });
    }

    fn tag(&mut self, tag: &Tag, draft: &mut Draft) -> Result<(), NotTimed> {
        match (tag.name.as_str(), tag.closing) {
            ("html", false) => draft.language = tag.get("lang").map(str::to_owned),
            ("cite" | "time", false) => {
                self.end_block(false, draft)?;
                self.aside = Some(String::new());
                self.datetime_ms = tag.get("datetime").and_then(duration);
            }
            ("cite", true) => {
                let name = self.aside.take().unwrap_or_default();
                let name = name.trim().trim_end_matches([':', '：']).trim_end();
                self.speaker = (!name.is_empty()).then(|| name.to_owned());
                self.cited = true;
            }
            ("time", true) => {
                let clock = self.aside.take().unwrap_or_default();
                let clock = clock.trim().trim_matches(['[', ']', '(', ')']);
                self.start_ms = self.datetime_ms.take().or_else(|| clock::parse(clock));
                if self.start_ms.is_none() {
                    draft.warn_at(self.at + 1, "transcript-warning-time");
                }
            }
            ("br", _) => self.text(" "),
            (name, closing) if BLOCKS.contains(&name) => {
                self.end_block(closing && name == "h1", draft)?;
                let level = name.strip_prefix('h').and_then(|n| n.parse().ok());
                self.heading = level.filter(|_| !closing);
            }
            _ => {}
        }
        Ok(())
    }

    /// Makes cues of the open block. The page's own title is none.
    fn end_block(&mut self, is_title: bool, draft: &mut Draft) -> Result<(), NotTimed> {
        if let Some(text) = self.aside.take() {
            // An element that is never closed holds what stands in it.
            self.text(&text);
        }
        let mut parts = std::mem::take(&mut self.parts);
        parts.retain(|part| !part.text.trim().is_empty());
        if parts.is_empty() || is_title {
            return Ok(());
        }
        let block_start = self.start_ms.take();
        let ours = parts.iter().any(|part| part.name.is_some());
        // Our own page names a speaker each time; in others one goes on until the next.
        if ours && !self.cited {
            self.speaker = None;
        }
        self.cited = false;
        for (at, part) in parts.into_iter().enumerate() {
            draft.push(RawCue {
                // A place in bytes, until lines are counted.
                line: self.at + 1,
                start_ms: if ours { part.start_ms } else { block_start },
                end_ms: part.end_ms,
                speaker: self.speaker.clone(),
                text: part.text,
                words: Vec::new(),
                name: part.name,
                ends_sentence: None,
                is_heading: self.heading.is_some(),
                starts_paragraph: at == 0,
                is_joined: false,
            })?;
        }
        Ok(())
    }

    /// Turns places in bytes into lines.
    fn number_lines(&self, text: &str, draft: &mut Draft) {
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        draft.number_lines(|at| 1 + ends.partition_point(|end| *end < at.saturating_sub(1)));
    }
}

/// `PT1H2M3.5S` or a clock, in milliseconds.
fn duration(text: &str) -> Option<u64> {
    let Some(parts) = text.trim().strip_prefix("PT") else {
        return clock::parse(text.trim());
    };
    let (mut rest, mut ms) = (parts, 0u64);
    for (unit, factor) in [('H', 3600), ('M', 60), ('S', 1)] {
        if let Some((number, behind)) = rest.split_once(unit) {
            let value = clock::parse(number).filter(|_| !number.contains(':'))?;
            ms = ms.checked_add(value.checked_mul(factor)?)?;
            rest = behind;
        }
    }
    (rest.is_empty() && ms <= crate::formats::transcript::Timed::MAX_MS).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("PT12.34S"), Some(12_340));
        assert_eq!(duration("PT1H2M3S"), Some(3_723_000));
        assert_eq!(duration("1:07"), Some(67_000));
        for bad in ["PT", "PTxS", "P1D", "2026-01-01"] {
            assert!(duration(bad).is_none_or(|ms| ms == 0), "{bad}");
        }
    }

    #[test]
    fn tags() {
        let (tag, length) = tag("<p class='a>b' id=x data-y=\"1\" hidden>z").expect("is a tag");
        assert_eq!((tag.name.as_str(), length), ("p", 38));
        assert_eq!(tag.get("class"), Some("a>b"));
        assert_eq!(tag.get("id"), Some("x"));
        assert!(super::tag("< p>").is_none());
        assert!(super::tag("<p").is_some());
    }
}
