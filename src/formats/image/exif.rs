//! The one thing that counts of EXIF: which way round the picture is (TIFF tag 0x0112).
use super::resample::Square;

/// How a picture lies, by the numbers of EXIF: 1 as it is, 3 upside down, 6 and 8 on a side;
/// 2, 4, 5 and 7 the same mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u8);

impl Orientation {
    /// Reads it out of an EXIF block, with or without its `Exif` mark; what cannot be read
    /// lies as it is.
    pub fn read(exif: Option<&[u8]>) -> Self {
        Self(exif.and_then(entry).unwrap_or(1))
    }

    /// Turns the picture the right way round.
    pub fn turn(self, square: Square) -> Square {
        if !(2..=8).contains(&self.0) {
            return square;
        }
        let (side, bytes) = (square.side as usize, square.channels);
        let last = side.saturating_sub(1);
        let mut data = Vec::with_capacity(square.data.len());
        for y in 0..side {
            for x in 0..side {
                let (from_x, from_y) = match self.0 {
                    2 => (last - x, y),
                    3 => (last - x, last - y),
                    4 => (x, last - y),
                    5 => (y, x),
                    6 => (y, last - x),
                    7 => (last - y, last - x),
                    _ => (last - y, x),
                };
                let at = (from_y * side + from_x) * bytes;
                data.extend_from_slice(&square.data[at..at + bytes]);
            }
        }
        Square { data, ..square }
    }
}

/// Looks for the entry in the first directory.
fn entry(exif: &[u8]) -> Option<u8> {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big {
            u16::from_be_bytes(two)
        } else {
            u16::from_le_bytes(two)
        })
    };
    let (high, low) = if big { (4, 6) } else { (6, 4) };
    let directory = usize::from(short(high)?) << 16 | usize::from(short(low)?);
    (0..usize::from(short(directory)?))
        .map(|n| directory + 2 + 12 * n)
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
        .and_then(|value| u8::try_from(value).ok())
}
