//! The job: from the empty folder to an episode in the feed.
use serde_json::json;

use crate::driver::{Browser, Scripts};
use crate::support::client::Client;
use crate::support::files::{mp3, mp3_path};
use crate::support::server::Server;

/// What is typed, by selector.
pub const SET_UP: [(&str, &str); 5] = [
    ("#f-name", "이서윤"),
    ("#f-email", "author@example.org"),
    ("#f-password", "four plain words here"),
    ("#f-title", "아침 논평"),
    ("#f-description", "하루 한 편, 글로 쓰고 소리로 읽습니다."),
];
pub const TITLE: &str = "도서관이 문을 닫는 시간";
pub const NOTE: &str = "지난주에 보내 주신 편지에 답하는 글입니다.";
pub const SCRIPT: &[&str] = &[
    "안녕하세요. 오늘은 동네 도서관 이야기를 하겠습니다.",
    "저녁 여섯 시, 열람실의 불이 꺼집니다. 하루 일을 마친 사람은 그때서야 집을 나섭니다.",
    "문을 두 시간 더 여는 데 드는 돈은 가로등 몇 개를 켜 두는 값과 비슷합니다.",
    "그 두 시간에 누가 앉아 있을지를 먼저 생각해 보면 좋겠습니다.",
];
pub const REFERENCES: [(&str, &str); 3] = [
    ("도서관 개방 시간 조사", "https://example.org/library-hours"),
    ("저녁 열람실 이용 현황", "https://example.org/evening"),
    (
        "가로등 한 개의 전기 요금",
        "https://example.org/street-lamp",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_empty_folder_to_an_episode_in_the_feed() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let browser = Browser::start(Scripts::On).await;

    set_up(&browser, &server).await;
    assert_eq!(browser.address().await.path(), "/admin");
    browser.click("button.primary").await;
    browser.wait("document.getElementById('post-form')").await;
    let post = browser.text_of("document.getElementById('recording').dataset.post");
    let post = post.await;

    browser.paste("#f-title", TITLE).await;
    browser.paste("#f-note", NOTE).await;
    browser.paste("#f-script", &SCRIPT.join("\n\n")).await;
    paste_references(&browser).await;
    upload(&browser).await;

    browser.click_still("button.primary[value=publish]").await;
    browser
        .wait("document.querySelector('.badge-published')")
        .await;
    browser.click(".crumbs a[href^='/@']").await;
    browser
        .wait("document.querySelector('article .player')")
        .await;
    the_page_is_complete(&browser).await;
    it_plays(&browser).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());

    the_feed_delivers(&browser, &server, &post).await;
}

/// The first minute: the printed address, one form.
async fn set_up(browser: &Browser, server: &Server) {
    let path = server.setup.as_deref().expect("not set up yet");
    browser.open(&format!("{}{path}", server.base)).await;
    assert_eq!(browser.attr("html", "lang").await, "ko");
    for (field, text) in SET_UP {
        browser.type_in(field, text).await;
    }
    // Proposed from the title while it was typed, in Latin letters.
    let proposed = browser.text_of("document.getElementById('f-address').value");
    assert_eq!(proposed.await, "achim-nonpyeong");
    browser.click("main button.primary").await;
    browser.wait("location.pathname === '/admin'").await;
}

/// Three lines with their links, in one go, as they come from a notebook.
async fn paste_references(browser: &Browser) {
    let lines: Vec<String> = REFERENCES
        .iter()
        .map(|(title, url)| format!("{title} {url}"))
        .collect();
    let text = json!(lines.join("\n"));
    browser
        .run(&format!(
            "const data = new DataTransfer(); data.setData('text/plain', {text});\
             document.querySelector('[name=ref_title]').dispatchEvent(new ClipboardEvent('paste',\
             {{ clipboardData: data, bubbles: true, cancelable: true }}));"
        ))
        .await;
    let titles = browser.run("return [...document.querySelectorAll('[name=ref_title]')].map((i) => i.value).filter(Boolean)");
    let want: Vec<&str> = REFERENCES.iter().map(|(title, _)| *title).collect();
    assert_eq!(titles.await, json!(want));
}

