//! A recording without a script is written down by a server that the operator named: the whole
//! way, over a real line, to a server of our own that answers as OpenAI's and others do.
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::aligning::{press, wait};
use crate::support::files::mp3;
use crate::support::server::{PATIENCE, Server};
use crate::support::site::Author;

/// What the server was sent once.
#[derive(Default)]
struct Sent {
    authorization: String,
    /// Names and values of the fields but the file.
    fields: Vec<(String, String)>,
    file_name: String,
    file: Vec<u8>,
}

impl Sent {
    fn all(&self, name: &str) -> Vec<&str> {
        let own = self.fields.iter().filter(|(n, _)| n == name);
        own.map(|(_, value)| &**value).collect()
    }
}

/// A status, where it sends to, and the body.
type Reply = (StatusCode, String, String);

type Answering = dyn Fn(&Sent) -> Reply + Send + Sync;

#[derive(Clone)]
struct Ear {
    answer: Arc<Answering>,
    told: Sender<Sent>,
}

async fn hear(
    State(ear): State<Ear>,
    headers: HeaderMap,
    mut form: Multipart,
) -> (StatusCode, HeaderMap, String) {
    let mut sent = Sent::default();
    let secret = headers.get(header::AUTHORIZATION);
    sent.authorization = secret.map_or("", |v| v.to_str().unwrap_or("")).to_owned();
    while let Some(part) = form.next_field().await.expect("a form in parts") {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.file_name = part.file_name().unwrap_or_default().to_owned();
            sent.file = part.bytes().await.expect("a whole file").to_vec();
        } else {
            sent.fields.push((name, part.text().await.expect("text")));
        }
    }
    let (status, location, body) = (ear.answer)(&sent);
    let _ = ear.told.send(sent);
    let mut headers = HeaderMap::new();
    if let Ok(location) = location.parse()
        && status.is_redirection()
    {
        headers.insert(header::LOCATION, location);
    }
    (status, headers, body)
}

/// A server that writes down: its address, and what it is sent.
async fn ear(
    answer: impl Fn(&Sent) -> (StatusCode, String) + Send + Sync + 'static,
) -> (String, Receiver<Sent>) {
    let whole = move |sent: &Sent| {
        let (status, body) = answer(sent);
        (status, String::new(), body)
    };
    ear_that(whole).await
}

/// The same, which may send elsewhere.
async fn ear_that(
    answer: impl Fn(&Sent) -> Reply + Send + Sync + 'static,
) -> (String, Receiver<Sent>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (told, heard) = channel();
    let ear = Ear {
        answer: Arc::new(answer),
        told,
    };
    let app = Router::new()
        .route("/v1/audio/transcriptions", post(hear))
        .layer(DefaultBodyLimit::disable())
        .with_state(ear);
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            let service = TowerToHyperService::new(app.clone());
            let answering = async move {
                let builder = auto::Builder::new(TokioExecutor::new());
                let _ = builder.serve_connection(TokioIo::new(line), service).await;
            };
            tokio::spawn(answering);
        }
    });
    (format!("http://{address}/v1/audio/transcriptions"), heard)
}

fn words() -> Value {
    json!({
        "task": "transcribe", "language": "korean", "duration": 3.9,
        "text": "안녕하십니까. 오늘은 비가 옵니다.",
        "words": [
            { "word": "안녕하십니까.", "start": 0.2, "end": 1.1 },
            { "word": "오늘은", "start": 1.6, "end": 2.0 },
            { "word": "비가", "start": 2.1, "end": 2.4 },
            { "word": "옵니다.", "start": 2.5, "end": 3.2 },
        ],
    })
}

/// A draft with a recording and nothing else.
async fn recorded(author: &Author) -> String {
    let post = author.new_post().await;
    author.upload(&post, "논평", mp3().into()).await;
    author.must_press(&post, "save", "논평", "").await;
    post
}

