//! What is measured: Daebon with its demonstration show, and the bytes that it serves.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::admin::path_of;
use crate::http::{self, Answer};
use crate::process::{Server, free_address};

/// The account of the runs.
pub const EMAIL: &str = "bench@example.org";
/// Its password.
pub const PASSWORD: &str = "a long password for benchmarks";

/// The program on a folder of its own.
pub struct Subject {
    program: PathBuf,
    folder: PathBuf,
}

impl Subject {
    /// Prepares a folder.
    pub fn new(program: &Path, folder: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("password"), PASSWORD)?;
        Ok(Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
        })
    }

    /// Fills the folder with the show and an account; gives the time that the show took.
    pub fn seed(&self, episodes: usize) -> Result<Duration, String> {
        let start = Instant::now();
        let mut server = self.start(&[&format!("--demo={episodes}")])?;
        server
            .first_200("/readyz", Duration::from_secs(1200))
            .map_err(|error| format!("{error}\n{}", self.log()))?;
        server.stop();
        let took = start.elapsed();
        self.set_up()?;
        Ok(took)
    }

    /// Makes the account, in a run of its own: hashing a password takes memory.
    fn set_up(&self) -> Result<(), String> {
        let file = self.folder.join("password");
        let file = file.to_string_lossy();
        let mut server = self.start(&["--admin-email", EMAIL, "--admin-password-file", &file])?;
        self.ready(&mut server)
    }

    fn ready(&self, server: &mut Server) -> Result<(), String> {
        server
            .first_200("/readyz", Duration::from_secs(120))
            .map(|_| ())
            .map_err(|error| format!("{error}\n{}", self.log()))
    }

    /// Starts on what is there, without waiting.
    pub fn start(&self, more: &[&str]) -> Result<Server, String> {
        let addr = free_address();
        let mut command = Command::new(&self.program);
        command
            .arg("--data")
            .arg(self.folder.join("data"))
            .args(["--listen", &addr.to_string()])
            .args(more)
            .current_dir(&self.folder);
        Server::start(command, addr, &self.folder.join("log")).map_err(|error| error.to_string())
    }

    /// Starts and waits until it answers.
    pub fn start_and_wait(&self) -> Result<Server, String> {
        let mut server = self.start(&[])?;
        self.ready(&mut server)?;
        Ok(server)
    }

    /// The last words of the server.
    fn log(&self) -> String {
        let text = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }
}

/// Bytes served, and where.
pub struct Content {
    /// The podcast feed.
    pub feed: String,
    /// A post's page.
    pub page: String,
    /// The feed, as it is and as gzip.
    pub feed_bytes: [Vec<u8>; 2],
    /// The page, as it is and as gzip.
    pub page_bytes: [Vec<u8>; 2],
}

impl Content {
    /// Fetches what a running server serves; fails where an answer is not as it must be.
    pub fn fetch(server: &Server) -> Result<Self, String> {
        let feed = "/@demo/feed.xml".to_owned();
        let feed_bytes = both(server, &feed)?;
        let text = String::from_utf8_lossy(&feed_bytes[0]).into_owned();
        let item = text.split_once("<item").ok_or("the feed has no item")?.1;
        let page = between(item, "<link>", "</link>").ok_or("the item has no link")?;
        let page = path_of(&page.replace("&amp;", "&"));
        let enclosure = between(item, "<enclosure", ">")
            .and_then(|tag| between(tag, "url=\"", "\""))
            .ok_or("the item has no enclosure")?;
        expect(server, &path_of(enclosure), &[])?;
        expect(server, "/@demo/posts.xml", &[])?;
        let page_bytes = both(server, &page)?;
        Ok(Self {
            feed,
            page,
            feed_bytes,
            page_bytes,
        })
    }

    /// Puts the same bytes where nginx looks for them.
    pub fn lay_out(&self, www: &Path) -> std::io::Result<()> {
        fs::create_dir_all(www)?;
        for (name, [plain, gzip]) in [
            ("feed.xml", &self.feed_bytes),
            ("page.html", &self.page_bytes),
        ] {
            fs::write(www.join(name), plain)?;
            fs::write(www.join(format!("{name}.gz")), gzip)?;
        }
        Ok(())
    }
}

/// A 200, or a sentence.
pub fn expect(server: &Server, path: &str, headers: &[(&str, &str)]) -> Result<Answer, String> {
    let answer = http::get(server.addr, path, headers).map_err(|e| format!("{path}: {e}"))?;
    if answer.status == 200 {
        Ok(answer)
    } else {
        Err(format!("{path} was answered with {}", answer.status))
    }
}

fn both(server: &Server, path: &str) -> Result<[Vec<u8>; 2], String> {
    use std::io::Read as _;
    let plain = expect(server, path, &[])?.body;
    // A large text may be packed behind the first answers.
    let start = Instant::now();
    let gzip = loop {
        let answer = expect(server, path, &[("Accept-Encoding", "gzip")])?;
        if answer.header("content-encoding") == Some("gzip") {
            break answer;
        }
        if start.elapsed() > Duration::from_secs(60) {
            return Err(format!("{path} is not served as gzip after 60 s"));
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(gzip.body.as_slice())
        .read_to_end(&mut unpacked)
        .map_err(|error| format!("{path} as gzip: {error}"))?;
    if unpacked != plain {
        return Err(format!("{path} is another text as gzip"));
    }
    Ok([plain, gzip.body])
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?
        .1
        .split_once(to)
        .map(|(inside, _)| inside)
}
