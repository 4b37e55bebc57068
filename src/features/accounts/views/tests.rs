//! The account's pages, rendered and looked at by selector.
use askama::Template;
use scraper::{Html, Selector};

use super::choices::{languages, yes_no};
use super::setup::{SetupPage, ShowFields, ShowValues};
use super::{AccountPage, FormError, FormErrors, Frame, LoginPage, Nav, Notice, SessionLine};
use crate::kernel::language::UiLanguage;
use crate::web::ui::Ui;

/// A frame as the handlers make it.
pub fn frame(nav: bool) -> Frame {
    Frame {
        title: "제목 <b>".to_owned(),
        csrf: "token\"<".to_owned(),
        styles: vec!["/assets/0/admin.css".to_owned()],
        scripts: vec!["/assets/0/admin.js".to_owned()],
        nav: nav.then(|| Nav {
            place: "posts",
            show_title: "오늘의 대본".to_owned(),
            shows: Vec::new(),
            public_href: "/@today".to_owned(),
            settings_href: "/admin/shows/today".to_owned(),
            is_owner: true,
        }),
        notice: None,
    }
}

/// What holds for every page: labels, ids, tokens, nothing inline, nothing left untranslated.
pub fn assert_sound(html: &str, ui: Ui) -> Html {
    let page = Html::parse_document(html);
    let all = |css: &str| Selector::parse(css).expect("a good selector");
    let find = |css: &str| page.select(&all(css)).next();
    assert!(find(&format!("html[lang={}]", ui.code())).is_some());
    assert!(find("h1").is_some(), "a page has a heading");
    let mut ids: Vec<&str> = page
        .select(&all("[id]"))
        .filter_map(|e| e.attr("id"))
        .collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(count, ids.len(), "an id stands once");
    for control in page.select(&all("input:not([type=hidden]), select, textarea")) {
        let by_id = control
            .attr("id")
            .is_some_and(|id| find(&format!("label[for='{id}']")).is_some());
        let wrapped = control
            .parent()
            .and_then(scraper::ElementRef::wrap)
            .is_some_and(|p| p.value().name() == "label");
        assert!(by_id || wrapped, "a label for {}", control.html());
    }
    for element in page.select(&all("[aria-describedby]")) {
        for id in element
            .attr("aria-describedby")
            .unwrap_or_default()
            .split(' ')
        {
            assert!(ids.binary_search(&id).is_ok(), "{id} is described nowhere");
        }
    }
    for element in page.select(&all("[form]")) {
        let id = element.attr("form").unwrap_or_default();
        assert!(find(&format!("form[id='{id}']")).is_some(), "form {id}");
    }
    for form in page.select(&all("form")) {
        let token = form.select(&all("input[name=csrf]")).next();
        if form.attr("role") == Some("search") {
            assert_eq!((form.attr("method"), token), (Some("get"), None));
            continue;
        }
        assert_eq!(form.attr("method"), Some("post"));
        assert_eq!(token.and_then(|t| t.attr("value")), Some("token\"<"));
    }
    assert!(find("style, [style], script:not([src])").is_none());
    assert!(find("[onclick], [onsubmit], [onchange]").is_none());
    assert!(find("b[onhostile], img[src='x']").is_none(), "escaped");
    page
}

/// Runs a check in both languages of the interface.
pub fn both(check: impl Fn(Ui)) {
    for lang in UiLanguage::ALL {
        check(Ui::new(lang));
    }
}

fn fault(field: &'static str, text: &str) -> FormErrors {
    FormErrors {
        items: vec![FormError {
            field,
            label: "이름표".to_owned(),
            text: text.to_owned(),
        }],
    }
}

