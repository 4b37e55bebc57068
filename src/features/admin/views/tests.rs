//! The author's pages, rendered and looked at by selector.
use askama::Template;
use scraper::{Html, Selector};

use super::StateBadge;
use super::details::{DetailsChoices, DetailsValues};
use super::editor::{
    AlternateView, AttachedView, EditorPage, PostValues, PreviewLink, RecordingView, ReferenceRow,
    RevisionLine, ScheduleView, episode_types, explicit,
};
use super::posts::{DashboardPage, DashboardShow, DiskLine, Filter, PostLine};
use super::show_details::DetailsFields;
use super::shows::{NewShowPage, ShowPage};
use super::sound::SoundView;
use super::transcript::{ChaptersView, ImportedView, TranscriptView, WorkView};
use super::work::{WorkLine, WorkStand};
use crate::features::accounts::choices::{Choice, yes_no};
use crate::features::accounts::views::tests::{assert_sound, both, frame, show_fields};
use crate::features::accounts::{FormError, FormErrors, NavShow};
use crate::features::pings::PingView;
use crate::features::transcripts::ChapterRow;
use crate::web::form::FormData;
use crate::web::ui::Ui;

const HOSTILE: &str = "</textarea></script><img src=x>\"'";

fn has(page: &Html, css: &str) -> bool {
    let selector = Selector::parse(css).expect("a good selector");
    page.select(&selector).next().is_some()
}

fn editor(ui: Ui, state: StateBadge) -> EditorPage<'static> {
    EditorPage {
        done: None,
        hands: HOSTILE.to_owned(),
        conflict: None,
        ui,
        frame: frame(true),
        errors: FormErrors::none(),
        id: "abcdefghijkl".to_owned(),
        action: "/admin/posts/abcdefghijkl".to_owned(),
        state,
        may_publish: true,
        changed: false,
        version: 7,
        saved_at: "12:03".to_owned(),
        public_href: state.is_public().then(|| "/@today/a".to_owned()),
        preview_href: "/admin/posts/abcdefghijkl/preview/".to_owned(),
        values: PostValues {
            title: HOSTILE.to_owned(),
            slug_proposed: "오늘".to_owned(),
            note: "메모".to_owned(),
            script: format!("\n첫 줄이 비어 있어요\n{HOSTILE}"),
            lang: "ko".to_owned(),
            references: vec![ReferenceRow {
                title: "기사".to_owned(),
                url: "https://example.org/?a=1&b=2".to_owned(),
                date: "2026-11-24".to_owned(),
                ..ReferenceRow::default()
            }],
            ..PostValues::default()
        },
        languages: vec![Choice::new("ko", "한국어", "ko")],
        episode_types: episode_types(&ui, "full"),
        explicit: explicit(&ui, "show"),
        choices: DetailsChoices::new(&ui, &DetailsValues::default()),
        changed_list: None,
        frozen: state == StateBadge::Removed,
        recording: RecordingView {
            audio_href: "/admin/posts/abcdefghijkl/preview/audio.mp3".to_owned(),
            max_bytes: 2_147_483_648,
            max_text: "2 GiB".to_owned(),
            ..RecordingView::default()
        },
        sound: SoundView {
            facts: vec![HOSTILE.to_owned()],
            outline: Some("M0 29H300V31H0Z".to_owned()),
            can_ask: true,
            ..SoundView::default()
        },
        alternate: AlternateView::default(),
        transcript: TranscriptView::default(),
        cover_url: None,
        schedule: ScheduleView {
            value: "2026-11-25T09:00".to_owned(),
            printed: "2026-11-25T09:00".to_owned(),
            zone: "Asia/Seoul".to_owned(),
            offset: "+09:00".to_owned(),
            due: (state == StateBadge::Scheduled).then(|| "내일".to_owned()),
        },
        preview_links: vec![PreviewLink {
            id: "abcdefghijkl".to_owned(),
            created: "11월 24일".to_owned(),
            expires: "12월 1일".to_owned(),
        }],
        new_preview_url: None,
        history_href: "/admin/posts/a/history".to_owned(),
        revisions: vec![RevisionLine {
            number: 2,
            kind: "공개".to_owned(),
            date: "11월 24일".to_owned(),
            public: true,
        }],
    }
}

