//! A post in other sites' pages.
use super::fill::{Reader, cover, summary};
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

    /// The small player of an episode, or the card of a text.
    pub(super) fn embed_page(
        &self,
        show: &Show,
        post: &PublicPost,
        transcript: &Transcript,
    ) -> EmbedPage {
        let content = &post.content;
        let audio = self.audio(post);
        let sentences = match audio {
            Some(_) => self.embed_sentences(post, &transcript.lines),
            None => Vec::new(),
        };
        EmbedPage {
            ui: self.ui,
            post: Link {
                title: content.title.clone(),
                url: self.base.join(&urls::post(show.address(), &post.slug)),
            },
            lang: content.language.clone(),
            show: self.show_link(show),
            show_lang: show.draft.language.as_str().to_owned(),
            cover: cover(content.cover_hash.as_ref().unwrap_or(&show.cover_hash)),
            audio,
            sentences,
            summary: summary(content),
            css_url: assets::url("embed.css"),
            js_url: assets::url("embed.js"),
        }
    }

    fn embed_sentences(&self, post: &PublicPost, lines: &[Line]) -> Vec<EmbedSentence> {
        let sentence = |line: &Line| {
            let (span, is_about) = match heard(&line.times) {
                Heard::At(span) => (span, false),
                Heard::About(span) => (span, true),
                Heard::Never | Heard::Untold => return None,
            };
            Some(EmbedSentence {
                text: line.text.clone(),
                url: urls::short_sentence(&post.id, self.named(), &line.id),
                seconds: seconds(span),
                is_about,
            })
        };
        lines.iter().filter_map(sentence).collect()
    }

    /// What another site with so much room is told of a post.
    ///
    /// # Errors
    /// `Internal`, if the element can't be printed.
    pub(super) fn oembed(&self, show: &Show, post: &PublicPost, room: Room) -> Result<OEmbed> {
        let height = match post.recording {
            Some(_) => HEIGHT_PX,
            None => CARD_HEIGHT_PX,
        };
        let within = |size: u32, most: Option<u32>| most.map_or(size, |most| size.min(most));
        let (width, height) = (within(WIDTH_PX, room.width), within(height, room.height));
        let code = EmbedCode {
            url: self.base.join(&urls::embed(&post.id)),
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

fn seconds(span: Span) -> String {
    let (start, end) = (seconds_text(span.start_ms), seconds_text(span.end_ms));
    format!("{start}-{end}")
}
