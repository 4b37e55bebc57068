//! Uploads through their handlers, on both engines.
use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use data_encoding::BASE64;
use futures_util::stream::{self, StreamExt};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use tokio::sync::mpsc;

use super::model::{EXPIRES_MS, Metadata, Place};
use super::{actions, handlers, recover, store, sweep_expired};
use crate::db::testing::NOW;
use crate::features::accounts::Author;
use crate::features::posts;
use crate::features::recordings;
use crate::features::testing::{self, Site, sites, sites_with, wav};
use crate::kernel::Error;
use crate::kernel::ids::{PostId, UploadId};

fn headers(author: &Author, more: &[(&'static str, String)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("tus-resumable", "1.0.0".parse().expect("a value"));
    headers.insert("x-csrf-token", author.csrf().parse().expect("a value"));
    for (name, value) in more {
        headers.insert(*name, value.parse().expect("a value"));
    }
    headers
}

fn metadata(post: &PostId, name: &str) -> String {
    format!(
        "filename {},post {}",
        BASE64.encode(name.as_bytes()),
        BASE64.encode(post.as_str().as_bytes())
    )
}

/// The error that a response stands for.
fn error(response: &Response) -> Arc<Error> {
    response
        .extensions()
        .get::<Arc<Error>>()
        .expect("an error")
        .clone()
}

fn key(response: &Response) -> &'static str {
    match &*error(response) {
        Error::Invalid(fields) => fields.get("file").expect("of the file").key,
        Error::BadRequest(m) | Error::Conflict(m) | Error::Forbidden(m) => m.key,
        other => panic!("{other:?}"),
    }
}

fn number(response: &Response, name: &str) -> usize {
    let value = response.headers().get(name).expect("the header");
    value.to_str().expect("text").parse().expect("a number")
}

impl Site {
    async fn try_create(&self, post: &PostId, length: u64) -> Response {
        self.create_with(metadata(post, "녹음 1.wav"), length).await
    }

    async fn create_with(&self, metadata: String, length: u64) -> Response {
        let told = [
            ("upload-length", length.to_string()),
            ("upload-metadata", metadata),
        ];
        let headers = headers(&self.author, &told);
        handlers::create(
            State(self.state.clone()),
            self.author.clone().into(),
            headers,
        )
        .await
    }

    async fn create(&self, length: usize) -> UploadId {
        let response = self.try_create(&self.post, length as u64).await;
        assert_eq!(response.status(), StatusCode::CREATED);
        assert!(response.headers().contains_key("upload-expires"));
        id_of(&response)
    }

    async fn head(&self, author: &Author, id: &UploadId) -> Response {
        handlers::status(
            State(self.state.clone()),
            author.clone().into(),
            Path(id.to_string()),
            headers(author, &[]),
        )
        .await
    }

    async fn offset(&self, id: &UploadId) -> usize {
        let response = self.head(&self.author, id).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["cache-control"], "no-store");
        number(&response, "upload-offset")
    }

    async fn patch(&self, id: &UploadId, offset: usize, body: Body) -> Response {
        let told = [
            ("upload-offset", offset.to_string()),
            ("content-type", "application/offset+octet-stream".to_owned()),
        ];
        self.patch_with(id, headers(&self.author, &told), body)
            .await
    }

    async fn patch_with(&self, id: &UploadId, headers: HeaderMap, body: Body) -> Response {
        let mut request = Request::new(body);
        *request.headers_mut() = headers;
        handlers::append(
            State(self.state.clone()),
            self.author.clone().into(),
            Path(id.to_string()),
            request,
        )
        .await
    }

    fn temp_files(&self) -> usize {
        self.state.media.list_temp().expect("lists").len()
    }
}

fn id_of(response: &Response) -> UploadId {
    let location = response.headers()["location"].to_str().expect("text");
    let id = location.strip_prefix("/admin/uploads/").expect("ours");
    id.parse().expect("an id")
}

/// A body of these pieces that is cut off instead of ending.
fn cut(pieces: Vec<Bytes>) -> Body {
    let cut = Err(io::Error::from(io::ErrorKind::ConnectionReset));
    Body::from_stream(stream::iter(pieces.into_iter().map(Ok).chain([cut])))
}

async fn json(response: Response) -> serde_json::Value {
    assert_eq!(response.status(), StatusCode::OK);
    let bytes = response.into_body().collect().await.expect("reads");
    serde_json::from_slice(&bytes.to_bytes()).expect("JSON")
}

