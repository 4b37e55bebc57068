//! The author's list of posts: looked through, narrowed, and what it tells of the machine.
use std::sync::atomic::Ordering;

use daebon::kernel::urls::BaseUrl;

use crate::support::files::MP3;
use crate::support::{Answer, Site};

fn titles(page: &Answer) -> Vec<String> {
    page.assert_status(200).texts(".post-title")
}

#[tokio::test]
async fn posts_are_found_by_their_words_their_state_and_their_kind() {
    let site = Site::ready().await;
    let author = site.author();
    author.published("첫눈 내린 날").await;
    author.draft("장마 Notes").await;
    let episode = author.draft("소리 있는 글").await;
    author.record(&episode, "a.mp3", MP3).await;

    let page = author.get("/admin").await;
    assert_eq!(titles(&page).len(), 3);
    let search = |words: &str| page.form("form.search").set("q", words);
    // The script of each says its title again.
    let found = author.submit(search("첫눈 문장")).await;
    assert_eq!(titles(&found), ["첫눈 내린 날"]);
    assert_eq!(found.form("form.search").value("q"), "첫눈 문장");
    let found = author.submit(search("notes")).await;
    assert_eq!(titles(&found), ["장마 Notes"]);
    let found = author
        .submit(page.form("form.search").set("kind", "audio"))
        .await;
    assert_eq!(titles(&found), ["소리 있는 글"]);

    // Words and kind stay in the links to other states, and a state stays in the form.
    let found = author.submit(search("문장")).await;
    let counts = found.texts(".filters .count");
    assert_eq!(counts[..4], ["3", "2", "0", "1"], "{counts:?}");
    let drafts = found.attributes(".filters a", "href").remove(1);
    let drafts = author.get(&drafts).await;
    assert_eq!(titles(&drafts).len(), 2);
    assert_eq!(drafts.form("form.search").value("state"), "draft");

    let nothing = author.submit(search("<b>없는 말</b>%")).await;
    assert_eq!(titles(&nothing), [""; 0]);
    let told = nothing.texts(".empty p").join(" ");
    assert!(told.contains("<b>없는 말</b>%"), "{told}");
    let way_out = nothing.attributes(".empty a", "href").remove(0);
    assert_eq!(titles(&author.get(&way_out).await).len(), 3);
}

#[tokio::test]
async fn work_that_failed_is_told_and_tried_again_at_a_press() {
    let site = Site::ready_with(|config| {
        config.public_url = Some(BaseUrl::parse("http://news.example").expect("a base"));
        config.websub_hub = Some("http://hub.internal:8080/hub".to_owned());
    })
    .await;
    let author = site.author();
    site.outside.store(500, Ordering::SeqCst);
    author.published("가을").await;
    assert!(!author.get("/admin").await.has("#work"), "a moment's work");
    site.pass(2_000).await;
    site.run_jobs().await;
    let page = author.get("/admin").await;
    let told = page.texts("#work li").join(" ");
    assert!(told.contains("WebSub") && told.contains("500"), "{told}");
    assert!(told.contains("아침 논평"), "{told}");
    let health = author.get("/admin/health").await;
    assert!(health.has("#work form"));

    site.outside.store(200, Ordering::SeqCst);
    let pressed = author.submit(health.form("#work form")).await;
    pressed.assert_redirects_to("/admin/health");
    assert_eq!(site.run_jobs().await, 1);
    assert!(!author.get("/admin").await.has("#work"));
    // What is over is over: a second press is no fault.
    author
        .submit(page.form("#work form"))
        .await
        .assert_redirects_to("/admin");
}

