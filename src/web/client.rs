//! Who the client is: the address of the connection, or what a trusted proxy says of it.
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use http::HeaderMap;

use crate::kernel::Message;

/// The other end of the connection; put into every request by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// A block of addresses such as `10.0.0.0/8` or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: u128,
    bits: u32,
}

impl Network {
    /// Reads `address` or `address/bits`, of either family.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let bad = || Message::new("error-network");
        let (address, bits) = match text.trim().split_once('/') {
            Some((a, b)) => (a, Some(b.parse::<u32>().map_err(|_| bad())?)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| bad())?;
        let (width, offset) = if address.is_ipv4() {
            (32, 96)
        } else {
            (128, 0)
        };
        let bits = bits.unwrap_or(width);
        if bits > width {
            return Err(bad());
        }
        let bits = bits + offset;
        Ok(Self {
            base: mask(number(address), bits),
            bits,
        })
    }

    /// Whether the address lies inside.
    pub fn contains(&self, address: IpAddr) -> bool {
        mask(number(address), self.bits) == self.base
    }
}

/// Both families on one line: IPv4 as IPv4-mapped IPv6.
fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

fn mask(number: u128, bits: u32) -> u128 {
    if bits == 0 {
        0
    } else {
        number & (u128::MAX << (128 - bits))
    }
}

/// The client's address: the peer's, or, if the peer is a trusted proxy, the last one in
/// `X-Forwarded-For` that is not itself a trusted proxy (HARDENING A3, V5).
pub fn address(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |a: IpAddr| trusted.iter().any(|n| n.contains(a));
    let peer = peer.ip().to_canonical();
    if !is_trusted(peer) {
        return peer;
    }
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|a| a.trim().parse::<IpAddr>().ok())
        .map(|a| a.to_canonical());
    forwarded.rev_find_untrusted(is_trusted).unwrap_or(peer)
}

trait RevFind: Iterator<Item = IpAddr> + Sized {
    fn rev_find_untrusted(self, is_trusted: impl Fn(IpAddr) -> bool) -> Option<IpAddr> {
        let all: Vec<IpAddr> = self.collect();
        all.into_iter().rev().find(|a| !is_trusted(*a))
    }
}
impl<I: Iterator<Item = IpAddr>> RevFind for I {}

/// What counts as one client where failures are counted: the address, or the /64 it is in.
pub fn counted_as(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(mask(v6.to_bits(), 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(forwarded: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("a value"));
        headers
    }

    #[test]
    fn strangers_cannot_name_themselves() {
        let peer: SocketAddr = "203.0.113.9:999".parse().expect("an address");
        let proxies = [Network::parse("10.0.0.0/8").expect("good")];
        assert_eq!(address(peer, &with("1.2.3.4"), &proxies), peer.ip());
    }

    #[test]
    fn a_proxy_is_believed_from_the_right() {
        let peer: SocketAddr = "10.1.2.3:999".parse().expect("an address");
        let proxies = [Network::parse("10.0.0.0/8").expect("good")];
        let got = address(peer, &with("6.6.6.6, 1.2.3.4, 10.9.9.9"), &proxies);
        assert_eq!(got.to_string(), "1.2.3.4");
    }

    #[test]
    fn networks() {
        let v6 = Network::parse("2001:db8::/32").expect("good");
        assert!(v6.contains("2001:db8:1::1".parse().expect("an address")));
        assert!(!v6.contains("2001:db9::1".parse().expect("an address")));
        for bad in ["", "10.0.0.0/33", "::/129", "example.org"] {
            assert!(Network::parse(bad).is_err(), "{bad}");
        }
        let one = counted_as("2001:db8::1:2:3:4".parse().expect("an address"));
        assert_eq!(one.to_string(), "2001:db8::");
    }
}
