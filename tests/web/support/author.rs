//! What an author does, in the steps that he takes.
use http::{Request, header};

use axum::body::Body;

use super::{Answer, Browser};

/// A post, seen from both sides.
#[derive(Debug, Clone)]
pub struct Post {
    /// Its id.
    pub id: String,
    /// The editor's address.
    pub editor: String,
}

impl Post {
    /// The address of its recording.
    pub fn audio(&self, ending: &str) -> String {
        format!("/audio/{}.{ending}", self.id)
    }
}

impl Browser {
    /// Begins a draft by the dashboard's button.
    pub async fn new_post(&self) -> Post {
        let list = self.get("/admin").await;
        let answer = self
            .submit(list.form(r#"form[action="/admin/posts"]"#))
            .await;
        answer.assert_status(303);
        let editor = answer.header("location").to_owned();
        let id = editor.strip_prefix("/admin/posts/").expect("the editor");
        Post {
            id: id.to_owned(),
            editor,
        }
    }

    /// Opens the editor, types into the fields, presses a button.
    pub async fn press(&self, post: &Post, fields: &[(&str, &str)], button: &str) -> Answer {
        let page = self.get(&post.editor).await;
        let mut form = page.assert_status(200).form("#post-form");
        for (name, value) in fields {
            form = form.set(name, value);
        }
        self.submit(form.press(button)).await
    }

    /// The same, and it must be taken.
    pub async fn act(&self, post: &Post, fields: &[(&str, &str)], button: &str) {
        let answer = self.press(post, fields, button).await;
        let done = match button {
            "save" => post.editor.clone(),
            other => format!("{}?did={other}", post.editor),
        };
        answer.assert_redirects_to(&done);
    }

    /// A draft with a title and a script.
    pub async fn draft(&self, title: &str) -> Post {
        let post = self.new_post().await;
        let script = format!("{title}의 첫 문장. 그다음 문장.");
        let fields = [("title", title), ("script", script.as_str())];
        self.act(&post, &fields, "save").await;
        post
    }

    /// A text post that is public.
    pub async fn published(&self, title: &str) -> Post {
        let post = self.draft(title).await;
        self.act(&post, &[], "publish").await;
        post
    }

    /// An episode that is public.
    pub async fn episode(&self, title: &str, name: &str, sound: &[u8]) -> Post {
        let post = self.draft(title).await;
        self.record(&post, name, sound)
            .await
            .assert_redirects_to(&post.editor);
        self.act(&post, &[], "publish").await;
        post
    }

    /// Sends a recording by the form that works without JavaScript.
    pub async fn record(&self, post: &Post, name: &str, sound: &[u8]) -> Answer {
        let page = self.get(&post.editor).await;
        let form = page.form("#post-form").choose("recording", name, sound);
        self.submit(form.press("upload_recording")).await
    }

    /// Sends a picture for a post.
    pub async fn send_cover(&self, post: &Post, name: &str, picture: &[u8]) -> Answer {
        let page = self.get(&post.editor).await;
        let form = page.form("#post-form").choose("cover", name, picture);
        self.submit(form.press("upload_cover")).await
    }

    /// The token that the forms of the author's pages hold.
    pub async fn token(&self) -> String {
        let page = self.get("/admin/account").await;
        page.form(r#"form[action="/admin/logout"]"#)
            .value("csrf")
            .to_owned()
    }

    /// A request of a script, with the session's token.
    pub async fn script(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header("x-csrf-token", self.token().await)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body).expect("a request")).await
    }
}
