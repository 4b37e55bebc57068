//! From what was typed to what it means.
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::{Config, Podping, Settings, Transcription};
use crate::kernel::urls::BaseUrl;
use crate::ports::fetch;
use crate::web::client::Network;

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
        let podping = secret(
            "--podping-token",
            self.podping_token,
            self.podping_token_file.as_deref(),
        )?
        .map(|token| {
            check_fetchable("--podping-url", &self.podping_url)?;
            let url = self.podping_url;
            anyhow::Ok(Podping { url, token })
        })
        .transpose()?;
        let key = secret(
            "--transcription-key",
            self.transcription_key,
            self.transcription_key_file.as_deref(),
        )?;
        let transcription = self.transcription_url.as_deref().and_then(written);
        let transcription = transcription
            .map(|typed| {
                let url = transcription_url(&typed);
                check_fetchable("--transcription-url", &url)?;
                let model = self.transcription_model.trim().to_owned();
                if model.is_empty() || model.chars().any(char::is_control) {
                    bail!("--transcription-model: the name of a model, as whisper-1");
                }
                Ok(Transcription { url, key, model })
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
            transcription,
            worker: None,
        })
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

/// A token or key, from either of its settings; one that no header can hold is refused.
fn secret(
    flag: &str,
    typed: Option<String>,
    file: Option<&Path>,
) -> anyhow::Result<Option<String>> {
    let (flag, text) = match (typed, file) {
        (Some(text), _) => (flag.to_owned(), text),
        (None, Some(file)) => {
            let flag = format!("{flag}-file");
            let text = std::fs::read_to_string(file);
            let text = text.with_context(|| format!("{flag}: cannot read {}", file.display()))?;
            (flag, text)
        }
        (None, None) => return Ok(None),
    };
    let word = written(&text);
    if word
        .iter()
        .any(|t| t.bytes().any(|b| !b.is_ascii_graphic()))
    {
        bail!("{flag}: it is one word of letters, digits and signs");
    }
    Ok(word)
}

/// The whole address of speech into text: `https://api.openai.com`, `…/v1` and the whole are all
/// understood; any other path is taken as it is (whisper.cpp's server has `/inference`).
fn transcription_url(typed: &str) -> String {
    let trimmed = typed.trim_end_matches('/');
    let path = trimmed
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'));
    match path {
        None => format!("{trimmed}/v1/audio/transcriptions"),
        Some((_, path)) if path == "v1" || path.ends_with("/v1") => {
            format!("{trimmed}/audio/transcriptions")
        }
        Some(_) => typed.to_owned(),
    }
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

    #[test]
    fn an_address_for_speech_is_understood_in_every_form() {
        let whole = "https://api.openai.com/v1/audio/transcriptions";
        for typed in [
            "https://api.openai.com",
            "https://api.openai.com/",
            "https://api.openai.com/v1",
            "https://api.openai.com/v1/",
            whole,
        ] {
            assert_eq!(transcription_url(typed), whole, "{typed}");
        }
        let own = "http://127.0.0.1:8080/inference";
        assert_eq!(transcription_url(own), own);
    }
}
