//! Tests of the JPEGs we write, read by decoders of two hands.
use image::ImageFormat;
use proptest::prelude::*;

use crate::formats::image::encode::encode;
use crate::formats::image::resample::Square;
use crate::formats::image::{ADVISED_BYTES, COARSENESSES, jpeg};

fn square(side: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Square {
    let pixels = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    Square {
        side,
        channels: 3,
        data: pixels.flat_map(|(x, y)| pixel(x, y)).collect(),
    }
}

/// The same every time, and like noise.
fn noise(x: u32, y: u32) -> u8 {
    let mixed = (x * 2_654_435 + y * 40_503 + 977).wrapping_mul(2_246_822_519);
    ((mixed ^ mixed >> 13).wrapping_mul(3_266_489_917) >> 24) as u8
}

/// What two decoders make of a JPEG.
fn decoded(jpeg: &[u8], side: u32) -> [Vec<u8>; 2] {
    let one = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).expect("a JPEG");
    let one = one.into_rgb8();
    assert_eq!(one.dimensions(), (side, side));
    let mut other = jpeg_decoder::Decoder::new(jpeg);
    let pixels = other.decode().expect("a JPEG");
    let info = other.info().expect("a head");
    assert_eq!(
        (u32::from(info.width), u32::from(info.height)),
        (side, side)
    );
    [one.into_raw(), pixels]
}

/// The mean and the largest difference of any channel.
fn differences(a: &[u8], b: &[u8]) -> (f64, u8) {
    assert_eq!(a.len(), b.len());
    let each = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    let sum: f64 = each().map(f64::from).sum();
    (sum / a.len() as f64, each().max().unwrap_or(0))
}

#[test]
fn a_picture_comes_back_as_it_was() {
    // Soft colours and some grain; 300 is no whole number of units.
    let picture = square(300, |x, y| {
        let grain = noise(x, y) >> 5;
        [x * 4 / 5, y * 4 / 5, (600 - x - y) / 3].map(|value| value as u8 + grain)
    });
    let (mut last_mean, mut last_size) = (0.0, usize::MAX);
    for coarseness in COARSENESSES {
        let jpeg = encode(&picture, coarseness);
        for pixels in decoded(&jpeg, 300) {
            let (mean, most) = differences(&picture.data, &pixels);
            assert!(mean < 4.0 && most < 30, "{coarseness}: {mean}, {most}");
        }
        let (mean, _) = differences(&picture.data, &decoded(&jpeg, 300)[0]);
        assert!(mean > last_mean && jpeg.len() < last_size, "{coarseness}");
        (last_mean, last_size) = (mean, jpeg.len());
    }
}

#[test]
fn the_largest_frequencies_are_written() {
    // Squares of black and white in every size reach the ends of all codes.
    for size in 1..=8 {
        let picture = square(40, |x, y| {
            [if (x / size + y / size) % 2 == 0 {
                255
            } else {
                0
            }; 3]
        });
        for pixels in decoded(&encode(&picture, 1), 40) {
            let (_, most) = differences(&picture.data, &pixels);
            assert!(most <= 3, "{size}: {most}");
        }
    }
}

#[test]
fn files_are_plain_and_without_metadata() {
    let jpeg = encode(&square(20, |x, y| [x as u8, y as u8, 9]), 28);
    let mut markers = Vec::new();
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        markers.push((jpeg[at + 1], length));
        if jpeg[at + 1] == 0xC0 {
            // Colours have half as many samples as brightness, across and down.
            let factors = [11, 14, 17].map(|place| jpeg[at + place]);
            assert_eq!(factors, [0x22, 0x11, 0x11]);
        }
        at += 2 + length;
    }
    let tables = [(0xC4, 31), (0xC4, 181), (0xC4, 31), (0xC4, 181)];
    let wanted = [
        &[(0xE0, 16), (0xDB, 67), (0xDB, 67), (0xC0, 17)],
        &tables[..],
    ]
    .concat();
    assert_eq!(markers, wanted);
    assert!(jpeg.ends_with(b"\xFF\xD9"));
}

#[test]
fn a_heavy_picture_is_written_coarser() {
    let plain = square(64, |x, _| [x as u8; 3]);
    assert!(jpeg(&plain) == encode(&plain, COARSENESSES[0]));
    let fits = jpeg(&square(1000, |x, y| [noise(x, y) / 8; 3]));
    assert!(fits.len() <= ADVISED_BYTES);
    // A part of a page has less room, and this grain is as much in a small picture.
    let small = square(300, |x, y| [(x * 3 / 5) as u8 + (noise(x, y) >> 4); 3]);
    let written = jpeg(&small);
    assert!(written.len() <= 14_000 && written != encode(&small, COARSENESSES[0]));
    let heavy = square(300, |x, y| [noise(x, y); 3]);
    let last = COARSENESSES[COARSENESSES.len() - 1];
    assert!(jpeg(&heavy) == encode(&heavy, last));
}

proptest! {
    #[test]
    fn any_grey_picture_is_kept(
        side in 1_u32..40, seed in any::<u8>(), mask in any::<u8>()
    ) {
        let grey = |x: u32, y: u32| [noise(x + u32::from(seed), y) & mask; 3];
        let picture = square(side, grey);
        for pixels in decoded(&encode(&picture, 1), side) {
            let (_, most) = differences(&picture.data, &pixels);
            prop_assert!(most <= 3, "{most}");
        }
    }
}