#[tokio::test]
async fn a_file_in_odd_pieces_cut_and_resumed_is_the_same_file() {
    for site in sites().await {
        let file = Bytes::from(wav(3_000_001, 1));
        let id = site.create(file.len()).await;
        assert_eq!(site.offset(&id).await, 0);
        let first = site.patch(&id, 0, file.slice(..777_777).into()).await;
        assert_eq!(first.status(), StatusCode::NO_CONTENT);
        assert_eq!(number(&first, "upload-offset"), 777_777);
        assert_eq!(site.offset(&id).await, 777_777);
        let pieces = vec![file.slice(777_777..777_778), file.slice(777_778..2_000_003)];
        let second = site.patch(&id, 777_777, cut(pieces)).await;
        assert_eq!(key(&second), "error-upload-cut-off");
        assert_eq!(site.offset(&id).await, 2_000_003, "what arrived is kept");
        let temp = site.state.media.temp_length_bytes(id.as_str());
        assert_eq!(temp, Some(2_000_003), "and it is on the disk");

        let last = site
            .patch(&id, 2_000_003, file.slice(2_000_003..).into())
            .await;
        let answer = json(last).await;
        assert_eq!(answer["recording"]["name"], "녹음 1.wav");
        assert_eq!(answer["recording"]["kind"], "wav");
        assert_eq!(answer["recording"]["size_bytes"], file.len());
        assert_eq!(answer["recording"]["duration_ms"], 187_500);
        assert_eq!(answer["recording"]["duration_text"], "3:07");
        assert_eq!(answer["recording"]["size_text"], "3.0 MB");
        assert!(answer["recording"]["apple_warning"].is_string());
        assert_eq!(answer["suggestions"]["has_artwork"], false);

        let copy = posts::writing::working_copy(&site.state.db, &site.post).await;
        let recording = copy
            .expect("there")
            .content
            .recording_id
            .expect("a recording");
        let recording = recordings::find(&site.state.db, &recording)
            .await
            .expect("there");
        let mut stored = Vec::new();
        let mut stream = site.state.media.open(&recording.media_hash).expect("opens");
        io::Read::read_to_end(&mut stream, &mut stored).expect("reads");
        assert!(stored == file);
        assert_eq!(site.temp_files(), 0);

        // Who lost the last answer asks again: by HEAD, and by a PATCH without bytes.
        assert_eq!(site.offset(&id).await, file.len());
        let again = json(site.patch(&id, file.len(), Body::empty()).await).await;
        assert_eq!(again, answer);
    }
}

#[tokio::test]
async fn who_hangs_up_cuts_nothing() {
    for site in sites().await {
        let file = Bytes::from(wav(100_000, 2));
        let id = site.create(file.len()).await;
        let (sender, receiver) = mpsc::channel::<Bytes>(1);
        let body = Body::from_stream(stream::unfold(receiver, |mut r| async move {
            let piece = r.recv().await?;
            Some((Ok::<_, io::Error>(piece), r))
        }));
        {
            let patch = site.patch(&id, 0, body);
            tokio::pin!(patch);
            let sending = async {
                sender.send(file.slice(..60_000)).await.expect("taken");
                sender.send(file.slice(60_000..)).await.expect("taken");
                // Room for a third: the second was taken by the handler.
                drop(sender.reserve().await);
            };
            tokio::select! {
                _ = &mut patch => panic!("the body has not ended"),
                () = sending => {}
            }
        }
        // The handler is dropped here, as when a connection is lost.
        while site.state.busy_uploads.try_hold(&id).is_none() {
            tokio::task::yield_now().await;
        }
        let offset = site.offset(&id).await;
        assert!(offset >= 60_000);
        let last = site.patch(&id, offset, file.slice(offset..).into()).await;
        assert_eq!(json(last).await["recording"]["size_bytes"], file.len());
    }
}

