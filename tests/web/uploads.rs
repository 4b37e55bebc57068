//! Recordings through HTTP: tus as the script speaks it, and the plain form (HARDENING D13, L3).
use axum::body::Body;
use data_encoding::BASE64;
use http::Request;
use sha2::Digest;

use crate::support::files::{M4A, MP3, NO_SOUND};
use crate::support::{Answer, Browser, DAY_MS, Post, Site};

/// Speaks tus for one author.
struct Tus<'a> {
    author: &'a Browser,
}

impl Tus<'_> {
    async fn ask(&self, method: &str, to: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut all = vec![("tus-resumable", "1.0.0")];
        all.extend(headers);
        self.author.script(method, to, &all, body).await
    }

    async fn create(&self, post: &Post, length: u64) -> Answer {
        let told = format!(
            "filename {},post {}",
            BASE64.encode("내 녹음.mp3".as_bytes()),
            BASE64.encode(post.id.as_bytes())
        );
        let headers = [
            ("upload-length", &*length.to_string()),
            ("upload-metadata", &told),
        ];
        self.ask("POST", "/admin/uploads", &headers, Body::empty())
            .await
    }

    async fn begin(&self, post: &Post, length: usize) -> String {
        let made = self.create(post, length as u64).await;
        made.assert_status(201);
        assert_eq!(made.header("tus-resumable"), "1.0.0");
        assert!(made.header("upload-expires").ends_with("GMT"));
        made.header("location").to_owned()
    }

    async fn patch(&self, to: &str, offset: usize, bytes: &[u8]) -> Answer {
        let offset = offset.to_string();
        let headers = [
            ("upload-offset", &*offset),
            ("content-type", "application/offset+octet-stream"),
        ];
        self.ask("PATCH", to, &headers, Body::from(bytes.to_vec()))
            .await
    }

    async fn offset(&self, to: &str) -> String {
        let answer = self.ask("HEAD", to, &[], Body::empty()).await;
        answer.assert_status(200);
        answer.header("upload-offset").to_owned()
    }
}

/// How many files wait to become something.
fn waiting(site: &Site) -> usize {
    site.state.media.list_temp().expect("lists").len()
}

/// The page's scripts, by the last piece of their address, in order.
fn scripts(page: &Answer) -> Vec<String> {
    let sources = page.attributes("script[src]", "src");
    let name = |source: String| source.rsplit('/').next().map(str::to_owned);
    sources.into_iter().filter_map(name).collect()
}

#[tokio::test]
async fn the_client_is_there_before_the_editor_and_nowhere_else() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let editor = author.get(&post.editor).await;
    assert_eq!(scripts(&editor), ["tus.js", "admin.js"]);
    assert_eq!(scripts(&author.get("/admin").await), ["admin.js"]);
    let source = editor.attributes("script[src*=tus]", "src").remove(0);
    let client = author.get(&source).await;
    client.assert_status(200);
    assert!(client.text().contains("Upload-Offset"));
}

#[tokio::test]
async fn what_is_spoken_here_is_told() {
    let site = Site::ready().await;
    let author = site.author();
    let tus = Tus { author: &author };
    let answer = tus
        .ask("OPTIONS", "/admin/uploads", &[], Body::empty())
        .await;
    assert_eq!(answer.assert_status(204).header("tus-version"), "1.0.0");
    assert_eq!(
        answer.header("tus-extension"),
        "creation,termination,expiration,checksum"
    );
    assert_eq!(answer.header("tus-checksum-algorithm"), "sha1,sha256");
    assert_eq!(answer.header("tus-max-size"), (64 << 20).to_string());
    let old = [("tus-resumable", "0.2.2")];
    let answer = author
        .script("POST", "/admin/uploads", &old, Body::empty())
        .await;
    answer.assert_status(412);
}

#[tokio::test]
async fn a_file_in_pieces_becomes_the_recording() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let tus = Tus { author: &author };
    let to = tus.begin(&post, MP3.len()).await;
    assert_eq!(tus.offset(&to).await, "0");
    let first = tus.patch(&to, 0, &MP3[..10_000]).await;
    first.assert_status(204);
    assert_eq!(first.header("upload-offset"), "10000");
    assert_eq!(tus.offset(&to).await, "10000");
    let last = tus.patch(&to, 10_000, &MP3[10_000..]).await;
    last.assert_status(200);
    let told = last.json();
    assert_eq!(told["recording"]["name"], "내 녹음.mp3");
    assert_eq!(told["recording"]["kind"], "mp3");
    assert_eq!(told["recording"]["size_bytes"], MP3.len());
    assert_eq!(told["suggestions"]["title"], "시험 녹음");
    author.act(&post, &[], "publish").await;
    assert_eq!(site.stranger().get(&post.audio("mp3")).await.body, MP3);
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn a_wrong_offset_is_told_and_changes_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let tus = Tus { author: &author };
    let to = tus.begin(&post, MP3.len()).await;
    tus.patch(&to, 0, &MP3[..100]).await.assert_status(204);
    for wrong in [0, 99, 101, MP3.len(), MP3.len() + 1] {
        tus.patch(&to, wrong, &MP3[..10]).await.assert_status(409);
    }
    assert_eq!(tus.offset(&to).await, "100");
    let more = vec![0; MP3.len()];
    tus.patch(&to, 100, &more).await.assert_status(400);
    assert_eq!(tus.offset(&to).await, "100");
}

