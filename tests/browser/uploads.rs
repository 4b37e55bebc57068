//! An upload goes on where a dying server cut it off.
use std::path::PathBuf;

use crate::driver::{Browser, Scripts};
use crate::support::files::noise;
use crate::support::server::{Server, quiet_port};
use crate::support::site::Author;
use crate::writing::log_in;

/// Five pieces of 8 MiB, as the page sends them.
const FILE_BYTES: u32 = 40 << 20;
/// Two seconds for a piece of the upload that is to be cut off.
const SLOW: u32 = 8 << 20;
const FAST: u32 = 1 << 30;
const ATTACHED: &str =
    "document.querySelector('#recording [data-part=attached]').checkVisibility()";

struct Scene {
    folder: tempfile::TempDir,
    listen: String,
    browser: Browser,
    author: Author,
    file: PathBuf,
    bytes: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_survives_the_death_of_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let listen = format!("127.0.0.1:{}", quiet_port());
    let data = folder.path().join("data");
    let server = Server::start_with(&data, &["--listen", &listen]);
    let bytes = noise(FILE_BYTES, 40);
    let file = folder.path().join("긴 녹음.wav");
    std::fs::write(&file, &bytes).expect("written");
    let browser = Browser::start(Scripts::On).await;
    let author = Author::set_up(&server).await;
    log_in(&browser, &server.base).await;
    let scene = Scene {
        folder,
        listen,
        browser,
        author,
        file,
        bytes,
    };
    let server = by_itself(&scene, server).await;
    after_a_reload(&scene, server).await;
}

impl Scene {
    /// Opens the editor of a new post, chooses the file, and kills the server in the middle.
    async fn cut_off(&self, server: Server) -> String {
        let post = self.author.new_post().await;
        let editor = format!("{}/admin/posts/{post}", server.base);
        self.browser.open(&editor).await;
        self.browser.slow_uploads(SLOW).await;
        self.browser.choose("#f-recording", &self.file).await;
        // One piece is acknowledged, the second one under way.
        self.browser
            .wait("document.querySelector('#recording progress').value > 0.3")
            .await;
        server.kill();
        self.browser
            .wait_for_text("#upload-state", "연결이 끊겼어요")
            .await;
        self.browser.slow_uploads(FAST).await;
        post
    }

    fn start_again(&self) -> Server {
        let server = Server::start_with(
            &self.folder.path().join("data"),
            &["--listen", &self.listen],
        );
        self.author.client.moved_to(&server.base);
        server
    }

    /// The recording is the file, and no byte before the cut was sent for nothing.
    async fn check(&self, post: &str) {
        let sound = format!("/admin/posts/{post}/preview/audio.wav");
        let sound = self.author.client.get(&sound).await;
        assert!(sound.body == self.bytes, "other bytes than were chosen");
        let name = self.browser.words("#recording [data-part=attached] b");
        assert_eq!(name.await, "긴 녹음.wav");
    }
}

async fn by_itself(scene: &Scene, server: Server) -> Server {
    let post = scene.cut_off(server).await;
    let server = scene.start_again();
    scene.browser.wait(ATTACHED).await;
    scene.check(&post).await;
    server
}

async fn after_a_reload(scene: &Scene, server: Server) {
    let post = scene.cut_off(server).await;
    let key = format!("localStorage.getItem('daebon:upload:{post}')");
    let kept = format!("JSON.parse({key}).url");
    let upload = scene.browser.text_of(&kept).await;
    scene.browser.open("about:blank").await;
    let server = scene.start_again();
    let editor = format!("{}/admin/posts/{post}", server.base);
    scene.browser.open(&editor).await;
    let hint = "#recording [data-part=resume]";
    scene.browser.wait_for_text(hint, "긴 녹음.wav").await;
    let safe = scene.author.upload_status(&upload).await;
    assert!(safe.number("upload-offset") >= 8 << 20);
    scene.browser.choose("#f-recording", &scene.file).await;
    scene.browser.wait(ATTACHED).await;
    let asked = scene
        .browser
        .run("return performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname).filter((p) => p.startsWith('/admin/uploads'))");
    let asked = asked.await;
    let asked = asked.as_array().expect("a list");
    assert!(
        !asked.is_empty() && asked.iter().all(|p| *p == *upload),
        "it began anew: {asked:?}"
    );
    scene.check(&post).await;
}
