//! From shows and posts to what the pages print.
use super::address::with_query;
use super::references;
use super::views::{
    AudioView, CoverView, DateView, FeedLink, Feeds, FileLink, Frame, KindView, Link,
    NeighbourView, Paging, PostCard, PostPage, RelatedView, ShowCard, ShowList, ShowPage,
    episode_label,
};
use crate::features::posts::{Content, Neighbour, PublicPost, RelatedPost};
use crate::features::show::Show;
use crate::features::transcripts::FileForm;
use crate::formats::audio::AudioKind;
use crate::formats::script;
use crate::formats::transcript::Transcript;
use crate::kernel::Message;
use crate::kernel::language::Language;
use crate::kernel::time::Instant;
use crate::kernel::urls::{self, BaseUrl};
use crate::web::filters;
use crate::web::ui::Ui;

/// Posts of one page of a show.
pub const POSTS_PER_PAGE: u32 = 20;
/// Length of a summary in bytes: some 90 Korean syllables, two lines of a card.
const SUMMARY_BYTES: usize = 280;
/// As much of a script as a summary can come from.
const SUMMARY_SOURCE_CHARS: usize = 800;
/// The picture of a preview card, in pixels.
const CARD_COVER_PX: u32 = 1400;
/// The icon on a telephone's home screen, in pixels: the smallest cover, more than any asks for.
const TOUCH_ICON_PX: u32 = 300;
const RSS: &str = "application/rss+xml";

/// The older and the newer post.
pub type Neighbours = (Option<Neighbour>, Option<Neighbour>);

/// For whom a page is made: the site, and the language of its interface.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Base of absolute addresses.
    pub base: BaseUrl,
    /// The interface.
    pub ui: Ui,
    /// Whether the address named the language: then the page's links name it too.
    pub explicit: bool,
}

impl Reader {
    /// A link to another page of the site.
    fn link(&self, path: String) -> String {
        if self.explicit {
            with_query(&path, &format!("ui={}", self.ui.lang.code()))
        } else {
            path
        }
    }

    pub(super) fn show_link(&self, show: &Show) -> Link {
        Link {
            title: show.draft.title.clone(),
            url: self.link(urls::show(show.address())),
        }
    }

    fn neighbour(&self, show: &Show, post: Neighbour) -> NeighbourView {
        NeighbourView {
            title: post.title,
            url: self.link(urls::post(show.address(), &post.slug)),
            lang: post.language,
        }
    }

    fn feeds(&self, show: &Show) -> Feeds {
        Feeds {
            podcast: self.base.join(&urls::podcast_feed(show.address())),
            posts: self.base.join(&urls::posts_feed(show.address())),
            apps: Vec::new(),
        }
    }

    fn feed_links(&self, show: &Show) -> Vec<FeedLink> {
        let feeds = self.feeds(show);
        let title = |key| format!("{} · {}", show.draft.title, self.ui.t(key));
        vec![
            FeedLink {
                title: title("site-feed-podcast"),
                url: feeds.podcast,
                media_type: RSS,
            },
            FeedLink {
                title: title("site-feed-posts"),
                url: feeds.posts,
                media_type: RSS,
            },
        ]
    }

    pub(super) fn date(&self, at: Instant, show: &Show) -> DateView {
        DateView {
            iso: at.rfc3339(),
            human: filters::human_date(at, &show.draft.time_zone, self.ui),
        }
    }

    fn kind(&self, post: &PublicPost) -> KindView {
        match &post.recording {
            Some(recording) => {
                KindView::Audio(filters::audio_length(recording.duration_ms, self.ui))
            }
            None => KindView::Text(self.reading_time(&post.content)),
        }
    }

    /// Empty without a text.
    pub(super) fn reading_time(&self, content: &Content) -> String {
        let minutes = content.reading_minutes();
        minutes.map_or_else(String::new, |n| filters::reading_time(n, self.ui))
    }

