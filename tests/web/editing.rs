//! The editor: autosave, two tabs, rows of references, old versions.
use axum::body::Body;
use http::Request;

use crate::support::{Answer, Browser, DAY_MS, Form, Post, Site};

/// What the script sends: the same form to another address.
pub async fn autosave(author: &Browser, form: &Form) -> Answer {
    let (kind, body) = form.encode();
    let request = Request::post(format!("{}/autosave", form.action))
        .header("content-type", kind)
        .header("accept", "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    author.ask(request.expect("a request")).await
}

async fn editor(author: &Browser, post: &Post) -> Form {
    author.get(&post.editor).await.form("#post-form")
}

#[tokio::test]
async fn autosave_keeps_what_was_typed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let form = editor(&author, &post).await.set("script", "한창 쓰는 중");
    let before: i64 = form.value("version").parse().expect("a number");
    let saved = autosave(&author, &form).await;
    saved.assert_status(200);
    assert_eq!(saved.json()["version"], before + 1);
    assert_eq!(saved.json()["saved_at"], "09:00");
    let again = editor(&author, &post).await;
    assert_eq!(again.value("script"), "한창 쓰는 중");
    assert_eq!(again.value("version"), (before + 1).to_string());
    assert!(
        !author
            .get(&post.editor)
            .await
            .text()
            .contains("/revisions/2/"),
        "no version"
    );
}

#[tokio::test]
async fn autosave_tells_a_script_what_is_wrong() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let form = editor(&author, &post).await;
    let long = form.clone().set("title", &"가".repeat(501));
    let refused = autosave(&author, &long).await;
    refused.assert_status(422);
    assert!(refused.json()["fields"]["title"].is_string());
    let saved = autosave(&author, &form).await.assert_status(200).json();
    // Its answer may have been lost.
    let again = autosave(&author, &form).await.assert_status(200).json();
    assert_eq!(again["version"], saved["version"]);
    let newer = form.clone().set("script", "다른 글");
    let stale = autosave(&author, &newer).await;
    stale.assert_status(409);
    assert!(
        !stale.json()["message"]
            .as_str()
            .expect("a sentence")
            .is_empty()
    );
    let stranger = autosave(&site.stranger(), &form).await;
    stranger.assert_status(401);
    let mut gone = form.clone();
    gone.action = "/admin/posts/aaaaaaaaaaaa".to_owned();
    autosave(&author, &gone).await.assert_status(404);
}

#[tokio::test]
async fn of_two_tabs_the_second_overwrites_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let (one, other) = (editor(&author, &post).await, editor(&author, &post).await);
    let first = one.set("script", "첫 탭의 글").press("save");
    author.submit(first).await.assert_redirects_to(&post.editor);
    let second = other.set("script", "둘째 탭의 글");
    for button in ["save", "publish", "schedule", "remove"] {
        let back = author.submit(second.clone().press(button)).await;
        back.assert_status(409);
        // Nothing that was typed is lost, and the page says what happened.
        assert_eq!(back.form("#post-form").value("script"), "둘째 탭의 글");
        assert!(!back.texts(".notice-bad").is_empty());
        // Both texts beside each other, and a choice.
        let (gone, new) = (back.texts(".conflict del"), back.texts(".conflict ins"));
        assert!(gone.contains(&"첫".to_owned()), "{gone:?}");
        assert!(new.contains(&"둘째".to_owned()), "{new:?}");
        assert!(back.has(&format!(".conflict a[href=\"{}\"]", post.editor)));
    }
    autosave(&author, &second).await.assert_status(409);
    assert_eq!(editor(&author, &post).await.value("script"), "첫 탭의 글");
    assert!(author.get(&post.editor).await.has(".badge-draft"));
    // Who has seen the difference may overwrite what he saw, but nothing newer.
    let back = author.submit(second.press("save")).await;
    let (chosen, again) = (back.form("#post-form"), back.form("#post-form"));
    let chosen = author.submit(chosen.press("save")).await;
    chosen.assert_redirects_to(&post.editor);
    assert_eq!(editor(&author, &post).await.value("script"), "둘째 탭의 글");
    let newer = again.set("script", "셋째 글").press("save");
    author.submit(newer).await.assert_status(409);
}

