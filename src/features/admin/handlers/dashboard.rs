//! The list of posts, and the button that begins one.
use axum::extract::{Request, State};
use axum::response::Response;

use super::{frame, work};
use crate::features::accounts::choices::Choice;
use crate::features::accounts::{self, Author, User};
use crate::features::admin::views::StateBadge;
use crate::features::admin::views::posts::{
    DashboardPage, DashboardShow, DiskLine, Filter, PostLine,
};
use crate::features::posts::{self, Hands, PostKind, PostState, PostSummary, Wanted, writing};
use crate::features::show::{self, Show};
use crate::formats::audio::AudioKind;
use crate::kernel::ids::{UserId, random_base32};
use crate::kernel::time::clock_length;
use crate::kernel::urls::{self, admin};
use crate::kernel::{Error, Result};
use crate::ports::disk::Space;
use crate::state::AppState;
use crate::web::form::{FORM_BYTES, FormData};
use crate::web::task::detached;
use crate::web::ui::Ui;
use crate::web::{filters, page};

/// Posts on a page of the list.
const PAGE: i64 = 50;

/// The list of a show's posts that are wanted, at a page of it; only what differs from the usual
/// stands in it.
pub fn address(show: &str, wanted: &Wanted, page: i64) -> String {
    let page = if page > 1 {
        page.to_string()
    } else {
        String::new()
    };
    let query = [
        ("state", wanted.state.map_or("", PostState::as_str)),
        ("kind", wanted.kind.map_or("", PostKind::as_str)),
        ("q", &wanted.search),
        ("page", &page),
    ];
    admin::posts(show, &query)
}

/// The badge of a state.
pub fn badge(state: PostState) -> StateBadge {
    match state {
        PostState::Draft => StateBadge::Draft,
        PostState::Scheduled => StateBadge::Scheduled,
        PostState::Published => StateBadge::Published,
        PostState::Unlisted => StateBadge::Unlisted,
        PostState::Removed => StateBadge::Removed,
    }
}

/// `GET /admin`.
pub async fn page(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let show = match query.get("show") {
        "" => show::list(&state.db)
            .await?
            .into_iter()
            .find(|s| author.user.works_on(&s.id)),
        address => Some(show::find_by_address(&state.db, address).await?),
    };
    if let Some(show) = &show {
        author.user.require_show(&show.id)?;
    }
    let mut wanted = Wanted::parse(query.get("state"), query.get("kind"), query.get("q"));
    if !author.user.may_publish() {
        wanted.by = Some(author.user.id.clone());
    }
    let number: i64 = query.get("page").parse().unwrap_or(1).clamp(1, 100_000);
    let ui = author.ui;
    let title = show
        .as_ref()
        .map_or_else(|| ui.t("admin-posts"), |s| s.draft.title.clone());
    let frame = frame(&state, &author, title, "posts", show.as_ref()).await?;
    let mut page = DashboardPage {
        ui,
        frame,
        show: None,
        nonce: random_base32::<24>(),
        filters: Vec::new(),
        kinds: kinds(ui, &wanted),
        search: wanted.search.clone(),
        state_wanted: wanted.state.map_or("", PostState::as_str),
        posts: Vec::new(),
        filtered: wanted.is_narrow(),
        newer: None,
        older: None,
        work: work::pressing(&state, &author.user, ui).await?,
        is_owner: author.user.is_owner(),
        may_publish: author.user.may_publish(),
        work_from: "home",
        disk: disk(&state, ui)?,
    };
    if let Some(show) = &show {
        let (first, limit) = ((number - 1) * PAGE, PAGE + 1);
        let mut rows = writing::list(&state.db, &show.id, &wanted, limit, first).await?;
        if rows.len() > PAGE as usize {
            rows.pop();
            page.older = Some(address(show.address(), &wanted, number + 1));
        }
        if number > 1 {
            page.newer = Some(address(show.address(), &wanted, number - 1));
        }
        let people = accounts::list(&state.db).await?;
        let lines = rows.iter().map(|row| line(row, show, &people, &author));
        page.posts = lines.collect();
        page.filters = filters_of(&state, &author, show, &wanted).await?;
        page.show = Some(DashboardShow {
            title: show.draft.title.clone(),
            address: show.address().to_owned(),
            list_href: address(show.address(), &Wanted::default(), 1),
            public_href: urls::show(show.address()),
            directories_href: admin::directories(show.address()),
            feed_url: state.base_url.join(&urls::podcast_feed(show.address())),
            posts_feed_url: state.base_url.join(&urls::posts_feed(show.address())),
        });
    }
    page::html(&page)
}

