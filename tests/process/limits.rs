//! Full disks, large files and rude clients (HARDENING D8, L1, L4).
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::StatusCode;
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};

use crate::support::client::Client;
use crate::support::files::{mp3, wav_header};
use crate::support::server::{PATIENCE, Server};
use crate::support::site::{Author, EMAIL, PASSWORD};

/// A small file system in memory; gone when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "daebon-test"])
            .arg(folder.path())
            .output();
        mounted
            .is_ok_and(|m| m.status.success())
            .then(|| Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(self.path())
            .status();
    }
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries
        .map(|e| e.expect("an entry").metadata().expect("its length").len())
        .sum()
}

#[tokio::test]
async fn a_full_disk_refuses_sound_and_nothing_else() {
    let Some(disk) = SmallDisk::mount("48m") else {
        println!("left out: this user may not mount a small file system");
        return;
    };
    let data = disk.path().join("data");
    let server = Server::start(&data);
    let author = Author::set_up(&server).await;
    let text = author.new_post().await;
    author.must_press(&text, "publish", "글", "다섯.").await;
    let path = author.public_path(&text).await.expect("public");

    let refused = author.create_upload(&text, "a.mp3", 1_000_000).await;
    assert_eq!(refused.status, StatusCode::INSUFFICIENT_STORAGE);
    let file = mp3();
    let file = ("recording", "a.mp3", &*file);
    let refused = author.send_file(&text, "upload_recording", file).await;
    assert_eq!(refused.status, StatusCode::INSUFFICIENT_STORAGE);
    assert_eq!(bytes_below(&data.join("media/tmp")), 0, "something is left");

    // The rest of the disk fills up as well, by somebody else: all but the last pages.
    fill(&disk.path().join("filler"), 512 << 10);
    let client = Client::new(&server.base);
    assert_eq!(client.get(&path).await.status, StatusCode::OK);
    let new = Author::log_in(&server.base, EMAIL, PASSWORD).await;
    let Ok(new) = new else {
        panic!("no login on a full disk")
    };
    new.must_press(&text, "remove", "글", "다섯.").await;
    assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND);
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
}

/// Fills the disk, then gives the last bytes back.
fn fill(path: &Path, spare: u64) {
    let mut file = std::fs::File::create(path).expect("made");
    while file.write_all(&[1; 64 << 10]).is_ok() {}
    let length = file.metadata().expect("its length").len();
    file.set_len(length.saturating_sub(spare)).expect("cut");
}

/// The most memory that the process ever held, in bytes.
fn peak_bytes(server: &Server) -> u64 {
    let path = format!("/proc/{}/status", server.pid());
    let status = std::fs::read_to_string(path).expect("a process");
    let line = status.lines().find(|l| l.starts_with("VmHWM:"));
    let mut words = line.expect("a count").split_whitespace();
    let kib: u64 = words.nth(1).expect("a number").parse().expect("a number");
    kib << 10
}

#[tokio::test]
async fn a_large_file_is_never_held_in_memory() {
    const LENGTH: u32 = 256 << 20;
    const PIECE: usize = 256 << 10;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let author = Author::set_up(&server).await;
    let post = author.new_post().await;
    let created = author
        .create_upload(&post, "long.wav", LENGTH as usize)
        .await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());

    let mut first = wav_header(LENGTH);
    first.resize(PIECE, 0);
    let (first, silence) = (Bytes::from(first), Bytes::from(vec![0; PIECE]));
    let pieces = (0..LENGTH as usize / PIECE).map(move |n| {
        let piece = if n == 0 { &first } else { &silence };
        Ok(Frame::data(piece.clone()))
    });
    let body = StreamBody::new(futures_util::stream::iter(pieces)).boxed_unsync();
    let before = peak_bytes(&server);
    let upload = created.header("location");
    let answer = author.append(upload, 0, LENGTH as usize, body).await;
    let answer = answer.expect("the line holds");
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    author
        .must_press(&post, "publish", "긴 침묵", "여섯.")
        .await;
    let mut line = TcpStream::connect(server.authority()).expect("connected");
    let head = format!(
        "GET /audio/{post}.wav HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        server.authority()
    );
    line.write_all(head.as_bytes()).expect("sent");
    let got = std::io::copy(&mut line, &mut std::io::sink()).expect("read");
    assert!(got > u64::from(LENGTH), "{got}");
    let grown = peak_bytes(&server) - before;
    assert!(grown < 64 << 20, "{} MiB more", grown >> 20);
}

/// Sends this and hands back what comes until the line ends.
fn exchange(server: &Server, sent: &[u8]) -> String {
    let mut line = TcpStream::connect(server.authority()).expect("connected");
    line.set_read_timeout(Some(PATIENCE)).expect("set");
    // The server may refuse before it has read all of it.
    let _ = line.write_all(sent);
    let mut got = Vec::new();
    let _ = line.read_to_end(&mut got);
    String::from_utf8_lossy(&got).into_owned()
}

#[tokio::test]
async fn rude_clients_are_sent_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let host = server.authority();

    let fields = |n: usize| -> String { (0..n).map(|i| format!("X-{i}: 1\r\n")).collect() };
    let head = |more: &str| {
        format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
    };
    let fine = exchange(&server, head(&fields(90)).as_bytes());
    assert!(fine.starts_with("HTTP/1.1 200"), "{fine}");
    let many = exchange(&server, head(&fields(101)).as_bytes());
    let refused = many.starts_with("HTTP/1.1 431") || many.starts_with("HTTP/1.1 400");
    assert!(refused, "{many}");

    let long = head(&format!("X: {}\r\n", "a".repeat(70 << 10)));
    let long = exchange(&server, long.as_bytes());
    assert!(!long.starts_with("HTTP/1.1 200"), "{long}");
    let long = format!(
        "GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n",
        "a".repeat(70 << 10)
    );
    let long = exchange(&server, long.as_bytes());
    assert!(!long.starts_with("HTTP/1.1 200"), "{long}");

    // Half a head, and then nothing.
    let before = Instant::now();
    let half = exchange(&server, b"GET / HTTP/1.1\r\nHost: ");
    assert!(!half.starts_with("HTTP/1.1 200"), "{half}");
    assert!(before.elapsed() <= Duration::from_secs(15), "held too long");

    let well = Client::new(&server.base).get("/readyz").await;
    assert_eq!(well.status, StatusCode::OK);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}
