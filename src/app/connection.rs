//! One connection on its lane: hyper with our limits (HARDENING L1), its deadline kept by the
//! lane instead of a timer of its own, told to end when the server stops (D12).
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::response::Response;
use http::{Request, Version};
use hyper::body::Incoming;
use hyper::rt::{Sleep, Timer};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpStream;

use super::lanes::Line;

/// The head of a request must be there within this; an idle connection ends after it too.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Largest head in bytes; hyper refuses more than 100 fields by itself.
const HEAD_BYTES: usize = 64 << 10;

/// Serves a connection to its end.
pub async fn serve<S, F>(stream: std::net::TcpStream, line: Arc<Line>, answer: S)
where
    S: Fn(Request<Incoming>) -> F,
    F: Future<Output = Result<Response<Body>, Infallible>> + Send + 'static,
{
    let Ok(stream) = TcpStream::from_std(stream) else {
        return;
    };
    let _ = stream.set_nodelay(true);
    // Until hyper knows which HTTP it is spoken to in, it has no deadline of its own.
    line.due(line.now() + HEAD_TIMEOUT);
    let service = service_fn(|request: Request<Incoming>| {
        if request.version() == Version::HTTP_2 {
            line.never_due();
        }
        answer(request)
    });
    let builder = builder(&line);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut told = false;
    let ended = poll_fn(|cx| {
        line.woken_by(cx.waker());
        if !told && line.must_end() {
            told = true;
            connection.as_mut().graceful_shutdown();
        }
        match connection.as_mut().poll(cx) {
            Poll::Pending if line.is_late() => Poll::Ready(Ok(())),
            ended => ended,
        }
    });
    if let Err(error) = ended.await {
        tracing::debug!(%error, "a connection ended");
    }
}

fn builder(line: &Arc<Line>) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(HeadTimer(line.clone()))
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

/// hyper's timer for heads. It sets one at the end of each answer and drops it with the next
/// head: a timer of the runtime for each would be a good part of what an answer costs.
struct HeadTimer(Arc<Line>);

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.0.due(deadline);
        Box::pin(HeadSleep(self.0.clone()))
    }

    fn now(&self) -> Instant {
        self.0.now()
    }

    fn reset(&self, _: &mut Pin<Box<dyn Sleep>>, deadline: Instant) {
        // There is one deadline, whichever future waits for it.
        self.0.due(deadline);
    }
}

struct HeadSleep(Arc<Line>);

impl Future for HeadSleep {
    type Output = ();

    /// The lane wakes the connection when it is late.
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0.is_late() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Sleep for HeadSleep {}

impl Drop for HeadSleep {
    fn drop(&mut self) {
        self.0.never_due();
    }
}
