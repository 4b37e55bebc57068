//! The accept loop: connections under limits (HARDENING L1), the host check, the short way for
//! finished answers, the router for everything else, and an orderly end (D12).
//!
//! Written out because `axum::serve` installs no timer, so hyper's limit on the time for a
//! request's head would not work, and because it has no limits on connections.
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use axum::{BoxError, Router};
use bytes::Bytes;
use futures_util::future::{Either, ready};
use http::{HeaderMap, Request, Uri};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use crate::kernel::{Error, Message};
use crate::state::AppState;
use crate::web::client::{Network, Peer};
use crate::web::host::HostFault;
use crate::web::{error, headers, lang, ui::Ui};

/// The head of a request must be there within this; an idle connection ends after it too.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Largest head in bytes; hyper refuses more than 100 fields by itself.
const HEAD_BYTES: usize = 64 << 10;
/// Connections still busy after this are cut at shutdown.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until told to stop, then drains.
pub async fn serve(
    state: AppState,
    listener: TcpListener,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(state.config.max_connections));
    let addresses = Addresses::new(&state);
    let builder = Arc::new(connection_builder());
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let (stream, peer) = match accepted {
            Ok(pair) => pair,
            Err(error) => {
                // Out of file descriptors: give the others a moment to end.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            continue;
        };
        let Some(counted) = addresses.admit(peer.ip()) else {
            continue;
        };
        let connection = one_connection(&state, &router, &builder, stream, Peer(peer));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _held = (place, counted);
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(DRAIN) => tracing::warn!("some connections were still busy and were cut"),
    }
}

fn connection_builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        // Bodies go out as they are: flattened, each connection would hold a copy of the feed.
        .writev(true)
        .max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_header_list_size(32 << 10)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
    builder
}

fn one_connection(
    state: &AppState,
    router: &Router,
    builder: &Arc<auto::Builder<TokioExecutor>>,
    stream: TcpStream,
    peer: Peer,
) -> impl hyper_util::server::graceful::GracefulConnection<
    Error = Box<dyn std::error::Error + Send + Sync>,
> + 'static {
    let _ = stream.set_nodelay(true);
    let (state, router) = (state.clone(), router.clone());
    // A finished answer is ready before the future is: nothing is cloned or boxed for it.
    let service = service_fn(
        move |request: Request<Incoming>| match at_once(&state, &request) {
            Some(response) => Either::Left(ready(Ok::<_, Infallible>(response))),
            None => {
                let router = router.clone();
                Either::Right(Box::pin(async move {
                    Ok(by_router(router, peer, request).await)
                }))
            }
        },
    );
    builder
        .serve_connection(TokioIo::new(stream), service)
        .into_owned()
}

/// Answers one request as the accept loop does: the host check, the short way for finished
/// answers, then the router. Tests go through the same door with bodies of their own.
pub async fn answer_one<B>(
    state: &AppState,
    router: Router,
    peer: Peer,
    request: Request<B>,
) -> Response
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    match at_once(state, &request) {
        Some(response) => response,
        None => by_router(router, peer, request).await,
    }
}

/// What needs no router: a refusal of the host, or a finished answer.
fn at_once<B>(state: &AppState, request: &Request<B>) -> Option<Response> {
    let (method, uri) = (request.method(), request.uri());
    if let Err(fault) = state.hosts.check(uri, request.headers())
        && !matches!(uri.path(), "/healthz" | "/readyz")
    {
        return Some(wrong_host(state, fault, uri, request.headers()));
    }
    state.rendered.fast(method, uri, request.headers())
}

async fn by_router<B>(router: Router, peer: Peer, request: Request<B>) -> Response
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    let Ok(response) = router.oneshot(request).await;
    response
}

fn wrong_host(state: &AppState, fault: HostFault, uri: &Uri, asked: &HeaderMap) -> Response {
    let ui = Ui::new(lang::of(uri, asked));
    let error = match fault {
        HostFault::Malformed => Error::BadRequest(Message::new("error-host")),
        HostFault::Misdirected => Error::Misdirected,
    };
    let mut response = error::answer(error, ui, error::wants_json(asked));
    headers::complete(response.headers_mut(), state.config.is_https());
    response
}

/// Counts the connections of each client address.
#[derive(Clone)]
struct Addresses {
    most: usize,
    trusted: Arc<Vec<Network>>,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Addresses {
    fn new(state: &AppState) -> Self {
        Self {
            most: state.config.connections_per_address,
            trusted: Arc::new(state.config.trusted_proxies.clone()),
            counts: Arc::default(),
        }
    }

    /// A place for a connection of this address; loopback and trusted proxies always get one.
    fn admit(&self, address: IpAddr) -> Option<Counted> {
        let address = address.to_canonical();
        if address.is_loopback() || self.trusted.iter().any(|n| n.contains(address)) {
            return Some(Counted {
                address: None,
                counts: self.counts.clone(),
            });
        }
        let mut counts = self.counts.lock().unwrap_or_else(|e| e.into_inner());
        let count = counts.entry(address).or_insert(0);
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Counted {
            address: Some(address),
            counts: self.counts.clone(),
        })
    }
}

struct Counted {
    address: Option<IpAddr>,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut counts = self.counts.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}
