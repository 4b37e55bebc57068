//! What the cache promises: one builder, nothing old after a change, right conditional answers.
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::header;
use tokio::sync::oneshot;

use super::*;
use crate::kernel::language::UiLanguage;
use crate::kernel::time::Instant;

const CHANGED: Instant = Instant(784_111_777_000);
const CHANGED_DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

fn draft(text: impl Into<String>, policy: Policy) -> Draft {
    Draft {
        body: Bytes::from(text.into()).into(),
        prepared: Prepared::default(),
        finished: None,
        content_type: "text/html; charset=utf-8",
        last_modified: Some(CHANGED),
        policy,
        https: false,
    }
}

fn key(target: &str, slot: Slot, show: &ShowId) -> Key {
    Key {
        target: target.into(),
        slot,
        owner: Owner::Show(show.clone()),
        pinned: false,
    }
}

fn ask(rendered: &Rendered, target: &str, headers: &[(&str, &str)]) -> Option<Response> {
    ask_by(Method::GET, rendered, target, headers)
}

fn ask_by(
    method: Method,
    rendered: &Rendered,
    target: &str,
    headers: &[(&str, &str)],
) -> Option<Response> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().expect("a name");
        map.insert(name, value.parse().expect("a value"));
    }
    rendered.fast(&method, &target.parse().expect("a target"), &map)
}

async fn body(response: Response) -> Vec<u8> {
    axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a whole body")
        .to_vec()
}

async fn filled(text: String) -> (Arc<Rendered>, ShowId, Arc<Answer>) {
    let rendered = Arc::new(Rendered::new(8 << 20));
    let show = ShowId::random();
    let answer = rendered
        .get_or_build(key("/a", Slot::Any, &show), || async move {
            Ok(draft(text, Policy::Open))
        })
        .await
        .expect("built");
    (rendered, show, answer)
}

fn long_text() -> String {
    "안녕하세요, 대본입니다. ".repeat(200)
}

#[tokio::test]
async fn forms_have_tags_of_their_own_and_all_headers() {
    let (rendered, _, answer) = filled(long_text()).await;
    for encoding in Encoding::ALL {
        answer.compress(encoding);
    }
    let mut tags = HashSet::new();
    for (accept, coding) in [
        ("identity", None),
        ("gzip", Some("gzip")),
        ("br", Some("br")),
        ("zstd", Some("zstd")),
    ] {
        let response = ask(&rendered, "/a", &[("accept-encoding", accept)]).expect("kept");
        let headers = response.headers();
        let text = |name| headers.get(name).map(|v| v.to_str().expect("text"));
        assert_eq!(text(header::CONTENT_ENCODING), coding);
        assert_eq!(text(header::VARY), Some("Accept-Encoding"));
        assert_eq!(text(header::LAST_MODIFIED), Some(CHANGED_DATE));
        assert_eq!(text(header::ACCESS_CONTROL_ALLOW_ORIGIN), Some("*"));
        assert_eq!(text(header::X_CONTENT_TYPE_OPTIONS), Some("nosniff"));
        assert!(text(header::CONTENT_SECURITY_POLICY).is_some());
        let length = text(header::CONTENT_LENGTH).expect("known").to_owned();
        let tag = text(header::ETAG).expect("tagged").to_owned();
        assert!(tag.starts_with('"'), "strong: {tag}");

        let unchanged = ask(
            &rendered,
            "/a",
            &[("accept-encoding", accept), ("if-none-match", &tag)],
        )
        .expect("kept");
        assert_eq!(unchanged.status(), 304);
        assert_eq!(unchanged.headers()[header::ETAG], tag.as_str());
        assert!(unchanged.headers().contains_key("content-security-policy"));
        assert!(!unchanged.headers().contains_key(header::CONTENT_LENGTH));

        let head = ask_by(
            Method::HEAD,
            &rendered,
            "/a",
            &[("accept-encoding", accept)],
        )
        .expect("kept");
        assert_eq!(head.headers()[header::CONTENT_LENGTH], length.as_str());
        assert!(body(head).await.is_empty());

        let bytes = body(response).await;
        assert_eq!(bytes.len().to_string(), length);
        let plain = match coding {
            None => bytes,
            Some("gzip") => {
                let mut out = Vec::new();
                let mut reader = flate2::read::GzDecoder::new(&bytes[..]);
                std::io::copy(&mut reader, &mut out).expect("unpacks");
                out
            }
            Some("br") => {
                let mut out = Vec::new();
                brotli::BrotliDecompress(&mut &bytes[..], &mut out).expect("unpacks");
                out
            }
            _ => zstd::decode_all(&bytes[..]).expect("unpacks"),
        };
        assert_eq!(plain, long_text().as_bytes());
        tags.insert(tag);
    }
    assert_eq!(tags.len(), 4);
}

