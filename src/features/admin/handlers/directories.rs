//! What directories want of a show's feed: gathers what the rules of `directories` want to know.
use axum::extract::State;
use axum::response::Response;

use super::{dashboard, frame};
use crate::features::accounts::Author;
use crate::features::admin::directories::{self, Directory, Facts, Place, Stand};
use crate::features::admin::handlers::check::drawn_cover;
use crate::features::admin::views::directories::{DirectoriesPage, DirectoryView, RequirementView};
use crate::features::posts::{PostKind, PostState, Wanted, writing};
use crate::features::show::{self, App, Show};
use crate::features::{covers, pings};
use crate::formats::audio::AudioKind;
use crate::kernel::Result;
use crate::kernel::urls::{self, admin};
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::page;
use crate::web::ui::Ui;

/// Episodes whose kinds are looked at, the newest ones.
const MOST_EPISODES: i64 = 1000;

/// What directories want of a show's feed, and the directories.
pub struct Wants {
    /// Absolute address of the podcast feed.
    pub feed_url: String,
    /// What is missing first.
    pub requirements: Vec<RequirementView>,
    /// Where the feed can be sent.
    pub directories: Vec<DirectoryView>,
}

/// Looks at a show's feed as directories do.
pub async fn look(state: &AppState, ui: Ui, show: &Show) -> Result<Wants> {
    let all = directories::requirements(&facts(state, show).await?);
    let episodes = Wanted {
        kind: Some(PostKind::Audio),
        ..Wanted::default()
    };
    let place = |place: Place| match place {
        Place::Settings(field) => Some(admin::show_place(show.address(), field)),
        Place::Posts => Some(dashboard::address(show.address(), &episodes, 1)),
        Place::Server => None,
    };
    let names = |of: &[Directory]| {
        let names: Vec<String> = of.iter().map(|d| ui.t(d.name_key())).collect();
        names.join(", ")
    };
    let feed_url = state.base_url.join(&urls::podcast_feed(show.address()));
    let directories = Directory::ALL.map(|directory| DirectoryView {
        name: ui.t(directory.name_key()),
        how: ui.t(directory.how_key()),
        url: submission(directory, &feed_url),
        is_ready: directories::is_ready(&all, directory),
        listed_at: listed_at(show, directory),
    });
    let requirements = all.iter().map(|requirement| RequirementView {
        stand: requirement.stand,
        text: ui.message(&requirement.text),
        of: names(&requirement.of),
        href: (requirement.stand != Stand::Done)
            .then(|| place(requirement.place))
            .flatten(),
    });
    Ok(Wants {
        requirements: requirements.collect(),
        directories: directories.into(),
        feed_url,
    })
}

/// `GET /admin/shows/{address}/directories`.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    Path(address): Path<String>,
) -> Result<Response> {
    let ui = author.ui;
    let show = show::find_by_address(&state.db, &address).await?;
    let wants = look(&state, ui, &show).await?;
    let title = ui.t("directories-heading");
    let page = DirectoriesPage {
        frame: frame(&state, &author, title, "directories", Some(&show)).await?,
        requirements: wants.requirements,
        directories: wants.directories,
        list_href: admin::posts(show.address(), &[]),
        feed_url: wants.feed_url,
        ui,
    };
    page::html(&page)
}

async fn facts(state: &AppState, show: &Show) -> Result<Facts> {
    let (draft, details) = (&show.draft, &show.draft.details);
    let published = Wanted {
        state: Some(PostState::Published),
        kind: Some(PostKind::Audio),
        ..Wanted::default()
    };
    let episodes = writing::list(&state.db, &show.id, &published, MOST_EPISODES, 0).await?;
    let episodes: Vec<_> = episodes.iter().filter(|row| !row.media_missing).collect();
    let kinds = episodes
        .iter()
        .filter_map(|row| row.recording_kind.as_deref());
    let odd = kinds.filter(|kind| AudioKind::parse(kind).is_some_and(|k| !k.apple_accepts()));
    let mut snapshot = state.db.snapshot().await?;
    let sizes = covers::sizes_in(&mut snapshot, &show.cover_hash).await?;
    Ok(Facts {
        is_public: pings::is_public(&state.base_url),
        is_https: state.base_url.is_https(),
        has_drawn_cover: show.cover_hash == drawn_cover(&draft.title).await?,
        cover_px: sizes.last().copied().unwrap_or(0),
        description_bytes: draft.description.len(),
        has_author: !draft.author.is_empty(),
        has_email: !draft.owner_email.is_empty(),
        episodes: episodes.len(),
        odd_episodes: odd.count(),
        is_blocked: details.block,
        blocked: details.blocked_services.clone(),
        has_moved: !details.moved_to.is_empty(),
    })
}

/// Where a feed is sent in.
fn submission(directory: Directory, feed: &str) -> String {
    match directory {
        Directory::Apple => urls::directories::APPLE.to_owned(),
        Directory::Spotify => urls::directories::SPOTIFY.to_owned(),
        Directory::Youtube => urls::directories::YOUTUBE.to_owned(),
        Directory::PodcastIndex => urls::directories::podcast_index(feed),
    }
}

/// The show's page in a directory, as its author told it.
fn listed_at(show: &Show, directory: Directory) -> Option<String> {
    let app = match directory {
        Directory::Apple => App::Apple,
        Directory::Spotify => App::Spotify,
        Directory::Youtube => App::Youtube,
        Directory::PodcastIndex => return None,
    };
    let link = show.draft.details.apps.iter().find(|link| link.app == app);
    link.map(|link| link.url.clone())
}
