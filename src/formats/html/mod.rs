//! The one sanitiser: the only maker of [`SafeHtml`], which is the only HTML that reaches a
//! page or a feed without being escaped (HARDENING O1 to O3).
//!
//! Templates print it as `{{ body }}`: askama knows by [`askama::filters::HtmlSafe`] that it
//! needs no escaping, so `|safe` stands in no template.
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

mod depth;
mod sentence;

/// Tags that pass. Layout (`div`, `span`, `table`), pictures, forms and everything of SVG and
/// MathML stay out; of what is taken away the words remain, those of scripts, styles and foreign markup aside.
const TAGS: [&str; 25] = [
    "p",
    "br",
    "hr",
    "a",
    "strong",
    "em",
    "b",
    "i",
    "u",
    "s",
    "del",
    "ins",
    "sub",
    "sup",
    "code",
    "pre",
    "blockquote",
    "q",
    "cite",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
];

/// What every link that somebody typed says of where it leads.
const REL: &str = "noopener nofollow";

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(builder);

/// The same, and what the program says of sentences.
static WITH_SENTENCES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = builder();
    builder
        .add_tags(["span"])
        .add_tag_attributes("span", sentence::ATTRIBUTES)
        .add_tag_attributes("a", sentence::ATTRIBUTES)
        .add_tag_attributes("a", ["aria-label", "aria-describedby", "lang"])
        .add_tag_attributes("sup", ["class"])
        .attribute_filter(|tag, attribute, value| {
            sentence::is_right(tag, attribute, value).then_some(value.into())
        });
    builder
});

fn builder() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some(REL))
        .strip_comments(true);
    builder
}

