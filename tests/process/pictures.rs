//! Pictures are opened by a worker with limits, never by the server (HARDENING L8, M3).
use std::io::Cursor;

use http::StatusCode;
use image::{GrayImage, ImageFormat, Luma, RgbaImage};

use crate::support::client::Answer;
use crate::support::server::Server;
use crate::support::site::Author;

async fn send(author: &Author, post: &str, picture: &[u8]) -> Answer {
    let file = ("cover", "그림", picture);
    author.send_file(post, "upload_cover", file).await
}

pub fn png(picture: impl Into<image::DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture: image::DynamicImage = picture.into();
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("written");
    bytes.into_inner()
}

/// A progressive JPEG of so many pixels a side, all of it head: its coefficients would take
/// 6 bytes a pixel.
fn heavy_jpeg(side: u16) -> Vec<u8> {
    let [high, low] = side.to_be_bytes();
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0];
    bytes.extend([1; 64]);
    bytes.extend([0xFF, 0xC2, 0, 17, 8, high, low, high, low, 3]);
    bytes.extend([1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
    bytes.extend([0xFF, 0xC4, 0, 20, 0, 1]);
    bytes.extend([0; 16]);
    bytes.extend([0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0]);
    bytes.extend([0; 64]);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// Children of a process that are there, ended ones that nobody asked about among them.
fn children(server: &Server) -> Vec<String> {
    let parent = format!("PPid:\t{}\n", server.pid());
    let processes = std::fs::read_dir("/proc").expect("processes");
    let status = processes.map(|p| p.expect("one").path().join("status"));
    status
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .filter(|status| status.contains(&parent))
        .collect()
}

fn peak_bytes(server: &Server) -> u64 {
    let path = format!("/proc/{}/status", server.pid());
    let status = std::fs::read_to_string(path).expect("a process");
    let line = status.lines().find(|l| l.starts_with("VmHWM:"));
    let mut words = line.expect("a count").split_whitespace();
    let kib: u64 = words.nth(1).expect("a number").parse().expect("a number");
    kib << 10
}

#[tokio::test]
async fn hostile_pictures_are_refused_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let author = Author::set_up(&server).await;
    let post = author.new_post().await;
    let whole = png(GrayImage::from_fn(1400, 1400, |x, y| {
        Luma([(x * 7 + y * 13) as u8])
    }));
    let mut claims_more = whole.clone();
    claims_more[16..24].copy_from_slice(&[0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
    let webp = b"RIFF\xFF\xFF\0\0WEBPVP8 \xFF\xFF\0\0\0\0\0\x9d\x01\x2a\x10\x27\x10\x27";
    let hostile: [(&str, Vec<u8>, &str); 8] = [
        ("no picture", b"<svg/>".to_vec(), "JPEG, PNG, WebP"),
        ("cut off", whole[..whole.len() / 2].to_vec(), "손상"),
        ("a false head", claims_more, "손상"),
        ("a head alone", whole[..33].to_vec(), "손상"),
        ("WebP without data", webp.to_vec(), "손상"),
        (
            "too small",
            png(GrayImage::new(1200, 800)),
            "가로 1200, 세로 800픽셀",
        ),
        (
            "too long",
            png(GrayImage::new(1400, 10_001)),
            "1400픽셀부터 10,000픽셀",
        ),
        // Its worker asks for more memory than it may have, and is ended.
        ("too heavy", heavy_jpeg(10_000), "메모리"),
    ];
    for (what, bytes, sentence) in hostile {
        let answer = send(&author, &post, &bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        assert!(answer.text().contains(sentence), "{what}");
    }
    assert!(children(&server).is_empty(), "a worker was left behind");
    let log = server.log();
    assert!(log.contains("without an answer"), "no worker ended: {log}");
    // The server has lost nothing by it.
    let taken = send(&author, &post, &whole).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
}

#[tokio::test]
async fn the_server_does_not_grow_by_a_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let author = Author::set_up(&server).await;
    let post = author.new_post().await;
    // 56 MB of pixels in a small file.
    let wide = png(RgbaImage::from_pixel(
        10_000,
        1400,
        image::Rgba([40, 90, 160, 255]),
    ));
    let before = peak_bytes(&server);
    let taken = send(&author, &post, &wide).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let grown = peak_bytes(&server) - before;
    assert!(grown < 24 << 20, "the server grew by {grown} bytes");
    let path = format!("/admin/posts/{post}/preview/cover.jpg");
    let cover = author.client.get(&path).await;
    assert_eq!(cover.header("content-type"), "image/jpeg");
    let cover = image::load_from_memory(&cover.body).expect("a picture");
    assert_eq!(cover.to_rgb8().dimensions(), (300, 300));
    assert!(children(&server).is_empty(), "a worker was left behind");
}