fn sound(page: EditorPage<'_>) -> Html {
    let ui = page.ui;
    assert_sound(&page.render().expect("renders"), ui)
}

#[test]
fn the_editor_holds_what_was_typed() {
    both(|ui| {
        let page = sound(editor(ui, StateBadge::Draft));
        for css in [
            "form#post-form[action='/admin/posts/abcdefghijkl'] input[name=version][value='7']",
            "input[name=ref_url][value='https://example.org/?a=1&b=2']",
            "input[name=slug][placeholder=오늘]",
            "input[name=scheduled_at][value='2026-11-25T09:00']",
            "select[name=episode_type] option[value=full][selected]",
            "input[name=explicit][value=show][checked]",
            "#post-form input[type=file][name=recording]",
            "#post-form button[value=upload_recording][formenctype='multipart/form-data']",
            "#post-form button[value=upload_cover][formenctype='multipart/form-data']",
            "#post-form button[value=publish][formenctype='multipart/form-data']",
            "button[form=post-form][value='revoke_link:abcdefghijkl']",
            "button[form=post-form][value='restore_version:2']",
            "#recording[data-max-upload='2147483648']",
        ] {
            assert!(has(&page, css), "{css}");
        }
        let rows = Selector::parse("input[name=ref_title]").expect("good");
        assert_eq!(page.select(&rows).count(), 4, "one and three empty ones");
        let script = Selector::parse("textarea[name=script]").expect("good");
        let text: String = page.select(&script).flat_map(|e| e.text()).collect();
        // A parser drops one line break after the tag: ours, not the author's.
        assert_eq!(text, format!("\n첫 줄이 비어 있어요\n{HOSTILE}"));
        let form = Selector::parse("form form").expect("good");
        assert_eq!(page.select(&form).count(), 0);
    });
}

fn panel() -> TranscriptView {
    let row = |start: &str, title: &str| ChapterRow {
        start: start.to_owned(),
        title: title.to_owned(),
        link: "https://example.org/?a=1&b=2".to_owned(),
        picture: String::new(),
    };
    TranscriptView {
        can_transcribe: false,
        has_recording: true,
        has_script: true,
        work: Some(WorkView {
            text: HOSTILE.to_owned(),
            percent: 40,
            is_open: true,
            ..WorkView::default()
        }),
        verdict: Some(HOSTILE.to_owned()),
        facts: vec!["10".to_owned()],
        is_timed: true,
        files: vec![("VTT".to_owned(), "/a/transcript.vtt".to_owned())],
        imported: Some(ImportedView {
            text: HOSTILE.to_owned(),
            warnings: vec![HOSTILE.to_owned()],
        }),
        typed: HOSTILE.to_owned(),
        max_text: "5 MiB".to_owned(),
        chapters: ChaptersView {
            rows: vec![row("0:00", HOSTILE), row("1:02.5", "둘")],
            source: "own".to_owned(),
            printed: String::new(),
            version: 3,
            can_headings: true,
            can_file: true,
            is_open: true,
        },
    }
}

#[test]
fn the_panel_of_script_and_sound_fits_the_work() {
    both(|ui| {
        let mut page = editor(ui, StateBadge::Draft);
        page.transcript = panel();
        let shown = sound(page);
        for css in [
            "#transcript progress[value='40'][max='100']",
            "#timing-work button[value=cancel_work]",
            "#timing-files a[download][href='/a/transcript.vtt']",
            "button[value=upload_transcript][formenctype='multipart/form-data']",
            "#chapters[open] #chapters-form input[name=timeline][value='3']",
            "input[name=chapter_start][value='1:02.5']",
            "#chapters-form button[value=chapters_headings]",
            "#chapters-form button[value=chapters_file]",
            "#imported li",
        ] {
            assert!(has(&shown, css), "{css}");
        }
        assert!(!has(&shown, "#timing-work button[value=align]"));
        let mut page = editor(ui, StateBadge::Draft);
        page.transcript = panel();
        page.transcript.work = Some(WorkView {
            can_go_on: true,
            failed: true,
            ..WorkView::default()
        });
        let shown = sound(page);
        for action in ["try_again", "align", "align_anew"] {
            assert!(has(&shown, &format!("#timing-work button[value={action}]")));
        }
        assert!(!has(&shown, "#transcript progress") && has(&shown, "p.fault#timing-state"));
        // Without a recording there is nothing to align, and words can still be had.
        let bare = sound(editor(ui, StateBadge::Draft));
        assert!(!has(&bare, "#timing-work") && !has(&bare, "#chapters"));
        assert!(has(&bare, "#f-transcript") && has(&bare, "#f-transcript_text"));
    });
}

