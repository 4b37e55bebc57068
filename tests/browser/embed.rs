//! The player in other sites' pages.
use serde_json::json;

use crate::driver::{Browser, Scripts};
use crate::layout::TOO_WIDE;
use crate::reading::timed_post;
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
    assert!(browser.words("#now").await.starts_with("3번째"));
    browser.type_in("#audio", " ").await;
    browser
        .wait(&format!("{SHOWN}[0].textContent.startsWith('4번째')"))
        .await;
    browser.wait(&format!("{AUDIO}.paused")).await;
    let end = browser.run(&format!("return {AUDIO}.currentTime")).await;
    let end = end.as_f64().expect("seconds");
    assert!((10.9..11.3).contains(&end), "{end}");
    assert!(browser.words("#now").await.starts_with("4번째"));
}
