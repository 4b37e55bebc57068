//! An address to fetch from, read once and by one parser: whatever is looked up, connected to,
//! named in TLS and in `Host` comes out of here (HARDENING S1).
use std::net::IpAddr;

use url::{Host, Url};

/// The longest address that is looked at, in bytes.
const LONGEST: usize = 4096;

/// Scheme, host and port: who is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Whether over TLS.
    pub https: bool,
    /// Name in ASCII, lower case, or an address.
    pub host: Host<String>,
    /// The port, whether written or not.
    pub port: u16,
}

/// Where one request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Who is asked.
    pub origin: Origin,
    url: Url,
}

impl Target {
    /// Reads an address. `trusted` is the origin that the operator named himself, at which any
    /// port will do.
    pub fn parse(text: &str, trusted: Option<&Origin>) -> Option<Self> {
        let url = (text.len() <= LONGEST).then(|| Url::parse(text).ok())??;
        Self::of(url, trusted)
    }

    /// Where a redirect leads, as its `Location` says it.
    pub fn redirected(&self, location: &str, trusted: Option<&Origin>) -> Option<Self> {
        let url = (location.len() <= LONGEST).then(|| self.url.join(location).ok())??;
        Self::of(url, trusted)
    }

    fn of(mut url: Url, trusted: Option<&Origin>) -> Option<Self> {
        let origin = origin(&url)?;
        if !matches!(origin.port, 80 | 443) && trusted != Some(&origin) {
            return None;
        }
        url.set_fragment(None);
        Some(Self { origin, url })
    }

    /// The whole address, without a fragment.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Path and query: the target in the request line.
    pub fn path_and_query(&self) -> &str {
        &self.url[url::Position::BeforePath..url::Position::AfterQuery]
    }
}

impl Origin {
    /// The address that stands in place of a name, if one does.
    pub fn ip(&self) -> Option<IpAddr> {
        match &self.host {
            Host::Domain(_) => None,
            Host::Ipv4(v4) => Some(IpAddr::V4(*v4)),
            Host::Ipv6(v6) => Some(IpAddr::V6(*v6)),
        }
    }

    /// The name without the dot that may end it; an address without brackets.
    pub fn name(&self) -> String {
        match &self.host {
            Host::Domain(name) => name.trim_end_matches('.').to_owned(),
            Host::Ipv4(v4) => v4.to_string(),
            Host::Ipv6(v6) => v6.to_string(),
        }
    }

    /// What the `Host` header says.
    pub fn authority(&self) -> String {
        let name = match &self.host {
            Host::Ipv6(v6) => format!("[{v6}]"),
            _ => self.name(),
        };
        let usual = if self.https { 443 } else { 80 };
        if self.port == usual {
            name
        } else {
            format!("{name}:{}", self.port)
        }
    }
}

/// Who is asked by an address, if it can be fetched from at all.
pub fn origin_of(text: &str) -> Option<Origin> {
    origin(&Url::parse(text).ok()?)
}

/// The origin of an address that carries nobody's name and password.
fn origin(url: &Url) -> Option<Origin> {
    let https = match url.scheme() {
        "https" => true,
        "http" => false,
        _ => return None,
    };
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let host = url.host()?.to_owned();
    // A name of dots alone, or with an empty label, is nobody's.
    if let Host::Domain(name) = &host {
        let name = name.strip_suffix('.').unwrap_or(name);
        if name.split('.').any(str::is_empty) {
            return None;
        }
    }
    Some(Origin {
        https,
        host,
        port: url.port_or_known_default()?,
    })
}
