//! The pixels of pictures that this program wrote.
use std::panic::catch_unwind;

use jpeg_decoder::{Decoder, PixelFormat};

use super::resample::Square;

/// More than a picture of ours takes in the sizes that are opened again, in bytes.
const MOST_BYTES: usize = 2 << 20;
/// The largest side that is opened again, in pixels.
const MOST_PIXELS: u16 = 1400;

/// The pixels of one of our own covers, three bytes each, row by row, made `side` pixels large.
/// `None` for what is no cover of ours, at most 1400 pixels large: files can rot.
pub fn own_pixels(jpeg: &[u8], side: u32) -> Option<Vec<u8>> {
    catch_unwind(|| read(jpeg))
        .ok()?
        .map(|square| square.resized(side).data)
}

fn read(jpeg: &[u8]) -> Option<Square> {
    if jpeg.len() > MOST_BYTES {
        return None;
    }
    let mut decoder = Decoder::new(jpeg);
    decoder.read_info().ok()?;
    let info = decoder.info()?;
    let ours = info.pixel_format == PixelFormat::RGB24 && info.width == info.height;
    if !ours || info.width > MOST_PIXELS {
        return None;
    }
    let data = decoder.decode().ok()?;
    let side = u32::from(info.width);
    let whole = data.len() == 3 * side as usize * side as usize;
    whole.then_some(Square {
        side,
        channels: 3,
        data,
    })
}

#[cfg(test)]
mod tests {
    use super::super::default_cover;
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let cover = default_cover("제목");
        for (side, jpeg) in &cover.variants {
            let pixels = own_pixels(jpeg, 300).expect("ours");
            assert_eq!(pixels.len(), 3 * 300 * 300, "{side}");
        }
        let (_, jpeg) = &cover.variants[2];
        for broken in [&b""[..], b"no picture", &jpeg[..40]] {
            assert!(own_pixels(broken, 300).is_none());
        }
        let mut rotten = jpeg.clone();
        rotten
            .iter_mut()
            .skip(2)
            .step_by(7)
            .for_each(|b| *b ^= 0x55);
        let _ = own_pixels(&rotten, 300);
    }
}
