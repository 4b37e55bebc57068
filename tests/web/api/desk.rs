//! A program has the rest of the author's desk: lists, versions, recordings, times by hand.
use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::{EVERYTHING, Program, program};
use crate::support::Site;
use crate::support::files::{MP3, picture};

pub async fn new_post(api: &Program, sent: &Value) -> String {
    let made = api.json("POST", "/api/v1/shows/news/posts", sent).await;
    made.assert_status(201).header("location").to_owned()
}

pub async fn with_recording(api: &Program, sent: &Value) -> String {
    let path = new_post(api, sent).await;
    let to = format!("{path}/recording");
    let answer = api.ask("PUT", &to, MP3.to_vec(), "audio/mpeg").await;
    answer.assert_status(200);
    path
}

#[tokio::test]
async fn lists_are_narrowed_and_counted() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    new_post(&api, &json!({ "title": "첫눈 소식" })).await;
    with_recording(
        &api,
        &json!({ "title": "장마", "script": "첫눈은 아직입니다." }),
    )
    .await;
    let gone = new_post(&api, &json!({ "title": "첫눈이 녹다" })).await;
    api.ask("DELETE", &gone, "", "text/plain")
        .await
        .assert_status(204);
    let list = async |query: &str| {
        let path = format!("/api/v1/shows/news/posts{query}");
        api.get(&path).await.assert_status(200).json()
    };
    let titles = |list: &Value| -> Vec<String> {
        let posts = list["posts"].as_array().expect("posts").iter();
        let mut titles: Vec<String> = posts
            .map(|p| p["title"].as_str().expect("a title").to_owned())
            .collect();
        titles.sort();
        titles
    };
    let all = list("").await;
    assert_eq!(titles(&all), ["장마", "첫눈 소식"]);
    assert_eq!(
        (&all["counts"]["draft"], &all["counts"]["removed"]),
        (&json!(2), &json!(1))
    );
    let snow = list("?q=%EC%B2%AB%EB%88%88&kind=text").await;
    assert_eq!(titles(&snow), ["첫눈 소식"]);
    assert_eq!(snow["counts"]["removed"], 1);
    assert_eq!(
        titles(&list("?q=%EC%B2%AB%EB%88%88%EC%9D%80").await),
        ["장마"]
    );
    assert_eq!(titles(&list("?kind=audio").await), ["장마"]);
    assert_eq!(titles(&list("?state=removed").await), ["첫눈이 녹다"]);
    for query in ["?kind=film", "?state=all"] {
        let path = format!("/api/v1/shows/news/posts{query}");
        api.get(&path).await.assert_status(400);
    }
}

#[tokio::test]
async fn versions_are_read_and_compared() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let path = new_post(
        &api,
        &json!({ "title": "하나", "script": "첫 문단.\n\n둘째 문단." }),
    )
    .await;
    let to = format!("{path}/versions");
    let kept = api.ask("POST", &to, "", "text/plain").await;
    let version = kept.assert_status(200).json()["version"].clone();
    let change = json!({ "version": version, "script": "첫 문단.\n\n고친 문단.", "season": 3 });
    api.json("PATCH", &path, &change).await.assert_status(200);

    let first = api.get(&format!("{path}/versions/1")).await;
    let first = first.assert_status(200).json();
    assert_eq!(first["script"], "첫 문단.\n\n둘째 문단.");
    assert_eq!(
        (&first["number"], &first["ever_public"]),
        (&json!(1), &json!(false))
    );
    let compare = async |query: &str| {
        let to = format!("{path}/versions/compare{query}");
        api.get(&to).await
    };
    let found = compare("?from=1").await.assert_status(200).json();
    assert_eq!(
        (&found["is_same"], &found["title"]),
        (&json!(false), &json!([]))
    );
    let pieces = found["script"].to_string();
    assert!(
        pieces.contains("고친") && pieces.contains(r#""side":"gone""#),
        "{pieces}"
    );
    assert!(found["facts"].to_string().contains('3'), "{found}");
    let same = compare("?from=1&to=1").await.assert_status(200).json();
    assert_eq!(same["is_same"], true);
    compare("?from=9").await.assert_status(404);
    for query in ["", "?from=x", "?from=1&to=-", "?from=1&what=2"] {
        compare(query).await.assert_status(400);
    }
    api.get(&format!("{path}/versions/9"))
        .await
        .assert_status(404);
}

