//! The codings of finished answers: how hard each is tried for a body of which size.
use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::web::conditional::Encoding;

/// Smaller bodies fit into the packet that carries their headers anyway.
pub(super) const WORTH_BYTES: usize = 256;

/// Up to here the strongest level is tried: about a second for brotli.
const STRONGEST_BYTES: usize = 1 << 20;
/// Past here the time would be counted in minutes.
const STRONG_BYTES: usize = 8 << 20;

/// The bytes in a coding, or `None` if the encoder failed, which leaves the others.
pub(super) fn compress(body: &Bytes, encoding: Encoding) -> Option<Vec<u8>> {
    let made = match encoding {
        Encoding::Identity => return None,
        Encoding::Gzip => gzip(body),
        Encoding::Brotli => brotli(body),
        Encoding::Zstd => {
            zstd::bulk::compress(body, by_size(body.len(), 19, 9, 3)).map_err(|e| e.to_string())
        }
    };
    // What is kept for as long as the answer must not keep the encoder's guess of its size.
    let made = made.map(|mut bytes| {
        bytes.shrink_to_fit();
        bytes
    });
    made.inspect_err(|error| tracing::warn!(%error, coding = encoding.name(), "could not compress"))
        .ok()
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

fn gzip(body: &[u8]) -> Result<Vec<u8>, String> {
    let level = Compression::new(by_size(body.len(), 7, 6, 5));
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), level);
    encoder.write_all(body).map_err(|e| e.to_string())?;
    encoder.finish().map_err(|e| e.to_string())
}

/// As large as the body and no larger, from 64 KiB to 4 MiB: the strongest level takes eight
/// bytes of memory for each of the window's, whether there is a body to fill it or not.
fn window_bits(length: usize) -> i32 {
    let bits = usize::BITS - length.max(1).leading_zeros();
    i32::try_from(bits).map_or(22, |bits| bits.clamp(16, 22))
}

fn brotli(body: &[u8]) -> Result<Vec<u8>, String> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: by_size(body.len(), 11, 9, 5),
        lgwin: window_bits(body.len()),
        size_hint: body.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(body.len() / 5);
    let mut input = body;
    brotli::BrotliCompress(&mut input, &mut out, &params).map_err(|e| e.to_string())?;
    Ok(out)
}
