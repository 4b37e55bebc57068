//! Settings: what was typed ([`Settings`]) and what it means ([`Config`]).
//!
//! Every setting is a flag and an environment variable `DAEBON_…`; docs/settings.md lists
//! them, and a test holds the page against this file.
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;

use crate::kernel::urls::BaseUrl;
use crate::ports::fetch;
use crate::web::client::Network;
use crate::web::host::Hosts;

/// The settings of `serve` as typed.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Folder for the database, the media and the caches
    #[arg(
        long,
        env = "DAEBON_DATA",
        default_value = "./data",
        value_name = "DIR",
        global = true
    )]
    pub data: PathBuf,

    /// PostgreSQL instead of SQLite, as postgres://user:password@host/database
    #[arg(
        long,
        env = "DAEBON_DATABASE_URL",
        value_name = "URL",
        global = true,
        hide_env_values = true
    )]
    pub database_url: Option<String>,

    /// Address and port to listen on
    #[arg(
        long,
        env = "DAEBON_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR",
        global = true
    )]
    pub listen: SocketAddr,

    /// Address of the site as the world sees it, as https://example.org
    #[arg(long, env = "DAEBON_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,

    /// Fill an empty folder with a small show to look at; with a number, that many episodes
    #[arg(long, env = "DAEBON_DEMO", value_name = "N", num_args = 0..=1, default_missing_value = "0", require_equals = true, global = true)]
    pub demo: Option<u32>,

    /// Create the first account without a browser: its e-mail address
    #[arg(
        long,
        env = "DAEBON_ADMIN_EMAIL",
        value_name = "EMAIL",
        requires = "admin_password_file",
        global = true
    )]
    pub admin_email: Option<String>,

    /// Create the first account without a browser: file that holds its password
    #[arg(
        long,
        env = "DAEBON_ADMIN_PASSWORD_FILE",
        value_name = "FILE",
        global = true
    )]
    pub admin_password_file: Option<PathBuf>,

    /// Largest upload, as 2GiB or 500MB
    #[arg(
        long,
        env = "DAEBON_MAX_UPLOAD",
        default_value = "2GiB",
        value_name = "SIZE",
        global = true
    )]
    pub max_upload: String,

    /// Memory for finished pages besides the feeds
    #[arg(
        long,
        env = "DAEBON_CACHE_BYTES",
        default_value = "8MiB",
        value_name = "SIZE",
        global = true
    )]
    pub cache_bytes: String,

    /// Proxies whose X-Forwarded-For is believed, as addresses or blocks, with commas between
    #[arg(
        long,
        env = "DAEBON_TRUSTED_PROXIES",
        value_name = "LIST",
        value_delimiter = ',',
        global = true
    )]
    pub trusted_proxies: Vec<String>,

    /// Most connections at a time
    #[arg(
        long,
        env = "DAEBON_MAX_CONNECTIONS",
        default_value_t = 1024,
        value_name = "N",
        global = true
    )]
    pub max_connections: usize,

    /// Most connections of one client address; loopback and trusted proxies are not counted
    #[arg(
        long,
        env = "DAEBON_CONNECTIONS_PER_ADDRESS",
        default_value_t = 64,
        value_name = "N",
        global = true
    )]
    pub connections_per_address: usize,

    /// WebSub hub that is told when a show changes, as https://hub.example/
    #[arg(long, env = "DAEBON_WEBSUB_HUB", value_name = "URL", global = true)]
    pub websub_hub: Option<String>,

    /// Token for Podping; podcast apps are told when a show changes
    #[arg(
        long,
        env = "DAEBON_PODPING_TOKEN",
        value_name = "TOKEN",
        global = true,
        hide_env_values = true,
        conflicts_with = "podping_token_file"
    )]
    pub podping_token: Option<String>,

    /// File that holds the token for Podping
    #[arg(
        long,
        env = "DAEBON_PODPING_TOKEN_FILE",
        value_name = "FILE",
        global = true
    )]
    pub podping_token_file: Option<PathBuf>,

    /// Server that takes Podpings
    #[arg(
        long,
        env = "DAEBON_PODPING_URL",
        default_value = "https://podping.cloud/",
        value_name = "URL",
        global = true
    )]
    pub podping_url: String,

    /// What is logged, as info, debug or daebon=debug,sqlx=warn
    #[arg(
        long,
        env = "DAEBON_LOG",
        default_value = "info",
        value_name = "FILTER",
        global = true
    )]
    pub log: String,

    /// Logs as lines of JSON
    #[arg(long, env = "DAEBON_LOG_JSON", global = true)]
    pub log_json: bool,
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
    /// The program to start for work that could take the process down; without one, as in
    /// tests, it is done in the process itself.
    pub worker: Option<PathBuf>,
}

