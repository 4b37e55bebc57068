//! Other sites are asked through one door, `ports/fetch`, and nowhere else (HARDENING S1).
use crate::lexer::lex;
use crate::paths::{is_tests, named};
use crate::tree::{Fault, File};

/// The door.
const DOOR: &str = "src/ports/fetch/";

/// Ways round it: clients, what they are made of, and the look-up of names.
const CLIENTS: &[&[&str]] = &[
    &["reqwest"],
    &["ureq"],
    &["isahc"],
    &["curl"],
    &["hyper", "client"],
    &["hyper_util", "client"],
    &["tokio_rustls"],
    &["rustls"],
    &["webpki_roots"],
    &["tokio", "net", "TcpSocket"],
    &["tokio", "net", "UdpSocket"],
    &["tokio", "net", "lookup_host"],
    &["std", "net", "UdpSocket"],
    &["std", "net", "ToSocketAddrs"],
];

/// Lines as such: whoever takes in clients holds them too, but begins none.
const LINES: &[&[&str]] = &[&["std", "net", "TcpStream"], &["tokio", "net", "TcpStream"]];
const TAKES_IN: &str = "src/app/";
const BEGINS: &str = "TcpStream::connect";

/// Whoever asks another site by himself.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in files
        .iter()
        .filter(|(path, _)| !path.starts_with(DOOR) && !is_tests(path))
    {
        for name in named(path, &lex(text)).iter().filter(|name| !name.in_test) {
            let is = |client: &&[&str]| {
                let begins = name.segments.iter().zip(client.iter()).all(|(a, b)| a == b);
                begins && name.segments.len() >= client.len()
            };
            let line = LINES.iter().any(is) && !path.starts_with(TAKES_IN);
            if !name.own && (line || CLIENTS.iter().any(is)) {
                let what = format!("{} outside ports/fetch", name.segments.join("::"));
                faults.push(Fault::new(path, name.line, what));
            }
        }
        let begins = text.lines().position(|line| line.contains(BEGINS));
        faults.extend(begins.map(|at| Fault::new(path, at + 1, BEGINS)));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    #[test]
    fn one_door_leads_outside() {
        assert_none(&check(&borrow(&read(&["src"]))));
    }

    #[test]
    fn a_second_door_is_caught() {
        let at = |path, text| check(&[(path, text)]);
        assert_one(
            &at("src/features/covers/actions.rs", "use reqwest::get;"),
            "reqwest",
        );
        assert_one(
            &at(
                "src/web/a.rs",
                "fn f() { hyper::client::conn::http1::handshake() }",
            ),
            "hyper::client",
        );
        assert_one(
            &at(
                "src/ports/disk.rs",
                "use hyper_util::{client::legacy::Client};",
            ),
            "hyper_util::client",
        );
        assert_one(
            &at("src/jobs/mod.rs", "use std::net::{IpAddr, TcpStream};"),
            "TcpStream",
        );
        assert_one(
            &at("src/app/a.rs", "use tokio::net::lookup_host;"),
            "lookup_host",
        );
        assert_one(
            &at("src/web/a.rs", "use tokio::net::TcpStream;"),
            "TcpStream",
        );
        assert_one(
            &at(
                "src/app/a.rs",
                "use tokio::net::TcpStream;\nfn f() { TcpStream::connect(a) }",
            ),
            "TcpStream::connect",
        );
        assert_none(&at("src/app/a.rs", "use tokio::net::TcpStream;"));
        assert_none(&at("src/app/a.rs", "use std::net::TcpStream as Line;"));
        assert_none(&at("src/app/a.rs", "use hyper::server::conn::http1;"));
        assert_none(&at("src/ports/fetch/web.rs", "use hyper::client::conn;"));
        assert_none(&at(
            "src/app/a.rs",
            "#[cfg(test)] mod tests { use std::net::TcpStream; }",
        ));
    }
}
