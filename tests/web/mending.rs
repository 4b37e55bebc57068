//! Mending the times of sentences by hand: what is taken, what is refused, and the form that works
//! without JavaScript.
use axum::body::Body;
use serde_json::{Value, json};

use crate::support::files::MP3;
use crate::support::{Answer, Browser, Post, Site};

/// The page's address, and what its script knows after the first look.
pub struct Bench<'a> {
    author: &'a Browser,
    page: String,
    pub state: Value,
}

impl<'a> Bench<'a> {
    pub async fn open(author: &'a Browser, post: &Post) -> Self {
        let page = format!("{}/timing", post.editor);
        let mut bench = Self {
            author,
            page,
            state: Value::Null,
        };
        bench.look().await;
        bench
    }

    pub async fn look(&mut self) {
        let answer = self.author.get(&format!("{}/state", self.page)).await;
        self.state = answer.assert_status(200).json();
    }

    pub fn version(&self) -> i64 {
        self.state["version"].as_i64().expect("a number")
    }

    pub fn id(&self, n: usize) -> &str {
        self.state["lines"][n]["id"].as_str().expect("an id")
    }

    pub fn times(&self, n: usize) -> &Value {
        &self.state["lines"][n]["times"]
    }

    fn texts(&self) -> Vec<&str> {
        let lines = self.state["lines"].as_array().expect("lines");
        lines.iter().filter_map(|l| l["text"].as_str()).collect()
    }

    pub async fn send(&self, part: &str, body: &Value) -> Answer {
        let kind = [("content-type", "application/json")];
        let target = format!("{}{part}", self.page);
        let body = Body::from(body.to_string());
        self.author.script("POST", &target, &kind, body).await
    }

    pub async fn save(&self, changes: Value) -> Answer {
        let body = json!({ "version": self.version(), "changes": changes });
        self.send("", &body).await
    }
}

pub fn at(start_ms: u64, end_ms: u64, origin: &str, percent: u8) -> Value {
    json!({ "at": { "start_ms": start_ms, "end_ms": end_ms, "origin": origin, "percent": percent } })
}

const SCRIPT: &str = "첫 문장입니다. 둘째 문장입니다.\n셋째 문장은 길어서 둘로 나눌 수 있습니다.";

/// A draft with three sentences and three seconds of sound, saved as a version.
pub async fn draft(author: &Browser) -> Post {
    let post = author.draft("글").await;
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[("script", SCRIPT)], "save").await;
    post
}

#[tokio::test]
async fn what_the_author_sets_is_stored_as_his() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    let mut bench = Bench::open(&author, &post).await;
    assert_eq!(bench.texts().len(), 3);
    assert_eq!(bench.times(0), "unknown");
    let changes = json!([
        { "id": bench.id(0), "set": { "start_ms": 100, "end_ms": 900 } },
        { "id": bench.id(1), "not_spoken": true },
    ]);
    let saved = bench.save(changes).await;
    saved.assert_status(200);
    assert_eq!(saved.json()["version"], bench.version() + 1);
    assert_eq!(saved.json()["saved_at"], "09:00");
    bench.look().await;
    assert_eq!(bench.times(0), &at(100, 900, "by-hand", 100));
    assert_eq!(bench.times(1), &json!({ "not-spoken": true }));
    // Undo puts back what stood there, whoever had said so.
    let back = at(120, 880, "measured", 77);
    let changes = json!([
        { "id": bench.id(0), "back": back },
        { "id": bench.id(1), "back": "unknown" },
    ]);
    bench.save(changes).await.assert_status(200);
    bench.look().await;
    assert_eq!(bench.times(0), &back);
    assert_eq!(bench.times(1), "unknown");
    // A page that has all this is not told it again.
    let (version, revision) = (bench.version(), &bench.state["revision"]);
    let seen = format!("{}/state?version={version}&revision={revision}", bench.page);
    assert!(author.get(&seen).await.json()["lines"].is_null());
}

#[tokio::test]
async fn an_older_version_overwrites_nothing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    let (one, other) = (
        Bench::open(&author, &post).await,
        Bench::open(&author, &post).await,
    );
    let first = json!([{ "id": one.id(0), "set": { "start_ms": 0, "end_ms": 1000 } }]);
    one.save(first).await.assert_status(200);
    let second = json!([{ "id": other.id(1), "set": { "start_ms": 1000, "end_ms": 2000 } }]);
    let refused = other.save(second.clone()).await;
    refused.assert_status(409);
    assert!(refused.json()["message"].is_string());
    let mut again = Bench::open(&author, &post).await;
    assert_eq!(again.times(1), "unknown");
    again.save(second).await.assert_status(200);
    again.look().await;
    assert_eq!(again.times(0), &at(0, 1000, "by-hand", 100));
    assert_eq!(again.times(1), &at(1000, 2000, "by-hand", 100));
}

