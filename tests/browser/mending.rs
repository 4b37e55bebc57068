//! Times of sentences mended by hand: listened to, tapped, nudged, split, joined, undone, and still
//! there after a reload.
use bytes::Bytes;
use serde_json::json;

use crate::driver::Browser;
use crate::support::files::noise;
use crate::workplace::Workplace;

/// Twelve seconds of sound.
const SOUND_BYTES: u32 = 12 * 88_200;
const SCRIPT: &str = "첫 문장입니다. 둘째 문장입니다. 셋째 문장은 길어서 둘로 나눌 수 있습니다.\n\
    넷째 문장은 읽지 않습니다.";
/// The sound, in seconds.
const HEAD: &str = "document.querySelector('audio').currentTime";
/// The sentences of the list.
const IDS: &str = "return [...document.querySelectorAll('.t-line')].map((row) => row.dataset.id)";
const SAVED: &str =
    "document.querySelector('#mending [data-part=state]').textContent.includes('저장됨')";

/// Presses a key that the page listens for.
async fn press(browser: &Browser, key: &str) {
    browser.type_in("body", key).await;
}

async fn undo(browser: &Browser) {
    browser.click("[data-do=undo]").await;
}

/// The texts and times of the list: `text start end origin`.
async fn rows(browser: &Browser) -> Vec<String> {
    let rows = browser
        .run(
            "return [...document.querySelectorAll('.t-line')].map((row) => \
             ['select', 'start', 'end', 'origin'].map((part) => \
             row.querySelector(`[data-row=${part}]`).textContent).join('|'))",
        )
        .await;
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|r| r.as_str().expect("a text").to_owned())
        .collect()
}

/// A time as the list prints it, in milliseconds.
fn ms(row: &str, column: usize) -> f64 {
    let text = row.split('|').nth(column).expect("a column");
    let (minutes, seconds) = text.split_once(':').expect("a time");
    let (minutes, seconds): (f64, f64) = (
        minutes.parse().expect("a number"),
        seconds.parse().expect("a number"),
    );
    (minutes * 60.0 + seconds) * 1000.0
}

async fn open(browser: &Browser, address: &str) {
    browser.open(address).await;
    browser
        .wait("document.querySelector('.t-lines[role=list]:not([aria-busy])') && document.querySelector('audio').readyState > 0")
        .await;
}

async fn saved(browser: &Browser) {
    browser.wait(SAVED).await;
}

/// The timing page of a post with a script and a sound, opened; its address.
async fn spoken(place: &Workplace) -> String {
    let (author, post) = (&place.author, &place.post);
    let sound = Bytes::from(noise(SOUND_BYTES, 12));
    author.upload(post, "a.wav", sound).await;
    author.must_press(post, "save", "글", SCRIPT).await;
    let page = format!("{}/timing", place.editor);
    open(&place.browser, &page).await;
    page
}

