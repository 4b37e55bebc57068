//! Tests of the covers.
mod inks;
mod kinds;
mod written;

use std::io::Cursor;

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// A picture with a red left, a green middle and a blue right third.
fn thirds(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| match x * 3 / width {
        0 => Rgb([250, 0, 0]),
        1 => Rgb([0, 250, 0]),
        _ => Rgb([0, 0, 250]),
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .into()
        .write_to(&mut bytes, format)
        .expect("encodes");
    bytes.into_inner()
}

fn near(pixel: Rgba<u8>, wanted: [u8; 3]) -> bool {
    (0..3).all(|i| pixel[i].abs_diff(wanted[i]) < 24)
}

#[test]
fn a_wide_picture_is_cut_to_its_middle() {
    let bytes = encoded(thirds(4200, 1400), ImageFormat::Png);
    let cover = read_cover(&bytes).expect("a cover");
    assert_eq!(cover.hash.len(), 16);
    let sides: Vec<_> = cover.variants.iter().map(|(side, _)| *side).collect();
    assert_eq!(sides, [1400, 600, 300]);
    for (side, jpeg) in &cover.variants {
        assert_eq!(PictureKind::detect(jpeg), Some(PictureKind::Jpeg));
        let picture = image::load_from_memory(jpeg).expect("a JPEG");
        assert_eq!(picture.dimensions(), (*side, *side));
        for x in [2, side / 2, side - 3] {
            assert!(
                near(picture.get_pixel(x, side / 2), [0, 250, 0]),
                "{side} {x}"
            );
        }
    }
}

#[test]
fn transparency_is_laid_on_white() {
    let clear = RgbaImage::from_pixel(1400, 1400, Rgba([0, 0, 0, 0]));
    let cover = read_cover(&encoded(clear, ImageFormat::WebP)).expect("a cover");
    let picture = image::load_from_memory(&cover.variants[2].1).expect("a JPEG");
    assert!(near(picture.get_pixel(150, 150), [255, 255, 255]));
}

#[test]
fn orientation_is_honoured_and_metadata_is_gone() {
    // EXIF with the one field "orientation 6": turn by 90° clockwise.
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let plain = encoded(thirds(1400, 1400), ImageFormat::Jpeg);
    let mut turned = plain[..2].to_vec();
    turned.extend_from_slice(&[0xFF, 0xE1, 0, u8::try_from(exif.len() + 2).expect("short")]);
    turned.extend_from_slice(exif);
    turned.extend_from_slice(&plain[2..]);
    let cover = read_cover(&turned).expect("a cover");
    let picture = image::load_from_memory(&cover.variants[2].1).expect("a JPEG");
    assert!(near(picture.get_pixel(150, 20), [250, 0, 0]));
    assert!(near(picture.get_pixel(150, 280), [0, 0, 250]));
    for (_, jpeg) in &cover.variants {
        assert!(!jpeg.windows(4).any(|piece| piece == b"Exif"));
    }
}

#[test]
fn refusals() {
    let small = encoded(thirds(1399, 2000), ImageFormat::Png);
    let too_small = ImageError::Sides {
        width: 1399,
        height: 2000,
    };
    assert_eq!(read_cover(&small), Err(too_small));
    assert_eq!(
        read_cover(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        Err(ImageError::NotPicture)
    );
    assert_eq!(read_cover(b"GIF89a"), Err(ImageError::NotPicture));
    assert_eq!(read_cover(b""), Err(ImageError::NotPicture));
    let whole = encoded(thirds(1400, 1400), ImageFormat::Png);
    assert_eq!(
        read_cover(&whole[..whole.len() / 2]),
        Err(ImageError::Broken)
    );
    let mut huge = vec![0; MAX_COVER_BYTES + 1];
    huge[..3].copy_from_slice(b"\xFF\xD8\xFF");
    assert_eq!(read_cover(&huge), Err(ImageError::TooLarge));
}

#[test]
fn a_flood_of_pixels_is_refused_before_it_is_decoded() {
    let mut flood = encoded(thirds(1, 1), ImageFormat::Png);
    // The header's width and height, and its checksum, which is not looked at first.
    flood[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    assert!(matches!(
        read_cover(&flood),
        Err(ImageError::Sides { .. } | ImageError::Broken)
    ));
    let tall = encoded(image::GrayImage::new(1400, 10_001), ImageFormat::Png);
    let too_tall = ImageError::Sides {
        width: 1400,
        height: 10_001,
    };
    assert_eq!(read_cover(&tall), Err(too_tall));
}

#[test]
fn the_default_cover_depends_on_the_title_alone() {
    let cover = default_cover("어둠 속의 대화");
    assert_eq!(cover, default_cover("어둠 속의 대화"));
    assert_ne!(cover.hash, default_cover("다른 제목").hash);
    let first = image::load_from_memory(&cover.variants[0].1).expect("a JPEG");
    assert_eq!(first.dimensions(), (1400, 1400));
    assert_eq!(
        read_cover(&cover.variants[0].1)
            .expect("taken as a cover")
            .variants
            .len(),
        3
    );
}

#[test]
fn a_large_picture_is_kept_large_too() {
    let grey = image::GrayImage::from_pixel(3001, 3200, image::Luma([90]));
    let cover = read_cover(&encoded(grey, ImageFormat::Png)).expect("a cover");
    let sides: Vec<_> = cover.variants.iter().map(|(side, _)| *side).collect();
    assert_eq!(sides, [3000, 1400, 600, 300]);
    let picture = image::load_from_memory(&cover.variants[0].1).expect("a JPEG");
    assert_eq!(picture.dimensions(), (3000, 3000));
    assert!(near(picture.get_pixel(2999, 2999), [90, 90, 90]));
}

#[test]
fn every_refusal_has_its_sentence() {
    let errors = [
        ImageError::NotPicture,
        ImageError::Sides {
            width: 1,
            height: 2,
        },
        ImageError::TooLarge,
        ImageError::TooHeavy,
        ImageError::Broken,
    ];
    let files = [
        include_str!("../../../../locales/ko/image.ftl"),
        include_str!("../../../../locales/en/image.ftl"),
    ];
    for message in errors.iter().map(ImageError::message) {
        for file in files {
            let start = format!("{} = ", message.key);
            let line = file.lines().find(|line| line.starts_with(&start));
            let line = line.expect("a sentence");
            for (name, _) in &message.args {
                assert!(line.contains(&format!("${name}")), "{name}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..2000), kind in 0..3) {
        let magic: &[u8] = match kind {
            0 => b"\xFF\xD8\xFF\xE0",
            1 => b"\x89PNG\r\n\x1A\n",
            _ => b"RIFF\xFF\0\0\0WEBPVP8 ",
        };
        let _ = read_cover(&[magic, &bytes].concat());
    }

    #[test]
    fn any_answer_is_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0..7u8) {
        if let Some(Ok(cover)) = read_answer(&[&[kind], &bytes[..]].concat()) {
            prop_assert_eq!(cover.hash.len(), 16);
        }
    }
}