#[tokio::test]
async fn a_piece_that_came_otherwise_than_it_was_sent_is_not_kept() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let tus = Tus { author: &author };
    let to = tus.begin(&post, MP3.len()).await;
    let sum = |bytes: &[u8]| format!("sha256 {}", BASE64.encode(&sha2::Sha256::digest(bytes)));
    let patch = async |offset: usize, bytes: &[u8], sum: &str| {
        let offset = offset.to_string();
        let headers = [
            ("upload-offset", &*offset),
            ("content-type", "application/offset+octet-stream"),
            ("upload-checksum", sum),
        ];
        tus.ask("PATCH", &to, &headers, Body::from(bytes.to_vec()))
            .await
    };
    let (first, rest) = MP3.split_at(10_000);
    patch(0, first, &sum(first)).await.assert_status(204);
    let mut spoilt = rest.to_vec();
    spoilt[77] ^= 1;
    for wrong in [&spoilt, &rest[..rest.len() - 1]] {
        let refused = patch(10_000, wrong, &sum(rest)).await;
        refused.assert_status(460);
        assert_eq!(refused.header("upload-offset"), "10000");
        assert!(refused.json()["message"].is_string());
        assert_eq!(tus.offset(&to).await, "10000");
    }
    for unknown in ["crc9 AAAA", "sha1", "sha256 AAAA"] {
        patch(10_000, rest, unknown).await.assert_status(400);
    }
    patch(10_000, rest, &sum(rest)).await.assert_status(200);
    author.act(&post, &[], "publish").await;
    assert_eq!(site.stranger().get(&post.audio("mp3")).await.body, MP3);
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_a_byte_is_sent() {
    let site = Site::ready_with(|c| c.max_upload_bytes = 20_000).await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let tus = Tus { author: &author };
    tus.create(&post, 20_000).await.assert_status(201);
    for length in [20_001, u64::MAX] {
        let answer = tus.create(&post, length).await;
        answer.assert_status(413);
        assert!(
            answer.json()["message"]
                .as_str()
                .expect("text")
                .contains("kB")
        );
    }
    let answer = tus.create(&post, 0).await;
    assert!(answer.assert_status(422).json()["fields"]["file"].is_string());
    let back = author.record(&post, "a.mp3", MP3).await;
    back.assert_status(413);
}

#[tokio::test]
async fn unfinished_files_are_limited_together() {
    let site = Site::ready_with(|c| c.max_upload_bytes = 20_000).await;
    let author = site.author();
    let (one, other) = (author.draft("하나").await, author.draft("둘").await);
    let third = author.draft("셋").await;
    let tus = Tus { author: &author };
    tus.create(&one, 20_000).await.assert_status(201);
    tus.create(&other, 20_000).await.assert_status(201);
    tus.create(&third, 1).await.assert_status(409);
    // For the same post the new one takes the place of what was left lying.
    tus.create(&one, 20_000).await.assert_status(201);
}

#[tokio::test]
async fn what_is_no_sound_is_refused_in_a_sentence() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let tus = Tus { author: &author };
    for bytes in [NO_SOUND, &MP3[..20], &[0u8; 5_000], &M4A[..9_000]] {
        let to = tus.begin(&post, bytes.len()).await;
        let answer = tus.patch(&to, 0, bytes).await;
        answer.assert_status(422);
        let sentence = answer.json()["fields"]["file"].clone();
        assert!(
            sentence.as_str().is_some_and(|s| s.chars().count() > 8),
            "{sentence}"
        );
        tus.ask("HEAD", &to, &[], Body::empty())
            .await
            .assert_status(404);
    }
    assert_eq!(waiting(&site), 0);
    assert!(!author.get(&post.editor).await.has("audio[src]"));
}

