//! Everything works without JavaScript.
use crate::driver::{Browser, Scripts};
use crate::job::{NOTE, REFERENCES, SCRIPT, SET_UP, TITLE};
use crate::support::client::Client;
use crate::support::files::{mp3, mp3_path};
use crate::support::server::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_job_is_done_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let browser = Browser::start(Scripts::Off).await;
    let path = server.setup.as_deref().expect("not set up yet");
    browser.open(&format!("{}{path}", server.base)).await;
    for (field, text) in SET_UP {
        browser.type_in(field, text).await;
    }
    assert_eq!(
        browser.attr("#f-address", "value").await,
        "",
        "a script ran"
    );
    browser.click("main button.primary").await;
    browser.wait("location.pathname === '/admin'").await;

    browser.click("button.primary").await;
    browser.wait("document.getElementById('post-form')").await;
    browser.type_in("#f-title", TITLE).await;
    browser.type_in("#f-note", NOTE).await;
    browser.type_in("#f-script", &SCRIPT.join("\n\n")).await;
    browser.type_in("#ref-title-0", REFERENCES[0].0).await;
    browser.type_in("#ref-url-0", REFERENCES[0].1).await;
    // A link to look at it takes nothing away of what was not saved, and neither does a file.
    browser.click("#preview-links summary").await;
    browser
        .click("#preview-links button[value=preview_link]")
        .await;
    browser
        .wait("document.querySelector('#new-preview-url')")
        .await;
    browser.type_in("#ref-remark-0", "나중에 쓴 말").await;
    browser.choose("#f-recording", &mp3_path()).await;
    browser.click("#recording button[data-part=send]").await;
    browser
        .wait("document.querySelector('#recording [data-part=attached] b')?.textContent === 'cbr.mp3'")
        .await;
    let kept = browser.text_of("document.getElementById('f-note').value");
    assert_eq!(kept.await, NOTE);
    assert_eq!(browser.attr("#ref-title-0", "value").await, REFERENCES[0].0);
    assert_eq!(browser.attr("#ref-remark-0", "value").await, "나중에 쓴 말");

    browser.click(".actions button[value=publish]").await;
    browser
        .wait("document.querySelector('.badge-published')")
        .await;
    browser.click(".crumbs a[href^='/@']").await;
    browser
        .wait("document.querySelector('article .player')")
        .await;
    assert_eq!(browser.words("h1").await, TITLE);
    assert_eq!(browser.words(".note p").await, NOTE);
    for paragraph in SCRIPT {
        assert!(browser.words(".script").await.contains(paragraph));
    }
    let sound = browser.attr(".player audio", "src").await;
    let sound = sound
        .strip_prefix(&server.base)
        .unwrap_or(&sound)
        .to_owned();
    let sound = Client::new(&server.base).get(&sound).await;
    assert!(sound.body == mp3(), "other bytes than were uploaded");
    // A button that only a script could answer is not shown.
    let buttons = browser.run("return [...document.querySelectorAll('main button')].filter((b) => b.checkVisibility()).length");
    assert_eq!(buttons.await, 0);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
