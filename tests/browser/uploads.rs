//! An upload goes on where a dying server or a bad line cut it off.
use std::path::PathBuf;

use crate::driver::{Browser, Scripts};
use crate::line::{Fault, Line};
use crate::support::files::{mp3, mp3_path, noise};
use crate::support::server::{Server, quiet_port};
use crate::support::site::Author;
use crate::workplace::log_in;

/// Five pieces of 8 MiB, as the page sends them.
const FILE_BYTES: u32 = 40 << 20;
/// Two seconds for a piece of the upload that is to be cut off.
const SLOW: u32 = 8 << 20;
const FAST: u32 = 1 << 30;
const ATTACHED: &str =
    "document.querySelector('#recording [data-part=attached]').checkVisibility()";

/// A minute of the page's patience in a second of ours.
const HURRY: &str = "const begun = Date.now(); window.unhurried ??= Date.now;\
    Date.now = () => begun + (unhurried() - begun) * 60;";
const UNHURRY: &str = "Date.now = unhurried;";
/// The answers that came to pieces of the file.
const STATUSES: &str = "return performance.getEntriesByType('resource')\
    .filter((e) => e.name.includes('/admin/uploads/')).map((e) => e.responseStatus)";

struct Scene {
    folder: tempfile::TempDir,
    flags: Vec<String>,
    browser: Browser,
    author: Author,
    file: PathBuf,
    bytes: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_survives_the_death_of_the_server() {
    let listen = format!("127.0.0.1:{}", quiet_port());
    let (scene, server) = Scene::set(vec!["--listen".to_owned(), listen]).await;
    let server = by_itself(&scene, server).await;
    after_a_reload(&scene, server).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_survives_a_bad_line() {
    let port = quiet_port();
    let line = Line::to(port).await;
    let flags = [
        "--listen",
        &format!("127.0.0.1:{port}"),
        "--public-url",
        &line.base,
    ];
    let (scene, server) = Scene::set(flags.map(str::to_owned).to_vec()).await;
    silent(&scene, &server, &line).await;
    changing(&scene, &server, &line).await;
    without_its_last_answer(&scene, &server, &line).await;
}

impl Scene {
    async fn set(flags: Vec<String>) -> (Self, Server) {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = noise(FILE_BYTES, 40);
        let file = folder.path().join("긴 녹음.wav");
        std::fs::write(&file, &bytes).expect("written");
        let server = start(&folder, &flags);
        let browser = Browser::start(Scripts::On).await;
        let author = Author::set_up(&server).await;
        log_in(&browser, &server.base).await;
        let scene = Self {
            folder,
            flags,
            browser,
            author,
            file,
            bytes,
        };
        (scene, server)
    }

    /// Opens the editor of a new post.
    async fn open(&self, server: &Server) -> String {
        let post = self.author.new_post().await;
        let editor = format!("{}/admin/posts/{post}", server.base);
        self.browser.open(&editor).await;
        post
    }

    /// The same, chooses the file, and waits for the middle.
    async fn halfway(&self, server: &Server) -> String {
        let post = self.open(server).await;
        self.browser.slow_uploads(SLOW).await;
        self.browser.choose("#f-recording", &self.file).await;
        // One piece is acknowledged, the second one under way.
        self.browser
            .wait("document.querySelector('#recording progress').value > 0.3")
            .await;
        post
    }

    async fn wait_for_the_cut(&self) {
        self.browser
            .wait_for_text("#upload-state", "연결이 끊겼어요")
            .await;
    }

    /// The same, and kills the server there.
    async fn cut_off(&self, server: Server) -> String {
        let post = self.halfway(&server).await;
        server.kill();
        self.wait_for_the_cut().await;
        self.browser.slow_uploads(FAST).await;
        post
    }

    fn start_again(&self) -> Server {
        let server = start(&self.folder, &self.flags);
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

fn start(folder: &tempfile::TempDir, flags: &[String]) -> Server {
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    Server::start_with(&folder.path().join("data"), &flags)
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

/// Nothing comes, and nobody hangs up.
async fn silent(scene: &Scene, server: &Server, line: &Line) {
    let post = scene.halfway(server).await;
    line.suffer(Fault::FallSilent);
    scene.browser.run(HURRY).await;
    scene.wait_for_the_cut().await;
    scene.browser.run(UNHURRY).await;
    scene.browser.slow_uploads(FAST).await;
    scene.browser.wait(ATTACHED).await;
    scene.check(&post).await;
}

async fn changing(scene: &Scene, server: &Server, line: &Line) {
    let post = scene.open(server).await;
    line.suffer(Fault::ChangeByte);
    scene.browser.choose("#f-recording", &scene.file).await;
    scene.browser.wait(ATTACHED).await;
    let statuses = scene.browser.run(STATUSES).await;
    let statuses = statuses.as_array().expect("a list");
    assert!(statuses.iter().any(|s| *s == 460), "{statuses:?}");
    scene.check(&post).await;
}

/// The file is whole on the server, and the page does not know it.
async fn without_its_last_answer(scene: &Scene, server: &Server, line: &Line) {
    let post = scene.open(server).await;
    line.suffer(Fault::LoseAnswer("PATCH "));
    scene.browser.choose("#f-recording", &mp3_path()).await;
    scene
        .browser
        .wait_for_text("#upload-state", "파일을 확인하는 중")
        .await;
    scene.browser.run(HURRY).await;
    scene.wait_for_the_cut().await;
    scene.browser.run(UNHURRY).await;
    scene.browser.wait(ATTACHED).await;
    let sound = format!("/admin/posts/{post}/preview/audio.mp3");
    assert!(scene.author.client.get(&sound).await.body == mp3());
}
