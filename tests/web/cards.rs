//! Preview cards: what they are, when they change, and for whom there is none.
use futures_util::FutureExt;

use crate::support::browser::request;
use crate::support::files::{MP3, picture};
use crate::support::{Answer, Post, Site};

/// Width and height of a PNG, which stand in its head.
fn measures(answer: &Answer) -> (u32, u32) {
    assert!(answer.body.starts_with(b"\x89PNG\r\n\x1A\n"), "a PNG");
    let number = |at: usize| {
        let bytes = answer.body[at..at + 4].try_into().expect("four bytes");
        u32::from_be_bytes(bytes)
    };
    (number(16), number(20))
}

fn card(post: &Post) -> String {
    format!("/cards/{}.png", post.id)
}

/// The card of a passage, by the places of its sentences.
async fn quote(site: &Site, post: &Post, first: usize, last: usize) -> String {
    let id = post.id.parse().expect("an id");
    let all = daebon::features::posts::public_sentences(&site.state.db, &id).await;
    let all = all.expect("public");
    daebon::kernel::urls::quote_card(&id, &all[first].id, &all[last].id)
}

#[tokio::test]
async fn a_post_names_its_card_and_the_card_is_there() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.episode("국회 예산안", "a.mp3", MP3).await;
    let page = site.stranger().get(&format!("/p/{}", post.id)).await;
    let page = site.stranger().get(page.header("location")).await;
    let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
    assert_eq!(
        meta("og:image"),
        [format!("http://127.0.0.1:8080{}", card(&post))]
    );
    assert_eq!(meta("og:image:type"), ["image/png"]);
    assert_eq!(
        (meta("og:image:width"), meta("og:image:height")),
        (vec!["1200".to_owned()], vec!["630".to_owned()])
    );
    assert_eq!(
        meta("og:image:alt"),
        ["아침 논평의 글 「국회 예산안」 미리보기 그림"]
    );
    let kind = page.attributes("meta[name='twitter:card']", "content");
    assert_eq!(kind, ["summary_large_image"]);
    let icon = page.attributes("link[rel='apple-touch-icon']", "href");
    site.stranger().get(&icon[0]).await.assert_status(200);
    // A show keeps its cover, which is square.
    let show = site.stranger().get("/@news").await;
    let kind = show.attributes("meta[name='twitter:card']", "content");
    assert_eq!(kind, ["summary"]);
    assert!(show.attributes("meta[property='og:image']", "content")[0].contains("/covers/"));

    let drawn = site.stranger().get(&card(&post)).await;
    drawn.assert_status(200);
    assert_eq!(measures(&drawn), (1200, 630));
    assert_eq!(drawn.header("content-type"), "image/png");
    assert_eq!(
        drawn.header("cache-control"),
        "public, max-age=60, must-revalidate"
    );
    assert_eq!(
        drawn.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    let etag = drawn.header("etag").to_owned();
    assert!(etag.starts_with('"'), "a strong tag");
    // Whatever the browser wishes, the bytes are the same.
    for headers in [
        [("accept-encoding", "gzip, br, zstd")],
        [("accept-language", "en")],
    ] {
        let again = site.stranger().get_with(&card(&post), &headers).await;
        assert_eq!(
            (again.header("etag"), &again.body),
            (etag.as_str(), &drawn.body)
        );
        assert!(!again.headers.contains_key("content-encoding"));
    }
    let head = site.stranger().head(&card(&post)).await;
    assert_eq!(head.header("content-length"), drawn.body.len().to_string());
    let unchanged = [("if-none-match", etag.as_str())];
    site.stranger()
        .get_with(&card(&post), &unchanged)
        .await
        .assert_status(304);
}

