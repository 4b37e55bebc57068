//! What other sites' pages can make a browser send changes nothing here (HARDENING A6).
use axum::body::Body;
use http::Request;

use crate::support::routes::{Route, rooms};
use crate::support::{Browser, Site};

const FORM: &str = "application/x-www-form-urlencoded";

/// Every pair of path and method that changes something.
fn changing(id: &str) -> Vec<(String, &'static str)> {
    let changes = |m: &&str| !matches!(*m, "GET" | "HEAD" | "OPTIONS");
    let pairs = |r: Route| {
        let methods: Vec<&str> = r.methods.iter().copied().filter(changes).collect();
        methods.into_iter().map(move |m| (r.path.clone(), m))
    };
    let mut all: Vec<(String, &str)> = rooms(id).into_iter().flat_map(pairs).collect();
    all.push(("/admin/login".to_owned(), "POST"));
    assert!(all.len() >= 18, "{all:?}");
    all
}

async fn send(
    author: &Browser,
    (path, method): &(String, &'static str),
    headers: &[(&str, &str)],
    body: &str,
) -> u16 {
    let mut request = Request::builder().method(*method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned()));
    author
        .ask(request.expect("a request"))
        .await
        .status
        .as_u16()
}

#[tokio::test]
async fn no_route_takes_anything_without_the_token() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for route in changing(&post.id) {
        // Each is tried with the body that its handler would read.
        let multipart = "multipart/form-data; boundary=b";
        let kinds: &[(&str, &str)] = &[
            (FORM, "title=x&action=publish"),
            (FORM, "csrf=&title=x"),
            (FORM, "csrf=0123456789abcdef0123456789abcdef&title=x"),
            (
                multipart,
                "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nwrong\r\n--b--\r\n",
            ),
            (
                multipart,
                "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--b--\r\n",
            ),
            ("application/offset+octet-stream", "bytes"),
        ];
        let mut statuses = Vec::new();
        for (kind, body) in kinds {
            let headers = [
                ("content-type", *kind),
                ("sec-fetch-site", "same-origin"),
                ("tus-resumable", "1.0.0"),
            ];
            statuses.push(send(&author, &route, &headers, body).await);
        }
        assert!(statuses.contains(&403), "{route:?}: {statuses:?}");
        // 404 and 415 where the form is of another kind than the handler reads.
        let refused = |s: &u16| matches!(s, 403 | 404 | 415);
        assert!(statuses.iter().all(refused), "{route:?}: {statuses:?}");
    }
    let page = author.get(&post.editor).await;
    assert_eq!(page.form("#post-form").value("title"), "글");
}

#[tokio::test]
async fn no_route_takes_anything_from_another_site() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let token = author.token().await;
    for route in changing(&post.id) {
        for foreign in [
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://127.0.0.1:8080"),
            ],
            vec![("origin", "https://evil.example")],
            vec![("origin", "null")],
            vec![("origin", "http://127.0.0.1:8081")],
            vec![],
        ] {
            let mut headers = foreign.clone();
            headers.extend([
                ("content-type", FORM),
                ("x-csrf-token", token.as_str()),
                ("tus-resumable", "1.0.0"),
            ]);
            let status = send(&author, &route, &headers, &format!("csrf={token}")).await;
            assert_eq!(status, 403, "{route:?} {foreign:?}");
        }
    }
    assert!(author.get("/admin").await.text().contains("글"));
}

#[tokio::test]
async fn plain_text_is_refused_everywhere() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let token = author.token().await;
    for route in changing(&post.id) {
        for kind in ["text/plain", "text/plain;charset=UTF-8", " text/plain"] {
            let headers = [
                ("content-type", kind),
                ("sec-fetch-site", "same-origin"),
                ("x-csrf-token", token.as_str()),
            ];
            let status = send(&author, &route, &headers, &format!("csrf={token}")).await;
            assert_eq!(status, 403, "{route:?} {kind}");
        }
    }
}

#[tokio::test]
async fn a_browser_that_tells_only_the_origin_is_taken_too() {
    let site = Site::ready().await;
    let author = site.author();
    let token = author.token().await;
    let headers = [("content-type", FORM), ("origin", "http://127.0.0.1:8080")];
    let route = ("/admin/account/language".to_owned(), "POST");
    let body = format!("csrf={token}&language=en");
    assert_eq!(send(&author, &route, &headers, &body).await, 303);
    let page = author.get("/admin/account").await;
    assert_eq!(page.attributes("html", "lang"), ["en"]);
}

#[tokio::test]
async fn the_token_of_another_session_is_none() {
    let site = Site::ready().await;
    let (author, other) = (site.author(), site.stranger());
    let login = other.get("/admin/login").await;
    let foreign = login
        .form(r#"form[action="/admin/login"]"#)
        .value("csrf")
        .to_owned();
    let page = author.get("/admin/account").await;
    let form = page
        .form(r#"form[action="/admin/logout"]"#)
        .set("csrf", &foreign);
    author.submit(form).await.assert_status(403);
    author.get("/admin").await.assert_status(200);
}

#[tokio::test]
async fn looking_at_a_page_changes_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let before = author.get(&post.editor).await;
    for route in rooms(&post.id) {
        for method in ["GET", "HEAD"] {
            let request = Request::builder().method(method).uri(&route.path);
            author
                .ask(request.body(Body::empty()).expect("a request"))
                .await;
            let with_query = format!("{}?action=publish&title=x", route.path);
            author.get(&with_query).await;
        }
    }
    let after = author.get(&post.editor).await;
    assert_eq!(before.text(), after.text());
    author.get("/@news/%EA%B8%80").await.assert_not_found();
}
