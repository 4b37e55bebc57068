//! The host check: which names this site answers to (HARDENING V5, RFC 9112 section 3.2).
use http::{HeaderMap, Uri, header};

use crate::kernel::urls::BaseUrl;

/// The authorities that are ours, lower case.
#[derive(Debug, Clone)]
pub struct Hosts {
    authorities: Vec<String>,
    origins: Vec<String>,
}

/// What is wrong with the host of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostFault {
    /// 400: no `Host`, or several.
    Malformed,
    /// 421: somebody else's name.
    Misdirected,
}

impl Hosts {
    /// With a public address set, that one alone is right.
    pub fn public(base: &BaseUrl) -> Self {
        let authority = base.authority().to_owned();
        let default_port = if base.is_https() { ":443" } else { ":80" };
        let with_port = format!("{authority}{default_port}");
        Self {
            origins: vec![base.as_str().to_owned()],
            authorities: vec![authority, with_port],
        }
    }

    /// Without one, the loopback names on the listening port are right.
    pub fn loopback(port: u16) -> Self {
        let authorities: Vec<String> = ["127.0.0.1", "[::1]", "localhost"]
            .iter()
            .flat_map(|h| {
                let plain = (port == 80).then(|| (*h).to_owned());
                [Some(format!("{h}:{port}")), plain].into_iter().flatten()
            })
            .collect();
        Self {
            origins: authorities.iter().map(|a| format!("http://{a}")).collect(),
            authorities,
        }
    }

    /// Whether an `Origin` header names this site.
    pub fn is_own_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|o| o == origin)
    }

    /// Checks the authority of a request: its target's if absolute (as in HTTP/2), else `Host`.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), HostFault> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let named = match (hosts.next(), hosts.next()) {
            (Some(one), None) => one.to_str().map_err(|_| HostFault::Malformed)?,
            (None, None) => uri.authority().ok_or(HostFault::Malformed)?.as_str(),
            _ => return Err(HostFault::Malformed),
        };
        if self
            .authorities
            .iter()
            .any(|a| a.eq_ignore_ascii_case(named))
        {
            Ok(())
        } else {
            Err(HostFault::Misdirected)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hosts: &Hosts, named: &[&str]) -> Result<(), HostFault> {
        let mut headers = HeaderMap::new();
        for name in named {
            headers.append(header::HOST, name.parse().expect("a value"));
        }
        hosts.check(&Uri::from_static("/"), &headers)
    }

    #[test]
    fn names() {
        let local = Hosts::loopback(8080);
        assert_eq!(check(&local, &["localhost:8080"]), Ok(()));
        assert_eq!(check(&local, &["LOCALHOST:8080"]), Ok(()));
        assert_eq!(check(&local, &["[::1]:8080"]), Ok(()));
        assert_eq!(check(&local, &["localhost"]), Err(HostFault::Misdirected));
        assert_eq!(
            check(&local, &["evil.example:8080"]),
            Err(HostFault::Misdirected)
        );
        assert_eq!(check(&local, &[]), Err(HostFault::Malformed));
        assert_eq!(
            check(&local, &["localhost:8080", "evil"]),
            Err(HostFault::Malformed)
        );
        let base = BaseUrl::parse("https://example.org").expect("good");
        assert_eq!(check(&Hosts::public(&base), &["example.org:443"]), Ok(()));
    }
}
