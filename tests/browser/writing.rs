//! Nothing written is lost: autosave, two tabs, a server that dies.
use crate::driver::Browser;
use crate::line::{Fault, Line};
use crate::support::server::{Server, quiet_port};
use crate::workplace::Workplace;

pub async fn version(browser: &Browser) -> i64 {
    let version = browser.text_of("document.querySelector('#post-form [name=version]').value");
    version.await.parse().expect("a number")
}

/// Waits until the server has acknowledged what is in the form.
pub async fn saved_after(browser: &Browser, version: i64) {
    browser
        .wait(&format!(
            "Number(document.querySelector('#post-form [name=version]').value) > {version} \
             && document.getElementById('save-state').textContent.includes('저장됨')"
        ))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_do_not_overwrite_each_other() {
    let place = Workplace::writing().await;
    let (browser, editor) = (&place.browser, &place.editor);
    let first = version(browser).await;
    browser
        .type_in("#f-script", "첫 번째 창에서 쓴 문장.")
        .await;
    saved_after(browser, first).await;
    assert_eq!(place.stored().await, "첫 번째 창에서 쓴 문장.");

    browser.new_tab().await;
    browser.open(editor).await;
    let second = version(browser).await;
    browser
        .type_in("#f-script", " 두 번째 창에서 이은 문장.")
        .await;
    saved_after(browser, second).await;

    browser.tab(0).await;
    browser.type_in("#f-note", "첫 번째 창의 메모.").await;
    browser
        .wait_for_text("#save-state.save-bad", "다른 곳에서 먼저 저장했습니다")
        .await;
    let note = browser.text_of("document.getElementById('f-note').value");
    assert_eq!(note.await, "첫 번째 창의 메모.");
    let script = place.stored().await;
    assert!(script.contains("두 번째 창에서"), "{script}");

    // The other tab writes on: what this one has stays.
    browser.tab(1).await;
    let third = version(browser).await;
    browser.type_in("#f-script", " 더 쓴 문장.").await;
    saved_after(browser, third).await;

    // Also a reload gives both: what is stored, and what this tab had, beside each other.
    browser.tab(0).await;
    browser.reload().await;
    browser
        .wait("document.querySelector('#kept button')?.checkVisibility()")
        .await;
    let script = browser.text_of("document.getElementById('f-script').value");
    assert!(script.await.contains("더 쓴 문장"));
    browser.click("#kept button").await;
    browser
        .wait_for_text("section.conflict", "첫 번째 창의 메모.")
        .await;
    browser.wait_for_text("section.conflict", "더 쓴").await;
    let note = browser.text_of("document.getElementById('f-note').value");
    assert_eq!(note.await, "첫 번째 창의 메모.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn text_typed_while_the_server_is_dead_comes_back() {
    let listen = format!("127.0.0.1:{}", quiet_port());
    let flags = ["--listen", &listen];
    let mut place = Workplace::with(&flags).await;
    let browser = &place.browser;

    browser.open(&place.editor).await;
    let first = version(browser).await;
    browser.type_in("#f-script", "살아 있을 때 쓴 문장.").await;
    saved_after(browser, first).await;
    place.server.kill();
    browser.type_in("#f-script", " 죽은 뒤에 쓴 문장.").await;
    browser.type_in("#f-note", "메모도 함께.").await;
    browser
        .wait_for_text("#save-state.save-bad", "연결이 끊겨")
        .await;

    // Away from the page, and back when the server lives again.
    browser.open("about:blank").await;
    place.server = Server::start_with(place.folder.path(), &flags);
    browser.open(&place.editor).await;
    browser
        .wait("document.querySelector('#kept button')?.checkVisibility()")
        .await;
    let script = browser.text_of("document.getElementById('f-script').value");
    assert_eq!(script.await, "살아 있을 때 쓴 문장.");
    let before = version(browser).await;
    browser.click("#kept button").await;
    let script = browser.text_of("document.getElementById('f-script').value");
    assert_eq!(script.await, "살아 있을 때 쓴 문장. 죽은 뒤에 쓴 문장.");
    saved_after(browser, before).await;
    place.author.client.moved_to(&place.server.base);
    assert_eq!(place.stored_in("#f-note").await, "메모도 함께.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_nobody_elses_text() {
    let port = quiet_port();
    let line = Line::to(port).await;
    let listen = format!("127.0.0.1:{port}");
    let place = Workplace::with(&["--listen", &listen, "--public-url", &line.base]).await;
    let browser = &place.browser;
    browser.open(&place.editor).await;
    let first = version(browser).await;
    // Three seconds of patience for what has thirty.
    browser
        .run("const own = AbortSignal.timeout; AbortSignal.timeout = (ms) => own.call(AbortSignal, ms / 10);")
        .await;
    line.suffer(Fault::LoseAnswer("/autosave "));
    browser.type_in("#f-script", "저장된 문장.").await;
    browser.wait_for_text("#save-state", "저장 중").await;
    browser.type_in("#f-script", " 뒤에 쓴 문장.").await;
    browser
        .wait_for_text("#save-state.save-bad", "연결이 끊겨")
        .await;
    assert_eq!(place.stored().await, "저장된 문장.");
    assert_eq!(version(browser).await, first, "the page does not know it");
    saved_after(browser, first).await;
    browser
        .wait("document.querySelector('#post-form [name=version]').value > 2")
        .await;
    assert_eq!(place.stored().await, "저장된 문장. 뒤에 쓴 문장.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reloads_at_once_has_his_text() {
    let place = Workplace::writing().await;
    let browser = &place.browser;
    let mut script = String::new();
    for n in 0..4 {
        browser.type_in("#f-script", &format!(" 낱말{n}")).await;
        script += &format!(" 낱말{n}");
        match n % 2 {
            0 => browser.reload().await,
            _ => browser.open(&place.editor).await,
        }
        // Whether the server had it by then or the browser gives it back: nobody is asked.
        let value = "document.getElementById('f-script').value.trim()";
        browser
            .wait(&format!("{value} === '{}'", script.trim()))
            .await;
        let asked = browser.run("return !document.getElementById('kept').hidden");
        assert_eq!(asked.await, false);
    }
    browser.type_in("#f-script", " 끝").await;
    let said = "document.getElementById('save-state')";
    browser
        .wait(&format!(
            "{said}.textContent.includes('저장됨') && !{said}.matches('.save-bad')"
        ))
        .await;
    browser.click(".actions button[value=save]").await;
    browser
        .wait(&format!("{said}.textContent.includes('저장됨')"))
        .await;
    assert_eq!(place.stored().await, format!("{script} 끝").trim());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_taken_out_is_given_back() {
    let place = Workplace::writing().await;
    let browser = &place.browser;
    let first = version(browser).await;
    // A script of some length that a word processor gives, put in at once and taken back at once.
    let long = "긴 <글>의 \"문장\" & 끝.\r\n\r\n".repeat(400);
    paste_html(browser, "", &long).await;
    let value = browser.text_of("document.getElementById('f-script').value");
    assert_eq!(
        value.await,
        long.replace("\r\n", "\n").trim_end_matches('\n').to_owned() + "\n\n"
    );
    browser.run("document.execCommand('undo')").await;
    let value = browser.text_of("document.getElementById('f-script').value");
    assert_eq!(value.await, "");

    // A fault keeps the text from being stored: it says where it is, once.
    let season = "document.getElementById('f-season')";
    browser
        .run(&format!(
            "{season}.value = 'x'; {season}.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        ))
        .await;
    browser
        .wait_for_text("#save-state.save-bad", "시즌: ")
        .await;
    browser
        .wait(&format!(
            "{season}.matches('[aria-invalid=true]') && {season}.checkVisibility()"
        ))
        .await;
    browser
        .run(&format!(
            "{season}.value = ''; {season}.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        ))
        .await;

    let title = "[name=ref_title]";
    browser.type_in(title, "통계청 자료").await;
    saved_after(browser, first).await;
    browser.click("[data-ref=remove]").await;
    let value = format!("document.querySelector('{title}').value");
    assert_eq!(browser.text_of(&value).await, "");
    browser.click("[data-part=removed] button").await;
    assert_eq!(browser.text_of(&value).await, "통계청 자료");
}

/// Gives a field what other programs leave in the clipboard.
async fn paste_html(browser: &Browser, html: &str, plain: &str) {
    let html = serde_json::json!(html);
    let plain = serde_json::json!(plain);
    let script = format!(
        "const area = document.getElementById('f-script'); area.focus(); \
         const given = new DataTransfer(); \
         given.setData('text/html', {html}); given.setData('text/plain', {plain}); \
         area.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: given, bubbles: true, cancelable: true }}));"
    );
    browser.run(&script).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_pasted_from_elsewhere_becomes_a_script_and_is_saved() {
    let place = Workplace::writing().await;
    let browser = &place.browser;
    let first = version(browser).await;
    let word = "<html><body><!--StartFragment--><h2>첫눈<o:p></o:p></h2>\
        <p class=MsoNormal>어제 <b>첫눈</b>이 왔습니다. <a href=\"https://example.org/snow\">기상 자료</a>를 보세요.</p>\
        <p class=MsoNormal>2024. 3. 5. <s><span style='color:red'><del cite='mailto:a'>지운 말</del></span></s>쓴 글</p>\
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>하나 * 둘</p>\
        <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>셋</p>\
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>넷</p>\
        <p class=MsoNormal>[서울=뉴스] 가[나](다)</p><blockquote>옮긴 말</blockquote><p class=MsoNormal>1. 쟁점</p><h3><b><a href=\"https://example.org/h\">기사</a> 제목</b></h3>\
        <img src=x onerror=\"document.title='hacked'\"><!--EndFragment--></body></html>";
    paste_html(browser, word, "첫눈\n어제 첫눈이 왔습니다.").await;
    let script = "## 첫눈\n\n어제 **첫눈**이 왔습니다. [기상 자료](https://example.org/snow)를 보세요.\n\n\
        2024. 3. 5. 쓴 글\n\n- 하나 \\* 둘\n  - 셋\n- 넷\n\n\
        [서울=뉴스] 가[나\\](다)\n\n> 옮긴 말\n\n1. 쟁점\n\n### [기사](https://example.org/h) 제목";
    let value = browser.text_of("document.getElementById('f-script').value");
    assert_eq!(value.await, script);
    saved_after(browser, first).await;
    assert_eq!(place.stored().await, script);

    // A button works on what is selected, and once more takes it back.
    let select = "const area = document.getElementById('f-script'); area.focus(); \
                  const at = area.value.indexOf('어제'); area.setSelectionRange(at, at + 2);";
    browser.run(select).await;
    browser.click(".signs [data-sign=quote]").await;
    let quoted = browser.text_of("document.getElementById('f-script').value");
    assert!(quoted.await.contains("\n> 어제 **첫눈**이"));
    browser.run("document.execCommand('undo')").await;
    let value = browser.text_of("document.getElementById('f-script').value");
    assert_eq!(value.await, script);

    // A link takes the words without the blank behind them; pressed again it is words again.
    let select = "const area = document.getElementById('f-script'); area.focus(); \
                  const at = area.value.indexOf('쓴 글'); area.setSelectionRange(at, at + 2);";
    browser.run(select).await;
    browser.click(".signs [data-sign=link]").await;
    let linked = browser.text_of("document.getElementById('f-script').value");
    assert!(linked.await.contains("3. 5. [쓴]() 글"));
    browser.click(".signs [data-sign=link]").await;
    let value = browser.text_of("document.getElementById('f-script').value");
    assert_eq!(value.await, script);
    let complaints = browser.complaints().await;
    assert!(complaints.is_empty(), "{complaints:?}");
}
