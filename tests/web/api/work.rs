//! A program does what an author does.
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

use super::{EVERYTHING, Program, program, token_of_person};
use crate::roles::join as joined;
use crate::support::Site;
use crate::support::files::MP3;

#[tokio::test]
async fn a_piece_is_published_by_a_program() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let me = api.get("/api/v1/me").await.assert_status(200).json();
    assert_eq!(me["role"], "owner");
    assert_eq!(me["shows"], json!(["news"]));
    let made = api
        .json(
            "POST",
            "/api/v1/shows/news/posts",
            &json!({
                "title": "  프로그램이 쓴 글 ",
                "script": "첫 문장입니다.\r\n\r\n둘째 문장입니다.",
                "references": [{ "title": "자료", "url": "www.example.org/a" }],
                "season": 2,
                "details": { "season_name": "봄" },
            }),
        )
        .await;
    let post = made.assert_status(201).json();
    let path = made.header("location").to_owned();
    assert_eq!(post["title"], "프로그램이 쓴 글");
    assert_eq!(post["references"][0]["url"], "https://www.example.org/a");
    assert_eq!(post["details"]["season_name"], "봄");
    assert_eq!(post["state"], "draft");
    assert_eq!(api.get(&path).await.json(), post);

    let sent = api
        .ask(
            "PUT",
            &format!("{path}/recording?name=%EB%85%B9%EC%9D%8C.mp3"),
            MP3.to_vec(),
            "audio/mpeg",
        )
        .await;
    let sound = sent.assert_status(200).json();
    assert_eq!(
        (&sound["kind"], &sound["file_name"]),
        (&json!("mp3"), &json!("녹음.mp3"))
    );
    let published = api
        .json("POST", &format!("{path}/publish"), &json!({}))
        .await;
    let post = published.assert_status(200).json();
    assert_eq!(post["state"], "published");
    let feed = site.stranger().get("/@news/feed.xml").await;
    feed.assert_contains("프로그램이 쓴 글");

    // Changed where it was read, told to readers, in the history and in the log.
    let change = json!({ "version": post["version"], "title": "고친 제목", "season": null });
    let changed = api.json("PATCH", &path, &change).await;
    let changed = changed.assert_status(200).json();
    assert_eq!(
        (&changed["title"], &changed["season"]),
        (&json!("고친 제목"), &Value::Null)
    );
    assert_eq!(changed["script"], post["script"]);
    assert_eq!(changed["has_changes"], true);
    api.json("PATCH", &path, &change).await.assert_status(409);
    let told = json!({ "tell_readers": true, "remark": "제목을 고쳤습니다" });
    api.json("POST", &format!("{path}/update"), &told)
        .await
        .assert_status(200);
    let page = post["url"].as_str().expect("public");
    let page = page
        .strip_prefix(site.state.base_url.as_str())
        .expect("of this site");
    site.stranger()
        .get(page)
        .await
        .assert_contains("제목을 고쳤습니다");
    // Nothing else differs: no body is needed, and no version made.
    let update = format!("{path}/update");
    let same = api.ask("POST", &update, "", "text/plain").await;
    assert_eq!(same.assert_status(200).json()["has_changes"], false);
    let versions = api.get(&format!("{path}/versions")).await.json();
    assert_eq!(versions.as_array().map(Vec::len), Some(2));
    site.author()
        .get("/admin/log")
        .await
        .assert_contains("고친 제목");

    api.ask("DELETE", &path, "", "text/plain")
        .await
        .assert_status(204);
    site.stranger().get(page).await.assert_not_found();
    let restored = api
        .json("POST", &format!("{path}/restore"), &json!({}))
        .await;
    assert_eq!(restored.assert_status(200).json()["state"], "draft");
}

