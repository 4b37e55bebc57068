//! Pictures of the public pages for `docs/screenshots.md`. No test: `bin/screenshots` runs it.
use std::fs;
use std::path::Path;

use crate::driver::{Browser, Scripts};
use crate::support::server::Server;

/// A window.
#[derive(Clone, Copy)]
struct Window {
    width: u32,
    height: u32,
    is_dark: bool,
}

const WIDE: Window = Window {
    width: 1280,
    height: 860,
    is_dark: false,
};
const PHONE: Window = Window {
    width: 360,
    height: 760,
    is_dark: false,
};

impl Window {
    fn dark(self) -> Self {
        Self {
            is_dark: true,
            ..self
        }
    }
}

const READY: &str = "document.getElementById('reading').dataset.ready !== undefined";
/// Hears a sentence for a moment: the page goes along with it.
const HEAR: &str = "document.querySelectorAll('#text .s[data-t]')[3].click()";
const HEARD: &str = "document.querySelectorAll('#text .s[data-t]')[3].matches('.s-now')";
const PAUSE: &str = "document.getElementById('audio').pause(); document.activeElement.blur()";

struct Photographer {
    browser: Browser,
    base: String,
}

impl Photographer {
    async fn take(&self, name: &str) {
        // Smooth scrolls and fades are over.
        self.browser
            .run("window.stood = scrollY; window.still = 0; const look = () => { still = scrollY === stood ? still + 1 : 0; stood = scrollY; requestAnimationFrame(look) }; look()")
            .await;
        self.browser.wait("window.still > 30").await;
        self.keep(name).await;
    }

    async fn keep(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screenshots");
        fs::create_dir_all(&folder).expect("a folder");
        let picture = self.browser.picture().await;
        fs::write(folder.join(format!("{name}.webp")), picture).expect("written");
    }

    async fn open(&self, path: &str, window: Window) {
        let Window {
            width,
            height,
            is_dark,
        } = window;
        self.browser.look(width, height, is_dark).await;
        self.browser.open(&format!("{}{path}", self.base)).await;
        self.browser
            .wait("document.readyState === 'complete'")
            .await;
    }

    /// A post with one of its sentences being heard.
    async fn reading(&self, path: &str, window: Window) {
        self.open(path, window).await;
        self.browser.wait(READY).await;
        self.browser.run(HEAR).await;
        self.browser.wait(HEARD).await;
        self.browser.run(PAUSE).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "bin/screenshots takes the pictures"]
async fn screenshots() {
    let folder = tempfile::tempdir().expect("a folder");
    let flags = ["--listen", "127.0.0.1:0", "--demo"];
    let server = Server::start_with(&folder.path().join("data"), &flags);
    let browser = Browser::start(Scripts::On).await;
    let base = server.base.clone();
    let shop = Photographer { browser, base };
    let browser = &shop.browser;

    shop.open("/@demo?ui=ko", WIDE).await;
    let post = |slug: &str| {
        format!(
            "[...document.querySelectorAll('.post-card-title a')].find((a) => decodeURIComponent(a.pathname).endsWith('/{slug}')).pathname"
        )
    };
    let korean = browser.text_of(&post("소리-내어-읽는-대본")).await;
    let text = browser.text_of(&post("대본을-먼저-쓰는-이유")).await;
    let english = browser.text_of(&post("a-script-read-aloud")).await;
    shop.take("show-ko").await;
    shop.open("/@demo?ui=en", PHONE.dark()).await;
    shop.take("show-en-phone-dark").await;

    shop.reading(&format!("{korean}?ui=ko"), WIDE).await;
    shop.take("post-ko").await;
    let ids = "[...document.querySelectorAll('#text .s[data-t]')].slice(2, 4).map((s) => s.id.slice(2)).join('-')";
    let passage = browser.text_of(ids).await;
    let id = browser
        .text_of("document.querySelector('article').dataset.post")
        .await;
    shop.reading(&format!("{english}?ui=en"), WIDE.dark()).await;
    shop.take("post-en-dark").await;
    shop.reading(&format!("{korean}?ui=ko"), PHONE.dark()).await;
    shop.take("post-ko-phone-dark").await;
    shop.open(&format!("{korean}?ui=ko&s={passage}"), PHONE)
        .await;
    browser.wait(READY).await;
    browser.run("scrollTo(0, 0)").await;
    shop.take("passage-ko-phone").await;
    shop.open(&format!("{text}?ui=ko"), PHONE).await;
    browser.wait(READY).await;
    shop.take("text-ko-phone").await;
    shop.open(&format!("{text}?ui=en"), WIDE).await;
    browser.wait(READY).await;
    browser.type_in("body", "/").await;
    browser.type_in(".find input", "문장").await;
    shop.take("find-en").await;
    shop.open("/@demo/nowhere?ui=ko", PHONE).await;
    shop.take("nowhere-ko-phone").await;

    let player = Window {
        width: 600,
        height: 300,
        ..WIDE
    };
    shop.open(&format!("/embed/{id}?ui=ko"), player).await;
    shop.take("embed-ko").await;
    let card = Window {
        width: 1200,
        height: 630,
        ..WIDE
    };
    shop.open(&format!("/cards/{id}-{passage}.png"), card).await;
    shop.keep("card-ko").await;
}
