//! What is too much, or no text, is refused and never half taken (HARDENING L3, L5, O5).
use axum::body::Body;
use http::Request;

use crate::support::{Browser, Form, Post, Site};

/// A body that fails the test if anybody reads it.
fn unread() -> Body {
    Body::from_stream(futures_util::stream::poll_fn(
        |_| -> std::task::Poll<Option<Result<bytes::Bytes, std::io::Error>>> {
            panic!("a body over the limit was read")
        },
    ))
}

/// A body of so many bytes in pieces, whose length nobody is told.
fn endless(pieces: usize) -> Body {
    let piece = bytes::Bytes::from(vec![b'a'; 64 << 10]);
    let all = (0..pieces).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
    Body::from_stream(futures_util::stream::iter(all))
}

fn form_request(to: &str, length: Option<usize>, body: Body) -> Request<Body> {
    let mut request = Request::post(to)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    if let Some(length) = length {
        request = request.header("content-length", length);
    }
    request.body(body).expect("a request")
}

async fn editor(author: &Browser, post: &Post) -> Form {
    author.get(&post.editor).await.form("#post-form")
}

#[tokio::test]
async fn a_form_over_the_limit_is_refused_by_its_length_alone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for (to, limit) in [
        ("/admin/login".to_owned(), 64 << 10),
        ("/admin/posts".to_owned(), 64 << 10),
        ("/admin/account/password".to_owned(), 64 << 10),
        ("/admin/logout".to_owned(), 64 << 10),
        (post.editor.clone(), 8 << 20),
        (format!("{}/autosave", post.editor), 8 << 20),
    ] {
        let request = form_request(&to, Some(limit + 1), unread());
        author.ask(request).await.assert_status(413);
        // Without a length it is read up to the limit and no further.
        let request = form_request(&to, None, endless(200));
        author.ask(request).await.assert_status(413);
    }
    author.get("/admin").await.assert_status(200);
}

#[tokio::test]
async fn a_length_that_is_none_is_refused() {
    let site = Site::ready().await;
    let author = site.author();
    for length in ["-1", "1e9", "99999999999999999999999999", "x"] {
        let request = Request::post("/admin/logout")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("content-length", length)
            .body(unread())
            .expect("a request");
        author.ask(request).await.assert_status(400);
    }
}

#[tokio::test]
async fn a_picture_over_the_limit_is_refused_by_its_length_alone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for (to, length) in [
        (post.editor.clone(), 200 << 20),
        ("/admin/shows/news/cover".to_owned(), 40 << 20),
        ("/admin/shows/new".to_owned(), 40 << 20),
    ] {
        let request = Request::post(&to)
            .header("content-type", "multipart/form-data; boundary=b")
            .header("content-length", length)
            .header("sec-fetch-site", "same-origin")
            .body(unread())
            .expect("a request");
        author.ask(request).await.assert_status(413);
    }
}

#[tokio::test]
async fn the_longest_texts_are_taken_and_one_character_more_is_not() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for (field, most, letter) in [
        ("title", 500, "가"),
        ("note", 200_000, "나"),
        ("script", 300_000, "다"),
        ("script", 500_000, "d"),
    ] {
        let whole = letter.repeat(most);
        let fields = [("script", ""), ("note", ""), (field, whole.as_str())];
        author.act(&post, &fields, "save").await;
        assert!(
            editor(&author, &post).await.value(field) == whole,
            "{field}"
        );
        if most == 300_000 {
            continue;
        }
        let more = format!("{whole}{letter}");
        let fields = [("script", ""), ("note", ""), (field, more.as_str())];
        let back = author.press(&post, &fields, "save").await;
        back.assert_fault_at(field);
        assert!(
            back.form("#post-form").value(field) == more,
            "{field} comes back"
        );
    }
}

