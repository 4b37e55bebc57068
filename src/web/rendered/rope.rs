//! Bytes in pieces: a document that is joined from kept parts without being copied.
use std::convert::Infallible;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// Documents up to this are copied into one piece: a few more bytes in memory, and fewer calls
/// to send them.
const COPY_BYTES: usize = 2 << 20;

/// Immutable bytes in one or more pieces. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Rope {
    pieces: Arc<[Bytes]>,
    length: usize,
}

impl From<Bytes> for Rope {
    fn from(bytes: Bytes) -> Self {
        Self {
            length: bytes.len(),
            pieces: Arc::new([bytes]),
        }
    }
}

impl Rope {
    /// The pieces in their order; small ropes are copied together.
    pub fn join(pieces: Vec<Bytes>) -> Self {
        let length = pieces.iter().map(Bytes::len).sum();
        if length > COPY_BYTES {
            return Self {
                pieces: pieces.into(),
                length,
            };
        }
        let mut whole = Vec::with_capacity(length);
        for piece in &pieces {
            whole.extend_from_slice(piece);
        }
        Bytes::from(whole).into()
    }

    /// Length of the whole in bytes.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The pieces in their order.
    pub fn pieces(&self) -> &[Bytes] {
        &self.pieces
    }

    /// The whole, copied together unless it is one piece.
    pub fn to_bytes(&self) -> Bytes {
        match &*self.pieces {
            [one] => one.clone(),
            many => many.concat().into(),
        }
    }

    /// Reads it from the beginning.
    pub fn reader(&self) -> impl Read {
        Reader {
            rope: self.clone(),
            piece: 0,
            at: 0,
        }
    }

    /// Sends it.
    pub fn into_body(self) -> RopeBody {
        RopeBody {
            left: self.length,
            rope: self,
            piece: 0,
        }
    }
}

struct Reader {
    rope: Rope,
    piece: usize,
    at: usize,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(piece) = self.rope.pieces.get(self.piece) {
            let rest = &piece[self.at..];
            if rest.is_empty() {
                self.piece += 1;
                self.at = 0;
                continue;
            }
            let taken = rest.len().min(buffer.len());
            buffer[..taken].copy_from_slice(&rest[..taken]);
            self.at += taken;
            return Ok(taken);
        }
        Ok(0)
    }
}

/// A rope on its way to a client: hands out whole pieces, copies nothing.
pub struct RopeBody {
    rope: Rope,
    piece: usize,
    left: usize,
}

impl http_body::Body for RopeBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        while let Some(piece) = self.rope.pieces.get(self.piece).cloned() {
            self.piece += 1;
            if !piece.is_empty() {
                self.left -= piece.len();
                return Poll::Ready(Some(Ok(Frame::data(piece))));
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left as u64)
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    fn pieces(texts: &[&'static str]) -> Vec<Bytes> {
        texts
            .iter()
            .map(|t| Bytes::from_static(t.as_bytes()))
            .collect()
    }

    #[tokio::test]
    async fn every_way_gives_the_same_bytes() {
        let large = "가나다라".repeat(COPY_BYTES / 12 + 1);
        let mut many = pieces(&["", "하나", "", "둘"]);
        many.push(Bytes::from(large.clone()));
        let whole = format!("하나둘{large}");
        for rope in [
            Rope::join(many.clone()),
            Rope::from(Bytes::from(whole.clone())),
        ] {
            assert_eq!(rope.len(), whole.len());
            assert_eq!(rope.to_bytes(), whole.as_bytes());
            let mut read = String::new();
            rope.reader().read_to_string(&mut read).expect("reads");
            assert_eq!(read, whole);
            let sent = rope.into_body().collect().await.expect("never fails");
            assert_eq!(sent.to_bytes(), whole.as_bytes());
        }
        assert!(
            Rope::join(many).pieces().len() > 1,
            "a large one is not copied"
        );
        assert_eq!(Rope::join(pieces(&["하나", "둘"])).pieces().len(), 1);
        assert!(http_body::Body::is_end_stream(&Rope::default().into_body()));
    }
}