#[tokio::test]
async fn what_cannot_be_is_refused_as_a_whole() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    let bench = Bench::open(&author, &post).await;
    let duration = bench.state["duration_ms"].as_u64().expect("a number");
    let id = bench.id(0);
    let good = json!({ "id": bench.id(1), "set": { "start_ms": 0, "end_ms": 1 } });
    for (bad, status) in [
        (
            json!({ "id": id, "set": { "start_ms": 900, "end_ms": 100 } }),
            422,
        ),
        (
            json!({ "id": id, "set": { "start_ms": 0, "end_ms": duration + 1 } }),
            422,
        ),
        (json!({ "id": id, "back": at(9, 8, "measured", 50) }), 422),
        (
            json!({ "id": id, "set": { "start_ms": -1, "end_ms": 1 } }),
            400,
        ),
        (json!({ "id": id }), 400),
        (
            json!({ "id": id, "not_spoken": true, "back": "unknown" }),
            400,
        ),
        (json!({ "id": "<script>", "not_spoken": true }), 400),
        // A sentence of no version that there is.
        (json!({ "id": "aaaaaa", "not_spoken": true }), 409),
    ] {
        let answer = bench.save(json!([good, bad])).await;
        answer.assert_status(status);
        assert!(answer.json()["message"].is_string(), "{bad}");
    }
    bench.send("", &json!([])).await.assert_status(400);
    let again = Bench::open(&author, &post).await;
    assert_eq!((again.version(), again.times(1)), (0, &json!("unknown")));
    // More than a page could ever have to say.
    let kind = [("content-type", "application/json")];
    let long = Body::from(" ".repeat((2 << 20) + 1));
    let answer = author.script("POST", &bench.page, &kind, long).await;
    answer.assert_status(413);
}

#[tokio::test]
async fn a_sentence_is_split_and_joined() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    let mut bench = Bench::open(&author, &post).await;
    let set = json!([{ "id": bench.id(2), "set": { "start_ms": 1000, "end_ms": 2200 } }]);
    bench.save(set).await.assert_status(200);
    bench.look().await;
    let before = bench.state["lines"].clone();
    let split = |bench: &Bench, n: usize, at: usize| json!({ "version": bench.version(), "id": bench.id(n), "at": at, "ms": 1500 });
    // Behind the second word and its space.
    let done = bench.send("/split", &split(&bench, 2, 7)).await;
    bench.state = done.assert_status(200).json();
    assert_eq!(
        bench.texts()[2..],
        ["셋째 문장은", "길어서 둘로 나눌 수 있습니다."]
    );
    assert_eq!(bench.state["lines"][2]["id"], before[2]["id"]);
    assert_eq!(bench.times(2), &at(1000, 1500, "by-hand", 100));
    assert_eq!(bench.times(3), &at(1500, 2200, "by-hand", 100));
    let stored = Bench::open(&author, &post).await;
    assert_eq!(stored.state["lines"], bench.state["lines"]);

    // What cannot be cut or joined stays, and so does all else.
    let id = bench.id(0);
    for (part, body, status) in [
        ("/split", split(&bench, 0, 0), 422),
        ("/split", split(&bench, 0, 9_999), 422),
        (
            "/join",
            json!({ "version": bench.version(), "id": bench.id(3) }),
            422,
        ),
        // The next one is in another paragraph.
        (
            "/join",
            json!({ "version": bench.version(), "id": bench.id(1) }),
            422,
        ),
        ("/join", json!({ "version": 1, "id": id }), 409),
        (
            "/split",
            json!({ "version": bench.version(), "id": "aaaaaa", "at": 2 }),
            409,
        ),
        (
            "/split",
            json!({ "version": bench.version(), "id": id, "at": -2 }),
            400,
        ),
    ] {
        let answer = bench.send(part, &body).await;
        answer.assert_status(status);
        assert!(answer.json()["message"].is_string(), "{body}");
    }
    let stored = Bench::open(&author, &post).await;
    assert_eq!(stored.state["lines"], bench.state["lines"]);

    let join = json!({ "version": bench.version(), "id": bench.id(2) });
    bench.state = bench.send("/join", &join).await.assert_status(200).json();
    assert_eq!(bench.state["lines"], before);
}

#[tokio::test]
async fn what_is_public_follows_the_hand() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    author.act(&post, &[], "publish").await;
    let mut bench = Bench::open(&author, &post).await;
    let set = json!([{ "id": bench.id(2), "set": { "start_ms": 1000, "end_ms": 2400 } }]);
    bench.save(set).await.assert_status(200);
    let file = format!("/transcripts/{}.vtt", post.id);
    let whole = site.stranger().get(&file).await;
    assert!(whole.text().contains("01.000 --> 00:00:02.400\n셋째"));
    // A sentence that is cut in two has two times in public as well.
    bench.look().await;
    let split = json!({ "version": bench.version(), "id": bench.id(2), "at": 7, "ms": 1600 });
    bench.send("/split", &split).await.assert_status(200);
    let parts = site.stranger().get(&file).await;
    assert!(parts.text().contains("01.000 --> 00:00:01.600\n셋째"));
    assert!(parts.text().contains("01.600 --> 00:00:02.400\n길어서"));
}

