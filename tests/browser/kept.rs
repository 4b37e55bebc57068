//! What was typed where nobody could take it: without a line, without a session, without a right.
use crate::workplace::{Workplace, log_in};
use crate::writing::{saved_after, version};

const OFFER: &str = "document.querySelector('#kept button')?.checkVisibility()";
const KEPT: &str = "Object.keys(localStorage).some((key) => key.startsWith('daebon:post:'))";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_offline_outlives_what_somebody_else_saved() {
    let scene = Workplace::writing().await;
    let browser = &scene.browser;
    // What a browser sends when a page goes is beyond the driver's reach.
    browser
        .run("window.fetch = () => Promise.reject(new TypeError('no line'))")
        .await;
    browser.type_in("#f-script", "길에서 쓴 문장.").await;
    browser
        .wait_for_text("#save-state.save-bad", "연결이 끊겨")
        .await;
    browser.open("about:blank").await;
    let theirs = "사무실에서 쓴 문장.";
    let (author, post) = (&scene.author, &scene.post);
    author.must_press(post, "save", "첫눈", theirs).await;

    browser.open(&scene.editor).await;
    browser.wait(OFFER).await;
    browser.wait_for_text("#kept", "다른 곳에서 저장한").await;
    assert_eq!(scene.shown().await, theirs);
    browser.click("#kept button").await;
    browser.wait_for_text("section.conflict", "길에서").await;
    browser
        .wait_for_text("section.conflict", "사무실에서")
        .await;
    assert_eq!(scene.stored().await, theirs, "nobody has chosen yet");

    // Closed without a choice, it is offered again.
    browser.open("about:blank").await;
    browser.open(&scene.editor).await;
    browser.wait(OFFER).await;
    browser.click("#kept button").await;
    browser.wait("document.querySelector('.conflict')").await;
    browser.click(".conflict button.primary").await;
    browser
        .wait("!document.querySelector('.conflict') && document.readyState === 'complete'")
        .await;
    assert_eq!(scene.stored().await, "길에서 쓴 문장.");
    browser.wait(&format!("!{KEPT}")).await;
    assert_eq!(
        browser.run(&format!("return Boolean({OFFER})")).await,
        false
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_pressed_into_the_void_stays_on_the_page() {
    let scene = Workplace::writing().await;
    let browser = &scene.browser;
    let first = version(browser).await;
    browser.type_in("#f-title", "첫눈").await;
    browser.type_in("#f-script", "어제 왔습니다.").await;
    saved_after(browser, first).await;
    browser.go_offline(true).await;
    let publish = "#post-form button[value=publish]";
    // Nothing new is to be saved here, and something there.
    browser.click(publish).await;
    browser
        .wait_for_text("#save-state.save-bad", "보내지 못했어요")
        .await;
    browser.type_in("#f-script", " 오늘도 옵니다.").await;
    browser.click(publish).await;
    browser
        .wait_for_text("#save-state.save-bad", "저장하지 못했어요")
        .await;
    assert_eq!(scene.shown().await, "어제 왔습니다. 오늘도 옵니다.");
    browser.go_offline(false).await;
    browser.click(publish).await;
    browser
        .wait("document.querySelector('.badge-published') !== null")
        .await;
    assert_eq!(scene.stored().await, "어제 왔습니다. 오늘도 옵니다.");
    browser.wait(&format!("!{KEPT}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_logs_in_again_elsewhere_writes_on_here() {
    let scene = Workplace::writing().await;
    let browser = &scene.browser;
    let first = version(browser).await;
    browser.forget_cookies().await;
    browser.type_in("#f-title", "첫눈").await;
    browser.type_in("#f-script", "어제 왔습니다.").await;
    browser
        .wait_for_text("#save-state.save-bad", "로그인이 풀려")
        .await;
    browser.click("#post-form button[value=publish]").await;
    browser
        .wait_for_text("#save-state.save-bad", "로그인이 풀려")
        .await;
    assert_eq!(scene.stored().await, "");

    browser.new_tab().await;
    log_in(browser, &scene.server.base).await;
    browser.tab(0).await;
    // By itself where the browser tells that the tab is seen again, else at a press.
    browser
        .run("document.querySelector('#save-state button')?.click()")
        .await;
    saved_after(browser, first).await;
    assert_eq!(scene.stored().await, "어제 왔습니다.");
    browser.wait(&format!("!{KEPT}")).await;

    // Every form of the page has the new token.
    browser.click("#post-form button[value=publish]").await;
    browser
        .wait("document.querySelector('.badge-published') !== null")
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_write_any_more_keeps_his_text() {
    let scene = Workplace::writing().await;
    let browser = &scene.browser;
    // As the server answers when an editor published a contributor's draft.
    browser
        .run(
            "const own = window.fetch; window.fetch = (to, wish) => String(to).endsWith('/autosave') \
             ? Promise.resolve(new Response('{}', { status: 403 })) : own(to, wish);",
        )
        .await;
    browser.type_in("#f-script", "늦게 쓴 문장.").await;
    browser
        .wait_for_text("#save-state.save-bad", "권한이 없어져")
        .await;
    // The answer of a form would have no text in it.
    browser.click(".actions button[value=save]").await;
    browser
        .wait_for_text("#save-state.save-bad", "복사해 두세요")
        .await;
    assert_eq!(scene.shown().await, "늦게 쓴 문장.");
    assert!(browser.run(&format!("return {KEPT}")).await == true);
    browser
        .wait("document.querySelector('#save-state button').textContent === '글 복사'")
        .await;
}
