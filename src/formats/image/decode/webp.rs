//! WebP: lossy and lossless; of an animated one the first picture.
//!
//! The format decodes whole. Lossy without opacity, the common kind, takes 1.5 bytes a pixel;
//! lossless 4; with opacity or animated more, which the largest pictures may not get.
use std::io::Cursor;

use image_webp::vp8::{Frame, Vp8Decoder};
use image_webp::{DecodingError, WebPDecoder};

use super::{Picture, whole};
use crate::formats::image::colour::on_white;
use crate::formats::image::exif::Orientation;
use crate::formats::image::resample::{Intake, Square};
use crate::formats::image::{ImageError, check_sides};

/// Where the first chunk begins.
const FIRST_CHUNK: usize = 12;
/// Where the flags of an extended file are, and the one that says there is opacity.
const FLAGS: (usize, u8) = (20, 0x10);
/// The same in a lossless picture, counted from the begin of its data.
const LOSSLESS_FLAGS: (usize, u8) = (4, 0x10);

pub(super) fn decode(bytes: &[u8]) -> Result<Picture, ImageError> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(fault)?;
    let (width, height) = decoder.dimensions();
    check_sides(width, height)?;
    let profile = decoder.icc_profile().map_err(fault)?;
    let exif = decoder.exif_metadata().map_err(fault)?;
    let opaque = !decoder.has_alpha() && !decoder.is_animated();
    let square = match chunk(bytes, b"VP8 ") {
        Some(data) if opaque => lossy(data, width, height)?,
        _ if opaque => any(&said_to_have_alpha(bytes), true)?,
        _ => any(bytes, false)?,
    };
    Ok(Picture {
        square,
        profile,
        orientation: Orientation::read(exif.as_deref()),
    })
}

/// The data of the first chunk of this name.
fn chunk<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let mut at = FIRST_CHUNK;
    loop {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_le_bytes(head[4..].try_into().ok()?) as usize;
        let rest = &bytes[at + 8..];
        if head.starts_with(name) {
            return Some(&rest[..length.min(rest.len())]);
        }
        at = at
            .checked_add(8)?
            .checked_add(length)?
            .checked_add(length & 1)?;
    }
}

fn lossy(data: &[u8], width: u32, height: u32) -> Result<Square, ImageError> {
    let frame = Vp8Decoder::decode_frame(data).map_err(fault)?;
    if (u32::from(frame.width), u32::from(frame.height)) != (width, height) {
        return Err(ImageError::Broken);
    }
    let mut intake = Intake::new(width, height, 3);
    let mut row = Vec::with_capacity(3 * width as usize);
    for y in 0..height as usize {
        fill_rgb(&frame, y, &mut row).ok_or(ImageError::Broken)?;
        intake.push(&row);
    }
    whole(intake)
}

/// One row in RGB, by the fixed-point form of BT.601. Two by two pixels share a colour: what is
/// written from it shares it again.
fn fill_rgb(frame: &Frame, y: usize, row: &mut Vec<u8>) -> Option<()> {
    let width = usize::from(frame.width);
    let stride = width.next_multiple_of(16);
    let luma = frame.ybuf.get(y * stride..)?.get(..width)?;
    let from = y / 2 * (stride / 2);
    let blue = frame.ubuf.get(from..)?.get(..width.div_ceil(2))?;
    let red = frame.vbuf.get(from..)?.get(..width.div_ceil(2))?;
    row.clear();
    for (x, luma) in luma.iter().enumerate() {
        let c = 298 * (i32::from(*luma) - 16) + 128;
        let d = i32::from(blue[x / 2]) - 128;
        let e = i32::from(red[x / 2]) - 128;
        let byte = |value: i32| (value >> 8).clamp(0, 255) as u8;
        row.extend([
            byte(c + 409 * e),
            byte(c - 100 * d - 208 * e),
            byte(c + 516 * d),
        ]);
    }
    Some(())
}

/// A lossless picture that is said to have opacity is decoded where it ends up; without it, a
/// second time as many bytes are needed to copy the colours out.
fn said_to_have_alpha(bytes: &[u8]) -> Vec<u8> {
    let mut patched = bytes.to_vec();
    let first = bytes.get(FIRST_CHUNK..).unwrap_or_default();
    let (at, flag) = if first.starts_with(b"VP8X") {
        FLAGS
    } else {
        let (at, flag) = LOSSLESS_FLAGS;
        (FIRST_CHUNK + 8 + at, flag)
    };
    if let Some(flags) = patched.get_mut(at) {
        *flags |= flag;
    }
    patched
}

/// The decoder's common way: 3 bytes a pixel, or 4 with opacity, which counts unless `opaque`.
fn any(bytes: &[u8], opaque: bool) -> Result<Square, ImageError> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(fault)?;
    let (width, height) = decoder.dimensions();
    let size = decoder.output_buffer_size().ok_or(ImageError::TooHeavy)?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(fault)?;
    let mut intake = Intake::new(width, height, 3);
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let mut colours = Vec::new();
    for row in pixels.chunks_exact(channels * width as usize) {
        if channels == 3 {
            intake.push(row);
            continue;
        }
        if opaque {
            colours.clear();
            for [red, green, blue, _] in row.as_chunks::<4>().0 {
                colours.extend([red, green, blue]);
            }
        } else {
            on_white::<4>(row, &mut colours);
        }
        intake.push(&colours);
    }
    whole(intake)
}

fn fault(error: DecodingError) -> ImageError {
    match error {
        DecodingError::MemoryLimitExceeded | DecodingError::ImageTooLarge => ImageError::TooHeavy,
        _ => ImageError::Broken,
    }
}
