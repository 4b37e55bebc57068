//! Looking at what is not public: the author's own look, and links for others (HARDENING V3).
use crate::support::files::MP3;
use crate::support::{Answer, Browser, DAY_MS, Post, Site};

/// Makes a link by the button, and hands back its path.
async fn link(author: &Browser, post: &Post) -> String {
    let page = author.get(&post.editor).await;
    let form = page.form("#post-form").press("preview_link");
    let made = author.submit(form).await;
    let url = made
        .assert_status(200)
        .attributes("#new-preview-url", "value");
    let path = url[0].strip_prefix("http://127.0.0.1:8080");
    path.expect("an address of this site").to_owned()
}

/// The value of the first button that takes a link back.
fn revoke(page: &Answer) -> String {
    page.attributes("button[value^='revoke_link:']", "value")[0].clone()
}

fn assert_kept_by_nobody(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn a_link_shows_the_draft_to_whoever_has_it() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    let link = link(&author, &post).await;
    let page = site.stranger().get(&link).await;
    page.assert_status(200);
    assert_eq!(page.texts("h1"), ["초안"]);
    assert!(page.has("meta[name=robots][content*=noindex]"));
    // Its card answers nobody yet.
    assert!(!page.has("meta[property='og:image'], meta[name='twitter:image']"));
    assert_kept_by_nobody(&page);
    assert!(link.len() >= "/preview/".len() + 26, "128 bits: {link}");
    // What is typed next is seen next.
    author.act(&post, &[("title", "고친 초안")], "save").await;
    assert_eq!(site.stranger().get(&link).await.texts("h1"), ["고친 초안"]);
    // The address was shown once.
    let editor = author.get(&post.editor).await;
    assert!(
        !editor
            .text()
            .contains(link.strip_prefix("/preview/").expect("a link"))
    );
}

#[tokio::test]
async fn its_sound_is_heard_by_the_link_alone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    let link = link(&author, &post).await;
    let stranger = site.stranger();
    let page = stranger.get(&link).await;
    assert_eq!(
        page.attributes("audio, audio source", "src"),
        [format!("{link}/audio.mp3")]
    );
    let sound = stranger.get(&format!("{link}/audio.mp3")).await;
    assert_eq!(sound.assert_status(200).body, MP3);
    assert_kept_by_nobody(&sound);
    let part = stranger
        .get_with(&format!("{link}/audio.mp3"), &[("range", "bytes=0-99")])
        .await;
    assert_eq!(part.assert_status(206).body, MP3[..100]);
    stranger.get(&post.audio("mp3")).await.assert_not_found();
    assert!(!page.text().contains(&post.audio("mp3")));
}

#[tokio::test]
async fn a_revoked_link_is_gone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    let (first, second) = (link(&author, &post).await, link(&author, &post).await);
    let page = author.get(&post.editor).await;
    for _ in 0..2 {
        let page = author.get(&post.editor).await;
        let form = page.form("#post-form").press(&revoke(&page));
        author.submit(form).await.assert_redirects_to(&post.editor);
    }
    let never = site.stranger().get("/preview/never-made").await;
    for gone in [&first, &second] {
        site.stranger().get(gone).await.assert_same_as(&never);
        site.stranger()
            .get(&format!("{gone}/audio.mp3"))
            .await
            .assert_not_found();
    }
    // Revoked from a page that was open since before: nothing happens.
    let form = page.form("#post-form").press(&revoke(&page));
    author.submit(form).await.assert_redirects_to(&post.editor);
}

#[tokio::test]
async fn a_link_lives_for_a_week() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    let link = link(&author, &post).await;
    site.pass(7 * DAY_MS - 1).await;
    site.stranger().get(&link).await.assert_status(200);
    site.pass(1).await;
    site.stranger().get(&link).await.assert_not_found();
}

#[tokio::test]
async fn a_link_to_what_is_in_the_trash_shows_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    let link = link(&author, &post).await;
    author.act(&post, &[], "remove").await;
    site.stranger().get(&link).await.assert_not_found();
}

#[tokio::test]
async fn a_link_opens_one_post_and_nothing_else() {
    let site = Site::ready().await;
    let author = site.author();
    let (post, other) = (author.draft("초안").await, author.draft("다른 초안").await);
    author.record(&other, "a.mp3", MP3).await.assert_status(303);
    let link = link(&author, &post).await;
    let stranger = site.stranger();
    for path in [
        format!("{link}/audio.mp3"),
        format!("{link}/"),
        format!("{link}x"),
        link.to_uppercase().replace("/PREVIEW", "/preview"),
        "/preview/".to_owned(),
        format!("/preview/{}", post.id),
    ] {
        stranger.get(&path).await.assert_not_found();
    }
    stranger.keep_cookie("daebon", link.strip_prefix("/preview/").expect("a token"));
    stranger.get("/admin").await.assert_status(303);
}

#[tokio::test]
async fn the_author_s_own_look_may_be_framed_by_the_author_s_pages_alone() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("초안").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    let preview = format!("{}/preview/", post.editor);
    let page = author.get(&preview).await;
    assert_eq!(page.assert_status(200).texts("h1"), ["초안"]);
    let policy = page.header("content-security-policy");
    assert!(policy.ends_with("frame-ancestors 'self'"), "{policy}");
    let sound = author.get(&format!("{preview}audio.mp3")).await;
    assert_eq!(sound.assert_status(200).body, MP3);
    assert_eq!(
        sound.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    for path in [&preview, &format!("{preview}audio.mp3")] {
        site.stranger().get(path).await.assert_status(303);
    }
}
