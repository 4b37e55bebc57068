//! Settings: what was typed ([`Settings`]) and what it means ([`Config`]).
//!
//! Every setting is a flag and an environment variable `DAEBON_…`; docs/settings.md lists
//! them, and a test holds the page against them.
mod check;
mod settings;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

pub use settings::Settings;

use crate::kernel::language::UiLanguage;
use crate::kernel::urls::BaseUrl;
use crate::web::client::Network;
use crate::web::host::Hosts;

/// The language of whoever sits at the terminal, by the first of `LC_ALL`, `LC_MESSAGES` and
/// `LANG` that says something (POSIX, Internationalization Variables): Korean or English.
#[expect(
    clippy::disallowed_methods,
    reason = "the language of a terminal is no setting of Daebon's"
)]
pub fn terminal_language() -> UiLanguage {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match said {
        Some(value) if value.starts_with("ko") => UiLanguage::Ko,
        _ => UiLanguage::En,
    }
}

/// Who takes Podpings from us.
#[derive(Clone)]
pub struct Podping {
    /// The server's address.
    pub url: String,
    /// What the `Authorization` header says.
    pub token: String,
}

impl fmt::Debug for Podping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Podping({})", self.url)
    }
}

/// Who turns speech into text for us, by OpenAI's `POST /v1/audio/transcriptions`.
#[derive(Clone)]
pub struct Transcription {
    /// The whole address.
    pub url: String,
    /// What stands behind `Bearer`, if anything.
    pub key: Option<String>,
    /// The model's name there.
    pub model: String,
}

impl fmt::Debug for Transcription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transcription({}, {})", self.url, self.model)
    }
}

/// The settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder for the database, the media and the caches.
    pub data_dir: PathBuf,
    /// `postgres://…`, or SQLite.
    pub database_url: Option<String>,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Set only if the operator said so.
    pub public_url: Option<BaseUrl>,
    /// Episodes of the seeded demo show; 0 is the small hand-made one.
    pub demo: Option<u32>,
    /// First account without a browser: e-mail address and password.
    pub admin: Option<(String, String)>,
    /// Largest upload in bytes.
    pub max_upload_bytes: u64,
    /// Memory for finished pages in bytes.
    pub cache_bytes: usize,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Most connections at a time.
    pub max_connections: usize,
    /// Most connections of one client address.
    pub connections_per_address: usize,
    /// The WebSub hub, as the operator wrote it.
    pub websub_hub: Option<String>,
    /// Podping, if there is a token.
    pub podping: Option<Podping>,
    /// Speech into text, if the operator named a server for it.
    pub transcription: Option<Transcription>,
    /// The program to start for work that could take the process down; without one, as in
    /// tests, it is done in the process itself.
    pub worker: Option<PathBuf>,
}

impl Config {
    /// Settings for a test: this folder, SQLite, everything else by default.
    pub fn for_testing(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            database_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            demo: None,
            admin: None,
            max_upload_bytes: 64 << 20,
            cache_bytes: 8 << 20,
            trusted_proxies: Vec::new(),
            max_connections: 1024,
            connections_per_address: 64,
            websub_hub: None,
            podping: None,
            transcription: None,
            worker: None,
        }
    }

    /// The base of absolute addresses: the public one, else the address listened on.
    pub fn base_url(&self) -> BaseUrl {
        self.public_url.clone().unwrap_or_else(|| {
            let port = self.listen.port();
            BaseUrl::parse(&format!("http://127.0.0.1:{port}")).expect("a loopback address is one")
        })
    }

    /// The names that this site answers to.
    pub fn hosts(&self) -> Hosts {
        match &self.public_url {
            Some(base) => Hosts::public(base),
            None => Hosts::loopback(self.listen.port()),
        }
    }

    /// Whether cookies and links go over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(BaseUrl::is_https)
    }
}
