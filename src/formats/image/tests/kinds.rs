//! Tests of every kind of picture that comes in: colours, depths, animations, orientations.
use std::io::Cursor;

use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, RgbImage};
use jpeg_encoder::{ColorType, Encoder};

use crate::formats::image::exif::Orientation;
use crate::formats::image::resample::Square;
use crate::formats::image::{Cover, read_answer, read_cover, work};

const SIDE: u16 = 1405;
const PIXELS: usize = SIDE as usize * SIDE as usize;

/// The colour in the middle of the smallest size.
fn middle(cover: &Cover) -> [u8; 3] {
    let (_, jpeg) = cover.variants.last().expect("a size");
    let picture = image::load_from_memory(jpeg).expect("a JPEG").into_rgb8();
    picture.get_pixel(150, 150).0
}

fn assert_near(bytes: &[u8], wanted: [u8; 3]) {
    let found = middle(&read_cover(bytes).expect("a cover"));
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
fn inks_and_progressive_scans_are_read() {
    // Encoders of inks write them upside down, as Adobe does: 255 is none.
    let inks = [200, 40, 255, 230].repeat(PIXELS);
    let wanted = [200, 40, 255].map(|c: u16| (c * 230 / 255) as u8);
    for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let mut bytes = Vec::new();
        let encoder = Encoder::new(&mut bytes, 95);
        let given: Vec<u8> = inks.iter().map(|ink| 255 - ink).collect();
        encoder.encode(&given, SIDE, SIDE, kind).expect("written");
        assert_near(&bytes, wanted);
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 95);
    encoder.set_progressive(true);
    let rgb = [30, 160, 90].repeat(PIXELS);
    encoder
        .encode(&rgb, SIDE, SIDE, ColorType::Rgb)
        .expect("written");
    assert_near(&bytes, [30, 160, 90]);
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