#[tokio::test]
async fn nobody_else_mends() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    let bench = Bench::open(&author, &post).await;
    let body = json!({ "version": 0, "changes": [{ "id": bench.id(0), "not_spoken": true }] });
    let send = async |browser: &Browser, token: &str| {
        let request = http::Request::post(&bench.page)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("x-csrf-token", token)
            .body(Body::from(body.to_string()));
        browser.ask(request.expect("a request")).await
    };
    let token = author.token().await;
    send(&site.stranger(), &token).await.assert_status(401);
    send(&author, "0123456789abcdef0123456789abcdef")
        .await
        .assert_status(403);
    send(&author, &token).await.assert_status(200);
}

#[tokio::test]
async fn a_post_without_sentences_says_what_is_missing() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.new_post().await;
    let page = format!("{}/timing", post.editor);
    let says = async || {
        author
            .get(&page)
            .await
            .assert_status(200)
            .texts("main > .notice")
    };
    let no_version = says().await;
    author.act(&post, &[("title", "글")], "save").await;
    let no_recording = says().await;
    assert_ne!(no_version, no_recording);
    author.record(&post, "a.mp3", MP3).await.assert_status(303);
    author.act(&post, &[], "save").await;
    let no_sentences = says().await;
    assert_ne!(no_recording, no_sentences);
    author.act(&post, &[("script", "문장.")], "save").await;
    let whole = author.get(&page).await;
    assert!(whole.has("#mending") && whole.has("#mending-plain"));
    // Without columns every field tells what it is.
    assert_eq!(
        whole.texts("tbody .mending-name"),
        whole.texts("thead th")[1..]
    );
    assert!(!whole.has("main > .notice"));
    // What is not in a version yet is told of.
    let form = author.get(&post.editor).await.form("#post-form");
    let mut form = form.set("script", "다른 문장.");
    form.action = format!("{}/autosave", post.editor);
    author.submit(form).await.assert_status(200);
    let differs = author.get(&page).await;
    assert!(differs.texts("main > .notice-warn")[0].contains('판'));
    assert_eq!(differs.texts("tbody th"), ["문장."]);
}

#[tokio::test]
async fn times_are_typed_without_javascript() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    let page = format!("{}/timing", post.editor);
    let form = async || author.get(&page).await.form("#mending-plain");
    let id = form().await.values("id")[1].to_owned();
    let typed = form()
        .await
        .set_nth("start", 0, "0:00.5")
        .set_nth("end", 0, "1")
        .with("not_spoken", &id);
    let stale = form()
        .await
        .set_nth("start", 2, "2")
        .set_nth("end", 2, "2.5");
    author
        .submit(typed)
        .await
        .assert_redirects_to(&format!("{page}?page=1"));
    let bench = Bench::open(&author, &post).await;
    assert_eq!(bench.times(0), &at(500, 1000, "by-hand", 100));
    assert_eq!(bench.times(1), &json!({ "not-spoken": true }));
    assert_eq!(form().await.values("start"), ["0:00.5", "", ""]);
    // From a page that is older, only what was touched in it is held against what is stored.
    let back = author.submit(stale).await;
    back.assert_status(409);
    let again = back.form("#mending-plain");
    assert_eq!(again.values("start"), ["0:00.5", "", "2"]);
    author.submit(again).await.assert_status(303);
    let bench = Bench::open(&author, &post).await;
    assert_eq!(bench.times(0), &at(500, 1000, "by-hand", 100));
    assert_eq!(bench.times(2), &at(2000, 2500, "by-hand", 100));
    // What is no time comes back as it was typed.
    for (start, end) in [
        ("soon", "1"),
        ("1", ""),
        ("1", "99:00"),
        ("2", "1"),
        ("-1", "1"),
    ] {
        let form = form()
            .await
            .set_nth("start", 2, start)
            .set_nth("end", 2, end);
        let back = author.submit(form).await;
        back.assert_fault_at("times");
        let again = back.form("#mending-plain");
        assert_eq!(
            (again.values("start")[2], again.values("end")[2]),
            (start, end)
        );
        assert_eq!(back.attributes("[aria-invalid]", "name"), ["start", "end"]);
    }
}

#[tokio::test]
async fn hostile_words_are_words() {
    let site = Site::ready().await;
    let author = site.author();
    let post = draft(&author).await;
    let script = "<script>alert(1)</script> \"'&amp;</template>";
    author.act(&post, &[("script", script)], "save").await;
    let page = author.get(&format!("{}/timing", post.editor)).await;
    assert!(!page.text().contains("<script>alert"));
    let bench = Bench::open(&author, &post).await;
    assert!(bench.texts().concat().contains("</template>"));
}
