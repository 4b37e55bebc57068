//! The history of a post: its versions beside each other, old ones brought back, and what
//! readers are told of corrections.
use crate::support::{Browser, MINUTE_MS, Post, Site};

const PAGE: &str = "/@news/%EA%B0%80%EC%9D%84";
const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'";

fn history(post: &Post) -> String {
    format!("{}/history", post.editor)
}

fn compare(post: &Post, from: &str, to: &str) -> String {
    format!("{}/history/compare?from={from}&to={to}", post.editor)
}

async fn save(author: &Browser, post: &Post, script: &str) {
    author.act(post, &[("script", script)], "save").await;
}

#[tokio::test]
async fn every_version_is_listed_and_any_two_are_compared() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    save(&author, &post, "정부가 어제 값 3을 말했다.\n끝 문단.").await;
    author.act(&post, &[], "publish").await;
    let fields = [("script", "정부는 어제 값 4를 말했다.\n끝 문단.")];
    author.act(&post, &fields, "save").await;
    let page = author.get(&history(&post)).await;
    assert_eq!(
        page.texts(".version b"),
        ["4판", "3판", "2판", "1판"],
        "{}",
        page.text()
    );
    assert_eq!(page.texts(".versions .badge-published"), ["공개 중"]);
    let sizes = page.texts(".version p.faint");
    assert!(sizes[0].ends_with("낱말 +2 −2"), "{sizes:?}");
    assert!(sizes[1].ends_with("바뀐 것 없음"), "{sizes:?}");
    assert!(sizes[3].ends_with("첫 판"), "{sizes:?}");
    // Dates are the show's.
    assert!(sizes[0].starts_with("2026년 11월 24일"), "{sizes:?}");
    let options = page.attributes("select[name=from] option", "value");
    assert_eq!(options, ["now", "4", "3", "2", "1"]);

    let both = author.get(&compare(&post, "3", "now")).await;
    both.assert_status(200);
    assert_eq!(both.texts(".compared del"), ["가", "3을"]);
    assert_eq!(both.texts(".compared ins"), ["는", "4를"]);
    let back = author.get(&compare(&post, "now", "3")).await;
    assert_eq!(back.texts(".compared ins"), ["가", "3을"]);
    let same = author.get(&compare(&post, "2", "3")).await;
    assert!(!same.has(".compared") && same.has("p.notice"));
    for missing in ["99", "-1", "0"] {
        author
            .get(&compare(&post, missing, "now"))
            .await
            .assert_not_found();
    }
    // Without a choice, or with a broken one, something sensible is shown.
    author
        .get(&compare(&post, "x", "'"))
        .await
        .assert_status(200);
}

#[tokio::test]
async fn title_note_references_and_details_are_compared_and_nothing_of_them_is_html() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    let fields = [
        ("title", HOSTILE),
        ("note", HOSTILE),
        ("script", HOSTILE),
        ("ref_title", HOSTILE),
        ("season", "3"),
        ("season_name", HOSTILE),
        ("explicit", "yes"),
    ];
    author.act(&post, &fields, "save").await;
    for (from, to, mark) in [("1", "2", "ins"), ("2", "1", "del"), ("1", "now", "ins")] {
        let page = author.get(&compare(&post, from, to)).await;
        page.assert_status(200);
        assert!(!page.text().contains("<script>alert") && !page.has("img[onerror]"));
        let headings = page.texts(".compared h2");
        let wanted = ["제목", "메모", "대본", "참고 자료", "세부 설정"];
        assert_eq!(headings, wanted);
        let marked = page.texts(&format!(".compared p {mark}")).join(" ");
        assert_eq!(marked.matches("alert(1)").count(), 8, "{marked}");
        let names = page.texts(".fact-changes dt");
        assert_eq!(names, ["시즌", "노골적인 표현", "시즌 이름"]);
    }
    let list = author.get(&history(&post)).await;
    assert!(!list.text().contains("<script>alert") && list.text().contains("alert(1)"));
}