/// The recording with a picture in its tags that is fit for a cover.
fn with_picture() -> Vec<u8> {
    let length = |bytes: &[u8]| bytes.iter().fold(0, |n, b| n << 7 | usize::from(*b));
    let sound = &MP3[10 + length(&MP3[6..10])..];
    let mut frame = b"\0image/png\0\x03\0".to_vec();
    frame.extend(picture(1400, [9, 9, 9]));
    let size = u32::try_from(frame.len()).expect("small").to_be_bytes();
    let whole = u32::try_from(frame.len() + 10).expect("small");
    let synchsafe = [21, 14, 7, 0].map(|shift| (whole >> shift & 0x7F) as u8);
    let mut file = [
        b"ID3\x03\0\0",
        &synchsafe[..],
        b"APIC",
        &size,
        b"\0\0",
        &frame,
    ]
    .concat();
    file.extend(sound);
    file
}

#[tokio::test]
async fn a_recording_tells_what_it_is_and_offers() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let path = new_post(&api, &json!({ "title": "소리" })).await;
    for part in ["recording", "recording/peaks"] {
        let answer = api.get(&format!("{path}/{part}")).await;
        answer.assert_status(404);
    }
    for part in ["recording/listen", "cover/from-recording"] {
        let to = format!("{path}/{part}");
        let answer = api.ask("POST", &to, "", "text/plain").await;
        answer.assert_status(404);
    }
    let to = format!("{path}/recording");
    api.ask("PUT", &to, MP3.to_vec(), "audio/mpeg")
        .await
        .assert_status(200);
    let known = api.get(&to).await.assert_status(200).json();
    assert_eq!(known["kind"], "mp3");
    assert!(known["suggestions"]["title"].is_string());
    assert_eq!(
        known["suggestions"]["has_artwork"], false,
        "it is too small"
    );
    api.ask("PUT", &to, with_picture(), "audio/mpeg")
        .await
        .assert_status(200);
    let known = api.get(&to).await.assert_status(200).json();
    assert_eq!(known["suggestions"]["has_artwork"], true);
    assert_eq!(known["sound"], Value::Null);
    assert_eq!(known["is_being_heard"], true);
    let listen = format!("{path}/recording/listen");
    api.ask("POST", &listen, "", "text/plain")
        .await
        .assert_status(204);
    site.run_jobs().await;
    let known = api.get(&to).await.json();
    assert!(known["sound"]["integrated_lufs"].is_number(), "{known}");
    let peaks = api.get(&format!("{to}/peaks")).await;
    assert!(!peaks.assert_status(200).body.is_empty());
    let cover = format!("{path}/cover/from-recording");
    let post = api.ask("POST", &cover, "", "text/plain").await;
    assert!(post.assert_status(200).json()["cover"].is_string());
}

#[tokio::test]
async fn times_are_set_by_hand() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let sent = json!({ "title": "때", "script": "첫 문장입니다. 둘째 문장입니다." });
    let path = with_recording(&api, &sent).await;
    let to = format!("{path}/sentences");
    let none = api.get(&to).await.assert_status(200).json();
    assert_eq!(none["sentences"], json!([]));
    api.ask("POST", &format!("{path}/versions"), "", "text/plain")
        .await
        .assert_status(200);
    let now = api.get(&to).await.json();
    assert_eq!(now["sentences"].as_array().map(Vec::len), Some(2), "{now}");
    let id = now["sentences"][0]["id"].clone();
    let change = json!({ "version": now["version"], "changes": [
        { "id": id, "set": { "start_ms": 100, "end_ms": 900 } },
    ]});
    let set = api.json("PATCH", &to, &change).await;
    let version = set.assert_status(200).json()["version"].clone();
    api.json("PATCH", &to, &change).await.assert_status(409);
    let late = json!({ "version": version, "changes": [
        { "id": id, "set": { "start_ms": 900, "end_ms": 100 } },
    ]});
    api.json("PATCH", &to, &late).await.assert_status(422);
    let split = json!({ "version": version, "id": id, "at": 2 });
    let cut = api.json("POST", &format!("{to}/split"), &split).await;
    let cut = cut.assert_status(200).json();
    assert_eq!(cut["sentences"].as_array().map(Vec::len), Some(3));
    assert_eq!(cut["sentences"][0]["times"]["at"]["origin"], "by-hand");
    let join = json!({ "version": cut["version"], "id": id });
    let joined = api.json("POST", &format!("{to}/join"), &join).await;
    let joined = joined.assert_status(200).json();
    assert_eq!(joined["sentences"].as_array().map(Vec::len), Some(2));
    let again = json!({ "version": joined["version"], "after": id });
    let align = format!("{to}/align");
    api.json("POST", &align, &again).await.assert_status(200);
    let work = format!("{path}/alignment");
    assert_eq!(api.get(&work).await.json()["state"], "waiting");
    api.ask("DELETE", &work, "", "text/plain")
        .await
        .assert_status(200);
    let on = format!("{work}/go-on");
    let on = api.ask("POST", &on, "", "text/plain").await;
    assert_eq!(on.assert_status(200).json()["state"], "waiting");
    let words = format!("{path}/transcription");
    let nobody = api.ask("POST", &words, "", "text/plain").await;
    nobody.assert_status(409);
    for body in [
        json!({}),
        json!({ "version": 1, "changes": [{ "id": "x" }] }),
    ] {
        api.json("PATCH", &to, &body).await.assert_status(400);
    }
}

