//! SIGKILL at every kind of moment: what was acknowledged is there, what was not is whole or
//! not there at all (HARDENING D1, D5).
use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::StatusCode;
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{Connection, Row};

use crate::support::client::{Client, empty, pieces, whole};
use crate::support::database;
use crate::support::files::{Dice, noise};
use crate::support::server::Server;
use crate::support::site::{Author, SHOW};

const ROUNDS: u64 = 20;
/// Small enough for twenty rounds.
const FILE_BYTES: u32 = 5_000_000;
/// Two rounds send one in which the server syncs on the way, after each 32 MiB.
const LONG_FILE_BYTES: u32 = 48 << 20;
/// Acknowledged before the killing begins.
const FIRST_BYTES: usize = 1_500_000;

/// A post whose publication was acknowledged.
struct Published {
    title: String,
    path: String,
    sound: Option<(String, Bytes)>,
}

struct World {
    folder: tempfile::TempDir,
    author: Author,
    published: Vec<Published>,
    dice: Dice,
    /// How long the last publish took, in microseconds.
    publish_us: u64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(folder.path());
    let author = Author::set_up(&server).await;
    let mut world = World {
        folder,
        author,
        published: Vec::new(),
        dice: Dice(0x5EED),
        publish_us: 0,
    };
    for round in 0..ROUNDS {
        server = match round % 5 {
            0 | 1 => killed_in_an_upload(&mut world, server, round).await,
            2 => killed_after_a_publish(&mut world, server, round).await,
            3 => killed_after_a_save(&mut world, server, round).await,
            _ => killed_in_a_publish(&mut world, server, round).await,
        };
        all_is_there(&world, &server).await;
    }
}

/// Looks at the folder of the dead server and starts another one on it.
async fn again(world: &World) -> Server {
    database::check(world.folder.path()).await;
    let server = Server::start(world.folder.path());
    world.author.client.moved_to(&server.base);
    let ready = world.author.client.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK);
    no_leftovers(world.folder.path()).await;
    server
}

/// Every temporary file belongs to an upload that can go on.
async fn no_leftovers(data: &Path) {
    let mut database = database::open(data).await;
    let rows = sqlx::query("SELECT id FROM uploads WHERE recording_id IS NULL")
        .fetch_all(&mut database)
        .await
        .expect("read");
    let known: HashSet<String> = rows.iter().map(|r| r.get(0)).collect();
    database.close().await.expect("closed");
    for file in std::fs::read_dir(data.join("media/tmp")).expect("the folder") {
        let name = file.expect("a file").file_name();
        let name = name.to_string_lossy().into_owned();
        assert!(known.contains(&name), "{name} is left over");
    }
}

