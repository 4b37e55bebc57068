//! Addresses of passages: the page with them marked, for that one request.
use std::io::Read;

use super::*;

#[tokio::test]
async fn a_sentence_is_marked_and_its_sound_begins_there() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    let bare = page(&site, &post, "").await;
    let query = format!("?s={}-{}", ids[0], ids[1]);
    let answer = page(&site, &post, &query).await;
    let span = format!("{}-{}", ids[0], ids[1]);
    assert!(answer.has(&format!("article[data-span='{span}']")));
    let marked = answer.attributes("[aria-current=true].s", "id");
    assert_eq!(marked, [format!("s-{}", ids[0]), format!("s-{}", ids[1])]);
    let path = format!("/audio/{}.mp3", post.id);
    assert_eq!(
        answer.attributes("audio", "src"),
        [format!("{path}#t=0,0.2")]
    );
    assert_eq!(answer.attributes("audio", "data-to"), ["0.2"]);
    assert_eq!(
        answer.texts(".quote-words"),
        ["가람: 첫 문장입니다. 둘째는 링크가 있습니다."]
    );
    assert_eq!(answer.texts(".quote cite"), ["회차 \"하나\""]);
    let address = address(&site.stranger(), &post).await;
    let links = answer.attributes(".quote-links a", "href");
    assert_eq!(links, [format!("#s-{}", ids[0]), address.clone()]);
    let card = answer.attributes("meta[property='og:image']", "content");
    assert!(card[0].ends_with(&format!("/cards/{}-{span}.png", post.id)));
    let title = answer.attributes("meta[property='og:title']", "content");
    assert!(title[0].starts_with("“가람: 첫 문장입니다."));
    let canonical = answer.attributes("link[rel=canonical]", "href");
    assert_eq!(canonical, bare.attributes("link[rel=canonical]", "href"));
    assert!(!answer.has("meta[name=robots]"));
    // The languages keep the passage, and a page that names one keeps it in its links.
    let english = page(&site, &post, &format!("?ui=en&s={}", ids[0])).await;
    let links = english.attributes(".quote-links a", "href");
    assert_eq!(links[1], format!("{address}?ui=en"));
    let languages = english.attributes(".languages a", "href");
    assert_eq!(languages[0], format!("{address}?ui=ko&s={}", ids[0]));
    // Nothing of it was kept.
    assert_eq!(page(&site, &post, "").await.body, bare.body);
}

#[tokio::test]
async fn what_the_page_does_not_have_is_the_bare_page() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    let (other, others) = text_post(&site).await;
    let bare = page(&site, &post, "").await;
    let many = format!("s={}-{}-{}", ids[0], ids[1], ids[2]);
    let reversed = format!("s={}-{}", ids[1], ids[0]);
    let foreign = format!("s={}", others[0]);
    for query in [
        "s=aaaaaa",
        "s=",
        "s",
        "s=x",
        &many,
        &reversed,
        &foreign,
        "t=NaN",
        "t=inf",
        "t=-1",
        "t=1e9",
        "t=99999999999999999999",
        "t=99999",
        "t=0.5,0.1",
        "t=0,99999",
        "t=",
        "t=,",
        "t=0.1,",
        "q=1",
        "s=%FF",
        "t=%00",
        "s=%22%3E%3Cscript%3E",
    ] {
        let answer = page(&site, &post, &format!("?{query}")).await;
        answer_is(&answer, &bare);
    }
    let text = page(&site, &other, "").await;
    answer_is(&page(&site, &other, "?t=0.1").await, &text);
    let english = page(&site, &post, "?ui=en").await;
    answer_is(&page(&site, &post, "?s=aaaaaa&ui=en").await, &english);
}

#[track_caller]
fn answer_is(answer: &Answer, bare: &Answer) {
    assert_eq!(answer.body, bare.body, "{}", answer.asked);
    assert_eq!(answer.headers, bare.headers, "{}", answer.asked);
}

#[tokio::test]
async fn text_posts_have_passages_too() {
    let site = Site::ready().await;
    let (post, ids) = text_post(&site).await;
    let answer = page(&site, &post, &format!("?s={}", ids[3])).await;
    assert_eq!(answer.texts(".quote-words"), ["넷째 <문장>입니다."]);
    let span = format!("{0}-{0}", ids[3]);
    assert_eq!(answer.attributes("article", "data-span"), [span]);
    assert!(!answer.has("audio, [data-from]"));
}

#[tokio::test]
async fn seconds_find_their_sentences() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    let answer = page(&site, &post, "?t=0.12%2C0.28").await;
    let span = format!("{}-{}", ids[1], ids[2]);
    assert_eq!(answer.attributes("article", "data-span"), [span]);
    assert_eq!(answer.attributes("audio", "data-from"), ["0.12"]);
    let open = page(&site, &post, "?t=0.12").await;
    assert!(open.has("audio[data-from='0.12']:not([data-to])"));
    // Speech that is not in the script.
    let gap = page(&site, &post, "?t=0.43,0.58").await;
    assert!(gap.has("audio[src$='#t=0.43,0.58']") && !gap.has("[aria-current=true].s"));
    assert!(gap.has(".quote") && !gap.has(".quote-words, article[data-span]"));
}

#[tokio::test]
async fn a_passage_has_a_tag_of_its_own_and_comes_compressed() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    let who = site.stranger();
    let path = address(&who, &post).await;
    let bare = who.get(&path).await;
    let target = format!("{path}?s={}", ids[0]);
    let answer = who.get(&target).await;
    let tag = answer.header("etag");
    assert!(
        tag.starts_with(bare.header("etag").trim_end_matches('"')),
        "{tag}"
    );
    assert!(tag.contains(ids[0].as_str()));
    for header in [
        "last-modified",
        "cache-control",
        "content-security-policy",
        "vary",
    ] {
        assert_eq!(answer.header(header), bare.header(header), "{header}");
    }
    let gzip = [("accept-encoding", "br, gzip")];
    let packed = who.get_with(&target, &gzip).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&packed.body[..])
        .read_to_end(&mut bytes)
        .expect("gzip");
    assert_eq!(bytes, answer.body);
    for tag in [tag, packed.header("etag")] {
        let again = who.get_with(&target, &[("if-none-match", tag)]).await;
        again.assert_status(304);
        assert_eq!(again.header("etag"), tag);
        assert!(again.body.is_empty());
    }
    let other = [("if-none-match", bare.header("etag"))];
    who.get_with(&target, &other).await.assert_status(200);
    let head = who.head(&target).await;
    assert_eq!(head.header("content-length"), answer.body.len().to_string());
    // New seconds are another answer.
    time(
        &site,
        &post,
        &[(&ids[0], at(10, 90, Origin::ByHand, 100))],
        &[],
    )
    .await;
    let stale = [("if-none-match", tag)];
    who.get_with(&target, &stale).await.assert_status(200);
}
