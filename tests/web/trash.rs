//! A post in the trash: nothing is stored there, and nothing that was typed is lost.
use crate::editing::autosave;
use crate::support::Site;

#[tokio::test]
async fn a_form_without_the_text_takes_nothing_away() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let whole = author.get(&post.editor).await.form("#post-form");
    for field in ["title", "note", "script"] {
        let part = whole.clone().without(field);
        for button in ["save", "publish", "remove", "ref-more", "preview_link"] {
            let refused = author.submit(part.clone().press_any(button)).await;
            refused
                .assert_status(422)
                .assert_contains("글의 일부가 오지 않아");
        }
        let refused = autosave(&author, &part).await;
        assert!(refused.assert_status(422).json()["fields"][field].is_string());
    }
    let page = author.get(&post.editor).await;
    assert!(page.has(".badge-draft"));
    for field in ["title", "note", "script", "version"] {
        assert_eq!(page.form("#post-form").value(field), whole.value(field));
    }
}

#[tokio::test]
async fn what_was_typed_for_a_post_in_the_trash_waits_for_its_author() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    let open = author.get(&post.editor).await.form("#post-form");
    author.act(&post, &[], "remove").await;
    let typed = open
        .set("script", "그사이 쓴 글")
        .set("note", "그사이 쓴 머리말");
    let told = autosave(&author, &typed).await.assert_status(409).json();
    assert_eq!(told["removed"], true);
    assert!(
        told["message"]
            .as_str()
            .expect("a sentence")
            .contains("휴지통")
    );

    // Both texts, and one button that takes the post out with what was typed.
    let late = author.submit(typed.press("save")).await;
    late.assert_status(409);
    assert!(late.has(".conflict") && late.texts(".notice-bad").join(" ").contains("휴지통"));
    let chosen = late.form("#post-form");
    assert_eq!(chosen.value("script"), "그사이 쓴 글");
    assert!(chosen.has_button("restore_save") && !chosen.has_button("save"));
    // Whoever sends it otherwise, and over what is stored, is asked again.
    let back = author.submit(chosen.press_any("save")).await;
    back.assert_status(409);
    let chosen = back.form("#post-form");
    assert!(!back.has(".conflict") && !chosen.has_button("restore"));
    assert_eq!(chosen.value("note"), "그사이 쓴 머리말");
    let asked = author.get(&post.editor).await;
    assert!(asked.has(".badge-removed") && asked.has("fieldset[disabled] #f-script"));
    assert!(!asked.text().contains("그사이 쓴"));

    author
        .submit(chosen.press("restore_save"))
        .await
        .assert_redirects_to(&format!("{}?did=restore", post.editor));
    let page = author.get(&post.editor).await;
    assert!(page.has(".badge-draft"));
    let form = page.form("#post-form");
    assert_eq!(form.value("script"), "그사이 쓴 글");
    assert_eq!(form.value("title"), "글");
}

#[tokio::test]
async fn the_trash_gives_back_what_came_there() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("글").await;
    author.act(&post, &[("note", "머리말")], "remove").await;
    author.act(&post, &[], "restore").await;
    let form = author.get(&post.editor).await.form("#post-form");
    assert_eq!((form.value("title"), form.value("note")), ("글", "머리말"));
}