async fn all_is_there(world: &World, server: &Server) {
    let stranger = Client::new(&server.base);
    let all = stranger.get(&format!("/@{SHOW}/posts.xml")).await;
    let all = feed_rs::parser::parse(&all.body[..]).expect("a feed");
    let episodes = stranger.get(&format!("/@{SHOW}/feed.xml")).await;
    let episodes = feed_rs::parser::parse(&episodes.body[..]).expect("a feed");
    for post in &world.published {
        let page = stranger.get(&post.path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", post.path);
        assert_eq!(page.words("h1").as_deref(), Some(&*post.title));
        let listed = |feed: &feed_rs::model::Feed| {
            let titles = feed.entries.iter().filter_map(|e| e.title.as_ref());
            titles.filter(|t| t.content == post.title).count()
        };
        assert_eq!(listed(&all), 1, "{} in posts.xml", post.title);
        let Some((sound, bytes)) = &post.sound else {
            continue;
        };
        assert_eq!(listed(&episodes), 1, "{} in feed.xml", post.title);
        let answer = stranger.get(sound).await;
        assert_eq!(answer.status, StatusCode::OK, "{sound}");
        assert!(answer.body == *bytes, "{sound} has other bytes");
    }
}

async fn killed_in_an_upload(world: &mut World, server: Server, round: u64) -> Server {
    let title = format!("{round}번째 녹음");
    let length = if round % 10 == 1 {
        LONG_FILE_BYTES
    } else {
        FILE_BYTES
    };
    let file = Bytes::from(noise(length, round + 1));
    let author = &world.author;
    let post = author.new_post().await;
    author.must_press(&post, "save", &title, "하나.").await;
    let created = author.create_upload(&post, "a.wav", file.len()).await;
    let upload = created.header("location").to_owned();
    let first = author.append(&upload, 0, FIRST_BYTES, whole(file.slice(..FIRST_BYTES)));
    let first = first.await.expect("the line holds");
    assert_eq!(first.status, StatusCode::NO_CONTENT);

    // Every third round all of it is sent, so that the kill meets the finish as well.
    let rest = file.slice(FIRST_BYTES..);
    let (at, wait_us) = match round % 3 {
        0 => (rest.len() - 1, world.dice.below(60_000) + 1),
        // Late in it: what is sent is not at the server yet.
        _ if round % 10 == 1 => (rest.len() - 1 - below(&mut world.dice, 4 << 20), 0),
        _ => (rest.len() - 1 - below(&mut world.dice, rest.len()), 0),
    };
    let pid = server.pid();
    let (body, sent) = pieces(rest.clone(), at, move || kill_in(pid, wait_us));
    let answer = author.append(&upload, FIRST_BYTES as u64, rest.len(), body);
    let answer = answer.await;
    server.wait();
    let acknowledged = answer.is_ok();
    let sent = FIRST_BYTES as u64 + sent.load(std::sync::atomic::Ordering::SeqCst);

    let server = again(world).await;
    let author = &world.author;
    let sound = format!("/audio/{post}.wav");
    let half = author.client.get(&sound).await;
    assert_eq!(half.status, StatusCode::NOT_FOUND, "half a file is served");
    let status = author.upload_status(&upload).await;
    if status.status == StatusCode::NOT_FOUND {
        // Whole and under its final name, but no row says so: the client begins anew.
        assert_eq!(sent, file.len() as u64, "an upload that can go on is gone");
        assert!(!acknowledged, "acknowledged, and gone");
        author.upload(&post, "a.wav", file.clone()).await;
    } else {
        let offset = status.number("upload-offset");
        assert!(
            (FIRST_BYTES as u64..=sent).contains(&offset),
            "{offset} of {sent}"
        );
        assert!(!acknowledged || offset == file.len() as u64, "{offset}");
        let rest = file.slice(usize::try_from(offset).expect("small")..);
        let body = if rest.is_empty() {
            empty()
        } else {
            whole(rest.clone())
        };
        let answer = author.append(&upload, offset, rest.len(), body).await;
        let answer = answer.expect("the line holds");
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    author.must_press(&post, "publish", &title, "하나.").await;
    let path = author.public_path(&post).await.expect("public");
    world.published.push(Published {
        title,
        path,
        sound: Some((sound, file)),
    });
    server
}

async fn killed_after_a_publish(world: &mut World, server: Server, round: u64) -> Server {
    let title = format!("{round}번째 글");
    let post = world.author.new_post().await;
    let before = Instant::now();
    let author = &world.author;
    author.must_press(&post, "publish", &title, "둘.").await;
    let took = before.elapsed();
    server.kill();
    world.publish_us = u64::try_from(took.as_micros()).expect("short");
    let server = again(world).await;
    let path = world.author.public_path(&post).await;
    world.published.push(Published {
        title,
        path: path.expect("acknowledged, so public"),
        sound: None,
    });
    server
}

async fn killed_after_a_save(world: &mut World, server: Server, round: u64) -> Server {
    let script = format!("저장한 대본 {round}");
    let post = world.author.new_post().await;
    world
        .author
        .must_press(&post, "save", "초안", &script)
        .await;
    server.kill();
    let server = again(world).await;
    let page = format!("/admin/posts/{post}");
    let page = world.author.client.get(&page).await;
    let kept = page.words("#f-script").expect("an editor");
    assert_eq!(kept.trim(), script);
    server
}

/// Killed at any moment of it: the post is public everywhere, or nowhere.
async fn killed_in_a_publish(world: &mut World, server: Server, round: u64) -> Server {
    let title = format!("{round}번째 시도");
    let author = &world.author;
    let post = author.new_post().await;
    author.must_press(&post, "save", &title, "셋.").await;
    let path = format!("/admin/posts/{post}");
    let version = author.client.get(&path).await.field("version");
    kill_in(server.pid(), world.dice.below(world.publish_us) + 1);
    let fields = [
        ("csrf", &*author.csrf),
        ("version", &*version),
        ("action", "publish"),
        ("title", &*title),
        ("script", "셋."),
        ("episode_type", "full"),
    ];
    let answer = author.client.try_post(&path, &fields).await;
    server.wait();
    let server = again(world).await;
    let public = world.author.public_path(&post).await;
    if answer.is_ok_and(|a| a.status == StatusCode::SEE_OTHER) {
        assert!(public.is_some(), "acknowledged, so public");
    }
    match public {
        Some(path) => world.published.push(Published {
            title,
            path,
            sound: None,
        }),
        None => {
            let stranger = Client::new(&server.base);
            let feed = stranger.get(&format!("/@{SHOW}/posts.xml")).await;
            assert!(!feed.text().contains(&title));
        }
    }
    server
}

fn below(dice: &mut Dice, end: usize) -> usize {
    usize::try_from(dice.below(end as u64)).expect("small")
}

/// SIGKILL so many microseconds from now; nothing waits here, this is the moment of the kill.
fn kill_in(pid: u32, wait_us: u64) {
    let pid = Pid::from_raw(pid.cast_signed()).expect("a process");
    let kill = move || kill_process(pid, Signal::KILL).expect("killed");
    if wait_us == 0 {
        return kill();
    }
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_micros(wait_us));
        kill();
    });
}
