//! Connections that end in ways that nobody planned (HARDENING L1, D12).
use std::path::PathBuf;

use http::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::{Server, until};
use crate::support::files::MP3;

/// A WAV file larger than what two sockets hold between them.
fn large() -> Vec<u8> {
    let sound: u32 = 24 << 20;
    let mut file = b"RIFF".to_vec();
    file.extend((sound + 36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(8_000u32.to_le_bytes());
    file.extend(16_000u32.to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend(sound.to_le_bytes());
    file.extend((0..sound).map(|n| (n % 251) as u8));
    file
}

/// Files of this site's store that the process holds open.
fn open_files(server: &Server) -> usize {
    let media = server.site.state.data.path().join("media");
    let media = media.canonicalize().expect("a folder");
    let links = std::fs::read_dir("/proc/self/fd")
        .expect("a list")
        .flatten();
    let targets: Vec<PathBuf> = links
        .filter_map(|l| std::fs::read_link(l.path()).ok())
        .collect();
    targets.iter().filter(|t| t.starts_with(&media)).count()
}

/// Asks for a path and reads no more than the beginning of the answer.
async fn begin(server: &Server, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.expect("connects");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut beginning = [0; 64];
    stream.read_exact(&mut beginning).await.expect("an answer");
    assert!(beginning.starts_with(b"HTTP/1.1 200 OK"));
    stream
}

/// Whether a new connection is answered, and not turned away.
async fn is_served(server: &Server) -> bool {
    let Ok(mut stream) = TcpStream::connect(server.address).await else {
        return false;
    };
    let head = format!("GET /healthz HTTP/1.0\r\nHost: {}\r\n\r\n", server.address);
    let mut answer = Vec::new();
    let sent = stream.write_all(head.as_bytes()).await.is_ok();
    sent && stream.read_to_end(&mut answer).await.is_ok() && answer.ends_with(b"ok\n")
}

#[tokio::test]
async fn clients_who_hang_up_leave_nothing_open() {
    // As many connections as there are clients, so that one left open would be missed.
    let server = Server::ready_with(|c| c.max_connections = 12).await;
    let post = server
        .site
        .author()
        .episode("긴 소리", "a.wav", &large())
        .await;
    let path = post.audio("wav");
    for _ in 0..2 {
        let mut streams = Vec::new();
        for _ in 0..12 {
            streams.push(begin(&server, &path).await);
        }
        assert_eq!(open_files(&server), 1, "all are in the middle of one file");
        assert!(!is_served(&server).await, "there is no place left");
        drop(streams);
        until("there is a place again", async || is_served(&server).await).await;
    }
}

#[tokio::test]
async fn beyond_the_limit_of_connections_the_next_is_turned_away() {
    let server = Server::ready_with(|c| c.max_connections = 3).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(begin(&server, "/healthz").await);
    }
    let mut stream = TcpStream::connect(server.address).await.expect("connects");
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer).await;
    assert!(read.is_err() || answer.is_empty(), "closed without a word");
    held.pop();
    until("there is a place again", async || is_served(&server).await).await;
}

#[tokio::test]
async fn what_is_no_request_is_refused_and_nobody_else_notices() {
    let server = Server::ready().await;
    let fields = "x: y\r\n".repeat(200);
    let long = "a".repeat(100 << 10);
    for (sent, status) in [
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (format!("GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n"), "431"),
        (
            format!("GET / HTTP/1.1\r\nHost: x\r\nx: {long}\r\n\r\n"),
            "431",
        ),
        (format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"), "4"),
    ] {
        let mut stream = TcpStream::connect(server.address).await.expect("connects");
        // The server may hang up before it has taken everything.
        let _ = stream.write_all(sent.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let text = String::from_utf8_lossy(&answer);
        let wanted = format!("HTTP/1.1 {status}");
        assert!(text.is_empty() || text.starts_with(&wanted), "{text}");
    }
    assert_eq!(server.get(&server.url("/healthz")).await.status, 200);
}

#[tokio::test]
async fn a_client_who_hangs_up_while_sending_leaves_no_half_post() {
    let server = Server::ready().await;
    let author = server.site.author();
    let post = author.draft("글").await;
    let form = author.get(&post.editor).await.form("#post-form");
    let (kind, body) = form
        .set("script", &"가".repeat(10_000))
        .press("publish")
        .encode();
    // The last three bytes end the last part of the form; without the very last one it is whole.
    for sent in [0, 1, body.len() / 2, body.len() - 3] {
        let mut stream = TcpStream::connect(server.address).await.expect("connects");
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nCookie: daebon={}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            post.editor,
            server.address,
            author.cookie("daebon").expect("a session"),
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        stream.write_all(&body[..sent]).await.expect("sent");
        stream.shutdown().await.expect("hung up");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP/1.1 303"));
    }
    let page = author.get(&post.editor).await;
    assert!(page.has(".badge-draft"));
    assert!(!page.form("#post-form").value("script").contains("가가"));
}

#[tokio::test]
async fn a_stopping_server_finishes_what_it_began() {
    let server = Server::ready().await;
    let sound = large();
    let post = server
        .site
        .author()
        .episode("긴 소리", "a.wav", &sound)
        .await;
    let mut stream = begin(&server, &post.audio("wav")).await;
    let address = server.address;
    let reader = tokio::spawn(async move {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.expect("the rest");
        rest
    });
    server.stop().await;
    let rest = reader.await.expect("read");
    assert!(
        rest.ends_with(&sound[sound.len() - 1_000..]),
        "the whole file came"
    );
    assert!(
        TcpStream::connect(address).await.is_err(),
        "nobody new is let in"
    );
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let server = Server::ready().await;
    let post = server.site.author().episode("첫 회", "a.mp3", MP3).await;
    let url = server.url(&post.audio("mp3"));
    for n in 0..50 {
        let range = format!("bytes={}-{}", n * 10, n * 10 + 9);
        let got = server.fetch(Method::GET, &url, &[("range", &range)]).await;
        assert_eq!(got.body, MP3[n * 10..n * 10 + 10]);
    }
}
