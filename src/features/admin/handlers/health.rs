//! How the machine is doing: what an operator asks first (HARDENING D3, D5).
use axum::extract::State;
use axum::response::Response;

use super::{frame, work};
use crate::db::Engine;
use crate::features::accounts::Author;
use crate::features::admin::views::HealthPage;
use crate::features::media;
use crate::features::pings;
use crate::jobs;
use crate::kernel::Result;
use crate::ports::disk::Space;
use crate::state::AppState;
use crate::web::filters::file_size;
use crate::web::page;
use crate::web::ui::Ui;

/// How the machine is doing.
pub struct Health {
    /// Files in the store.
    pub files: media::Count,
    /// The disk.
    pub space: Space,
    /// Name of the database engine.
    pub database: &'static str,
    /// Length of its write-ahead log.
    pub log_bytes: u64,
    /// Jobs in the queue.
    pub jobs: i64,
    /// What the operator has to see to, a sentence each.
    pub alarms: Vec<String>,
    /// Who is told of new posts, and how that went.
    pub told: Vec<pings::ShowPings>,
}

/// Looks how it is doing.
pub async fn look(state: &AppState, ui: Ui) -> Result<Health> {
    let space = Space::of(state.data.path())?;
    let files = media::count(&state.db).await?;
    let mut alarms = Vec::new();
    if files.missing > 0 {
        alarms.push(ui.n("admin-health-missing", files.missing));
    }
    if space.check_room_for(0).is_err() {
        alarms.push(ui.t("admin-health-full"));
    }
    Ok(Health {
        database: match state.db.engine() {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        },
        log_bytes: state.db.wal_bytes(),
        jobs: jobs::count(&state.db).await?,
        told: pings::of_all(state, ui).await?,
        files,
        space,
        alarms,
    })
}

/// `GET /admin/health`.
pub async fn page(State(state): State<AppState>, author: Author) -> Result<Response> {
    let ui = author.ui;
    let health = look(&state, ui).await?;
    let (files, space) = (health.files, health.space);
    let facts = [
        ("admin-health-version", env!("CARGO_PKG_VERSION").to_owned()),
        ("admin-health-database", health.database.to_owned()),
        ("admin-health-log", file_size(health.log_bytes)),
        (
            "admin-health-files",
            format!("{} ({})", files.present, file_size(files.bytes)),
        ),
        ("admin-health-free", file_size(space.free_bytes)),
        ("admin-health-reserve", file_size(space.reserve_bytes())),
        ("admin-health-jobs", health.jobs.to_string()),
        ("admin-health-address", state.base_url.as_str().to_owned()),
    ];
    let page = HealthPage {
        frame: frame(&state, &author, ui.t("admin-health"), "health", None).await?,
        alarms: health.alarms,
        facts: facts
            .into_iter()
            .map(|(key, value)| (ui.t(key), value))
            .collect(),
        work: work::lines(&state, &author.user, ui).await?,
        work_from: "health",
        told: health.told,
        ui,
    };
    page::html(&page)
}
