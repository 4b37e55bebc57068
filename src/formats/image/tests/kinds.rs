//! Tests of every kind of picture that comes in: colours, depths, animations, orientations.
use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, RgbImage};

use crate::formats::image::exif::Orientation;
use crate::formats::image::resample::Square;
use crate::formats::image::{read_answer, read_cover, read_square, work};

const SIDE: u16 = 1400;
const PIXELS: usize = SIDE as usize * SIDE as usize;

fn assert_near(bytes: &[u8], wanted: [u8; 3]) {
    let square = read_square(bytes).expect("a picture");
    assert_eq!((square.side, square.channels), (side(), 3));
    let middle = 3 * (PIXELS / 2 + usize::from(SIDE) / 2);
    let found = &square.data[middle..middle + 3];
    let far = found.iter().zip(wanted).any(|(a, b)| a.abs_diff(b) > 4);
    assert!(!far, "{found:?} is not {wanted:?}");
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture: DynamicImage = picture.into();
    picture.write_to(&mut bytes, format).expect("encodes");
    bytes.into_inner()
}

fn side() -> u32 {
    SIDE.into()
}

#[test]
fn every_kind_of_png_becomes_srgb() {
    let side = side();
    let grey = image::GrayImage::from_pixel(side, side, image::Luma([80]));
    assert_near(&encoded(grey, ImageFormat::Png), [80; 3]);
    // Half of the grey lies on white.
    let veiled = image::GrayAlphaImage::from_pixel(side, side, image::LumaA([80, 128]));
    assert_near(&encoded(veiled, ImageFormat::Png), [167; 3]);
    let deep = image::ImageBuffer::from_pixel(side, side, image::Rgb([0x2000_u16, 0x8000, 0xF000]));
    let deep = DynamicImage::ImageRgb16(deep);
    assert_near(&encoded(deep, ImageFormat::Png), [0x20, 0x80, 0xF0]);
}

#[test]
fn a_palette_becomes_colours() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side(), side());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_palette(vec![10, 20, 30, 200, 120, 40]);
    let mut writer = encoder.write_header().expect("a head");
    let rows = vec![0xFF; usize::from(SIDE).div_ceil(8) * usize::from(SIDE)];
    writer.write_image_data(&rows).expect("written");
    writer.finish().expect("ended");
    assert_near(&bytes, [200, 120, 40]);
}

#[test]
fn an_interlaced_png_is_the_same_picture() {
    let grey = image::GrayImage::from_fn(side(), side(), |x, y| {
        image::Luma([((3 * x + 5 * y) / 44) as u8])
    });
    // The passes of Adam7: the first pixel of each, and how far apart its pixels are.
    let passes = [
        ([0, 0], [8, 8]),
        ([4, 0], [8, 8]),
        ([0, 4], [4, 8]),
        ([2, 0], [4, 4]),
        ([0, 2], [2, 4]),
        ([1, 0], [2, 2]),
        ([0, 1], [1, 2]),
    ];
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::fast());
    for ([left, top], [right, down]) in passes {
        for y in (top..side()).step_by(down) {
            let pixels = (left..side()).step_by(right);
            let pixels = pixels.map(|x| grey.get_pixel(x, y).0[0]);
            let row: Vec<u8> = std::iter::once(0).chain(pixels).collect();
            rows.write_all(&row).expect("written");
        }
    }
    let measures = [side().to_be_bytes(); 2].concat();
    let interlaced = [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        png_chunk(b"IHDR", &[&measures[..], &[8, 0, 0, 0, 1]].concat()),
        png_chunk(b"IDAT", &rows.finish().expect("packed")),
        png_chunk(b"IEND", b""),
    ];
    let plain = read_square(&encoded(grey, ImageFormat::Png)).expect("a picture");
    let square = read_square(&interlaced.concat()).expect("a picture");
    assert!(square.data == plain.data, "the pixels lie elsewhere");
}

/// A piece of a PNG file.
fn png_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("short").to_be_bytes();
    let named = [&name[..], data].concat();
    let check = crc32fast::hash(&named).to_be_bytes();
    [&length[..], &named, &check].concat()
}

#[test]
fn a_wide_colour_space_is_brought_into_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3()
        .encode()
        .expect("a profile");
    let rgb = RgbImage::from_pixel(side(), side(), image::Rgb([200, 100, 50]));
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile).expect("takes one");
    encoder
        .write_image(&rgb, side(), side(), image::ExtendedColorType::Rgb8)
        .expect("written");
    // By the matrices that CSS Color 4 publishes.
    assert_near(&bytes, P3_IN_SRGB);
    let mut spoilt = Vec::new();
    let mut encoder = PngEncoder::new(&mut spoilt);
    encoder
        .set_icc_profile(b"no profile at all".to_vec())
        .expect("takes anything");
    encoder
        .write_image(&rgb, side(), side(), image::ExtendedColorType::Rgb8)
        .expect("written");
    assert_near(&spoilt, [200, 100, 50]);
}

