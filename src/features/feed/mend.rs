//! Brings the parts of a feed up to what the database says, making anew only what changed.
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::thread;

use sqlx::AnyConnection;

use super::scene::Scene;
use crate::features::posts::{Listed, PublicPost, feed as stored};
use crate::kernel::Result;
use crate::kernel::ids::PostId;
use crate::web::rendered::Stale;
use crate::web::rendered::joined::{Joined, Part};
use crate::web::task;

/// More new posts than this are read together instead of one by one.
const MANY: usize = 50;
/// Posts that one thread turns into items before another one is worth it.
const WORTH_A_THREAD: usize = 100;
/// Threads at most: the machine has readers to serve.
const THREADS: usize = 4;

/// The parts of the podcast feed: every listed episode.
pub async fn episodes(
    conn: &mut AnyConnection,
    scene: &Arc<Scene>,
    parts: &mut Joined,
    stale: &Stale,
) -> Result<()> {
    if let Stale::Posts(posts) = stale
        && parts.scene == scene.stamp
    {
        return these(conn, scene, parts, posts.iter()).await;
    }
    let listed = stored::episodes(conn, &scene.show.id).await?;
    all(conn, scene, parts, listed, true).await
}

/// The parts of a page of the feed of everything.
pub async fn posts(
    conn: &mut AnyConnection,
    scene: &Arc<Scene>,
    parts: &mut Joined,
    limit: i64,
    offset: i64,
) -> Result<()> {
    let listed = stored::posts(conn, &scene.show.id, limit, offset).await?;
    all(conn, scene, parts, listed, false).await
}

/// Only these posts have changed.
async fn these(
    conn: &mut AnyConnection,
    scene: &Scene,
    parts: &mut Joined,
    posts: impl Iterator<Item = &PostId>,
) -> Result<()> {
    for id in posts {
        parts.remove(id.as_str());
        let found = stored::find(conn, id).await?;
        if let Some(post) = found.filter(|p| p.recording.is_some() && p.show_id == scene.show.id) {
            parts.put(scene.part(&post));
        }
    }
    Ok(())
}

/// Anything may have changed: parts whose stamp still holds are taken over.
async fn all(
    conn: &mut AnyConnection,
    scene: &Arc<Scene>,
    parts: &mut Joined,
    listed: Vec<Listed>,
    episodes_only: bool,
) -> Result<()> {
    let known: HashMap<u64, &Part> = parts.parts().iter().map(|p| (p.stamp, p)).collect();
    let mut next: Vec<Part> = Vec::with_capacity(listed.len());
    let mut missing: HashSet<PostId> = HashSet::new();
    for post in listed {
        match known.get(&scene.stamp_of(&post)) {
            Some(part) => next.push((*part).clone()),
            None => {
                missing.insert(post.id);
            }
        }
    }
    if missing.len() > MANY {
        read_through(conn, scene, &missing, episodes_only, &mut next).await?;
    } else {
        for id in &missing {
            next.extend(stored::find(conn, id).await?.map(|post| scene.part(&post)));
        }
    }
    parts.replace(next);
    parts.scene = scene.stamp;
    Ok(())
}

/// Reads the whole list, a batch at a time, for the posts that are missing.
async fn read_through(
    conn: &mut AnyConnection,
    scene: &Arc<Scene>,
    missing: &HashSet<PostId>,
    episodes_only: bool,
    next: &mut Vec<Part>,
) -> Result<()> {
    let (mut after, mut found) = (None, 0);
    while found < missing.len() {
        let show = &scene.show.id;
        let mut batch = if episodes_only && !scene.wants_scripts() {
            stored::without_scripts(conn, show, after.as_ref()).await?
        } else {
            stored::whole(conn, show, after.as_ref()).await?
        };
        let Some(last) = batch.last() else {
            break;
        };
        after = Some((last.first_public_at, last.id.clone()));
        batch.retain(|post| missing.contains(&post.id));
        found += batch.len();
        let scene = scene.clone();
        next.extend(task::blocking(move || Ok(in_parallel(&scene, &batch))).await?);
    }
    Ok(())
}

fn in_parallel(scene: &Scene, posts: &[PublicPost]) -> Vec<Part> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = posts
        .len()
        .div_ceil(WORTH_A_THREAD)
        .min(THREADS)
        .min(cores)
        .max(1);
    let make =
        |posts: &[PublicPost]| -> Vec<Part> { posts.iter().map(|p| scene.part(p)).collect() };
    if threads == 1 {
        return make(posts);
    }
    let share = posts.len().div_ceil(threads);
    thread::scope(|scope| {
        let handles: Vec<_> = posts
            .chunks(share)
            .map(|some| scope.spawn(move || make(some)))
            .collect();
        // A panic in a part is a bug, and goes on as one.
        let ended = handles.into_iter().map(|h| h.join());
        ended
            .flat_map(|parts| parts.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
