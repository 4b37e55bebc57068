//! Covers: pictures read under limits, cut square, and written anew as JPEG (HARDENING M3).
mod canvas;
mod colour;
mod decode;
mod drawn;
mod encode;
mod exif;
mod own;
mod resample;
#[cfg(test)]
mod tests;
mod wire;

use sha2::{Digest, Sha256};

use crate::kernel::Message;
use decode::{Picture, decode};
use resample::Square;

pub use drawn::default_cover;
pub use own::own_pixels;
pub use wire::{MAX_ANSWER_BYTES, read_answer, work};

/// The largest picture file taken, in bytes (HARDENING L3).
pub const MAX_COVER_BYTES: usize = 20 * 1024 * 1024;
/// The smallest cover taken, in pixels on its smaller side: what Apple asks for.
pub const MIN_COVER_PIXELS: u32 = 1400;
/// The largest cover taken, in pixels on its larger side.
pub const MAX_COVER_PIXELS: u32 = 10_000;
/// The sizes every cover is kept in, in pixels, largest first.
pub const COVER_SIZES: [u32; 3] = [1400, 600, 300];
/// The size that is kept too where the picture has as much: the largest Apple takes.
pub const LARGE_COVER_PIXELS: u32 = 3000;

/// How coarse the JPEGs are written: the first that fits into [`advised_bytes`], else the last.
const COARSENESSES: [u16; 5] = [28, 40, 52, 76, 110];
/// Apple advises covers of at most 512 KB.
const ADVISED_BYTES: usize = 512_000;
/// The small sizes are parts of pages, which shall come at once on a slow line too. Screens that
/// show them have several pixels for one of the page, and forgive as much.
const ADVISED_SMALL: [(u32, usize); 2] = [(300, 14_000), (600, 60_000)];
/// Goes into the address of a cover, so that one that was made otherwise has another.
const RECIPE: &[u8] = b"covers 4";

/// The kinds of picture taken. SVG and GIF are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

impl PictureKind {
    /// The kind by magic alone; `None` for everything else.
    pub fn detect(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xFF\xD8\xFF") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            None
        }
    }
}

/// A cover in all its sizes, as square RGB JPEGs without metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Cover {
    /// 16 hex digits of the SHA-256 of the bytes it was made from; part of its address, so that
    /// another picture has another one.
    pub hash: String,
    /// Side in pixels and JPEG bytes, largest first: 3000 where there is as much, then 1400,
    /// 600 and 300.
    pub variants: Vec<(u32, Vec<u8>)>,
}

impl std::fmt::Debug for Cover {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes: Vec<_> = self
            .variants
            .iter()
            .map(|(side, jpeg)| (side, jpeg.len()))
            .collect();
        write!(f, "Cover({}, {sizes:?})", self.hash)
    }
}

/// Why a picture is not taken as a cover.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// No JPEG, PNG or WebP.
    #[error("not a JPEG, PNG or WebP picture")]
    NotPicture,
    /// A side has fewer than 1400 pixels or more than 10,000.
    #[error("{width} × {height} is too small or too large")]
    Sides {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// More than 20 MiB.
    #[error("the file is too large")]
    TooLarge,
    /// It cannot be opened within the limits on memory and time.
    #[error("the picture takes too much memory or time")]
    TooHeavy,
    /// It begins like a picture, but cannot be decoded.
    #[error("the picture is broken")]
    Broken,
}

impl ImageError {
    /// The sentence for the author.
    pub fn message(&self) -> Message {
        match self {
            Self::NotPicture => Message::new("image-not-picture"),
            Self::Sides { width, height } => Message::new("image-sides")
                .with("width", width)
                .with("height", height)
                .with("least", grouped(MIN_COVER_PIXELS))
                .with("most", grouped(MAX_COVER_PIXELS)),
            Self::TooLarge => {
                Message::new("image-too-large").with("megabytes", MAX_COVER_BYTES / 1024 / 1024)
            }
            Self::TooHeavy => Message::new("image-too-heavy").with("pixels", LARGE_COVER_PIXELS),
            Self::Broken => Message::new("image-broken"),
        }
    }
}

/// A number as both languages write it: five digits and more in groups of three.
fn grouped(number: u32) -> String {
    match (number / 1000, number % 1000) {
        (0..10, _) => number.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

/// Makes a cover of a picture file: the square in its middle, in sRGB, turned as its EXIF
/// says, laid on white where it is transparent.
///
/// Takes up to some 450 MB of memory and some seconds for the largest pictures, and bytes made
/// for it can make the decoders take more: meant for a worker with limits of its own.
pub fn read_cover(bytes: &[u8]) -> Result<Cover, ImageError> {
    let square = read_square(bytes)?;
    Ok(Cover {
        hash: cover_hash(bytes),
        variants: variants(square),
    })
}

/// What names the cover that [`read_cover`] makes of a picture file.
pub fn cover_hash(bytes: &[u8]) -> String {
    hash(&[RECIPE, bytes])
}

/// The square in the middle of a picture file, upright and in sRGB, in our largest size.
fn read_square(bytes: &[u8]) -> Result<Square, ImageError> {
    let kind = PictureKind::detect(bytes).ok_or(ImageError::NotPicture)?;
    if bytes.len() > MAX_COVER_BYTES {
        return Err(ImageError::TooLarge);
    }
    let Picture {
        square,
        profile,
        orientation,
    } = decode(kind, bytes)?;
    Ok(colour::to_srgb(
        orientation.turn(square),
        profile.as_deref(),
    ))
}

/// Refuses a picture by its measures alone, before any of it is decoded.
fn check_sides(width: u32, height: u32) -> Result<(), ImageError> {
    if width.min(height) < MIN_COVER_PIXELS || width.max(height) > MAX_COVER_PIXELS {
        return Err(ImageError::Sides { width, height });
    }
    Ok(())
}

/// The largest of our sizes that a square fills; it has at least the middle one.
fn largest_size(side: u32) -> u32 {
    if side >= LARGE_COVER_PIXELS {
        LARGE_COVER_PIXELS
    } else {
        MIN_COVER_PIXELS
    }
}

/// All sizes of a square, each made from the one before.
fn variants(whole: Square) -> Vec<(u32, Vec<u8>)> {
    let mut variants = Vec::new();
    let mut current = whole;
    let large = (current.side >= LARGE_COVER_PIXELS).then_some(LARGE_COVER_PIXELS);
    for side in large.into_iter().chain(COVER_SIZES) {
        current = current.resized(side);
        variants.push((side, jpeg(&current)));
    }
    variants
}

/// The most bytes that a JPEG of so many pixels a side should have.
fn advised_bytes(side: u32) -> usize {
    let small = ADVISED_SMALL.iter().find(|(most, _)| side <= *most);
    small.map_or(ADVISED_BYTES, |(_, bytes)| *bytes)
}

/// The finest JPEG of a square that is as small as advised, or the coarsest.
fn jpeg(square: &Square) -> Vec<u8> {
    let most = advised_bytes(square.side);
    let mut bytes = Vec::new();
    for coarseness in COARSENESSES {
        bytes = encode::encode(square, coarseness);
        if bytes.len() <= most {
            break;
        }
    }
    bytes
}

/// The first 16 hex digits of the SHA-256 of these pieces.
fn hash(pieces: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update(piece);
    }
    let digest = data_encoding::HEXLOWER.encode(&hasher.finalize());
    digest[..16].to_owned()
}
