//! `/cards/…` over HTTP.
use std::io::Read;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, Method, Uri};

use super::model::{CardName, passage};
use crate::features::posts::{self, PublicPost, public};
use crate::features::show::{self, Show};
use crate::formats::card::{self, COVER_PIXELS, Letters, Picture, PostCard, QuoteCard};
use crate::formats::image::own_pixels;
use crate::kernel::language::{Language, UiLanguage};
use crate::kernel::{Error, Result, urls};
use crate::ports::media::MediaStore;
use crate::state::AppState;
use crate::web::rendered::{Draft, Key, Owner, Policy, Prepared};
use crate::web::ui::Ui;
use crate::web::{filters, task};

/// `/cards/{id}.png`, `/cards/{id}-{sid}-{sid}.png`: the preview picture of a post or of a passage
/// of it. Too many that wait to be drawn are sent away with 503.
pub async fn card(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response> {
    if let Some(kept) = state.cards.fast(&method, &uri, &headers) {
        return Ok(kept);
    }
    let name = CardName::read(uri.path()).ok_or(Error::NotFound)?;
    let owner = Owner::Show(public::find_by_id(&state.db, &name.post).await?.show_id);
    let key = Key::common(&name.path(), owner);
    let builder = state.clone();
    let answer = state
        .cards
        .get_or_build(key, move || build(builder, name))
        .await?;
    Ok(answer.respond(&method, &headers))
}

/// What is to be drawn.
enum Card {
    Post(PostCard),
    Quote(QuoteCard),
}

async fn build(state: AppState, name: CardName) -> Result<Draft> {
    let _turn = state.drawing.take().await?;
    // Read now: while this one waited, something may have changed.
    let post = public::find_by_id(&state.db, &name.post).await?;
    let show = show::find(&state.db, &post.show_id).await?;
    let card = match &name.span {
        None => Card::Post(post_card(&state, &show, &post).await?),
        Some((first, last)) => {
            let sentences = posts::public_sentences(&state.db, &post.id).await?;
            let quote = passage(&sentences, first, last).ok_or(Error::NotFound)?;
            Card::Quote(quote_card(&state, &show, &post, quote))
        }
    };
    let png = task::blocking(move || {
        let letters = Letters::unpack();
        let drawn = match &card {
            Card::Post(card) => card::post_card(card, &letters),
            Card::Quote(card) => card::quote_card(card, &letters),
        };
        drawn.map_err(|e| Error::Internal(e.into()))
    })
    .await?;
    Ok(Draft {
        body: Bytes::from(png).into(),
        prepared: Prepared::default(),
        finished: None,
        content_type: "image/png",
        last_modified: Some(show.changed_at),
        policy: Policy::Picture,
        https: state.config.is_https(),
    })
}

async fn post_card(state: &AppState, show: &Show, post: &PublicPost) -> Result<PostCard> {
    let (content, draft) = (&post.content, &show.draft);
    // A card has one face for all readers: it speaks the language of the post.
    let korean = Language::from_db(content.language.clone()).is_korean();
    let ui = Ui::new(if korean {
        UiLanguage::Ko
    } else {
        UiLanguage::En
    });
    let length = match &post.recording {
        Some(recording) => Some(filters::audio_length(recording.duration_ms, ui)),
        None => content
            .reading_minutes()
            .map(|n| filters::reading_time(n, ui)),
    };
    let date = filters::human_date(post.first_public_at, &draft.time_zone, ui);
    let mut facts = vec![draft.author.clone(), date];
    facts.extend(length);
    Ok(PostCard {
        show: draft.title.clone(),
        title: content.title.clone(),
        facts,
        site: state.base_url.authority().to_owned(),
        cover: cover(
            state,
            content.cover_hash.as_ref().unwrap_or(&show.cover_hash),
        )
        .await?,
    })
}

fn quote_card(state: &AppState, show: &Show, post: &PublicPost, quote: String) -> QuoteCard {
    let addresses = [
        urls::post(show.address(), &post.slug),
        urls::short(&post.id),
    ];
    QuoteCard {
        quote,
        title: post.content.title.clone(),
        show: show.draft.title.clone(),
        addresses: addresses
            .iter()
            .map(|path| state.base_url.readable(path))
            .collect(),
    }
}

/// The pixels of a cover; a card does without one whose file is missing or cannot be read.
async fn cover(state: &AppState, hash: &str) -> Result<Option<Picture>> {
    let (file, length) = match public::find_cover(&state.db, hash, COVER_PIXELS).await {
        Ok(found) => found,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let store = state.media.clone();
    task::blocking(move || Ok(pixels(&store, &file, length))).await
}

fn pixels(store: &MediaStore, file: &str, length: u64) -> Option<Picture> {
    let mut jpeg = Vec::new();
    let opened = store.open(file);
    let read = opened.and_then(|file| file.take(length).read_to_end(&mut jpeg));
    if let Err(error) = read {
        tracing::warn!(%error, "a card does without its cover");
        return None;
    }
    let rgb = own_pixels(&jpeg, COVER_PIXELS)?;
    Some(Picture {
        side: COVER_PIXELS,
        rgb,
    })
}
