//! Who may enter: the login form, what it tells, what it counts (HARDENING A2, A3, A4, V7).
use daebon::web::client::Network;

use crate::support::{Answer, Browser, EMAIL, Form, PASSWORD, Site};

/// The login form as the page has it, filled in.
async fn form(visitor: &Browser, email: &str, password: &str) -> Form {
    form_at(visitor, "/admin/login", email, password).await
}

async fn form_at(visitor: &Browser, page: &str, email: &str, password: &str) -> Form {
    let page = visitor.get(page).await;
    page.assert_status(200)
        .form(r#"form[action="/admin/login"]"#)
        .set("email", email)
        .set("password", password)
}

async fn log_in(visitor: &Browser, email: &str, password: &str) -> Answer {
    visitor.submit(form(visitor, email, password).await).await
}

#[tokio::test]
async fn the_right_password_opens_the_dashboard() {
    let site = Site::ready().await;
    let author = site.stranger();
    let answer = log_in(&author, EMAIL, PASSWORD).await;
    answer.assert_redirects_to("/admin");
    author.get("/admin").await.assert_status(200);
}

#[tokio::test]
async fn the_address_may_be_written_in_capitals() {
    let site = Site::ready().await;
    let author = site.stranger();
    let answer = log_in(&author, " Author@Example.ORG ", PASSWORD).await;
    answer.assert_redirects_to("/admin");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_apart_by_nothing() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    let wrong = log_in(&visitor, EMAIL, "not the password").await;
    let unknown = log_in(&visitor, "nobody@example.com", "not the password").await;
    let no_address = log_in(&visitor, "nobody", "not the password").await;
    wrong.assert_status(422);
    assert!(!wrong.texts("#error-summary").is_empty());
    // The typed address comes back in the field, and is all that differs.
    for (other, typed) in [(&unknown, "nobody@example.com"), (&no_address, "nobody")] {
        assert_eq!(wrong.status, other.status);
        let without_length = |answer: &Answer| {
            let mut headers = answer.headers.clone();
            headers.remove("content-length");
            headers
        };
        assert_eq!(without_length(&wrong), without_length(other));
        let same = other
            .text()
            .replace(&format!("value=\"{typed}\""), &format!("value=\"{EMAIL}\""));
        assert_eq!(wrong.text(), same);
    }
    assert!(visitor.cookie("daebon").is_none());
}

#[tokio::test]
async fn a_password_that_is_too_long_is_just_wrong() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    let answer = log_in(&visitor, EMAIL, &"a".repeat(513)).await;
    let wrong = log_in(&visitor, EMAIL, "a").await;
    answer.assert_status(422);
    assert_eq!(answer.body, wrong.body);
}

#[tokio::test]
async fn five_failures_close_the_door_for_a_while() {
    let site = Site::ready().await;
    let visitor = site.stranger().at("203.0.113.9");
    let mut first = None;
    for _ in 0..5 {
        let answer = log_in(&visitor, "nobody@example.com", "wrong").await;
        answer.assert_status(422);
        first.get_or_insert(answer);
    }
    let closed = log_in(&visitor, EMAIL, PASSWORD).await;
    closed.assert_status(429);
    let wait: u64 = closed.header("retry-after").parse().expect("seconds");
    assert!((1..=61).contains(&wait), "{wait}");
    assert!(
        closed.text().contains(&wait.to_string()),
        "the page says it"
    );
    // Others are let in, on the same account too.
    let elsewhere = site.stranger().at("203.0.113.10");
    log_in(&elsewhere, EMAIL, PASSWORD).await.assert_status(303);
}

#[tokio::test]
async fn a_success_forgets_the_failures() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    for _ in 0..2 {
        for _ in 0..4 {
            log_in(&visitor, "nobody@example.com", "wrong")
                .await
                .assert_status(422);
        }
        log_in(&visitor, EMAIL, PASSWORD).await.assert_status(303);
    }
}

