//! The author's side refuses a stranger at every address (HARDENING A1, V4; invariant 5).
use axum::body::Body;
use http::Request;

use crate::support::browser::request;
use crate::support::routes::{all, rooms};
use crate::support::{Answer, Browser, Site};

/// Nothing that only the author's side says.
fn assert_says_nothing(answer: &Answer) {
    let text = String::from_utf8_lossy(&answer.body).to_lowercase();
    for word in ["csrf", "admin.css", "글쓴이", "초안", "logout"] {
        assert!(!text.contains(word), "{}: {word}\n{text}", answer.asked);
    }
}

async fn ask(visitor: &Browser, method: &str, path: &str, accept: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("accept", accept)
        .header("sec-fetch-site", "same-origin")
        .body(Body::empty());
    visitor.ask(request.expect("a request")).await
}

#[tokio::test]
async fn a_stranger_is_led_to_the_login_from_every_room() {
    let site = Site::ready().await;
    let post = site.author().draft("초안").await;
    let stranger = site.stranger();
    for route in rooms(&post.id) {
        // Methods that a room does not take tell no more than those that it does.
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            let answer = ask(&stranger, method, &route.path, "text/html").await;
            answer.assert_status(303);
            let to = answer.header("location");
            assert!(to.starts_with("/admin/login"), "{}: {to}", answer.asked);
            assert!(answer.body.is_empty(), "{}", answer.asked);
        }
    }
}

#[tokio::test]
async fn a_script_of_a_stranger_gets_401_from_every_room() {
    let site = Site::ready().await;
    let post = site.author().draft("초안").await;
    let stranger = site.stranger();
    for route in rooms(&post.id) {
        for method in ["GET", "POST", "PATCH", "DELETE"] {
            let answer = ask(&stranger, method, &route.path, "application/json").await;
            answer.assert_status(401);
            assert!(answer.json()["message"].is_string(), "{}", answer.asked);
            assert_says_nothing(&answer);
        }
    }
}

#[tokio::test]
async fn a_cookie_that_nobody_gave_out_opens_nothing() {
    let site = Site::ready().await;
    let long = "a".repeat(4_000);
    for value in [
        "x",
        "\"\"",
        "0",
        long.as_str(),
        "'; DROP TABLE sessions; --",
    ] {
        let stranger = site.stranger();
        stranger.keep_cookie("daebon", value);
        stranger
            .get("/admin")
            .await
            .assert_redirects_to("/admin/login");
    }
}

#[tokio::test]
async fn every_room_is_there_for_the_author() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    for route in rooms(&post.id) {
        // Parts of a post that this draft does not have are missing even to him.
        let part = ["x.mp3", "cover.jpg", "no/such", "peaks"];
        if part.iter().any(|p| route.path.ends_with(p)) || !route.methods.contains("GET") {
            continue;
        }
        author.get(&route.path).await.assert_status(200);
    }
    author.get("/admin/no/such/room").await.assert_not_found();
    author
        .get("/admin/posts/aaaaaaaaaaaa")
        .await
        .assert_not_found();
    author.get("/admin/shows/other").await.assert_not_found();
}

#[tokio::test]
async fn other_spellings_of_the_author_s_side_are_no_addresses() {
    let site = Site::ready().await;
    let author = site.author();
    author.draft("초안").await;
    let missing = site.stranger().get("/no/such/page").await;
    for path in [
        "//admin",
        "//admin/",
        "/./admin",
        "/Admin",
        "/ADMIN",
        "/%61dmin",
        "/%61dmin/account",
        "/admin%2faccount",
        "/admin%2Faccount",
        "/admin;/account",
        "/@news/../admin",
        "/p/../admin",
        "/.//admin",
        "/admin%00",
        "/admin%20",
        "/@admin",
        "/adminx",
    ] {
        for visitor in [&site.stranger(), &author] {
            let answer = visitor.get(path).await;
            answer.assert_status(404);
            assert_eq!(answer.body, missing.body, "{path}");
            assert_says_nothing(&answer);
        }
    }
}

#[tokio::test]
async fn what_climbs_out_of_the_author_s_side_gets_nowhere() {
    let site = Site::ready().await;
    for path in [
        "/admin/../x",
        "/admin/..%2fx",
        "/admin/%2e%2e/x",
        "/admin//account",
        "/admin/login/../account",
        "/admin/setup/../account",
        "/admin/login/x",
    ] {
        let answer = site.stranger().get(path).await;
        let status = answer.status.as_u16();
        assert!(matches!(status, 303 | 404), "{path}: {status}");
        assert_says_nothing(&answer);
        if status == 303 {
            assert!(
                answer.header("location").starts_with("/admin/login"),
                "{path}"
            );
        }
        let answer = site.author().get(path).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_body_of_a_stranger_is_not_read() {
    let site = Site::ready().await;
    let post = site.author().draft("초안").await;
    for path in [post.editor.clone(), "/admin/uploads".to_owned()] {
        // Reading it would fail the test: nobody sends this body.
        let body = Body::from_stream(futures_util::stream::poll_fn(
            |_| -> std::task::Poll<Option<Result<bytes::Bytes, std::io::Error>>> {
                panic!("the body of a stranger was read")
            },
        ));
        let request = Request::post(&path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=b")
            .body(body)
            .expect("a request");
        site.stranger().ask(request).await.assert_status(303);
    }
}

#[tokio::test]
async fn public_addresses_know_no_session() {
    let site = Site::ready().await;
    let author = site.author();
    let draft = author.draft("초안").await;
    author.published("글").await;
    let routes = all(&draft.id);
    let public = routes.iter().filter(|r| !r.path.starts_with("/admin"));
    let more = ["/@news", "/@news/%EA%B8%80", "/@news/%EC%B4%88%EC%95%88"];
    let paths = public.map(|r| r.path.as_str()).chain(more);
    for path in paths {
        let to_author = author.ask(request("GET", path, &[])).await;
        let to_stranger = site.stranger().ask(request("GET", path, &[])).await;
        to_author.assert_same_as(&to_stranger);
    }
}
