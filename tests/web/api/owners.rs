//! What a program does for an owner, and with the account of its person.
use serde_json::json;

use super::desk::with_recording;
use super::{EVERYTHING, Program, program, token_of_person};
use crate::roles::join as joined;
use crate::support::Site;

#[tokio::test]
async fn work_and_health_are_told() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let path = with_recording(&api, &json!({ "title": "일감", "script": "문장." })).await;
    api.json("POST", &format!("{path}/alignment"), &json!({}))
        .await
        .assert_status(200);
    let work = api.get("/api/v1/work").await.assert_status(200).json();
    let line = work.as_array().expect("a list").iter();
    let line = line.clone().find(|w| w["about"] == "일감").expect("told");
    assert_eq!(line["state"], "waiting");
    assert!(
        line["about_url"]
            .as_str()
            .is_some_and(|url| url.starts_with("http"))
    );
    let again = json!({ "kind": "transcript", "subject": "aaaaaaaaaaaa" });
    api.json("POST", "/api/v1/work/again", &again)
        .await
        .assert_status(204);
    let health = api.get("/api/v1/health").await.assert_status(200).json();
    assert_eq!(health["files"]["missing"], 0);
    assert!(health["disk"]["free_bytes"].as_u64().is_some_and(|n| n > 0));
    let reader = program(&site, &["read"]).await;
    let refused = reader.json("POST", "/api/v1/work/again", &again).await;
    refused.assert_status(403);
    let editor = joined(&site, "editor").await;
    let theirs = Program {
        token: token_of_person(&editor, &["read", "write"]).await,
        browser: site.stranger(),
    };
    let told = theirs.get("/api/v1/work").await.assert_status(200).json();
    assert!(told.to_string().contains("일감"), "{told}");
    theirs.get("/api/v1/health").await.assert_status(403);
}

#[tokio::test]
async fn a_show_has_all_that_its_form_has() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let to = "/api/v1/shows/news";
    let show = api.get(to).await.assert_status(200).json();
    let mut details = show["details"].clone();
    details["license"] = json!({ "identifier": "cc-by-4.0", "url": "" });
    details["people"] = json!([{ "name": "김", "role": "host", "group": "cast" }]);
    details["apps"] = json!([{ "app": "spotify", "url": "https://open.spotify.com/show/1" }]);
    details["funding"] = json!([{ "url": "https://example.org/pay", "label": "후원" }]);
    details["update_frequency"] = json!("daily");
    let sent = json!({ "details": details, "show_type": "serial" });
    let changed = api.json("PATCH", to, &sent).await.assert_status(200).json();
    assert_eq!(changed["show_type"], "serial");
    for member in ["license", "apps", "funding", "update_frequency"] {
        assert_eq!(changed["details"][member], details[member], "{member}");
    }
    assert_eq!(changed["details"]["people"][0]["name"], "김");
    // What is not sent stays.
    let title = json!({ "title": "새 제목" });
    let kept = api
        .json("PATCH", to, &title)
        .await
        .assert_status(200)
        .json();
    assert_eq!(kept["details"], changed["details"]);
    for (member, value) in [
        ("moved_to", json!("ftp://x")),
        ("enclosure_prefix", json!("javascript:1")),
        ("feed_page_size", json!(7)),
        ("people", json!([{ "name": "김", "group": "cast" }])),
        ("location", json!({ "name": "서울", "geo": "x" })),
    ] {
        let mut bad = details.clone();
        bad[member] = value;
        let refused = api.json("PATCH", to, &json!({ "details": bad })).await;
        assert_eq!(refused.status, 422, "{member}");
    }
    let own_feed = format!("{}/@news/feed.xml", site.state.base_url.as_str());
    details["moved_to"] = json!(own_feed);
    let circle = api.json("PATCH", to, &json!({ "details": details })).await;
    assert_ne!(circle.status, 200);

    let wants = api.get(&format!("{to}/directories")).await;
    let wants = wants.assert_status(200).json();
    assert!(
        wants["requirements"]
            .as_array()
            .is_some_and(|r| r.len() > 3)
    );
    assert!(wants["directories"].as_array().is_some_and(|d| d.len() > 3));
}

#[tokio::test]
async fn sessions_end_and_tokens_are_taken_back() {
    let site = Site::ready().await;
    let api = program(&site, &["manage"]).await;
    let sessions = api
        .get("/api/v1/me/sessions")
        .await
        .assert_status(200)
        .json();
    assert!(sessions.as_array().is_some_and(|s| !s.is_empty()));
    let author = site.author();
    author.get("/admin").await.assert_status(200);
    for session in sessions.as_array().expect("a list") {
        let id = session["id"].as_str().expect("an id");
        api.ask(
            "DELETE",
            &format!("/api/v1/me/sessions/{id}"),
            "",
            "text/plain",
        )
        .await
        .assert_status(204);
    }
    author
        .get("/admin")
        .await
        .assert_redirects_to("/admin/login");
    api.ask("DELETE", "/api/v1/me/sessions", "", "text/plain")
        .await
        .assert_status(204);
    let language = json!({ "language": "en" });
    api.json("PATCH", "/api/v1/me", &language)
        .await
        .assert_status(204);
    let bad = json!({ "language": "xx" });
    api.json("PATCH", "/api/v1/me", &bad)
        .await
        .assert_status(400);
    let name = json!({ "name": " 새 이름 " });
    api.json("PATCH", "/api/v1/me", &name)
        .await
        .assert_status(204);
    let none = json!({ "name": "" });
    api.json("PATCH", "/api/v1/me", &none)
        .await
        .assert_status(422);
    let me = api.get("/api/v1/me").await.json();
    assert_eq!(
        (&me["language"], &me["name"]),
        (&json!("en"), &json!("새 이름"))
    );
    let tokens = api.get("/api/v1/me/tokens").await.assert_status(200).json();
    assert_eq!(tokens[0]["is_this"], true);
    let id = tokens[0]["id"].as_str().expect("an id");
    api.ask(
        "DELETE",
        &format!("/api/v1/me/tokens/{id}"),
        "",
        "text/plain",
    )
    .await
    .assert_status(204);
    api.get("/api/v1/me").await.assert_status(401);
}

#[tokio::test]
async fn everybody_manages_the_own_account() {
    let site = Site::ready().await;
    let person = joined(&site, "contributor").await;
    let theirs = Program {
        token: token_of_person(&person, &["manage"]).await,
        browser: site.stranger(),
    };
    let name = json!({ "name": "새 이름" });
    theirs
        .json("PATCH", "/api/v1/me", &name)
        .await
        .assert_status(204);
    assert_eq!(theirs.get("/api/v1/me").await.json()["name"], "새 이름");
    for part in ["sessions", "tokens"] {
        let listed = theirs.get(&format!("/api/v1/me/{part}")).await;
        let listed = listed.assert_status(200).json();
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
    }
    theirs.get("/api/v1/people").await.assert_status(403);
    let show = json!({ "title": "남의 채널" });
    theirs
        .json("PATCH", "/api/v1/shows/news", &show)
        .await
        .assert_status(403);
}
