//! Resumable uploads by a program: tus with a token.
use axum::body::Body;
use data_encoding::BASE64;
use http::Request;
use serde_json::json;

use super::desk::new_post;
use super::{Program, program};
use crate::support::files::{MP3, NO_SOUND};
use crate::support::{Answer, Site};

/// Speaks tus with a token.
async fn tus(api: &Program, method: &str, to: &str, told: &[(&str, &str)], bytes: &[u8]) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(to)
        .header("authorization", format!("Bearer {}", api.token))
        .header("tus-resumable", "1.0.0");
    for (name, value) in told {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(bytes.to_vec()));
    api.browser.ask(request.expect("a request")).await
}

#[tokio::test]
async fn uploads_go_on_where_they_were() {
    let site = Site::ready().await;
    let api = program(&site, &["read", "write"]).await;
    let path = new_post(&api, &json!({ "title": "큰 녹음" })).await;
    let post = path.rsplit('/').next().expect("an id");
    let metadata = format!(
        "filename {},post {}",
        BASE64.encode("녹음.mp3".as_bytes()),
        BASE64.encode(post.as_bytes())
    );
    let uploads = "/api/v1/uploads";
    let begin = async |api: &Program, length: usize| {
        let length = length.to_string();
        let told = [("upload-length", &*length), ("upload-metadata", &*metadata)];
        tus(api, "POST", uploads, &told, b"").await
    };
    let made = begin(&api, MP3.len()).await;
    let to = made.assert_status(201).header("location").to_owned();
    assert!(to.starts_with("/api/v1/uploads/"));
    let send = async |api: &Program, to: &str, at: usize, bytes: &[u8]| {
        let at = at.to_string();
        let kind = "application/offset+octet-stream";
        let told = [("upload-offset", &*at), ("content-type", kind)];
        tus(api, "PATCH", to, &told, bytes).await
    };
    let (first, rest) = MP3.split_at(1000);
    send(&api, &to, 0, first).await.assert_status(204);
    let reader = program(&site, &["read"]).await;
    tus(&reader, "HEAD", &to, &[], b"").await.assert_status(403);
    send(&reader, &to, 1000, rest).await.assert_status(403);
    begin(&reader, 10).await.assert_status(403);
    let asked = tus(&api, "HEAD", &to, &[], b"").await;
    assert_eq!(asked.assert_status(200).header("upload-offset"), "1000");
    let sum = [
        ("upload-offset", "1000"),
        ("content-type", "application/offset+octet-stream"),
        ("upload-checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ];
    let refuted = tus(&api, "PATCH", &to, &sum, rest).await;
    refuted.assert_status(460);
    let is_told = |answer: &Answer, word: &str| {
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let told = answer.json();
        assert_eq!(told["status"], answer.status.as_u16());
        assert_eq!(told["title"].as_str().map(str::is_empty), Some(false));
        let detail = told["detail"].to_string();
        assert!(detail.contains(word), "{detail}");
    };
    is_told(&refuted, "Upload-Checksum");
    assert_eq!(refuted.header("upload-offset"), "1000");
    let none = tus(&api, "PATCH", &to, &sum[1..2], rest).await;
    is_told(none.assert_status(400), "Upload-Offset");
    // The protocol's answer to the last piece has no body.
    send(&api, &to, 1000, rest).await.assert_status(204);
    let known = api.get(&format!("{path}/recording")).await;
    let known = known.assert_status(200).json();
    assert_eq!(known["length_bytes"], MP3.len());
    assert_eq!(known["file_name"], "녹음.mp3");
    assert_eq!(known["sha256"], daebon::kernel::ids::sha256_hex(MP3));
    let made = begin(&api, NO_SOUND.len()).await;
    let to = made.assert_status(201).header("location").to_owned();
    let refused = send(&api, &to, 0, NO_SOUND).await;
    assert_eq!(
        refused.assert_status(422).header("content-type"),
        "application/problem+json"
    );
    let made = begin(&api, 10).await;
    let to = made.assert_status(201).header("location").to_owned();
    tus(&api, "DELETE", &to, &[], b"").await.assert_status(204);
    tus(&api, "HEAD", &to, &[], b"").await.assert_status(404);
    let other = api.ask("POST", uploads, "", "text/plain").await;
    is_told(other.assert_status(412), "Tus-Resumable");
    assert_eq!(other.header("tus-version"), "1.0.0");
}
