//! Bytes into text, by what they are: a byte order mark, UTF-8, UTF-16, the Korean code page,
//! Western Europe's.
use std::borrow::Cow;

use encoding_rs::{EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::formats::transcript::timed::NotTimed;

/// Text, and what it was written in.
pub struct Decoded<'a> {
    /// Without a byte order mark.
    pub text: Cow<'a, str>,
    /// Which encoding that was; `None` for UTF-8.
    pub other: Option<&'static str>,
    /// Whether some bytes meant nothing and became U+FFFD.
    pub is_broken: bool,
}

/// Decodes a file.
///
/// # Errors
/// [`NotTimed::NotText`] for bytes that are no text in any of them.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotTimed> {
    const OTHER_FILES: [&[u8]; 12] = [
        b"PK\x03\x04",
        b"%PDF",
        b"{\\rtf",
        b"ID3",
        b"RIFF",
        b"OggS",
        b"fLaC",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"\xD0\xCF\x11\xE0",
        b"\x1F\x8B",
        b"\x7FELF",
    ];
    if OTHER_FILES.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(NotTimed::NotText);
    }
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => with(encoding, &bytes[length..]),
        None => match utf16_without_mark(bytes) {
            Some(encoding) => with(encoding, bytes),
            None => of_eight_bits(bytes),
        },
    };
    let (mut all, mut odd) = (0usize, 0usize);
    for c in decoded.text.chars() {
        all += 1;
        odd += usize::from(c.is_control() && !c.is_whitespace());
    }
    // A stray one is mended; more is a file of another kind.
    if odd > 2 && odd * 50 > all {
        return Err(NotTimed::NotText);
    }
    Ok(decoded)
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    let other = (encoding != UTF_8).then(|| match encoding.name() {
        // The web's name for what everybody calls by the code page.
        "EUC-KR" => "EUC-KR (CP949)",
        name => name,
    });
    Decoded {
        text,
        other,
        is_broken,
    }
}

/// Digits, spaces and line ends, of which such files are full, have a zero as one of their two
/// bytes.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let pairs = &pairs[..pairs.len().min(2048)];
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    match (zeros(0), zeros(1)) {
        _ if pairs.len() < 4 => None,
        (0, low) if low * 8 > pairs.len() => Some(UTF_16LE),
        (high, 0) if high * 8 > pairs.len() => Some(UTF_16BE),
        _ => None,
    }
}

fn of_eight_bits(bytes: &[u8]) -> Decoded<'_> {
    let (mut letters, mut faults) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    if faults == 0 || letters > faults * 8 {
        return with(UTF_8, bytes);
    }
    let korean = with(EUC_KR, bytes);
    let (mut foreign, mut hangul, mut faults) = (0usize, 0usize, 0usize);
    for c in korean.text.chars().filter(|c| !c.is_ascii()) {
        foreign += 1;
        hangul += usize::from(('가'..='힣').contains(&c));
        faults += usize::from(c == '\u{FFFD}');
    }
    if hangul * 2 > foreign && faults * 8 <= hangul {
        return korean;
    }
    with(WINDOWS_1252, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
        let decoded = decode(bytes).ok()?;
        Some((decoded.text.into_owned(), decoded.other))
    }

    #[test]
    fn encodings_are_told_apart() {
        let korean = "1\n00:00:00,000 --> 00:00:02,500\n안녕하세요, 똠방각하 펲시콜라.\n";
        assert_eq!(text(korean.as_bytes()), Some((korean.into(), None)));
        let (code_page, ..) = EUC_KR.encode(korean);
        assert_eq!(
            text(&code_page),
            Some((korean.into(), Some("EUC-KR (CP949)")))
        );
        let cut = &code_page[..code_page.len() - 3];
        assert_eq!(text(cut).map(|t| t.1), Some(Some("EUC-KR (CP949)")));
        let little: Vec<u8> = korean.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = korean.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&little), Some((korean.into(), Some("UTF-16LE"))));
        assert_eq!(text(&big), Some((korean.into(), Some("UTF-16BE"))));
        let marked = [&b"\xFF\xFE"[..], &little].concat();
        assert_eq!(text(&marked), Some((korean.into(), Some("UTF-16LE"))));
        let marked = [&b"\xEF\xBB\xBF"[..], korean.as_bytes()].concat();
        assert_eq!(text(&marked), Some((korean.into(), None)));
        assert_eq!(
            text(b"caf\xE9 na\xEFve \x93quoted\x94"),
            Some(("café naïve “quoted”".into(), Some("windows-1252")))
        );
    }

    #[test]
    fn a_broken_letter_does_not_change_the_encoding() {
        let mut bytes = "가나다라마바사아자차카타".as_bytes().to_vec();
        bytes.pop();
        let decoded = decode(&bytes).expect("is text");
        assert!(decoded.is_broken && decoded.other.is_none());
        assert!(decoded.text.ends_with("카\u{FFFD}"));
    }

    #[test]
    fn other_files_are_refused() {
        for bytes in [
            &b"PK\x03\x04word"[..],
            b"%PDF-1.7",
            b"ID3\x04",
            b"\x01\x02\x03\x04\x05\x06\x07",
        ] {
            assert_eq!(decode(bytes).err(), Some(NotTimed::NotText));
        }
    }
}
