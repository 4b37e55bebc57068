//! Owner, editor, contributor: each one is refused what is not his, at every address there is.
use axum::body::Body;
use http::Request;

use crate::support::files::MP3;
use crate::support::routes::{Route, rooms};
use crate::support::{Answer, Browser, Post, Site, setup_form};

/// The password of those who were invited.
pub const PASSWORD: &str = "a password of twelve";

/// Invites somebody through the page and lets him make his account.
pub async fn join(site: &Site, role: &str) -> Browser {
    let author = site.author();
    // Lists are in the order of time.
    site.clock.set(site.state.clock.now().plus_ms(1000));
    let page = author.get("/admin/people").await;
    let form = page
        .assert_status(200)
        .form(r#"form[action="/admin/people/invite"]"#)
        .set("name", "동료")
        .set("role", role);
    let shown = author.submit(form).await;
    let link = shown.assert_status(200).attributes("#new-link", "value");
    assert!(shown.has("button[data-copy=new-link]"));
    let path = link[0].strip_prefix(site.state.base_url.as_str());
    let newcomer = site.stranger();
    let page = newcomer.get(path.expect("of this site")).await;
    let form = page
        .assert_status(200)
        .form(r#"form[action^="/admin/join/"]"#)
        .set("email", &format!("{role}@example.org"))
        .set("password", PASSWORD);
    newcomer
        .submit(form.clone())
        .await
        .assert_redirects_to("/admin");
    // The link is used up.
    let late = site.stranger();
    late.get(&form.action).await.assert_not_found();
    newcomer
}

/// Who may come to an address of the author's side: the least role, for a post of somebody else.
/// A new address has to be named here.
fn least_role(path: &str) -> &'static str {
    const EVERYBODY: [&str; 11] = [
        "/admin",
        "/admin/account",
        "/admin/csrf",
        "/admin/logout",
        "/admin/no/such/room",
        "/admin/posts",
        "/admin/references/look-up",
        "/admin/uploads",
        "/admin/tokens",
        "/admin/work",
        "/admin/work/again",
    ];
    const OWNERS: [&str; 4] = [
        "/admin/health",
        "/admin/shows",
        "/admin/people",
        "/admin/log",
    ];
    let below = |start: &str| path.starts_with(&format!("{start}/"));
    if EVERYBODY.contains(&path) || below("/admin/account") || below("/admin/uploads") {
        "contributor"
    } else if OWNERS.iter().any(|o| path == *o || below(o)) {
        "owner"
    } else if below("/admin/posts") {
        "editor"
    } else {
        panic!("say who may come to {path}");
    }
}

/// Sends what a page of the person could send: the token in the body and in the header.
async fn ask(who: &Browser, token: &str, method: &str, route: &Route) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(&route.path)
        .header("accept", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("x-csrf-token", token)
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("csrf={token}")));
    who.ask(request.expect("a request")).await
}