async fn upload(browser: &Browser) {
    // Slow enough for the progress to be seen.
    browser.slow_uploads(30_000).await;
    browser.choose("#f-recording", &mp3_path()).await;
    browser
        .wait("document.querySelector('#recording progress').checkVisibility()")
        .await;
    browser.slow_uploads(100_000_000).await;
    browser
        .wait("document.querySelector('#recording [data-part=attached]').checkVisibility()")
        .await;
    let name = browser.words("#recording [data-part=attached] b").await;
    assert_eq!(name, "cbr.mp3");
    assert!(browser.words("#recording [data-part=live]").await.len() > 1);
}

async fn the_page_is_complete(browser: &Browser) {
    assert_eq!(browser.attr("html", "lang").await, "ko");
    assert_eq!(browser.words("h1").await, TITLE);
    assert_eq!(browser.words(".note p").await, NOTE);
    let shown = browser
        .run("return [...document.querySelectorAll('.script p')].map((p) => p.textContent.trim())");
    assert_eq!(shown.await, json!(SCRIPT));
    let links = browser.run("return [...document.querySelectorAll('.reference-title a')].map((a) => [a.textContent, a.href])");
    assert_eq!(links.await, json!(REFERENCES));
    let feed = browser
        .run("return document.querySelector('head link[type=\"application/rss+xml\"]').href");
    let feed = feed.await;
    let feed = feed.as_str().expect("an address");
    assert!(feed.ends_with("/feed.xml"), "{feed}");
    // Links that open an app end with the feed's address too.
    let linked = browser
        .run("return document.querySelectorAll('main a[href^=http][href$=\"/feed.xml\"]').length");
    assert_eq!(linked.await, json!(1));
}

async fn it_plays(browser: &Browser) {
    browser
        .run("const a = document.querySelector('audio'); a.muted = true; window.seeks = 0; a.addEventListener('seeked', () => window.seeks++); a.play();")
        .await;
    browser
        .wait("document.querySelector('audio').currentTime > 0.2")
        .await;
    browser
        .run("const a = document.querySelector('audio'); a.pause(); a.currentTime = a.duration * 0.8;")
        .await;
    browser
        .wait("window.seeks === 1 && document.querySelector('audio').currentTime > document.querySelector('audio').duration * 0.7")
        .await;
    let error = browser.run("return document.querySelector('audio').error");
    assert_eq!(error.await, json!(null));
}

/// What a podcast app does: reads the feed, fetches the sound.
async fn the_feed_delivers(browser: &Browser, server: &Server, post: &str) {
    let feed =
        browser.text_of("document.querySelector('head link[type=\"application/rss+xml\"]').href");
    let feed = feed.await;
    let path = feed.strip_prefix(&server.base).expect("of this site");
    let app = Client::new(&server.base);
    let answer = app.get(path).await;
    let feed = feed_rs::parser::parse(&answer.body[..]).expect("a feed");
    assert_eq!(feed.title.expect("a title").content, "아침 논평");
    assert_eq!(feed.entries.len(), 1);
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_ref().expect("a title").content, TITLE);
    let content = &entry.media[0].content[0];
    let url = content.url.as_ref().expect("an enclosure").as_str();
    assert_eq!(url, format!("{}/audio/{post}.mp3", server.base));
    assert_eq!(
        content.content_type.as_ref().expect("a type").to_string(),
        "audio/mpeg"
    );
    let sound = app.get(url.strip_prefix(&server.base).expect("of this site"));
    let sound = sound.await;
    assert!(sound.body == mp3(), "other bytes than were uploaded");
    assert_eq!(content.size, Some(sound.body.len() as u64));
}
