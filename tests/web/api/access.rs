//! Who is let in, what a token may do, how faults are told, what the document says.
use std::collections::BTreeSet;

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::{EVERYTHING, Program, program, token_of_person};
use crate::roles::join as joined;
use crate::support::Site;
use crate::support::routes::all;

#[tokio::test]
async fn every_address_refuses_who_has_no_token() {
    let site = Site::ready().await;
    let post = site.author().draft("초안").await;
    let mut count = 0;
    for route in all(&post.id)
        .into_iter()
        .filter(|r| r.path.starts_with("/api/"))
    {
        count += 1;
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            // A session opens nothing here, nor does a token in the wrong place.
            for who in [site.stranger(), site.author()] {
                for told in ["", "Basic YTpi", "Bearer", "Bearer x", "Bearer daebon_x"] {
                    let request = Request::builder()
                        .method(method)
                        .uri(&route.path)
                        .header("authorization", told)
                        .body(Body::empty());
                    let answer = who.ask(request.expect("a request")).await;
                    answer.assert_status(401);
                    assert_eq!(answer.header("content-type"), "application/problem+json");
                    assert!(answer.header("www-authenticate").starts_with("Bearer"));
                    assert!(!answer.text().contains("초안"));
                }
            }
        }
    }
    assert!(count > 20, "the table could not be read");
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_until_its_day() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    let path = format!("/api/v1/posts/{}", post.id);
    let reader = program(&site, &["read"]).await;
    let version = reader.get(&path).await.assert_status(200).json()["version"].clone();
    let change = json!({ "version": version, "title": "바뀜" });
    reader
        .json("PATCH", &path, &change)
        .await
        .assert_status(403);
    let publish = format!("{path}/publish");
    reader
        .json("POST", &publish, &json!({}))
        .await
        .assert_status(403);
    let writer = program(&site, &["write"]).await;
    writer.get(&path).await.assert_status(403);
    writer
        .json("PATCH", &path, &change)
        .await
        .assert_status(200);
    writer
        .json("POST", &publish, &json!({}))
        .await
        .assert_status(403);
    let show = json!({ "title": "다른 제목" });
    writer
        .json("PATCH", "/api/v1/shows/news", &show)
        .await
        .assert_status(403);
    let manager = program(&site, &["manage"]).await;
    manager
        .json("PATCH", "/api/v1/shows/news", &show)
        .await
        .assert_status(200);
    site.stranger()
        .get("/@news")
        .await
        .assert_contains("다른 제목");

    // Taken back, it opens nothing; neither does one whose time is over.
    let page = author.get("/admin/account/tokens").await;
    let revoke = page.attributes(r#"form[action$="/revoke"]"#, "action");
    assert_eq!(revoke.len(), 3);
    let form = page.form(&format!(r#"form[action="{}"]"#, revoke[0]));
    author
        .submit(form)
        .await
        .assert_redirects_to("/admin/account/tokens");
    manager.get("/api/v1/me").await.assert_status(401);
    reader.get("/api/v1/me").await.assert_status(200);
    site.clock
        .set(site.state.clock.now().plus_ms(90 * 24 * 3_600_000));
    reader.get("/api/v1/me").await.assert_status(401);
}

#[tokio::test]
async fn faults_are_problems() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let posts = "/api/v1/shows/news/posts";
    for (body, kind, status) in [
        ("{", "application/json", 400),
        (r#"{"titel":"x"}"#, "application/json", 400),
        (r#"{"season":"x"}"#, "application/json", 400),
        ("title=x", "application/x-www-form-urlencoded", 415),
        ("[1]", "application/json", 400),
        (r#"{"season":-1}"#, "application/json", 422),
        (r#"{"episode_type":"zz"}"#, "application/json", 400),
        (r#"{"title":"\u0000"}"#, "application/json", 422),
    ] {
        let answer = api.ask("POST", posts, body, kind).await;
        answer.assert_status(status);
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{body}"
        );
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{body}");
        assert!(
            !problem["detail"].as_str().unwrap_or_default().is_empty(),
            "{body}"
        );
        assert_eq!(problem["errors"].is_object(), status == 422, "{body}");
    }
    for path in [
        "/api/v1/posts/aaaaaaaaaaaa",
        "/api/v1/posts/%00",
        "/api/v1/posts/%ff",
        "/api/v1/shows/none",
        "/api/v2/me",
        "/api/v1/no/such",
    ] {
        let answer = api.get(path).await;
        answer.assert_status(404);
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
    for query in ["?page=0", "?page=x", "?state=none", "?what=1"] {
        api.get(&format!("{posts}{query}")).await.assert_status(400);
    }
    let made = api.json("POST", posts, &json!({})).await;
    let path = made.assert_status(201).header("location").to_owned();
    // Nothing without a title is published; no sound is no recording; no picture no cover.
    let refused = api
        .json("POST", &format!("{path}/publish"), &json!({}))
        .await;
    assert!(refused.assert_status(422).json()["errors"]["title"].is_string());
    for part in ["recording", "alternate", "cover", "transcript"] {
        let answer = api
            .ask("PUT", &format!("{path}/{part}"), vec![0; 100], "x/y")
            .await;
        assert!(
            [400, 409, 415, 422].contains(&answer.status.as_u16()),
            "{part}: {}",
            answer.text()
        );
    }
    for at in ["", "tomorrow", "2026-11-24T09:00", "9999-01-01T00:00:00Z"] {
        let answer = api
            .json("POST", &format!("{path}/schedule"), &json!({ "at": at }))
            .await;
        answer.assert_status(422);
    }
    let wrong_method = api.ask("PUT", "/api/v1/me", "", "text/plain").await;
    wrong_method.assert_status(405);
    assert_eq!(
        wrong_method.header("content-type"),
        "application/problem+json"
    );
}

#[tokio::test]
async fn no_member_is_lost_in_silence() {
    let site = Site::ready().await;
    let api = program(&site, &EVERYTHING).await;
    let show = api.get("/api/v1/shows/news").await.json();
    let mut details = show["details"].clone();
    details["licence"] = json!(null);
    let posts = "/api/v1/shows/news/posts";
    let made = api.json("POST", posts, &json!({ "title": "글" })).await;
    let path = made.assert_status(201).header("location").to_owned();
    let cover = json!({ "version": 1, "details": { "cover_altt": "그림" } });
    let reference = json!({ "references": [{ "title": "a" }, { "titel": "b" }] });
    let id = "aaaaaa";
    let split = json!({ "version": 0, "id": id, "at": 1, "foo": 1 });
    let set = json!({ "id": id, "set": { "start_ms": 1, "end_ms": 2, "start": 1 } });
    let set = json!({ "version": 0, "changes": [set] });
    let of_post = |part: &str| format!("{path}/{part}");
    for (method, to, body, member) in [
        ("PATCH", path.clone(), cover, "details.cover_altt"),
        ("POST", posts.to_owned(), reference, "references[1].titel"),
        (
            "PATCH",
            "/api/v1/shows/news".to_owned(),
            json!({ "details": details }),
            "details.licence",
        ),
        (
            "PATCH",
            of_post("sentences"),
            json!({ "version": 0, "changs": [] }),
            "changs",
        ),
        ("PATCH", of_post("sentences"), set, "changes[0].set.start"),
        ("POST", of_post("sentences/split"), split, "foo"),
        (
            "POST",
            of_post("sentences/join"),
            json!({ "version": 0 }),
            "id",
        ),
        ("POST", posts.to_owned(), json!({ "season": "1" }), "season"),
    ] {
        let refused = api.json(method, &to, &body).await;
        let said = refused.assert_status(400).json()["detail"].to_string();
        assert!(said.contains(member), "{said}");
    }
    let twice = r#"{"title":"a","references":[{"title":"b","title":"c"}]}"#;
    let refused = api.ask("POST", posts, twice, "application/json").await;
    let said = refused.assert_status(400).json()["detail"].to_string();
    assert!(said.contains("references[0].title"), "{said}");
}

#[tokio::test]
async fn every_operation_names_its_scope() {
    let site = Site::ready().await;
    let post = site.author().draft("초안").await;
    let all = program(&site, &EVERYTHING).await;
    let document = all.get("/api/v1/openapi.json").await.json();
    for scope in EVERYTHING {
        let who = program(&site, &[scope]).await;
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("methods") {
                let path = path.replace("{address}", "news").replace("{id}", &post.id);
                let path = path
                    .replace("{number}", "9")
                    .replace("{person}", "aaaaaaaaaaaa");
                let scopes = operation["x-scope"].as_array().expect("scopes");
                let answer = who.json(&method.to_uppercase(), &path, &json!({})).await;
                let is_refused = answer.status == 403;
                if scopes.first().is_none_or(|needed| needed == scope) {
                    assert!(!is_refused, "{scope}: {}", answer.asked);
                } else {
                    assert!(answer.status.is_client_error(), "{scope}: {}", answer.asked);
                }
            }
        }
    }
}

#[tokio::test]
async fn the_document_has_every_address() {
    let site = Site::ready().await;
    let api = program(&site, &["read"]).await;
    let document = api
        .get("/api/v1/openapi.json")
        .await
        .assert_status(200)
        .json();
    let fill = |path: &str| {
        let mut filled = path.to_owned();
        for (place, value) in [
            ("{id}", "x"),
            ("{address}", "news"),
            ("{number}", "1"),
            ("{link}", "x"),
            ("{file}", "x.mp3"),
            ("{person}", "aaaaaaaaaaaa"),
            ("{session}", "x"),
            ("{token}", "x"),
        ] {
            filled = filled.replace(place, value);
        }
        filled
    };
    let mut told = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys() {
            told.insert((fill(path), method.to_uppercase()));
        }
    }
    let mut there = BTreeSet::new();
    for route in all("x")
        .into_iter()
        .filter(|r| r.path.starts_with("/api/v1/"))
    {
        // The document does not describe itself.
        if !route.path.ends_with("/openapi.json") {
            for method in &route.methods {
                there.insert((route.path.clone(), (*method).to_owned()));
            }
        }
    }
    assert_eq!(told, there);
}

/// Who may come to an address of the interface: the least role, for a post of somebody else. A new
/// address has to be named here.
fn least_role(path: &str, method: &str) -> &'static str {
    const EVERYBODY: [&str; 5] = [
        "/api/v1/me",
        "/api/v1/openapi.json",
        "/api/v1/references/look-up",
        "/api/v1/uploads",
        "/api/v1/work",
    ];
    const OWNERS: [&str; 4] = [
        "/api/v1/health",
        "/api/v1/people",
        "/api/v1/invitations",
        "/api/v1/log",
    ];
    let is_at = |start: &&str| path == *start || path.starts_with(&format!("{start}/"));
    if EVERYBODY.iter().any(is_at) {
        return "contributor";
    }
    match path {
        _ if OWNERS.iter().any(is_at) => "owner",
        path if path.starts_with("/api/v1/posts/") => "editor",
        "/api/v1/shows" | "/api/v1/shows/news" if method != "GET" => "owner",
        "/api/v1/shows/news/cover" | "/api/v1/shows/news/directories" => "owner",
        "/api/v1/shows" | "/api/v1/shows/news" | "/api/v1/shows/news/posts" => "contributor",
        path => panic!("say who may come to {path}"),
    }
}

#[tokio::test]
async fn every_address_refuses_whom_it_is_not_for() {
    let site = Site::ready().await;
    let post = site.author().draft("남의 초안").await;
    let ranks = ["contributor", "editor", "owner"];
    let rank = |role: &str| ranks.iter().position(|r| *r == role);
    for (role, scopes) in [
        ("contributor", &["read", "write", "manage"][..]),
        ("editor", &["read", "write", "publish", "manage"]),
    ] {
        let person = joined(&site, role).await;
        let who = Program {
            token: token_of_person(&person, scopes).await,
            browser: site.stranger(),
        };
        let routes = all(&post.id).into_iter();
        for route in routes.filter(|r| r.path.starts_with("/api/v1/")) {
            for method in &route.methods {
                if rank(role) >= rank(least_role(&route.path, method)) {
                    continue;
                }
                let answer = who.json(method, &route.path, &json!({})).await;
                assert_eq!(answer.status, 403, "{role}: {}", answer.asked);
                assert!(!answer.text().contains("남의 초안"), "{}", answer.asked);
            }
        }
    }
}