/// HTML that passed the sanitiser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup, owned.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with links that start with one `/` made absolute, for places that are not
    /// pages of the site, such as feeds. `base` is `https://example.org`, no slash at its end.
    pub fn with_absolute_links(self, base: &str) -> Self {
        // The serialiser escapes `<` in text, so this can only be a link of its own making.
        const LOCAL: &str = "<a href=\"/";
        if !self.0.contains(LOCAL) {
            return self;
        }
        let base = text_to_html(base).0;
        let mut out = String::with_capacity(self.0.len() + 64);
        let mut pieces = self.0.split(LOCAL);
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            out.push_str("<a href=\"");
            if !piece.starts_with('/') {
                out.push_str(&base);
            }
            out.push('/');
            out.push_str(piece);
        }
        Self(out)
    }

    /// Joins pieces, each of which is safe alone and balanced, since the sanitiser closes
    /// what it opens.
    pub fn join<'a>(pieces: impl IntoIterator<Item = &'a Self>) -> Self {
        Self(pieces.into_iter().map(Self::as_str).collect())
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for SafeHtml {}

impl askama::FastWritable for SafeHtml {
    fn write_into(
        &self,
        dest: &mut dyn fmt::Write,
        _values: &dyn askama::Values,
    ) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

/// Makes any HTML safe. What is not on the list of tags and attributes goes, its words stay;
/// addresses must be `http`, `https`, `mailto` or relative; every link gets
/// `rel="noopener nofollow"`. Idempotent.
///
/// Markup nested deeper than 256 elements loses its tags and keeps its words (HARDENING L8),
/// because the time to build such a tree grows with the square of its depth.
pub fn sanitise(html: &str) -> SafeHtml {
    clean(&SANITISER, html)
}

/// The same for HTML in which the program has marked sentences: ids, classes and data of sentences
/// pass too, see `formats/script/mark.rs`. What is given here must not hold markup that somebody
/// typed, or he could set them. Links to places of the same page, which is what sentences are, get
/// no `rel`.
pub fn sanitise_with_sentences(html: &str) -> SafeHtml {
    let clean = clean(&WITH_SENTENCES, html);
    // A page of thousands of sentences would say it thousands of times of its own words.
    let is_at_home = |tag: &str| tag.contains(" href=\"?") || tag.contains(" href=\"#");
    SafeHtml(without_rel(&clean.0, is_at_home))
}

/// Takes `rel` from links for which `is_needless` holds, given what stands in their tag.
fn without_rel(html: &str, is_needless: impl Fn(&str) -> bool) -> String {
    const TAG: &str = "<a ";
    let rel = format!(" rel=\"{REL}\"");
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // The serialiser escapes `<` and `>` in text and in attributes.
    while let Some(at) = rest.find(TAG) {
        let end = rest[at..]
            .find('>')
            .map_or(rest.len(), |length| at + length);
        let tag = &rest[at..end];
        out.push_str(&rest[..at]);
        if is_needless(tag) {
            out.push_str(&tag.replacen(&rel, "", 1));
        } else {
            out.push_str(tag);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn clean(sanitiser: &Builder<'_>, html: &str) -> SafeHtml {
    if depth::is_too_deep(html) {
        // No `<` is left, so this parses as flat text and only settles the entities.
        return SafeHtml(sanitiser.clean(&depth::without_tags(html)).to_string());
    }
    let clean = sanitiser.clean(html).to_string();
    // HTML wants no `rel` where the address was taken away.
    let leads_nowhere = |tag: &str| !tag.contains(" href=\"");
    if clean.contains("<a rel=") || clean.contains("<a title=") {
        return SafeHtml(without_rel(&clean, leads_nowhere));
    }
    SafeHtml(clean)
}

/// Plain text as HTML: what has a meaning in HTML is escaped.
pub fn text_to_html(text: &str) -> SafeHtml {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            c => out.push(c),
        }
    }
    SafeHtml(out)
}

/// The words of any HTML, without markup: one line per paragraph, item, heading or `br`, no
/// empty lines. The result is text and must be escaped like any other.
pub fn plain_text(html: &str) -> String {
    let safe = sanitise(html);
    let mut out = String::with_capacity(safe.0.len());
    let mut rest = safe.0.as_str();
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            // The serialiser escapes `<` and `>` in attributes, so the first `>` ends the tag.
            let end = rest.find('>').map_or(rest.len(), |e| e + 1);
            if is_block(&rest[..end]) {
                out.push('\n');
            }
            rest = &rest[end..];
        } else {
            let (text, length) = entity(rest);
            out.push_str(text);
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
    lines(&out)
}

/// Trims every line and drops the empty ones.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}

fn is_block(tag: &str) -> bool {
    let name = tag
        .trim_start_matches(['<', '/'])
        .split([' ', '>', '/'])
        .next()
        .unwrap_or_default();
    matches!(
        name,
        "p" | "br" | "hr" | "pre" | "blockquote" | "h2" | "h3" | "h4" | "ul" | "ol" | "li"
    )
}

/// The character that an entity at the start of the text stands for, and the entity's length;
/// these are all that the serialiser and [`text_to_html`] write.
fn entity(text: &str) -> (&'static str, usize) {
    const KNOWN: [(&str, &str); 6] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
    ];
    KNOWN
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map_or(("&", 1), |(name, c)| (*c, name.len()))
}

/// Whether XML 1.0 allows the character (section 2.2).
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{FFFD}' | '\u{10000}'..) && c != '\u{FFFE}'
}

/// Whether every character may stand in XML 1.0; `\r` counts as not, since a parser reads it
/// as a line end and so changes the text.
fn is_xml_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let control = |b: &u8| *b < 0x20 && *b != b'\n' && *b != b'\t';
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    !bytes.iter().any(control)
        && (!bytes.contains(&0xEF)
            || !bytes
                .windows(3)
                .any(|w| w[0] == 0xEF && w[1] == 0xBF && w[2] >= 0xBE))
}

/// The text without the characters that XML 1.0 does not allow, line ends as `\n`
/// (HARDENING O3). Escaping is left to the XML writer.
pub fn xml_text(text: &str) -> String {
    if is_xml_text(text) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| is_xml_char(*c))
        .collect()
}

/// [`xml_text`] of an owned text, which is given back as it is when nothing is wrong with it.
pub fn xml_string(text: String) -> String {
    if is_xml_text(&text) {
        text
    } else {
        xml_text(&text)
    }
}

/// The longest address taken by [`safe_link`], in characters as written.
pub const LINK_CHARS: usize = 2000;

/// An address that someone entered, when it is one of `http` or `https`, in the form that
/// parsing gives it (HARDENING O2): non-ASCII parts are encoded, so `javascript:` in any
/// disguise, user names and white space do not get through.
pub fn safe_link(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LINK_CHARS {
        return None;
    }
    let url = url::Url::parse(text).ok()?;
    let good = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|h| !h.is_empty())
        && url.username().is_empty()
        && url.password().is_none();
    good.then(|| url.into())
}

#[cfg(test)]
mod tests;
