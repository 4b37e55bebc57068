//! A passage of several sentences, chosen and quoted by keys alone.
use crate::driver::{Browser, Scripts};
use crate::reading::{ids, open};
use crate::spoken::timed_post;
use crate::support::server::Server;

const SHIFT: &str = "\u{e008}";
const UP: &str = "\u{e013}";
const RIGHT: &str = "\u{e014}";
const DOWN: &str = "\u{e015}";
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

const MENU: &str = "document.querySelector('.quote-menu').checkVisibility()";
const SELECTED: &str = "getSelection().toString()";
const LIVE: &str = "[data-part=live]";

async fn focus(browser: &Browser, id: &str) {
    browser
        .run(&format!("document.getElementById('{id}').focus()"))
        .await;
}

async fn focused(browser: &Browser) -> String {
    browser.text_of("document.activeElement.id").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passage_is_quoted_by_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let address = timed_post(&server).await;
    let browser = Browser::start(Scripts::On).await;
    open(&browser, &address).await;
    let ids = ids(&browser).await;
    let at = |n: usize| format!("#{}", ids[n]);
    browser
        .run("navigator.clipboard.writeText = async (text) => { window.copied = text }")
        .await;

    // Further, and back by one.
    focus(&browser, &ids[6]).await;
    browser
        .type_in(&at(6), &format!("{SHIFT}{DOWN}{DOWN}"))
        .await;
    assert_eq!(focused(&browser).await, ids[8]);
    browser.wait(MENU).await;
    let told = "문장 3개를 골랐습니다";
    browser.wait_for_text(LIVE, told).await;
    let words = browser.text_of(SELECTED).await;
    assert!(
        words.starts_with("6번째") && words.contains("8번째"),
        "{words}"
    );
    browser.type_in(&at(8), &format!("{SHIFT}{UP}")).await;
    browser.wait_for_text(LIVE, "문장 2개").await;
    // From there to the menu, and back to where one was.
    browser.type_in(&at(7), TAB).await;
    browser
        .wait("document.activeElement.dataset.do === 'copy-quote'")
        .await;
    browser.type_in("[data-do=copy-quote]", RIGHT).await;
    browser.type_in("[data-do=copy-link]", ENTER).await;
    browser.wait("window.copied").await;
    let link = format!("{address}?s={}-{}", &ids[6][2..], &ids[7][2..]);
    assert_eq!(browser.text_of("window.copied").await, link);
    browser.wait(&format!("!{MENU}")).await;
    assert_eq!(focused(&browser).await, ids[7]);

    // Upwards, and given up.
    focus(&browser, &ids[10]).await;
    browser.type_in(&at(10), &format!("{SHIFT}{UP}{UP}")).await;
    browser.wait(MENU).await;
    assert!(browser.text_of(SELECTED).await.starts_with("8번째"));
    browser.type_in(&at(8), ESCAPE).await;
    browser.wait(&format!("!{MENU}")).await;
    browser.wait_for_text(LIVE, "그만두었습니다").await;
    assert_eq!(browser.text_of(SELECTED).await, "");
    assert_eq!(focused(&browser).await, ids[8]);

    // Who walks on without choosing leaves the passage; the next one begins where he is.
    browser.type_in(&at(8), &format!("{SHIFT}{DOWN}")).await;
    browser.wait(MENU).await;
    browser.type_in(&at(9), DOWN).await;
    browser.wait(&format!("!{MENU}")).await;
    assert_eq!(focused(&browser).await, ids[10]);
    browser.type_in(&at(10), &format!("{SHIFT}{DOWN}")).await;
    browser.wait(MENU).await;
    assert!(browser.text_of(SELECTED).await.starts_with("10번째"));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
