//! Feeds across restarts: read at the first building, written when all of its
//! codings are made.
use std::sync::Arc;

use super::scene::Scene;
use crate::state::AppState;
use crate::web::conditional::Encoding;
use crate::web::rendered::joined::Joined;
use crate::web::rendered::kept::{self, Kept};
use crate::web::rendered::{Answer, Finished, Rope, Shelf};
use crate::web::task;

/// What was kept besides the parts.
pub struct Forms {
    /// Whether nothing public has changed since.
    pub current: bool,
    /// What stood before the parts.
    pub head: String,
    /// The gzip form.
    pub gzip: Option<Rope>,
    /// The brotli form.
    pub brotli: Option<Rope>,
    /// The Zstandard form.
    pub zstd: Option<Rope>,
}

fn file_name(feed: &str, scene: &Scene) -> String {
    format!("{feed}-{}.bin", scene.show.id.as_str())
}

/// The build of the program and the address of the site: other ones make other bytes.
fn made_by(state: &AppState) -> String {
    format!("{}|{}", state.build.as_str(), state.base_url.as_str())
}

fn key(state: &AppState, scene: &Scene) -> String {
    format!("{}|{}|{}", made_by(state), scene.stamp, scene.show.revision)
}

/// Puts the parts that were kept onto the shelf, and hands out the rest; `None` without any
/// that are of use. They may be older than the database.
pub async fn read(
    state: &AppState,
    feed: &'static str,
    scene: &Arc<Scene>,
    parts: &mut Joined,
) -> Option<Forms> {
    let (state, scene) = (state.clone(), scene.clone());
    let read = task::blocking(move || {
        let name = file_name(feed, &scene);
        let Some(mut file) = state.cache.read(&name) else {
            return Ok(None);
        };
        match kept::read(&mut file) {
            Ok(kept) if kept.key.starts_with(&made_by(&state)) => {
                let current = kept.key == key(&state, &scene);
                Ok(Some((kept, current)))
            }
            Ok(_) => Ok(None),
            Err(error) => {
                tracing::info!(%error, name, "a kept feed is of no use and will be made anew");
                state.cache.remove(&name);
                Ok(None)
            }
        }
    });
    let (kept, current) = read.await.ok().flatten()?;
    *parts = kept.joined;
    Some(Forms {
        current,
        head: kept.head,
        gzip: kept.gzip,
        brotli: kept.brotli,
        zstd: kept.zstd,
    })
}

/// Writes the feed down once its codings are made, unless another one was built meanwhile.
pub fn when_finished(
    state: &AppState,
    feed: &str,
    scene: &Arc<Scene>,
    shelf: Arc<Shelf>,
    version: u64,
    head: String,
) -> Finished {
    // Not the state itself: an answer that waits must not keep it from being dropped.
    let (cache, name, key) = (
        state.cache.clone(),
        file_name(feed, scene),
        key(state, scene),
    );
    Box::new(move |answer: &Answer| {
        let Some(joined) = shelf.as_of(version) else {
            return;
        };
        let kept = Kept {
            key,
            joined,
            head,
            gzip: answer.coded(Encoding::Gzip).cloned(),
            brotli: answer.coded(Encoding::Brotli).cloned(),
            zstd: answer.coded(Encoding::Zstd).cloned(),
        };
        if let Err(error) = cache.write(&name, |to| kept::write(&kept, to)) {
            tracing::warn!(%error, name, "a feed could not be kept for the next start");
        }
    })
}
