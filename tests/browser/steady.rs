//! Nothing moves by itself, and a short piece keeps its place like a long one.
use crate::driver::{Browser, Scripts};
use crate::reading::{HEAD, ids, number, open, press};
use crate::spoken::timed_post;
use crate::support::server::Server;
use crate::support::site::SHOW;

/// Begins to write down what moves, also after a key; in pixels and names.
const WATCH: &str = "window.moved = []; new PerformanceObserver((list) => { for (const e of list.getEntries())\
    for (const s of e.sources) moved.push((s.node?.className || s.node?.nodeName) + ' ' + s.previousRect.y + ' ' + s.currentRect.y) })\
    .observe({ type: 'layout-shift', buffered: true })";
/// Two pictures later all that moved has been written down.
const DRAWN: &str =
    "window.drawn = 0; requestAnimationFrame(() => requestAnimationFrame(() => (drawn = 1)))";

async fn nothing_moved(browser: &Browser, what: &str) {
    browser.run(DRAWN).await;
    browser.wait("window.drawn === 1").await;
    let moved = browser.run("return window.moved").await;
    assert_eq!(moved, serde_json::json!([]), "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_script_shows_moves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let address = timed_post(&server).await;
    let browser = Browser::start(Scripts::On).await;
    for width in [360, 1280] {
        browser.look(width, 800, false).await;
        open(&browser, &address).await;
        let ids = ids(&browser).await;
        browser.click(&format!("#{}", ids[2])).await;
        browser.wait(&format!("{HEAD} > 5.1")).await;
        press(&browser, "k").await;
        // The line is gone: what the bar says then lies over the page.
        browser.run(WATCH).await;
        browser
            .run("const audio = document.getElementById('audio'); audio.src = '/nowhere.mp3'")
            .await;
        press(&browser, "k").await;
        browser
            .wait("document.querySelector('[data-part=note]').checkVisibility()")
            .await;
        nothing_moved(&browser, "words over the bar").await;
        let covered = "document.querySelector('[data-part=note]').getBoundingClientRect().bottom - document.querySelector('[data-part=bar]').getBoundingClientRect().top";
        assert!(number(&browser, covered).await.abs() <= 1.5);

        browser.open(&format!("{}/@{SHOW}", server.base)).await;
        browser.run(WATCH).await;
        browser
            .wait("document.querySelector('[data-copy]').checkVisibility()")
            .await;
        nothing_moved(&browser, "the buttons that copy").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_piece_keeps_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let address = timed_post(&server).await;
    let browser = Browser::start(Scripts::On).await;
    open(&browser, &address).await;
    let ids = ids(&browser).await;
    let listen = "[data-part=listen]";
    // Of a minute the first and the last three seconds are not worth coming back to.
    for (at, said) in [(2, "듣기"), (5, "0:05부터"), (50, "0:50부터"), (58, "듣기")] {
        browser.click(&format!("#{}", ids[1])).await;
        browser.wait(&format!("{HEAD} > 3.1")).await;
        browser
            .run(&format!("document.getElementById('audio').pause(); document.getElementById('audio').currentTime = {at}"))
            .await;
        browser
            .wait(&format!("Math.abs({HEAD} - {at}) < 0.2"))
            .await;
        browser.reload().await;
        open(&browser, &address).await;
        browser.wait_for_text(listen, said).await;
        let words = browser.words(listen).await;
        assert_eq!(
            words.contains("부터"),
            said.contains("부터"),
            "{at}: {words}"
        );
    }
}
