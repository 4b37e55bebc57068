//! An author at work, over plain HTTP: set-up, posts, uploads.
use bytes::Bytes;
use data_encoding::BASE64;
use http::{Method, StatusCode};

use super::client::{Answer, Body, Broken, Client, empty, whole};
use super::server::Server;

/// The author's e-mail address.
pub const EMAIL: &str = "author@example.org";
/// The author's password.
pub const PASSWORD: &str = "four plain words here";
/// The address of the show.
pub const SHOW: &str = "morning";

/// An author who is logged in.
pub struct Author {
    /// The browser.
    pub client: Client,
    /// What the forms of this session carry.
    pub csrf: String,
}

impl Author {
    /// Goes to the printed set-up address and makes the account and the show.
    pub async fn set_up(server: &Server) -> Self {
        let client = Client::new(&server.base);
        let path = server.setup.as_deref().expect("not set up yet");
        let page = client.get(path).await;
        let fields = [
            ("csrf", page.field("csrf")),
            ("name", "이서윤".to_owned()),
            ("email", EMAIL.to_owned()),
            ("password", PASSWORD.to_owned()),
        ];
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        fields.extend(SHOW_FIELDS);
        let answer = client.post_parts(path, &fields, None).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        Self::enter(client).await
    }

    /// Logs in with the login form; the password may be wrong.
    pub async fn log_in(base: &str, email: &str, password: &str) -> Result<Self, Answer> {
        Self::log_in_by(Client::new(base), email, password).await
    }

    /// The same with a browser of one's own.
    pub async fn log_in_by(client: Client, email: &str, password: &str) -> Result<Self, Answer> {
        let csrf = client.get("/admin/login").await.field("csrf");
        let fields = [("csrf", &*csrf), ("email", email), ("password", password)];
        let answer = client.post("/admin/login", &fields).await;
        if answer.status != StatusCode::SEE_OTHER {
            return Err(answer);
        }
        Ok(Self::enter(client).await)
    }

    async fn enter(client: Client) -> Self {
        let page = client.get("/admin/account").await;
        assert_eq!(page.status, StatusCode::OK);
        let csrf = page.field("csrf");
        Self { client, csrf }
    }

    /// Begins a draft and hands back its id.
    pub async fn new_post(&self) -> String {
        let page = self.client.get("/admin").await;
        let (nonce, show) = (page.field("nonce"), page.field("show"));
        let fields = [("csrf", &*self.csrf), ("nonce", &*nonce), ("show", &*show)];
        let answer = self.client.post("/admin/posts", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let id = answer.header("location").rsplit('/').next();
        id.expect("an address").to_owned()
    }

    /// Presses a button of the editor over a title and a script.
    pub async fn press(
        &self,
        post: &str,
        action: &str,
        title: &str,
        script: &str,
    ) -> Result<Answer, Broken> {
        let path = format!("/admin/posts/{post}");
        let version = self.client.get(&path).await.field("version");
        let fields = [
            ("csrf", &*self.csrf),
            ("version", &*version),
            ("action", action),
            ("title", title),
            ("note", ""),
            ("script", script),
            ("episode_type", "full"),
        ];
        self.client.try_post(&path, &fields).await
    }

    /// The same, and it succeeds.
    pub async fn must_press(&self, post: &str, action: &str, title: &str, script: &str) {
        let answer = self.press(post, action, title, script).await;
        let answer = answer.expect("the line holds");
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }

    /// The fields of the editor as they are, with this button pressed.
    pub async fn editor_fields(&self, post: &str, action: &str) -> Vec<(&'static str, String)> {
        let page = self.client.get(&format!("/admin/posts/{post}")).await;
        let text = |field| page.words(field).unwrap_or_default().trim().to_owned();
        vec![
            ("csrf", self.csrf.clone()),
            ("version", page.field("version")),
            ("action", action.to_owned()),
            ("title", text("#f-title")),
            ("note", text("#f-note")),
            ("script", text("#f-script")),
            ("episode_type", "full".to_owned()),
        ]
    }

    /// Sends a file with the editor's form, as it is: the field, the file's name, its bytes.
    pub async fn send_file(&self, post: &str, action: &str, file: (&str, &str, &[u8])) -> Answer {
        let fields = self.editor_fields(post, action).await;
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let path = format!("/admin/posts/{post}");
        self.client.post_parts(&path, &fields, Some(file)).await
    }

    /// A request of the upload protocol.
    pub fn tus(&self, method: Method, path: &str) -> http::request::Builder {
        self.client
            .request(method, path)
            .header("tus-resumable", "1.0.0")
            .header("x-csrf-token", &self.csrf)
    }

    /// Asks for an upload of so many bytes.
    pub async fn create_upload(&self, post: &str, name: &str, length: usize) -> Answer {
        let code = |text: &str| BASE64.encode(text.as_bytes());
        let told = format!("filename {},post {}", code(name), code(post));
        let request = self
            .tus(Method::POST, "/admin/uploads")
            .header("upload-length", length)
            .header("upload-metadata", told)
            .body(empty());
        let answer = self.client.send(request.expect("a request")).await;
        answer.expect("the line holds")
    }

    /// How much of an upload is safe.
    pub async fn upload_status(&self, upload: &str) -> Answer {
        let request = self.tus(Method::HEAD, upload).body(empty());
        let answer = self.client.send(request.expect("a request")).await;
        answer.expect("the line holds")
    }

    /// Sends bytes of an upload.
    pub async fn append(
        &self,
        upload: &str,
        offset: u64,
        length: usize,
        body: Body,
    ) -> Result<Answer, Broken> {
        let request = self
            .tus(Method::PATCH, upload)
            .header("upload-offset", offset)
            .header("content-length", length)
            .header("content-type", "application/offset+octet-stream")
            .body(body);
        self.client.send(request?).await
    }

    /// Uploads a file whole.
    pub async fn upload(&self, post: &str, name: &str, file: Bytes) {
        let created = self.create_upload(post, name, file.len()).await;
        assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());
        let upload = created.header("location");
        let sent = self.append(upload, 0, file.len(), whole(file)).await;
        let sent = sent.expect("the line holds");
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    }

    /// The public address of a post, as its editor says it.
    pub async fn public_path(&self, post: &str) -> Option<String> {
        let page = self.client.get(&format!("/admin/posts/{post}")).await;
        page.attr(".crumbs a[href^='/@']", "href")
    }
}

/// What the set-up form asks of a show.
const SHOW_FIELDS: [(&str, &str); 7] = [
    ("title", "아침 논평"),
    ("address", SHOW),
    ("description", "하루 한 편, 글로 쓰고 소리로 읽습니다."),
    ("language", "ko"),
    ("time_zone", "Asia/Seoul"),
    ("category", "News > News Commentary"),
    ("explicit", "no"),
];
