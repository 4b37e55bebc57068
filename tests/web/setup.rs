//! The first page of all: the author and the show in one form (HARDENING A1).
use crate::support::files::picture;
use crate::support::{Answer, EMAIL, PASSWORD, Site, setup_form};

#[tokio::test]
async fn it_ends_on_the_dashboard_logged_in() {
    let site = Site::new().await;
    let author = site.stranger();
    let address = site.setup_address().await;
    let page = author.get(&address).await;
    page.assert_status(200);
    assert_eq!(page.form("form[data-setup]").action, address);
    let done = author.submit(setup_form(&page)).await;
    done.assert_redirects_to("/admin");
    let dashboard = author.get("/admin").await;
    assert_eq!(dashboard.assert_status(200).texts("h1"), ["아침 논평"]);
}

#[tokio::test]
async fn what_was_typed_is_stored() {
    let site = Site::ready().await;
    let author = site.author();
    let settings = author.get("/admin/shows/news").await;
    let form = settings.form(r#"form[action="/admin/shows/news"]"#);
    for (field, value) in [
        ("title", "아침 논평"),
        ("address", "news"),
        ("description", "매일 아침 한 편"),
        ("language", "ko"),
        ("time_zone", "Asia/Seoul"),
        ("author_name", "글쓴이"),
        ("explicit", "no"),
    ] {
        assert_eq!(form.value(field), value, "{field}");
    }
    let account = author.get("/admin/account").await;
    let form = account.form(r#"form[action="/admin/account/email"]"#);
    assert_eq!(form.value("email"), EMAIL);
}

#[tokio::test]
async fn a_show_without_a_picture_gets_one() {
    let site = Site::ready().await;
    let settings = site.author().get("/admin/shows/news").await;
    let images = settings.attributes("img", "src");
    let [cover] = images.as_slice() else {
        panic!("one cover: {images:?}");
    };
    let picture = site.stranger().get(cover).await;
    picture.assert_status(200);
    assert_eq!(picture.header("content-type"), "image/jpeg");
    let read = image::load_from_memory(&picture.body).expect("a picture");
    assert_eq!((read.width(), read.height()), (600, 600));
}

#[tokio::test]
async fn the_page_is_gone_afterwards() {
    let site = Site::new().await;
    let author = site.stranger();
    let address = site.setup_address().await;
    let page = author.get(&address).await;
    author.submit(setup_form(&page)).await.assert_status(303);
    let stranger = site.stranger();
    let used = stranger.get(&address).await;
    used.assert_not_found();
    assert!(!used.headers.contains_key("set-cookie"));
    let never = stranger.get("/admin/setup/never-given-out").await;
    used.assert_same_as(&never);
    // Also for somebody whose page was open already.
    author.submit(setup_form(&page)).await.assert_not_found();
}

#[tokio::test]
async fn a_wrong_token_opens_nothing() {
    let site = Site::new().await;
    let address = site.setup_address().await;
    let page = site.stranger().get(&address).await;
    for wrong in [
        "/admin/setup/x".to_owned(),
        format!("{address}x"),
        address
            .to_uppercase()
            .replace("/ADMIN/SETUP", "/admin/setup"),
    ] {
        site.stranger().get(&wrong).await.assert_not_found();
        let mut form = setup_form(&page);
        form.action = wrong;
        site.stranger().submit(form).await.assert_not_found();
    }
}

#[tokio::test]
async fn every_token_burns_with_the_first_use() {
    let site = Site::new().await;
    let (first, second) = (site.setup_address().await, site.setup_address().await);
    let late = site.stranger();
    let open = late.get(&second).await;
    let author = site.stranger();
    let page = author.get(&first).await;
    author.submit(setup_form(&page)).await.assert_status(303);
    late.submit(setup_form(&open)).await.assert_not_found();
}

#[tokio::test]
async fn two_at_once_make_one_account() {
    let site = Site::new().await;
    let address = site.setup_address().await;
    let (one, other) = (site.stranger(), site.stranger());
    let (first, second) = (one.get(&address).await, other.get(&address).await);
    let first = setup_form(&first);
    let second = setup_form(&second).set("email", "second@example.org");
    let (a, b) = tokio::join!(one.submit(first), other.submit(second));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 303);
    assert!(matches!(statuses[1], 404 | 409), "{statuses:?}");
}

/// The page again, with everything typed still there but the password.
fn assert_still_filled(page: &Answer, but: &str) {
    let form = page.form("form[data-setup]");
    for (field, value) in [
        ("name", "글쓴이"),
        ("email", EMAIL),
        ("title", "아침 논평"),
        ("address", "news"),
        ("description", "매일 아침 한 편"),
        ("time_zone", "Asia/Seoul"),
    ] {
        if field != but {
            assert_eq!(form.value(field), value, "{field}");
        }
    }
    assert_eq!(form.value("password"), "");
}

#[tokio::test]
async fn a_fault_brings_the_form_back_filled() {
    let site = Site::new().await;
    let author = site.stranger();
    let address = site.setup_address().await;
    let page = author.get(&address).await;
    let long = "가".repeat(501);
    for (field, value) in [
        ("name", ""),
        ("email", "no address"),
        ("password", "short"),
        ("title", ""),
        ("title", long.as_str()),
        ("title", "\u{202e}\u{200b}"),
        ("address", "Not An Address"),
        ("description", ""),
        ("category", ""),
    ] {
        let form = setup_form(&page).set(field, value);
        let back = author.submit(form).await;
        back.assert_fault_at(field);
        assert_still_filled(&back, field);
    }
    // Nothing of it was kept, and the page is still open.
    author.get(&address).await.assert_status(200);
    site.stranger().get("/@news").await.assert_not_found();
}

#[tokio::test]
async fn a_password_is_never_cut() {
    let site = Site::new().await;
    let author = site.stranger();
    let page = author.get(&site.setup_address().await).await;
    for wrong in ["11 letters.".to_owned(), "a".repeat(513), "가".repeat(171)] {
        let form = setup_form(&page).set("password", &wrong);
        author.submit(form).await.assert_fault_at("password");
    }
    let longest = "가".repeat(170);
    let form = setup_form(&page).set("password", &longest);
    author.submit(form).await.assert_status(303);
    let cut: String = longest.chars().take(169).collect();
    for (password, status) in [(cut, 422), (longest, 303)] {
        let visitor = site.stranger();
        let login = visitor.get("/admin/login").await;
        let form = login.form(r#"form[action="/admin/login"]"#);
        let form = form.set("email", EMAIL).set("password", &password);
        visitor.submit(form).await.assert_status(status);
    }
}

#[tokio::test]
async fn a_picture_that_is_too_small_costs_nothing_typed() {
    let site = Site::new().await;
    let author = site.stranger();
    let page = author.get(&site.setup_address().await).await;
    let form = setup_form(&page).choose("cover", "klein.png", &picture(300, [1, 2, 3]));
    let back = author.submit(form).await;
    back.assert_fault_at("cover");
    assert_still_filled(&back, "");
}

#[tokio::test]
async fn nothing_else_is_open_before_it() {
    let site = Site::new().await;
    let stranger = site.stranger();
    stranger.get("/").await.assert_status(200);
    stranger
        .get("/admin")
        .await
        .assert_redirects_to("/admin/login");
    let login = stranger.get("/admin/login").await;
    let form = login.form(r#"form[action="/admin/login"]"#);
    let form = form.set("email", EMAIL).set("password", PASSWORD);
    stranger.submit(form).await.assert_status(422);
}
