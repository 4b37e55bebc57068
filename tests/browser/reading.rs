//! Reading along: heard, followed, quoted, found; by keys, on a phone, without motion or script.
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::driver::{Browser, Scripts};
use crate::layout::TOO_WIDE;
use crate::spoken::{SENTENCES, UNSPOKEN, spoken_post, timed_post};
use crate::support::server::Server;

pub const HEAD: &str = "document.getElementById('audio').currentTime";
pub const PAUSED: &str = "document.getElementById('audio').paused";
const SEEN: &str = "(() => { const box = document.querySelector('.s-now').getBoundingClientRect();\
    return box.top > 0 && box.bottom < innerHeight - 60 })()";
const LOST: &str = "!document.querySelector('[data-do=here]').hidden";
const BLUR: &str = "document.activeElement.blur()";
const STOPPED: &str = "localStorage['daebon:places'] = JSON.stringify([[document.querySelector('article').dataset.post, 8]])";

pub async fn open(browser: &Browser, address: &str) {
    browser.open(address).await;
    browser
        .wait("document.getElementById('reading').dataset.ready !== undefined")
        .await;
}

/// Presses a key that the page listens for.
pub async fn press(browser: &Browser, key: &str) {
    browser.type_in("body", key).await;
}

pub async fn number(browser: &Browser, expression: &str) -> f64 {
    let value = browser.run(&format!("return {expression}")).await;
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{expression}: {value}"))
}

/// The ids of the sentences, in the order of the text.
pub async fn ids(browser: &Browser) -> Vec<String> {
    let ids = browser.run("return [...document.querySelectorAll('.s[id]')].map((s) => s.id)");
    let ids: Vec<String> = serde_json::from_value(ids.await).expect("texts");
    assert_eq!(ids.len(), SENTENCES as usize);
    ids
}

