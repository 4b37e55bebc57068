//! A browser of its own for each test: chromedriver on a free port, a fresh profile.
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::support::server::{PATIENCE, lines_of};

/// Where the browser is and what it shows.
const SHOWN: &str = "return [location.href, document.body?.innerText]";

/// Whether the browser runs scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// A browser whose reader prefers Korean; ended when dropped.
pub struct Browser {
    driver: Child,
    port: u16,
    client: Client,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one.
    pub async fn start(scripts: Scripts) -> Self {
        let (driver, port) = start_driver();
        let profile = tempfile::tempdir().expect("a folder");
        let mut options = json!({ "args": arguments(profile.path()), "prefs": {
            "intl.accept_languages": "ko-KR,ko",
            "profile.managed_default_content_settings.javascript":
                if scripts == Scripts::Off { 2 } else { 1 },
        }});
        if let Some(browser) = std::env::var_os("DAEBON_TEST_BROWSER") {
            options["binary"] = browser.to_string_lossy().into();
        }
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(wanted) = wanted else {
            unreachable!("an object was written")
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{port}");
        let client = builder.capabilities(wanted).connect(&address);
        let client = client.await.expect("the browser starts");
        Self {
            driver,
            port,
            client,
            _profile: profile,
        }
    }

    /// Goes to an address.
    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.expect(address);
    }

    /// The window's address.
    pub async fn address(&self) -> Url {
        self.client.current_url().await.expect("an address")
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("loaded again");
    }

    /// Opens a further tab and goes there; the first one is `tab(0)`.
    pub async fn new_tab(&self) {
        let tab = self.client.new_window(true).await.expect("a tab");
        self.client
            .switch_to_window(tab.handle)
            .await
            .expect("there");
    }

    /// Goes to a tab by its place.
    pub async fn tab(&self, n: usize) {
        let mut tabs = self.client.windows().await.expect("tabs");
        let tab = tabs.swap_remove(n);
        self.client.switch_to_window(tab).await.expect("there");
    }