#[tokio::test]
async fn everything_that_differs_is_told() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let old = editor(&author, &post).await;
    author.act(&post, &[("season", "2")], "save").await;
    let typed = old
        .set("slug", "my-own")
        .set("language", "en")
        .set("episode", "7")
        .set("cover_alt", "창밖의 눈")
        .set("ref_title", "통계청")
        .press("save");
    let back = author.submit(typed).await;
    back.assert_status(409);
    let (gone, new) = (
        back.texts(".conflict del").join(" "),
        back.texts(".conflict ins").join(" "),
    );
    assert!(gone.contains('2'), "{gone}");
    for words in ["my-own", "en", "7", "창밖의", "통계청"] {
        assert!(new.contains(words), "{words}: {new}");
    }
}

#[tokio::test]
async fn of_two_tabs_with_the_same_text_none_is_late() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let open = editor(&author, &post).await;
    let same = open.clone().set("script", "같은 글");
    let versions = async || author.get(&post.editor).await.texts("#revisions li").len();
    let before = versions().await;
    for _ in 0..2 {
        author
            .submit(same.clone().press("publish"))
            .await
            .assert_redirects_to(&format!("{}?did=publish", post.editor));
        assert_eq!(versions().await, before + 1);
    }
    author.submit(same.press("save")).await.assert_status(303);
    let other = open.set("script", "다른 글").press("publish");
    author.submit(other).await.assert_status(409);
    let page = site.stranger().get("/@news/%EA%B8%80").await;
    page.assert_contains("같은 글");
}

#[tokio::test]
async fn autosave_tells_what_the_public_does_not_see() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("글").await;
    let open = editor(&author, &post).await;
    let aside = async |form: &Form| autosave(&author, form).await.json()["aside"].clone();
    assert!(aside(&open).await.is_null());
    let changed = editor(&author, &post).await.set("script", "고친 글");
    assert_eq!(aside(&changed).await, "공개하지 않은 변경이 있음");
    // What was saved on another day says so.
    let told = async || {
        author
            .get(&post.editor)
            .await
            .texts("#save-state")
            .join(" ")
    };
    assert!(!told().await.contains("2026년"));
    site.clock.set(site.state.clock.now().plus_ms(DAY_MS));
    assert!(told().await.contains("2026년 11월 24일"));
}

#[tokio::test]
async fn what_was_not_chosen_stays_as_an_earlier_version() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let (one, other) = (editor(&author, &post).await, editor(&author, &post).await);
    autosave(&author, &one.set("script", "저절로 저장된 글"))
        .await
        .assert_status(200);
    let mine = other.set("script", "내가 고른 글").press("save");
    let back = author
        .submit(mine)
        .await
        .assert_status(409)
        .form("#post-form");
    author.submit(back.press("save")).await.assert_status(303);
    assert_eq!(editor(&author, &post).await.value("script"), "내가 고른 글");
    let newest = author
        .get(&format!("{}/history/compare?from=2&to=now", post.editor))
        .await;
    assert!(newest.texts("del").join(" ").contains("저절로 저장된"));
}

#[tokio::test]
async fn a_form_that_came_back_can_be_sent_again_once_mended() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let fields = [("slug", "a/b"), ("script", "고친 글"), ("note", "머리말")];
    let back = author.press(&post, &fields, "publish").await;
    back.assert_fault_at("slug");
    let mended = back.form("#post-form").set("slug", "a-b").press("publish");
    author
        .submit(mended)
        .await
        .assert_redirects_to(&format!("{}?did=publish", post.editor));
    let page = site.stranger().get("/@news/a-b").await;
    assert!(page.text().contains("고친 글") && page.text().contains("머리말"));
}

#[tokio::test]
async fn what_a_browser_does_to_line_ends_is_no_change() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let text = "\n첫 줄\n\n둘째 줄\n  - 셋째";
    author.act(&post, &[("script", text)], "save").await;
    let form = editor(&author, &post).await;
    assert_eq!(form.value("script"), text);
    author
        .submit(form.press("publish"))
        .await
        .assert_status(303);
    assert!(!author.get("/admin").await.has(".changed"));
}

fn with_row(form: Form, n: usize, title: &str, url: &str) -> Form {
    form.set_nth("ref_title", n, title)
        .set_nth("ref_url", n, url)
}

