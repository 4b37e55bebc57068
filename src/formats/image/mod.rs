//! Covers: pictures read under limits, cut square, and written anew as JPEG (HARDENING M3).
mod canvas;
mod drawn;
mod resample;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};

use crate::kernel::Message;
use resample::Square;

pub use drawn::default_cover;

/// The largest picture file taken, in bytes (HARDENING L3).
pub const MAX_COVER_BYTES: usize = 20 * 1024 * 1024;
/// The smallest cover taken, in pixels on its smaller side: what Apple asks for.
pub const MIN_COVER_PIXELS: u32 = 1400;
/// The sizes every cover is kept in, in pixels, largest first.
pub const COVER_SIZES: [u32; 3] = [1400, 600, 300];
/// The size that is kept too where the picture has as much: the largest Apple takes.
pub const LARGE_COVER_PIXELS: u32 = 3000;

/// Pixels of a picture that is decoded at all (HARDENING M3).
const MAX_PIXELS: u64 = 20_000_000;
/// Bytes that decoding may take (HARDENING M3).
const MAX_ALLOC_BYTES: u64 = 128 * 1024 * 1024;
/// JPEG quality of what is written, 1 to 100.
const JPEG_QUALITY: u8 = 88;

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

    fn format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::Webp => ImageFormat::WebP,
        }
    }
}

/// A cover in all its sizes, as square RGB JPEGs without metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Cover {
    /// The first 16 hex digits of the SHA-256 of the bytes it was made from; part of its
    /// address, so that another picture has another one.
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
    /// The smaller side has fewer than 1400 pixels.
    #[error("{width} × {height} is too small")]
    TooSmall {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// More than 20 MiB, 20 megapixels, or 128 MiB when decoded.
    #[error("the picture is too large")]
    TooLarge,
    /// It begins like a picture, but cannot be decoded.
    #[error("the picture is broken")]
    Broken,
}

impl ImageError {
    /// The sentence for the author.
    pub fn message(&self) -> Message {
        match self {
            Self::NotPicture => Message::new("image-not-picture"),
            Self::TooSmall { width, height } => Message::new("image-too-small")
                .with("width", width)
                .with("height", height)
                .with("needed", MIN_COVER_PIXELS),
            Self::TooLarge => Message::new("image-too-large")
                .with("megabytes", MAX_COVER_BYTES / 1024 / 1024)
                .with("megapixels", MAX_PIXELS / 1_000_000),
            Self::Broken => Message::new("image-broken"),
        }
    }
}

/// Makes a cover of a picture file: turned as its EXIF says, cut to the square in its middle,
/// laid on white where it is transparent.
///
/// Takes up to about 300 MiB of memory and a second or two for the largest pictures: meant for
/// the worker, or a thread of its own.
pub fn read_cover(bytes: &[u8]) -> Result<Cover, ImageError> {
    let picture = decode(bytes)?;
    Ok(Cover {
        hash: hash(bytes),
        variants: variants(Square::middle_of(&picture)),
    })
}

/// Makes a cover of the artwork in a recording's tags; what is no cover, or too small for one,
/// is simply not offered.
pub fn read_artwork(bytes: &[u8]) -> Option<Cover> {
    read_cover(bytes).ok()
}

fn decode(bytes: &[u8]) -> Result<image::RgbImage, ImageError> {
    let kind = PictureKind::detect(bytes).ok_or(ImageError::NotPicture)?;
    if bytes.len() > MAX_COVER_BYTES {
        return Err(ImageError::TooLarge);
    }
    if kind == PictureKind::Jpeg && is_cut_off(bytes) {
        return Err(ImageError::Broken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind.format());
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOC_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    if width.min(height) < MIN_COVER_PIXELS {
        return Err(ImageError::TooSmall { width, height });
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_ALLOC_BYTES
    {
        return Err(ImageError::TooLarge);
    }
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault)?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(on_white(picture))
}

/// A JPEG without its end: decoders fill the rest with grey. No scan may begin behind the last
/// end marker; a picture inside the head has an end of its own, before the first scan.
fn is_cut_off(bytes: &[u8]) -> bool {
    let last = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xFF, marker]);
    last(0xD9) < last(0xDA)
}

fn fault(error: image::ImageError) -> ImageError {
    match error {
        image::ImageError::Limits(_) => ImageError::TooLarge,
        _ => ImageError::Broken,
    }
}

fn on_white(picture: DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let with_alpha = picture.into_rgba8();
    let mut opaque = image::RgbImage::new(with_alpha.width(), with_alpha.height());
    for (to, from) in opaque.pixels_mut().zip(with_alpha.pixels()) {
        let alpha = u32::from(from[3]);
        for channel in 0..3 {
            let mixed = u32::from(from[channel]) * alpha + 255 * (255 - alpha);
            to[channel] = u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX);
        }
    }
    opaque
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

fn jpeg(square: &Square) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)
        .encode(
            &square.rgb,
            square.side,
            square.side,
            ExtendedColorType::Rgb8,
        )
        .expect("a square of the stated size, written into memory");
    bytes
}

fn hash(bytes: &[u8]) -> String {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
    digest[..16].to_owned()
}
