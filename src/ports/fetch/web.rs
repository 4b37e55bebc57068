//! The real form: one request, one connection, every step with its check and its time limit
//! (HARDENING S1–S4).
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::address::is_public;
use super::body::Body;
use super::network::{Line, Network, System};
use super::target::{Origin, Target, origin_of};
use super::{Answer, Failed, Request, Trouble, sent};

/// Requests under way at a time.
const AT_A_TIME: usize = 4;
/// Redirects followed.
const MOST_REDIRECTS: usize = 5;
/// From the look-up of the name to the end of the TLS handshake.
const CONNECT: Duration = Duration::from_secs(10);
/// Between two pieces of the body.
const IDLE: Duration = Duration::from_secs(15);
/// Addresses of a name that are tried.
const MOST_ADDRESSES: usize = 4;
/// The head of an answer, at most.
const MOST_HEAD_BYTES: usize = 64 << 10;

/// What every request shares.
pub struct Web {
    network: Box<dyn Network>,
    user_agent: HeaderValue,
    places: Semaphore,
    tls: OnceLock<TlsConnector>,
}

impl Web {
    /// On the operating system's network, trusting Mozilla's certification authorities.
    pub fn new(user_agent: HeaderValue) -> Self {
        Self {
            network: Box::new(System),
            user_agent,
            places: Semaphore::new(AT_A_TIME),
            tls: OnceLock::new(),
        }
    }

    /// On a network of its own, trusting these authorities.
    #[cfg(test)]
    pub fn on(network: impl Network + 'static, roots: RootCertStore) -> Self {
        let mut web = Self::new(HeaderValue::from_static("Daebon/test"));
        web.network = Box::new(network);
        web.tls = OnceLock::from(connector(roots));
        web
    }

    /// Does what [`super::Fetch::fetch`] promises. What went wrong is for the log alone.
    pub async fn fetch(&self, request: &Request) -> Result<Answer, Failed> {
        self.attempt(request).await.map_err(|_| Failed)
    }

    /// The same, telling what went wrong.
    pub async fn attempt(&self, request: &Request) -> Result<Answer, Trouble> {
        let place = self.places.acquire().await;
        let _place = place.map_err(|_| Trouble::Unreachable)?;
        let outcome = timeout(request.total, self.follow(request)).await;
        let outcome = outcome.unwrap_or_else(|_| Err(late("in all")));
        outcome.map_err(|error| {
            // Without path and query, which may hold secrets.
            let host = origin_of(&request.url).map(|origin| origin.authority());
            tracing::info!(host = host.unwrap_or_default(), %error, "could not be fetched");
            match error.kind() {
                io::ErrorKind::TimedOut => Trouble::Late,
                io::ErrorKind::FileTooLarge => Trouble::TooLong,
                _ => Trouble::Unreachable,
            }
        })
    }

    async fn follow(&self, request: &Request) -> io::Result<Answer> {
        let trusted = origin_of(&request.url).filter(|_| request.named_by_operator);
        let trusted = trusted.as_ref();
        let first = Target::parse(&request.url, trusted).ok_or_else(refused)?;
        let mut target = first.clone();
        for _ in 0..=MOST_REDIRECTS {
            let is_trusted = trusted == Some(&target.origin);
            let keep_secrets = target.origin == first.origin;
            let (response, line) = self.ask(request, &target, is_trusted, keep_secrets).await?;
            let Some(location) = redirect(&request.method, &response) else {
                return read(request, &target, response, line).await;
            };
            let next = target.redirected(&location, trusted);
            // A file goes to those whom it was meant for, and to nobody whom they name.
            let stays = next.as_ref().is_some_and(|t| t.origin == first.origin);
            if request.attached.is_some() && !stays {
                return read(request, &target, response, line).await;
            }
            target = next.ok_or_else(refused)?;
        }
        Err(io::Error::other("redirected too often"))
    }

    /// One request and the head of its answer; the line breaks when the guard is dropped.
    async fn ask(
        &self,
        request: &Request,
        target: &Target,
        is_trusted: bool,
        keep_secrets: bool,
    ) -> io::Result<(http::Response<Incoming>, Driver)> {
        let line = timeout(CONNECT, self.connect(&target.origin, is_trusted));
        let line = line.await.unwrap_or_else(|_| Err(late("to connect")))?;
        let asked = async {
            let mut settings = http1::Builder::new();
            settings.max_buf_size(MOST_HEAD_BYTES);
            let (mut sender, connection) = settings
                .handshake(TokioIo::new(line))
                .await
                .map_err(io::Error::other)?;
            let driver = Driver(tokio::spawn(async move {
                // What breaks the line is told by the request, too.
                let _ = connection.await;
            }));
            let request = self.request(request, target, keep_secrets)?;
            let response = sender.send_request(request).await;
            Ok((response.map_err(io::Error::other)?, driver))
        };
        let asked = timeout(request.first_byte, asked).await;
        asked.unwrap_or_else(|_| Err(late("for the first byte")))
    }