#[test]
fn enter_saves_and_never_publishes() {
    both(|ui| {
        for state in [
            StateBadge::Draft,
            StateBadge::Published,
            StateBadge::Scheduled,
        ] {
            let page = sound(editor(ui, state));
            let first = Selector::parse("#post-form button[type=submit]").expect("good");
            let first = page.select(&first).next().expect("a button");
            assert_eq!(first.attr("value"), Some("save"));
        }
    });
}

#[test]
fn buttons_fit_the_state() {
    let cases: [(StateBadge, &[&str], &[&str]); 5] = [
        (
            StateBadge::Draft,
            &["save", "publish", "publish_unlisted", "schedule", "remove"],
            &["update", "unlist", "unschedule", "restore"],
        ),
        (
            StateBadge::Scheduled,
            &["save", "publish", "update", "schedule", "unschedule"],
            &["unlist", "restore"],
        ),
        (
            StateBadge::Published,
            &["save", "update", "unlist", "remove"],
            &["publish", "publish_unlisted", "schedule", "relist"],
        ),
        (
            StateBadge::Unlisted,
            &["save", "update", "relist", "remove"],
            &["publish", "unlist"],
        ),
        (
            StateBadge::Removed,
            &["restore"],
            &["restore_save", "publish", "update", "remove", "schedule"],
        ),
    ];
    both(|ui| {
        for (state, there, absent) in cases {
            let page = sound(editor(ui, state));
            for action in there {
                let css = format!("button[name=action][value={action}]");
                assert!(has(&page, &css), "{state:?} {action}");
            }
            for action in absent {
                let css = format!("button[name=action][value={action}]");
                assert!(!has(&page, &css), "{state:?} {action}");
            }
        }
    });
}

#[test]
fn an_attached_recording_is_shown() {
    both(|ui| {
        let mut page = editor(ui, StateBadge::Draft);
        page.recording.attached = Some(AttachedView {
            name: "녹음<img src=x>.wav".to_owned(),
            duration: "12:34".to_owned(),
            size: "14 MB".to_owned(),
            kind: "WAV".to_owned(),
            warning: Some("Apple".to_owned()),
            tag_title: Some(HOSTILE.to_owned()),
            has_artwork: true,
            chapters: 3,
        });
        page.errors.items.push(FormError {
            field: "slug",
            label: String::new(),
            text: "쓸 수 없는 주소예요".to_owned(),
        });
        page.new_preview_url = Some("https://example.org/preview/x".to_owned());
        page.cover_url = Some("/admin/c.jpg".to_owned());
        let page = sound(page);
        for css in [
            "[data-part=attached]:not([hidden]) audio[src]",
            "[data-part=use-title]:not([hidden])",
            "[data-part=chapters]:not([hidden])",
            "button[value=remove_recording]:not([hidden])",
            "details[open] #f-slug[aria-invalid=true]",
            "#preview-links[open] input[value='https://example.org/preview/x']",
            "button[value=remove_cover]",
        ] {
            assert!(has(&page, css), "{css}");
        }
    });
}