impl Settings {
    /// Checks what was typed.
    ///
    /// # Errors
    /// One sentence that names the flag.
    pub fn check(self) -> anyhow::Result<Config> {
        let public_url = self
            .public_url
            .map(|u| {
                BaseUrl::parse(&u).map_err(|_| {
                    anyhow!("--public-url must look like https://example.org, without a path: {u}")
                })
            })
            .transpose()?;
        let admin = match (self.admin_email, self.admin_password_file) {
            (Some(email), Some(file)) => {
                let password = std::fs::read_to_string(&file).with_context(|| {
                    format!("--admin-password-file: cannot read {}", file.display())
                })?;
                Some((email, password.trim_end_matches(['\r', '\n']).to_owned()))
            }
            (None, None) => None,
            _ => bail!("--admin-email and --admin-password-file belong together"),
        };
        let trusted_proxies = self
            .trusted_proxies
            .iter()
            .filter(|p| !p.trim().is_empty())
            .map(|p| {
                Network::parse(p)
                    .map_err(|_| anyhow!("--trusted-proxies: not an address or a block: {p}"))
            })
            .collect::<anyhow::Result<_>>()?;
        let websub_hub = self.websub_hub.as_deref().and_then(written);
        if let Some(hub) = &websub_hub {
            check_fetchable("--websub-hub", hub)?;
        }
        let podping = podping_token(self.podping_token, self.podping_token_file.as_deref())?
            .map(|token| {
                check_fetchable("--podping-url", &self.podping_url)?;
                let url = self.podping_url;
                anyhow::Ok(Podping { url, token })
            })
            .transpose()?;
        let cache_bytes = parse_size(&self.cache_bytes).context("--cache-bytes")?;
        Ok(Config {
            data_dir: self.data,
            database_url: self.database_url,
            listen: self.listen,
            public_url,
            demo: self.demo,
            admin,
            max_upload_bytes: parse_size(&self.max_upload).context("--max-upload")?,
            cache_bytes: usize::try_from(cache_bytes).context("--cache-bytes")?,
            trusted_proxies,
            max_connections: self.max_connections.max(1),
            connections_per_address: self.connections_per_address.max(1),
            websub_hub,
            podping,
            worker: None,
        })
    }
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

/// What was written, or nothing if that is nothing.
fn written(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn check_fetchable(flag: &str, url: &str) -> anyhow::Result<()> {
    if fetch::is_fetchable_for_operator(url) {
        return Ok(());
    }
    bail!("{flag} must look like https://example.org/, without a user name: {url}")
}

/// The token for Podping, from either setting; one that no header can hold is refused.
fn podping_token(typed: Option<String>, file: Option<&Path>) -> anyhow::Result<Option<String>> {
    let (flag, text) = match (typed, file) {
        (Some(text), _) => ("--podping-token", text),
        (None, Some(file)) => {
            let flag = "--podping-token-file";
            let text = std::fs::read_to_string(file);
            let text = text.with_context(|| format!("{flag}: cannot read {}", file.display()))?;
            (flag, text)
        }
        (None, None) => return Ok(None),
    };
    let token = written(&text);
    if token
        .iter()
        .any(|t| t.bytes().any(|b| !b.is_ascii_graphic()))
    {
        bail!("{flag}: a token is one word of letters, digits and signs");
    }
    Ok(token)
}

/// Reads `2GiB`, `500MB`, `64k`, `1000`: bytes, with decimal or binary units.
fn parse_size(text: &str) -> anyhow::Result<u64> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit = lower[digits.len()..].trim();
    let factor: u64 = match unit {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "kib" => 1 << 10,
        "m" | "mb" => 1_000_000,
        "mib" => 1 << 20,
        "g" | "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => bail!("a size looks like 2GiB or 500MB, not {text}"),
    };
    let number: u64 = digits
        .parse()
        .map_err(|_| anyhow!("a size looks like 2GiB or 500MB, not {text}"))?;
    number.checked_mul(factor).context("the size is too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, want) in [
            ("2GiB", 2 << 30),
            ("500MB", 500_000_000),
            ("64 KiB", 65536),
            ("7", 7),
        ] {
            assert_eq!(parse_size(text).ok(), Some(want), "{text}");
        }
        for bad in ["", "GiB", "-1", "1.5GB", "9999999999999TiB", "2 parsecs"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}
