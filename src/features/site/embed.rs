//! A post in other sites' pages.
use super::address::with_query;
use super::fill::{Reader, cover, summary};
use super::span::{self, Passage, Wish};
use super::text::heard;
use super::views::{EmbedCode, EmbedPage, EmbedSentence, FeedLink, Link};
use crate::features::posts::PublicPost;
use crate::features::show::Show;
use crate::formats::oembed::{OEmbed, Thumbnail};
use crate::formats::script::Heard;
use crate::formats::transcript::{Line, Span, Transcript};
use crate::kernel::time::seconds_text;
use crate::kernel::urls;
use crate::kernel::{Error, Result};
use crate::web::assets;

/// The frame's size in pixels, unless the other site has less room.
const WIDTH_PX: u32 = 600;
const HEIGHT_PX: u32 = 300;
const CARD_HEIGHT_PX: u32 = 240;
/// Sides of the pictures that are there, the best first.
const PICTURES_PX: [u32; 2] = [600, 300];
/// How long other sites may keep what they were told, in seconds.
const CACHE_AGE_S: u32 = 3600;

/// The room that another site has, in pixels; `None` is as much as one likes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Room {
    pub width: Option<u32>,
    pub height: Option<u32>,
}

impl Reader {
    /// Where other sites learn how to show the page at this address.
    pub(super) fn oembed_links(&self, title: &str, page: &str) -> [FeedLink; 2] {
        let link = |is_xml, media_type| FeedLink {
            title: title.to_owned(),
            url: self.base.join(&urls::oembed(page, is_xml)),
            media_type,
        };
        [
            link(false, "application/json+oembed"),
            link(true, "text/xml+oembed"),
        ]
    }

    /// The passage of a post that a wish means, if the post has it.
    pub(super) fn embed_passage(
        post: &PublicPost,
        transcript: &Transcript,
        wish: &Wish,
    ) -> Option<Passage> {
        let spoken = |line: &Line| seconds_of(line).map(|(span, _)| (span.start_ms, span.end_ms));
        let is_heard = post.recording.is_some();
        let lines = transcript.lines.iter();
        let spoken: Vec<_> = lines
            .map(|line| (line.id.as_str(), spoken(line).filter(|_| is_heard)))
            .collect();
        let duration = post.recording.as_ref().map(|r| r.duration_ms);
        span::passage(&spoken, duration, wish)
    }

    /// The small player of an episode, or the card of a text; of a passage of it, if there is one.
    pub(super) fn embed_page(
        &self,
        show: &Show,
        post: &PublicPost,
        transcript: &Transcript,
        passage: Option<&Passage>,
    ) -> EmbedPage {
        let content = &post.content;
        let (mut audio, lines) = (self.audio(post), transcript.lines.as_slice());
        let quoted = passage.and_then(|p| p.sentences);
        let quoted = quoted.map(|(first, last)| &lines[first..=last]);
        let sentence = |line: &Line| self.embed_sentence(post, line);
        let paragraphs = quoted
            .unwrap_or_default()
            .chunk_by(|a, b| a.block == b.block);
        let quote = paragraphs.map(|lines| lines.iter().map(sentence).collect());
        let quote: Vec<Vec<EmbedSentence>> = quote.collect();
        let mut sentences = Vec::new();
        if passage.is_none() && audio.is_some() {
            sentences.extend(lines.iter().map(sentence).filter(|s| s.seconds.is_some()));
        }
        let whole = match &audio {
            Some(audio) => audio.duration_text.clone(),
            None => self.reading_time(content),
        };
        let length = match passage {
            Some(passage) if audio.is_some() => passage.clock(),
            Some(_) => String::new(),
            None => whole,
        };
        let page = urls::post(show.address(), &post.slug);
        let canonical = self.base.join(&page);
        let mut url = canonical.clone();
        if let Some(passage) = passage {
            let place = quoted.and_then(<[Line]>::first);
            let place = place.map_or_else(String::new, |line| urls::sentence_place(&line.id));
            url = with_query(&url, &passage.query) + &place;
            if let (Some(audio), Some(fragment)) = (&mut audio, passage.fragment()) {
                audio.url = format!("{}#t={fragment}", audio.url);
            }
        }
        EmbedPage {
            ui: self.ui,
            canonical,
            post: Link {
                title: content.title.clone(),
                url,
            },
            lang: content.language.clone(),
            show: self.show_link(show),
            show_lang: show.draft.language.as_str().to_owned(),
            cover: cover(content.cover_hash.as_ref().unwrap_or(&show.cover_hash)),
            length,
            audio,
            quote,
            sentences,
            summary: summary(content),
            css_url: assets::url("embed.css"),
            js_url: assets::url("embed.js"),
        }
    }

    fn embed_sentence(&self, post: &PublicPost, line: &Line) -> EmbedSentence {
        let heard = seconds_of(line).filter(|_| post.recording.is_some());
        EmbedSentence {
            text: line.text.clone(),
            url: urls::short_sentence(&post.id, self.named(), &line.id),
            seconds: heard.map(|(span, _)| seconds(span)),
            is_about: heard.is_some_and(|(_, is_about)| is_about),
        }
    }

    /// What another site with so much room is told of a post, or of the passage of it that its
    /// address names.
    ///
    /// # Errors
    /// `Internal`, if the element can't be printed.
    pub(super) fn oembed(
        &self,
        show: &Show,
        post: &PublicPost,
        wish: Option<&Wish>,
        room: Room,
    ) -> Result<OEmbed> {
        let height = match post.recording {
            Some(_) => HEIGHT_PX,
            None => CARD_HEIGHT_PX,
        };
        let within = |size: u32, most: Option<u32>| most.map_or(size, |most| size.min(most));
        let (width, height) = (within(WIDTH_PX, room.width), within(height, room.height));
        let passage = wish.map(Wish::query);
        let code = EmbedCode {
            url: self.base.join(&urls::embed(&post.id, passage.as_deref())),
            title: post.content.title.clone(),
            width,
            height,
        };
        let picture = post.content.cover_hash.as_ref().unwrap_or(&show.cover_hash);
        let fits =
            |side: &u32| within(*side, room.width) == *side && within(*side, room.height) == *side;
        let thumbnail = PICTURES_PX.into_iter().find(|side| fits(side));
        Ok(OEmbed {
            title: post.content.title.clone(),
            author_name: show.draft.author.clone(),
            provider_name: show.draft.title.clone(),
            provider_url: self.base.join(&urls::show(show.address())),
            cache_age: CACHE_AGE_S,
            html: askama::Template::render(&code).map_err(|e| Error::Internal(e.into()))?,
            width,
            height,
            thumbnail: thumbnail.map(|side| Thumbnail {
                thumbnail_url: self.base.join(&urls::cover(picture, side)),
                thumbnail_width: side,
                thumbnail_height: side,
            }),
            ..OEmbed::rich()
        })
    }
}

/// When a sentence is heard, and whether that is an estimate.
fn seconds_of(line: &Line) -> Option<(Span, bool)> {
    match heard(&line.times) {
        Heard::At(span) => Some((span, false)),
        Heard::About(span) => Some((span, true)),
        Heard::Never | Heard::Untold => None,
    }
}

fn seconds(span: Span) -> String {
    let (start, end) = (seconds_text(span.start_ms), seconds_text(span.end_ms));
    format!("{start}-{end}")
}