/// All kinds, with and without a recording.
fn kinds(ui: Ui, wanted: &Wanted) -> Vec<Choice> {
    let now = wanted.kind.map_or("", PostKind::as_str);
    let mut kinds = vec![Choice::new("", ui.t("admin-kind-all"), now)];
    kinds.extend(PostKind::ALL.map(|kind| {
        let label = match kind {
            PostKind::Audio => ui.t("admin-kind-audio"),
            PostKind::Text => ui.t("admin-kind-text"),
        };
        Choice::new(kind.as_str(), label, now)
    }));
    kinds
}

/// How much may still be uploaded.
fn disk(state: &AppState, ui: Ui) -> Result<DiskLine> {
    let space = Space::of(state.data.path())?;
    let room = filters::file_size(space.room_bytes());
    let is_low = space.is_low();
    let text = if is_low {
        ui.t1("admin-disk-low", "room", room)
    } else {
        ui.t1("admin-disk-room", "room", room)
    };
    Ok(DiskLine { text, is_low })
}

async fn filters_of(
    state: &AppState,
    author: &Author,
    show: &Show,
    wanted: &Wanted,
) -> Result<Vec<Filter>> {
    let counts = writing::count_by_state(&state.db, &show.id, wanted).await?;
    let href = |state| {
        let wanted = Wanted {
            state,
            ..wanted.clone()
        };
        address(show.address(), &wanted, 1)
    };
    let count = |wanted: &dyn Fn(PostState) -> bool| -> u64 {
        counts
            .iter()
            .filter(|(s, _)| wanted(*s))
            .map(|(_, n)| n.unsigned_abs())
            .sum()
    };
    let mut filters = vec![Filter {
        label: author.ui.t("admin-filter-all"),
        count: count(&|s| s != PostState::Removed),
        href: href(None),
        current: wanted.state.is_none(),
    }];
    filters.extend(PostState::ALL.into_iter().map(|one| Filter {
        label: author.ui.t(badge(one).key()),
        count: count(&|s| s == one),
        href: href(Some(one)),
        current: wanted.state == Some(one),
    }));
    Ok(filters)
}

/// Who began a post and who saved it last, in words; empty where one person works here alone.
pub fn hands(ui: Ui, hands: &Hands, people: &[User]) -> String {
    let name = |id: &Option<UserId>| {
        let found = people.iter().find(|user| Some(&user.id) == id.as_ref());
        found
            .filter(|_| people.len() > 1)
            .map(|user| user.name.clone())
    };
    let began = name(&hands.began).map(|name| ui.t1("admin-began-by", "name", name));
    let saved = name(&hands.saved).map(|name| ui.t1("admin-saved-by", "name", name));
    let told: Vec<String> = began.into_iter().chain(saved).collect();
    told.join(" · ")
}

fn line(row: &PostSummary, show: &Show, people: &[User], author: &Author) -> PostLine {
    let (post, ui, zone) = (&row.post, author.ui, &show.draft.time_zone);
    let at = match post.state {
        PostState::Draft | PostState::Removed => row.updated_at,
        PostState::Scheduled => post.scheduled_at.unwrap_or(row.updated_at),
        PostState::Published | PostState::Unlisted => {
            post.first_public_at.unwrap_or(row.updated_at)
        }
    };
    let mut warnings = Vec::new();
    if row.media_missing {
        warnings.push(ui.t("admin-recording-missing"));
    }
    let kind = row.recording_kind.as_deref().and_then(AudioKind::parse);
    if kind.is_some_and(|k| !k.apple_accepts()) {
        warnings.push(ui.t("audio-apple-warning"));
    }
    let public_href = post
        .slug
        .as_ref()
        .filter(|_| post.state.is_reachable())
        .map(|slug| urls::post(show.address(), slug.as_str()));
    // What a contributor wrote and is public is an editor's now.
    let may_open = author.user.may_publish()
        || posts::is_contributors(post.state, post.first_public_at.is_some());
    PostLine {
        href: may_open.then(|| admin::post(&post.id)),
        title: row.title.clone(),
        lang: show.draft.language.as_str().to_owned(),
        state: badge(post.state),
        date: filters::human_date_time(at, zone, ui),
        date_iso: at.rfc3339(),
        length: row.duration_ms.map(clock_length),
        changed: post.state.has_public() && row.changed,
        warnings,
        hands: hands(ui, &row.hands, people),
        public_href,
    }
}

/// `POST /admin/posts`: begins a draft. The form's nonce makes it once.
pub async fn create(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let nonce = form.get("nonce");
    if nonce.len() < 16 || nonce.len() > 64 || !nonce.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Error::BadRequest(crate::kernel::Message::new(
            "error-form-broken",
        )));
    }
    let show = show::find_by_address(&state.db, form.get("show")).await?;
    author.user.require_show(&show.id)?;
    let (db, nonce, by) = (state.db.clone(), nonce.to_owned(), author.user.id);
    let id = detached(async move { posts::create(&db, &show.id, Some(&by), &nonce).await }).await?;
    Ok(page::see_other(&admin::post(&id)))
}