const P3_IN_SRGB: [u8; 3] = [215, 93, 31];

#[test]
fn of_an_animation_the_first_picture_counts() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side(), side());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_animated(2, 0).expect("two frames");
    let mut writer = encoder.write_header().expect("a head");
    for grey in [60, 200] {
        writer
            .write_image_data(&vec![grey; PIXELS])
            .expect("written");
    }
    writer.finish().expect("ended");
    assert_near(&bytes, [60; 3]);

    let frame = |colour| {
        let picture = RgbImage::from_pixel(side(), side(), image::Rgb(colour));
        let still = encoded(picture, ImageFormat::WebP);
        let measures = [(side() - 1).to_le_bytes(); 2];
        let measures = measures.map(|m| m[..3].to_vec()).concat();
        let head = [&[0; 6][..], &measures, &[100, 0, 0, 0]].concat();
        chunk(b"ANMF", &[&head[..], &still[12..]].concat())
    };
    let measures = [(side() - 1).to_le_bytes(); 2].map(|m| m[..3].to_vec());
    let inside = [
        b"WEBP".to_vec(),
        chunk(
            b"VP8X",
            &[&[0x02, 0, 0, 0], &measures.concat()[..]].concat(),
        ),
        chunk(b"ANIM", &[0; 6]),
        frame([90, 30, 60]),
        frame([0, 255, 0]),
    ];
    assert_near(&chunk(b"RIFF", &inside.concat()), [90, 30, 60]);
}

/// A piece of a RIFF file.
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("short").to_le_bytes();
    [&name[..], &length, data, &[0][..data.len() & 1]].concat()
}

#[test]
fn lossless_webp_without_opacity_keeps_its_colours() {
    let rgb = RgbImage::from_pixel(side(), side(), image::Rgb([12, 140, 220]));
    assert_near(&encoded(rgb, ImageFormat::WebP), [12, 140, 220]);
}

#[test]
fn every_orientation_is_turned_upright() {
    // What EXIF 2.32 says of the corner that the first pixel is in: an F of two by two.
    let upright = [1, 2, 3, 4];
    let lying: [[u8; 4]; 8] = [
        [1, 2, 3, 4],
        [2, 1, 4, 3],
        [4, 3, 2, 1],
        [3, 4, 1, 2],
        [1, 3, 2, 4],
        [2, 4, 1, 3],
        [4, 2, 3, 1],
        [3, 1, 4, 2],
    ];
    for (number, data) in (1_u8..).zip(lying) {
        for (order, value) in [
            (&b"MM\0*\0\0\0\x08"[..], [0, number]),
            (b"II*\0\x08\0\0\0", [number, 0]),
        ] {
            let big = order[0] == b'M';
            let entry: &[u8] = if big {
                b"\0\x01\x01\x12\0\x03\0\0\0\x01"
            } else {
                b"\x01\0\x12\x01\x03\0\x01\0\0\0"
            };
            let exif = [order, entry, &value, &[0; 6]].concat();
            let square = Square {
                side: 2,
                channels: 1,
                data: data.to_vec(),
            };
            let turned = Orientation::read(Some(&exif)).turn(square);
            assert_eq!(turned.data, upright, "{number} {big}");
        }
    }
    for broken in [
        &b""[..],
        b"MM\0*",
        b"II*\0\xFF\xFF\xFF\xFF",
        b"MM\0*\0\0\0\x08\xFF\xFF",
    ] {
        assert_eq!(Orientation::read(Some(broken)), Orientation::read(None));
    }
}

#[test]
fn an_answer_comes_through_whole_or_not_at_all() {
    let rgb = RgbImage::from_pixel(side(), side(), image::Rgb([1, 2, 3]));
    let picture = encoded(rgb, ImageFormat::Png);
    let answer = work(&picture);
    let cover = read_answer(&answer).expect("an answer").expect("a cover");
    assert_eq!(Ok(cover), read_cover(&picture));
    for end in (0..answer.len()).step_by(97) {
        assert_eq!(read_answer(&answer[..end]), None, "{end}");
    }
    assert_eq!(read_answer(&[&answer[..], b"x"].concat()), None);
    for picture in [&b"GIF89a"[..], &picture[..60], b"\xFF\xD8\xFF"] {
        let said = read_answer(&work(picture)).expect("an answer");
        assert_eq!(said, read_cover(picture));
    }
}
