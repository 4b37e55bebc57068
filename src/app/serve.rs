//! The accept loop: connections under limits (HARDENING L1), the host check, the short way for
//! finished answers, the router for everything else, and an orderly end (D12).
//!
//! Written out because `axum::serve` installs no timer, so hyper's limit on the time for a
//! request's head would not work, and because it has no limits on connections.
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, TcpStream as Detached};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use anyhow::anyhow;
use axum::body::Body;
use axum::response::Response;
use axum::{BoxError, Router};
use bytes::Bytes;
use futures_util::future::{Either, ready};
use http::{HeaderMap, Request, Uri};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tower::ServiceExt;

use super::connection;
use super::lanes::Lanes;
use crate::features::delivery;
use crate::kernel::{Error, Message};
use crate::state::AppState;
use crate::web::client::{Network, Peer};
use crate::web::host::HostFault;
use crate::web::{error, headers, lang, ui::Ui};

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
    let doors = Doors {
        state: state.clone(),
        router,
        main: Handle::current(),
    };
    let lanes = Lanes::start();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted.and_then(detach),
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
        let doors = doors.clone();
        lanes.run(async move |line| {
            let _held = (place, counted);
            connection::serve(stream, line, |request| doors.enter(Peer(peer), request)).await;
        });
    }
    drop(listener);
    lanes.stop();
    let all = u32::try_from(state.config.max_connections).unwrap_or(u32::MAX);
    tokio::select! {
        _ = places.acquire_many(all) => {}
        () = tokio::time::sleep(DRAIN) => tracing::warn!("some connections were still busy and were cut"),
    }
}

/// Taken from this runtime: it is a lane that will wait for it.
fn detach((stream, peer): (TcpStream, SocketAddr)) -> std::io::Result<(Detached, SocketAddr)> {
    Ok((stream.into_std()?, peer))
}

/// Where requests go in. Cheap to clone.
#[derive(Clone)]
struct Doors {
    state: AppState,
    router: Router,
    /// Where everything runs that is not finished.
    main: Handle,
}

impl Doors {
    fn enter(
        &self,
        peer: Peer,
        request: Request<Incoming>,
    ) -> impl Future<Output = Result<Response, std::convert::Infallible>> + Send + 'static {
        // A finished answer is ready before the future is: nothing is cloned or boxed for it.
        if let Some(response) = at_once(&self.state, &request) {
            return Either::Left(ready(Ok(response)));
        }
        let (state, main) = (self.state.clone(), self.main.clone());
        let ui = Ui::new(lang::of(request.uri(), request.headers()));
        let json = error::wants_json(request.headers());
        let work = by_router(self.router.clone(), peer, request);
        let task = Task(self.main.spawn(work));
        Either::Right(async move {
            let response = match task.ended().await {
                Ok(response) => response.map(|body| Body::new(OnMain { body, main })),
                Err(panic) => {
                    let error = Error::Internal(anyhow!("a request ended early: {panic}"));
                    refusal(&state, error, ui, json)
                }
            };
            Ok(response)
        })
    }
}

/// A task that ends with whoever waits for it: with the connection of its client.
struct Task(JoinHandle<Response>);

impl Task {
    async fn ended(mut self) -> Result<Response, tokio::task::JoinError> {
        (&mut self.0).await
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A body that a handler made: what it begins while it is read, begins on the main runtime.
struct OnMain {
    body: Body,
    main: Handle,
}

impl http_body::Body for OnMain {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        let _on_main = this.main.enter();
        Pin::new(&mut this.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
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

/// What needs no router: a refusal of the host, a finished answer, a file that is open.
fn at_once<B>(state: &AppState, request: &Request<B>) -> Option<Response> {
    let (method, uri) = (request.method(), request.uri());
    if let Err(fault) = state.hosts.check(uri, request.headers())
        && !matches!(uri.path(), "/healthz" | "/readyz")
    {
        return Some(wrong_host(state, fault, uri, request.headers()));
    }
    let headers = request.headers();
    let finished = state.rendered.fast(method, uri, headers);
    finished.or_else(|| delivery::at_once(state, method, uri, headers))
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
    refusal(state, error, ui, error::wants_json(asked))
}

fn refusal(state: &AppState, error: Error, ui: Ui, json: bool) -> Response {
    let mut response = error::answer(error, ui, json);
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