#[tokio::test]
async fn a_draft_that_is_sent_twice_is_made_once() {
    let site = Site::ready().await;
    let api = program(&site, &["write"]).await;
    let once = r#"{"title":"한 번"}"#;
    let send = |key: &'static str, body: &'static str| {
        let request = Request::builder()
            .method("POST")
            .uri("/api/v1/shows/news/posts")
            .header("authorization", format!("Bearer {}", api.token))
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(Body::from(body));
        api.browser.ask(request.expect("a request"))
    };
    let key = "abcdefghijklmnopqrst";
    let first = send(key, once).await.assert_status(201).json();
    let again = send(key, once).await.assert_status(201).json();
    assert_eq!(first, again);
    let other = send("abcdefghijklmnopqrsu", once).await;
    assert_ne!(first["id"], other.assert_status(201).json()["id"]);
    // The same key with something else is no repetition.
    let refused = send(key, r#"{"title":"두 번"}"#).await;
    assert_eq!(
        refused.assert_status(422).header("content-type"),
        "application/problem+json"
    );
    let errors = &refused.json()["errors"];
    assert!(errors["idempotency-key"].is_string(), "{errors}");
    // Nobody gets by a key what somebody else made by it.
    let colleague = joined(&site, "contributor").await;
    let theirs = Program {
        token: token_of_person(&colleague, &["read", "write"]).await,
        browser: site.stranger(),
    };
    let request = Request::builder()
        .method("POST")
        .uri("/api/v1/shows/news/posts")
        .header("authorization", format!("Bearer {}", theirs.token))
        .header("content-type", "application/json")
        .header("idempotency-key", "abcdefghijklmnopqrst")
        .body(Body::from(r#"{"title":"남의 것"}"#));
    let answer = theirs.browser.ask(request.expect("a request")).await;
    let own = answer.assert_status(201).json();
    assert_ne!(own["id"], first["id"]);
    assert_eq!(own["title"], "남의 것");
    send("short", once).await.assert_status(400);
}

#[tokio::test]
async fn times_come_and_go() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let made = api
        .json(
            "POST",
            "/api/v1/shows/news/posts",
            &json!({ "title": "때" }),
        )
        .await;
    let path = made.assert_status(201).header("location").to_owned();
    api.ask(
        "PUT",
        &format!("{path}/recording"),
        MP3.to_vec(),
        "audio/mpeg",
    )
    .await
    .assert_status(200);
    let vtt = "WEBVTT\n\n00:00.000 --> 00:00.500\n첫 문장입니다.\n\n00:00.500 --> 00:01.000\n둘째 문장입니다.\n";
    let taken = api
        .ask("PUT", &format!("{path}/transcript"), vtt, "text/vtt")
        .await;
    let taken = taken.assert_status(200).json();
    assert_eq!(
        (&taken["form"], &taken["is_script"], &taken["timed"]),
        (&json!("WebVTT"), &json!(true), &json!(2))
    );
    let srt = api.get(&format!("{path}/transcript/transcript.srt")).await;
    srt.assert_status(200).assert_contains("둘째 문장입니다.");
    api.get(&format!("{path}/transcript/transcript.exe"))
        .await
        .assert_status(404);
    let state = api.get(&format!("{path}/alignment")).await;
    assert_eq!(state.assert_status(200).json()["state"], "none");
    let asked = api
        .json(
            "POST",
            &format!("{path}/alignment"),
            &json!({ "whole": true }),
        )
        .await;
    assert_eq!(asked.assert_status(200).json()["state"], "waiting");
    let stopped = api
        .ask("DELETE", &format!("{path}/alignment"), "", "text/plain")
        .await;
    assert_eq!(stopped.assert_status(200).json()["state"], "cancelled");
}

#[tokio::test]
async fn people_are_invited_and_changed_by_a_program() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let wanted = json!({ "name": "동료", "role": "editor", "shows": ["news"] });
    let made = api.json("POST", "/api/v1/invitations", &wanted).await;
    let made = made.assert_status(201).json();
    let link = made["url"].as_str().expect("a link");
    let path = link
        .strip_prefix(site.state.base_url.as_str())
        .expect("of this site");
    let waiting = api.get("/api/v1/invitations").await.json();
    assert_eq!(
        (&waiting[0]["id"], &waiting[0]["url"]),
        (&made["id"], &Value::Null)
    );
    let newcomer = site.stranger();
    let page = newcomer.get(path).await;
    let form = page
        .form(r#"form[action^="/admin/join/"]"#)
        .set("email", "b@example.org")
        .set("password", "a password of twelve");
    newcomer.submit(form).await.assert_redirects_to("/admin");
    let people = api.get("/api/v1/people").await.assert_status(200).json();
    let editor = people
        .as_array()
        .expect("a list")
        .iter()
        .find(|p| p["role"] == "editor");
    let id = editor.expect("the editor")["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let person = format!("/api/v1/people/{id}");
    let none = json!({ "role": "contributor" });
    api.json("PATCH", &person, &none).await.assert_status(422);
    let rights = json!({ "role": "contributor", "shows": ["news"] });
    api.json("PATCH", &person, &rights).await.assert_status(204);
    let me = api.get("/api/v1/me").await.json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    // No owner is made, changed or taken away by a token.
    let owner = format!("/api/v1/people/{me}");
    for (method, to, body) in [
        ("PATCH", &owner, rights),
        ("DELETE", &owner, json!({})),
        ("PATCH", &person, json!({ "role": "owner" })),
        (
            "POST",
            &"/api/v1/invitations".to_owned(),
            json!({ "role": "owner", "name": "x" }),
        ),
    ] {
        let refused = api.json(method, to, &body).await;
        assert_eq!(refused.status, 403, "{}", refused.asked);
        let said = refused.json()["detail"].as_str().map(str::to_owned);
        assert!(
            said.is_some_and(|s| s.contains("소유자")),
            "{}",
            refused.asked
        );
    }
    api.ask("DELETE", &person, "", "text/plain")
        .await
        .assert_status(204);
    newcomer
        .get("/admin")
        .await
        .assert_redirects_to("/admin/login");
    let log = api.get("/api/v1/log").await.assert_status(200).json();
    let acts: Vec<&str> = log["entries"]
        .as_array()
        .expect("lines")
        .iter()
        .filter_map(|e| e["act"].as_str())
        .collect();
    for act in ["invited", "joined", "role-changed", "person-removed"] {
        assert!(acts.contains(&act), "{act}: {acts:?}");
    }
    let limited = program(&site, &["read", "write", "publish"]).await;
    for path in ["/api/v1/people", "/api/v1/invitations", "/api/v1/log"] {
        limited.get(path).await.assert_status(403);
    }
}

#[tokio::test]
async fn chapters_corrections_and_the_check() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let made = api
        .json(
            "POST",
            "/api/v1/shows/news/posts",
            &json!({ "title": "때", "script": "첫 문장." }),
        )
        .await;
    let path = made.assert_status(201).header("location").to_owned();
    api.get(&format!("{path}/chapters"))
        .await
        .assert_status(404);
    api.ask(
        "PUT",
        &format!("{path}/recording"),
        MP3.to_vec(),
        "audio/mpeg",
    )
    .await
    .assert_status(200);
    let version = api
        .get(&format!("{path}/chapters"))
        .await
        .assert_status(200)
        .json()["version"]
        .clone();
    let own = json!({ "version": version, "source": "own", "chapters": [
        { "start_ms": 0, "title": "처음" }, { "start_ms": 500, "title": "다음" },
    ]});
    api.json("PUT", &format!("{path}/chapters"), &own)
        .await
        .assert_status(204);
    let now = api.get(&format!("{path}/chapters")).await.json();
    assert_eq!(now["chapters"][1]["title"], "다음");
    api.json("PUT", &format!("{path}/chapters"), &own)
        .await
        .assert_status(409);
    let found = api
        .get(&format!("{path}/check"))
        .await
        .assert_status(200)
        .json();
    assert!(found.as_array().is_some_and(|f| !f.is_empty()), "{found}");

    api.json("POST", &format!("{path}/publish"), &json!({}))
        .await
        .assert_status(200);
    let version = api.get(&path).await.json()["version"].clone();
    let change = json!({ "version": version, "script": "고친 문장." });
    let changed = api.json("PATCH", &path, &change).await;
    let update = format!("{path}/update");
    let stale = json!({ "version": version });
    api.json("POST", &update, &stale).await.assert_status(409);
    let read = json!({ "version": changed.assert_status(200).json()["version"] });
    api.json("POST", &update, &read).await.assert_status(200);
    let note = json!({ "from": 1, "to": 2, "remark": "틀린 말을 고쳤습니다" });
    api.json("POST", &format!("{path}/corrections"), &note)
        .await
        .assert_status(204);
    let notes = api.get(&format!("{path}/corrections")).await.json();
    assert_eq!(notes[0]["remark"], "틀린 말을 고쳤습니다");
    let note = format!("{path}/corrections/{}", notes[0]["number"]);
    let words = json!({ "remark": "다시 말합니다" });
    api.json("PATCH", &note, &words).await.assert_status(204);
    api.ask("DELETE", &note, "", "text/plain")
        .await
        .assert_status(204);
    assert_eq!(
        api.get(&format!("{path}/corrections")).await.json(),
        json!([])
    );
}

#[tokio::test]
async fn a_draft_is_published_off_the_lists() {
    let site = Site::ready().await;
    let api = program(&site, &["read", "write", "publish"]).await;
    let draft = json!({ "title": "링크로만", "script": "글." });
    let made = api.json("POST", "/api/v1/shows/news/posts", &draft).await;
    let id = made.assert_status(201).json()["id"].clone();
    let path = format!("/api/v1/posts/{}/publish", id.as_str().expect("an id"));
    let bad = api
        .json("POST", &format!("{path}?listed=maybe"), &json!({}))
        .await;
    bad.assert_status(400);
    let done = api
        .json("POST", &format!("{path}?listed=false"), &json!({}))
        .await;
    assert_eq!(done.assert_status(200).json()["state"], "unlisted");
}
