//! The page with a passage marked: its sentences, its sound, a box with its words at the top, and
//! a preview card of its own.
use std::ops::Range;

use askama::Template;

use super::Passage;
use super::scan::{Found, PageText, attribute, tag};
use crate::features::cards::MOST_SENTENCES;
use crate::features::site::fill::Reader;
use crate::formats::html::{plain_text, text_to_html};
use crate::formats::script::excerpt;
use crate::kernel::ids::PostId;
use crate::kernel::time::seconds_text;
use crate::kernel::urls;
use crate::kernel::{Error, Result};
use crate::web::ui::Ui;

/// Most bytes of the words in the box: some 200 Korean syllables.
const BOX_BYTES: usize = 600;
/// Most bytes of the words in a card's text and in its title.
const CARD_BYTES: usize = 280;
const TITLE_BYTES: usize = 110;
/// As much of a passage as an excerpt can come from.
const SOURCE_BYTES: usize = 4_000;

/// The box above the text.
#[derive(Template)]
#[template(path = "site/quote.html")]
struct QuoteBox {
    ui: Ui,
    /// The text's language.
    lang: String,
    /// May be empty.
    words: String,
    author: String,
    title: String,
    /// `0:31–0:45`, or nothing.
    time: String,
    /// Where the passage stands in the text.
    place: Option<String>,
    /// The page without a passage.
    whole: String,
}

/// What takes the place of a piece of the page.
type Edit = (Range<usize>, String);

impl PageText<'_> {
    /// The page with a passage of it marked. `path` is the page's own address, with the language
    /// if it names one.
    ///
    /// # Errors
    /// `Internal`, if the box could not be printed.
    pub fn mark(&self, passage: &Passage, reader: &Reader, path: &str) -> Result<String> {
        let mut edits: Vec<Edit> = Vec::new();
        let mut add = |at: usize, text: String| edits.push((at..at, text));
        let quoted = passage
            .sentences
            .map_or(&[][..], |(first, last)| &self.sentences[first..=last]);
        for sentence in quoted {
            add(sentence.tag_at, " aria-current=\"true\"".to_owned());
        }
        let ends = quoted.first().zip(quoted.last());
        if let (Some((first, last)), Some(article)) =
            (ends, tag(self.html, "<article class=\"post\""))
        {
            let span = format!(" data-span=\"{}-{}\"", first.id, last.id);
            add(article.end, span);
        }
        if let (Some((audio, _)), Some((from, to))) = (&self.audio, passage.sound) {
            add(audio.end, sound(from, to));
            let src = attribute(self.html, audio, "src");
            if let (Some(src), Some(fragment)) = (src, passage.fragment()) {
                add(src.end, format!("#t={fragment}"));
            }
        }
        let words = words_of(quoted);
        let facts = Facts::read(self.html);
        if let Some(columns) = self.html.find("<piece-columns") {
            let quote = QuoteBox {
                ui: reader.ui,
                lang: facts.lang.clone(),
                words: excerpt(&words, BOX_BYTES),
                author: facts.author.clone(),
                title: facts.title.clone(),
                time: passage.clock(),
                place: ends.map(|(first, _)| urls::sentence_place(&first.id())),
                whole: path.to_owned(),
            };
            add(
                columns,
                quote.render().map_err(|e| Error::Internal(e.into()))?,
            );
        }
        self.carry(passage, &mut edits);
        self.embedding(passage, reader, &facts, &mut edits);
        self.card(passage, reader, &words, &facts, &mut edits);
        Ok(edited(self.html, edits))
    }

    /// The links to the other language keep the passage.
    fn carry(&self, passage: &Passage, edits: &mut Vec<Edit>) {
        let Some(from) = self.html.find("<nav class=\"languages\"") else {
            return;
        };
        let end = self.html[from..]
            .find("</nav>")
            .map_or(from, |at| from + at);
        let nav = &self.html[from..end];
        for (at, _) in nav.match_indices(" href=\"") {
            let value_at = at + " href=\"".len();
            if let Some(length) = nav[value_at..].find('"') {
                let at = from + value_at + length;
                edits.push((at..at, format!("&amp;{}", passage.query)));
            }
        }
    }

    /// Other sites are told how to show the passage, not the whole.
    fn embedding(&self, passage: &Passage, reader: &Reader, facts: &Facts, edits: &mut Vec<Edit>) {
        let own = format!("{}?{}", facts.canonical, passage.query);
        for (kind, is_xml) in [
            ("application/json+oembed", false),
            ("text/xml+oembed", true),
        ] {
            let start = format!("<link rel=\"alternate\" type=\"{kind}\"");
            let link = tag(self.html, &start);
            if let Some(old) = link.and_then(|link| attribute(self.html, &link, "href")) {
                let address = reader.base.join(&urls::oembed(&own, is_xml));
                edits.push((old, text_to_html(&address).into_string()));
            }
        }
    }

    /// What other sites show of this address.
    fn card(
        &self,
        passage: &Passage,
        reader: &Reader,
        words: &str,
        facts: &Facts,
        edits: &mut Vec<Edit>,
    ) {
        let Some((first, last)) = passage.sentences else {
            return;
        };
        // A longer one keeps the card of the post.
        let has_card = last - first < MOST_SENTENCES;
        let (first, last) = (&self.sentences[first], &self.sentences[last]);
        let picture = urls::quote_card(&facts.post, &first.id(), &last.id());
        let picture = reader.base.join(&picture);
        let short = excerpt(words, TITLE_BYTES);
        let title = reader.ui.t2(
            "site-quote-title",
            ("words", &short),
            ("title", &facts.title),
        );
        let text = excerpt(words, CARD_BYTES);
        let own = format!("{}?{}", facts.canonical, passage.query);
        let end = self.html.find("</head>").unwrap_or(0);
        let head = &self.html[..end];
        for (at, _) in head.match_indices("<meta ") {
            let Some(length) = head[at..].find('>') else {
                continue;
            };
            let meta = at..at + length;
            let of = |name| attribute(head, &meta, name);
            let name = of("property").or_else(|| of("name"));
            let value = match name.map_or("", |name| &head[name]) {
                "og:title" | "twitter:title" => &title,
                "description" | "og:description" | "twitter:description" => &text,
                "og:url" => &own,
                "og:image" | "og:image:secure_url" | "twitter:image" if has_card => &picture,
                "og:image:alt" | "twitter:image:alt" if has_card => &text,
                "twitter:card" => "summary_large_image",
                _ => continue,
            };
            if let Some(old) = of("content") {
                edits.push((old, text_to_html(value).into_string()));
            }
        }
    }
}

