//! The body of an answer: unpacked as it comes, and counted after unpacking (HARDENING S4).
use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::{HeaderMap, header};

/// Bytes up to a limit.
struct Limited {
    bytes: Vec<u8>,
    most_bytes: usize,
}

impl Write for Limited {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + piece.len() > self.most_bytes {
            let long = io::ErrorKind::FileTooLarge;
            return Err(io::Error::new(long, "the body is too long"));
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Packing {
    Plain(Limited),
    // Boxed for its window of 32 KiB.
    Gzip(Box<MultiGzDecoder<Limited>>),
}

/// A body that grows.
pub struct Body {
    packing: Packing,
    is_empty: bool,
}

impl Body {
    /// An empty body, of the encoding that the headers of the answer name.
    ///
    /// # Errors
    /// An encoding that was not asked for.
    pub fn new(headers: &HeaderMap, most_bytes: usize) -> io::Result<Self> {
        let limited = Limited {
            bytes: Vec::new(),
            most_bytes,
        };
        let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
        let encoding = encodings.next().map_or(&b"identity"[..], |v| v.as_bytes());
        let packing = match encoding.to_ascii_lowercase().as_slice() {
            b"identity" | b"" => Packing::Plain(limited),
            b"gzip" | b"x-gzip" => Packing::Gzip(Box::new(MultiGzDecoder::new(limited))),
            _ => return Err(io::Error::other("an encoding that nobody asked for")),
        };
        if encodings.next().is_some() {
            return Err(io::Error::other("packed more than once"));
        }
        Ok(Self {
            packing,
            is_empty: true,
        })
    }

    /// Takes the next piece off the line.
    ///
    /// # Errors
    /// Too much, or not what the encoding says.
    pub fn push(&mut self, piece: &[u8]) -> io::Result<()> {
        self.is_empty &= piece.is_empty();
        match &mut self.packing {
            Packing::Plain(limited) => limited.write_all(piece),
            Packing::Gzip(unpacker) => unpacker.write_all(piece),
        }
    }

    /// The whole body.
    ///
    /// # Errors
    /// A packed body that breaks off.
    pub fn finish(self) -> io::Result<Bytes> {
        let limited = match self.packing {
            Packing::Plain(limited) => limited,
            // An answer without a body may name an encoding all the same.
            Packing::Gzip(_) if self.is_empty => return Ok(Bytes::new()),
            Packing::Gzip(unpacker) => unpacker.finish()?,
        };
        Ok(limited.bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn headers(encodings: &[&'static str]) -> HeaderMap {
        let all = encodings.iter().map(|e| http::HeaderValue::from_static(e));
        all.map(|e| (header::CONTENT_ENCODING, e)).collect()
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).expect("packed");
        packer.finish().expect("packed")
    }

    /// The body that comes in pieces of `step` bytes, or what went wrong.
    fn read(encoding: &[&'static str], sent: &[u8], most: usize, step: usize) -> io::Result<Bytes> {
        let mut body = Body::new(&headers(encoding), most)?;
        for piece in sent.chunks(step) {
            body.push(piece)?;
        }
        body.finish()
    }

    #[test]
    fn a_body_comes_out_as_it_went_in() {
        let text = "글이 먼저, 소리는 그다음. ".repeat(500);
        for step in [1, 7, 4096, 1 << 20] {
            for (encoding, sent) in [
                (&[][..], text.clone().into_bytes()),
                (&["identity"], text.clone().into_bytes()),
                (&["gzip"], packed(text.as_bytes())),
                (&["X-GZIP"], packed(text.as_bytes())),
            ] {
                let got = read(encoding, &sent, text.len(), step).expect("read");
                assert_eq!(got, text.as_bytes(), "{encoding:?} {step}");
            }
        }
        assert!(read(&["gzip"], b"", 10, 1).expect("no body").is_empty());
    }

    #[test]
    fn the_limit_counts_what_comes_out() {
        let zeros = vec![0; 10_000_000];
        let bomb = packed(&zeros);
        assert!(bomb.len() < 20_000);
        assert!(read(&["gzip"], &bomb, 1_000_000, 4096).is_err());
        assert!(read(&[], b"12345", 4, 2).is_err());
        assert!(read(&[], b"12345", 5, 2).is_ok());
    }

    #[test]
    fn what_is_broken_or_strange_is_refused() {
        let good = packed(b"some text that is long enough to be cut");
        assert!(read(&["gzip"], &good[..good.len() - 4], 1000, 9).is_err());
        assert!(read(&["gzip"], b"no gzip at all", 1000, 9).is_err());
        for encoding in [&["br"][..], &["zstd"], &["gzip, gzip"], &["gzip", "gzip"]] {
            assert!(read(encoding, &good, 1000, 9).is_err(), "{encoding:?}");
        }
    }
}