/// A show's fields with text that wants to be markup.
pub fn show_fields(ui: &Ui) -> ShowFields {
    ShowFields::new(
        ui,
        ShowValues {
            title: "<img src=x>오늘의 대본".to_owned(),
            address: "today".to_owned(),
            description: "\"한 줄\"".to_owned(),
            language: "pt-BR".to_owned(),
            time_zone: "Asia/Seoul".to_owned(),
            category: "News > Politics".to_owned(),
            explicit: Some(false),
        },
        "https://example.org/@".to_owned(),
    )
}

#[test]
fn login() {
    both(|ui| {
        let html = LoginPage {
            ui,
            frame: frame(false),
            errors: fault("password", "틀렸어요 <img src=x>"),
            email: "a\"><img src=x>@example.org".to_owned(),
            next: String::new(),
        }
        .render()
        .expect("renders");
        let page = assert_sound(&html, ui);
        let css = Selector::parse(
            "#f-password[aria-invalid=true][aria-describedby=f-password-error]:not([value])",
        )
        .expect("good");
        assert!(page.select(&css).next().is_some());
        let css = Selector::parse("#error-summary a[href='#f-password']").expect("good");
        assert!(page.select(&css).next().is_some());
    });
}

#[test]
fn setup_comes_back_filled() {
    both(|ui| {
        let html = SetupPage {
            ui,
            frame: frame(false),
            errors: fault("address", "안 돼요"),
            action: "/admin/setup/abc".to_owned(),
            name: "홍길동".to_owned(),
            email: "a@example.org".to_owned(),
            show: show_fields(&ui),
        }
        .render()
        .expect("renders");
        let page = assert_sound(&html, ui);
        for css in [
            "form[enctype='multipart/form-data'][action='/admin/setup/abc']",
            "input[name=name][value=홍길동]",
            "input[name=password][minlength='12']:not([value])",
            "input[name=title][value='<img src=x>오늘의 대본']",
            "input[name=address][aria-invalid=true]",
            "select[name=language] option[value=other][selected]",
            "input[name=language_other][value='pt-BR']",
            "select[name=time_zone] option[value='Asia/Seoul'][selected]",
            "select[name=category] optgroup option[value='News > Politics'][selected]",
            "input[name=explicit][value=no][checked]",
            "input[name=cover][type=file]",
        ] {
            let selector = Selector::parse(css).expect("good");
            assert!(page.select(&selector).next().is_some(), "{css}");
        }
    });
}

#[test]
fn account() {
    both(|ui| {
        let mut frame = frame(true);
        frame.notice = Some(Notice {
            good: true,
            text: "됐어요".to_owned(),
        });
        let line = |this_one| SessionLine {
            device: "Firefox <b onhostile>".to_owned(),
            last_seen: "2026-11-24 09:00".to_owned(),
            this_one,
            end_href: "/admin/account/sessions/a/end".to_owned(),
        };
        let html = AccountPage {
            ui,
            frame,
            errors: FormErrors::none(),
            role: "편집자".to_owned(),
            role_hint: "<b onhostile>".to_owned(),
            has_second_factor: true,
            name: "홍길동".to_owned(),
            email: "a@example.org".to_owned(),
            language: Some(UiLanguage::En),
            sessions: vec![line(true), line(false)],
        }
        .render()
        .expect("renders");
        let page = assert_sound(&html, ui);
        for css in [
            "form[action='/admin/account/password'] input[name=old_password]",
            "form[action='/admin/account/email'] input[name=password]",
            "form[action='/admin/account/sessions/end-others']",
            "form[action='/admin/logout']",
            "option[value=en][selected]",
        ] {
            let selector = Selector::parse(css).expect("good");
            assert!(page.select(&selector).next().is_some(), "{css}");
        }
    });
}

#[test]
fn lists_mark_what_is_chosen() {
    let ui = Ui::new(UiLanguage::Ko);
    let (list, free) = languages(&ui, "ko");
    assert!(list.iter().any(|c| c.value == "ko" && c.chosen));
    assert_eq!(free, "");
    assert!(yes_no(&ui, None).iter().all(|c| !c.chosen));
}
