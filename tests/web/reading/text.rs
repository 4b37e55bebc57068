//! The text of the page: sentences, seconds, gaps.
use super::*;

/// What the elements say: name, class, id, address, seconds, what is to be known of them.
fn marks(page: &Answer) -> Vec<String> {
    let names = ["tag", "class", "id", "href", "data-t", "data-x"];
    let line = |element: &Vec<(String, String)>| {
        let value = |name: &&str| {
            let found = element.iter().find(|(given, _)| given == name);
            found.map(|(_, value)| value.as_str())
        };
        names.iter().filter_map(value).collect::<Vec<_>>().join(" ")
    };
    let found = page.elements(".script :is(.s, .s-at, .gap)");
    found.iter().map(line).collect()
}

#[tokio::test]
async fn sentences_stand_with_their_seconds() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    let [a, b, c, d, e, f] = &ids[..] else {
        panic!("six sentences")
    };
    let answer = page(&site, &post, "").await;
    let want = [
        format!("a s s-{a} ?s={a}#s-{a} 0-0.1"),
        format!("span s s-{b} 0.1-0.2"),
        format!("a s-at ?s={b}#s-{b}"),
        format!("a s s-{c} ?s={c}#s-{c} 0.2-0.3"),
        format!("a s s-{d} ?s={d}#s-{d} 0.3-0.4 about"),
        "a gap ?t=0.43,0.58#player 0.43-0.58".to_owned(),
        format!("a s s-{e} ?s={e}#s-{e} unspoken"),
        format!("a s s-{f} ?s={f}#s-{f} 0.6-0.7 about"),
    ];
    assert_eq!(marks(&answer), want);
    assert!(answer.has(&format!(
        "article.post[data-post='{}'] #text.script",
        post.id
    )));
    assert!(answer.has(&format!("#text h2 #s-{c}")));
    assert!(answer.has(
        "#player audio#audio[data-title='회차 \"하나\"'][data-show='아침 논평'][data-cover^='/covers/'][data-duration-ms]"
    ));
    assert_eq!(answer.texts(".script .s")[3], "넷째 <문장>입니다.");
    assert!(
        !answer.has(".script .gap[lang]"),
        "it speaks as the text does"
    );
    // Feeds know nothing of it.
    for feed in ["posts.xml", "posts.json", "feed.xml"] {
        let feed = site.stranger().get(&format!("/@news/{feed}")).await;
        assert!(!feed.text().contains("s-abcdef") && !feed.text().contains(&format!("s-{a}")));
    }
}

#[tokio::test]
async fn links_on_the_page_carry_the_language() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    let answer = page(&site, &post, "?ui=en").await;
    let first = format!("?ui=en&s={0}#s-{0}", ids[0]);
    assert_eq!(answer.attributes(".s", "href")[0], first);
    let gap = answer.attributes(".gap[lang=en]", "href");
    assert_eq!(gap, ["?ui=en&t=0.43,0.58#player"]);
    assert_eq!(answer.texts(".gap"), ["Not in the script: 0:01"]);
}

#[tokio::test]
async fn a_text_post_has_sentences_without_seconds() {
    let site = Site::ready().await;
    let (post, ids) = text_post(&site).await;
    let answer = page(&site, &post, "").await;
    assert_eq!(answer.attributes(".s", "id").len(), ids.len());
    assert_eq!(answer.attributes(".s-at", "href").len(), 1);
    assert!(!answer.has("[data-t], [data-x], audio, .gap"));
}

#[tokio::test]
async fn new_seconds_are_on_the_page_at_once() {
    let site = Site::ready().await;
    let (post, ids) = episode(&site).await;
    let before = page(&site, &post, "").await;
    let times = [(&ids[5], at(650, 700, Origin::ByHand, 100))];
    time(&site, &post, &times, &[]).await;
    let after = page(&site, &post, "").await;
    assert_ne!(before.header("etag"), after.header("etag"));
    assert!(after.has(&format!("#s-{}[data-t='0.65-0.7']:not([data-x])", ids[5])));
    assert!(!after.has(".gap"));
}

#[tokio::test]
async fn a_preview_reads_along_too() {
    let site = Site::ready().await;
    let author = site.author();
    let (post, ids) = episode(&site).await;
    author.act(&post, &[], "remove").await;
    author.act(&post, &[], "restore").await;
    let own = author.get(&format!("{}/preview/", post.editor)).await;
    assert!(own.has(&format!("#s-{}[data-t='0-0.1']", ids[0])));
}

#[tokio::test]
async fn nobody_but_the_program_marks_sentences() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let script = "<a class=s id=s-abcdef data-t=1-2 href=javascript:a()>하나</a> \
        [x](javascript:a()) <span class=\"s\" data-x=\"about\">둘</span>.\n\
        [\"><script>a()</script>](?s=abcdef#s-abcdef)";
    author
        .act(&post, &[("title", "글"), ("script", script)], "publish")
        .await;
    let answer = page(&site, &post, "").await;
    assert!(!answer.has("[data-t], [data-x], #s-abcdef, .script script"));
    assert!(!answer.text().contains("href=\"javascript:"));
    assert_eq!(answer.texts(".script a a, .s .s"), Vec::<String>::new());
}