/// ` data-from="12.34" data-to="20.1"`.
fn sound(from_ms: u64, to_ms: Option<u64>) -> String {
    let to = to_ms.map_or_else(String::new, |ms| {
        format!(" data-to=\"{}\"", seconds_text(ms))
    });
    format!(" data-from=\"{}\"{to}", seconds_text(from_ms))
}

/// The words of sentences in one line, as far as an excerpt needs them.
fn words_of(sentences: &[Found]) -> String {
    let mut words = String::new();
    for sentence in sentences {
        if words.len() > SOURCE_BYTES {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&plain_text(sentence.html).replace('\n', " "));
    }
    words
}

/// What the page says of itself.
struct Facts {
    post: PostId,
    lang: String,
    title: String,
    author: String,
    canonical: String,
}

impl Facts {
    fn read(html: &str) -> Self {
        let inside = |start: &str, end: &str| {
            let at = tag(html, start)?.end + 1;
            let length = html[at..].find(end)?;
            Some(plain_text(&html[at..at + length]))
        };
        let of = |start: &str, name: &str| {
            let tag = tag(html, start)?;
            attribute(html, &tag, name).map(|value| plain_text(&html[value]))
        };
        let article = "<article class=\"post\"";
        Self {
            post: PostId::from_db(of(article, "data-post").unwrap_or_default()),
            lang: of(article, "lang").unwrap_or_default(),
            title: inside("<h1 class=\"post-title\"", "</h1>").unwrap_or_default(),
            author: inside("<span class=\"meta-item byline-author\"", "</span>")
                .unwrap_or_default(),
            canonical: of("<link rel=\"canonical\"", "href").unwrap_or_default(),
        }
    }
}

fn edited(html: &str, mut edits: Vec<Edit>) -> String {
    // A stable sort: what stands at the same place keeps its order.
    edits.sort_by_key(|(range, _)| range.start);
    let more: usize = edits.iter().map(|(_, text)| text.len()).sum();
    let mut out = String::with_capacity(html.len() + more);
    let mut at = 0;
    for (range, text) in edits {
        out.push_str(&html[at..range.start]);
        out.push_str(&text);
        at = range.end;
    }
    out.push_str(&html[at..]);
    out
}
