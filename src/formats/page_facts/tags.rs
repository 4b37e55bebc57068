//! The tags of a page's head that say what it is.
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Blocks of JSON-LD that are kept, and bytes of each.
const MOST_BLOCKS: usize = 8;
const MOST_BLOCK_BYTES: usize = 256 << 10;
/// Bytes of a title that are kept.
const MOST_TITLE_BYTES: usize = 8 << 10;

/// As they stand there, entities resolved; empty is what is missing.
#[derive(Debug, Default)]
pub struct Tags {
    pub title: String,
    pub og_title: String,
    pub twitter_title: String,
    pub site_name: String,
    pub published: String,
    pub dc_publisher: String,
    pub dc_date: String,
    pub json_ld: Vec<String>,
}

/// Reads a page from its beginning to its end.
pub fn read(text: &str) -> Tags {
    let sink = Sink::default();
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.found.into_inner()
}

#[derive(Default)]
struct Sink {
    found: RefCell<Tags>,
    inside: RefCell<Inside>,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Title,
    JsonLd,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag),
            Token::TagToken(_) => {
                self.inside.replace(Inside::Nothing);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                self.text(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Sink {
    fn start(&self, tag: &Tag) -> TokenSinkResult<()> {
        let mut found = self.found.borrow_mut();
        match &*tag.name {
            "meta" => found.meta(tag),
            "title" => {
                // An icon drawn in the page has a title too; the page's is the first.
                if found.title.is_empty() {
                    self.inside.replace(Inside::Title);
                }
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "script" => {
                let is_json = attr(tag, "type").eq_ignore_ascii_case("application/ld+json");
                if is_json && found.json_ld.len() < MOST_BLOCKS {
                    found.json_ld.push(String::new());
                    self.inside.replace(Inside::JsonLd);
                }
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn text(&self, text: &str) {
        let mut found = self.found.borrow_mut();
        match *self.inside.borrow() {
            Inside::Nothing => {}
            Inside::Title if found.title.len() < MOST_TITLE_BYTES => found.title.push_str(text),
            Inside::JsonLd => {
                if let Some(block) = found.json_ld.last_mut()
                    && block.len() + text.len() <= MOST_BLOCK_BYTES
                {
                    block.push_str(text);
                }
            }
            Inside::Title => {}
        }
    }
}

impl Tags {
    fn meta(&mut self, tag: &Tag) {
        let mut name = attr(tag, "property");
        if name.is_empty() {
            name = attr(tag, "name");
        }
        let place = match name.trim().to_ascii_lowercase().as_str() {
            "og:title" => &mut self.og_title,
            "twitter:title" => &mut self.twitter_title,
            "og:site_name" | "application-name" => &mut self.site_name,
            "article:published_time"
            | "article:published"
            | "og:published_time"
            | "datepublished"
            | "pubdate" => &mut self.published,
            "dc.publisher" | "dcterms.publisher" | "citation_publisher" => &mut self.dc_publisher,
            "dc.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "dcterms.issued"
            | "date"
            | "citation_publication_date" => &mut self.dc_date,
            _ => return,
        };
        if place.is_empty() {
            *place = attr(tag, "content").to_owned();
        }
    }
}

fn attr<'t>(tag: &'t Tag, name: &str) -> &'t str {
    let found = tag.attrs.iter().find(|attr| &*attr.name.local == name);
    found.map_or("", |attr| &attr.value)
}