/// Sends changes past the page, as another tab would.
async fn send(browser: &Browser, changes: &serde_json::Value) {
    let sent = browser
        .run(&format!(
            "const root = document.getElementById('mending').dataset; \
             return fetch(root.action, {{ method: 'POST', body: {}, headers: {{ \
             'Content-Type': 'application/json', 'X-CSRF-Token': root.csrf }} }}).then((a) => a.status)",
            json!(changes.to_string())
        ))
        .await;
    assert_eq!(sent, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn times_are_mended_while_listening() {
    let place = Workplace::new().await;
    let browser = &place.browser;
    let page = spoken(&place).await;

    // The first sentence from its start; then, while it is heard, two more.
    press(browser, "s").await;
    let row = rows(browser).await.swap_remove(0);
    assert!(
        row.starts_with("첫 문장입니다.|0:00.00|") && row.ends_with("손으로 맞춤"),
        "{row}"
    );
    browser.click(".t-line [data-row=play]").await;
    let mut heard = Vec::new();
    for second in [1, 2] {
        browser.wait(&format!("{HEAD} > {second}")).await;
        let before = browser.run(&format!("return {HEAD} * 1000")).await;
        press(browser, "t").await;
        let after = browser.run(&format!("return {HEAD} * 1000")).await;
        heard.push((
            before.as_f64().expect("a number"),
            after.as_f64().expect("a number"),
        ));
    }
    press(browser, " ").await;
    browser.wait("document.querySelector('audio').paused").await;
    let tapped = rows(browser).await;
    for (row, (before, after)) in tapped[1..3].iter().zip(&heard) {
        // A moment before the key, as the page says.
        let start = ms(row, 1);
        assert!(
            start > before - 150.0 && start < after - 100.0,
            "{row} {before} {after}"
        );
    }
    // One ends where the next begins.
    assert_eq!(ms(&tapped[0], 2), ms(&tapped[1], 1));
    assert_eq!(ms(&tapped[1], 2), ms(&tapped[2], 1));
    saved(browser).await;

    // A tenth of a second later, and both of the boundary's sentences go along.
    press(browser, "]").await;
    let nudged = rows(browser).await;
    assert_eq!(ms(&nudged[2], 1), ms(&tapped[2], 1) + 100.0);
    assert_eq!(ms(&nudged[1], 2), ms(&nudged[2], 1));

    // Split by a press on a word, joined again, and both undone.
    press(browser, "x").await;
    browser.click(".t-split-words button:nth-of-type(2)").await;
    browser
        .wait("document.querySelectorAll('.t-line').length === 5")
        .await;
    let split = rows(browser).await;
    assert!(
        split[2].starts_with("셋째 문장은|") && split[3].starts_with("길어서 둘로"),
        "{split:?}"
    );
    assert_eq!(ms(&split[2], 2), ms(&split[3], 1));
    press(browser, "k").await;
    press(browser, "m").await;
    browser
        .wait("document.querySelectorAll('.t-line').length === 4")
        .await;
    undo(browser).await;
    browser
        .wait("document.querySelectorAll('.t-line').length === 5")
        .await;
    assert_eq!(rows(browser).await, split);
    undo(browser).await;
    browser
        .wait("document.querySelectorAll('.t-line').length === 4")
        .await;
    assert_eq!(rows(browser).await, nudged);

    // Marked as not spoken, and one nudge taken back.
    press(browser, "j").await;
    press(browser, "n").await;
    undo(browser).await;
    undo(browser).await;
    let back = rows(browser).await;
    assert_eq!(back[..3], tapped[..3]);
    browser.click("[data-do=redo]").await;
    browser.click("[data-do=redo]").await;
    let last = rows(browser).await;
    assert_eq!(last[..3], nudged[..3]);
    assert!(last[3].ends_with("읽지 않음"), "{last:?}");
    saved(browser).await;

    browser.reload().await;
    open(browser, &page).await;
    assert_eq!(rows(browser).await, last);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_mend_beside_each_other() {
    let place = Workplace::new().await;
    let browser = &place.browser;
    spoken(&place).await;
    let ids = browser.run(IDS).await;
    // Somebody else fixes the second sentence; here the first one is.
    let body = json!({ "version": 0, "changes": [
        { "id": ids[1], "set": { "start_ms": 3000, "end_ms": 4000 } }] });
    send(browser, &body).await;
    press(browser, "s").await;
    browser
        .wait("document.querySelector('[data-part=merged]').checkVisibility()")
        .await;
    saved(browser).await;
    let rows = rows(browser).await;
    assert!(rows[0].ends_with("손으로 맞춤"), "{rows:?}");
    assert!(rows[1].contains("|0:03.00|0:04.00|"), "{rows:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_said_comes_back() {
    let place = Workplace::new().await;
    let browser = &place.browser;
    let page = spoken(&place).await;
    let ids = browser.run(IDS).await;
    let imported = |start: u64| json!({ "at": { "start_ms": start, "end_ms": start + 1000, "origin": "imported", "percent": 100 } });
    let body = json!({ "version": 0, "changes": [
        { "id": ids[0], "back": imported(1000) }, { "id": ids[1], "back": imported(2000) } ] });
    send(browser, &body).await;
    browser.reload().await;
    open(browser, &page).await;
    let before = rows(browser).await;
    assert!(before[0].ends_with("|0:01.00|0:02.00|가져옴"), "{before:?}");

    // Nudged, marked as not spoken, and given back.
    for key in ["]", "n", "f"] {
        press(browser, key).await;
    }
    assert_eq!(rows(browser).await, before);
    saved(browser).await;

    // With nothing fixed the page asks before it aligns all of it, and no time goes meanwhile.
    let is_open = "document.querySelector('.t-ask').open";
    let works = "!document.querySelector('[data-part=work]').hidden";
    press(browser, "r").await;
    browser.wait(is_open).await;
    browser.click(".t-ask .button:not(.primary)").await;
    browser.wait(&format!("!{is_open}")).await;
    assert_eq!(browser.run(&format!("return {works}")).await, false);
    press(browser, "r").await;
    browser.wait(is_open).await;
    browser.click(".t-ask .primary").await;
    browser.wait(works).await;
    assert_eq!(rows(browser).await, before);
    undo(browser).await;
    saved(browser).await;
    assert_eq!(rows(browser).await, before);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