fn dashboard(ui: Ui, posts: Vec<PostLine>) -> DashboardPage {
    let mut frame = frame(true);
    if let Some(nav) = &mut frame.nav {
        nav.shows = ["하나", "둘"]
            .iter()
            .map(|title| NavShow {
                title: (*title).to_owned(),
                href: "/admin?show=a".to_owned(),
                current: *title == "하나",
            })
            .collect();
    }
    DashboardPage {
        ui,
        frame,
        show: Some(DashboardShow {
            title: "오늘의 대본".to_owned(),
            address: "today".to_owned(),
            list_href: "/admin?show=today".to_owned(),
            public_href: "/@today".to_owned(),
            directories_href: "/admin/shows/today/directories".to_owned(),
            feed_url: "https://example.org/@today/feed.xml".to_owned(),
            posts_feed_url: "https://example.org/@today/posts.xml".to_owned(),
        }),
        nonce: "n0nce".to_owned(),
        filters: vec![
            Filter {
                label: ui.t("admin-filter-all"),
                count: 12,
                href: "/admin".to_owned(),
                current: true,
            },
            Filter {
                label: ui.t("admin-state-draft"),
                count: 2,
                href: "/admin?state=draft".to_owned(),
                current: false,
            },
        ],
        kinds: vec![Choice::new("", ui.t("admin-kind-all"), "")],
        search: HOSTILE.to_owned(),
        state_wanted: "draft",
        posts,
        filtered: false,
        newer: None,
        older: Some("/admin?page=2".to_owned()),
        work: vec![WorkLine {
            name: ui.t("work-align"),
            stand: WorkStand::Failed,
            about: HOSTILE.to_owned(),
            about_lang: "ko".to_owned(),
            about_href: "/admin/posts/a#transcript".to_owned(),
            why: Some(HOSTILE.to_owned()),
            again: Some(("align".to_owned(), "a".to_owned())),
            ..WorkLine::default()
        }],
        work_from: "home",
        is_owner: true,
        may_publish: true,
        disk: DiskLine {
            text: ui.t1("admin-disk-low", "room", "1 GB"),
            is_low: true,
        },
    }
}

fn line(title: &str, state: StateBadge) -> PostLine {
    PostLine {
        href: Some("/admin/posts/abcdefghijkl".to_owned()),
        title: title.to_owned(),
        lang: "ko".to_owned(),
        state,
        date: "2026년 11월 24일".to_owned(),
        date_iso: "2026-11-24T00:00:00Z".to_owned(),
        length: (state == StateBadge::Published).then(|| "12:34".to_owned()),
        changed: state == StateBadge::Published,
        warnings: vec!["녹음 파일이 없어졌어요.".to_owned()],
        hands: HOSTILE.to_owned(),
        public_href: state.is_public().then(|| "/@today/a".to_owned()),
    }
}

#[test]
fn the_list_of_posts() {
    both(|ui| {
        let posts = vec![
            line("<img src=x>", StateBadge::Published),
            line("", StateBadge::Draft),
        ];
        let page = assert_sound(&dashboard(ui, posts).render().expect("renders"), ui);
        for css in [
            "form[action='/admin/posts'] input[name=nonce][value=n0nce]",
            "form[action='/admin/posts'] input[name=show][value=today]",
            ".badge-published",
            ".post .changed",
            ".post .warning",
            ".filters [aria-current=page]",
            "a[rel=next]",
            ".menu [aria-current=true]",
            "input[readonly][value$='feed.xml']",
        ] {
            assert!(has(&page, css), "{css}");
        }
    });
}

#[test]
fn an_empty_list_invites() {
    both(|ui| {
        let page = assert_sound(&dashboard(ui, Vec::new()).render().expect("renders"), ui);
        assert!(has(&page, ".empty form[action='/admin/posts']"));
        let mut none = dashboard(ui, Vec::new());
        none.show = None;
        let page = assert_sound(&none.render().expect("renders"), ui);
        assert!(has(&page, "a[href='/admin/shows/new']"));
    });
}

#[test]
fn shows() {
    both(|ui| {
        let html = NewShowPage {
            ui,
            frame: frame(true),
            errors: FormErrors::none(),
            action: "/admin/shows/new".to_owned(),
            show: show_fields(&ui),
        }
        .render();
        assert_sound(&html.expect("renders"), ui);
        let html = show_page(ui, &[], FormErrors::none()).render();
        let page = assert_sound(&html.expect("renders"), ui);
        for css in [
            "input[name=show_type][value=serial][checked]",
            "input[name=locked][value=yes][checked]",
            "img[src='/covers/a-300.jpg']",
            "input[type=file][form=cover-form]",
        ] {
            assert!(has(&page, css), "{css}");
        }
        assert!(!has(&page, "details.group[open]"), "all is well");
    });
}