#[tokio::test]
async fn conditional_requests() {
    let (rendered, _, answer) = filled(long_text()).await;
    answer.compress(Encoding::Brotli);
    let tag = |accept: &str| {
        let response = ask(&rendered, "/a", &[("accept-encoding", accept)]).expect("kept");
        response.headers()[header::ETAG]
            .to_str()
            .expect("text")
            .to_owned()
    };
    let status = |headers: &[(&str, &str)]| ask(&rendered, "/a", headers).expect("kept").status();
    assert_eq!(status(&[("if-modified-since", CHANGED_DATE)]), 304);
    assert_eq!(
        status(&[("if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT")]),
        200
    );
    assert_eq!(status(&[("if-none-match", "*")]), 304);
    assert_eq!(
        status(&[
            ("if-none-match", "\"x\""),
            ("if-modified-since", CHANGED_DATE)
        ]),
        200
    );
    assert_eq!(status(&[("if-none-match", &format!("W/{}", tag("")))]), 304);
    // Held in gzip, while brotli would be sent now: the same bytes within.
    let gzip = tag("gzip");
    assert_eq!(
        status(&[("accept-encoding", "gzip, br"), ("if-none-match", &gzip)]),
        304
    );
}

#[tokio::test]
async fn long_codings_come_with_the_second_request() {
    let (rendered, _, answer) = filled(long_text()).await;
    let coding = || {
        let response = ask(&rendered, "/a", &[("accept-encoding", "br, gzip")]).expect("kept");
        response.headers()[header::CONTENT_ENCODING].clone()
    };
    assert!(answer.body().len() > 1000);
    assert_eq!(coding(), "gzip");
    let limit = std::time::Duration::from_secs(30);
    let brotli = async {
        while coding() != "br" {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(limit, brotli).await.expect("made");
}

#[tokio::test]
async fn only_get_and_head_of_known_targets() {
    let (rendered, _, _) = filled("short".to_owned()).await;
    assert!(ask_by(Method::POST, &rendered, "/a", &[]).is_none());
    assert!(ask(&rendered, "/a?x=1", &[]).is_none());
    assert!(ask(&rendered, "/b", &[]).is_none());
    let response = ask(&rendered, "/a", &[("accept-encoding", "gzip, br")]).expect("kept");
    assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
}

#[tokio::test]
async fn a_page_has_a_slot_for_every_language() {
    let rendered = Arc::new(Rendered::new(8 << 20));
    let show = ShowId::random();
    for language in UiLanguage::ALL {
        rendered
            .get_or_build(key("/p", Slot::In(language), &show), move || async move {
                Ok(draft(language.code(), Policy::Page))
            })
            .await
            .expect("built");
        if language == UiLanguage::Ko {
            assert!(ask(&rendered, "/p", &[("accept-language", "en")]).is_none());
        }
    }
    for (wish, want) in [("en-US", "en"), ("ko", "ko")] {
        let response = ask(&rendered, "/p", &[("accept-language", wish)]).expect("kept");
        assert_eq!(
            response.headers()[header::VARY],
            "Accept-Encoding, Accept-Language"
        );
        assert_eq!(body(response).await, want.as_bytes());
    }
}

#[tokio::test]
async fn one_builds_and_the_others_wait() {
    let rendered = Arc::new(Rendered::new(8 << 20));
    let show = ShowId::random();
    let built = Arc::new(AtomicUsize::new(0));
    let (open, gate) = oneshot::channel::<()>();
    let mut gate = Some(gate);
    let mut tasks = Vec::new();
    for _ in 0..50 {
        let (rendered, built, gate) = (rendered.clone(), built.clone(), gate.take());
        let key = key("/a", Slot::Any, &show);
        tasks.push(tokio::spawn(async move {
            rendered
                .get_or_build(key, move || async move {
                    built.fetch_add(1, Ordering::SeqCst);
                    if let Some(gate) = gate {
                        gate.await.expect("opened");
                    }
                    Ok(draft("x", Policy::Open))
                })
                .await
        }));
        tokio::task::yield_now().await;
    }
    open.send(()).expect("somebody waits");
    for task in tasks {
        assert_eq!(
            &task.await.expect("ran").expect("built").body().to_bytes()[..],
            b"x"
        );
    }
    assert_eq!(built.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn who_hangs_up_does_not_cut_the_builder_and_failures_are_not_kept() {
    let rendered = Arc::new(Rendered::new(8 << 20));
    let show = ShowId::random();
    let failed = rendered
        .get_or_build(key("/a", Slot::Any, &show), || async {
            Err(Error::NotFound)
        })
        .await;
    assert!(matches!(failed, Err(Error::NotFound)));
    let panicked = rendered
        .get_or_build(key("/a", Slot::Any, &show), || async { panic!("a bug") })
        .await;
    assert!(matches!(panicked, Err(Error::Internal(_))));

    let (open, gate) = oneshot::channel::<()>();
    let (began, begins) = oneshot::channel::<()>();
    let first = {
        let (rendered, key) = (rendered.clone(), key("/a", Slot::Any, &show));
        tokio::spawn(async move {
            rendered
                .get_or_build(key, || async {
                    began.send(()).expect("somebody waits");
                    gate.await.expect("opened");
                    Ok(draft("x", Policy::Open))
                })
                .await
        })
    };
    begins.await.expect("began");
    first.abort();
    let second = {
        let (rendered, key) = (rendered.clone(), key("/a", Slot::Any, &show));
        tokio::spawn(async move {
            let never = || async { Err(Error::NotFound) };
            rendered.get_or_build(key, never).await
        })
    };
    tokio::task::yield_now().await;
    open.send(()).expect("the builder still waits");
    assert!(second.await.expect("ran").is_ok());
}

#[tokio::test]
async fn what_was_built_from_older_data_is_not_kept() {
    let rendered = Arc::new(Rendered::new(8 << 20));
    let show = ShowId::random();
    let (open, gate) = oneshot::channel::<()>();
    let (began, begins) = oneshot::channel::<()>();
    let old = {
        let (rendered, key) = (rendered.clone(), key("/a", Slot::Any, &show));
        tokio::spawn(async move {
            rendered
                .get_or_build(key, || async {
                    began.send(()).expect("somebody waits");
                    gate.await.expect("opened");
                    Ok(draft("old", Policy::Open))
                })
                .await
        })
    };
    begins.await.expect("began");
    rendered.forget_show(&show, None);
    // Who asks after the change does not join the older builder.
    let new = rendered
        .get_or_build(key("/a", Slot::Any, &show), || async {
            Ok(draft("new", Policy::Open))
        })
        .await
        .expect("built");
    assert_eq!(&new.body().to_bytes()[..], b"new");
    open.send(()).expect("the older builder waits");
    assert_eq!(
        &old.await.expect("ran").expect("built").body().to_bytes()[..],
        b"old"
    );
    let kept = ask(&rendered, "/a", &[]).expect("kept");
    assert_eq!(body(kept).await, b"new");
    assert!(rendered.book().flights.is_empty());
}

#[tokio::test]
async fn a_change_drops_its_show_and_what_belongs_to_all() {
    let rendered = Arc::new(Rendered::new(8 << 20));
    let (one, two) = (ShowId::random(), ShowId::random());
    let mut home = key("/", Slot::Any, &one);
    home.owner = Owner::All;
    for key in [key("/1", Slot::Any, &one), key("/2", Slot::Any, &two), home] {
        rendered
            .get_or_build(key, || async { Ok(draft("x", Policy::Open)) })
            .await
            .expect("built");
    }
    rendered.forget_show(&one, None);
    rendered.forget_show(&one, None);
    assert!(ask(&rendered, "/1", &[]).is_none());
    assert!(ask(&rendered, "/", &[]).is_none());
    assert!(ask(&rendered, "/2", &[]).is_some());
    assert_eq!(rendered.changed().await, [one]);
    let waiting = rendered.changed();
    let change = async { rendered.forget_show(&two, None) };
    assert_eq!(tokio::join!(waiting, change).0, [two]);
}

#[tokio::test]
async fn the_oldest_go_first_and_pinned_ones_stay() {
    let rendered = Arc::new(Rendered::new(40_000));
    let show = ShowId::random();
    let mut pinned = key("/feed", Slot::Any, &show);
    pinned.pinned = true;
    let build = |key: Key, size: usize| {
        let rendered = rendered.clone();
        async move {
            let noise: String = crate::kernel::ids::random_base32::<1>().repeat(size);
            rendered
                .get_or_build(key, || async { Ok(draft(noise, Policy::Open)) })
                .await
                .expect("built")
        }
    };
    build(pinned, 100_000).await;
    assert!(rendered.was_asked_for("/feed") && !rendered.was_asked_for("/0"));
    for n in 0..9 {
        build(key(&format!("/{n}"), Slot::Any, &show), 200).await;
    }
    assert!((0..9).all(|n| ask(&rendered, &format!("/{n}"), &[]).is_some()));
    build(key("/9", Slot::Any, &show), 200).await;
    assert!(ask(&rendered, "/0", &[]).is_none());
    assert!(ask(&rendered, "/1", &[]).is_some() && ask(&rendered, "/9", &[]).is_some());
    assert!(ask(&rendered, "/feed", &[]).is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_sees_older_bytes_after_a_change() {
    let rendered = Arc::new(Rendered::new(8 << 20));
    let show = ShowId::random();
    let truth = Arc::new(AtomicUsize::new(0));
    let mut readers = Vec::new();
    for reader in 0..4 {
        let (rendered, show, truth) = (rendered.clone(), show.clone(), truth.clone());
        readers.push(tokio::spawn(async move {
            let target = format!("/{}", reader % 2);
            for _ in 0..2_000 {
                // What was acknowledged before the request began is the least it may see.
                let least = truth.load(Ordering::SeqCst) / 2;
                let data = truth.clone();
                let seen = match ask(&rendered, &target, &[]) {
                    Some(response) => body(response).await,
                    None => rendered
                        .get_or_build(key(&target, Slot::Any, &show), move || async move {
                            let read = data.load(Ordering::SeqCst).div_ceil(2);
                            tokio::task::yield_now().await;
                            Ok(draft(read.to_string(), Policy::Open))
                        })
                        .await
                        .expect("built")
                        .body()
                        .to_bytes()
                        .to_vec(),
                };
                let seen: usize = String::from_utf8(seen)
                    .expect("digits")
                    .parse()
                    .expect("a number");
                assert!(seen >= least, "{seen} after {least} was acknowledged");
            }
        }));
    }
    let writer = tokio::spawn(async move {
        for _ in 0..1_000 {
            // Odd: committed but not acknowledged; even: forgotten, then acknowledged.
            truth.fetch_add(1, Ordering::SeqCst);
            rendered.forget_show(&show, None);
            truth.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
        }
    });
    writer.await.expect("ran");
    for reader in readers {
        reader.await.expect("saw nothing old");
    }
}