    fn request(
        &self,
        request: &Request,
        target: &Target,
        keep_secrets: bool,
    ) -> io::Result<http::Request<UnsyncBoxBody<Bytes, io::Error>>> {
        let mut built = http::Request::builder()
            .method(request.method.clone())
            .uri(target.path_and_query())
            .header(header::HOST, target.origin.authority())
            .header(header::USER_AGENT, self.user_agent.clone())
            .header(header::ACCEPT_ENCODING, "gzip")
            .header(header::CONNECTION, "close");
        for (name, value) in &request.headers {
            if keep_secrets || !value.is_sensitive() {
                built = built.header(name, value);
            }
        }
        let attached = request.attached.as_ref();
        if attached.is_some() {
            // Many servers of this kind read no body whose length they are not told.
            let length = sent::length_bytes(&request.body, attached);
            built = built.header(header::CONTENT_LENGTH, length);
        }
        let built = built.body(sent::body(request.body.clone(), attached));
        built.map_err(io::Error::other)
    }

    /// Looks the name up, checks every address, and connects to a checked one.
    async fn connect(&self, origin: &Origin, is_trusted: bool) -> io::Result<Box<dyn Line>> {
        let addresses = self.addresses(origin, is_trusted).await?;
        let mut last = io::Error::other("a name without an address");
        // A dead first address must leave time for the next.
        let count = addresses.len().clamp(1, MOST_ADDRESSES);
        let patience = CONNECT / u32::try_from(count).unwrap_or(1);
        for ip in addresses.into_iter().take(MOST_ADDRESSES) {
            let to = SocketAddr::new(ip, origin.port);
            match timeout(patience, self.network.connect(to)).await {
                Ok(Ok(line)) => return self.secured(origin, line).await,
                Ok(Err(error)) => last = error,
                Err(_) => last = late("to connect"),
            }
        }
        Err(last)
    }

    async fn addresses(&self, origin: &Origin, is_trusted: bool) -> io::Result<Vec<IpAddr>> {
        let found = match origin.ip() {
            Some(ip) => vec![ip],
            None => self.network.resolve(&origin.host.to_string()).await?,
        };
        if is_trusted || found.iter().all(|ip| is_public(*ip)) {
            Ok(found)
        } else {
            Err(io::Error::other("not a public address"))
        }
    }

    async fn secured(&self, origin: &Origin, line: Box<dyn Line>) -> io::Result<Box<dyn Line>> {
        if !origin.https {
            return Ok(line);
        }
        let tls = self.tls.get_or_init(|| {
            let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned();
            connector(roots.collect())
        });
        let name = ServerName::try_from(origin.name()).map_err(io::Error::other)?;
        Ok(Box::new(tls.connect(name, line).await?))
    }
}

fn connector(roots: RootCertStore) -> TlsConnector {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// Where an answer sends us. A POST is repeated only where the answer says that it should be
/// (307, 308): turned into a GET it would do nothing and look like success.
fn redirect(method: &Method, response: &http::Response<Incoming>) -> Option<String> {
    let follows = match response.status() {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            *method == Method::GET
        }
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        _ => false,
    };
    let location = response.headers().get(header::LOCATION)?;
    follows.then(|| String::from_utf8_lossy(location.as_bytes()).into_owned())
}

async fn read(
    request: &Request,
    target: &Target,
    response: http::Response<Incoming>,
    _line: Driver,
) -> io::Result<Answer> {
    let (head, mut incoming) = response.into_parts();
    if request.head_only {
        return Ok(Answer {
            status: head.status,
            headers: head.headers,
            body: Bytes::new(),
            url: target.as_str().to_owned(),
        });
    }
    let mut body = Body::new(&head.headers, request.most_bytes)?;
    loop {
        let frame = timeout(IDLE, incoming.frame()).await;
        let Some(frame) = frame.map_err(|_| late("for more"))? else {
            break;
        };
        if let Ok(piece) = frame.map_err(io::Error::other)?.into_data() {
            body.push(&piece)?;
        }
    }
    Ok(Answer {
        status: head.status,
        headers: head.headers,
        body: body.finish()?,
        url: target.as_str().to_owned(),
    })
}

/// Drives a connection; ends it when dropped.
struct Driver(tokio::task::JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn refused() -> io::Error {
    io::Error::other("not an address that is fetched from")
}

fn late(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, format!("waited too long {what}"))
}
