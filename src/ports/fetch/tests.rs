//! Fetching over a network that a test lays: names, addresses, servers, silence. Time stands
//! still but for what is waited for.
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::{StatusCode, header};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use super::network::{Line, Network};
use super::target::{Origin, Target};
use super::web::Web;
use super::{Answer, Failed, Fetch, FilePart, Request, Trouble, is_fetchable_for_operator};

const MINUTE: Duration = Duration::from_secs(60);
const PUBLIC: &str = "93.184.215.14";

/// What a server does with a request that it read whole.
#[derive(Clone)]
enum Reply {
    /// Says this and hangs up.
    Says(String),
    /// Says this, and then nothing for ever.
    SaysAndWaits(String),
    /// Says this again and again.
    Endless(&'static str),
}

/// The other sites.
#[derive(Default, Clone)]
struct World {
    names: HashMap<String, Vec<IpAddr>>,
    servers: HashMap<SocketAddr, Reply>,
    tls: Option<TlsAcceptor>,
    /// Where a line was asked for.
    dialled: Arc<Mutex<Vec<SocketAddr>>>,
    /// What was read from those who got one.
    heard: Arc<Mutex<Vec<String>>>,
}

impl World {
    fn name(mut self, name: &str, addresses: &[&str]) -> Self {
        let addresses = addresses.iter().map(|a| a.parse().expect("an address"));
        self.names.insert(name.to_owned(), addresses.collect());
        self
    }

    fn server(mut self, at: &str, reply: Reply) -> Self {
        self.servers.insert(at.parse().expect("an address"), reply);
        self
    }

    fn says(self, at: &str, text: &str) -> Self {
        self.server(at, Reply::Says(text.to_owned()))
    }

    fn fetch(&self) -> Fetch {
        let mut roots = RootCertStore::empty();
        let authority = include_bytes!("../../../tests/fixtures/tls/authority.der");
        roots
            .add(CertificateDer::from(&authority[..]))
            .expect("a certificate");
        Fetch::Web(Arc::new(Web::on(self.clone(), roots)))
    }

    async fn get(&self, url: &str) -> Result<Answer, Failed> {
        self.fetch().fetch(&Request::get(url, 1000, MINUTE)).await
    }

    fn dialled(&self) -> Vec<SocketAddr> {
        self.dialled.lock().expect("whole").clone()
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("whole").clone()
    }
}

impl Network for World {
    fn resolve<'a>(&'a self, name: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        let found = self.names.get(name).cloned();
        Box::pin(async move { found.ok_or(io::ErrorKind::NotFound.into()) })
    }

    fn connect(&self, to: SocketAddr) -> BoxFuture<'_, io::Result<Box<dyn Line>>> {
        self.dialled.lock().expect("whole").push(to);
        Box::pin(async move {
            let Some(reply) = self.servers.get(&to).cloned() else {
                // Nobody says no: a packet that is dropped.
                return std::future::pending().await;
            };
            let (ours, theirs) = tokio::io::duplex(1 << 16);
            let (heard, tls) = (self.heard.clone(), self.tls.clone());
            tokio::spawn(async move {
                let line: io::Result<Box<dyn Line>> = match tls {
                    Some(tls) => tls.accept(theirs).await.map(|l| Box::new(l) as _),
                    None => Ok(Box::new(theirs)),
                };
                // A client that refuses the certificate is right to.
                if let Ok(line) = line {
                    let _ = serve(line, reply, &heard).await;
                }
            });
            Ok(Box::new(ours) as Box<dyn Line>)
        })
    }
}