#[tokio::test]
async fn one_request_at_a_time_and_from_the_right_offset() {
    for site in sites().await {
        let file = Bytes::from(wav(50_000, 3));
        let id = site.create(file.len()).await;
        let wrong = site.patch(&id, 7, file.clone().into()).await;
        assert_eq!(
            (wrong.status(), key(&wrong)),
            (StatusCode::CONFLICT, "error-upload-offset")
        );
        let (sender, receiver) = mpsc::channel::<Bytes>(1);
        let body = Body::from_stream(stream::unfold(receiver, |mut r| async move {
            let piece = r.recv().await?;
            Some((Ok::<_, io::Error>(piece), r))
        }));
        let both = async {
            sender.send(file.slice(..1000)).await.expect("taken");
            drop(sender.reserve().await);
            let second = site.patch(&id, 0, file.clone().into()).await;
            assert_eq!(
                (second.status(), key(&second)),
                (StatusCode::CONFLICT, "error-upload-busy")
            );
            drop(sender);
        };
        let (first, ()) = tokio::join!(site.patch(&id, 0, body), both);
        assert_eq!(first.status(), StatusCode::NO_CONTENT);
        assert_eq!(site.offset(&id).await, 1000);
    }
}

#[tokio::test]
async fn who_asks_takes_over_from_a_dead_line() {
    for site in sites().await {
        let file = Bytes::from(wav(50_000, 9));
        let id = site.create(file.len()).await;
        let pieces = stream::iter([Ok::<_, io::Error>(file.slice(..30_000))]);
        let dead = Body::from_stream(pieces.chain(stream::pending()));
        let resumed = async {
            while site.state.busy_uploads.try_hold(&id).is_some() {
                tokio::task::yield_now().await;
            }
            let offset = site.offset(&id).await;
            assert!(offset == 0 || offset == 30_000, "{offset}");
            site.patch(&id, offset, file.slice(offset..).into()).await
        };
        let (stopped, last) = tokio::join!(site.patch(&id, 0, dead), resumed);
        assert_eq!(stopped.status(), StatusCode::NO_CONTENT);
        assert_eq!(json(last).await["recording"]["size_bytes"], file.len());
    }
}

