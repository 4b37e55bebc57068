//! JPEG: baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK; Huffman-coded, 8 bits.
//!
//! From 6000 pixels on a side it is decoded at half its size, which costs a quarter of the
//! memory: 3 bytes a pixel of the smaller picture, and the same again for its planes. A
//! progressive one keeps its coefficients meanwhile: 2 bytes a sample of the whole picture.
use jpeg_decoder::{Decoder, PixelFormat};

use super::{Picture, whole};
use crate::formats::image::exif::Orientation;
use crate::formats::image::resample::Intake;
use crate::formats::image::{ImageError, LARGE_COVER_PIXELS, check_sides};

pub(super) fn decode(bytes: &[u8]) -> Result<Picture, ImageError> {
    if is_cut_off(bytes) {
        return Err(ImageError::Broken);
    }
    let mut decoder = Decoder::new(bytes);
    decoder.read_info().map_err(broken)?;
    let info = decoder.info().ok_or(ImageError::Broken)?;
    let (width, height) = (info.width, info.height);
    check_sides(width.into(), height.into())?;
    let channels = match info.pixel_format {
        PixelFormat::L8 => 1,
        PixelFormat::RGB24 => 3,
        PixelFormat::CMYK32 => 4,
        PixelFormat::L16 => return Err(ImageError::Broken),
    };
    let (mut wide, mut high) = (u32::from(width), u32::from(height));
    if wide.min(high) >= 2 * LARGE_COVER_PIXELS {
        let half = decoder
            .scale(width.div_ceil(2), height.div_ceil(2))
            .map_err(broken)?;
        (wide, high) = (half.0.into(), half.1.into());
    }
    let pixels = decoder.decode().map_err(broken)?;
    let row_bytes = wide as usize * channels;
    if wide.min(high) < super::super::MIN_COVER_PIXELS || pixels.len() != row_bytes * high as usize
    {
        return Err(ImageError::Broken);
    }
    let mut intake = Intake::new(wide, high, channels);
    for row in pixels.chunks_exact(row_bytes) {
        intake.push(row);
    }
    Ok(Picture {
        profile: decoder.icc_profile(),
        orientation: Orientation::read(decoder.exif_data()),
        square: whole(intake)?,
    })
}

fn broken(_: jpeg_decoder::Error) -> ImageError {
    ImageError::Broken
}

/// A JPEG without its end: decoders fill the rest with grey. No scan may begin behind the last
/// end marker; a picture inside the head has an end of its own, before the first scan.
fn is_cut_off(bytes: &[u8]) -> bool {
    let last = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xFF, marker]);
    last(0xD9) < last(0xDA)
}
