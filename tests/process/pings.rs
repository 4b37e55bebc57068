//! A hub hears of a new post: the whole way, over a real line.
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use crate::support::client::Client;
use crate::support::server::{PATIENCE, Server, quiet_port};
use crate::support::site::{Author, EMAIL, PASSWORD, SHOW};

const SITE: &str = "https://news.example";

/// A hub that takes everything: its address, and what it is told.
fn hub() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, heard) = channel();
    std::thread::spawn(move || {
        for mut line in listener.incoming().map_while(Result::ok) {
            let (mut request, mut block) = (String::new(), [0; 4096]);
            // The last field of the form says that all is there.
            while !request.contains("&hub.topic=") {
                let n = line.read(&mut block).expect("a line that holds");
                assert_ne!(n, 0, "the request broke off: {request}");
                request.push_str(&String::from_utf8_lossy(&block[..n]));
            }
            let answer = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
            line.write_all(answer).expect("answered");
            if sender.send(request).is_err() {
                return;
            }
        }
    });
    (format!("http://{address}/hub"), heard)
}

#[tokio::test]
async fn a_published_post_reaches_the_hub() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let post = Author::set_up(&server).await.new_post().await;
    let (status, log) = server.end();
    assert!(status.success(), "{log}");

    let (hub, heard) = hub();
    let listen = format!("127.0.0.1:{}", quiet_port());
    let flags = [
        "--listen",
        &listen,
        "--public-url",
        SITE,
        "--websub-hub",
        &hub,
    ];
    let server = Server::start_with(folder.path(), &flags);
    assert_eq!(server.base, SITE);
    let client = Client::by_proxy(&format!("http://{listen}"), SITE);
    let author = Author::log_in_by(client, EMAIL, PASSWORD).await;
    let author = author.unwrap_or_else(|page| panic!("{}", page.text()));
    author
        .must_press(&post, "publish", "첫 글", "글이 먼저.")
        .await;

    for feed in ["feed.xml", "posts.xml", "posts.json"] {
        let told = heard.recv_timeout(PATIENCE);
        let told = told.unwrap_or_else(|_| panic!("no {feed}: {}", server.log()));
        assert!(told.starts_with("POST /hub HTTP/1.1\r\n"), "{told}");
        assert!(told.contains(&format!("(+{SITE})\r\n")), "{told}");
        let topic = format!("&hub.url=https%3A%2F%2Fnews.example%2F%40{SHOW}%2F{feed}&");
        assert!(told.contains(&topic), "{told}");
    }
    let (status, log) = server.end();
    assert!(status.success(), "{log}");
}
