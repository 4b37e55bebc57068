//! The codings of finished answers: how hard each is tried for a body of which size.
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::rope::Rope;
use crate::kernel::{Error, Result};
use crate::web::conditional::Encoding;

/// Smaller bodies fit into the packet that carries their headers anyway.
pub(super) const WORTH_BYTES: usize = 256;

/// Up to here the strongest level is tried. Brotli takes two seconds and 30 MiB of memory for a
/// feed of 300 episodes there, and gains 6 % over the next level, which takes 0.04 s.
const STRONGEST_BYTES: usize = 512 << 10;
/// Past here the time would be counted in minutes.
const STRONG_BYTES: usize = 8 << 20;

/// The bytes in a coding, or `None` if the encoder failed, which leaves the others.
pub(super) fn compress(body: &Rope, encoding: Encoding) -> Option<Vec<u8>> {
    let made = match encoding {
        Encoding::Identity => return None,
        Encoding::Gzip => gzip(body),
        Encoding::Brotli => brotli(body),
        Encoding::Zstd => zstd(body),
    };
    // What is kept for as long as the answer must not keep the encoder's guess of its size.
    let made = made.map(|mut bytes| {
        bytes.shrink_to_fit();
        bytes
    });
    made.inspect_err(|error| tracing::warn!(%error, coding = encoding.name(), "could not compress"))
        .ok()
}

/// Runs work on a thread that yields to everything that serves, and waits for its end.
pub(super) async fn in_background(work: impl FnOnce() + Send + 'static) {
    let (done, ended) = tokio::sync::oneshot::channel::<()>();
    let thread = std::thread::Builder::new().name("background".to_owned());
    let started = thread.spawn(move || {
        // On Linux the priority is the thread's own.
        let _ = rustix::process::nice(10);
        work();
        drop(done);
    });
    match started {
        // It ends by being dropped, whether the work came to its end or panicked.
        Ok(_) => drop(ended.await),
        Err(error) => tracing::warn!(%error, "no thread for the background"),
    }
}

fn by_size<T>(length: usize, strongest: T, strong: T, fast: T) -> T {
    if length <= STRONGEST_BYTES {
        strongest
    } else if length <= STRONG_BYTES {
        strong
    } else {
        fast
    }
}

/// The gzip form at the fastest level, for bytes that are sent once.
pub(super) fn quick_gzip(body: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::fast());
    let made = encoder.write_all(body).and_then(|()| encoder.finish());
    made.map_err(|e| Error::Internal(e.into()))
}

fn gzip(body: &Rope) -> io::Result<Vec<u8>> {
    let level = Compression::new(by_size(body.len(), 9, 7, 6));
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), level);
    for piece in body.pieces() {
        encoder.write_all(piece)?;
    }
    encoder.finish()
}

fn zstd(body: &Rope) -> io::Result<Vec<u8>> {
    let level = by_size(body.len(), 19, 15, 6);
    let mut encoder = zstd::Encoder::new(Vec::with_capacity(body.len() / 5), level)?;
    encoder.set_pledged_src_size(Some(body.len() as u64))?;
    for piece in body.pieces() {
        encoder.write_all(piece)?;
    }
    encoder.finish()
}

/// As large as the body and no larger, from 64 KiB to 4 MiB: the strongest level takes eight
/// bytes of memory for each of the window's, whether there is a body to fill it or not.
fn window_bits(length: usize) -> i32 {
    let bits = usize::BITS - length.max(1).leading_zeros();
    i32::try_from(bits).map_or(22, |bits| bits.clamp(16, 22))
}

fn brotli(body: &Rope) -> io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: by_size(body.len(), 11, 9, 5),
        lgwin: window_bits(body.len()),
        size_hint: body.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(body.len() / 5);
    brotli::BrotliCompress(&mut body.reader(), &mut out, &params)?;
    Ok(out)
}