#[tokio::test]
async fn a_passage_has_a_card_and_what_is_none_has_not() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let script = "첫 문장입니다. 둘째 <script>문장</script> & 「말」입니다.\n\n셋째 문장 😀입니다.";
    author
        .act(&post, &[("title", "제목"), ("script", script)], "save")
        .await;
    author.act(&post, &[], "publish").await;
    let stranger = site.stranger();
    let mut seen = vec![stranger.get(&card(&post)).await.body];
    for (first, last) in [(0, 0), (0, 1), (0, 2), (2, 2)] {
        let drawn = stranger.get(&quote(&site, &post, first, last).await).await;
        drawn.assert_status(200);
        assert_eq!(measures(&drawn), (1200, 630));
        assert!(
            !seen.contains(&drawn.body),
            "{first}-{last} is another picture"
        );
        seen.push(drawn.body);
    }
    let both = quote(&site, &post, 1, 1).await;
    let (start, sid) = (
        card(&post).replace(".png", ""),
        &both[both.len() - 10..both.len() - 4],
    );
    let short = stranger.get(&format!("{start}-{sid}.png")).await;
    assert_eq!(
        short.body,
        stranger.get(&both).await.body,
        "one sentence by its one id"
    );
    let never = stranger.get("/cards/aaaaaaaaaaaa.png").await;
    never.assert_not_found();
    for none in [
        quote(&site, &post, 2, 0).await,
        format!("{start}-aaaaaa.png"),
        format!("{start}-{sid}-aaaaaa.png"),
        format!("{start}-{sid}-{sid}-{sid}.png"),
        format!("{start}.jpg"),
        "/cards/".to_owned(),
        "/cards/x.png".to_owned(),
    ] {
        stranger.get(&none).await.assert_same_as(&never);
    }
}

#[tokio::test]
async fn a_change_of_post_or_show_changes_the_card() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    author
        .act(
            &post,
            &[("title", "제목"), ("script", "한 문장이다.")],
            "save",
        )
        .await;
    author.act(&post, &[], "publish").await;
    let stranger = site.stranger();
    let passage = quote(&site, &post, 0, 0).await;
    let mut seen = vec![(
        stranger.get(&card(&post)).await.body,
        stranger.get(&passage).await.body,
    )];
    author.act(&post, &[("title", "새 제목")], "save").await;
    assert_eq!(
        stranger.get(&card(&post)).await.body,
        seen[0].0,
        "not public yet"
    );
    author.act(&post, &[], "update").await;
    seen.push((
        stranger.get(&card(&post)).await.body,
        stranger.get(&passage).await.body,
    ));
    let cover = picture(1400, [20, 30, 40]);
    author
        .send_cover(&post, "a.png", &cover)
        .await
        .assert_status(303);
    author.act(&post, &[], "update").await;
    let with_cover = stranger.get(&card(&post)).await.body;
    assert!(seen.iter().all(|(whole, _)| *whole != with_cover));
    assert_ne!(seen[0].0, seen[1].0);
    assert_ne!(seen[0].1, seen[1].1);
    author.act(&post, &[], "remove").await;
    for gone in [card(&post), passage] {
        stranger.get(&gone).await.assert_not_found();
        stranger
            .get_with(&gone, &[("if-none-match", "*")])
            .await
            .assert_not_found();
    }
}

#[tokio::test]
async fn whoever_finds_the_queue_full_is_sent_away() {
    let site = Site::ready().await;
    let post = site.author().published("제목").await;
    let drawing = &site.state.drawing;
    let first = drawing.take().await.expect("free");
    let mut waiting = Vec::new();
    loop {
        let mut next = Box::pin(drawing.take());
        match next.as_mut().now_or_never() {
            None => waiting.push(next),
            Some(turn) => break assert!(turn.is_err()),
        }
    }
    assert!((4..64).contains(&waiting.len()));
    let busy = site.stranger().ask(request("GET", &card(&post), &[])).await;
    busy.assert_status(503);
    assert!(!busy.header("retry-after").is_empty());
    drop((waiting, first));
    site.stranger().get(&card(&post)).await.assert_status(200);
}
