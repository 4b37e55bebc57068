//! Boxes of ISO/IEC 14496-12: pieces of bytes with a size and a four-letter type.
use super::source::be;

/// A box within bytes already in memory.
pub(super) struct Piece<'a> {
    pub kind: [u8; 4],
    pub body: &'a [u8],
}

/// The boxes that follow each other in these bytes, up to the first malformed one.
pub(super) fn pieces(bytes: &[u8]) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let size = be(rest, 0, 4)?;
        let kind = rest.get(4..8)?.try_into().ok()?;
        let (size, header) = match size {
            0 => (rest.len() as u64, 8),
            1 => (be(rest, 8, 8)?, 16),
            size => (size, 8),
        };
        let end = usize::try_from(size).ok()?;
        let body = rest.get(header..end)?;
        rest = &rest[end..];
        Some(Piece { kind, body })
    })
}

/// The first box of a type.
pub(super) fn find<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    pieces(bytes)
        .find(|piece| piece.kind == *kind)
        .map(|piece| piece.body)
}

/// The first box at the end of a path of types.
pub(super) fn find_path<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(bytes, |bytes, kind| find(bytes, kind))
}
