//! Picture files into the square in their middle. Each decoder hands on rows as it has them;
//! what it holds beside them is said at its top, in bytes a pixel.
mod jpeg;
mod png;
mod webp;

use super::exif::Orientation;
use super::resample::{Intake, Square};
use super::{ImageError, PictureKind};

/// What was decoded: cut and shrunk, but still in its own colours and lying as it came.
pub(super) struct Picture {
    pub square: Square,
    /// The ICC profile of the colours.
    pub profile: Option<Vec<u8>>,
    pub orientation: Orientation,
}

/// Decodes a picture of this kind.
pub(super) fn decode(kind: PictureKind, bytes: &[u8]) -> Result<Picture, ImageError> {
    match kind {
        PictureKind::Jpeg => jpeg::decode(bytes),
        PictureKind::Png => png::decode(bytes),
        PictureKind::Webp => webp::decode(bytes),
    }
}

/// A square whose rows all came.
fn whole(intake: Intake) -> Result<Square, ImageError> {
    intake.finish().ok_or(ImageError::Broken)
}
