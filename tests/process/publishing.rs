//! `daebon publish` against a running server: made, brought up to date, refused, from a folder.
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};

use http::{Method, StatusCode};

use crate::pictures::png;
use crate::support::client::{Client, empty};
use crate::support::files::{mp3, wav_header};
use crate::support::server::{Server, daebon, quiet_port};
use crate::support::site::Author;

fn token(data: &Path, scopes: &str) -> String {
    let made = daebon()
        .arg("--data")
        .arg(data)
        .args(["user", "token", "--name", "폴더", "--scopes", scopes])
        .output()
        .expect("it runs");
    assert!(made.status.success(), "{}", words(&made));
    String::from_utf8(made.stdout)
        .expect("text")
        .trim()
        .to_owned()
}

fn publishing(path: &Path, server: &str, token: &str, more: &[&str]) -> Command {
    let mut command = daebon();
    command
        .arg("publish")
        .arg(path)
        .args(["--server", server])
        .args(more)
        .env("DAEBON_TOKEN", token)
        .env("LC_ALL", "ko_KR.UTF-8");
    command
}

fn publish(path: &Path, server: &str, token: &str, more: &[&str]) -> Output {
    publishing(path, server, token, more)
        .output()
        .expect("it runs")
}

/// What the interface says.
async fn told(client: &Client, token: &str, path: &str) -> String {
    let request = client
        .request(Method::GET, &format!("/api/v1{path}"))
        .header("authorization", format!("Bearer {token}"))
        .body(empty())
        .expect("a request");
    let answer = client.send(request).await.expect("it answers");
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.text()
}

