//! What an author's test begins with: a server, a post, and a browser that is logged in.
use crate::driver::{Browser, Scripts};
use crate::support::server::Server;
use crate::support::site::{Author, EMAIL, PASSWORD};

pub struct Workplace {
    pub folder: tempfile::TempDir,
    pub server: Server,
    pub author: Author,
    pub browser: Browser,
    /// The id of a new post.
    pub post: String,
    /// The address of its editor.
    pub editor: String,
}

/// Logs in as the author who was set up.
pub async fn log_in(browser: &Browser, base: &str) {
    browser.open(&format!("{base}/admin/login")).await;
    browser.type_in("#f-email", EMAIL).await;
    browser.type_in("#f-password", PASSWORD).await;
    browser.click("main button.primary").await;
    browser.wait("location.pathname === '/admin'").await;
}

impl Workplace {
    pub async fn new() -> Self {
        Self::with(&["--listen", "127.0.0.1:0"]).await
    }

    /// The same with a server of these flags.
    pub async fn with(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::start_with(folder.path(), flags);
        let author = Author::set_up(&server).await;
        let post = author.new_post().await;
        let browser = Browser::start(Scripts::On).await;
        log_in(&browser, &server.base).await;
        let editor = format!("{}/admin/posts/{post}", server.base);
        Self {
            folder,
            server,
            author,
            browser,
            post,
            editor,
        }
    }

    /// The same with the editor open.
    pub async fn writing() -> Self {
        let place = Self::new().await;
        place.browser.open(&place.editor).await;
        place
    }

    /// What the server has of the script.
    pub async fn stored(&self) -> String {
        self.stored_in("#f-script").await
    }

    /// What the server has in this field of the editor.
    pub async fn stored_in(&self, field: &str) -> String {
        let page = format!("/admin/posts/{}", self.post);
        let page = self.author.client.get(&page).await;
        page.words(field).expect("an editor").trim().to_owned()
    }

    /// What the page shows as the script.
    pub async fn shown(&self) -> String {
        let value = "document.getElementById('f-script').value";
        self.browser.text_of(value).await
    }
}
