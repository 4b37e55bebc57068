//! Who is told, what became of it, and whether anybody could come.
use url::{Host, Url};

use crate::kernel::time::Instant;
use crate::kernel::urls::BaseUrl;
use crate::ports::fetch;

/// A way to tell the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A hub of <https://www.w3.org/TR/websub/>.
    WebSub,
    /// A server that takes Podpings.
    Podping,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::WebSub, Self::Podping];

    /// The word in the table `pings`.
    pub fn code(self) -> &'static str {
        match self {
            Self::WebSub => "websub",
            Self::Podping => "podping",
        }
    }

    /// The kind of its jobs; never renamed, since rows of it may wait in a database.
    pub fn job(self) -> &'static str {
        match self {
            Self::WebSub => "websub-ping",
            Self::Podping => "podping-ping",
        }
    }

    /// Reads the kind of a job.
    pub fn of_job(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.job() == kind)
    }
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The other side answered with this status.
    Answered(u16),
    /// It did not answer.
    Unreachable,
    /// Nothing was sent, since nobody could come and look.
    NotPublic,
}

impl Outcome {
    /// Whether the world knows now.
    pub fn succeeded(self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }

    /// What stands in the table.
    pub fn code(self) -> String {
        match self {
            Self::Answered(status) => status.to_string(),
            Self::Unreachable => "unreachable".to_owned(),
            Self::NotPublic => "not-public".to_owned(),
        }
    }

    /// Reads the same words.
    pub fn parse(text: &str) -> Self {
        match text {
            "not-public" => Self::NotPublic,
            other => other.parse().map_or(Self::Unreachable, Self::Answered),
        }
    }
}

/// The last try of a kind for a show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// When it was.
    pub at: Instant,
    /// What became of it.
    pub outcome: Outcome,
}

/// Names that mean something in one network alone (RFC 6761, 6762, 8375 and custom).
const HOME_NAMES: [&str; 5] = ["localhost", "local", "internal", "lan", "home.arpa"];

/// Whether the world could reach the site at its address.
pub fn is_public(base: &BaseUrl) -> bool {
    let url = Url::parse(base.as_str()).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Ipv4(v4)) => fetch::is_public(v4.into()),
        Some(Host::Ipv6(v6)) => fetch::is_public(v6.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let home = |end: &&str| name.strip_suffix(*end).is_some_and(|n| n.ends_with('.'));
            name.contains('.') && !HOME_NAMES.iter().any(home)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_read_back() {
        for outcome in [
            Outcome::Answered(204),
            Outcome::Answered(500),
            Outcome::Unreachable,
            Outcome::NotPublic,
        ] {
            assert_eq!(Outcome::parse(&outcome.code()), outcome);
        }
        assert!(Outcome::Answered(299).succeeded());
        for bad in [199, 301, 404] {
            assert!(!Outcome::Answered(bad).succeeded(), "{bad}");
        }
    }

    #[test]
    fn sites_that_nobody_reaches() {
        for (base, public) in [
            ("https://news.example", true),
            ("http://example.org:8080", true),
            ("http://93.184.215.14", true),
            ("http://localhost:8080", false),
            ("http://127.0.0.1:8080", false),
            ("http://[::1]:8080", false),
            ("http://192.168.0.5", false),
            ("http://nas", false),
            ("http://nas.local", false),
            ("http://daebon.home.arpa", false),
        ] {
            let base = BaseUrl::parse(base).expect("a base");
            assert_eq!(is_public(&base), public, "{}", base.as_str());
        }
    }
}
