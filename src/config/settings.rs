//! The settings as typed: every flag with its variable and its default.
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

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

    /// Server that turns speech into text, as https://api.openai.com or http://127.0.0.1:8000
    #[arg(
        long,
        env = "DAEBON_TRANSCRIPTION_URL",
        value_name = "URL",
        global = true
    )]
    pub transcription_url: Option<String>,

    /// Key for that server, if it wants one
    #[arg(
        long,
        env = "DAEBON_TRANSCRIPTION_KEY",
        value_name = "KEY",
        global = true,
        hide_env_values = true,
        conflicts_with = "transcription_key_file"
    )]
    pub transcription_key: Option<String>,

    /// File that holds the key for that server
    #[arg(
        long,
        env = "DAEBON_TRANSCRIPTION_KEY_FILE",
        value_name = "FILE",
        global = true
    )]
    pub transcription_key_file: Option<PathBuf>,

    /// Model that is asked for
    #[arg(
        long,
        env = "DAEBON_TRANSCRIPTION_MODEL",
        default_value = "whisper-1",
        value_name = "NAME",
        global = true
    )]
    pub transcription_model: String,

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
