//! How podcast apps ask: the probe before playing, the resumed download, the poll.
use http::Method;

use crate::server::Server;
use crate::support::files::MP3;

#[tokio::test]
async fn a_player_asks_for_two_bytes_first() {
    let server = Server::ready().await;
    let post = server.site.author().episode("첫 회", "a.mp3", MP3).await;
    let url = server.url(&post.audio("mp3"));
    let probe = [
        ("range", "bytes=0-1"),
        ("user-agent", "AppleCoreMedia/1.0.0"),
    ];
    let got = server.fetch(Method::GET, &url, &probe).await;
    assert_eq!(got.status, 206);
    assert_eq!(got.body, MP3[..2]);
    assert_eq!(
        got.header("content-range"),
        format!("bytes 0-1/{}", MP3.len())
    );
    let got = server
        .fetch(Method::GET, &url, &[("range", "bytes=0-")])
        .await;
    assert_eq!((got.status.as_u16(), got.body.as_ref()), (206, MP3));
}

#[tokio::test]
async fn a_head_tells_what_a_get_would() {
    let server = Server::ready().await;
    let post = server.site.author().episode("첫 회", "a.mp3", MP3).await;
    for path in [
        post.audio("mp3").as_str(),
        "/@news/feed.xml",
        "/",
        "/no/such",
    ] {
        let url = server.url(path);
        let (get, head) = (
            server.get(&url).await,
            server.fetch(Method::HEAD, &url, &[]).await,
        );
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty());
        for name in [
            "content-type",
            "content-length",
            "etag",
            "last-modified",
            "accept-ranges",
        ] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn a_download_goes_on_where_it_ended() {
    let server = Server::ready().await;
    let post = server.site.author().episode("첫 회", "a.mp3", MP3).await;
    let url = server.url(&post.audio("mp3"));
    let first = server
        .fetch(Method::GET, &url, &[("range", "bytes=0-9999")])
        .await;
    let resumed = [
        ("range", "bytes=10000-"),
        ("if-range", first.header("etag")),
    ];
    let rest = server.fetch(Method::GET, &url, &resumed).await;
    assert_eq!(rest.status, 206);
    let whole = [first.body.as_ref(), rest.body.as_ref()].concat();
    assert_eq!(whole, MP3);
}

#[tokio::test]
async fn a_poll_that_finds_nothing_new_has_no_body() {
    let server = Server::ready().await;
    server.site.author().episode("첫 회", "a.mp3", MP3).await;
    let one = server.get(&server.url("/@news/feed.xml")).await;
    let held = [("if-none-match", one.header("etag"))];
    let poll = server
        .fetch(Method::GET, &server.url("/@news/feed.xml"), &held)
        .await;
    assert_eq!(poll.status, 304);
    assert!(poll.body.is_empty());
    assert_eq!(poll.header("etag"), one.header("etag"));
}

#[tokio::test]
async fn a_name_that_is_not_ours_is_misdirected_on_the_wire_too() {
    let server = Server::ready().await;
    let url = format!("http://localhost:{}/", server.address.port());
    let foreign = [("host", "evil.example")];
    let got = server.fetch(Method::GET, &server.url("/"), &foreign).await;
    assert_eq!(got.status, 421);
    assert_eq!(server.get(&url).await.status, 200);
}
