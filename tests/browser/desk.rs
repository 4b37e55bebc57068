//! The author's desk: from an empty editor to a published episode, the page beside the text, and
//! coming back to where one left off.
use std::sync::atomic::{AtomicUsize, Ordering};

use data_encoding::BASE64;

use crate::support::files::{mp3, mp3_path};
use crate::workplace::Workplace;

/// What an author does until an empty editor is a published episode, at most.
const MOST_ACTIONS: usize = 6;

/// The editor of a new post, in a window of this width.
async fn desk(width: u32) -> Workplace {
    let desk = Workplace::new().await;
    desk.browser.look(width, 900, false).await;
    desk.browser.open(&desk.editor).await;
    let whole = "document.readyState === 'complete'";
    desk.browser.wait(whole).await;
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_episode_is_published_in_a_few_actions() {
    let Workplace {
        server, browser, ..
    } = &desk(1280).await;
    let actions = AtomicUsize::new(0);
    let act = || actions.fetch_add(1, Ordering::SeqCst);

    act();
    browser.type_in("#f-title", "첫눈").await;
    act();
    browser
        .paste("#f-script", "어제 첫눈이 왔습니다.\n\n둘째 문단입니다.")
        .await;
    act();
    let sound = BASE64.encode(&mp3());
    browser
        .run(&format!(
            "const bytes = Uint8Array.from(atob('{sound}'), (c) => c.charCodeAt(0)); \
             const given = new DataTransfer(); \
             given.items.add(new File([bytes], '녹음.mp3', {{ type: 'audio/mpeg' }})); \
             const drop = document.querySelector('#recording [data-part=drop]'); \
             for (const kind of ['dragenter', 'dragover', 'drop']) drop.dispatchEvent(new DragEvent(kind, {{ dataTransfer: given, bubbles: true, cancelable: true }}));"
        ))
        .await;
    // Whatever is on its way by then: the button waits for it.
    act();
    browser.click("#post-form button[value=publish]").await;
    browser
        .wait("document.querySelector('.badge-published') !== null")
        .await;
    assert!(actions.load(Ordering::SeqCst) <= MOST_ACTIONS);
    let page = browser
        .text_of("document.querySelector('.crumbs a[href^=\"/@\"]').pathname")
        .await;
    browser.open(&format!("{}{page}", server.base)).await;
    let script = browser.words("#text").await;
    assert!(script.contains("어제 첫눈이 왔습니다."), "{script}");
    let sound = browser.attr("#audio", "src").await;
    assert!(sound.starts_with("/audio/"), "{sound}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_draft_begins_with_its_title_and_tells_of_what_comes() {
    let Workplace { browser, .. } = &desk(1280).await;
    browser
        .wait("document.activeElement?.id === 'f-title'")
        .await;
    browser.paste("#f-script", "어제 첫눈이 왔습니다.").await;
    browser.wait_for_text("#save-state", "저장됨").await;
    browser.wait_for_text("#transcript", "녹음을 올리면").await;
    browser.choose("#f-recording", &mp3_path()).await;
    browser
        .wait("document.querySelector('#transcript #timing-work') !== null")
        .await;
    browser.click("#chapters > summary").await;
    browser.click("#chapters [data-row-more]").await;
    browser
        .wait("document.querySelectorAll('#chapters li').length === 3")
        .await;
    let live = "document.querySelector('#recording [data-part=live]').textContent";
    assert!(!browser.text_of(live).await.contains("확인하는 중"));
}

/// An expression about the page in the frame that is seen.
fn in_frame(expression: &str) -> String {
    format!(
        "((page) => {expression})(document.querySelector('.pane iframe:last-of-type')?.contentDocument)"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_stands_beside_the_text_and_follows_it() {
    let desk = desk(1400).await;
    let browser = &desk.browser;
    browser
        .wait(&in_frame("page?.getElementById('content') != null"))
        .await;
    let script: Vec<String> = (1..=80)
        .map(|n| format!("{n}번째 문단입니다. 이 문단에는 문장이 둘 있습니다."))
        .collect();
    browser.paste("#f-script", &script.join("\n\n")).await;
    browser
        .wait(&in_frame(
            "page?.getElementById('text')?.textContent.includes('80번째 문단')",
        ))
        .await;
    // The cursor stands at the end, and so does the page.
    let is_seen = |n: usize| {
        in_frame(&format!(
            "[...(page?.querySelectorAll('#text p') ?? [])].some((p) => p.textContent.startsWith('{n}번째') && p.getBoundingClientRect().top > 0 && p.getBoundingClientRect().bottom < page.defaultView.innerHeight)"
        ))
    };
    browser.wait(&is_seen(80)).await;
    browser
        .run("const area = document.getElementById('f-script'); const at = area.value.indexOf('40번째'); area.focus(); area.setSelectionRange(at, at);")
        .await;
    browser.wait(&is_seen(40)).await;

    // A further word: the page is made anew and stands where it stood.
    browser.run("window.gone = document.querySelector('.pane iframe'); document.execCommand('insertText', false, '새로 쓴 말. ')").await;
    browser.wait("!window.gone.isConnected").await;
    browser
        .wait(&in_frame("page?.body.textContent.includes('새로 쓴 말.')"))
        .await;
    browser.wait(&is_seen(39)).await;
    let seen = browser
        .text_of("String(document.querySelectorAll('.pane iframe').length)")
        .await;
    assert_eq!(seen, "1");

    // Closed is remembered.
    browser.click("[data-pane-close]").await;
    browser.wait("document.getElementById('pane').hidden").await;
    browser.reload().await;
    browser
        .wait("document.querySelector('[data-pane]')?.checkVisibility()")
        .await;
    assert_eq!(browser.attr("[data-pane]", "aria-pressed").await, "false");
    let complaints = browser.complaints().await;
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_finds_the_cursor_where_it_was() {
    let desk = desk(1000).await;
    let browser = &desk.browser;
    let script = vec!["한 문단입니다."; 120].join("\n\n");
    browser.paste("#f-script", &script).await;
    browser
        .wait("document.getElementById('save-state').textContent.includes('저장됨') && Number(document.querySelector('[name=version]').value) > 1")
        .await;
    browser
        .run("const area = document.getElementById('f-script'); area.focus({ preventScroll: true }); area.setSelectionRange(500, 520, 'backward'); scrollTo(0, 900)")
        .await;
    let place = "((area) => [document.activeElement === area, area.selectionStart, area.selectionEnd, area.selectionDirection, Math.round(scrollY)].join())(document.getElementById('f-script'))";
    let before = browser.text_of(place).await;
    assert!(before.starts_with("true,500,520,backward,"), "{before}");
    browser.open(&format!("{}/admin", desk.server.base)).await;
    browser.open(&desk.editor).await;
    browser
        .wait("document.activeElement?.id === 'f-script'")
        .await;
    browser.wait(&format!("{place} === '{before}'")).await;

    // A link to a place on the page is stronger.
    browser.open("about:blank").await;
    browser.open(&format!("{}#details", desk.editor)).await;
    browser
        .wait("document.getElementById('details').open")
        .await;
    let focused = browser.text_of("document.activeElement?.id ?? ''").await;
    assert_ne!(focused, "f-script");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_narrow_screen_the_page_lies_over_the_text_and_the_check_leads_to_fields() {
    let desk = desk(360).await;
    let browser = &desk.browser;
    browser.click("[data-pane]").await;
    browser
        .wait(&in_frame("page?.getElementById('content') != null"))
        .await;
    browser
        .wait("document.activeElement?.matches('[data-pane-close]')")
        .await;
    browser.click("[data-pane-close]").await;
    browser
        .wait("document.activeElement?.matches('[data-pane]')")
        .await;

    browser
        .wait("document.querySelector('.check-menu') !== null")
        .await;
    browser.click(".check-menu > summary").await;
    browser.click(".check-menu a[href$='#f-title']").await;
    browser
        .wait("document.activeElement?.id === 'f-title'")
        .await;
    browser.type_in("#f-title", "첫눈").await;
    browser
        .wait("![...document.querySelectorAll('.check-menu a')].some((a) => a.hash === '#f-title')")
        .await;
    let complaints = browser.complaints().await;
    assert!(complaints.is_empty(), "{complaints:?}");
}
