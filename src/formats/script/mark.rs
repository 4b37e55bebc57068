//! How a page marks a sentence: the tags around its words.
use super::Sentence;
use crate::formats::html::text_to_html;
use crate::formats::transcript::Span;
use crate::kernel::ids::SentenceId;
use crate::kernel::time::seconds_text;

/// What readers are told of when a sentence is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heard {
    /// Nothing.
    #[default]
    Untold,
    /// The very seconds.
    At(Span),
    /// About when: the seconds are an estimate.
    About(Span),
    /// That it stands in the text alone.
    Never,
}

/// Speech that the script does not have, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapMark {
    /// When it is heard.
    pub span: Span,
    /// The address of that second; begins with `?`.
    pub href: String,
    /// What is said of it, plain text.
    pub words: String,
}

/// The number of a reference at the sentence that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteMark {
    /// From 1; its card on the page has the id `r-{number}`.
    pub number: usize,
    /// Names it to who hears the page, plain text.
    pub words: String,
}

/// A sentence as a page marks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The sentence's id.
    pub id: &'a SentenceId,
    /// Its words, by which it is found in the script.
    pub text: &'a str,
    /// Its own address, which begins with `?`; without one it is no link.
    pub href: Option<String>,
    /// When it is heard.
    pub heard: Heard,
    /// What is heard before it.
    pub before: Vec<GapMark>,
    /// The references that belong to it.
    pub notes: Vec<NoteMark>,
    /// What is heard after it.
    pub after: Vec<GapMark>,
}

/// Where the page says in its own language what is meant, for sentences whose text has another.
const ABOUT_PLACE: &str = "heard-about";
const NEVER_PLACE: &str = "heard-never";

/// Words of the interface that stand in the text.
#[derive(Debug, Clone, Default)]
pub struct MarkWords {
    /// Names the link to a sentence that holds links of its own.
    pub here: String,
    /// Says of a sentence that its seconds are an estimate.
    pub about: String,
    /// Says of a sentence that it is not heard.
    pub unspoken: String,
    /// `ko` or `en`, if the text has another language than these words.
    pub lang: Option<&'static str>,
}

impl<'a> Mark<'a> {
    /// An element with the id of the sentence, and nothing else.
    pub fn bare(sentence: &'a Sentence) -> Self {
        Self {
            id: &sentence.id,
            text: &sentence.text,
            href: None,
            heard: Heard::Untold,
            before: Vec::new(),
            notes: Vec::new(),
            after: Vec::new(),
        }
    }

    /// What is written before and behind the words, for the sanitiser that knows sentences.
    pub(super) fn tags(&self, has_links: bool, words: &MarkWords) -> (String, String) {
        let mut open: String = self
            .before
            .iter()
            .map(|gap| gap.html(words) + " ")
            .collect();
        let id = self.id;
        let mut close = match &self.href {
            Some(href) if !has_links => {
                let facts = self.heard.attributes(words);
                open += &format!(
                    "<a class=\"s\" id=\"s-{id}\" href=\"{}\"{facts}>",
                    text_to_html(href)
                );
                "</a>".to_owned()
            }
            href => {
                // Nobody is told what describes it: it is no control. Its link says it.
                let facts = self.heard.seconds();
                open += &format!("<span class=\"s\" id=\"s-{id}\"{facts}>");
                let mut close = "</span>".to_owned();
                if let Some(href) = href {
                    let described = self.heard.place().map(described).unwrap_or_default();
                    close += &format!(
                        "<a class=\"s-at\" href=\"{}\" aria-label=\"{}\"{}{described}></a>",
                        text_to_html(href),
                        text_to_html(&words.here),
                        words.language(),
                    );
                }
                close
            }
        };
        for note in &self.notes {
            close += &note.html(words);
        }
        for gap in &self.after {
            close.push(' ');
            close += &gap.html(words);
        }
        (open, close)
    }
}

impl MarkWords {
    fn language(&self) -> String {
        let attribute = |lang| format!(" lang=\"{lang}\"");
        self.lang.map(attribute).unwrap_or_default()
    }
}

impl NoteMark {
    fn html(&self, words: &MarkWords) -> String {
        let number = self.number;
        format!(
            "<sup class=\"ref\"><a id=\"ref-{number}\" href=\"#r-{number}\" \
             aria-label=\"{}\"{}>{number}</a></sup>",
            text_to_html(&self.words),
            words.language(),
        )
    }
}

impl GapMark {
    fn html(&self, words: &MarkWords) -> String {
        format!(
            "<a class=\"gap\" href=\"{}\" data-t=\"{}\"{}>{}</a>",
            text_to_html(&self.href),
            span_text(self.span),
            words.language(),
            text_to_html(&self.words),
        )
    }
}

impl Heard {
    /// The seconds, and what kind of time that is.
    fn seconds(self) -> String {
        match self {
            Self::Untold => String::new(),
            Self::At(span) => format!(" data-t=\"{}\"", span_text(span)),
            Self::About(span) => format!(" data-t=\"{}\" data-x=\"about\"", span_text(span)),
            Self::Never => " data-x=\"unspoken\"".to_owned(),
        }
    }

    /// Where the page says what is special about it.
    fn place(self) -> Option<&'static str> {
        match self {
            Self::Untold | Self::At(_) => None,
            Self::About(_) => Some(ABOUT_PLACE),
            Self::Never => Some(NEVER_PLACE),
        }
    }

    /// The same, and in words what is special about it. A title has the language of its element,
    /// which is the text's; where the words have another, they stand elsewhere on the page.
    fn attributes(self, words: &MarkWords) -> String {
        let said = match self {
            Self::Untold | Self::At(_) => "",
            Self::About(_) => &words.about,
            Self::Never => &words.unspoken,
        };
        let title = match (words.lang, self.place()) {
            (Some(_), Some(place)) => described(place),
            (None, Some(_)) if !said.is_empty() => format!(" title=\"{}\"", text_to_html(said)),
            _ => String::new(),
        };
        self.seconds() + &title
    }
}

fn described(place: &str) -> String {
    format!(" aria-describedby=\"{place}\"")
}

/// `12.34-15.2`: seconds.
fn span_text(span: Span) -> String {
    format!(
        "{}-{}",
        seconds_text(span.start_ms),
        seconds_text(span.end_ms)
    )
}
