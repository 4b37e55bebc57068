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
const MOST_BYTES: usize = 32 << 20;
/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// The slowest line on which a file is still sent, in bytes a second.
const SLOWEST: u64 = 20_000;
/// How often a file is sent.
const TRIES: usize = 3;

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

    /// Whose token it is.
    pub async fn me(&self) -> anyhow::Result<Value> {
        self.ask(self.get(&format!("{}/me", api::ROOT))).await
    }

    /// The post.
    pub async fn post(&self, id: &str) -> anyhow::Result<Value> {
        self.ask(self.get(&format!("{}/posts/{id}", api::ROOT)))
            .await
    }

    /// Makes a draft, or finds the post that was made with this key.
    pub async fn create(
        &self,
        show: &str,
        key: &str,
        content: &Map<String, Value>,
    ) -> anyhow::Result<Value> {
        let url = self.url(&format!("{}/posts", api::show(show)));
        let mut request = Request::send_json(Method::POST, &url, content, MOST_BYTES, PATIENCE);
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

    /// `publish`, `update` or `schedule`.
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

    /// Sends a file as a part of the post; again, where the line is cut.
    pub async fn put_file(&self, id: &str, part: &str, file: &Attachment) -> anyhow::Result<Value> {
        let mut url = self.url(&format!("{}/posts/{id}/{part}", api::ROOT));
        if part == "recording" {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("name", &file.name)
                .finish();
            url = format!("{url}?{query}");
        }
        let total = PATIENCE + Duration::from_secs(file.length_bytes / SLOWEST);
        let request = Request::put_file(
            &url,
            file.file.clone(),
            file.length_bytes,
            MOST_BYTES,
            total,
        );
        for _ in 1..TRIES {
            if let Ok(answer) = self.fetch.fetch_named(&self.signed(request.clone())?).await {
                return self.read(answer);
            }
        }
        self.ask(request).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn get(&self, path: &str) -> Request {
        Request::get(&self.url(path), MOST_BYTES, PATIENCE)
    }

    fn signed(&self, request: Request) -> anyhow::Result<Request> {
        let bearer = format!("Bearer {}", self.token);
        let bad = |_| anyhow!(self.ui.t("publish-token"));
        let mut request = request
            .with_secret(header::AUTHORIZATION, &bearer)
            .map_err(bad)?;
        let language = HeaderValue::from_static(self.ui.code());
        request.headers.insert(header::ACCEPT_LANGUAGE, language);
        Ok(request.named_by_operator())
    }

    async fn ask(&self, request: Request) -> anyhow::Result<Value> {
        let answer = self.fetch.fetch_named(&self.signed(request)?).await;
        let answer =
            answer.map_err(|_| anyhow!(self.ui.t1("publish-silent", "address", &self.base)))?;
        self.read(answer)
    }

    /// The answer as JSON, or what the server says is wrong.
    fn read(&self, answer: Answer) -> anyhow::Result<Value> {
        let said: Option<Value> = serde_json::from_slice(&answer.body).ok();
        match (answer.status.is_success(), said) {
            (true, Some(value)) => Ok(value),
            (_, said) if answer.status == StatusCode::UNAUTHORIZED => {
                drop(said);
                Err(anyhow!(self.ui.t("publish-token")))
            }
            (_, said) => {
                let detail = said.as_ref().and_then(|v| v["detail"].as_str());
                let why = detail.map_or_else(|| answer.status.to_string(), str::to_owned);
                Err(because(self.ui, "publish-refused", why))
            }
        }
    }
}
