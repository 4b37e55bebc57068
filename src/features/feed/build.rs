//! Builds the bytes of a feed from what is stored: the show, its listed posts, their pieces.
use super::actions::with_guid;
use super::pieces::{self, Depth};
use crate::features::posts::{PublicPost, public as stored};
use crate::features::show::{self, Show};
use crate::formats::audio::AudioKind;
use crate::formats::podcast::{self, Channel, Enclosure, Item, Transcript};
use crate::kernel::ids::ShowId;
use crate::kernel::urls::{self, BaseUrl};
use crate::kernel::{Error, Result};
use crate::state::AppState;
use crate::web::rendered::{Draft, Pieces, Policy};
use crate::web::task;

/// Posts in one document of the posts feed: full texts of more would be a document of hundreds
/// of megabytes in a large archive.
pub const POSTS_PER_PAGE: u32 = 200;
/// The cover that feeds name, in pixels a side.
const COVER_PX: u32 = 1400;

const RSS: &str = "application/rss+xml; charset=utf-8";

/// `/@{show}/posts.xml?page=2`; the first page has no query.
pub fn posts_page(address: &str, page: u32) -> String {
    let feed = urls::posts_feed(address);
    if page <= 1 {
        feed
    } else {
        format!("{feed}?page={page}")
    }
}

/// The podcast feed: every listed episode.
pub async fn podcast(state: AppState, id: ShowId) -> Result<Draft> {
    let show = with_guid(&state, show::find(&state.db, &id).await?).await?;
    let episodes = stored::list_episodes(&state.db, &id).await?;
    task::blocking(move || {
        let mut channel = channel(&state.base_url, &show);
        channel.self_url = state.base_url.join(&urls::podcast_feed(show.address()));
        channel.podcast_guid.clone_from(&show.podcast_guid);
        let known = state.rendered.pieces(&id, "podcast");
        let pieces = pieces::complete(&episodes, &known, Depth::Notes, &state.base_url);
        drop(known);
        let scene = Scene::new(&state.base_url, &show, &pieces);
        // An item without an enclosure can spoil the whole feed for some directories.
        let items = episodes.into_iter().filter(|p| p.recording.is_some());
        let items: Vec<Item> = items.filter_map(|p| scene.item(p)).collect();
        let xml = podcast::write(&channel, &items);
        state.rendered.keep_pieces(&id, "podcast", pieces);
        Ok(draft(&state, &show, xml))
    })
    .await
}

/// A page of the posts feed, from 1: everything listed, full text.
///
/// # Errors
/// `NotFound` for a page past the end.
pub async fn posts(state: AppState, id: ShowId, page: u32) -> Result<Draft> {
    let show = show::find(&state.db, &id).await?;
    let total = u32::try_from(stored::count(&state.db, &id).await?).unwrap_or(u32::MAX);
    let pages = total.div_ceil(POSTS_PER_PAGE).max(1);
    if page > pages {
        return Err(Error::NotFound);
    }
    let per_page = i64::from(POSTS_PER_PAGE);
    let offset = i64::from(page - 1) * per_page;
    let listed = stored::list(&state.db, &id, per_page, offset).await?;
    task::blocking(move || {
        let mut channel = channel(&state.base_url, &show);
        let at = |n: u32| state.base_url.join(&posts_page(show.address(), n));
        channel.self_url = at(page);
        // RFC 5005 section 3.
        channel
            .pages
            .extend((page > 1).then(|| ("prev", at(page - 1))));
        channel
            .pages
            .extend((page < pages).then(|| ("next", at(page + 1))));
        let known = state.rendered.pieces(&id, "posts");
        let pieces = pieces::complete(&listed, &known, Depth::FullText, &state.base_url);
        let scene = Scene::new(&state.base_url, &show, &pieces);
        let items = listed.into_iter().filter_map(|p| scene.item(p));
        let items: Vec<Item> = items.collect();
        let xml = podcast::write(&channel, &items);
        // The first page changes with every post; the others are asked for by few.
        if page == 1 {
            state.rendered.keep_pieces(&id, "posts", pieces);
        }
        Ok(draft(&state, &show, xml))
    })
    .await
}

fn draft(state: &AppState, show: &Show, mut xml: String) -> Draft {
    // It grew by doubling, and stays in memory for as long as the show does not change.
    xml.shrink_to_fit();
    Draft {
        body: xml.into(),
        content_type: RSS,
        last_modified: Some(show.changed_at),
        policy: Policy::Open,
        https: state.config.is_https(),
    }
}

fn channel(base: &BaseUrl, show: &Show) -> Channel {
    let draft = &show.draft;
    Channel {
        title: draft.title.clone(),
        description: draft.description.clone(),
        link: base.join(&urls::show(show.address())),
        language: draft.language.as_str().to_owned(),
        category: draft.category.clone(),
        explicit: draft.explicit,
        image_url: base.join(&urls::cover(&show.cover_hash, COVER_PX)),
        author: draft.author.clone(),
        copyright: draft.copyright.clone(),
        locked: draft.locked,
        owner_email: draft.owner_email.clone(),
        show_type: draft.show_type.as_str(),
        changed_at: Some(show.changed_at),
        ..Channel::default()
    }
}

/// What every item of a feed needs.
struct Scene<'a> {
    base: &'a BaseUrl,
    show: &'a Show,
    pieces: &'a Pieces,
}

impl<'a> Scene<'a> {
    fn new(base: &'a BaseUrl, show: &'a Show, pieces: &'a Pieces) -> Self {
        Self { base, show, pieces }
    }

    /// `None` only for a post without a piece, which [`pieces::complete`] leaves to none.
    fn item(&self, post: PublicPost) -> Option<Item> {
        let piece = self.pieces.get(&post.revision_id)?;
        let content = post.content;
        // The script as a file is its transcript, once there is something to hear.
        let has_transcript = post.recording.is_some() && !content.script.trim().is_empty();
        let transcripts = has_transcript.then(|| Transcript {
            url: self.base.join(&urls::transcript(&post.id, "html")),
            media_type: "text/html",
            language: content.language,
            captions: false,
        });
        let enclosure = post.recording.map(|recording| Enclosure {
            url: self.base.join(&urls::audio(&post.id, &recording.kind)),
            length_bytes: recording.length_bytes,
            media_type: AudioKind::parse(&recording.kind)
                .map_or("application/octet-stream", AudioKind::media_type),
            duration_ms: recording.duration_ms,
        });
        let cover = content.cover_hash.as_ref().unwrap_or(&self.show.cover_hash);
        let image_url = Some(self.base.join(&urls::cover(cover, COVER_PX)));
        Some(Item {
            title: content.title,
            link: self.base.join(&urls::post(self.show.address(), &post.slug)),
            guid: post.guid,
            published_at: post.first_public_at,
            summary: piece.summary.clone(),
            content: piece.html.clone(),
            enclosure,
            image_url,
            explicit: content.explicit.unwrap_or(self.show.draft.explicit),
            season: content.season,
            episode: content.episode,
            episode_type: content.episode_type.as_str(),
            transcripts: transcripts.into_iter().collect(),
            ..Item::default()
        })
    }
}