async fn wait_heard(browser: &Browser, id: &str) {
    browser
        .wait(&format!("document.querySelector('.s-now')?.id === '{id}'"))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_piece_is_read_along_quoted_and_searched() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let address = timed_post(&server).await;
    let browser = Browser::start(Scripts::On).await;
    open(&browser, &address).await;
    let ids = ids(&browser).await;
    let asked = browser.run("return performance.getEntriesByType('resource').filter((e) => e.name.includes('/audio/')).length");
    assert_eq!(asked.await, 0, "sound was fetched before anybody wanted it");

    it_goes_along(&browser, &ids).await;
    keys_do_everything(&browser, &ids).await;
    words_are_found(&browser).await;
    let link = a_quote_is_linked(&browser, &ids, &address).await;
    the_link_plays_its_passage(&browser, &ids, &link).await;
    it_fits_a_phone_and_keeps_still(&browser, &ids).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// A sentence that is pressed is heard and marked; the page follows until the reader scrolls.
async fn it_goes_along(browser: &Browser, ids: &[String]) {
    browser.click(&format!("#{}", ids[2])).await;
    wait_heard(browser, &ids[2]).await;
    browser.wait(&format!("{HEAD} > 5.1 && !{PAUSED}")).await;
    assert!(number(browser, HEAD).await < 8.0);
    let shown = "document.querySelector('[data-part=bar]').checkVisibility()";
    assert_eq!(browser.run(&format!("return {shown}")).await, true);

    // The page goes where the sound goes, and stays where the reader went.
    browser
        .run("document.getElementById('audio').currentTime = 41")
        .await;
    browser.wait(&format!("scrollY > 300 && {SEEN}")).await;
    assert_eq!(browser.run(&format!("return {LOST}")).await, false);
    press(browser, "\u{e011}").await; // Home
    browser.wait(&format!("{LOST} && scrollY < 100")).await;
    let before = browser.text_of("document.querySelector('.s-now').id").await;
    browser
        .wait(&format!(
            "document.querySelector('.s-now').id !== '{before}'"
        ))
        .await;
    assert!(number(browser, "scrollY").await < 100.0);
    browser.click("[data-do=here]").await;
    browser.wait(&format!("!{LOST} && {SEEN}")).await;

    // What isn't read aloud is text.
    browser.click(&format!("#{}", ids[UNSPOKEN as usize])).await;
    assert!(number(browser, HEAD).await > 40.0);
}

/// By keys alone: play, skip, walk among the sentences; and the keys can be put off.
async fn keys_do_everything(browser: &Browser, ids: &[String]) {
    browser.run(BLUR).await;
    press(browser, " ").await;
    browser.wait(PAUSED).await;
    let at = number(browser, HEAD).await;
    press(browser, "j").await;
    assert!((number(browser, HEAD).await - (at - 15.0)).abs() < 0.1);
    press(browser, "\u{e014}").await; // right
    assert!((number(browser, HEAD).await - (at - 10.0)).abs() < 0.1);

    // One stop for Tab, then the arrows.
    let stops = "document.querySelectorAll('.script a.s:not([tabindex=\"-1\"])').length";
    assert_eq!(number(browser, stops).await, 1.0);
    browser
        .run(&format!("document.getElementById('{}').focus()", ids[6]))
        .await;
    browser.type_in(&format!("#{}", ids[6]), "\u{e015}").await; // down
    assert_eq!(browser.text_of("document.activeElement.id").await, ids[7]);
    browser.type_in(&format!("#{}", ids[7]), "\u{e007}").await; // Enter
    wait_heard(browser, &ids[7]).await;
    assert_eq!(browser.text_of("document.activeElement.id").await, ids[7]);
    browser.type_in(&format!("#{}", ids[7]), "k").await;
    browser.wait(PAUSED).await;

    press(browser, "?").await;
    browser
        .wait("document.querySelector('dialog.help').open")
        .await;
    browser.click("[data-part=keys-on]").await;
    browser.click("dialog.help form button").await;
    browser.run(BLUR).await;
    press(browser, "k").await;
    assert_eq!(browser.run(&format!("return {PAUSED}")).await, true);
    browser
        .run("const box = document.querySelector('[data-part=keys-on]'); box.click();")
        .await;
}

/// Over the borders of elements, whatever the width of the letters.
async fn words_are_found(browser: &Browser) {
    browser.run(BLUR).await;
    press(browser, "/").await;
    browser
        .type_in(".find input", "１번째 문장은 도서관 이야기입")
        .await;
    let count = "document.querySelector('[data-part=count]').textContent";
    browser.wait(&format!("{count}.endsWith('/ 3')")).await; // 1, 11, 21
    let first = browser.text_of(count).await;
    browser.type_in(".find input", "\u{e007}").await;
    assert_ne!(browser.text_of(count).await, first);
    let marked = browser.text_of("[...CSS.highlights.get('find-now')][0].toString()");
    assert!(marked.await.ends_with("1번째 문장은 도서관 이야기입"));
    let place = number(browser, "scrollY").await;
    browser.type_in(".find input", "\u{e00c}").await; // Escape
    browser.wait("document.querySelector('.find').hidden").await;
    assert_eq!(number(browser, "scrollY").await, place);
    browser.run(BLUR).await;
}

/// Selected words give a link to exactly their sentences.
async fn a_quote_is_linked(browser: &Browser, ids: &[String], address: &str) -> String {
    let (first, last) = (&ids[3], &ids[4]);
    browser
        .run(&format!(
            "navigator.clipboard.writeText = async (text) => {{ window.copied = text }};\
             const [a, b] = ['{first}', '{last}'].map((id) => document.getElementById(id));\
             a.scrollIntoView({{ block: 'center' }});\
             getSelection().setBaseAndExtent(a.firstChild, 2, b.firstChild, 3);"
        ))
        .await;
    let menu = "document.querySelector('.quote-menu').checkVisibility()";
    browser.wait(menu).await;
    let link = format!("{address}?s={}-{}", &first[2..], &last[2..]);
    browser.click("[data-do=copy-quote]").await;
    browser.wait("window.copied").await;
    let copied = browser.text_of("window.copied").await;
    let words = "“째 문장은 도서관 이야기입니다.\n4번째” — 도서관이 문을 닫는 시간, ";
    assert!(
        copied.starts_with(words) && copied.ends_with(&link),
        "{copied}"
    );
    browser
        .wait_for_text("[data-part=live]", "복사했습니다")
        .await;
    browser.wait(&format!("!{menu}")).await;

    // By keys: the sentence with the focus.
    browser
        .run(&format!(
            "window.copied = ''; document.getElementById('{last}').focus()"
        ))
        .await;
    browser.type_in(&format!("#{last}"), "q").await;
    browser
        .wait("document.activeElement.dataset.do === 'copy-quote'")
        .await;
    browser.type_in("[data-do=copy-quote]", "\u{e014}").await;
    browser.type_in("[data-do=copy-link]", "\u{e007}").await;
    browser.wait("window.copied").await;
    let one = browser.text_of("window.copied").await;
    assert_eq!(one, format!("{address}?s={}", &last[2..]));
    link
}

/// The linked passage is marked, played alone, and then the sound goes on.
async fn the_link_plays_its_passage(browser: &Browser, ids: &[String], link: &str) {
    open(browser, link).await;
    let marked = browser.run(
        "return [...document.querySelectorAll('.s[aria-current]')].filter((s) => \
         s.getBoundingClientRect().bottom < innerHeight).map((s) => s.id)",
    );
    assert_eq!(marked.await, json!(ids[3..=4]));
    browser.run(STOPPED).await;
    press(browser, "k").await;
    browser.wait(&format!("!{PAUSED}")).await;
    browser.wait(PAUSED).await;
    let end = number(browser, HEAD).await;
    assert!((10.9..11.01).contains(&end), "{end}");
    browser
        .wait("localStorage['daebon:places'].endsWith(',8]]')")
        .await;
    wait_heard(browser, &ids[4]).await;
    press(browser, "k").await;
    browser.wait(&format!("{HEAD} > 11.2")).await;
    press(browser, "k").await;
}

async fn it_fits_a_phone_and_keeps_still(browser: &Browser, ids: &[String]) {
    browser.narrow_to(320).await;
    browser.keep_still().await;
    browser.wait("innerWidth === 320").await;
    press(browser, "/").await;
    assert_eq!(browser.run(TOO_WIDE).await, "");
    browser.type_in(".find input", "\u{e00c}").await;
    let twentieth = format!("document.getElementById('{}')", ids[20]);
    browser
        .run(&format!(
            "{twentieth}.scrollIntoView({{ block: 'center' }})"
        ))
        .await;
    browser.click(&format!("#{}", ids[20])).await;
    wait_heard(browser, &ids[20]).await;
    press(browser, "k").await;
    press(browser, "\u{e011}").await; // Home
    browser.wait(&format!("{LOST} && scrollY === 0")).await;
    // The end of the way home may still be on its way to the page: places at the top don't count,
    // and what ends the test is where the page is.
    browser
        .run(
            "window.places = new Set();\
             addEventListener('scroll', () => scrollY > 0 && places.add(scrollY));",
        )
        .await;
    press(browser, "g").await;
    browser.wait(&format!("places.size > 0 && {SEEN}")).await;
    assert_eq!(browser.run("return places.size").await, 1);
    assert_eq!(browser.run(TOO_WIDE).await, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_script_every_sentence_is_a_link() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let address = timed_post(&server).await;
    let browser = Browser::start(Scripts::Off).await;
    browser.open(&address).await;
    let ids = ids(&browser).await;
    browser.click(&format!("#{}", ids[3])).await;
    browser.wait("location.search !== ''").await;
    let there = browser.address().await;
    assert_eq!(there.query(), Some(&*format!("s={}", &ids[3][2..])));
    assert_eq!(there.fragment(), Some(&*ids[3]));
    let marked =
        browser.run("return [...document.querySelectorAll('.s[aria-current]')].map((s) => s.id)");
    assert_eq!(marked.await, json!([ids[3]]));
    let player = browser.run(
        "const a = document.getElementById('audio'); return [a.controls, a.checkVisibility(), a.src.split('#')[1]]",
    );
    assert_eq!(player.await, json!([true, true, "t=7,9"]));
    let shown = browser.run(
        "return [...document.querySelectorAll('#reading *, .listen, .script-tools')].filter((e) => e.checkVisibility() && e.textContent).length",
    );
    assert_eq!(shown.await, Value::from(0));
}

/// As many sentences as three hours have, and each of them as short as it takes for the next one
/// to come with nearly every frame: what a second of playing touches does not grow with the text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_text_costs_no_more_than_a_short_one() {
    const MANY: u32 = 4_000;
    const EACH_MS: u32 = 14;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let (mut script, mut vtt) = (String::new(), "WEBVTT\n\n".to_owned());
    let clock = |ms: u32| format!("00:{:02}.{:03}", ms / 1000, ms % 1000);
    for n in 0..MANY {
        let end = if n % 8 == 7 { "\n\n" } else { " " };
        let _ = write!(script, "{n}번째 문장입니다.{end}");
        let (from, to) = (1000 + n * EACH_MS, 1000 + (n + 1) * EACH_MS);
        let (from, to) = (clock(from), clock(to));
        let _ = write!(vtt, "{from} --> {to}\n{n}번째 문장입니다.\n\n");
    }
    let address = spoken_post(&server, &script, &vtt).await;
    let browser = Browser::start(Scripts::On).await;
    open(&browser, &address).await;
    let timed = "document.querySelectorAll('#text .s[data-t]').length";
    assert_eq!(number(&browser, timed).await, f64::from(MANY));
    browser
        .run(
            "window.touched = []; window.about = 0;\
             const seen = (list) => new Set(list.map((record) => record.target)).size;\
             const all = { subtree: true, attributes: true, childList: true, characterData: true };\
             new MutationObserver((list) => touched.push(seen(list))).observe(document.getElementById('text'), all);\
             new MutationObserver((list) => { about = Math.max(about, seen(list)) }).observe(document.getElementById('reading'), all);",
        )
        .await;
    let hundredth = browser.text_of("document.querySelectorAll('#text .s')[100].id");
    let hundredth = hundredth.await;
    browser
        .run(&format!(
            "document.getElementById('{hundredth}').scrollIntoView({{ block: 'center' }})"
        ))
        .await;
    browser.click(&format!("#{hundredth}")).await;
    browser.wait("touched.length > 40").await;
    browser.run("document.querySelector('[data-part=rate]').value = '2'; document.querySelector('[data-part=rate]').dispatchEvent(new Event('change'));").await;
    let more = number(&browser, "touched.length").await + 40.0;
    browser.wait(&format!("touched.length > {more}")).await;
    browser
        .run("document.getElementById('audio').currentTime = 40")
        .await;
    browser.wait(&format!("{HEAD} > 40.5")).await;
    browser.run("scrollTo(0, 0)").await;
    browser.wait(LOST).await;
    browser.wait(&format!("{HEAD} > 41.5")).await;
    // The sentence that was heard and the one that is, and the two that Tab finds.
    let most = number(&browser, "Math.max(...touched)").await;
    assert!(
        most <= 4.0,
        "{most} elements of the text were touched at a time"
    );
    let about = number(&browser, "about").await;
    assert!(
        about <= 16.0,
        "{about} elements of the bar were touched at a time"
    );
}