async fn serve(
    mut line: Box<dyn Line>,
    reply: Reply,
    heard: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let (mut read, mut block) = (Vec::new(), [0; 4096]);
    loop {
        let n = line.read(&mut block).await?;
        read.extend_from_slice(&block[..n]);
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            assert_ne!(n, 0, "the request broke off");
            continue;
        };
        let length = head
            .lines()
            .find_map(|l| l.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |l| l.parse().expect("a number")) {
            heard.lock().expect("whole").push(text.clone());
            break;
        }
    }
    match reply {
        Reply::Says(text) => line.write_all(text.as_bytes()).await,
        Reply::SaysAndWaits(text) => {
            line.write_all(text.as_bytes()).await?;
            std::future::pending().await
        }
        Reply::Endless(piece) => loop {
            line.write_all(piece.as_bytes()).await?;
        },
    }
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn moved(status: u16, to: &str) -> String {
    format!("HTTP/1.1 {status} Moved\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
}

fn example(reply: &str) -> World {
    let world = World::default().name("example.org", &[PUBLIC]);
    world.says(&format!("{PUBLIC}:80"), reply)
}

/// A world in which every name leads to this machine, the names of rebinding services too.
struct AllAtHome(World);

impl Network for AllAtHome {
    fn resolve<'a>(&'a self, _: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        Box::pin(async { Ok(vec!["127.0.0.1".parse().expect("an address")]) })
    }

    fn connect(&self, to: SocketAddr) -> BoxFuture<'_, io::Result<Box<dyn Line>>> {
        self.0.connect(to)
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_is_fetched() {
    let world = example(&ok("안녕"));
    let answer = world
        .get("http://example.org/a%20b/?q=1#part")
        .await
        .expect("an answer");
    assert_eq!(
        (answer.status, &answer.body[..]),
        (StatusCode::OK, "안녕".as_bytes())
    );
    assert_eq!(answer.url, "http://example.org/a%20b/?q=1");
    let heard = world.heard();
    assert!(
        heard[0].starts_with("GET /a%20b/?q=1 HTTP/1.1\r\n"),
        "{}",
        heard[0]
    );
    for line in [
        "host: example.org\r\n",
        "user-agent: Daebon/",
        "connection: close\r\n",
    ] {
        assert!(heard[0].contains(line), "{line} in {}", heard[0]);
    }
    for line in ["cookie:", "authorization:", "referer:"] {
        assert!(!heard[0].contains(line), "{line} in {}", heard[0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_bad_status_is_an_answer() {
    let world = example("HTTP/1.1 503 Busy\r\ncontent-length: 4\r\n\r\nbusy");
    let answer = world.get("http://example.org/").await.expect("an answer");
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}

/// Addresses that are refused before anybody is dialled, wherever names lead.
const REFUSED: [&str; 72] = [
    // This machine, in every spelling of IPv4.
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7F.0.0.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0177.0.0.01/",
    "http://0x7f.1/",
    "http://127.0.0.1./",
    "http://127。0。0。1/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://%31%32%37.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0x0/",
    "http://00000/",
    // The neighbours.
    "http://10.0.0.1/",
    "http://0x0a000001/",
    "http://167772161/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://192.0.0.8/",
    "http://240.0.0.1/",
    // IPv6, and IPv4 in IPv6.
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:db8::1]/",
    "http://[2001::1]/",
    "http://[::ffff:0:127.0.0.1]/",
    // Names that lead home.
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://ｌocalhost/",
    "http://127.0.0.1.nip.io/",
    "http://example.org./",
    "http://xn--oi2b61z32a.example/",
    // Other schemes and ports.
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "data:text/plain,x",
    "http://example.org:22/",
    "https://example.org:8443/",
    "http://example.org:0/",
    // Somebody's name and password, and what looks like it.
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://:word@example.org/",
    "http://example.org%2F@127.0.0.1/",
    "http://example.org\\@127.0.0.1/",
    // Nothing.
    "",
    "http://",
    "http://exa mple.org/",
];

#[tokio::test(start_paused = true)]
async fn nobody_in_our_network_is_dialled() {
    let world = World::default();
    let web = Web::on(AllAtHome(world.clone()), RootCertStore::empty());
    let fetch = Fetch::Web(Arc::new(web));
    for url in REFUSED {
        let answer = fetch.fetch(&Request::get(url, 1000, MINUTE)).await;
        assert!(answer.is_err(), "{url}");
        assert_eq!(world.dialled(), [], "{url}");
    }
}

#[tokio::test(start_paused = true)]
async fn public_forms_lead_where_they_say() {
    for (url, host, port) in [
        ("http://8.8.8.8/", "8.8.8.8", "8.8.8.8:80"),
        ("http://0x08080808:443/", "8.8.8.8:443", "8.8.8.8:443"),
        (
            "http://[2606:4700::1111]/",
            "[2606:4700::1111]",
            "[2606:4700::1111]:80",
        ),
        (
            "http://[::ffff:8.8.8.8]/",
            "[::ffff:8.8.8.8]",
            "[::ffff:8.8.8.8]:80",
        ),
        ("http://EXAMPLE.org/", "example.org", "93.184.215.14:80"),
        (
            "http://대본.example/",
            "xn--oi2b61z.example",
            "93.184.215.14:80",
        ),
        ("http://example.org:80/", "example.org", "93.184.215.14:80"),
    ] {
        let world = World::default()
            .name("example.org", &[PUBLIC])
            .name(
                &Target::parse("http://대본.example/", None)
                    .expect("good")
                    .origin
                    .name(),
                &[PUBLIC],
            )
            .says(port, &ok("x"));
        let answer = world.get(url).await;
        assert!(answer.is_ok(), "{url}");
        assert_eq!(
            world.dialled(),
            [port.parse().expect("an address")],
            "{url}"
        );
        if !host.starts_with("xn--") {
            let line = format!("host: {host}\r\n");
            assert!(world.heard()[0].contains(&line), "{}", world.heard()[0]);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_private_address_of_a_name_is_one_too_many() {
    for addresses in [
        [PUBLIC, "10.0.0.1"],
        ["::1", PUBLIC],
        [PUBLIC, "::ffff:127.0.0.1"],
    ] {
        let world = World::default()
            .name("example.org", &addresses)
            .says(&format!("{PUBLIC}:80"), &ok("x"));
        assert!(
            world.get("http://example.org/").await.is_err(),
            "{addresses:?}"
        );
        assert_eq!(world.dialled(), [], "{addresses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_dead_address_gives_way_to_the_next() {
    let world = World::default()
        .name("example.org", &["2606:4700::1", PUBLIC])
        .says(&format!("{PUBLIC}:80"), &ok("x"));
    assert!(world.get("http://example.org/").await.is_ok());
    assert_eq!(world.dialled().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn redirects_are_followed_and_each_is_checked() {
    for (location, leads) in [
        ("/there", true),
        ("//example.net/there", true),
        ("http://example.net/there", true),
        ("http://127.0.0.1/", false),
        ("http://private.example/", false),
        ("//localhost/", false),
        ("http://example.net:8080/", false),
        ("http://u@example.net/", false),
        ("file:///etc/passwd", false),
    ] {
        let world = example(&moved(302, location))
            .name("example.net", &["8.8.8.8"])
            .name("private.example", &["192.168.0.1"])
            .name("localhost", &["127.0.0.1"])
            .says("8.8.8.8:80", &ok("there"))
            .says("127.0.0.1:80", &ok("secret"))
            .says("192.168.0.1:80", &ok("secret"));
        let answer = world.get("http://example.org/here").await;
        // One that leads to itself never ends, and is asked six times.
        let itself = location == "/there";
        assert_eq!(answer.is_ok(), leads && !itself, "{location}");
        let dialled = world.dialled().len();
        let wanted = if itself { 6 } else { 1 + usize::from(leads) };
        assert_eq!(dialled, wanted, "{location}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_repeated_only_where_it_should_be() {
    for (status, repeated) in [
        (301, false),
        (302, false),
        (303, false),
        (307, true),
        (308, true),
    ] {
        let world = example(&moved(status, "http://example.net/there"))
            .name("example.net", &["8.8.8.8"])
            .says("8.8.8.8:80", &ok("there"));
        let form = [("a", "1 2"), ("글", "&")];
        let request = Request::post_form("http://example.org/", &form, 1000, MINUTE);
        let answer = world.fetch().fetch(&request).await.expect("an answer");
        let heard = world.heard();
        assert!(
            heard[0].ends_with("\r\n\r\na=1+2&%EA%B8%80=%26"),
            "{}",
            heard[0]
        );
        assert!(heard[0].contains("content-type: application/x-www-form-urlencoded\r\n"));
        assert_eq!(answer.status.is_success(), repeated, "{status}");
        assert_eq!(heard.len(), 1 + usize::from(repeated), "{status}");
        assert!(heard.iter().all(|h| h.starts_with("POST ")), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_stays_with_its_origin() {
    let world = example(&moved(307, "http://example.net/"))
        .name("example.net", &["8.8.8.8"])
        .says("8.8.8.8:80", &ok("x"));
    let request = Request::get("http://example.org/", 1000, MINUTE)
        .with_secret(header::AUTHORIZATION, "the token")
        .expect("a value");
    assert!(!format!("{request:?}").contains("the token"));
    world.fetch().fetch(&request).await.expect("an answer");
    let heard = world.heard();
    assert!(heard[0].contains("authorization: the token\r\n"));
    assert!(!heard[1].contains("authorization"), "{}", heard[1]);
    let bad =
        Request::get("http://example.org/", 1, MINUTE).with_secret(header::AUTHORIZATION, "a\r\nb");
    assert!(bad.is_err());
}

#[tokio::test(start_paused = true)]
async fn what_the_operator_named_may_stand_at_home() {
    let at_home = |location: &str| {
        World::default()
            .name("hub.internal", &["10.0.0.5"])
            .says("10.0.0.5:8080", &moved(307, location))
            .says("10.0.0.5:80", &ok("other port"))
            .says("127.0.0.1:80", &ok("secret"))
    };
    let request = Request::get("http://hub.internal:8080/", 1000, MINUTE);
    let plain = at_home("/");
    assert!(plain.fetch().fetch(&request).await.is_err());
    assert_eq!(plain.dialled(), []);

    let world = at_home("/").says("10.0.0.5:8080", &ok("the hub"));
    let trusting = request.clone().named_by_operator();
    let answer = world.fetch().fetch(&trusting).await.expect("the hub");
    assert_eq!(&answer.body[..], b"the hub");

    for elsewhere in [
        "http://127.0.0.1/",
        "http://hub.internal/",
        "https://hub.internal:8080/",
    ] {
        let world = at_home(elsewhere);
        assert!(world.fetch().fetch(&trusting).await.is_err(), "{elsewhere}");
        assert_eq!(world.dialled().len(), 1, "{elsewhere}");
    }
    for (url, good) in [
        ("http://127.0.0.1:9000/hub", true),
        ("https://hub.example/?a=b", true),
        ("hub.example", false),
        ("ftp://hub.example/", false),
        ("https://u:p@hub.example/", false),
    ] {
        assert_eq!(is_fetchable_for_operator(url), good, "{url}");
    }
}

/// How many seconds of the test's own time go by until a request fails.
async fn fails_after(world: World, request: Request) -> u64 {
    let start = Instant::now();
    assert!(world.fetch().fetch(&request).await.is_err());
    start.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn nobody_is_waited_for_too_long() {
    let get = |total| Request::get("http://example.org/", 1 << 20, Duration::from_secs(total));
    let dead = || World::default().name("example.org", &[PUBLIC]);
    let at = &format!("{PUBLIC}:80");
    let waits = |text: &str| dead().server(at, Reply::SaysAndWaits(text.to_owned()));
    assert_eq!(fails_after(dead(), get(60)).await, 10);
    assert_eq!(fails_after(waits(""), get(60)).await, 15);
    assert_eq!(
        fails_after(waits("HTTP/1.1 200 OK\r\na: b\r\n"), get(60)).await,
        15
    );
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf";
    assert_eq!(fails_after(waits(half), get(60)).await, 15);
    assert_eq!(fails_after(waits(""), get(4)).await, 4);
}

#[tokio::test(start_paused = true)]
async fn what_has_no_end_is_cut() {
    let start = "HTTP/1.1 200 OK\r\n\r\n";
    let at = &format!("{PUBLIC}:80");
    for piece in [
        "HTTP/1.1 200 OK\r\n\r\n and a body without end",
        "x-line: without end\r\n",
        "without a line's end",
    ] {
        let world = World::default().name("example.org", &[PUBLIC]);
        let world = world.server(at, Reply::Endless(piece));
        assert!(world.get("http://example.org/").await.is_err(), "{piece}");
    }
    let world = example(&format!("{start}{}", "x".repeat(1001)));
    assert!(world.get("http://example.org/").await.is_err());
    let world = example(&format!("{start}{}", "x".repeat(1000)));
    assert!(world.get("http://example.org/").await.is_ok());
    let short = example("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf");
    assert!(short.get("http://example.org/").await.is_err());
}

#[tokio::test(start_paused = true)]
async fn four_at_a_time() {
    let at = &format!("{PUBLIC}:80");
    let world = World::default().name("example.org", &[PUBLIC]);
    let world = world.server(at, Reply::SaysAndWaits(String::new()));
    let fetch = world.fetch();
    let all: Vec<_> = (0..10)
        .map(|_| {
            let fetch = fetch.clone();
            tokio::spawn(async move {
                fetch
                    .fetch(&Request::get("http://example.org/", 9, MINUTE))
                    .await
            })
        })
        .collect();
    // A second of the test's own time: whoever can dial has done so.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(world.dialled().len(), 4);
    for one in all {
        assert!(one.await.expect("no panic").is_err());
    }
    assert_eq!(world.dialled().len(), 10);
}

fn over_tls() -> World {
    let chain = include_bytes!("../../../tests/fixtures/tls/example.org.der");
    let key = include_bytes!("../../../tests/fixtures/tls/example.org.key.der");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(&chain[..])],
            PrivateKeyDer::try_from(&key[..]).expect("a key"),
        )
        .expect("a pair");
    let world = World {
        tls: Some(TlsAcceptor::from(Arc::new(config))),
        ..World::default()
    };
    world
        .name("example.org", &[PUBLIC])
        .name("example.org.", &[PUBLIC])
        .name("other.example", &[PUBLIC])
        .says(&format!("{PUBLIC}:443"), &ok("safe"))
}

#[tokio::test(start_paused = true)]
async fn over_tls_the_name_must_be_the_certificates() {
    for (url, good) in [
        ("https://example.org/", true),
        ("https://example.org./", true),
        ("https://other.example/", false),
        ("https://93.184.215.14/", false),
    ] {
        let world = over_tls();
        assert_eq!(world.get(url).await.is_ok(), good, "{url}");
        assert_eq!(world.heard().len(), usize::from(good), "{url}");
    }
    // An authority that nobody knows.
    let web = Web::on(over_tls(), RootCertStore::empty());
    let request = Request::get("https://example.org/", 9, MINUTE);
    assert!(Fetch::Web(Arc::new(web)).fetch(&request).await.is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}", location in "\\PC{0,60}") {
        let _ = Target::parse(&text, None);
        if let Some(target) = Target::parse("http://example.org/a/b", None) {
            let _ = target.redirected(&location, None);
        }
    }

    #[test]
    fn what_is_read_has_one_host_and_a_plain_port(
        scheme in "(http|https|HTTP|ftp)",
        host in "[a-z0-9.@:\\\\/\\[\\]%x_-]{0,24}",
        rest in "(|/|/a\\?b|#c|:80|:81|@1\\.1\\.1\\.1)",
    ) {
        let text = format!("{scheme}://{host}{rest}");
        if let Some(target) = Target::parse(&text, None) {
            let Origin { port, .. } = target.origin;
            prop_assert!(port == 80 || port == 443, "{text}");
            prop_assert!(!target.origin.authority().contains(['@', '/', '\\', ' ']), "{text}");
            prop_assert!(target.path_and_query().starts_with('/'), "{text}");
            // Read again it is the same.
            prop_assert_eq!(Target::parse(target.as_str(), None), Some(target));
        }
    }
}

/// A form with a file of so many bytes, which its part says to be `said` bytes long.
fn with_a_file(url: &str, bytes: &[u8], said: u64) -> Request {
    use std::io::Write;
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    let part = FilePart {
        field: "file",
        name: "piece.mp3".to_owned(),
        media_type: "audio/mpeg",
        file: Arc::new(file),
        length_bytes: said,
    };
    Request::post_file(url, &[("model", "귀")], part, 1000, 100 * MINUTE)
}

#[tokio::test(start_paused = true)]
async fn a_file_is_sent_whole_behind_its_fields() {
    let world = example(&ok("heard"));
    let sound = "소리 ".repeat(100_000);
    let request = with_a_file("http://example.org/", sound.as_bytes(), sound.len() as u64);
    let answer = world.fetch().fetch(&request).await.expect("an answer");
    assert_eq!(&answer.body[..], b"heard");
    let heard = world.heard().remove(0);
    let (head, body) = heard.split_once("\r\n\r\n").expect("a head");
    assert!(!head.contains("transfer-encoding"), "{head}");
    let boundary = head
        .split_once("boundary=")
        .and_then(|(_, rest)| rest.lines().next())
        .expect("a boundary");
    let want = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n귀\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"piece.mp3\"\r\n\
         Content-Type: audio/mpeg\r\n\r\n{sound}\r\n--{boundary}--\r\n"
    );
    assert!(body == want, "{}", &body[..300.min(body.len())]);
}

#[tokio::test(start_paused = true)]
async fn of_a_file_a_piece_is_sent() {
    use std::io::Write;
    let mut file = tempfile::tempfile().expect("a file");
    let bytes: Vec<u8> = (0..600_000_u32).map(|n| b'a' + (n % 26) as u8).collect();
    file.write_all(&bytes).expect("written");
    let file = Arc::new(file);
    for range in [0..600_000, 100..500_000, 600_000..600_000] {
        let world = example(&ok("kept"));
        let (url, part) = ("http://example.org/", range.clone());
        let request =
            Request::send_file(http::Method::PATCH, url, file.clone(), part, 1000, MINUTE);
        world.fetch().fetch(&request).await.expect("an answer");
        let heard = world.heard().remove(0);
        let (head, body) = heard.split_once("\r\n\r\n").expect("a head");
        let length = format!("content-length: {}", range.end - range.start);
        assert!(
            head.starts_with("PATCH / ") && head.lines().any(|l| l == length),
            "{head}"
        );
        assert!(body.as_bytes() == &bytes[range.start as usize..range.end as usize]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_is_cut_short_or_called_elsewhere_is_not_sent_on() {
    let world = example(&ok("heard"));
    let request = with_a_file("http://example.org/", b"short", 6);
    assert!(world.fetch().fetch(&request).await.is_err());
    assert_eq!(world.heard().len(), 0);

    let world = example(&moved(307, "http://example.net/"))
        .name("example.net", &["8.8.8.8"])
        .says("8.8.8.8:80", &ok("mine now"));
    let request = with_a_file("http://example.org/", b"sound", 5);
    let answer = world.fetch().fetch(&request).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(answer.headers[header::LOCATION], "http://example.net/");
    assert_eq!(world.dialled().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn only_of_what_the_operator_named_it_is_told_what_went_wrong() {
    let silent = example("").server(&format!("{PUBLIC}:80"), Reply::SaysAndWaits(String::new()));
    let long = example(&ok(&"x".repeat(1001)));
    for (world, trouble) in [
        (silent, Trouble::Late),
        (long, Trouble::TooLong),
        (World::default(), Trouble::Unreachable),
    ] {
        let request = with_a_file("http://example.org/", b"sound", 5);
        let told = world.fetch().fetch_named(&request).await;
        assert_eq!(told.map(|_| ()), Err(Trouble::Unreachable), "not named");
        let named = request.named_by_operator();
        let told = world.fetch().fetch_named(&named).await;
        assert_eq!(told.map(|_| ()), Err(trouble));
    }
}

#[tokio::test(start_paused = true)]
async fn work_on_a_file_may_take_its_time() {
    let begun = Instant::now();
    let world = example("");
    let silent = world
        .clone()
        .server(&format!("{PUBLIC}:80"), Reply::SaysAndWaits(String::new()));
    let request = with_a_file("http://example.org/", b"sound", 5);
    assert!(silent.fetch().fetch(&request).await.is_err());
    assert!(begun.elapsed() >= 99 * MINUTE, "{:?}", begun.elapsed());
}