    /// Runs a function body in the page.
    pub async fn run(&self, script: &str) -> Value {
        let answer = self.client.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// The value of an expression in the page, as a text.
    pub async fn text_of(&self, expression: &str) -> String {
        let value = self.run(&format!("return {expression}")).await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression in the page holds.
    pub async fn wait(&self, expression: &str) {
        let script = format!("return Boolean({expression})");
        let deadline = Instant::now() + PATIENCE;
        loop {
            // Between two pages there may be nothing to ask.
            let held = self.client.execute(&script, Vec::new()).await;
            if held.as_ref().is_ok_and(|v| v == true) {
                return;
            }
            if Instant::now() > deadline {
                let shown = self.client.execute(SHOWN, Vec::new()).await;
                panic!("waited in vain for {expression} ({held:?}), shown is {shown:?}");
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until the page shows this text somewhere.
    pub async fn wait_for_text(&self, selector: &str, text: &str) {
        let quoted = json!(text);
        let of = format!("document.querySelector({})", json!(selector));
        self.wait(&format!("{of}?.textContent.includes({quoted})"))
            .await;
    }

    /// Types at the end of a field.
    pub async fn type_in(&self, selector: &str, text: &str) {
        let field = self.client.find(Locator::Css(selector)).await;
        let field = field.unwrap_or_else(|e| panic!("{selector}: {e}"));
        field.send_keys(text).await.expect("typed");
    }

    /// Chooses a file.
    pub async fn choose(&self, selector: &str, file: &Path) {
        self.type_in(selector, file.to_str().expect("UTF-8")).await;
    }

    /// Pastes into a field: one change, however long.
    pub async fn paste(&self, selector: &str, text: &str) {
        let (selector, text) = (json!(selector), json!(text));
        self.run(&format!(
            "document.querySelector({selector}).focus();\
             document.execCommand('insertText', false, {text});"
        ))
        .await;
    }

    /// Clicks what others come in beside: once it stands still, since a click goes to a place.
    pub async fn click_still(&self, selector: &str) {
        let selected = json!(selector);
        self.wait(&format!(
            "(() => {{ const box = document.querySelector({selected}).getBoundingClientRect(); \
             const before = window.stoodAt; window.stoodAt = [box.x, box.y, box.width].join(); \
             return window.stoodAt === before }})()"
        ))
        .await;
        self.click(selector).await;
    }

    /// Presses something.
    pub async fn click(&self, selector: &str) {
        let button = self.client.find(Locator::Css(selector)).await;
        let button = button.unwrap_or_else(|e| panic!("{selector}: {e}"));
        button
            .click()
            .await
            .unwrap_or_else(|e| panic!("{selector}: {e}"));
    }

    /// The text of an element as it is shown.
    pub async fn words(&self, selector: &str) -> String {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|e| panic!("{selector}: {e}"));
        element.text().await.expect("a text")
    }

    /// An attribute of an element.
    pub async fn attr(&self, selector: &str, name: &str) -> String {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|e| panic!("{selector}: {e}"));
        let value = element.attr(name).await.expect("read");
        value.unwrap_or_default()
    }

    /// Makes the window so wide, as a phone of that width would be.
    pub async fn narrow_to(&self, width: u32) {
        let size = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": true });
        let params = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size });
        self.tell("goog/cdp/execute", params).await;
    }

    /// A window of this size for a reader who prefers light or dark.
    pub async fn look(&self, width: u32, height: u32, is_dark: bool) {
        let mobile = width < 600;
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        let params = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size });
        self.tell("goog/cdp/execute", params).await;
        let colours = if is_dark { "dark" } else { "light" };
        let wish = json!({ "name": "prefers-color-scheme", "value": colours });
        let params =
            json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": [wish] } });
        self.tell("goog/cdp/execute", params).await;
    }

    /// What the window shows, as WebP.
    pub async fn picture(&self) -> Vec<u8> {
        let form = json!({ "format": "webp", "quality": 70 });
        let params = json!({ "cmd": "Page.captureScreenshot", "params": form });
        let shot = self.tell("goog/cdp/execute", params).await;
        let code = shot["data"].as_str().expect("a picture");
        BASE64.decode(code.as_bytes()).expect("base64")
    }

    /// Says that the reader wants nothing to move.
    pub async fn keep_still(&self) {
        let wish = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        let params =
            json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": [wish] } });
        self.tell("goog/cdp/execute", params).await;
    }

    /// Holds uploads to so many bytes a second.
    pub async fn slow_uploads(&self, bytes_per_second: u32) {
        let conditions = json!({
            "offline": false, "latency": 0,
            "download_throughput": 100_000_000, "upload_throughput": bytes_per_second,
        });
        let params = json!({ "network_conditions": conditions });
        self.tell("chromium/network_conditions", params).await;
    }

    /// Cuts the browser off from everything, or lets it back.
    pub async fn go_offline(&self, is_offline: bool) {
        let conditions = json!({
            "offline": is_offline, "latency": 0,
            "download_throughput": 100_000_000, "upload_throughput": 100_000_000,
        });
        let params = json!({ "network_conditions": conditions });
        self.tell("chromium/network_conditions", params).await;
    }

    /// Forgets who was logged in.
    pub async fn forget_cookies(&self) {
        let done = self.client.delete_all_cookies().await;
        done.expect("forgotten");
    }

    /// What the browser complained of since it was asked last: errors, refusals of the
    /// content security policy.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.tell("se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|e| e["level"] == "SEVERE" || e["level"] == "WARNING")
            .map(|e| e["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    async fn tell(&self, path: &'static str, params: Value) -> Value {
        let answer = self.client.issue_cmd(Extra { path, params }).await;
        answer.unwrap_or_else(|e| panic!("{path}: {e}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Killed at once, the driver would leave its browser running.
        let _ = shut_down(self.port);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn shut_down(port: u16) -> std::io::Result<()> {
    let mut line = TcpStream::connect(("127.0.0.1", port))?;
    line.set_read_timeout(Some(Duration::from_secs(20)))?;
    line.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    line.read_to_end(&mut Vec::new())?;
    Ok(())
}

/// How often a driver that ends before it listens is started anew.
const STARTS: usize = 5;

/// Starts a driver on a free port. It asks for one on IPv6 and then takes the same on IPv4;
/// where somebody has that one it gives up and ends, so a new one asks again.
fn start_driver() -> (Child, u16) {
    for _ in 0..STARTS {
        if let Some(started) = try_driver() {
            return started;
        }
    }
    panic!("chromedriver ended {STARTS} times before it listened; what it said stands above");
}

/// One try; `None` if it ended without listening.
fn try_driver() -> Option<(Child, u16)> {
    let started = Command::new("chromedriver")
        .arg("--port=0")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let Ok(mut driver) = started else {
        panic!("chromedriver is not installed; run bin/test, which installs a browser with it");
    };
    let lines = lines_of(driver.stdout.take().expect("piped"));
    let deadline = Instant::now() + PATIENCE;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match lines.recv_timeout(left) {
            Ok(line) if line.contains("started successfully") => {
                let port = line.rsplit("on port ").next().unwrap_or_default();
                let port = port.trim_end_matches('.').trim().parse();
                return Some((driver, port.expect("a port")));
            }
            Ok(line) => eprintln!("{line}"),
            Err(RecvTimeoutError::Disconnected) => {
                eprintln!("chromedriver ended: {:?}", driver.wait());
                return None;
            }
            Err(RecvTimeoutError::Timeout) => panic!("chromedriver starts in {PATIENCE:?}"),
        }
    }
}

fn arguments(profile: &Path) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--mute-audio",
        "--lang=ko",
        "--accept-lang=ko-KR,ko",
        "--window-size=1200,900",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments
}

/// A command that only this kind of browser knows.
#[derive(Debug)]
struct Extra {
    path: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.params.to_string()))
    }
}
