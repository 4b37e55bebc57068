//! How the machine is doing: what an operator asks first (HARDENING D3, D5).
use axum::extract::State;
use axum::response::Response;

use super::{frame, work};
use crate::db::Engine;
use crate::features::accounts::Author;
use crate::features::admin::views::HealthPage;
use crate::features::media;
use crate::features::pings;
use crate::kernel::Result;
use crate::ports::disk::Space;
use crate::state::AppState;
use crate::web::filters::file_size;
use crate::web::page;

/// `GET /admin/health`.
pub async fn page(State(state): State<AppState>, author: Author) -> Result<Response> {
    let ui = author.ui;
    let space = Space::of(state.data.path())?;
    let files = media::count(&state.db).await?;
    let mut alarms = Vec::new();
    if files.missing > 0 {
        alarms.push(ui.n("admin-health-missing", files.missing));
    }
    if space.check_room_for(0).is_err() {
        alarms.push(ui.t("admin-health-full"));
    }
    let engine = match state.db.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let facts = [
        ("admin-health-version", env!("CARGO_PKG_VERSION").to_owned()),
        ("admin-health-database", engine.to_owned()),
        ("admin-health-log", file_size(state.db.wal_bytes())),
        (
            "admin-health-files",
            format!("{} ({})", files.present, file_size(files.bytes)),
        ),
        ("admin-health-free", file_size(space.free_bytes)),
        ("admin-health-reserve", file_size(space.reserve_bytes())),
        (
            "admin-health-jobs",
            crate::jobs::count(&state.db).await?.to_string(),
        ),
        ("admin-health-address", state.base_url.as_str().to_owned()),
    ];
    let page = HealthPage {
        frame: frame(&state, &author, ui.t("admin-health"), "health", None).await?,
        alarms,
        facts: facts
            .into_iter()
            .map(|(key, value)| (ui.t(key), value))
            .collect(),
        work: work::lines(&state, ui).await?,
        work_from: "health",
        told: pings::of_all(&state, ui).await?,
        ui,
    };
    page::html(&page)
}
