//! An owner lets a colleague in again who lost his password or his second factor.
use crate::roles::{PASSWORD, join};
use crate::second_factor::turn_on_by;
use crate::support::{Answer, Browser, Site};

const NEW: &str = "a quite new password";

/// The last form of the page of people that ends so.
fn form_of(page: &Answer, part: &str) -> String {
    let actions = page.attributes(&format!(r#"form[action$="/{part}"]"#), "action");
    let action = actions.last().expect("a colleague");
    format!(r#"form[action="{action}"]"#)
}

/// Asks for a link and gives its path.
async fn link(author: &Browser) -> String {
    let page = author.get("/admin/people").await;
    let made = author.submit(page.form(&form_of(&page, "reset"))).await;
    let link = made
        .assert_status(200)
        .attributes("#reset-link", "value")
        .remove(0);
    let path = link.strip_prefix("http://127.0.0.1:8080");
    path.expect("an address of this site").to_owned()
}

async fn set(visitor: &Browser, path: &str, password: &str) -> Answer {
    let page = visitor.get(path).await;
    let form = page
        .assert_status(200)
        .form(&format!(r#"form[action="{path}"]"#));
    visitor.submit(form.set("password", password)).await
}

async fn log_in(visitor: &Browser, password: &str) -> Answer {
    let page = visitor.get("/admin/login").await;
    let form = page
        .form(r#"form[action="/admin/login"]"#)
        .set("email", "editor@example.org")
        .set("password", password);
    visitor.submit(form).await
}

#[tokio::test]
async fn a_link_sets_a_new_password_once() {
    let site = Site::ready().await;
    let who = join(&site, "editor").await;
    let author = site.author();
    let (first, path) = (link(&author).await, link(&author).await);
    let never = site.stranger().get("/admin/reset/never-made").await;
    never.assert_not_found();
    // A newer one ends the older.
    site.stranger().get(&first).await.assert_same_as(&never);
    who.get("/admin").await.assert_status(200);

    let visitor = site.stranger();
    let short = set(&visitor, &path, "short").await;
    short.assert_fault_at("password");
    set(&visitor, &path, NEW)
        .await
        .assert_redirects_to("/admin/login");
    who.get("/admin").await.assert_redirects_to("/admin/login");
    site.stranger().get(&path).await.assert_same_as(&never);
    log_in(&site.stranger(), PASSWORD).await.assert_status(422);
    log_in(&site.stranger(), NEW)
        .await
        .assert_redirects_to("/admin");
    let log = author.get("/admin/log").await;
    assert!(log.text().contains("새 비밀번호 링크 만듦"));
    assert!(log.text().contains("비밀번호 바꿈"));
}

#[tokio::test]
async fn a_link_ends_after_a_day_and_with_the_one_who_made_it() {
    let site = Site::ready().await;
    join(&site, "editor").await;
    let author = site.author();
    let path = link(&author).await;
    site.pass(24 * 3_600_000 - 1).await;
    site.stranger().get(&path).await.assert_status(200);
    site.pass(1).await;
    site.stranger().get(&path).await.assert_not_found();

    // Another owner takes the account of the one away who made it.
    let owner = join(&site, "owner").await;
    let page = owner.get("/admin/people").await;
    let person = page.attributes(r#"form[action$="/reset"]"#, "action");
    let of_editor = person.last().expect("the editor").clone();
    let made = owner
        .submit(page.form(&format!(r#"form[action="{of_editor}"]"#)))
        .await;
    let link = made
        .assert_status(200)
        .attributes("#reset-link", "value")
        .remove(0);
    let path = link.strip_prefix("http://127.0.0.1:8080").expect("here");
    site.stranger().get(path).await.assert_status(200);
    let page = author.get("/admin/people").await;
    let remove = page.form(&form_of(&page, "remove"));
    author.submit(remove).await.assert_status(303);
    site.stranger().get(path).await.assert_not_found();
}

#[tokio::test]
async fn a_lost_second_factor_is_turned_off_by_an_owner() {
    let site = Site::ready().await;
    let who = join(&site, "editor").await;
    turn_on_by(&site, &who, PASSWORD).await;
    let asked = log_in(&site.stranger(), PASSWORD).await;
    assert!(asked.assert_status(200).has("[name=code]"));
    // A new password alone does not go around it.
    let author = site.author();
    let path = link(&author).await;
    set(&site.stranger(), &path, NEW).await.assert_status(303);
    let asked = log_in(&site.stranger(), NEW).await;
    assert!(asked.assert_status(200).has("[name=code]"));

    let page = author.get("/admin/people").await;
    let off = page.form(&form_of(&page, "second-factor-off"));
    author
        .submit(off)
        .await
        .assert_redirects_to("/admin/people");
    who.get("/admin").await.assert_redirects_to("/admin/login");
    log_in(&site.stranger(), NEW)
        .await
        .assert_redirects_to("/admin");
    let page = author.get("/admin/people").await;
    assert!(!page.has(r#"form[action$="/second-factor-off"]"#));
    let log = author.get("/admin/log").await;
    assert!(log.text().contains("다른 사람의 2단계 인증 끔"));
}

#[tokio::test]
async fn nobody_goes_around_his_own_password() {
    let site = Site::ready().await;
    join(&site, "editor").await;
    let author = site.author();
    let page = author.get("/admin/people").await;
    // The page offers it for others alone.
    assert_eq!(
        page.attributes(r#"form[action$="/reset"]"#, "action").len(),
        1
    );
    let own = page.attributes(r#"form[action$="/remove"]"#, "action")[0].clone();
    for part in ["reset", "second-factor-off"] {
        let mut form = page.form(&form_of(&page, "reset"));
        form.action = own.replace("/remove", &format!("/{part}"));
        author.submit(form).await.assert_status(409);
    }
    let mut nobody = page.form(&form_of(&page, "reset"));
    nobody.action = "/admin/people/aaaaaaaaaaaa/reset".to_owned();
    author.submit(nobody).await.assert_not_found();
}

#[tokio::test]
async fn an_invitation_that_opens_nothing_says_so() {
    let site = Site::ready().await;
    let never = site.stranger().get("/admin/join/never-made").await;
    never.assert_not_found();
    assert!(never.texts(".lead")[0].contains("새 링크"));
    assert!(never.has(r#"a[href="/admin/login"]"#));
    let page = site.author().get("/admin/people").await;
    let form = page.form(r#"form[action="/admin/people/invite"]"#);
    let made = site.author().submit(form.set("role", "editor")).await;
    let link = made.attributes("#new-link", "value").remove(0);
    let path = link.strip_prefix("http://127.0.0.1:8080").expect("here");
    site.pass(7 * 24 * 3_600_000).await;
    site.stranger().get(path).await.assert_same_as(&never);
    let english = site.stranger().get("/admin/join/never-made?ui=en").await;
    assert!(english.texts(".lead")[0].contains("new one"));
}
