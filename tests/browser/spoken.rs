//! Posts whose sentences are timed, for the tests of reading along.
use std::fmt::Write as _;

use bytes::Bytes;
use http::StatusCode;

use crate::support::files::noise;
use crate::support::server::Server;
use crate::support::site::Author;

const SECONDS: u32 = 60;
/// Every sentence is heard so long.
const EACH: u32 = 2;
/// Sentences; one of them is not in the sound.
pub const SENTENCES: u32 = 28;
pub const UNSPOKEN: u32 = 5;

/// A post whose sentences are timed; its address.
pub async fn timed_post(server: &Server) -> String {
    let (mut script, mut vtt) = (String::new(), "WEBVTT\n\n".to_owned());
    let mut second = 1;
    for n in 0..SENTENCES {
        let _ = write!(script, "{n}번째 문장은 도서관 *이야기*입니다.\n\n");
        if n != UNSPOKEN {
            let end = second + EACH;
            let _ = write!(
                vtt,
                "00:{second:02}.000 --> 00:{end:02}.000\n{n}번째 문장은 도서관 이야기입니다.\n\n"
            );
            second = end;
        }
    }
    spoken_post(server, &script, &vtt).await
}

/// A public post of this script, with a recording of a minute and these times in WebVTT; its address.
pub async fn spoken_post(server: &Server, script: &str, vtt: &str) -> String {
    let author = Author::set_up(server).await;
    let post = author.new_post().await;
    let sound = Bytes::from(noise(SECONDS * 88_200, 12));
    author.upload(&post, "a.wav", sound).await;
    author
        .must_press(&post, "publish", "도서관이 문을 닫는 시간", script)
        .await;
    let file = ("transcript", "a.vtt", vtt.as_bytes());
    let sent = author.send_file(&post, "upload_transcript", file).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let path = author.public_path(&post).await.expect("public");
    format!("{}{path}", server.base)
}