fn words(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// The address that it printed, which must be there.
async fn printed(client: &Client, base: &str, output: &Output) -> String {
    assert!(output.status.success(), "{}", words(output));
    let url = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let path = url.strip_prefix(base).expect("of this server");
    let page = client.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{url}");
    page.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_becomes_a_post_and_stays_that_post() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path());
    Author::set_up(&server).await;
    let reader = Client::new(&server.base);
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    };
    let script = "---\ntitle: 폴더에서 온 글\nreferences:\n  - title: 자료\n    url: https://example.org/a\n---\n첫 문장입니다.\n";
    write("today.md", script.as_bytes());
    write("voice.mp3", &mp3());
    let all = token(data.path(), "read,write,publish");
    let first = publish(folder.path(), &server.base, &all, &[]);
    let page = printed(&reader, &server.base, &first).await;
    assert!(page.contains("폴더에서 온 글") && page.contains("https://example.org/a"));
    let feed = reader.get("/@morning/feed.xml").await.text();
    assert!(feed.contains("폴더에서 온 글"), "{feed}");

    // Nothing changed: nothing is sent, nothing is new.
    let again = publish(folder.path(), &server.base, &all, &[]);
    assert_eq!(
        (&again.stdout, words(&again).contains("보내는 중")),
        (&first.stdout, false)
    );
    write(
        "today.md",
        script.replace("첫 문장", "고친 문장").as_bytes(),
    );
    let changed = publish(folder.path(), &server.base, &all, &[]);
    assert_eq!(changed.stdout, first.stdout);
    let page = printed(&reader, &server.base, &changed).await;
    assert!(page.contains("고친 문장"));
    let feed = reader.get("/@morning/feed.xml").await.text();
    assert_eq!(feed.matches("<item>").count(), 1);

    // For who has the address alone: a new piece at once, a public one from now on.
    let hidden = "---\ntitle: 링크로만\npublish: unlisted\n---\n글.\n";
    let alone = tempfile::tempdir().expect("a folder");
    std::fs::write(alone.path().join("hidden.md"), hidden).expect("written");
    let sent = publish(alone.path(), &server.base, &all, &[]);
    printed(&reader, &server.base, &sent).await;
    let script = script.replacen("title:", "publish: unlisted\ntitle:", 1);
    write("today.md", script.as_bytes());
    let sent = publish(folder.path(), &server.base, &all, &[]);
    printed(&reader, &server.base, &sent).await;
    let feed = reader.get("/@morning/posts.xml").await.text();
    assert_eq!(feed.matches("<item>").count(), 0, "{feed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_published_is_told_in_a_sentence() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path());
    Author::set_up(&server).await;
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("글.md");
    let write = |text: &str| std::fs::write(&script, text).expect("written");
    let writer = token(data.path(), "read,write");
    let refused = |server: &str, token: &str, sentence: &str| {
        let output = publish(&script, server, token, &[]);
        assert_eq!(output.status.code(), Some(1), "{}", words(&output));
        assert!(words(&output).contains(sentence), "{}", words(&output));
    };
    refused(&server.base, &writer, "읽을 수 없습니다");
    write("---\ntitel: a\n---\n");
    refused(
        &server.base,
        &writer,
        "2번째 줄의 titel 항목을 알 수 없습니다",
    );
    write("---\ntitle: [a\n---\n");
    refused(&server.base, &writer, "글머리 정보를 읽을 수 없습니다");
    write("---\npublish: tomorrow\n---\n글.");
    refused(&server.base, &writer, "시각을 적어 주세요");
    write("# 제목\n\n글.");
    refused(&server.base, &writer, "이 토큰에는 publish 권한이 없습니다");
    let admin = format!("{}/admin", server.base);
    refused(&admin, &writer, "대본 서버를 찾지 못했습니다");
    write("---\nshow: evening\n---\n글.");
    let all = token(data.path(), "read,write,publish");
    refused(&server.base, &all, "올릴 수 있는 채널: morning");
    // None of it left a draft behind.
    let posts = told(&Client::new(&server.base), &all, "/shows/morning/posts").await;
    assert!(posts.contains(r#""posts":[]"#), "{posts}");
    write("# 제목\n\n글.");
    refused(&server.base, "daebon_wrong", "토큰이 맞지 않거나");
    refused("http://127.0.0.1:1", &writer, "대답하지 않습니다");
    refused("nowhere", &writer, "서버 주소는");
    // As a draft that token is enough: what is printed is the editor.
    let output = publish(&script, &server.base, &writer, &["--draft"]);
    assert!(output.status.success(), "{}", words(&output));
    assert!(
        words(&output).contains("/admin/posts/"),
        "{}",
        words(&output)
    );
    // No sound is refused by the server, in its words.
    std::fs::write(folder.path().join("글.mp3"), "no sound").expect("written");
    let output = publish(&script, &server.base, &writer, &["--draft"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        words(&output).contains("서버가 받지 않았습니다"),
        "{}",
        words(&output)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_sent_when_they_changed() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path());
    Author::set_up(&server).await;
    let all = token(data.path(), "read,write,publish");
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    };
    let mut sound = wav_header(44 + 88_200);
    sound.resize(44 + 88_200, 0);
    write("today.wav", &sound);
    write("cover.png", &png(image::RgbImage::new(1400, 1400)));
    let script = "---\ntitle: 소리\ncover: cover.png\ntags: [a]\n---\n글.";
    write("today.md", script.as_bytes());
    let sent = |names: &[&str]| {
        let output = publish(folder.path(), &server.base, &all, &[]);
        assert!(output.status.success(), "{}", words(&output));
        let said = words(&output);
        assert!(said.contains("지나갑니다: tags"), "{said}");
        for name in ["today.wav", "cover.png"] {
            let is_sent = said.contains(&format!("{name} 보내는 중"));
            assert_eq!(is_sent, names.contains(&name), "{said}");
        }
    };
    sent(&["today.wav", "cover.png"]);
    sent(&[]);
    // Another sound of the same length under the same name.
    sound[1000] = 1;
    write("today.wav", &sound);
    sent(&["today.wav"]);
    write("cover.png", &png(image::RgbImage::new(1500, 1500)));
    sent(&["cover.png"]);
    sent(&[]);
    write("today.mp3", &mp3());
    let output = publish(folder.path(), &server.base, &all, &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = words(&output);
    assert!(said.contains("today.mp3, today.wav"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_happens_or_is_refused() {
    let data = tempfile::tempdir().expect("a folder");
    let server = Server::start(data.path());
    Author::set_up(&server).await;
    let all = token(data.path(), "read,write,publish");
    let reader = Client::new(&server.base);
    let folder = tempfile::tempdir().expect("a folder");
    let send = |publishing: &str, text: &str| {
        let text = format!("---\ntitle: 글\n{publishing}\n---\n{text}");
        std::fs::write(folder.path().join("today.md"), text).expect("written");
        publish(folder.path(), &server.base, &all, &[])
    };
    let state = async |state: &str| {
        let posts = told(&reader, &all, "/shows/morning/posts").await;
        let wanted = format!(r#""state":"{state}""#);
        assert!(posts.contains(&wanted), "{state}: {posts}");
        assert_eq!(posts.matches(r#""state":"#).count(), 1, "{posts}");
    };
    for (publishing, then) in [
        ("publish: 2099-01-01T07:00:00+09:00", "scheduled"),
        ("publish: draft", "draft"),
        ("publish: unlisted", "unlisted"),
        ("", "unlisted"),
        ("publish: now", "published"),
        ("publish: unlisted", "unlisted"),
        ("publish: True", "published"),
    ] {
        let output = send(publishing, "첫 문장.");
        assert!(output.status.success(), "{publishing}: {}", words(&output));
        state(then).await;
    }
    let output = send("draft: true", "고친 문장.");
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(words(&output).contains("이미 공개된 글이라"));
    assert!(words(&output).contains("/admin/posts/"));
    state("published").await;
    let posts = told(&reader, &all, "/shows/morning/posts?q=%EA%B3%A0%EC%B9%9C").await;
    assert!(posts.contains(r#""posts":[]"#), "{posts}");

    // Several at once: each goes through, and it is one post.
    let text = "---\ntitle: 글\n---\n여럿이 고친 문장.";
    std::fs::write(folder.path().join("today.md"), text).expect("written");
    let run = |_| {
        publishing(folder.path(), &server.base, &all, &[])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs")
    };
    let running: Vec<_> = (0..3).map(run).collect();
    for one in running {
        let output = one.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", words(&output));
    }
    state("published").await;
}

/// A line to a port of this machine, cut once when so many bytes of a request went over it.
struct Line {
    base: String,
    /// Bytes that came from the near side.
    passed: Arc<AtomicU64>,
}

impl Line {
    fn to(port: u16, cut_after: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        let passed = Arc::new(AtomicU64::new(0));
        let is_cut = Arc::new(AtomicBool::new(false));
        let counted = passed.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Ok(far) = TcpStream::connect(("127.0.0.1", port)) else {
                    continue;
                };
                let back = (
                    far.try_clone().expect("a line"),
                    near.try_clone().expect("a line"),
                );
                let (counted, is_cut) = (counted.clone(), is_cut.clone());
                std::thread::spawn(move || carry(near, far, cut_after, &counted, &is_cut));
                std::thread::spawn(move || {
                    let (mut from, mut to) = back;
                    let _ = std::io::copy(&mut from, &mut to);
                    let _ = to.shutdown(Shutdown::Both);
                });
            }
        });
        Self { base, passed }
    }
}

fn carry(
    mut near: TcpStream,
    mut far: TcpStream,
    cut_after: u64,
    counted: &AtomicU64,
    is_cut: &AtomicBool,
) {
    let mut buffer = vec![0; 64 << 10];
    let mut came = 0;
    while let Ok(length @ 1..) = near.read(&mut buffer) {
        came += length as u64;
        counted.fetch_add(length as u64, SeqCst);
        if came > cut_after && !is_cut.swap(true, SeqCst) {
            let _ = near.shutdown(Shutdown::Both);
            break;
        }
        if far.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = far.shutdown(Shutdown::Both);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_goes_on_where_the_line_was_cut() {
    const MEGABYTE: u64 = 1 << 20;
    let data = tempfile::tempdir().expect("a folder");
    let port = quiet_port();
    let line = Line::to(port, 3 * MEGABYTE / 2);
    let listen = format!("127.0.0.1:{port}");
    let flags = ["--listen", &*listen, "--public-url", &*line.base];
    let server = Server::start_with(data.path(), &flags);
    Author::set_up(&server).await;
    let all = token(data.path(), "read,write,publish");
    let folder = tempfile::tempdir().expect("a folder");
    let length = 6 * MEGABYTE;
    let mut sound = wav_header(length as u32);
    sound.resize(length as usize, 0);
    std::fs::write(folder.path().join("today.wav"), &sound).expect("written");
    std::fs::write(folder.path().join("today.md"), "# 긴 녹음\n\n글.").expect("written");
    let before = line.passed.load(SeqCst);
    let output = publish(folder.path(), &line.base, &all, &[]);
    let reader = Client::new(&line.base);
    printed(&reader, &line.base, &output).await;
    assert!(words(&output).contains("다시"), "{}", words(&output));
    let feed = reader.get("/@morning/feed.xml").await.text();
    let enclosure = format!("length=\"{length}\"");
    assert!(feed.contains(&enclosure), "{feed}");
    // The piece that was cut is sent twice, and nothing else.
    let sent = line.passed.load(SeqCst) - before;
    assert!(sent > length && sent < length + 2 * MEGABYTE, "{sent}");
}