#[tokio::test]
async fn an_upload_whose_file_is_gone_begins_anew() {
    for site in sites().await {
        let file = Bytes::from(wav(50_000, 10));
        let half = site.create(file.len()).await;
        site.patch(&half, 0, file.slice(..30_000).into()).await;
        site.state.media.remove_temp(half.as_str()).expect("gone");
        let response = site.patch(&half, 30_000, file.slice(30_000..).into()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let head = site.head(&site.author, &half).await;
        assert_eq!(head.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn who_cancels_is_heard_while_bytes_come_in() {
    for site in sites().await {
        let id = site.create(1000).await;
        let pending = Body::from_stream(stream::pending::<Result<Bytes, io::Error>>());
        let cancel = async {
            while site.state.busy_uploads.try_hold(&id).is_some() {
                tokio::task::yield_now().await;
            }
            let state = State(site.state.clone());
            let told = headers(&site.author, &[]);
            handlers::cancel(
                state,
                site.author.clone().into(),
                Path(id.to_string()),
                told,
            )
            .await
        };
        let (_, cancelled) = tokio::join!(site.patch(&id, 0, pending), cancel);
        assert_eq!(cancelled.status(), StatusCode::NO_CONTENT);
        assert_eq!(site.temp_files(), 0);
        assert_eq!(
            site.head(&site.author, &id).await.status(),
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn what_is_no_recording_is_refused_and_leaves_nothing() {
    for site in sites().await {
        let text = Bytes::from("no sound at all. ".repeat(1000));
        let cut_off = Bytes::from(wav(100_000, 4)).slice(..60_000);
        for (file, sentence) in [(text, "audio-not-audio"), (cut_off, "audio-cut-off")] {
            let id = site.create(file.len()).await;
            let response = site.patch(&id, 0, file.into()).await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(key(&response), sentence);
            assert_eq!(site.temp_files(), 0);
            let head = site.head(&site.author, &id).await;
            assert_eq!(head.status(), StatusCode::NOT_FOUND);
        }
        assert!(site.state.media.list().expect("lists").is_empty());
    }
}

#[tokio::test]
async fn limits_hold_before_a_byte_is_sent() {
    for site in sites_with(|c| c.max_upload_bytes = 1000).await {
        let empty = site.try_create(&site.post, 0).await;
        assert_eq!(key(&empty), "error-upload-empty");
        let large = site.try_create(&site.post, 1001).await;
        assert!(matches!(
            *error(&large),
            Error::TooLarge { limit_bytes: 1000 }
        ));
        let nowhere = site.try_create(&PostId::random(), 10).await;
        assert_eq!(nowhere.status(), StatusCode::NOT_FOUND);

        // Twice the largest may be unfinished; what was left lying for the post makes way.
        let other = testing::draft(&site.state, &site.show).await;
        let first = id_of(&site.try_create(&site.post, 1000).await);
        let second = id_of(&site.try_create(&other, 1000).await);
        let third = testing::draft(&site.state, &site.show).await;
        let many = site.try_create(&third, 1).await;
        assert_eq!(key(&many), "error-upload-too-many");
        let anew = id_of(&site.try_create(&other, 500).await);
        assert_eq!(
            site.head(&site.author, &second).await.status(),
            StatusCode::NOT_FOUND
        );
        for id in [first, anew] {
            assert_eq!(site.offset(&id).await, 0);
        }
    }
    for site in sites_with(|c| c.max_upload_bytes = 1 << 60).await {
        let full = site.try_create(&site.post, 1 << 59).await;
        assert_eq!(full.status(), StatusCode::INSUFFICIENT_STORAGE);
        let Error::InsufficientStorage {
            needed_bytes,
            free_bytes,
        } = *error(&full)
        else {
            panic!("no numbers");
        };
        assert!(needed_bytes > 1 << 59 && free_bytes > 0);
    }
}

#[tokio::test]
async fn more_bytes_than_announced_are_refused() {
    for site in sites().await {
        let file = Bytes::from(wav(20_000, 5));
        let id = site.create(10_000).await;
        let told = [
            ("upload-offset", "0".to_owned()),
            ("content-type", "application/offset+octet-stream".to_owned()),
            ("content-length", "10001".to_owned()),
        ];
        let response = site
            .patch_with(&id, headers(&site.author, &told), file.clone().into())
            .await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert_eq!(site.offset(&id).await, 0);
        let pieces = [file.slice(..6000), file.slice(6000..12_000)];
        let chunked = Body::from_stream(stream::iter(pieces.map(Ok::<_, io::Error>)));
        let response = site.patch(&id, 0, chunked).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert_eq!(site.offset(&id).await, 6000);
    }
}

#[tokio::test]
async fn the_protocol_is_kept() {
    for site in sites().await {
        let id = site.create(1000).await;
        let mut old = headers(&site.author, &[]);
        old.remove("tus-resumable");
        let response = site.patch_with(&id, old, Body::empty()).await;
        assert_eq!(response.status(), StatusCode::PRECONDITION_FAILED);
        assert_eq!(response.headers()["tus-version"], "1.0.0");
        let mut forged = headers(&site.author, &[("upload-offset", "0".to_owned())]);
        forged.insert("x-csrf-token", "x".parse().expect("a value"));
        let response = site.patch_with(&id, forged, Body::empty()).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        let plain = headers(&site.author, &[("upload-offset", "0".to_owned())]);
        let response = site.patch_with(&id, plain, Body::empty()).await;
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let stranger = testing::author(&site.state, "other@example.org").await;
        let response = site.head(&stranger, &id).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let options = handlers::options(State(site.state.clone())).await;
        assert_eq!(options.headers()["tus-max-size"], (64 << 20).to_string());

        // A day later it is forgotten, and swept.
        site.state.clock.set(NOW.plus_ms(EXPIRES_MS));
        let response = site.head(&site.author, &id).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        sweep_expired(&site.state).await.expect("sweeps");
        let left = store::list_unfinished(&site.state.db).await.expect("lists");
        assert!(left.is_empty());
    }
}

#[tokio::test]
async fn a_start_puts_files_and_offsets_right() {
    for site in sites().await {
        let (media, file) = (&site.state.media, Bytes::from(wav(50_000, 6)));
        let longer = site.create(file.len()).await;
        let shorter = site.create(file.len()).await;
        let gone = site.create(file.len()).await;
        let untouched = site.create(file.len()).await;
        for id in [&longer, &shorter, &gone] {
            site.patch(id, 0, file.slice(..20_000).into()).await;
        }
        std::fs::write(media.temp_path(longer.as_str()), &file[..30_000]).expect("writes");
        std::fs::write(media.temp_path(shorter.as_str()), &file[..10_000]).expect("writes");
        media.remove_temp(gone.as_str()).expect("removed");
        std::fs::write(media.temp_path("form-abc"), b"left over").expect("writes");
        recover(&site.state).await.expect("recovers");
        assert_eq!(site.offset(&longer).await, 20_000);
        assert_eq!(site.offset(&shorter).await, 10_000);
        assert_eq!(site.offset(&untouched).await, 0);
        assert_eq!(
            site.head(&site.author, &gone).await.status(),
            StatusCode::NOT_FOUND
        );
        assert_eq!(site.temp_files(), 2);
        for (id, offset) in [(longer, 20_000), (shorter, 10_000)] {
            let last = site.patch(&id, offset, file.slice(offset..).into()).await;
            assert_eq!(json(last).await["recording"]["size_bytes"], file.len());
        }
    }
}

/// Takes a file as it comes with the form of a post.
async fn form(site: &Site, file: &[u8]) -> Result<(), Error> {
    let (name, told) = ("C:\\tmp\\a.wav".to_owned(), file.len() as u64);
    let mut sound = handlers::SoundFile::open(&site.state, name, told).await?;
    for piece in file.chunks(100_000) {
        sound.write(Bytes::copy_from_slice(piece)).await?;
    }
    let by = &site.author.user.id;
    let attached = sound.attach(by, &site.post, Place::Recording).await;
    attached.map(|_| ())
}

#[tokio::test]
async fn a_file_that_comes_whole_does_the_same() {
    for site in sites_with(|c| c.max_upload_bytes = 3_000_000).await {
        form(&site, &wav(2_500_000, 7)).await.expect("taken");
        let copy = posts::writing::working_copy(&site.state.db, &site.post).await;
        let recording = copy.expect("there").content.recording_id.expect("attached");
        let recording = recordings::find(&site.state.db, &recording).await;
        let recording = recording.expect("there");
        assert_eq!(recording.original_name, "a.wav");
        assert_eq!(recording.length_bytes, 2_500_044);

        let none = form(&site, b"").await.expect_err("empty");
        assert!(matches!(none, Error::Invalid(_)));
        let text = form(&site, b"hello").await.expect_err("no sound");
        assert!(matches!(text, Error::Invalid(_)));
        let large = form(&site, &wav(3_000_000, 8)).await.expect_err("large");
        assert!(matches!(
            large,
            Error::TooLarge {
                limit_bytes: 3_000_000
            }
        ));
        assert_eq!(site.temp_files(), 0);

        let target = actions::Target {
            post: &site.post,
            place: Place::Recording,
            by: &site.author.user.id,
        };
        let removed = actions::detach(&site.state, target).await;
        removed.expect("removed");
        let copy = posts::writing::working_copy(&site.state.db, &site.post).await;
        assert_eq!(copy.expect("there").content.recording_id, None);
    }
}

impl Site {
    /// Sends a whole file for a place of the post.
    async fn send(&self, place: Place, file: &[u8]) -> Response {
        let told = format!(
            "{},place {}",
            metadata(&self.post, "a"),
            BASE64.encode(place.as_str().as_bytes())
        );
        let begun = self.create_with(told, file.len() as u64).await;
        if begun.status() != StatusCode::CREATED {
            return begun;
        }
        let body = Body::from(file.to_vec());
        self.patch(&id_of(&begun), 0, body).await
    }

    /// Kinds of the two recordings of the working copy.
    async fn kinds(&self) -> [Option<&'static str>; 2] {
        let copy = posts::writing::working_copy(&self.state.db, &self.post).await;
        let content = copy.expect("there").content;
        let mut kinds = [None; 2];
        for (kind, id) in kinds
            .iter_mut()
            .zip([content.recording_id, content.alternate_id])
        {
            if let Some(id) = id {
                let found = recordings::find(&self.state.db, &id).await;
                *kind = Some(found.expect("there").kind.as_str());
            }
        }
        kinds
    }
}

const MP3: &[u8] = include_bytes!("../../../tests/fixtures/audio/cbr.mp3");
const M4A: &[u8] = include_bytes!("../../../tests/fixtures/audio/aac.m4a");
const OPUS: &[u8] = include_bytes!("../../../tests/fixtures/audio/voice.opus");
/// Bytes of a second of WAV; the other files last four.
const SECOND: usize = 16_000;

#[tokio::test]
async fn a_second_format_is_the_same_recording_or_none() {
    for site in sites().await {
        let alone = site.send(Place::Alternate, OPUS).await;
        assert_eq!(key(&alone), "error-alternate-alone");
        let first = json(site.send(Place::Recording, MP3).await).await;
        assert_eq!(first["recording"]["two_formats"], false);
        let stored = site.state.media.list().expect("lists").len();
        let short = wav(SECOND, 1);
        for (file, fault) in [
            (MP3, "error-alternate-kind"),
            (&short, "error-alternate-length"),
        ] {
            assert_eq!(key(&site.send(Place::Alternate, file).await), fault);
        }
        assert_eq!(site.temp_files(), 0);
        assert_eq!(site.state.media.list().expect("lists").len(), stored);
        assert_eq!(site.kinds().await, [Some("mp3"), None]);

        let second = json(site.send(Place::Alternate, OPUS).await).await;
        assert_eq!(second["recording"]["kind"], "opus");
        assert_eq!(site.kinds().await, [Some("mp3"), Some("opus")]);
        site.send(Place::Alternate, M4A).await;
        assert_eq!(site.kinds().await, [Some("mp3"), Some("m4a")]);
    }
}

#[tokio::test]
async fn a_second_format_goes_with_the_recording_that_it_was_of() {
    for site in sites().await {
        // The first one, and whether an Opus of four seconds stays beside it.
        let short = wav(SECOND, 1);
        for (file, stays) in [(M4A, true), (OPUS, false), (&short, false)] {
            site.send(Place::Recording, MP3).await;
            site.send(Place::Alternate, OPUS).await;
            assert_eq!(site.kinds().await, [Some("mp3"), Some("opus")]);
            let answer = json(site.send(Place::Recording, file).await).await;
            assert_eq!(answer["recording"]["two_formats"], stays);
            assert_eq!(site.kinds().await[1].is_some(), stays);
        }
        site.send(Place::Recording, MP3).await;
        site.send(Place::Alternate, OPUS).await;
        for (place, left) in [
            (Place::Alternate, [Some("mp3"), None]),
            (Place::Recording, [None, None]),
        ] {
            let target = actions::Target {
                post: &site.post,
                place,
                by: &site.author.user.id,
            };
            actions::detach(&site.state, target)
                .await
                .expect("taken off");
            assert_eq!(site.kinds().await, left);
        }
    }
}

#[tokio::test]
async fn of_two_formats_neither_makes_way_for_the_other() {
    for site in sites_with(|c| c.max_upload_bytes = 1_000_000).await {
        site.send(Place::Recording, MP3).await;
        let place = |place: Place| {
            let place = BASE64.encode(place.as_str().as_bytes());
            format!("{},place {place}", metadata(&site.post, "a"))
        };
        let told = [place(Place::Recording), place(Place::Alternate)];
        let [first, second] = told.map(|told| site.create_with(told, 1_000_000));
        let (first, second) = (first.await, second.await);
        // A third is too much; what makes way for it is the one of its own place.
        let third = site.create_with(place(Place::Alternate), 1_000_000).await;
        assert_eq!(third.status(), StatusCode::CREATED);
        let gone = site.head(&site.author, &id_of(&second)).await;
        assert_eq!(gone.status(), StatusCode::NOT_FOUND);
        assert_eq!(site.offset(&id_of(&first)).await, 0);
    }
}

#[test]
fn metadata_is_read() {
    let post = PostId::random();
    let read = Metadata::parse(&metadata(&post, "a b.mp3")).expect("good");
    assert_eq!(
        (read.post, read.file_name.as_str()),
        (post.clone(), "a b.mp3")
    );
    let id = BASE64.encode(post.as_str().as_bytes());
    let plain = Metadata::parse(&format!("is_draft,post {id}, filetype YQ==")).expect("good");
    assert_eq!(plain.file_name, "");
    assert_eq!(plain.place, Place::Recording);
    let place = BASE64.encode(b"alternate");
    let second = Metadata::parse(&format!("place {place},post {id}")).expect("good");
    assert_eq!(second.place, Place::Alternate);
    for bad in [
        "".to_owned(),
        "post !!".to_owned(),
        format!("post {id},post {id}"),
        format!("post {id},filename gA=="),
        format!("post {id},place {id}"),
    ] {
        let refused = Metadata::parse(&bad);
        assert!(matches!(refused, Err(Error::BadRequest(_))), "{bad}");
    }
    // Base64 of something, which is no post's id.
    for none in ["post", "post Li4vLi4=", "post 0000000000000000"] {
        let refused = Metadata::parse(none);
        assert!(matches!(refused, Err(Error::NotFound)), "{none}");
    }
}
