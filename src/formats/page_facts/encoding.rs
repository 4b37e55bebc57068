//! Which encoding a page is in: what its server says, what stands in its first bytes, what fits.
use std::borrow::Cow;

use encoding_rs::{EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A `meta` that names the encoding stands within so many bytes (HTML, 4.2.5.4).
const PRESCAN: usize = 1024;

/// Any bytes as text.
pub fn decode<'b>(bytes: &'b [u8], content_type: Option<&str>) -> Cow<'b, str> {
    // A byte order mark outweighs everything (Encoding, 6.1).
    let named = || content_type.and_then(charset).or_else(|| in_meta(bytes));
    let encoding = named().unwrap_or(if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        // Old Korean pages say nothing; Western ones have their letters spoiled, not their words.
        EUC_KR
    });
    encoding.decode(bytes).0
}

/// The encoding that a media type or a `meta` names.
fn charset(text: &str) -> Option<&'static Encoding> {
    let at = text.to_ascii_lowercase().find("charset")?;
    let rest = text[at + "charset".len()..].trim_start();
    let rest = rest.strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest
        .find(|c: char| c.is_whitespace() || "\"';>/".contains(c))
        .unwrap_or(rest.len());
    Encoding::for_label(&rest.as_bytes()[..end])
}

fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]);
    // Two bytes a letter could not have been read this far (HTML, 13.2.3.2).
    charset(&head).map(|encoding| {
        if encoding == UTF_16BE || encoding == UTF_16LE {
            UTF_8
        } else {
            encoding
        }
    })
}