    fn episode(&self, content: &Content) -> Option<String> {
        let number = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok());
        episode_label(self.ui, number(content.season), number(content.episode))
    }

    fn card(&self, show: &Show, post: &PublicPost) -> PostCard {
        let content = &post.content;
        PostCard {
            title: content.title.clone(),
            url: self.link(urls::post(show.address(), &post.slug)),
            lang: content.language.clone(),
            date: self.date(post.first_public_at, show),
            kind: self.kind(post),
            summary: summary(content),
            cover: content.cover_hash.as_deref().map(cover),
            episode: self.episode(content),
        }
    }

    /// A page of a show, without the apps in which it is subscribed to. `path` is the path and query that the page stands under; `page` counts
    /// from 1 and `total` posts are listed in all.
    pub fn show_page(
        &self,
        show: &Show,
        posts: &[PublicPost],
        path: &str,
        page: u32,
        total: u32,
    ) -> ShowPage {
        let draft = &show.draft;
        let canonical = self.base.join(&urls::show_page(show.address(), page));
        let site = self.show_link(show);
        let mut frame = Frame::new(self.ui, draft.title.clone(), canonical, site, path);
        frame.description.clone_from(&draft.description);
        frame.touch_icon = Some(urls::cover(&show.cover_hash, TOUCH_ICON_PX));
        frame.og.image = Some(self.card_image(&show.cover_hash));
        frame.og.image_alt.clone_from(&draft.title);
        frame.feeds = self.feed_links(show);
        let at = |n: u32| self.link(urls::show_page(show.address(), n));
        ShowPage {
            ui: self.ui,
            frame,
            lang: draft.language.as_str().to_owned(),
            title: draft.title.clone(),
            description: draft.description.clone(),
            author: draft.author.clone(),
            cover: Some(cover(&show.cover_hash)),
            posts: posts.iter().map(|p| self.card(show, p)).collect(),
            paging: Paging {
                page,
                total: pages(total),
                newer: (page > 1).then(|| at(page - 1)),
                older: (page < pages(total)).then(|| at(page + 1)),
            },
            feeds: self.feeds(show),
        }
    }

    /// The list of shows, or the page of a site without any.
    pub fn show_list(&self, shows: &[Show]) -> ShowList {
        let site = Link {
            title: "Daebon".to_owned(),
            url: self.link(urls::home()),
        };
        let home = urls::home();
        let canonical = self.base.join(&home);
        let title = self.ui.t("site-shows");
        let cards = shows.iter().map(|show| ShowCard {
            title: show.draft.title.clone(),
            url: self.link(urls::show(show.address())),
            lang: show.draft.language.as_str().to_owned(),
            description: show.draft.description.clone(),
            author: show.draft.author.clone(),
            cover: Some(cover(&show.cover_hash)),
        });
        ShowList {
            ui: self.ui,
            frame: Frame::new(self.ui, title, canonical, site, &home),
            shows: cards.collect(),
        }
    }

    /// The page of a post without notes of correction, related posts and apps. Takes milliseconds, since it renders the
    /// script. The transcript is that of the same script; `path` is what the page stands under.
    pub fn post_page(
        &self,
        show: &Show,
        post: &PublicPost,
        path: &str,
        transcript: &Transcript,
        (older, newer): Neighbours,
    ) -> PostPage {
        let content = &post.content;
        let references = references::views(&content.references, &transcript.lines);
        let text = self.text(post, transcript, &references);
        let note = script::render(&content.note);
        let neighbour = |post| self.neighbour(show, post);
        let published = self.date(post.first_public_at, show);
        let changed = self.date(post.changed_at, show);
        PostPage {
            is_sent_preview: false,
            ui: self.ui,
            frame: self.post_frame(show, post, path),
            show: self.show_link(show),
            show_lang: show.draft.language.as_str().to_owned(),
            cover: Some(cover(
                content.cover_hash.as_ref().unwrap_or(&show.cover_hash),
            )),
            id: post.id.as_str().to_owned(),
            lang: content.language.clone(),
            title: content.title.clone(),
            author: show.draft.author.clone(),
            updated: (changed.human != published.human).then_some(changed),
            date: published,
            episode: self.episode(content),
            kind: self.kind(post),
            reading: if content.script.is_empty() {
                String::new()
            } else {
                self.reading_time(content)
            },
            audio: self.audio(post),
            note_html: Some(note.html).filter(|html| !html.is_empty()),
            has_estimates: text.has_estimates,
            has_unspoken: text.has_unspoken,
            script_html: Some(text.html).filter(|html| !html.is_empty()),
            chapters: self.chapters(post, &transcript.lines),
            corrections: Vec::new(),
            references,
            related: Vec::new(),
            previous: older.map(neighbour),
            next: newer.map(neighbour),
            feeds: self.feeds(show),
            permalink: self.base.join(&urls::short(&post.id)),
            transcripts: self.transcripts(post, |form| urls::transcript(&post.id, form.ending())),
        }
    }

    fn post_frame(&self, show: &Show, post: &PublicPost, path: &str) -> Frame {
        let content = &post.content;
        let canonical = self.base.join(&urls::post(show.address(), &post.slug));
        let title = format!("{} · {}", content.title, show.draft.title);
        let mut frame = Frame::new(self.ui, title, canonical, self.show_link(show), path);
        frame.description = summary(content);
        frame.og.kind = "article";
        frame.og.title.clone_from(&content.title);
        frame.touch_icon = Some(urls::cover(&show.cover_hash, TOUCH_ICON_PX));
        frame.og.image = Some(self.base.join(&urls::card(&post.id)));
        frame.og.is_card = true;
        frame.og.image_alt = self.ui.message(
            &Message::new("site-card-alt")
                .with("title", &content.title)
                .with("show", &show.draft.title),
        );
        if Language::from_db(content.language.clone()).is_korean() {
            frame.og.locale = "ko_KR".to_owned();
        } else if content.language.starts_with("en") {
            frame.og.locale = "en_US".to_owned();
        }
        frame.og.audio = self
            .audio(post)
            .map(|audio| (self.base.join(&audio.url), audio.media_type));
        frame.feeds = self.feed_links(show);
        frame
            .feeds
            .extend(self.oembed_links(&content.title, &frame.canonical));
        frame.noindex = !post.listed;
        frame
    }

    pub(super) fn audio(&self, post: &PublicPost) -> Option<AudioView> {
        let recording = post.recording.as_ref()?;
        let kind = AudioKind::parse(&recording.kind)?;
        Some(AudioView {
            url: urls::audio(&post.id, &recording.kind),
            media_type: kind.media_type().to_owned(),
            duration_text: filters::audio_length(recording.duration_ms, self.ui),
            duration_ms: recording.duration_ms,
            length_text: filters::file_size(recording.length_bytes),
            title: post.content.title.clone(),
        })
    }

    /// The files of a script, each at its address; none without one.
    pub fn transcripts(
        &self,
        post: &PublicPost,
        address: impl Fn(FileForm) -> String,
    ) -> Vec<FileLink> {
        if post.content.script.trim().is_empty() {
            return Vec::new();
        }
        let all = FileForm::ALL.into_iter();
        // Who reads the page wants words first.
        let (words, timed): (Vec<_>, Vec<_>) = all
            .filter(|form| form.is_there(post.transcript.is_timed))
            .partition(|form| form.is_there(false));
        let link = |form: FileForm| FileLink {
            title: match form {
                FileForm::Txt => self.ui.t("site-transcript-text"),
                FileForm::Html => self.ui.t("site-transcript-html"),
                timed => timed.ending().to_uppercase(),
            },
            url: address(form),
            media_type: form.media_type(),
        };
        words.into_iter().rev().chain(timed).map(link).collect()
    }

    /// Other posts of the show as a page prints them.
    pub(super) fn related(&self, show: &Show, posts: Vec<RelatedPost>) -> Vec<RelatedView> {
        let view = |post: RelatedPost| RelatedView {
            title: post.title,
            url: self.link(urls::post(show.address(), &post.slug)),
            lang: post.language,
            date: self.date(post.first_public_at, show),
            length: post
                .duration_ms
                .map(|ms| filters::audio_length(ms, self.ui)),
        };
        posts.into_iter().map(view).collect()
    }

    pub(super) fn card_image(&self, hash: &str) -> String {
        self.base.join(&urls::cover(hash, CARD_COVER_PX))
    }
}

/// How many pages so many posts take; at least 1.
pub fn pages(posts: u32) -> u32 {
    posts.div_ceil(POSTS_PER_PAGE).max(1)
}

pub(super) fn cover(hash: &str) -> CoverView {
    CoverView {
        small: urls::cover(hash, 300),
        large: urls::cover(hash, 600),
        alt: String::new(),
    }
}

/// The beginning of the note, else of the script, as plain text.
pub(super) fn summary(content: &Content) -> String {
    let source = if content.note.trim().is_empty() {
        &content.script
    } else {
        &content.note
    };
    let end = source
        .char_indices()
        .nth(SUMMARY_SOURCE_CHARS)
        .map_or(source.len(), |(at, _)| at);
    let text = script::render(&source[..end]).text.replace('\n', " ");
    script::excerpt(&text, SUMMARY_BYTES)
}
