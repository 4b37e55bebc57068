//! A site that is served on a port of its own.
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use daebon::app::{routes, serve, start};
use daebon::config::Config;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::support::Site;

/// The longest that a test waits for what must come about. Nothing takes as long; a machine
/// that is busy may.
const PATIENCE: Duration = Duration::from_secs(60);

/// A site behind a socket.
pub struct Server {
    /// The same site, from inside.
    pub site: Site,
    /// Where it listens.
    pub address: SocketAddr,
    client: Client<HttpConnector, Empty<Bytes>>,
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

/// What the client got.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |v| v.to_str().expect("text"))
    }
}

impl Server {
    /// A site with an author and the show `news`, served.
    pub async fn ready() -> Self {
        Self::ready_with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn ready_with(change: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind(start::ANY_PORT).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let site = Site::ready_with(|config| {
            config.listen = address;
            change(config);
        })
        .await;
        let (stop, stopped) = watch::channel(false);
        let router = routes::router(site.state.clone());
        let running = serve::serve(site.state.clone(), listener, router, stopped);
        Self {
            running: tokio::spawn(running),
            client: Client::builder(TokioExecutor::new()).build_http(),
            site,
            address,
            stop,
        }
    }

    /// `http://127.0.0.1:…` and the path.
    pub fn url(&self, path: &str) -> String {
        self.site.state.base_url.join(path)
    }

    /// Asks for an absolute address, as a feed names it.
    pub async fn fetch(&self, method: Method, url: &str, headers: &[(&str, &str)]) -> Got {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Empty::new()).expect("a request");
        let response = self.client.request(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        Got {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.expect("a whole body").to_bytes(),
        }
    }

    /// Asks for an absolute address without more ado.
    pub async fn get(&self, url: &str) -> Got {
        self.fetch(Method::GET, url, &[]).await
    }

    /// Tells the server to stop, and waits until it has.
    pub async fn stop(self) {
        self.stop.send(true).expect("it runs");
        tokio::time::timeout(PATIENCE, self.running)
            .await
            .expect("it ends")
            .expect("in order");
    }
}

/// Waits until this is so, with a bound.
pub async fn until(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(PATIENCE, async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    });
    assert!(waited.await.is_ok(), "{what} did not come about");
}