async fn script(author: &Author, post: &str) -> String {
    let editor = author.client.get(&format!("/admin/posts/{post}")).await;
    editor.words("textarea[name=script]").unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_becomes_the_script_with_its_times() {
    let (url, heard) = ear(|_| (StatusCode::OK, words().to_string())).await;
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("key");
    std::fs::write(&key, "sk-of-the-test\n").expect("a key");
    let flags = [
        "--listen",
        "127.0.0.1:0",
        "--transcription-url",
        &url,
        "--transcription-key-file",
        &key.to_string_lossy(),
        "--transcription-model",
        "whisper-of-the-test",
    ];
    let server = Server::start_with(&folder.path().join("data"), &flags);
    let author = Author::set_up(&server).await;
    let post = recorded(&author).await;
    // Nothing leaves the house before the author asks.
    assert!(matches!(heard.try_recv(), Err(TryRecvError::Empty)));
    press(&author, &post, "transcribe").await;
    wait(&author, &post, "done", |word, _| word == "done").await;

    let sent = heard.recv_timeout(PATIENCE).expect("a request");
    assert_eq!(sent.authorization, "Bearer sk-of-the-test");
    assert_eq!(sent.all("model"), ["whisper-of-the-test"]);
    assert_eq!(sent.all("language"), ["ko"]);
    assert_eq!(sent.all("response_format"), ["verbose_json"]);
    assert_eq!(sent.all("timestamp_granularities[]"), ["word", "segment"]);
    assert_eq!(sent.file_name, "recording.mp3");
    assert!(sent.file == mp3(), "another file was sent");

    assert_eq!(
        script(&author, &post).await.trim(),
        "안녕하십니까. 오늘은 비가 옵니다."
    );
    let state = format!("/admin/posts/{post}/timing/state");
    let state = author.client.get(&state).await;
    let state: Value = serde_json::from_slice(&state.body).expect("JSON");
    let times: Vec<_> = [0, 1]
        .map(|n| &state["lines"][n]["times"]["at"])
        .map(|at| {
            (
                at["start_ms"].as_u64(),
                at["end_ms"].as_u64(),
                at["origin"].as_str(),
            )
        })
        .into();
    assert_eq!(
        times,
        [
            (Some(200), Some(1100), Some("imported")),
            (Some(1600), Some(3200), Some("imported")),
        ]
    );
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
    assert!(!log.contains("sk-of-the-test"), "the key was logged: {log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_times_is_asked_for_the_words_alone() {
    let (url, heard) = ear(|sent| {
        if sent.all("response_format") == ["verbose_json"] {
            let said = json!({ "error": { "message": "verbose_json is not supported" } });
            (StatusCode::BAD_REQUEST, said.to_string())
        } else {
            (
                StatusCode::OK,
                json!({ "text": "비가 옵니다. 그칩니다." }).to_string(),
            )
        }
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(
        folder.path(),
        &["--listen", "127.0.0.1:0", "--transcription-url", &url],
    );
    let author = Author::set_up(&server).await;
    let post = recorded(&author).await;
    press(&author, &post, "transcribe").await;
    let asked: Vec<_> = (0..2).map(|_| heard.recv_timeout(PATIENCE)).collect();
    let forms: Vec<_> = asked
        .iter()
        .map(|sent| sent.as_ref().expect("a request").all("response_format"))
        .collect();
    assert_eq!(forms, [["verbose_json"], ["json"]]);
    assert!(
        asked
            .iter()
            .flatten()
            .all(|sent| sent.authorization.is_empty())
    );
    // The times are looked for by our own aligner then, which may find that a tone says none.
    let ended = |word: &str, _| word == "done" || word == "failed";
    wait(&author, &post, "failed", ended).await;
    assert_eq!(
        script(&author, &post).await.trim(),
        "비가 옵니다. 그칩니다."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_in_a_sentence_and_asked_for_again() {
    let good = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let now = good.clone();
    let (url, heard) = ear(move |_| {
        if now.load(std::sync::atomic::Ordering::SeqCst) {
            (StatusCode::OK, words().to_string())
        } else {
            (StatusCode::UNAUTHORIZED, "{}".to_owned())
        }
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(
        folder.path(),
        &["--listen", "127.0.0.1:0", "--transcription-url", &url],
    );
    let author = Author::set_up(&server).await;
    let post = recorded(&author).await;
    press(&author, &post, "transcribe").await;
    let told = wait(&author, &post, "failed", |word, _| word == "failed").await;
    let message = told["text"].as_str().unwrap_or_default();
    assert!(message.contains("--transcription-key"), "{told}");
    assert_eq!(script(&author, &post).await, "");
    assert_eq!(heard.iter().take(1).count(), 1);

    good.store(true, std::sync::atomic::Ordering::SeqCst);
    press(&author, &post, "transcribe").await;
    wait(&author, &post, "done", |word, _| word == "done").await;
    assert!(script(&author, &post).await.starts_with("안녕하십니까."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_is_told_as_what_it_is() {
    // One answer after the other.
    let turn = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let (url, _heard) = ear_that(move |_| {
        let silence = json!({ "text": "", "segments": [], "words": [] }).to_string();
        let elsewhere = "http://ear.example/v2/hear".to_owned();
        let long = " ".repeat((32 << 20) + 1);
        match turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => (StatusCode::OK, String::new(), silence),
            1 => (StatusCode::FOUND, elsewhere, String::new()),
            2 => (StatusCode::TEMPORARY_REDIRECT, elsewhere, String::new()),
            _ => (StatusCode::OK, String::new(), long),
        }
    })
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(
        folder.path(),
        &["--listen", "127.0.0.1:0", "--transcription-url", &url],
    );
    let author = Author::set_up(&server).await;
    let post = recorded(&author).await;
    for want in [
        "들은 말이 없습니다",
        "http://ear.example/v2/hear",
        "http://ear.example/v2/hear",
        "32MiB",
    ] {
        press(&author, &post, "transcribe").await;
        let told = wait(&author, &post, "failed", |word, _| word == "failed").await;
        let text = told["text"].as_str().unwrap_or_default();
        assert!(text.contains(want), "{told}");
    }
}
