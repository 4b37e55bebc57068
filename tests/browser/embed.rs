//! The player in other sites' pages.
use serde_json::json;

use crate::driver::{Browser, Scripts};
use crate::layout::TOO_WIDE;
use crate::spoken::timed_post;
use crate::support::server::Server;

const SHOWN: &str = "[...document.querySelectorAll('#now a')].filter((a) => a.checkVisibility())";
const AUDIO: &str = "document.getElementById('audio')";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_player_says_what_is_heard() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let address = timed_post(&server).await;
    let browser = Browser::start(Scripts::On).await;
    browser.open(&address).await;
    let post = browser.text_of("document.querySelector('article').dataset.post");
    let player = format!("{}/embed/{}", server.base, post.await);
    let ids =
        browser.run("return [...document.querySelectorAll('.s[id]')].map((s) => s.id.slice(2))");
    let ids: Vec<String> = serde_json::from_value(ids.await).expect("texts");

    browser.open(&player).await;
    assert!(browser.words("#now").await.starts_with("0번째"));
    assert_eq!(browser.words(".embed-length").await, "59초");
    let asked = browser.run("return performance.getEntriesByType('resource').filter((e) => e.name.includes('/audio/')).length");
    assert_eq!(asked.await, 0, "sound was fetched before anybody wanted it");
    browser.type_in("#audio", " ").await;
    browser.wait(&format!("{AUDIO}.currentTime > 0")).await;
    browser.run(&format!("{AUDIO}.currentTime = 7.2")).await;
    browser
        .wait(&format!("{SHOWN}[0].textContent.startsWith('3번째')"))
        .await;
    browser
        .wait(&format!("{SHOWN}[0].textContent.startsWith('4번째')"))
        .await;
    assert_eq!(browser.run(&format!("return {SHOWN}.length")).await, 1);
    // The sentence leads to its place in the whole piece.
    browser.run(&format!("{AUDIO}.pause()")).await;
    let link = browser.text_of(&format!("{SHOWN}[0].href")).await;
    browser.narrow_to(320).await;
    assert_eq!(browser.run(TOO_WIDE).await, "");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.open(&link).await;
    let marked = browser
        .run("return [...document.querySelectorAll('.s[aria-current]')].map((s) => s.id.slice(2))");
    let place = link.rsplit("#s-").next().expect("a place");
    assert_eq!(marked.await, json!([place]));

    // A passage: from its first word to its last.
    browser
        .open(&format!("{player}?s={}-{}", ids[3], ids[4]))
        .await;
    let words = browser.words("#now").await;
    assert!(words.starts_with("3번째") && words.contains("4번째"));
    assert_eq!(browser.words(".embed-length").await, "0:07–0:11");
    browser.type_in("#audio", " ").await;
    browser
        .wait("document.querySelector('#now .now')?.textContent.startsWith('4번째')")
        .await;
    browser.wait(&format!("{AUDIO}.paused")).await;
    let end = browser.run(&format!("return {AUDIO}.currentTime")).await;
    let end = end.as_f64().expect("seconds");
    assert!((10.9..11.3).contains(&end), "{end}");
    the_parts_keep_together(&browser).await;
}

/// However high the frame is: all there is, nothing outside of it, no room between the parts.
async fn the_parts_keep_together(browser: &Browser) {
    const GAPS: &str = "const parts = [...document.querySelector('.embed').children].map((e) => e.getBoundingClientRect()).filter((b) => b.height > 0);\
        return parts.slice(1).map((b, at) => Math.round(b.top - parts[at].bottom))";
    for (width, height) in [(320, 160), (480, 200), (600, 400), (800, 800)] {
        browser.look(width, height, false).await;
        browser.wait(&format!("innerHeight === {height}")).await;
        let gaps: Vec<i64> = serde_json::from_value(browser.run(GAPS).await).expect("numbers");
        assert!(
            gaps.iter().all(|gap| (0..=16).contains(gap)),
            "{height}: {gaps:?}"
        );
        let end = "Math.round(document.querySelector('.embed').getBoundingClientRect().bottom)";
        browser.wait(&format!("{end} <= innerHeight")).await;
        let words = "document.getElementById('now').clientHeight";
        browser.wait(&format!("{words} >= 20")).await;
        assert_eq!(browser.run(TOO_WIDE).await, "");
    }
}