#[tokio::test]
async fn a_reference_that_goes_to_another_sentence_differs() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    let tied = async |words: &str| {
        let fields = [
            ("script", "첫 문장입니다. 둘째 문장입니다."),
            ("ref_title", "자료"),
            ("ref_passage", words),
        ];
        author.act(&post, &fields, "save").await;
    };
    tied("첫 문장").await;
    tied("둘째 문장").await;
    let page = author.get(&compare(&post, "2", "3")).await;
    assert_eq!(page.texts(".compared h2"), ["참고 자료"]);
    let words = |mark: &str| page.texts(&format!(".compared p {mark}")).join(" ");
    assert!(words("del").contains("첫") && words("ins").contains("둘째"));
    // The beginning of a sentence names the same one as the whole of it.
    tied("둘째 문장입니다.").await;
    let page = author.get(&compare(&post, "3", "4")).await;
    assert!(page.has("p.notice") && !page.has(".compared"));
}

#[tokio::test]
async fn an_old_version_comes_back_from_either_page_unless_somebody_wrote_meanwhile() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    save(&author, &post, "둘째 글.").await;
    save(&author, &post, "셋째 글.").await;
    let list = author.get(&history(&post)).await;
    let stale = author.get(&compare(&post, "1", "now")).await;
    let restore = list.form(r#"form[action$="/revisions/2/restore"]"#);
    author
        .submit(restore)
        .await
        .assert_redirects_to(&post.editor);
    let editor = author.get(&post.editor).await;
    assert_eq!(editor.form("#post-form").value("script"), "둘째 글.");
    let late = author
        .submit(stale.form(r#"form[action$="/revisions/1/restore"]"#))
        .await;
    late.assert_status(409);
    let fresh = author.get(&compare(&post, "3", "now")).await;
    author
        .submit(fresh.form(r#"form[action$="/revisions/3/restore"]"#))
        .await
        .assert_redirects_to(&post.editor);
    let editor = author.get(&post.editor).await;
    assert_eq!(editor.form("#post-form").value("script"), "셋째 글.");
    // Nothing was lost on the way.
    let list = author.get(&history(&post)).await;
    assert_eq!(list.texts(".version b").len(), 4);
}

#[tokio::test]
async fn readers_see_a_correction_and_what_changed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    let editor = author.get(&post.editor).await;
    assert!(!editor.has("[name=tell_readers]"), "there is no reader yet");
    let script = format!("정부가 값 3을 말했다.\n{HOSTILE}");
    author.act(&post, &[("script", &script)], "publish").await;
    site.pass(24 * 60 * MINUTE_MS).await;
    let before = site.stranger().get(PAGE).await;
    assert!(!before.has(".corrections"));
    let remark = format!("값을 바로잡습니다.\n{HOSTILE}");
    let fields = [
        ("script", "정부는 값 4를 말했다."),
        ("tell_readers", "yes"),
        ("correction_remark", remark.as_str()),
    ];
    author.act(&post, &fields, "update").await;
    let page = site.stranger().get(PAGE).await;
    assert_eq!(page.texts(".correction-date"), ["2026년 11월 25일 고침"]);
    assert_eq!(
        page.attributes(".correction-date time", "datetime"),
        ["2026-11-25T00:00:00Z"]
    );
    assert!(page.texts(".correction-remark")[0].starts_with("값을 바로잡습니다."));
    assert_eq!(page.texts(".changes li:first-child del"), ["가", "3을"]);
    assert_eq!(page.texts(".changes li:first-child ins"), ["는", "4를"]);
    assert!(page.texts(".changes del")[2].contains("alert(1)"));
    assert!(!page.text().contains("<script>alert") && !page.has("img[onerror]"));
    let english = site.stranger().get(&format!("{PAGE}?ui=en")).await;
    assert_eq!(
        english.texts(".correction-date"),
        ["Corrected on 25 November 2026"]
    );
    // Ticked once, for this update alone.
    let editor = author.get(&post.editor).await;
    assert!(editor.has("[name=tell_readers]:not([checked])"));
    for path in [
        "/@news/posts.xml".to_owned(),
        "/@news/posts.json".to_owned(),
        format!("/transcripts/{}.txt", post.id),
        format!("/transcripts/{}.html", post.id),
    ] {
        let answer = site.stranger().get(&path).await;
        answer.assert_status(200);
        assert!(!answer.text().contains("바로잡습니다"), "{path}");
    }
    author.act(&post, &[], "unlist").await;
    assert!(site.stranger().get(PAGE).await.has(".correction"));
    author.act(&post, &[], "remove").await;
    site.stranger().get(PAGE).await.assert_not_found();
}

#[tokio::test]
async fn a_correction_without_anything_to_say_comes_back_as_typed() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("가을").await;
    let back = author
        .press(&post, &[("tell_readers", "yes")], "update")
        .await;
    back.assert_fault_at("correction_remark");
    assert!(back.has("[name=tell_readers][checked]"));
    let long = "가".repeat(2_001);
    let fields = [
        ("tell_readers", "yes"),
        ("correction_remark", long.as_str()),
    ];
    let back = author.press(&post, &fields, "update").await;
    back.assert_fault_at("correction_remark");
    assert_eq!(back.form("#post-form").value("correction_remark"), long);
    // Neither made a version.
    let list = author.get(&history(&post)).await;
    assert_eq!(list.texts(".version b").len(), 2);
    // Words without a change are enough, and so is a change without words.
    let fields = [
        ("tell_readers", "yes"),
        ("correction_remark", "사과합니다."),
    ];
    author.act(&post, &fields, "update").await;
    let page = site.stranger().get(PAGE).await;
    assert_eq!(page.texts(".correction-remark"), ["사과합니다."]);
    assert!(!page.has(".correction details"));
}

#[tokio::test]
async fn a_note_is_made_afterwards_reworded_and_deleted_and_the_page_follows() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("가을").await;
    save(&author, &post, "고친 글.").await;
    site.pass(60 * MINUTE_MS).await;
    author.act(&post, &[], "update").await;
    assert!(!site.stranger().get(PAGE).await.has(".corrections"));
    // Versions 2 and 4 were public, 1 and 3 were not.
    for (from, to) in [("1", "2"), ("3", "4"), ("4", "2"), ("4", "now")] {
        let page = author.get(&compare(&post, from, to)).await;
        assert!(!page.has("form[action$='/corrections']"), "{from} {to}");
    }
    let page = author.get(&compare(&post, "2", "4")).await;
    let form = page.form("form[action$='/corrections']");
    let made = author
        .submit(form.set("correction_remark", "처음 말"))
        .await;
    made.assert_redirects_to(&history(&post));
    let public = site.stranger().get(PAGE).await;
    assert_eq!(public.texts(".correction-remark"), ["처음 말"]);
    assert!(public.has(".changes ins"));
    let list = author.get(&history(&post)).await;
    assert_eq!(list.texts(".told h3").len(), 1);
    let form = list.form("form[action$='/corrections/4']");
    assert_eq!(form.value("correction_remark"), "처음 말");
    author
        .submit(form.set("correction_remark", "다음 말"))
        .await
        .assert_redirects_to(&history(&post));
    let public = site.stranger().get(PAGE).await;
    assert_eq!(public.texts(".correction-remark"), ["다음 말"]);
    let list = author.get(&history(&post)).await;
    let form = list.form("form[action$='/corrections/4']");
    let long = "가".repeat(2_001);
    let refused = author.submit(form.set("correction_remark", &long)).await;
    refused.assert_status(422);
    assert!(refused.has(".notice-bad"));
    let drop = list.form("form[action$='/corrections/4/delete']");
    author
        .submit(drop.clone())
        .await
        .assert_redirects_to(&history(&post));
    assert!(!site.stranger().get(PAGE).await.has(".corrections"));
    author.submit(drop).await.assert_not_found();
}

#[tokio::test]
async fn a_post_without_versions_has_an_empty_history() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let list = author.get(&history(&post)).await;
    list.assert_status(200);
    assert!(list.has("p.notice") && !list.has(".versions"));
    let both = author
        .get(&format!("{}/history/compare", post.editor))
        .await;
    both.assert_status(200);
    assert!(both.has("p.notice") && !both.has(".compared"));
}

#[tokio::test]
async fn a_note_afterwards_that_says_nothing_comes_back() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.published("가을").await;
    author.act(&post, &[("season", "2")], "update").await;
    let page = author.get(&compare(&post, "2", "3")).await;
    let form = page.form("form[action$='/corrections']");
    let back = author.submit(form.clone()).await;
    back.assert_fault_at("correction_remark");
    assert!(back.has("form[action$='/corrections'] input[name=to][value='3']"));
    let long = "가".repeat(2_001);
    let back = author.submit(form.set("correction_remark", &long)).await;
    back.assert_fault_at("correction_remark");
    let form = back.form("form[action$='/corrections']");
    assert_eq!(form.value("correction_remark"), long);
    assert!(!site.stranger().get(PAGE).await.has(".corrections"));
}
