//! Takes a `multipart/form-data` body apart as it comes in (RFC 7578, RFC 2046 section 5.1).
//!
//! Pure: bytes go in by [`Parser::push`], pieces come out of [`Parser::next`]. Holds no more
//! than one pushed piece and the head of one part. Stricter than the RFCs where no browser
//! needs them: nothing before the first boundary, no padding behind one.
use bytes::{Buf, Bytes, BytesMut};

/// Most parts of a form (HARDENING L5).
pub const MAX_PARTS: usize = 64;
/// Most bytes of one part's header lines (L5).
pub const MAX_HEAD_BYTES: usize = 16 << 10;
/// Longest boundary (RFC 2046).
const MAX_BOUNDARY: usize = 70;

/// What is wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It does not keep to the form.
    #[error("malformed")]
    Malformed,
    /// More than [`MAX_PARTS`], or than were asked for.
    #[error("too many parts")]
    TooManyParts,
    /// More than [`MAX_HEAD_BYTES`].
    #[error("a part's head is too long")]
    HeadTooLong,
}

/// A piece of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A part begins.
    Begin(Head),
    /// Content of the part; never empty.
    Data(Bytes),
    /// The part is whole.
    End,
    /// The closing boundary was there: the form is whole.
    Close,
}

/// What the head of a part says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Name of the field.
    pub name: String,
    /// Name of the file as the client says it, empty if none was chosen; there for files alone.
    pub file_name: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    FirstBoundary,
    AfterBoundary,
    Head,
    Data,
    Closed,
}

/// The taking apart of one body.
#[derive(Debug)]
pub struct Parser {
    /// `\r\n--boundary`.
    delimiter: Vec<u8>,
    buffer: BytesMut,
    state: State,
    parts: usize,
    most_parts: usize,
}

impl Parser {
    /// Reads the boundary from a `Content-Type`; `None` if it is another type or has none.
    pub fn from_content_type(value: &str) -> Option<Self> {
        let (essence, parameters) = value.split_once(';')?;
        if !essence.trim().eq_ignore_ascii_case("multipart/form-data") {
            return None;
        }
        let boundary = parameter(parameters, "boundary").ok()??;
        let good = (1..=MAX_BOUNDARY).contains(&boundary.len())
            && boundary.bytes().all(|b| (0x20..0x7f).contains(&b))
            && !boundary.ends_with(' ');
        good.then(|| Self {
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            // The first boundary stands at the very beginning, as if behind a line end.
            buffer: BytesMut::from(&b"\r\n"[..]),
            state: State::FirstBoundary,
            parts: 0,
            most_parts: MAX_PARTS,
        })
    }

    /// The same for a form of up to so many parts.
    pub fn with_most_parts(self, most_parts: usize) -> Self {
        Self { most_parts, ..self }
    }

    /// Adds what came in.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.state != State::Closed {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// Whether the closing boundary was there.
    pub fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// The next piece; `None` until more is pushed. Behind the closing boundary nothing counts.
    ///
    /// # Errors
    /// See [`Fault`]; the parser is of no use afterwards.
    #[expect(
        clippy::should_implement_trait,
        reason = "its end is not that of an iterator"
    )]
    pub fn next(&mut self) -> Result<Option<Piece>, Fault> {
        loop {
            match self.state {
                State::FirstBoundary => {
                    let known = self.buffer.len().min(self.delimiter.len());
                    if self.buffer[..known] != self.delimiter[..known] {
                        return Err(Fault::Malformed);
                    }
                    if known < self.delimiter.len() {
                        return Ok(None);
                    }
                    self.buffer.advance(known);
                    self.state = State::AfterBoundary;
                }
                State::AfterBoundary => {
                    let Some(two) = self.buffer.get(..2) else {
                        return Ok(None);
                    };
                    match two {
                        b"--" => {
                            self.buffer.clear();
                            self.state = State::Closed;
                            return Ok(Some(Piece::Close));
                        }
                        b"\r\n" => {}
                        _ => return Err(Fault::Malformed),
                    }
                    self.buffer.advance(2);
                    self.parts += 1;
                    if self.parts > self.most_parts {
                        return Err(Fault::TooManyParts);
                    }
                    self.state = State::Head;
                }
                State::Head => return self.head(),
                State::Data => return Ok(self.data()),
                State::Closed => return Ok(None),
            }
        }
    }

    fn head(&mut self) -> Result<Option<Piece>, Fault> {
        let end = find(&self.buffer, b"\r\n\r\n");
        if end.unwrap_or(self.buffer.len()) > MAX_HEAD_BYTES {
            return Err(Fault::HeadTooLong);
        }
        let Some(end) = end else { return Ok(None) };
        let head = parse_head(&self.buffer[..end])?;
        self.buffer.advance(end + 4);
        self.state = State::Data;
        Ok(Some(Piece::Begin(head)))
    }

    fn data(&mut self) -> Option<Piece> {
        match find(&self.buffer, &self.delimiter) {
            Some(0) => {
                self.buffer.advance(self.delimiter.len());
                self.state = State::AfterBoundary;
                Some(Piece::End)
            }
            Some(at) => Some(Piece::Data(self.buffer.split_to(at).freeze())),
            None => {
                // The tail may be the beginning of a boundary.
                let sure = self.buffer.len().checked_sub(self.delimiter.len() - 1)?;
                (sure > 0).then(|| Piece::Data(self.buffer.split_to(sure).freeze()))
            }
        }
    }
}

/// Where a needle that begins with CR first stands.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + haystack[from..].iter().position(|b| *b == b'\r')?;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn parse_head(bytes: &[u8]) -> Result<Head, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Malformed)?;
    let mut disposition = None;
    for line in text.split("\r\n") {
        let (name, value) = line.split_once(':').ok_or(Fault::Malformed)?;
        if value.chars().any(|c| c.is_control() && c != '\t') {
            return Err(Fault::Malformed);
        }
        if name.eq_ignore_ascii_case("content-disposition")
            && disposition.replace(value.trim()).is_some()
        {
            return Err(Fault::Malformed);
        }
    }
    let (kind, parameters) = disposition
        .and_then(|d| d.split_once(';'))
        .ok_or(Fault::Malformed)?;
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return Err(Fault::Malformed);
    }
    Ok(Head {
        name: parameter(parameters, "name")?.ok_or(Fault::Malformed)?,
        file_name: parameter(parameters, "filename")?,
    })
}

/// A parameter of a header's value; named twice it is a fault. Browsers write `"` in a name as
/// `%22`, other clients as `\"`; both are understood.
fn parameter(text: &str, wanted: &str) -> Result<Option<String>, Fault> {
    let mut found = None;
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or(Fault::Malformed)?;
        let (value, after) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => quoted_value(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        let after = after.trim_start();
        rest = match after.strip_prefix(';') {
            Some(more) => more.trim_start(),
            None if after.is_empty() => after,
            None => return Err(Fault::Malformed),
        };
        if name.trim().eq_ignore_ascii_case(wanted) && found.replace(value).is_some() {
            return Err(Fault::Malformed);
        }
    }
    Ok(found)
}

/// The value up to the closing quote, and what stands behind it.
fn quoted_value(text: &str) -> Result<(String, &str), Fault> {
    let mut value = String::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok((value.replace("%22", "\""), &text[at + 1..])),
            '\\' if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                value.push('"');
                chars.next();
            }
            c => value.push(c),
        }
    }
    Err(Fault::Malformed)
}
