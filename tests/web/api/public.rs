//! What a program changes before the public's eyes.
use serde_json::{Value, json};

use super::desk::with_recording;
use super::{EVERYTHING, program};
use crate::support::Site;

#[tokio::test]
async fn what_was_read_is_published_and_nothing_else() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let draft = json!({ "title": "읽은 글", "script": "읽은 문장." });
    let made = api.json("POST", "/api/v1/shows/news/posts", &draft).await;
    let post = made.assert_status(201).json();
    let path = made.header("location").to_owned();
    let seen = post["version"].as_i64().expect("a number");
    let change = json!({ "version": seen, "script": "아직 덜 쓴" });
    api.json("PATCH", &path, &change).await.assert_status(200);
    let at = json!({ "at": "2035-01-01T00:00:00Z", "version": seen });
    let schedule = format!("{path}/schedule");
    let late = api.json("POST", &schedule, &at).await;
    let said = late.assert_status(409).json()["detail"].to_string();
    assert!(said.contains(&(seen + 1).to_string()), "{said}");
    let publish = |version: i64| format!("{path}/publish?version={version}");
    api.json("POST", &publish(seen), &json!({}))
        .await
        .assert_status(409);
    assert_eq!(api.get(&path).await.json()["state"], "draft");
    let at = json!({ "at": "2035-01-01T00:00:00Z", "version": seen + 1 });
    api.json("POST", &schedule, &at).await.assert_status(200);
    api.json("POST", &publish(seen + 1), &json!({}))
        .await
        .assert_status(200);
}

#[tokio::test]
async fn times_of_what_is_public_are_for_publishers_and_in_the_log() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let sent = json!({ "title": "들리는 글", "script": "첫 문장입니다. 둘째 문장입니다." });
    let path = with_recording(&api, &sent).await;
    let writer = program(&site, &["read", "write"]).await;
    writer
        .json("POST", &format!("{path}/versions"), &json!({}))
        .await
        .assert_status(200);
    let to = format!("{path}/sentences");
    let now = writer.get(&to).await.assert_status(200).json();
    let id = now["sentences"][0]["id"].clone();
    let set = |version: &Value, end_ms: u64| {
        json!({ "version": version, "changes": [
            { "id": id, "set": { "start_ms": 0, "end_ms": end_ms } },
        ]})
    };
    // A draft is the writer's.
    let done = writer.json("PATCH", &to, &set(&now["version"], 400)).await;
    let version = done.assert_status(200).json()["version"].clone();
    let at = json!({ "at": "2035-01-01T00:00:00Z" });
    let hear = async |part: &str, sent: &Value| {
        api.json("POST", &format!("{path}/{part}"), sent)
            .await
            .assert_status(200);
        let chapters = json!({ "version": version, "source": "own", "chapters": [] });
        for (method, part, body) in [
            ("PATCH", "sentences", set(&version, 300)),
            (
                "POST",
                "sentences/split",
                json!({ "version": version, "id": id, "at": 2 }),
            ),
            (
                "POST",
                "sentences/join",
                json!({ "version": version, "id": id }),
            ),
            ("POST", "sentences/align", json!({ "version": version })),
            ("POST", "alignment", json!({})),
            ("POST", "alignment/go-on", json!({})),
            ("POST", "transcription", json!({})),
            ("PUT", "chapters", chapters),
            ("PUT", "transcript", json!({})),
        ] {
            let refused = writer.json(method, &format!("{path}/{part}"), &body).await;
            assert_eq!(refused.status, 403, "{}", refused.asked);
        }
    };
    hear("schedule", &at).await;
    hear("publish", &json!({})).await;
    let done = api.json("PATCH", &to, &set(&version, 200)).await;
    let version = done.assert_status(200).json()["version"].clone();
    let none = json!({ "version": version, "source": "own", "chapters": [] });
    api.json("PUT", &format!("{path}/chapters"), &none)
        .await
        .assert_status(204);
    let vtt = "WEBVTT\n\n00:00.000 --> 00:00.500\n첫 문장입니다.\n\n00:00.500 --> 00:01.000\n둘째 문장입니다.\n";
    api.ask("PUT", &format!("{path}/transcript"), vtt, "text/vtt")
        .await
        .assert_status(200);
    let log = api.get("/api/v1/log").await.json();
    let lines = log["entries"].as_array().expect("lines");
    let count = |act: &str| lines.iter().filter(|l| l["act"] == act).count();
    // Many small changes by one person within minutes are one line.
    for act in ["times-set", "chapters-set", "transcript-sent"] {
        assert_eq!(count(act), 1, "{act}: {lines:?}");
    }
}