fn show_page(ui: Ui, typed: &[(&str, &str)], errors: FormErrors) -> ShowPage {
    let fields = [("show_type", "serial"), ("author_name", HOSTILE)];
    let form = FormData::new(
        fields
            .iter()
            .chain(typed)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    );
    ShowPage {
        ui,
        frame: frame(true),
        details: DetailsFields::new(&ui, &form, &errors, "https://example.org/audio/a.mp3"),
        errors,
        action: "/admin/shows/today".to_owned(),
        show: show_fields(&ui),
        cover_url: "/covers/a-300.jpg".to_owned(),
        cover_action: "/admin/shows/today/cover".to_owned(),
        author_name: HOSTILE.to_owned(),
        owner_email: "a@example.org".to_owned(),
        copyright: String::new(),
        locked: yes_no(&ui, Some(true)),
        pings: vec![PingView {
            name: "WebSub",
            purpose: String::new(),
            lines: vec![HOSTILE.to_owned()],
            failing: true,
        }],
    }
}

#[test]
fn the_details_of_a_show() {
    both(|ui| {
        let typed = [
            ("cover_alt", HOSTILE),
            ("category2", "Arts > Books"),
            ("person_name", HOSTILE),
            ("person_role", "video post-production/editor"),
            ("person_img", "no link"),
            ("license", "other"),
            ("license_name", HOSTILE),
            ("txt_purpose", "verify"),
            ("txt_value", "\n</textarea><img src=x>"),
            ("blocked_service", "spotify"),
            ("block", "yes"),
            ("feed_page_size", "100"),
            ("enclosure_prefix", "https://op3.dev/e/"),
        ];
        let errors = FormErrors {
            items: ["people", "license_url"]
                .map(|field| FormError {
                    field,
                    label: String::new(),
                    text: HOSTILE.to_owned(),
                })
                .into(),
        };
        let html = show_page(ui, &typed, errors).render();
        let page = assert_sound(&html.expect("renders"), ui);
        for css in [
            "select[name=category2] option[value='Arts > Books'][selected]",
            "select#person_role-0 option[value='video post-production/editor'][selected]",
            "input#person_img-0[aria-invalid=true][value='no link']",
            "details[open] #f-people-error",
            "details[open] #f-license_name",
            "input[name=block][checked]",
            "input[name=blocked_service][value=spotify][checked]",
            "select[name=feed_page_size] option[value='100'][selected]",
        ] {
            assert!(has(&page, css), "{css}");
        }
        let rows = Selector::parse("input[name=person_name]").expect("good");
        assert_eq!(page.select(&rows).count(), 3, "one and two empty ones");
        let open = Selector::parse("details.group[open]").expect("good");
        assert_eq!(page.select(&open).count(), 2, "only those with faults");
        let example = Selector::parse(".example code").expect("good");
        let example: String = page.select(&example).flat_map(|e| e.text()).collect();
        assert_eq!(example, "https://op3.dev/e/example.org/audio/a.mp3");
        let said = Selector::parse(".said").expect("good");
        let said: Vec<String> = page.select(&said).map(|e| e.text().collect()).collect();
        assert!(said.iter().any(|s| s == HOSTILE), "{said:?}");
    });
}

#[test]
fn roles_are_named() {
    both(|ui| {
        let groups = super::roles::choices(&ui, "cast/host");
        let chosen: Vec<_> = groups
            .iter()
            .flat_map(|g| g.choices.iter().filter(|c| c.chosen))
            .collect();
        assert_eq!(chosen.len(), 1);
        let mut values: Vec<&str> = groups
            .iter()
            .flat_map(|g| g.choices.iter().map(|c| c.value.as_str()))
            .collect();
        let count = values.len();
        values.sort_unstable();
        values.dedup();
        assert_eq!(values.len(), count, "a role stands once");
        assert!(
            groups
                .iter()
                .all(|g| g.choices.iter().all(|c| !c.label.is_empty()))
        );
    });
}