#[tokio::test]
async fn the_longest_script_becomes_a_page() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let script = "긴 문장입니다. ".repeat(30_000);
    let fields = [
        ("title", "긴 글"),
        ("script", script.as_str()),
        ("slug", "long"),
    ];
    author.act(&post, &fields, "publish").await;
    let page = site.stranger().get("/@news/long").await;
    assert!(page.assert_status(200).body.len() > 500_000);
    site.stranger()
        .get("/@news/posts.xml")
        .await
        .assert_status(200);
}

#[tokio::test]
async fn what_no_person_types_is_no_text() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for field in ["title", "note", "script", "slug", "ref_title", "ref_remark"] {
        for text in ["a\0b", "\u{1b}[31m", "\u{7}", "\u{fffe}", "\u{85}"] {
            let form = editor(&author, &post).await.set(field, text);
            let back = author.submit(form.press("save")).await;
            let fault = if field.starts_with("ref_") {
                "references"
            } else {
                field
            };
            back.assert_fault_at(fault);
        }
    }
    assert_eq!(editor(&author, &post).await.value("title"), "글");
}

#[tokio::test]
async fn a_title_of_nothing_visible_is_no_title() {
    let site = Site::ready().await;
    let author = site.author();
    for title in [
        "\u{202e}\u{200b}",
        "\u{3164}",
        "   ",
        "\u{feff}\u{2066}\u{ad}",
    ] {
        let post = author.draft("글").await;
        let back = author.press(&post, &[("title", title)], "publish").await;
        back.assert_fault_at("title");
    }
    let post = author.draft("\u{202e}거꾸로\u{202c} 글").await;
    assert_eq!(editor(&author, &post).await.value("title"), "거꾸로 글");
}

#[tokio::test]
async fn text_that_is_no_utf_8_is_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let token = author.token().await;
    for body in ["title=%FF", "title=%ED%A0%80", "title=%C0%80", "%FF=x"] {
        let body = format!("csrf={token}&action=save&version=2&{body}");
        let request = form_request(&post.editor, None, Body::from(body));
        let status = author.ask(request).await.status.as_u16();
        assert!(matches!(status, 400 | 422), "{status}");
    }
    assert_eq!(editor(&author, &post).await.value("title"), "글");
}

#[tokio::test]
async fn more_references_than_anybody_reads_are_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let mut form = editor(&author, &post).await;
    for n in 0..201 {
        form = form.with("ref_title", &format!("{n}"));
    }
    let back = author.submit(form.press("save")).await;
    back.assert_fault_at("references");
    let mut form = editor(&author, &post).await;
    for _ in 0..3_000 {
        form = form.with("ref_title", "x");
    }
    author.submit(form.press("save")).await.assert_status(413);
}

#[tokio::test]
async fn a_form_with_parts_that_nobody_asked_for_is_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let page = author.get("/admin/shows/new").await;
    let form = page.form("form[data-setup]");
    for wrong in [
        form.clone().with("is_admin", "1"),
        form.clone().with("title", "a second title"),
        form.clone().with("csrf", "a second token"),
    ] {
        author.submit(wrong).await.assert_status(400);
    }
    let mut many = form.clone();
    for n in 0..65 {
        many = many.with(&format!("f{n}"), "x");
    }
    let status = author.submit(many).await.status.as_u16();
    assert!(matches!(status, 400 | 413), "{status}");
    let long = form.set("description", &"가".repeat(30_000));
    author.submit(long).await.assert_status(413);
    assert_eq!(site.stranger().get("/").await.texts("h1"), ["아침 논평"]);
}

#[tokio::test]
async fn a_form_of_another_type_is_refused() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for kind in ["application/json", "multipart/mixed; boundary=b", "x", ""] {
        let request = Request::post(&post.editor)
            .header("content-type", kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from("{}"))
            .expect("a request");
        author.ask(request).await.assert_status(415);
    }
    for kind in [
        "multipart/form-data",
        "multipart/mixed; boundary=b",
        "multipart/form-data; boundary=",
    ] {
        let request = Request::post(&post.editor)
            .header("content-type", kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from("--b--"))
            .expect("a request");
        author.ask(request).await.assert_status(415);
    }
}
