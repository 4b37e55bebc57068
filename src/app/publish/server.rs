//! The server's programming interface, as far as it is needed here.
use std::time::Duration;

use anyhow::{anyhow, bail};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use serde_json::{Map, Value};

use super::because;
use super::folder::Attachment;
use crate::kernel::urls::api;
use crate::ports::fetch::{Answer, Fetch, Request, is_fetchable_for_operator};
use crate::web::ui::Ui;

/// Longest answer in bytes: a post with the longest script.
pub const MOST_BYTES: usize = 32 << 20;
/// How long a request may take.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// The slowest line on which a file is still sent, in bytes a second.
const SLOWEST: u64 = 20_000;
/// How long is waited, in seconds, before what did not arrive is sent again: a server that is started
/// anew, or a line that breaks, is back within minutes.
pub const PAUSES: [u64; 10] = [1, 2, 4, 8, 16, 30, 30, 30, 30, 30];

/// Somebody else was faster, or the state of the post does not allow it; the sentence of the server.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Conflict(String);

/// A server and a token for it.
pub struct Server {
    fetch: Fetch,
    base: String,
    token: String,
    ui: Ui,
}

impl Server {
    /// # Errors
    /// An address that is none.
    pub fn new(base: &str, token: &str, ui: Ui) -> anyhow::Result<Self> {
        let base = base.trim_end_matches('/').to_owned();
        if !is_fetchable_for_operator(&base) {
            bail!(ui.t1("publish-server", "address", &base));
        }
        Ok(Self {
            fetch: Fetch::web(&base),
            base,
            token: token.trim().to_owned(),
            ui,
        })
    }

    /// Whose token it is. Asked first, and once: an address where nobody is stays so.
    pub async fn me(&self) -> anyhow::Result<Value> {
        let request = self.signed(self.get(&format!("{}/me", api::ROOT)))?;
        let answer = self.fetch.fetch_named(&request).await;
        let me = self.read(answer.map_err(|_| self.silent())?)?;
        match me["scopes"].is_array() && me["shows"].is_array() {
            true => Ok(me),
            false => Err(self.no_server()),
        }
    }

    /// The post.
    pub async fn post(&self, id: &str) -> anyhow::Result<Value> {
        self.ask(self.get(&format!("{}/posts/{id}", api::ROOT)))
            .await
    }

    /// Makes an empty draft, or finds the post that was made with this key: what comes with a key
    /// has to be the same every time.
    pub async fn create(&self, show: &str, key: &str) -> anyhow::Result<Value> {
        let url = self.url(&format!("{}/posts", api::show(show)));
        let empty = Map::<String, Value>::new();
        let mut request = Request::send_json(Method::POST, &url, &empty, MOST_BYTES, PATIENCE);
        let key = HeaderValue::from_str(key)?;
        request
            .headers
            .insert(HeaderName::from_static("idempotency-key"), key);
        self.ask(request).await
    }

    /// Changes the working copy.
    pub async fn change(&self, id: &str, change: &Map<String, Value>) -> anyhow::Result<Value> {
        let url = self.url(&format!("{}/posts/{id}", api::ROOT));
        self.ask(Request::send_json(
            Method::PATCH,
            &url,
            change,
            MOST_BYTES,
            PATIENCE,
        ))
        .await
    }

    /// `publish`, `update`, `schedule` and their like.
    pub async fn act(&self, id: &str, act: &str, what: &Value) -> anyhow::Result<Value> {
        let url = self.url(&format!("{}/posts/{id}/{act}", api::ROOT));
        self.ask(Request::send_json(
            Method::POST,
            &url,
            what,
            MOST_BYTES,
            PATIENCE,
        ))
        .await
    }

