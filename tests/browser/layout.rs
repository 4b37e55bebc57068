//! Narrow phones: nothing is wider than the window; and no page complains in the console.
use std::fs;

use crate::driver::{Browser, Scripts};
use crate::support::server::Server;
use crate::support::site::{Author, EMAIL, PASSWORD};
use crate::workplace::log_in;

/// What is wider than the window, if anything is.
pub const TOO_WIDE: &str = "const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return '';
    return [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > wide + 1)
      .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5).join('\\n') || 'something unseen';";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_is_wider_than_a_phone() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret");
    fs::write(&secret, PASSWORD).expect("written");
    let secret = secret.to_str().expect("UTF-8");
    let data = folder.path().join("data");
    let flags = [
        "--listen",
        "127.0.0.1:0",
        "--demo",
        "--admin-email",
        EMAIL,
        "--admin-password-file",
        secret,
    ];
    let server = Server::start_with(&data, &flags);
    let Ok(author) = Author::log_in(&server.base, EMAIL, PASSWORD).await else {
        panic!("the account of the flags opens nothing")
    };
    // Words that a browser can't break by itself.
    let post = author.new_post().await;
    let long = "https://example.org/".to_owned() + &"가나다라마바사".repeat(20);
    let script = format!("> {long}\n\n{long}\n\n```\n{long}\n```\n\n# {long}");
    author
        .must_press(&post, "publish", &"Wort".repeat(40), &script)
        .await;
    let shown = author.public_path(&post).await.expect("public");

    let browser = Browser::start(Scripts::On).await;
    browser.open(&format!("{}/admin/login", server.base)).await;
    check(&browser, "/admin/login").await;
    log_in(&browser, &server.base).await;
    let feed = author.client.get("/@demo").await;
    let demo = feed
        .attr(".post-card-title a[href]", "href")
        .expect("a post");
    let episode = feed.attr("li:nth-child(2) .post-card-title a", "href");
    let editor = format!("/admin/posts/{post}");
    let list = author.client.get("/admin?show=demo").await;
    let timed = list.attr("li:nth-child(2) .post-title", "href");
    let timed = format!("{}/timing", timed.expect("a second post"));
    for path in [
        "/",
        "/@demo",
        &demo,
        &episode.expect("a second post"),
        &shown,
        "/admin",
        &editor,
        &timed,
        "/admin/shows/demo",
        "/admin/shows/new",
        "/admin/account",
        "/@demo/nowhere",
    ] {
        browser.open(&format!("{}{path}", server.base)).await;
        check(&browser, path).await;
        let mut said = browser.complaints().await;
        // That there is no such page is said by the browser as well.
        said.retain(|s| !(path == "/@demo/nowhere" && s.contains("404")));
        assert_eq!(said, Vec::<String>::new(), "{path}");
    }
    what_is_wrong_would_be_seen(&browser).await;
}

/// The checks above find what they look for.
async fn what_is_wrong_would_be_seen(browser: &Browser) {
    browser
        .run(
            "const wide = document.createElement('p'); wide.textContent = 'a'.repeat(200);\
             wide.className = 'forced'; document.body.append(wide);\
             document.styleSheets[0].insertRule('.forced { white-space: pre; overflow-wrap: normal }');\
             const inline = document.createElement('script'); inline.textContent = '1';\
             document.body.append(inline);",
        )
        .await;
    let wide = browser.run(TOO_WIDE).await;
    assert_ne!(wide, "", "a paragraph that is too wide goes unseen");
    let said = browser.complaints().await;
    let refused = said.iter().any(|s| s.contains("Content Security Policy"));
    assert!(refused, "a script that is refused goes unheard: {said:?}");
}

async fn check(browser: &Browser, path: &str) {
    for width in [320, 360] {
        browser.narrow_to(width).await;
        browser.wait(&format!("innerWidth === {width}")).await;
        browser
            .run("for (const d of document.querySelectorAll('details')) d.open = true;")
            .await;
        let wide = browser.run(TOO_WIDE).await;
        let wide = wide.as_str().unwrap_or_default().to_owned();
        assert_eq!(wide, "", "{path} at {width} px");
    }
}
