//! Bodies that must keep coming: a client who stalls or drips frees what it holds
//! (HARDENING L2).
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout};

use crate::kernel::{Error, Message, Result};

/// Longest wait for the next piece of a body.
const IDLE: Duration = Duration::from_secs(30);
/// From this much waiting on, the mean rate counts.
const WINDOW: Duration = Duration::from_secs(10);
/// Least mean rate in bytes a second.
const LEAST_RATE: u64 = 1024;
/// Longest time that one body may take.
const WHOLE: Duration = Duration::from_secs(6 * 3600);

/// What has come in since the rate was looked at last. Only time spent waiting for the client
/// counts, not the time that our own disk takes.
#[derive(Debug, Default)]
struct Window {
    waited: Duration,
    bytes: u64,
}

impl Window {
    /// Notes a piece that was waited for; false when the client is too slow.
    fn note(&mut self, waited: Duration, bytes: usize) -> bool {
        self.waited += waited;
        self.bytes += bytes as u64;
        if self.waited < WINDOW {
            return true;
        }
        let fast_enough = self.bytes >= self.waited.as_secs() * LEAST_RATE;
        *self = Self::default();
        fast_enough
    }
}

/// A body that is read piece by piece under the limits of time.
pub struct PacedBody {
    body: Body,
    started: Instant,
    window: Window,
}

impl PacedBody {
    /// Watches this body from now on.
    pub fn new(body: Body) -> Self {
        Self {
            body,
            started: Instant::now(),
            window: Window::default(),
        }
    }

    /// The next piece, never empty; `None` at the end.
    ///
    /// # Errors
    /// `BadRequest` when the line was cut, or when the client is too slow.
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        loop {
            let asked = Instant::now();
            if asked.duration_since(self.started) > WHOLE {
                return Err(stalled());
            }
            let frame = timeout(IDLE, self.body.frame())
                .await
                .map_err(|_| stalled())?;
            let Some(frame) = frame else {
                return Ok(None);
            };
            let frame = frame.map_err(|_| cut_off())?;
            let data = frame.into_data().unwrap_or_default();
            if !self.window.note(asked.elapsed(), data.len()) {
                return Err(stalled());
            }
            if !data.is_empty() {
                return Ok(Some(data));
            }
        }
    }
}

fn stalled() -> Error {
    Error::BadRequest(Message::new("error-upload-stalled"))
}

/// The line was cut before the end.
pub fn cut_off() -> Error {
    Error::BadRequest(Message::new("error-upload-cut-off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_wait_is_no_matter() {
        let mut window = Window::default();
        assert!(window.note(Duration::from_secs(9), 1));
        assert!(window.note(Duration::from_millis(900), 1));
    }

    #[test]
    fn a_drip_is_refused_and_a_steady_line_is_not() {
        let mut drip = Window::default();
        assert!((0..9).all(|_| drip.note(Duration::from_secs(1), 1023)));
        assert!(!drip.note(Duration::from_secs(1), 1023));
        let mut steady = Window::default();
        assert!((0..100).all(|_| steady.note(Duration::from_secs(1), 1024)));
    }

    #[test]
    fn a_fast_start_buys_no_drip() {
        let mut window = Window::default();
        assert!(window.note(Duration::from_secs(10), 1 << 30));
        assert!((0..9).all(|_| window.note(Duration::from_secs(1), 1)));
        assert!(!window.note(Duration::from_secs(1), 1));
    }

    #[tokio::test]
    async fn pieces_come_in_order() {
        let mut body = PacedBody::new(Body::from("hello"));
        assert_eq!(body.next().await.expect("reads"), Some("hello".into()));
        assert_eq!(body.next().await.expect("reads"), None);
    }
}