    /// Sends a file as a part of the post; again from its beginning, where the line is cut.
    pub async fn put_file(&self, id: &str, part: &str, file: &Attachment) -> anyhow::Result<Value> {
        let url = self.url(&format!("{}/posts/{id}/{part}", api::ROOT));
        let whole = 0..file.length_bytes;
        let total = patience_for(file.length_bytes);
        let sent = file.file.clone();
        self.ask(Request::send_file(
            Method::PUT,
            &url,
            sent,
            whole,
            MOST_BYTES,
            total,
        ))
        .await
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn get(&self, path: &str) -> Request {
        Request::get(&self.url(path), MOST_BYTES, PATIENCE)
    }

    /// A request with the token.
    pub fn signed(&self, request: Request) -> anyhow::Result<Request> {
        let bearer = format!("Bearer {}", self.token);
        let bad = |_| anyhow!(self.ui.t("publish-token"));
        let mut request = request
            .with_secret(header::AUTHORIZATION, &bearer)
            .map_err(bad)?;
        let language = HeaderValue::from_static(self.ui.code());
        request.headers.insert(header::ACCEPT_LANGUAGE, language);
        Ok(request.named_by_operator())
    }

    /// Asks until there is an answer, for some minutes. All that is asked for can be asked for twice:
    /// what was done at the first time is told as a conflict, or changes nothing.
    async fn ask(&self, request: Request) -> anyhow::Result<Value> {
        let answer = self.answer(request).await?;
        self.read(answer)
    }

    /// The same, and the answer as it is.
    pub async fn answer(&self, request: Request) -> anyhow::Result<Answer> {
        let request = self.signed(request)?;
        for pause in PAUSES {
            if let Some(answer) = self.try_once(&request).await {
                return Ok(answer);
            }
            self.wait(pause).await;
        }
        let answer = self.fetch.fetch_named(&request).await;
        answer.map_err(|_| self.silent())
    }

    /// The answer, if there is one, and it is not that somebody should come again.
    pub async fn try_once(&self, signed: &Request) -> Option<Answer> {
        let answer = self.fetch.fetch_named(signed).await.ok()?;
        (!is_passing(answer.status)).then_some(answer)
    }

    /// Waits before something is sent again, and says so.
    pub async fn wait(&self, seconds: u64) {
        eprintln!("{}", self.ui.t1("publish-again", "seconds", seconds));
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }

    /// Nobody answered, however often it was tried.
    pub fn silent(&self) -> anyhow::Error {
        anyhow!(self.ui.t1("publish-silent", "address", &self.base))
    }

    /// What answers is no server of ours.
    pub fn no_server(&self) -> anyhow::Error {
        anyhow!(self.ui.t1("publish-no-daebon", "address", &self.base))
    }

    /// The answer as JSON, or what the server says is wrong.
    pub fn read(&self, answer: Answer) -> anyhow::Result<Value> {
        let said: Option<Value> = serde_json::from_slice(&answer.body).ok();
        match (answer.status.is_success(), said) {
            (true, Some(value)) => Ok(value),
            // A page, or a way to one.
            (true, None) => Err(self.no_server()),
            (_, None) if answer.status == StatusCode::NOT_FOUND => Err(self.no_server()),
            (_, None) if answer.status.is_redirection() => Err(self.no_server()),
            (_, said) if answer.status == StatusCode::UNAUTHORIZED => {
                drop(said);
                Err(anyhow!(self.ui.t("publish-token")))
            }
            (_, said) => {
                let detail = said.as_ref().and_then(|v| v["detail"].as_str());
                let why = detail.map_or_else(|| answer.status.to_string(), str::to_owned);
                let refused = because(self.ui, "publish-refused", why);
                match answer.status {
                    StatusCode::CONFLICT => Err(Conflict(refused.to_string()).into()),
                    _ => Err(refused),
                }
            }
        }
    }
}

/// How long so many bytes may take.
pub fn patience_for(length_bytes: u64) -> Duration {
    PATIENCE + Duration::from_secs(length_bytes / SLOWEST)
}

/// Whether somebody between says that the server is not there just now, or it has no time.
fn is_passing(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::language::UiLanguage;
    use crate::ports::fetch::Failed;

    impl Server {
        /// One that is asked in memory.
        pub fn in_memory(
            answering: impl FnMut(&Request) -> Result<Answer, Failed> + Send + 'static,
        ) -> Self {
            let ui = Ui::new(UiLanguage::En);
            let made = Self::new("https://example.org", "daebon_token", ui).expect("an address");
            Self {
                fetch: Fetch::in_memory(answering),
                ..made
            }
        }
    }

    fn server(answers: Vec<Result<(u16, &'static str), Failed>>) -> Server {
        let mut answers = answers.into_iter();
        Server::in_memory(move |_| {
            let (status, body) = answers.next().expect("asked too often")?;
            let mut answer = Answer::of(StatusCode::from_u16(status).expect("a status"));
            answer.body = body.into();
            Ok(answer)
        })
    }

    #[tokio::test(start_paused = true)]
    async fn what_did_not_arrive_is_sent_again_after_a_while() {
        let began = tokio::time::Instant::now();
        let back = vec![Err(Failed), Ok((502, "no")), Err(Failed), Ok((200, "{}"))];
        let there = server(back);
        let file = Attachment {
            name: "cover.png".to_owned(),
            file: std::sync::Arc::new(tempfile::tempfile().expect("a file")),
            length_bytes: 0,
            sha256: String::new(),
        };
        let answer = there.put_file("id", "cover", &file).await;
        assert_eq!(answer.expect("sent"), serde_json::json!({}));
        // The clock is the test's.
        assert_eq!(began.elapsed(), Duration::from_secs(1 + 2 + 4));
        let gone = server(vec![Err(Failed); PAUSES.len() + 1]);
        let why = gone.post("id").await.expect_err("gone").to_string();
        assert!(why.contains("does not answer"), "{why}");
    }

    #[tokio::test]
    async fn what_is_no_server_of_ours_is_told() {
        for answer in [(200, "<html>"), (200, "{}"), (404, "<html>"), (302, "")] {
            let why = server(vec![Ok(answer)]).me().await.expect_err("no API");
            assert!(why.to_string().contains("https://example.org"), "{why}");
            assert!(!why.to_string().contains("refused"), "{why}");
        }
        let gone = server(vec![Err(Failed)]).me().await;
        gone.expect_err("asked once");
        let late = server(vec![Ok((409, r#"{"detail":"changed"}"#))]);
        let why = late.post("id").await.expect_err("409");
        assert!(why.is::<Conflict>() && why.to_string().contains("changed"));
    }
}
