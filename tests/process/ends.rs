//! SIGTERM: what runs may end, nothing new begins (HARDENING D12).
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use bytes::Bytes;

use crate::support::database;
use crate::support::files::noise;
use crate::support::server::{PATIENCE, Server, until};
use crate::support::site::Author;

/// More than the buffers of both ends hold, so that the download is under way for sure.
const FILE_BYTES: u32 = 24 << 20;

#[tokio::test]
async fn a_running_download_ends_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let author = Author::set_up(&server).await;
    let post = author.new_post().await;
    let file = Bytes::from(noise(FILE_BYTES, 7));
    author.upload(&post, "long.wav", file.clone()).await;
    author.must_press(&post, "publish", "긴 녹음", "넷.").await;
    drop(author);

    let mut line = TcpStream::connect(server.authority()).expect("connected");
    line.set_read_timeout(Some(PATIENCE)).expect("set");
    let head = format!(
        "GET /audio/{post}.wav HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        server.authority()
    );
    line.write_all(head.as_bytes()).expect("sent");
    let mut got = vec![0; 1000];
    line.read_exact(&mut got).expect("it begins");

    server.ask_to_end();
    until("it listens no more", || {
        server.log().contains("stopping").then_some(())
    });
    until("nobody new gets in", || {
        TcpStream::connect(server.authority())
            .is_err()
            .then_some(())
    });
    line.read_to_end(&mut got).expect("the rest");
    let (status, log) = server.wait();
    assert_eq!(status.code(), Some(0), "{log}");
    let body = got
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("a head")
        + 4;
    assert!(got[body..] == file[..], "{} bytes", got.len() - body);
    database::check(folder.path()).await;
}

#[test]
fn an_idle_line_does_not_keep_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let mut line = TcpStream::connect(server.authority()).expect("connected");
    let head = format!(
        "GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.authority()
    );
    line.write_all(head.as_bytes()).expect("sent");
    let mut first = [0; 12];
    line.read_exact(&mut first).expect("answered");
    assert_eq!(&first, b"HTTP/1.1 200");
    let before = std::time::Instant::now();
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(!log.contains("were cut"), "{log}");
    assert!(before.elapsed() < Duration::from_secs(9), "it waited");
}
