//! What the items of a show's feeds have in common, and how a post becomes one of them.
use std::hash::{Hash, Hasher};

use super::texts::{Depth, texts};
use super::trailers;
use crate::features::posts::{EpisodeType, Listed, PublicPost, PublicRecording};
use crate::features::show::{FeedText, Show};
use crate::features::transcripts::FileForm;
use crate::formats::audio::AudioKind;
use crate::formats::podcast::checks::prefixed;
use crate::formats::podcast::{self, Alternate, Enclosure, Item, Transcript};
use crate::kernel::ids::PostId;
use crate::kernel::language::{Language, UiLanguage};
use crate::kernel::urls::{self, BaseUrl};
use crate::web::rendered::joined::{Fnv, Part, Place};
use crate::web::ui::Ui;

/// The cover that items name, in pixels a side: every cover has this size.
pub const COVER_PX: u32 = 1400;

/// Everything that an item depends on besides its post.
pub struct Scene {
    pub base: BaseUrl,
    pub show: Show,
    depth: Depth,
    /// Changes whenever the items of all posts may.
    pub stamp: u64,
}

impl Scene {
    /// The items of the podcast feed.
    pub fn of_episodes(base: &BaseUrl, show: Show) -> Self {
        let depth = match show.draft.details.feed_text {
            FeedText::Notes => Depth::Notes,
            FeedText::Full => Depth::FullText,
        };
        Self::new(base, show, depth)
    }

    /// The items of the feed of everything.
    pub fn of_posts(base: &BaseUrl, show: Show) -> Self {
        Self::new(base, show, Depth::FullText)
    }

    fn new(base: &BaseUrl, show: Show, depth: Depth) -> Self {
        let mut stamp = Fnv::default();
        let draft = &show.draft;
        (base.as_str(), show.address(), &show.cover_hash).hash(&mut stamp);
        (draft.explicit, draft.language.as_str()).hash(&mut stamp);
        (&draft.details.enclosure_prefix, &draft.details.cover_alt).hash(&mut stamp);
        (depth == Depth::FullText).hash(&mut stamp);
        Self {
            base: base.clone(),
            stamp: stamp.finish(),
            show,
            depth,
        }
    }

    /// Whether items hold the script.
    pub fn wants_scripts(&self) -> bool {
        self.depth == Depth::FullText
    }

    /// Changes whenever the item of a post may.
    pub fn stamp_of(&self, post: &Listed) -> u64 {
        let mut stamp = Fnv::default();
        (self.stamp, post).hash(&mut stamp);
        stamp.finish()
    }

    /// A post as a part of the document.
    pub fn part(&self, post: &PublicPost) -> Part {
        let item = self.item(post);
        Part {
            place: Place {
                at: post.first_public_at.0,
                id: post.id.as_str().to_owned(),
            },
            stamp: self.stamp_of(&post.into()),
            bytes: podcast::item(&item).into(),
            note: trailers::note(&item, post),
        }
    }

    /// A post as an item.
    pub fn item(&self, post: &PublicPost) -> Item {
        let (content, details) = (&post.content, &post.content.details);
        let show = &self.show.draft;
        let texts = texts(post, self.depth, &self.base);
        let cover = content.cover_hash.as_ref().unwrap_or(&self.show.cover_hash);
        let own_cover = content.cover_hash.is_some();
        let link = self.base.join(&urls::post(self.show.address(), &post.slug));
        let recording = post.recording.as_ref();
        let has_script = !content.script.trim().is_empty();
        Item {
            title: content.title.clone(),
            language: content.language.clone(),
            guid: post.guid.clone(),
            published_at: post.first_public_at,
            changed_at: Some(post.changed_at),
            summary: texts.summary,
            content: texts.html,
            enclosure: recording.map(|r| self.enclosure(&post.id, r)),
            image_url: Some(self.base.join(&urls::cover(cover, COVER_PX))),
            image_alt: if own_cover {
                details.cover_alt.clone()
            } else {
                show.details.cover_alt.clone()
            },
            explicit: content.explicit.unwrap_or(show.explicit),
            season: content.season,
            season_name: details.season_name.clone(),
            episode: content.episode,
            episode_display: details.episode_display.clone(),
            episode_type: content.episode_type.as_str(),
            // The script as a file is its transcript, once there is something to hear.
            transcripts: if recording.is_some() && has_script {
                self.transcripts(post)
            } else {
                Vec::new()
            },
            chapters_url: recording
                .filter(|r| !r.chapters.is_empty())
                .map(|_| self.base.join(&urls::chapters(&post.id))),
            alternate: recording.and(post.alternate.as_ref()).map(|r| Alternate {
                enclosure: self.enclosure(&post.id, r),
            }),
            content_links: if has_script {
                vec![(link.clone(), read_text(&content.language))]
            } else {
                Vec::new()
            },
            link,
            people: details.people.clone(),
            license: details.license.clone(),
            location: details.location.clone(),
            social: details.social.clone(),
            soundbites: details.soundbites.clone(),
            ai_content: details.ai_content,
            block: details.block,
        }
    }

    /// The files that are there, in the order in which apps should prefer them (FEED 3).
    fn transcripts(&self, post: &PublicPost) -> Vec<Transcript> {
        let forms = FileForm::ALL.into_iter();
        let there = forms.filter(|form| form.is_there(post.transcript.is_timed));
        let tag = |form: FileForm| Transcript {
            url: self.base.join(&urls::transcript(&post.id, form.ending())),
            media_type: form.media_type(),
            language: post.content.language.clone(),
            captions: form.is_captions(),
        };
        there.map(tag).collect()
    }

    fn enclosure(&self, id: &PostId, recording: &PublicRecording) -> Enclosure {
        let url = self.base.join(&urls::audio(id, &recording.kind));
        Enclosure {
            url: prefixed(&self.show.draft.details.enclosure_prefix, &url),
            length_bytes: recording.length_bytes,
            media_type: AudioKind::parse(&recording.kind)
                .map_or("application/octet-stream", AudioKind::media_type),
            duration_ms: recording.duration_ms,
            bitrate_bps: recording.bitrate_bps,
            sha256: data_encoding::HEXLOWER
                .decode(recording.media_hash.as_bytes())
                .ok()
                .and_then(|hash| hash.try_into().ok()),
        }
    }
}

/// What the link to the page says, in the language of the post.
fn read_text(language: &str) -> String {
    let korean = Language::from_db(language.to_owned()).is_korean();
    let ui = Ui::new(if korean {
        UiLanguage::Ko
    } else {
        UiLanguage::En
    });
    ui.t("feed-read-text")
}

/// Whether a post is a taste of the show or of a season.
pub fn is_trailer(post: &PublicPost) -> bool {
    post.content.episode_type == EpisodeType::Trailer && post.recording.is_some()
}