#[tokio::test]
async fn a_stranger_cannot_blame_his_failures_on_others() {
    let site = Site::ready().await;
    for n in 0..5 {
        let claimed = format!("198.51.100.{n}");
        let visitor = site.stranger().sending("x-forwarded-for", &claimed);
        log_in(&visitor, "nobody@example.com", "wrong")
            .await
            .assert_status(422);
    }
    let visitor = site.stranger().sending("x-forwarded-for", "198.51.100.99");
    log_in(&visitor, EMAIL, PASSWORD).await.assert_status(429);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_is_counted_by_itself() {
    let proxy = Network::parse("127.0.0.0/8").expect("a network");
    let site = Site::ready_with(|c| c.trusted_proxies = vec![proxy]).await;
    let bad = site.stranger().sending("x-forwarded-for", "198.51.100.1");
    for _ in 0..5 {
        log_in(&bad, "nobody@example.com", "wrong")
            .await
            .assert_status(422);
    }
    log_in(&bad, EMAIL, PASSWORD).await.assert_status(429);
    let good = site.stranger().sending("x-forwarded-for", "198.51.100.2");
    log_in(&good, EMAIL, PASSWORD).await.assert_status(303);
    // What a client says in front of what the proxy says is not believed.
    let liar = site
        .stranger()
        .sending("x-forwarded-for", "198.51.100.2, 198.51.100.1");
    log_in(&liar, EMAIL, PASSWORD).await.assert_status(429);
}

#[tokio::test]
async fn addresses_of_one_ipv6_network_are_one_client() {
    let site = Site::ready().await;
    for n in 0..5 {
        let visitor = site.stranger().at(&format!("2001:db8:1:2::{n}"));
        log_in(&visitor, "nobody@example.com", "wrong")
            .await
            .assert_status(422);
    }
    let same = site.stranger().at("2001:db8:1:2:ffff::1");
    log_in(&same, EMAIL, PASSWORD).await.assert_status(429);
    let other = site.stranger().at("2001:db8:1:3::1");
    log_in(&other, EMAIL, PASSWORD).await.assert_status(303);
}

#[tokio::test]
async fn each_login_gets_a_session_of_its_own() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    visitor.keep_cookie("daebon", "planted-by-somebody-else");
    log_in(&visitor, EMAIL, PASSWORD).await.assert_status(303);
    let first = visitor.cookie("daebon").expect("a session");
    log_in(&visitor, EMAIL, PASSWORD).await.assert_status(303);
    let second = visitor.cookie("daebon").expect("a session");
    assert_ne!(first, "planted-by-somebody-else");
    assert_ne!(first, second);
    assert!(first.len() >= 51, "256 bits in base32: {}", first.len());
    // The cookie before login opens nothing, and goes with the login.
    assert!(visitor.cookie("daebon-before").is_none());
}

#[tokio::test]
async fn the_cookie_before_login_opens_nothing() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    visitor.get("/admin/login").await;
    let before = visitor.cookie("daebon-before").expect("a cookie");
    visitor.keep_cookie("daebon", &before);
    visitor.get("/admin").await.assert_status(303);
}

#[tokio::test]
async fn only_known_local_pages_are_followed() {
    let site = Site::ready().await;
    for (next, to) in [
        ("/admin/account", "/admin/account"),
        ("/admin/shows/news", "/admin/shows/news"),
        ("https://evil.example/", "/admin"),
        ("//evil.example", "/admin"),
        ("/\\evil.example", "/admin"),
        ("/@news", "/admin"),
        ("/admin/logout", "/admin"),
        ("/admin/posts/x\r\nset-cookie: a=b", "/admin"),
        ("/admin/shows/../../@news", "/admin"),
        ("javascript:alert(1)", "/admin"),
    ] {
        let visitor = site.stranger();
        let query = percent_encoding::utf8_percent_encode(next, percent_encoding::NON_ALPHANUMERIC);
        let page = format!("/admin/login?next={query}");
        let form = form_at(&visitor, &page, EMAIL, PASSWORD).await;
        visitor.submit(form).await.assert_redirects_to(to);
    }
}

#[tokio::test]
async fn a_stranger_is_led_back_to_where_he_wanted_to_go() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    let answer = visitor.get("/admin/shows/news").await;
    answer.assert_status(303);
    let login = answer.header("location").to_owned();
    let form = form_at(&visitor, &login, EMAIL, PASSWORD).await;
    visitor
        .submit(form)
        .await
        .assert_redirects_to("/admin/shows/news");
}

#[tokio::test]
async fn a_failed_login_keeps_the_way_back() {
    let site = Site::ready().await;
    let visitor = site.stranger();
    let form = form_at(&visitor, "/admin/login?next=/admin/account", EMAIL, "wrong").await;
    let again = visitor.submit(form).await;
    let form = again.form(r#"form[action="/admin/login"]"#);
    let form = form.set("password", PASSWORD);
    visitor
        .submit(form)
        .await
        .assert_redirects_to("/admin/account");
}

#[tokio::test]
async fn a_failed_login_stands_in_the_log_once_an_hour() {
    let site = Site::ready().await;
    let visitor = site.stranger().at("203.0.113.9");
    for _ in 0..2 {
        log_in(&visitor, EMAIL, "wrong").await.assert_status(422);
        log_in(&visitor, "nobody@example.com", "wrong").await;
    }
    // It is written after the answer.
    let author = site.author();
    let told = async || author.get("/admin/log").await.text().to_owned();
    while !told().await.contains("203.0.113.9") {
        tokio::task::yield_now().await;
    }
    log_in(&site.stranger(), EMAIL, PASSWORD)
        .await
        .assert_status(303);
    assert_eq!(told().await.matches("로그인 실패").count(), 1);
}