#[tokio::test]
async fn a_script_that_could_not_be_aligned_is_told_with_the_reason() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    author.record(&post, "a.mp3", MP3).await;
    let editor = author.get(&post.editor).await;
    let asked = author
        .submit(editor.form("#post-form").press("align"))
        .await;
    asked.assert_redirects_to(&format!("{}#transcript", post.editor));
    let waits = author.get("/admin").await.texts("#work li").join(" ");
    assert!(waits.contains("가을"), "{waits}");
    let id = post.id.parse().expect("an id");
    let mut tx = site.state.db.begin().await.expect("begins");
    let why = daebon::kernel::Message::new("error-align-memory");
    let kind = daebon::features::transcripts::WorkKind::Align;
    daebon::features::transcripts::begin(&mut tx, &id, kind, "")
        .await
        .expect("begins");
    daebon::features::transcripts::end(&mut tx, &id, kind, Err(&why))
        .await
        .expect("ends");
    tx.commit().await.expect("commits");
    let page = author.get("/admin").await;
    let told = page.texts("#work li").join(" ");
    assert!(told.contains("메모리") && told.contains("가을"), "{told}");
    author
        .submit(page.form("#work form"))
        .await
        .assert_redirects_to("/admin");
    let waits = author.get("/admin").await;
    assert_eq!(waits.texts("#work .badge"), ["기다리는 중"]);
    let part = waits.attributes("[data-fresh]", "data-fresh").remove(0);
    let part = author.get(&part).await;
    assert!(part.has("#work li[data-pending]") && !part.has("html[lang]"));
    site.run_jobs().await;
    let part = author.get("/admin/work?from=home").await;
    assert!(!part.has("[data-pending]"), "{}", part.text());
    let whole = author.get("/admin/work?from=health").await;
    assert!(whole.has("#work"), "it says that there is nothing");
    site.stranger().get("/admin/work").await.assert_status(303);
}

#[tokio::test]
async fn the_list_tells_how_much_may_still_be_uploaded() {
    let site = Site::ready().await;
    let author = site.author();
    author.draft("가을").await;
    let page = author.get("/admin").await;
    assert!(page.has(".disk") || page.has(".notice-warn"));
}

#[tokio::test]
async fn what_directories_want_is_told_with_the_way_to_mend_it() {
    let site = Site::ready_with(|config| {
        config.public_url = Some(BaseUrl::parse("http://news.example").expect("a base"));
    })
    .await;
    let author = site.author();
    let home = author.get("/admin").await;
    let address = "/admin/shows/news/directories";
    assert!(home.has(&format!("a[href=\"{address}\"]")));
    let page = author.get(address).await;
    page.assert_status(200);
    let missing = page.texts(".check-must").join(" ");
    assert!(
        missing.contains("이메일") && missing.contains("Spotify"),
        "{missing}"
    );
    let settings = author.get("/admin/shows/news").await;
    for link in page.attributes(".checks a", "href") {
        if let Some((page, place)) = link.split_once('#') {
            assert_eq!(page, "/admin/shows/news");
            assert!(settings.has(&format!("[id=\"{place}\"]")), "{place}");
        }
    }
    let feed = page.attributes(".copy input", "value");
    assert_eq!(feed, ["http://news.example/@news/feed.xml"]);
    let ready = |page: &Answer| {
        let badges = page.texts(".lines .badge");
        badges.iter().filter(|b| b.contains("등록할 수")).count()
    };
    assert_eq!(ready(&page), 0);

    let form = settings
        .form("form[data-settings]")
        .set("owner_email", "me@example.org");
    author.submit(form).await.assert_status(303);
    author.episode("가을", "a.mp3", MP3).await;
    let feed = site.stranger().get("/@news/feed.xml").await;
    let owner = "<itunes:email>me@example.org</itunes:email>";
    assert!(feed.text().contains(owner));
    let page = author.get(address).await;
    // Apple and YouTube want TLS, which this site does not speak.
    let missing = page.texts(".check-must");
    assert!(
        missing.len() == 1 && missing[0].contains("https"),
        "{missing:?}"
    );
    assert_eq!(ready(&page), 2);
    site.stranger().get(address).await.assert_status(303);
}

#[tokio::test]
async fn where_several_work_it_is_told_whose_a_post_is() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("가을").await;
    assert!(!author.get("/admin").await.has(".hands"), "alone");
    assert!(!author.get(&post.editor).await.has(".hands"));
    let colleague = crate::roles::join(&site, "editor").await;
    let own = author.get("/admin").await.texts(".hands").join(" ");
    assert!(own.contains("시작") && own.contains("마지막 저장"), "{own}");
    colleague
        .act(&post, &[("script", "고친 글.")], "save")
        .await;
    for page in ["/admin", &post.editor] {
        let told = author.get(page).await.texts(".hands").join(" ");
        assert!(told.contains("동료 마지막 저장"), "{told}");
        assert!(!told.contains("동료 시작"), "{told}");
    }
}
