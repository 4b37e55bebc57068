//! PNG: every colour type and depth; of an animated one the picture that stands for it.
//!
//! Decoded row by row. Only an interlaced one is whole in memory, with up to 4 bytes a pixel.
use std::io::Cursor;

use png::{ColorType, Decoder, DecodingError, Limits, Reader, Transformations};

use super::{Picture, whole};
use crate::formats::image::colour::on_white;
use crate::formats::image::exif::Orientation;
use crate::formats::image::resample::Intake;
use crate::formats::image::{ImageError, check_sides};

/// What one row and the profile may take when inflated.
const MAX_PIECE_BYTES: usize = 64 << 20;

type Rows<'a> = Reader<Cursor<&'a [u8]>>;

pub(super) fn decode(bytes: &[u8]) -> Result<Picture, ImageError> {
    let limits = Limits {
        bytes: MAX_PIECE_BYTES,
    };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    // Palettes into colours, all depths into 8 bits.
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let info = decoder.read_header_info().map_err(fault)?;
    check_sides(info.width, info.height)?;
    let mut reader = decoder.read_info().map_err(fault)?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    let profile = info.icc_profile.as_deref().map(<[u8]>::to_vec);
    let orientation = Orientation::read(info.exif_metadata.as_deref());
    let interlaced = info.interlaced;
    let (channels, alpha) = match reader.output_color_type().0 {
        ColorType::Grayscale => (1, false),
        ColorType::GrayscaleAlpha => (1, true),
        ColorType::Rgb => (3, false),
        ColorType::Rgba => (3, true),
        ColorType::Indexed => return Err(ImageError::Broken),
    };
    let mut intake = Intake::new(width, height, channels);
    let mut opaque = Vec::new();
    let push = |row: &[u8]| match (alpha, channels) {
        (false, _) => intake.push(row),
        (true, 1) => {
            on_white::<2>(row, &mut opaque);
            intake.push(&opaque);
        }
        (true, _) => {
            on_white::<4>(row, &mut opaque);
            intake.push(&opaque);
        }
    };
    let row_bytes = width as usize * (channels + usize::from(alpha));
    if interlaced {
        interlaced_rows(&mut reader, row_bytes, push)?;
    } else {
        rows(&mut reader, height, row_bytes, push)?;
    }
    Ok(Picture {
        square: whole(intake)?,
        profile,
        orientation,
    })
}

fn rows(
    reader: &mut Rows<'_>,
    height: u32,
    row_bytes: usize,
    mut push: impl FnMut(&[u8]),
) -> Result<(), ImageError> {
    for _ in 0..height {
        let row = reader.next_row().map_err(fault)?;
        let row = row.ok_or(ImageError::Broken)?;
        push(row.data().get(..row_bytes).ok_or(ImageError::Broken)?);
    }
    Ok(())
}

fn interlaced_rows(
    reader: &mut Rows<'_>,
    row_bytes: usize,
    push: impl FnMut(&[u8]),
) -> Result<(), ImageError> {
    let size = reader.output_buffer_size().ok_or(ImageError::TooHeavy)?;
    let mut pixels = vec![0; size];
    reader.next_frame(&mut pixels).map_err(fault)?;
    pixels.chunks_exact(row_bytes).for_each(push);
    Ok(())
}

fn fault(error: DecodingError) -> ImageError {
    match error {
        DecodingError::LimitsExceeded => ImageError::TooHeavy,
        _ => ImageError::Broken,
    }
}
