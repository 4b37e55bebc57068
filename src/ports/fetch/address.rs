//! Which addresses are the world's, and which are this machine's, its network's or nobody's
//! (HARDENING S3).
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks of IPv4 that are not public, by the IANA special-purpose registry: base, bits.
const NOT_PUBLIC_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // behind a carrier's NAT
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // this machine
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // the link, and the metadata of clouds
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // protocols
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 3),     // multicast, reserved, broadcast
];

/// What of IPv6 is handed out at all.
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Blocks inside it that are not public.
const NOT_PUBLIC_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocols, Teredo among them
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4: holds any IPv4 address
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

/// Blocks of 96 bits that hold an IPv4 address in the other 32: mapped, compatible, NAT64.
const HOLDS_V4: &[Ipv6Addr] = &[
    Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0),
    Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0),
    Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0),
];

/// Whether an address is one of the world's.
pub fn is_public(address: IpAddr) -> bool {
    match unwrapped(address) {
        IpAddr::V4(v4) => !NOT_PUBLIC_V4
            .iter()
            .any(|(base, bits)| (v4.to_bits() ^ base.to_bits()) >> (32 - bits) == 0),
        IpAddr::V6(v6) => {
            let inside = |(base, bits): &(Ipv6Addr, u32)| {
                (v6.to_bits() ^ base.to_bits()) >> (128 - bits) == 0
            };
            inside(&GLOBAL_V6) && !NOT_PUBLIC_V6.iter().any(inside)
        }
    }
}

/// The IPv4 address that an IPv6 address stands for, if it does.
fn unwrapped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => {
            let holds = |base: &Ipv6Addr| (v6.to_bits() ^ base.to_bits()) >> 32 == 0;
            if HOLDS_V4.iter().any(holds) {
                let low = u32::try_from(v6.to_bits() & u128::from(u32::MAX)).expect("32 bits");
                IpAddr::V4(Ipv4Addr::from_bits(low))
            } else {
                address
            }
        }
        IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().expect("an address"))
    }

    #[test]
    fn both_ends_of_every_block_and_their_neighbours() {
        // First and last address of each block; the addresses right outside, if public.
        for (first, last, before, after) in [
            ("0.0.0.0", "0.255.255.255", "", "1.0.0.0"),
            ("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"),
            (
                "100.64.0.0",
                "100.127.255.255",
                "100.63.255.255",
                "100.128.0.0",
            ),
            (
                "127.0.0.0",
                "127.255.255.255",
                "126.255.255.255",
                "128.0.0.0",
            ),
            (
                "169.254.0.0",
                "169.254.255.255",
                "169.253.255.255",
                "169.255.0.0",
            ),
            (
                "172.16.0.0",
                "172.31.255.255",
                "172.15.255.255",
                "172.32.0.0",
            ),
            ("192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"),
            ("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"),
            (
                "192.88.99.0",
                "192.88.99.255",
                "192.88.98.255",
                "192.88.100.0",
            ),
            (
                "192.168.0.0",
                "192.168.255.255",
                "192.167.255.255",
                "192.169.0.0",
            ),
            (
                "198.18.0.0",
                "198.19.255.255",
                "198.17.255.255",
                "198.20.0.0",
            ),
            (
                "198.51.100.0",
                "198.51.100.255",
                "198.51.99.255",
                "198.51.101.0",
            ),
            (
                "203.0.113.0",
                "203.0.113.255",
                "203.0.112.255",
                "203.0.114.0",
            ),
            ("224.0.0.0", "255.255.255.255", "223.255.255.255", ""),
            ("2001::", "2001:1ff:ffff::", "2000:ffff::", "2001:200::"),
            (
                "2001:db8::",
                "2001:db8:ffff::1",
                "2001:db7:ffff::",
                "2001:db9::",
            ),
            ("2002::", "2002:ffff::1", "2001:ffff::", "2003::"),
            ("3fff::", "3fff:fff:ffff::", "3ffe:ffff::", "3fff:1000::"),
        ] {
            assert!(!public(first) && !public(last), "{first} to {last}");
            for outside in [before, after].iter().filter(|a| !a.is_empty()) {
                assert!(public(outside), "{outside}");
            }
        }
    }

    #[test]
    fn of_ipv6_only_what_is_handed_out() {
        for inside in ["2606:4700::1111", "2a00:1450::1", "3ffe::1"] {
            assert!(public(inside), "{inside}");
        }
        for outside in [
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "100::1",
            "5f00::1",
            "64:ff9b:1::8.8.8.8",
            "4000::1",
            "1fff:ffff::1",
        ] {
            assert!(!public(outside), "{outside}");
        }
    }

    #[test]
    fn an_ipv4_address_inside_is_looked_at() {
        for prefix in ["::ffff:", "::", "64:ff9b::"] {
            assert!(public(&format!("{prefix}8.8.8.8")), "{prefix}");
            for inner in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0"] {
                assert!(!public(&format!("{prefix}{inner}")), "{prefix}{inner}");
            }
        }
    }

    proptest! {
        #[test]
        fn wrapping_changes_nothing(bits: u32) {
            let v4 = Ipv4Addr::from_bits(bits);
            let mapped = IpAddr::V6(v4.to_ipv6_mapped());
            prop_assert_eq!(is_public(mapped), is_public(IpAddr::V4(v4)));
        }

        #[test]
        fn what_the_standard_library_knows_to_be_private_is(bits: u32) {
            let v4 = Ipv4Addr::from_bits(bits);
            let known = v4.is_private() || v4.is_loopback() || v4.is_link_local()
                || v4.is_multicast() || v4.is_broadcast() || v4.is_documentation();
            prop_assert!(!(known && is_public(IpAddr::V4(v4))));
        }
    }
}
