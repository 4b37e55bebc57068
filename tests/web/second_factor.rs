//! The second factor: turned on with an app, asked for at login, each code good once.
use daebon::kernel::time::Instant;

use crate::support::{Answer, Browser, EMAIL, PASSWORD, Site};

const PAGE: &str = "/admin/account/second-factor";

/// The code that an app shows at an instant: RFC 6238 by another hand than the server's.
fn code(secret: &str, at: Instant) -> String {
    let secret = data_encoding::BASE32_NOPAD
        .decode(secret.as_bytes())
        .expect("base32");
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .build()
        .expect("a secret");
    totp.generate(at.0.unsigned_abs() / 1000).to_string()
}

/// Turns it on, and gives the secret and the recovery codes.
async fn turn_on(site: &Site, author: &Browser) -> (String, Vec<String>) {
    turn_on_by(site, author, PASSWORD).await
}

/// The same for an account with this password.
pub async fn turn_on_by(site: &Site, author: &Browser, own: &str) -> (String, Vec<String>) {
    let page = author.get(PAGE).await;
    let form = page
        .assert_status(200)
        .form(&format!(r#"form[action="{PAGE}"]"#));
    let secret = form.value("secret").to_owned();
    assert!(page.text().contains("<svg class=\"qr\""));
    let wrong = author
        .submit(form.clone().set("code", "000000").set("password", PASSWORD))
        .await;
    // The same secret is on the page again: the app has it already.
    assert_eq!(
        wrong
            .assert_status(422)
            .form(&format!(r#"form[action="{PAGE}"]"#))
            .value("secret"),
        secret
    );
    let now = site.state.clock.now();
    let no_password = form
        .clone()
        .set("code", &code(&secret, now))
        .set("password", "not mine at all");
    author.submit(no_password).await.assert_status(422);
    let done = author
        .submit(form.set("code", &code(&secret, now)).set("password", own))
        .await;
    let codes = done.assert_status(200).texts(".codes code");
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

/// Sends the password and gives the page that asks for the code.
async fn password(visitor: &Browser) -> Answer {
    let page = visitor.get("/admin/login?next=/admin/account").await;
    let form = page
        .form(r#"form[action="/admin/login"]"#)
        .set("email", EMAIL)
        .set("password", PASSWORD);
    visitor.submit(form).await
}

async fn send(visitor: &Browser, page: &Answer, code: &str) -> Answer {
    let form = page
        .form(r#"form[action="/admin/login/code"]"#)
        .set("code", code);
    visitor.submit(form).await
}

#[tokio::test]
async fn a_code_of_the_app_opens_and_is_good_once() {
    let site = Site::ready().await;
    let (secret, _) = turn_on(&site, &site.author()).await;
    let now = site.state.clock.now();
    let visitor = site.stranger();
    let page = password(&visitor).await;
    page.assert_status(200);
    // The password alone opens nothing.
    visitor
        .get("/admin")
        .await
        .assert_redirects_to("/admin/login");
    // The code that turned it on is used up.
    let page = send(&visitor, &page, &code(&secret, now)).await;
    page.assert_status(422);
    site.clock.set(now.plus_ms(60_000));
    let fresh = code(&secret, site.state.clock.now());
    send(&visitor, &page, &fresh)
        .await
        .assert_redirects_to("/admin/account");
    visitor.get("/admin").await.assert_status(200);
    // Neither the code nor the waiting login opens again.
    let other = site.stranger();
    let again = password(&other).await;
    send(&other, &again, &fresh).await.assert_status(422);
    let old = send(
        &other,
        &page,
        &code(&secret, site.state.clock.now().plus_ms(30_000)),
    )
    .await;
    assert_ne!(old.status, 303);
}

#[tokio::test]
async fn a_recovery_code_opens_once() {
    let site = Site::ready().await;
    let author = site.author();
    let (_, codes) = turn_on(&site, &author).await;
    let visitor = site.stranger();
    let page = password(&visitor).await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    send(&visitor, &page, &typed)
        .await
        .assert_redirects_to("/admin/account");
    let other = site.stranger();
    let page = password(&other).await;
    send(&other, &page, &codes[3]).await.assert_status(422);
    author.get(PAGE).await.assert_contains("9");
    // New ones end the others.
    let page = author.get(PAGE).await;
    let mut form = page
        .form(&format!(r#"form[action="{PAGE}/off"]"#))
        .set("password", PASSWORD);
    form.action = format!("{PAGE}/codes");
    let fresh = author
        .submit(form)
        .await
        .assert_status(200)
        .texts(".codes code");
    assert!(fresh.iter().all(|code| !codes.contains(code)));
    let page = password(&other).await;
    send(&other, &page, &codes[5]).await.assert_status(422);
    send(&other, &page, &fresh[0])
        .await
        .assert_redirects_to("/admin/account");
}

#[tokio::test]
async fn a_login_waits_ten_minutes_and_for_five_codes() {
    let site = Site::ready().await;
    let (secret, _) = turn_on(&site, &site.author()).await;
    site.clock.set(site.state.clock.now().plus_ms(60_000));
    let visitor = site.stranger();
    let first = password(&visitor).await;
    let mut page = password(&visitor).await;
    for _ in 0..5 {
        page = send(&visitor, &page, "not a code").await;
        page.assert_status(422);
    }
    // So many wrong codes block the address too; this is about the login alone.
    let visitor = visitor.at("192.0.2.7");
    let right = code(&secret, site.state.clock.now());
    let late = send(&visitor, &page, &right).await;
    late.assert_status(422)
        .form(r#"form[action="/admin/login"]"#);
    // Another login waits for itself, until its time is over.
    site.clock.set(site.state.clock.now().plus_ms(11 * 60_000));
    let right = code(&secret, site.state.clock.now());
    let late = send(&visitor, &first, &right).await;
    late.assert_status(422)
        .form(r#"form[action="/admin/login"]"#);
}

#[tokio::test]
async fn it_is_turned_off_with_the_password() {
    let site = Site::ready().await;
    let author = site.author();
    turn_on(&site, &author).await;
    author
        .get("/admin/people")
        .await
        .assert_contains("2단계 인증 켬");
    let page = author.get(PAGE).await;
    let form = page.form(&format!(r#"form[action="{PAGE}/off"]"#));
    author
        .submit(form.clone().set("password", "not mine at all"))
        .await
        .assert_status(422);
    author
        .submit(form.set("password", PASSWORD))
        .await
        .assert_redirects_to("/admin/account");
    password(&site.stranger())
        .await
        .assert_redirects_to("/admin/account");
}

#[tokio::test]
async fn a_waiting_login_ends_with_the_password_it_began_with() {
    let site = Site::ready().await;
    let author = site.author();
    let elsewhere = site.stranger();
    let page = password(&elsewhere).await;
    page.assert_redirects_to("/admin/account");
    let (_, codes) = turn_on(&site, &author).await;
    // Whoever came in without it is out.
    elsewhere
        .get("/admin")
        .await
        .assert_redirects_to("/admin/login");
    let waiting = site.stranger();
    let step = password(&waiting).await;
    let page = author.get("/admin/account").await;
    let form = page
        .form(r#"form[action="/admin/account/password"]"#)
        .set("old_password", PASSWORD)
        .set("new_password", "quite another password");
    author
        .submit(form)
        .await
        .assert_redirects_to("/admin/account");
    let late = send(&waiting, &step, &codes[0]).await;
    late.assert_status(422)
        .form(r#"form[action="/admin/login"]"#);
}