#[tokio::test]
async fn every_address_refuses_whom_it_is_not_for() {
    let site = Site::ready().await;
    let post = site.author().draft("남의 초안").await;
    let ranks = ["contributor", "editor", "owner"];
    let rank = |role: &str| ranks.iter().position(|r| *r == role);
    for role in ["contributor", "editor"] {
        let who = join(&site, role).await;
        let token = who.token().await;
        for route in rooms(&post.id) {
            for method in &route.methods {
                let allowed = rank(role) >= rank(least_role(&route.path));
                if allowed && *method != "GET" {
                    // What is allowed is tried where it is tested; here it would log out.
                    continue;
                }
                let answer = ask(&who, &token, method, &route).await;
                if allowed {
                    assert_ne!(answer.status, 403, "{role}: {}", answer.asked);
                } else {
                    assert_eq!(answer.status, 403, "{role}: {}", answer.asked);
                    assert!(!answer.text().contains("남의 초안"), "{}", answer.asked);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_contributor_writes_drafts_and_no_more() {
    let site = Site::ready().await;
    let theirs = site.author().draft("남의 초안").await;
    let who = join(&site, "contributor").await;
    let own = who.draft("내 초안").await;
    let editor = who.get(&own.editor).await;
    let form = editor.form("#post-form");
    assert!(form.has_button("save") && !form.has_button("publish") && !form.has_button("schedule"));
    for button in ["publish", "schedule", "unlist", "update"] {
        let form = form.clone().with("scheduled_at", "2026-12-24T09:00");
        let pressed = who.submit(form.press_any(button)).await;
        pressed.assert_status(403);
    }
    // The list has his own alone, and counts no others.
    let list = who.get("/admin").await;
    assert!(list.text().contains("내 초안") && !list.text().contains("남의 초안"));
    assert!(!list.text().contains("/admin/shows/") && !list.text().contains("/admin/people"));
    assert!(
        !who.get("/admin?q=%EB%82%A8%EC%9D%98")
            .await
            .has(".post-title")
    );
    // Nothing of his goes to a post of somebody else.
    let told = [
        ("tus-resumable", "1.0.0"),
        ("upload-length", "10"),
        ("upload-metadata", &*metadata(&theirs)),
    ];
    let upload = who
        .script("POST", "/admin/uploads", &told, Body::empty())
        .await;
    upload.assert_status(403);
    // Nor does he get a token that may more than he.
    let page = who.get("/admin/account/tokens").await;
    let form = page
        .form(r#"form[action="/admin/account/tokens"]"#)
        .set("name", "x")
        .set("password", PASSWORD);
    assert!(!page.has("[name=scopes][value=publish]"));
    let asked = who.submit(form.with("scopes", "publish")).await;
    asked.assert_status(403);
    // Once it is public it is no draft of his any more.
    site.author().act(&own, &[], "publish").await;
    let told = who.get(&own.editor).await;
    assert!(told.assert_status(403).text().contains("초안이 아니어서"));
    let list = who.get("/admin").await;
    assert!(list.text().contains("내 초안"));
    assert!(!list.text().contains(&format!("href=\"{}\"", own.editor)));
}

#[tokio::test]
async fn a_contributor_takes_his_own_draft_out_of_the_trash() {
    let site = Site::ready().await;
    let author = site.author();
    let who = join(&site, "contributor").await;
    // An empty desk promises nothing that he may not do.
    let desk = who.get("/admin").await;
    assert!(desk.texts(".empty").join(" ").contains("편집자가"));
    assert!(!desk.has(".feed"));
    let (own, theirs) = (who.draft("내 초안").await, author.draft("남의 초안").await);
    who.act(&own, &[], "remove").await;
    author.act(&theirs, &[], "remove").await;
    let told = who.get(&format!("{}?did=remove", own.editor)).await;
    told.assert_status(200)
        .assert_contains("휴지통으로 옮겼어요.");
    let trash = who.get("/admin?state=removed").await;
    assert_eq!(
        trash.attributes("a.post-title", "href"),
        [own.editor.as_str()]
    );
    who.act(&own, &[], "restore").await;
    assert!(who.get(&own.editor).await.has(".badge-draft"));
    // Neither what is somebody else's nor what was public.
    let token = who.token().await;
    author.act(&own, &[], "publish").await;
    author.act(&own, &[], "remove").await;
    for post in [&own, &theirs] {
        who.get(&post.editor).await.assert_status(403);
        let request = Request::post(&post.editor)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={token}&action=restore")));
        let asked = who.ask(request.expect("a request")).await;
        asked.assert_status(403);
        assert!(author.get(&post.editor).await.has(".badge-removed"));
    }
    let trash = who.get("/admin?state=removed").await;
    assert!(!trash.has("a.post-title") && trash.has("span.post-title"));
}

fn metadata(post: &Post) -> String {
    let encode = |text: &str| data_encoding::BASE64.encode(text.as_bytes());
    format!("filename {},post {}", encode("a.mp3"), encode(&post.id))
}

#[tokio::test]
async fn an_editor_publishes_in_his_shows() {
    let site = Site::ready().await;
    let author = site.author();
    site.clock.set(site.state.clock.now().plus_ms(1000));
    let page = author.get("/admin/shows/new").await;
    let form = page
        .form(r#"form[action="/admin/shows/new"]"#)
        .set("title", "다른 채널")
        .set("address", "other")
        .set("description", "둘째 채널");
    author.submit(form).await.assert_status(303);
    let list = author.get("/admin?show=other").await;
    let answer = author
        .submit(list.form(r#"form[action="/admin/posts"]"#))
        .await;
    let elsewhere = answer.header("location").to_owned();

    // With two shows an invitation names them.
    let people = author.get("/admin/people").await;
    let news = people.form(r#"form[action="/admin/people/invite"]"#);
    let none = author.submit(news.clone().set("role", "editor")).await;
    none.assert_status(422);
    let shows: Vec<String> = people.attributes(
        r#"form[action="/admin/people/invite"] [name=shows]"#,
        "value",
    );
    let form = news.set("role", "editor").with("shows", &shows[0]);
    let shown = author.submit(form).await;
    let link = shown.assert_status(200).attributes("#new-link", "value");
    let who = site.stranger();
    let path = link[0]
        .strip_prefix(site.state.base_url.as_str())
        .expect("of this site");
    let form = who.get(path).await.form(r#"form[action^="/admin/join/"]"#);
    let form = form
        .set("name", "편집자")
        .set("email", "e@example.org")
        .set("password", PASSWORD);
    who.submit(form).await.assert_redirects_to("/admin");

    let theirs = author.draft("소유자의 글").await;
    // Nothing that he is told to mend lies where he may not go.
    let check = who.get(&format!("{}/check", theirs.editor)).await;
    let links = check.attributes(".checks a", "href");
    assert!(!links.is_empty() && links.iter().all(|l| l.starts_with(&theirs.editor)));
    who.act(&theirs, &[], "publish").await;
    who.get("/@news").await.assert_contains("소유자의 글");
    who.get(&elsewhere).await.assert_status(403);
    who.get("/admin?show=other").await.assert_status(403);
    assert!(!who.get("/admin").await.text().contains("다른 채널"));
    // The log tells of it, to owners.
    let log = author.get("/admin/log").await;
    log.assert_contains("편집자").assert_contains("소유자의 글");
    who.get("/admin/log").await.assert_status(403);
}

#[tokio::test]
async fn rights_are_changed_and_taken_at_once() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    let who = join(&site, "contributor").await;
    who.get(&post.editor).await.assert_status(403);
    let person = |page: &Answer, part: &str| {
        let forms = page.attributes(
            &format!(r#"form[action^="/admin/people/"][action$="{part}"]"#),
            "action",
        );
        forms.last().expect("a person").clone()
    };
    let page = author.get("/admin/people").await;
    let remove = person(&page, "/remove");
    let change = remove.strip_suffix("/remove").expect("below the person");
    let form = page
        .form(&format!(r#"form[action="{change}"]"#))
        .set("role", "editor");
    author
        .submit(form)
        .await
        .assert_redirects_to("/admin/people");
    who.get(&post.editor).await.assert_status(200);
    // The only owner stays one.
    let own = page.attributes(r#"form[action$="/remove"]"#, "action")[0].clone();
    let refused = author
        .submit(page.form(&format!(r#"form[action="{own}"]"#)))
        .await;
    refused.assert_status(409);
    let form = page.form(&format!(r#"form[action="{remove}"]"#));
    author
        .submit(form)
        .await
        .assert_redirects_to("/admin/people");
    who.get("/admin").await.assert_redirects_to("/admin/login");
}

#[tokio::test]
async fn a_link_that_nobody_gave_out_opens_nothing() {
    let site = Site::ready().await;
    for token in ["x", "%00", &"a".repeat(4_000)] {
        let answer = site.stranger().get(&format!("/admin/join/{token}")).await;
        assert!(
            [400, 404, 414].contains(&answer.status.as_u16()),
            "{}",
            answer.status
        );
    }
    let empty = Site::new().await;
    let page = empty.stranger().get(&empty.setup_address().await).await;
    let _ = setup_form(&page);
}

#[tokio::test]
async fn an_address_that_somebody_has_is_refused_by_its_field() {
    let site = Site::ready().await;
    let who = join(&site, "editor").await;
    let page = who.get("/admin/account").await;
    let form = page
        .form(r#"form[action="/admin/account/email"]"#)
        .set("email", "AUTHOR@example.org")
        .set("password", PASSWORD);
    who.submit(form)
        .await
        .assert_status(422)
        .assert_fault_at("email");
}

#[tokio::test]
async fn each_is_told_of_the_work_on_posts_that_he_may_touch() {
    let site = Site::ready().await;
    let contributor = join(&site, "contributor").await;
    let editor = join(&site, "editor").await;
    let own = contributor.draft("내 초안").await;
    let theirs = site.author().draft("남의 초안").await;
    for post in [&own, &theirs] {
        site.author().record(post, "a.mp3", MP3).await;
        let page = site.author().get(&post.editor).await;
        let form = page.form("#post-form").press("align");
        site.author().submit(form).await.assert_status(303);
    }
    let told = async |who: &Browser| who.get("/admin").await.texts("#work li").join(" ");
    assert!(told(&editor).await.contains("남의 초안"));
    let his = told(&contributor).await;
    assert!(
        his.contains("내 초안") && !his.contains("남의 초안"),
        "{his}"
    );
    let part = contributor.get("/admin/work?from=health").await;
    assert!(!part.text().contains("남의 초안"));

    let token = contributor.token().await;
    for (kind, subject, status) in [
        ("transcript", &own.id, 303),
        ("transcript", &theirs.id, 403),
        ("align", &theirs.id, 403),
        ("websub", &own.id, 403),
    ] {
        let fields = format!("csrf={token}&kind={kind}&subject={subject}");
        let request = Request::builder()
            .method("POST")
            .uri("/admin/work/again")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(fields));
        let answer = contributor.ask(request.expect("a request")).await;
        answer.assert_status(status);
    }
}
