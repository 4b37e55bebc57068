//! HTTP of the log.
use axum::extract::{Request, State};
use axum::response::Response;

use super::zone_of;
use crate::features::accounts::{self, Author};
use crate::features::admin::frame;
use crate::features::audit::{self, Act, Entry};
use crate::features::people::views::{LogFilter, LogLine, LogPage};
use crate::features::show;
use crate::kernel::Result;
use crate::kernel::time::Zone;
use crate::kernel::urls::admin;
use crate::state::AppState;
use crate::web::form::FormData;
use crate::web::ui::Ui;
use crate::web::{filters, page};

/// Lines on a page of the log.
const LINES: i64 = 100;

/// `GET /admin/log?person=…&page=2`.
pub async fn log(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let query = FormData::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let person = Some(query.get("person")).filter(|p| !p.is_empty());
    let number: i64 = query.get("page").parse().unwrap_or(1).clamp(1, 100_000);
    let ui = author.ui;
    let mut entries = audit::list(&state.db, person, LINES + 1, (number - 1) * LINES).await?;
    let has_older = entries.len() > LINES as usize;
    entries.truncate(LINES as usize);
    let zone = zone_of(&show::list(&state.db).await?);
    let mut filters = vec![LogFilter {
        label: ui.t("log-everybody"),
        href: admin::log(None, 1),
        current: person.is_none(),
    }];
    filters.extend(
        accounts::list(&state.db)
            .await?
            .into_iter()
            .map(|u| LogFilter {
                href: admin::log(Some(u.id.as_str()), 1),
                current: person == Some(u.id.as_str()),
                label: u.name,
            }),
    );
    let page = LogPage {
        frame: frame(&state, &author, ui.t("log-title"), "people", None).await?,
        filters,
        lines: entries
            .into_iter()
            .map(|e| log_line(e, &zone, ui))
            .collect(),
        newer: (number > 1).then(|| admin::log(person, number - 1)),
        older: has_older.then(|| admin::log(person, number + 1)),
        ui,
    };
    page::html(&page)
}

fn log_line(entry: Entry, zone: &Zone, ui: Ui) -> LogLine {
    let post = entry.act.is_some_and(Act::is_about_post);
    let id = post.then(|| entry.subject.parse().ok()).flatten();
    LogLine {
        who: entry.user_name,
        act: entry
            .act
            .map_or_else(|| ui.t("audit-unknown"), |act| ui.t(act.key())),
        words: if post && entry.words.is_empty() {
            ui.t("log-untitled")
        } else {
            entry.words
        },
        href: id.as_ref().map_or_else(String::new, admin::post),
        at: filters::human_date_time(entry.at, zone, ui),
        at_iso: entry.at.rfc3339(),
    }
}