#[tokio::test]
async fn rows_of_references_move_without_a_script() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let mut form = editor(&author, &post).await;
    assert_eq!(form.values("ref_title"), ["", "", ""]);
    for (n, title) in ["하나", "둘", "셋"].into_iter().enumerate() {
        form = with_row(form, n, title, &format!("https://example.org/{n}"));
    }
    let press = async |form: Form, button: &str, wanted: &[&str]| {
        let page = author.submit(form.press(button)).await;
        let form = page.assert_status(200).form("#post-form");
        let titles = form.values("ref_title");
        assert_eq!(&titles[..wanted.len()], wanted, "{button}");
        assert_eq!(
            titles.len(),
            wanted.len() + 3,
            "three empty rows after {button}"
        );
        form
    };
    let form = press(form, "ref-more", &["하나", "둘", "셋"]).await;
    let form = press(form, "ref-up:2", &["하나", "셋", "둘"]).await;
    let form = press(form, "ref-down:0", &["셋", "하나", "둘"]).await;
    let form = press(form, "ref-up:0", &["셋", "하나", "둘"]).await;
    let form = press(form, "ref-down:2", &["셋", "하나", "둘"]).await;
    let form = press(form, "ref-remove:1", &["셋", "둘"]).await;
    assert_eq!(
        &form.values("ref_url")[..2],
        ["https://example.org/2", "https://example.org/1"]
    );
    // Moving rows stores nothing; publishing does.
    assert_eq!(
        editor(&author, &post).await.values("ref_title"),
        ["", "", ""]
    );
    author
        .submit(form.press("publish"))
        .await
        .assert_status(303);
    let page = site.stranger().get("/@news/%EA%B8%80").await;
    let links = page.attributes("a[href^='https://example.org/']", "href");
    assert_eq!(links, ["https://example.org/2", "https://example.org/1"]);
}

#[tokio::test]
async fn a_link_that_is_none_is_kept_in_the_draft_and_never_public() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for link in [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "http://a b",
    ] {
        let form = with_row(editor(&author, &post).await, 0, "x", link);
        author
            .submit(form.clone().press("save"))
            .await
            .assert_status(303);
        let form = with_row(editor(&author, &post).await, 0, "x", link);
        let back = author.submit(form.press("publish")).await;
        back.assert_fault_at("references");
        assert_eq!(back.form("#post-form").values("ref_url")[0], link);
    }
    let form = with_row(editor(&author, &post).await, 0, "x", "www.example.org/a");
    author
        .submit(form.press("publish"))
        .await
        .assert_status(303);
    let page = site.stranger().get("/@news/%EA%B8%80").await;
    assert!(page.has("a[href='https://www.example.org/a']"));
}

#[tokio::test]
async fn an_old_version_comes_back_into_the_draft() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("첫 제목").await;
    author
        .act(
            &post,
            &[("title", "둘째 제목"), ("script", "둘째 글")],
            "update",
        )
        .await;
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form").press("restore_version:1");
    author
        .submit(form.clone())
        .await
        .assert_redirects_to(&post.editor);
    assert_eq!(editor(&author, &post).await.value("title"), "첫 제목");
    // The public sees it after Update, at the address that it had.
    let path = "/@news/%EC%B2%AB-%EC%A0%9C%EB%AA%A9";
    assert_eq!(site.stranger().get(path).await.texts("h1"), ["둘째 제목"]);
    author.act(&post, &[], "update").await;
    assert_eq!(site.stranger().get(path).await.texts("h1"), ["첫 제목"]);
    // A page that was open since before overwrites nothing.
    author.submit(form).await.assert_status(409);
}

#[tokio::test]
async fn a_version_that_is_not_there_is_missing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    for number in ["99", "0", "-1", "x"] {
        let page = author.get(&format!("{}/history", post.editor)).await;
        let mut form = page.form(r#"form[action$="/revisions/1/restore"]"#);
        form.action = format!("{}/revisions/{number}/restore", post.editor);
        author.submit(form).await.assert_not_found();
    }
}

#[tokio::test]
async fn hostile_text_is_text() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let title = "</title><script>alert(1)</script>\"'&amp;<!--]]>";
    let script = "<script>alert(2)</script>\n\n<img src=x onerror=alert(3)>\n\n\
        [link](javascript:alert(4)) **굵게** ]]> <!-- </textarea>";
    let fields = [
        ("title", title),
        ("script", script),
        ("note", script),
        ("slug", "hostile"),
    ];
    author.act(&post, &fields, "publish").await;
    let form = editor(&author, &post).await;
    assert_eq!((form.value("title"), form.value("script")), (title, script));
    for path in ["/@news/hostile", "/@news", "/", "/admin"] {
        let page = author.get(path).await;
        assert!(!page.text().contains("<script>alert"), "{path}");
        assert!(
            !page.has("img[onerror]") && !page.has("a[href^='javascript:']"),
            "{path}"
        );
        assert!(page.text().contains("&#60;script&#62;") || page.text().contains("&lt;script&gt;"));
    }
    let page = site.stranger().get("/@news/hostile").await;
    assert_eq!(page.texts("h1"), [title]);
    assert_eq!(page.texts("article strong, main strong")[0], "굵게");
}
