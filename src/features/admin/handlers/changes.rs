//! What Publish changes would change: the working copy beside what the public sees.
use axum::extract::State;
use axum::response::Response;

use super::editor::differing;
use crate::features::accounts::Author;
use crate::features::admin::views::changes::ChangesPart;
use crate::features::posts::{Content, revisions, writing};
use crate::features::show;
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::kernel::urls::admin;
use crate::state::AppState;
use crate::web::extract::Path;
use crate::web::page;
use crate::web::task::blocking;

/// `GET /admin/posts/{id}/changes`: a part of the editor, empty where nothing differs.
pub async fn part(
    State(state): State<AppState>,
    author: Author,
    Path(id): Path<PostId>,
) -> Result<Response> {
    let post = writing::find(&state.db, &id).await?;
    let copy = writing::working_copy(&state.db, &id).await?.content;
    let public = revisions::public_content(&state.db, &post).await?;
    // What was never public has nothing to differ from.
    let public = public.unwrap_or_else(|| copy.clone());
    let show = show::find(&state.db, &post.show_id).await?;
    let ui = author.ui;
    let lang = copy.language_in(&show).to_owned();
    let texts =
        |content: &Content| [&content.title, &content.note, &content.script].map(String::clone);
    let sides = [texts(&public), texts(&copy)];
    let is_changed = public.differs_from(&copy);
    let beside_texts = [public, copy].map(beside_texts);
    blocking(move || {
        page::html(&ChangesPart {
            ui,
            lang,
            sides: is_changed.then(|| differing(&sides)),
            more: beside_texts[0].differs_from(&beside_texts[1]),
            compare_href: admin::compare(&id, "public", "now"),
        })
    })
    .await
}

/// What is left without the texts.
fn beside_texts(content: Content) -> Content {
    Content {
        title: String::new(),
        note: String::new(),
        script: String::new(),
        ..content
    }
}
