//! Files that an author sends.
use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// Three seconds of speech: MP3 with title, artwork and chapters in its tags.
pub const MP3: &[u8] = include_bytes!("../../fixtures/audio/cbr.mp3");
/// Another recording of the same sound.
pub const OTHER_MP3: &[u8] = include_bytes!("../../fixtures/audio/vbr-xing.mp3");
/// The same as M4A.
pub const M4A: &[u8] = include_bytes!("../../fixtures/audio/aac.m4a");
/// The same as Opus.
pub const OPUS: &[u8] = include_bytes!("../../fixtures/audio/voice.opus");
/// What is no sound.
pub const NO_SOUND: &[u8] = b"<!doctype html><script>alert(1)</script>";

/// A picture of one colour.
pub fn picture(side_px: u32, colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(side_px, side_px, Rgb(colour))
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}