#[tokio::test]
async fn headers_that_make_no_sense_are_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let tus = Tus { author: &author };
    let right = format!("post {}", BASE64.encode(post.id.as_bytes()));
    let nobody = format!("post {}", BASE64.encode(b"aaaaaaaaaaaa"));
    for (length, metadata, status) in [
        ("-1", right.as_str(), 400),
        ("1e3", &right, 400),
        ("99999999999999999999999", &right, 400),
        ("100", "post !!!", 400),
        ("100", "filename YQ==", 400),
        ("100", &format!("{right},{right}"), 400),
        ("100", &nobody, 404),
    ] {
        let headers = [("upload-length", length), ("upload-metadata", metadata)];
        let answer = tus
            .ask("POST", "/admin/uploads", &headers, Body::empty())
            .await;
        answer.assert_status(status);
    }
}

#[tokio::test]
async fn a_cancelled_upload_and_one_left_lying_leave_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let tus = Tus { author: &author };
    let to = tus.begin(&post, MP3.len()).await;
    tus.patch(&to, 0, &MP3[..100]).await.assert_status(204);
    assert_eq!(waiting(&site), 1);
    tus.ask("DELETE", &to, &[], Body::empty())
        .await
        .assert_status(204);
    tus.ask("HEAD", &to, &[], Body::empty())
        .await
        .assert_status(404);
    assert_eq!(waiting(&site), 0);
    let to = tus.begin(&post, MP3.len()).await;
    tus.patch(&to, 0, &MP3[..100]).await.assert_status(204);
    site.pass(DAY_MS + 1).await;
    daebon::features::uploads::sweep_expired(&site.state)
        .await
        .expect("swept");
    tus.ask("HEAD", &to, &[], Body::empty())
        .await
        .assert_status(404);
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn the_plain_form_takes_the_same_file() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    author
        .record(&post, "C:\\소리\\내 녹음.m4a", M4A)
        .await
        .assert_redirects_to(&post.editor);
    let page = author.get(&post.editor).await;
    assert_eq!(page.texts("#recording [data-value=name]"), ["내 녹음.m4a"]);
    author.act(&post, &[], "publish").await;
    let sound = site.stranger().get(&post.audio("m4a")).await;
    assert_eq!(sound.body, M4A);
    assert_eq!(sound.header("content-type"), "audio/x-m4a");
}

#[tokio::test]
async fn the_plain_form_refuses_in_a_sentence_and_leaves_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    for (name, bytes) in [("a.mp3", NO_SOUND), ("", b""), ("a.mp3", b"")] {
        let back = author.record(&post, name, bytes).await;
        back.assert_status(422);
        let words = back.texts("#f-recording-error").join(" ");
        assert!(words.chars().count() > 8, "{words}");
        assert_eq!(back.form("#post-form").value("title"), "첫 회");
    }
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn a_form_without_its_end_is_refused_and_leaves_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let form = author.get(&post.editor).await.form("#post-form");
    let form = form.press("upload_recording");
    let (kind, whole) = form.choose("recording", "a.mp3", MP3).encode();
    for length in [whole.len() - 5, whole.len() - 60, whole.len() / 2, 200, 0] {
        let request = Request::post(&post.editor)
            .header("content-type", &kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(whole[..length].to_vec()))
            .expect("a request");
        let status = author.ask(request).await.status.as_u16();
        assert!(matches!(status, 400 | 403), "{length}: {status}");
        assert_eq!(waiting(&site), 0);
    }
    assert!(!author.get(&post.editor).await.has("audio[src]"));
}

#[tokio::test]
async fn a_post_in_the_trash_takes_no_recording() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("첫 회").await;
    let form = author.get(&post.editor).await.form("#post-form");
    let form = form.press("upload_recording");
    let tus = Tus { author: &author };
    let begun = tus.begin(&post, MP3.len()).await;
    tus.patch(&begun, 0, &MP3[..1000]).await.assert_status(204);
    author.act(&post, &[], "remove").await;
    tus.create(&post, 100).await.assert_status(409);
    let sent = author.submit(form.choose("recording", "a.mp3", MP3)).await;
    sent.assert_status(409);
    let late = tus.patch(&begun, 1000, &MP3[1000..]).await;
    late.assert_status(409);
    let asked = tus.ask("HEAD", &begun, &[], Body::empty()).await;
    asked.assert_status(409);
    assert_eq!(waiting(&site), 1);
    // Taken out of the trash, it goes on with what had come.
    author.act(&post, &[], "restore").await;
    assert!(!author.get(&post.editor).await.has("audio[src]"));
    let rest = tus.patch(&begun, 1000, &MP3[1000..]).await;
    rest.assert_status(200);
    assert!(author.get(&post.editor).await.has("audio[src]"));
}
