//! A file, or parts of one, as the body of a response: blocks of a small pool, read from the
//! page cache on the spot and from the disk on a thread that may wait.
//!
//! Memory stays small whatever the number of clients: a body holds the block it fills, hyper
//! the ones it sends. A body that is dropped closes its file at once.
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::task::JoinHandle;

use crate::web::range::Range;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 128 << 10;
/// Blocks kept for the next reader: 4 MiB.
const SPARE_BLOCKS: usize = 32;

static SPARE: Mutex<Vec<Box<[u8]>>> = Mutex::new(Vec::new());

/// A buffer that goes back to the pool when the last byte of it is sent.
struct Block {
    /// Never empty but after the drop.
    buffer: Box<[u8]>,
    filled: usize,
}

impl Block {
    fn take() -> Self {
        let spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self {
            buffer: spare.unwrap_or_else(|| vec![0; BLOCK_BYTES].into_boxed_slice()),
            filled: 0,
        }
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE_BLOCKS {
            spare.push(std::mem::take(&mut self.buffer));
        }
    }
}

impl AsRef<[u8]> for Block {
    fn as_ref(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }
}

/// A piece of the body.
#[derive(Debug)]
pub enum Piece {
    /// Bytes of ours, such as the head of a part.
    Text(Bytes),
    /// Bytes of the file.
    Span(Range),
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Self::Text(bytes) => bytes.len() as u64,
            Self::Span(range) => range.length(),
        }
    }
}

/// The body: its pieces one after the other.
pub struct FileBody {
    file: Arc<File>,
    pieces: VecDeque<Piece>,
    remaining: u64,
    /// A block that a thread is filling.
    reading: Option<JoinHandle<io::Result<Block>>>,
    /// Whether this file system can say that it would have to wait.
    asks_first: bool,
}

impl FileBody {
    /// A body of these pieces; the spans must lie in the file.
    pub fn new(file: Arc<File>, pieces: impl IntoIterator<Item = Piece>) -> Self {
        let pieces: VecDeque<Piece> = pieces.into_iter().collect();
        Self {
            file,
            remaining: pieces.iter().map(Piece::length).sum(),
            pieces,
            reading: None,
            asks_first: cfg!(target_os = "linux"),
        }
    }

    /// Length of the body in bytes.
    pub fn length(&self) -> u64 {
        self.remaining
    }

    /// Reads what is in the page cache, or says that it is not.
    fn read_cached(&mut self, block: &mut Block, position: u64, want: usize) -> Option<usize> {
        if !self.asks_first {
            return None;
        }
        match read_without_waiting(&self.file, &mut block.buffer[..want], position) {
            Ok(0) => None,
            Ok(n) => Some(n),
            Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => None,
            Err(_) => {
                // This file system cannot tell; the thread that may wait reads everything.
                self.asks_first = false;
                None
            }
        }
    }

    fn poll_block(&mut self, cx: &mut Context<'_>, range: Range) -> Poll<io::Result<Block>> {
        if let Some(reading) = &mut self.reading {
            let ended = ready!(Pin::new(reading).poll(cx));
            self.reading = None;
            return Poll::Ready(ended.unwrap_or_else(|e| Err(io::Error::other(e))));
        }
        let want = usize::try_from(range.length()).map_or(BLOCK_BYTES, |n| n.min(BLOCK_BYTES));
        let mut block = Block::take();
        if let Some(filled) = self.read_cached(&mut block, range.first, want) {
            block.filled = filled;
            return Poll::Ready(Ok(block));
        }
        let file = self.file.clone();
        let reading = tokio::task::spawn_blocking(move || {
            block.filled = file.read_at(&mut block.buffer[..want], range.first)?;
            Ok(block)
        });
        self.reading = Some(reading);
        self.poll_block(cx, range)
    }
}

#[cfg(target_os = "linux")]
fn read_without_waiting(file: &File, to: &mut [u8], position: u64) -> rustix::io::Result<usize> {
    use rustix::io::{ReadWriteFlags, preadv2};
    let mut to = [io::IoSliceMut::new(to)];
    preadv2(file, &mut to, position, ReadWriteFlags::NOWAIT)
}

#[cfg(not(target_os = "linux"))]
fn read_without_waiting(_: &File, _: &mut [u8], _: u64) -> rustix::io::Result<usize> {
    Err(rustix::io::Errno::NOSYS)
}

impl http_body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let data = match this.pieces.front_mut() {
            None => return Poll::Ready(None),
            Some(Piece::Text(bytes)) => {
                let bytes = std::mem::take(bytes);
                this.pieces.pop_front();
                bytes
            }
            Some(Piece::Span(range)) => {
                let range = *range;
                let block = match ready!(this.poll_block(cx, range)) {
                    Ok(block) if block.filled > 0 => block,
                    failed => {
                        // Nothing more can follow: the connection ends short of its length.
                        this.pieces.clear();
                        let short = || io::Error::from(io::ErrorKind::UnexpectedEof);
                        return Poll::Ready(Some(Err(failed.err().unwrap_or_else(short))));
                    }
                };
                let first = range.first + block.filled as u64;
                if first > range.last {
                    this.pieces.pop_front();
                } else if let Some(Piece::Span(rest)) = this.pieces.front_mut() {
                    rest.first = first;
                }
                Bytes::from_owner(block)
            }
        };
        this.remaining -= data.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body::Body;
    use http_body_util::BodyExt;
    use std::io::Write;

    fn file_of(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        file
    }

    fn sample() -> Vec<u8> {
        (0..400_000u32).map(|n| (n % 251) as u8).collect()
    }

    fn span(first: u64, last: u64) -> Piece {
        Piece::Span(Range { first, last })
    }

    #[tokio::test]
    async fn pieces_come_in_order_and_whole() {
        let bytes = sample();
        for asks_first in [true, false] {
            let pieces = [
                Piece::Text(Bytes::from_static(b"head")),
                span(5, 5),
                span(10, 399_999),
                Piece::Text(Bytes::from_static(b"tail")),
            ];
            let mut body = FileBody::new(Arc::new(file_of(&bytes)), pieces);
            body.asks_first &= asks_first;
            let want = [b"head", &bytes[5..6], &bytes[10..], b"tail"].concat();
            assert_eq!(body.length(), want.len() as u64);
            assert_eq!(body.size_hint().exact(), Some(want.len() as u64));
            let got = body.collect().await.expect("reads").to_bytes();
            assert_eq!(got, want);
        }
    }

    #[tokio::test]
    async fn a_file_that_shrank_ends_in_an_error() {
        let mut body = FileBody::new(Arc::new(file_of(&sample())), [span(0, 400_000)]);
        let mut seen = 0;
        let error = loop {
            match body.frame().await.expect("an error comes before the end") {
                Ok(frame) => seen += frame.into_data().expect("data").len(),
                Err(error) => break error,
            }
        };
        assert_eq!(
            (seen, error.kind()),
            (400_000, io::ErrorKind::UnexpectedEof)
        );
        assert!(body.frame().await.is_none());
    }

    #[tokio::test]
    async fn a_dropped_body_closes_its_file() {
        let mut body = FileBody::new(Arc::new(file_of(&sample())), [span(0, 399_999)]);
        let file = Arc::downgrade(&body.file);
        let frame = body.frame().await.expect("there").expect("read");
        drop(body);
        assert!(file.upgrade().is_none());
        drop(frame);
    }
}
