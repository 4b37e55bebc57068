//! What a session is, and when it ends (HARDENING A4, A5).
use daebon::kernel::urls::BaseUrl;

use crate::support::{Answer, Browser, DAY_MS, EMAIL, PASSWORD, Site};

async fn log_in(visitor: &Browser, password: &str) -> Answer {
    let page = visitor.get("/admin/login").await;
    let form = page.form(r#"form[action="/admin/login"]"#);
    let form = form.set("email", EMAIL).set("password", password);
    visitor.submit(form).await
}

async fn change_password(author: &Browser, old: &str, new: &str) -> Answer {
    let page = author.get("/admin/account").await;
    let form = page.form(r#"form[action="/admin/account/password"]"#);
    let form = form.set("old_password", old).set("new_password", new);
    author.submit(form).await
}

fn attributes<'a>(answer: &'a Answer, name: &str) -> Vec<&'a str> {
    let cookies = answer.all("set-cookie");
    let cookie = cookies
        .into_iter()
        .find(|c| c.starts_with(&format!("{name}=")) && !c.contains("Max-Age=0"));
    cookie.expect("the cookie").split("; ").skip(1).collect()
}

#[tokio::test]
async fn on_plain_http_at_home_the_cookies_are_such_as_a_browser_keeps() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    let page = visitor.get("/admin/login").await;
    let before = attributes(&page, "daebon-before");
    assert_eq!(
        before,
        ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=86400"]
    );
    let answer = log_in(&visitor, PASSWORD).await;
    let session = attributes(&answer, "daebon");
    assert_eq!(
        session,
        ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=7776000"]
    );
}

#[tokio::test]
async fn over_tls_the_cookies_belong_to_this_host_alone() {
    let base = BaseUrl::parse("https://example.org").expect("an address");
    let site = Site::ready_with(|c| c.public_url = Some(base)).await;
    let visitor = site.stranger();
    let page = visitor.get("/admin/login").await;
    assert!(attributes(&page, "__Host-daebon-before").contains(&"Secure"));
    let answer = log_in(&visitor, PASSWORD).await;
    answer.assert_redirects_to("/admin");
    assert_eq!(
        attributes(&answer, "__Host-daebon"),
        [
            "Path=/",
            "HttpOnly",
            "SameSite=Lax",
            "Max-Age=7776000",
            "Secure"
        ]
    );
    visitor.get("/admin").await.assert_status(200);
    // A session by the name of plain HTTP could have been set by anybody on the line.
    site.author().get("/admin").await.assert_status(303);
}

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server() {
    let site = Site::ready().await;
    let author = site.author();
    let session = author.cookie("daebon").expect("a session");
    let page = author.get("/admin/account").await;
    let answer = author
        .submit(page.form(r#"form[action="/admin/logout"]"#))
        .await;
    answer.assert_redirects_to("/admin/login");
    assert!(author.cookie("daebon").is_none());
    let thief = site.stranger();
    thief.keep_cookie("daebon", &session);
    thief
        .get("/admin")
        .await
        .assert_redirects_to("/admin/login");
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let site = Site::ready().await;
    let (author, elsewhere) = (site.author(), site.stranger());
    log_in(&elsewhere, PASSWORD).await.assert_status(303);
    elsewhere.get("/admin").await.assert_status(200);
    let answer = change_password(&author, PASSWORD, "another long password").await;
    answer.assert_redirects_to("/admin/account");
    elsewhere.get("/admin").await.assert_status(303);
    author.get("/admin").await.assert_status(200);
    log_in(&site.stranger(), PASSWORD).await.assert_status(422);
    log_in(&site.stranger(), "another long password")
        .await
        .assert_status(303);
}

#[tokio::test]
async fn a_new_password_needs_the_old_one() {
    let site = Site::ready().await;
    let author = site.author();
    let answer = change_password(&author, "not the old one", "another long password").await;
    answer.assert_fault_at("old_password");
    for short in ["eleven char", &"a".repeat(513)] {
        let answer = change_password(&author, PASSWORD, short).await;
        answer.assert_fault_at("new_password");
    }
    log_in(&site.stranger(), PASSWORD).await.assert_status(303);
}

#[tokio::test]
async fn a_new_address_needs_the_password() {
    let site = Site::ready().await;
    let author = site.author();
    for (password, status) in [("wrong", 422), (PASSWORD, 303)] {
        let page = author.get("/admin/account").await;
        let form = page.form(r#"form[action="/admin/account/email"]"#);
        let form = form
            .set("email", "new@example.org")
            .set("password", password);
        author.submit(form).await.assert_status(status);
    }
    log_in(&site.stranger(), PASSWORD).await.assert_status(422);
}

#[tokio::test]
async fn a_new_name_is_that_of_the_log() {
    let site = Site::ready().await;
    let author = site.author();
    let page = author.get("/admin/account").await;
    let form = page.form(r#"form[action="/admin/account/name"]"#);
    let empty = author.submit(form.clone().set("name", " ")).await;
    empty.assert_fault_at("name");
    author
        .submit(form.set("name", "새 이름"))
        .await
        .assert_redirects_to("/admin/account");
    let page = author.get("/admin/account").await;
    let form = page.form(r#"form[action="/admin/account/name"]"#);
    assert_eq!(form.value("name"), "새 이름");
    assert!(author.get("/admin/log").await.text().contains("새 이름"));
}

#[tokio::test]
async fn other_sessions_can_be_ended_by_a_button() {
    let site = Site::ready().await;
    let (author, elsewhere) = (site.author(), site.stranger());
    log_in(&elsewhere, PASSWORD).await.assert_status(303);
    let page = author.get("/admin/account").await;
    let form = page.form(r#"form[action="/admin/account/sessions/end-others"]"#);
    author
        .submit(form)
        .await
        .assert_redirects_to("/admin/account");
    elsewhere.get("/admin").await.assert_status(303);
    let page = author.get("/admin/account").await;
    assert!(!page.has(r#"form[action="/admin/account/sessions/end-others"]"#));
}

#[tokio::test]
async fn a_session_ends_after_two_idle_weeks() {
    let site = Site::ready().await;
    let author = site.author();
    for _ in 0..3 {
        site.pass(13 * DAY_MS).await;
        author.get("/admin").await.assert_status(200);
    }
    site.pass(14 * DAY_MS).await;
    author.get("/admin").await.assert_status(303);
}

#[tokio::test]
async fn a_session_ends_after_ninety_days_whatever_happens() {
    let site = Site::ready().await;
    let author = site.author();
    for _ in 0..8 {
        site.pass(11 * DAY_MS).await;
        author.get("/admin").await.assert_status(200);
    }
    site.pass(2 * DAY_MS).await;
    author.get("/admin").await.assert_status(303);
}
