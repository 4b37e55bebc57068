//! References: what the page of an address says of itself saves the author the typing.
use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::Response;
use http::{StatusCode, header};
use serde_json::json;

use crate::features::accounts::Author;
use crate::features::admin::views::editor::ReferenceRow;
use crate::formats::page_facts::{self, PageFacts};
use crate::kernel::{Message, Result};
use crate::ports::fetch;
use crate::state::AppState;
use crate::web::form::FormData;
use crate::web::page;

/// The form has an address and the token.
const FORM_BYTES: usize = 16 << 10;
/// What a page says of itself stands at its front; pages of newspapers are large.
const MOST_BYTES: usize = 4 << 20;
/// The author waits for it.
const TOTAL: Duration = Duration::from_secs(12);

/// `POST /admin/references/look-up`: JSON with `title`, `outlet` and `date`, or with a `message`
/// of why not.
pub async fn look_up(
    State(state): State<AppState>,
    author: Author,
    request: Request,
) -> Result<Response> {
    let form = FormData::read(request, &author.secret, FORM_BYTES).await?;
    let answer = match look(&state, form.get("url")).await {
        Ok(facts) => json!({
            "title": facts.title,
            "outlet": facts.outlet,
            "date": facts.date,
        }),
        Err(why) => json!({ "message": author.ui.message(&why) }),
    };
    page::json(StatusCode::OK, &answer)
}

/// Fills what is empty in a row from the page of its address, and says why if it can't.
pub async fn fill(state: &AppState, rows: &mut [ReferenceRow], row: usize) -> Option<Message> {
    let row = rows.get_mut(row)?;
    let facts = match look(state, &row.url).await {
        Ok(facts) => facts,
        Err(why) => return Some(why),
    };
    let filled = [
        (&mut row.title, facts.title),
        (&mut row.outlet, facts.outlet),
        (&mut row.date, facts.date),
    ];
    for (place, found) in filled {
        if place.trim().is_empty() {
            *place = found;
        }
    }
    None
}

/// Asks the page of an address what it says of itself, or says why it can't.
pub async fn look(state: &AppState, typed: &str) -> std::result::Result<PageFacts, Message> {
    let typed = typed.trim();
    let url = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let is_web = url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if typed.is_empty() || !is_web {
        return Err(Message::new("error-look-up-address"));
    }
    let request = fetch::Request::get(&url, MOST_BYTES, TOTAL);
    let unread = |_| Message::new("error-look-up-unread");
    let answer = state.fetch.fetch(&request).await.map_err(unread)?;
    if !answer.status.is_success() {
        let status = answer.status.as_u16();
        return Err(Message::new("error-look-up-status").with("status", status));
    }
    let kind = answer.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    let is_page = |kind: &str| kind.to_ascii_lowercase().contains("html");
    if !kind.is_none_or(is_page) {
        return Err(Message::new("error-look-up-nothing"));
    }
    let facts = page_facts::read(&answer.body, kind);
    if facts.title.is_empty() {
        return Err(Message::new("error-look-up-nothing"));
    }
    Ok(facts)
}
