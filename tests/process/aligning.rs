//! Finding the sentences of a script in its recording: by workers that may end as they like, by
//! servers that are killed, and for an author who changes his mind (HARDENING L8).
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use http::StatusCode;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::files::{mp3, wav_header};
use crate::support::server::{PATIENCE, Server};
use crate::support::site::Author;

const SCRIPT: &str = "안녕하십니까. 오늘의 논평입니다.\n\n첫째 문장입니다. 둘째 문장도 있습니다.";
/// Of the work as a whole, the percent from which on the recording was listened to.
const LISTENED: u64 = 30;

/// Where the work on a post stands.
async fn state(author: &Author, post: &str) -> Value {
    let path = format!("/admin/posts/{post}/transcript/status");
    let answer = author.client.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    serde_json::from_slice(&answer.body).expect("JSON")
}

/// Asks until the work stands so.
pub async fn wait(
    author: &Author,
    post: &str,
    what: &str,
    is: impl Fn(&str, u64) -> bool,
) -> Value {
    let deadline = Instant::now() + 3 * PATIENCE;
    loop {
        let now = state(author, post).await;
        let word = now["state"].as_str().unwrap_or_default();
        if is(word, now["percent"].as_u64().unwrap_or(0)) {
            return now;
        }
        assert!(
            Instant::now() < deadline && !(word == "failed" && what != "failed"),
            "waited in vain until it is {what}: {now}"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Presses one of the buttons of the work, in the editor as it is.
pub async fn press(author: &Author, post: &str, action: &str) {
    let fields = author.editor_fields(post, action).await;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let path = format!("/admin/posts/{post}");
    let answer = author.client.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// A draft with a script and a recording.
async fn spoken_post(author: &Author, recording: Vec<u8>) -> String {
    let post = author.new_post().await;
    author.upload(&post, "논평", recording.into()).await;
    author.must_press(&post, "save", "논평", SCRIPT).await;
    post
}

/// A post whose sentences are being looked for.
struct Work {
    folder: tempfile::TempDir,
    server: Server,
    author: Author,
    post: String,
    /// What the server said of it.
    told: Value,
}

/// Begins to align a voice of so many times four seconds, and waits until it is listened to.
async fn aligning(times: usize) -> Work {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let author = Author::set_up(&server).await;
    let post = spoken_post(&author, mp3().repeat(times)).await;
    press(&author, &post, "align").await;
    let listens = |word: &str, percent| word == "running" && percent > 0;
    let told = wait(&author, &post, "running", listens).await;
    Work {
        folder,
        server,
        author,
        post,
        told,
    }
}

/// The children of a server that still run.
fn children(server: &Server) -> Vec<Pid> {
    let parent = format!("PPid:\t{}\n", server.pid());
    let processes = std::fs::read_dir("/proc").expect("processes").flatten();
    let all = processes.filter_map(|process| {
        let status = std::fs::read_to_string(process.path().join("status")).ok()?;
        let number: i32 = process.file_name().to_str()?.parse().ok()?;
        let is_one = status.contains(&parent) && !status.contains("State:\tZ");
        is_one.then_some(Pid::from_raw(number)?)
    });
    all.collect()
}

/// Waits until processes that are no longer anybody's have ended.
fn wait_for_end(of: &[Pid]) {
    let deadline = Instant::now() + PATIENCE;
    for pid in of {
        let status = format!("/proc/{}/status", pid.as_raw_pid());
        // Whoever inherits it may leave it on the list for a while.
        let runs =
            || std::fs::read_to_string(&status).is_ok_and(|status| !status.contains("State:\tZ"));
        while runs() {
            assert!(Instant::now() < deadline, "a worker outlives its server");
            std::thread::yield_now();
        }
    }
}

/// What is kept of recordings that were listened to.
fn kept(data: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(data.join("cache"))
        .expect("a folder")
        .flatten();
    let heard = files.map(|file| file.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("heard") && !name.ends_with(".part")
    });
    heard.collect()
}

fn again(folder: &tempfile::TempDir, author: &Author) -> Server {
    let server = Server::start(folder.path());
    author.client.moved_to(&server.base);
    server
}

#[tokio::test]
async fn what_a_killed_server_left_goes_on_after_the_next_start() {
    let Work {
        folder,
        author,
        post,
        server,
        ..
    } = aligning(5).await;
    server.kill();
    let server = again(&folder, &author);
    wait(&author, &post, "searching", |word, percent| {
        word == "done" || (word == "running" && percent >= LISTENED)
    })
    .await;
    server.kill();
    let heard = kept(folder.path());
    assert_eq!(heard.len(), 1, "{heard:?}");
    let made = |path: &Path| {
        std::fs::metadata(path)
            .and_then(|m| m.modified())
            .expect("there")
    };
    let first = made(&heard[0]);
    let server = again(&folder, &author);
    wait(&author, &post, "done", |word, _| word == "done").await;
    assert_eq!(made(&heard[0]), first, "nobody listened again");
    assert!(children(&server).is_empty(), "a worker was left behind");
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
}

#[tokio::test]
async fn a_worker_ends_with_its_server() {
    let Work {
        folder: _folder,
        server,
        ..
    } = aligning(20).await;
    let workers = children(&server);
    assert!(!workers.is_empty(), "nobody listens");
    // Held, it could not notice by itself that nobody listens any more.
    for worker in &workers {
        kill_process(*worker, Signal::STOP).expect("signalled");
    }
    server.kill();
    wait_for_end(&workers);
}

#[tokio::test]
async fn a_worker_that_was_killed_is_started_again() {
    let Work {
        folder: _folder,
        author,
        post,
        server,
        ..
    } = aligning(3).await;
    // As the kernel does when memory runs out.
    for child in children(&server) {
        kill_process(child, Signal::KILL).expect("signalled");
    }
    wait(&author, &post, "done", |word, _| word == "done").await;
}

#[tokio::test]
async fn asking_again_goes_on_with_what_runs() {
    let Work {
        folder: _folder,
        author,
        post,
        server: _server,
        told: first,
    } = aligning(20).await;
    press(&author, &post, "align").await;
    let told = state(&author, &post).await;
    assert_eq!(told["state"], "running", "{told}");
    assert!(
        told["percent"].as_u64() >= first["percent"].as_u64(),
        "{told}"
    );
    press(&author, &post, "cancel_work").await;
}

#[tokio::test]
async fn what_was_cancelled_rests_until_it_goes_on() {
    let Work {
        folder,
        author,
        post,
        server,
        ..
    } = aligning(5).await;
    press(&author, &post, "cancel_work").await;
    let deadline = Instant::now() + PATIENCE;
    while !children(&server).is_empty() {
        assert!(Instant::now() < deadline, "the worker goes on");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(state(&author, &post).await["state"], "cancelled");
    // Not even a new version wakes it.
    let longer = format!("{SCRIPT} 끝입니다.");
    author.must_press(&post, "publish", "논평", &longer).await;
    drop(server);
    let server = again(&folder, &author);
    assert_eq!(state(&author, &post).await["state"], "cancelled");
    press(&author, &post, "go_on").await;
    wait(&author, &post, "done", |word, _| word == "done").await;
    assert!(children(&server).is_empty(), "a worker was left behind");
}

#[tokio::test]
async fn a_recording_that_ends_its_worker_ends_nothing_else() {
    let Work {
        folder: _folder,
        author,
        post,
        server,
        ..
    } = aligning(5).await;
    // As a decoder would end that was led astray.
    for child in children(&server) {
        kill_process(child, Signal::ABORT).expect("signalled");
    }
    let told = wait(&author, &post, "failed", |word, _| word == "failed").await;
    let text = told["text"].as_str().expect("a sentence");
    assert!(text.contains("끝까지 풀 수 없었습니다"), "{text}");

    // A thousand samples a second: players take it, and no ear can follow.
    let mut strange = wav_header(44 + 4000);
    strange[24..28].copy_from_slice(&1000_u32.to_le_bytes());
    strange[28..32].copy_from_slice(&2000_u32.to_le_bytes());
    strange.resize(44 + 4000, 7);
    let post = spoken_post(&author, strange).await;
    press(&author, &post, "align").await;
    let told = wait(&author, &post, "failed", |word, _| word == "failed").await;
    let text = told["text"].as_str().expect("a sentence");
    assert!(text.contains("문장의 시각을 찾지 못합니다"), "{text}");
    assert!(children(&server).is_empty(), "a worker was left behind");
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
}