#[tokio::test]
async fn references_are_looked_up() {
    let site = Site::ready().await;
    let api = program(&site, &["write"]).await;
    let to = "/api/v1/references/look-up";
    site.outside.store(200, Ordering::SeqCst);
    let page = "<title>첫눈</title><meta property='og:site_name' content='하루신문'>";
    *site.outside_page.lock().expect("free") =
        Some(("text/html".to_owned(), page.as_bytes().to_vec()));
    let found = api
        .json("POST", to, &json!({ "url": "https://paper.example/a" }))
        .await;
    let found = found.assert_status(200).json();
    assert_eq!(
        (&found["title"], &found["outlet"]),
        (&json!("첫눈"), &json!("하루신문"))
    );
    let wrong = api.json("POST", to, &json!({ "url": "file:///etc" })).await;
    assert!(wrong.assert_status(422).json()["errors"]["url"].is_string());
    let reader = program(&site, &["read"]).await;
    let sent = json!({ "url": "https://a.example" });
    reader.json("POST", to, &sent).await.assert_status(403);
}

#[tokio::test]
async fn a_post_in_the_trash_is_only_taken_out() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let script = json!({ "title": "지울 글", "script": "첫 문장입니다.\n\n둘째 문장입니다." });
    let path = with_recording(&api, &script).await;
    let keep = format!("{path}/versions");
    api.json("POST", &keep, &json!({})).await.assert_status(200);
    let before = api.get(&path).await.json();
    api.ask("DELETE", &path, "", "text/plain")
        .await
        .assert_status(204);
    let picture = picture(1400, [9, 9, 9]);
    let vtt = "WEBVTT\n\n00:00.000 --> 00:00.500\n첫 문장입니다.\n";
    let whole = json!({ "whole": true });
    let change = json!({ "version": before["version"], "title": "바뀜" });
    let none = json!({});
    for (method, part, body) in [
        ("PATCH", "", change.to_string().into_bytes()),
        ("DELETE", "", Vec::new()),
        ("PUT", "/recording", MP3.to_vec()),
        ("PUT", "/alternate", MP3.to_vec()),
        ("DELETE", "/recording", Vec::new()),
        ("DELETE", "/alternate", Vec::new()),
        ("PUT", "/cover", picture),
        ("DELETE", "/cover", Vec::new()),
        ("PUT", "/transcript", vtt.into()),
        ("POST", "/alignment", whole.to_string().into_bytes()),
        ("DELETE", "/alignment", Vec::new()),
        ("POST", "/alignment/go-on", Vec::new()),
        ("POST", "/versions", none.to_string().into_bytes()),
        ("POST", "/preview-links", Vec::new()),
        ("POST", "/publish", Vec::new()),
    ] {
        let to = format!("{path}{part}");
        let answer = api.ask(method, &to, body, "application/json").await;
        answer.assert_status(409);
    }
    let to = format!("{path}/restore");
    let restored = api.ask("POST", &to, "", "text/plain").await;
    let after = restored.assert_status(200).json();
    for member in ["title", "version", "recording", "cover", "script"] {
        assert_eq!(after[member], before[member], "{member}");
    }
}
