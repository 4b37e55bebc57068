//! What a request sends along: bytes, and a file that is read while it is sent.
use std::convert::Infallible;
use std::fmt;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};

use crate::kernel::ids::random_base32;

/// Read from the file at a time.
const PIECE_BYTES: u64 = 256 << 10;

/// A file to be sent; cheap to clone, and sent anew by a redirect that asks for it.
#[derive(Clone)]
pub struct FilePart {
    /// The name of its field.
    pub field: &'static str,
    /// What the other side is told that it is called: letters, digits, `-` and `.`.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// The file.
    pub file: Arc<File>,
    /// Its length in bytes.
    pub length_bytes: u64,
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilePart({}, {} bytes)", self.name, self.length_bytes)
    }
}

/// The end of a body that begins with bytes: a file, and what closes the form behind it.
#[derive(Debug, Clone)]
pub struct Attached {
    part: FilePart,
    /// Where in the file the part begins.
    from_bytes: u64,
    after: Bytes,
}

/// A form as RFC 7578 writes it, with the file as its last part: what stands before the file, the
/// file with what stands behind it, and the value of `Content-Type`.
pub fn form(fields: &[(&str, &str)], part: FilePart) -> (Bytes, Attached, String) {
    let boundary = format!("daebon-{}", random_base32::<24>());
    let mut before = String::new();
    for (name, value) in fields {
        before += &format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    before += &format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
         Content-Type: {}\r\n\r\n",
        part.field, part.name, part.media_type
    );
    let after = Bytes::from(format!("\r\n--{boundary}--\r\n"));
    let kind = format!("multipart/form-data; boundary={boundary}");
    let attached = Attached {
        part,
        from_bytes: 0,
        after,
    };
    (before.into(), attached, kind)
}

/// Bytes of a file as they are, without a form around them.
pub fn piece(file: Arc<File>, range: Range<u64>) -> Attached {
    Attached {
        part: FilePart {
            field: "",
            name: String::new(),
            media_type: "",
            file,
            length_bytes: range.end.saturating_sub(range.start),
        },
        from_bytes: range.start,
        after: Bytes::new(),
    }
}

/// The length of the whole body.
pub fn length_bytes(body: &Bytes, attached: Option<&Attached>) -> u64 {
    let behind = attached.map_or(0, |a| a.part.length_bytes + a.after.len() as u64);
    body.len() as u64 + behind
}

/// The body as hyper sends it.
pub fn body(body: Bytes, attached: Option<&Attached>) -> UnsyncBoxBody<Bytes, io::Error> {
    let Some(attached) = attached else {
        let never = |never: Infallible| match never {};
        return Full::new(body).map_err(never).boxed_unsync();
    };
    let frames = stream::try_unfold(Step::Before(body, attached.clone()), next);
    StreamBody::new(frames).boxed_unsync()
}

enum Step {
    Before(Bytes, Attached),
    File(u64, Attached),
    End,
}

async fn next(step: Step) -> io::Result<Option<(Frame<Bytes>, Step)>> {
    let (piece, then) = match step {
        Step::Before(bytes, attached) if !bytes.is_empty() => (bytes, Step::File(0, attached)),
        Step::Before(_, attached) => {
            let piece = read(&attached, 0).await?;
            let at = piece.len() as u64;
            (piece, Step::File(at, attached))
        }
        Step::File(at, attached) if at < attached.part.length_bytes => {
            let piece = read(&attached, at).await?;
            let at = at + piece.len() as u64;
            (piece, Step::File(at, attached))
        }
        Step::File(_, attached) if attached.after.is_empty() => return Ok(None),
        Step::File(_, attached) => (attached.after, Step::End),
        Step::End => return Ok(None),
    };
    Ok(Some((Frame::data(piece), then)))
}

/// The bytes of the part from `at` on, a block at most. A file that is shorter than its row says
/// breaks the request off.
async fn read(attached: &Attached, at: u64) -> io::Result<Bytes> {
    let file = attached.part.file.clone();
    let length = PIECE_BYTES.min(attached.part.length_bytes - at);
    let from = attached.from_bytes + at;
    let read = tokio::task::spawn_blocking(move || {
        let mut piece = vec![0; usize::try_from(length).unwrap_or_default()];
        file.read_exact_at(&mut piece, from)?;
        Ok(Bytes::from(piece))
    });
    read.await.map_err(io::Error::other)?
}
