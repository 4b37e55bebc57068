//! A cover, or why there is none, as the bytes that a worker hands back.
//!
//! First byte 0: a cover; then its hash, the number of sizes, and for each its side and length
//! (4 bytes each, big-endian) and its JPEG. Any other first byte: what is wrong, with the
//! measures (4 bytes each) where they are. The reader believes nothing of it unseen.
use std::panic::catch_unwind;

use super::{COVER_SIZES, Cover, ImageError, LARGE_COVER_PIXELS, PictureKind, read_cover};

/// No answer is longer, in bytes: four sizes, the largest a few megabytes for pure noise.
pub const MAX_ANSWER_BYTES: usize = 32 << 20;

const HASH_BYTES: usize = 16;

/// What a worker does: a picture file in, an answer out, whatever the picture is.
pub fn work(picture: &[u8]) -> Vec<u8> {
    // A decoder that gives up by panicking has met a broken picture, too.
    let read = catch_unwind(|| read_cover(picture)).unwrap_or(Err(ImageError::Broken));
    match read {
        Ok(cover) => written(&cover),
        Err(ImageError::NotPicture) => vec![1],
        Err(ImageError::Sides { width, height }) => {
            [&[2][..], &width.to_be_bytes(), &height.to_be_bytes()].concat()
        }
        Err(ImageError::TooLarge) => vec![3],
        Err(ImageError::TooHeavy) => vec![4],
        Err(ImageError::Broken) => vec![5],
    }
}

fn written(cover: &Cover) -> Vec<u8> {
    let mut answer = vec![0];
    answer.extend_from_slice(cover.hash.as_bytes());
    answer.push(cover.variants.len() as u8);
    for (side, jpeg) in &cover.variants {
        answer.extend_from_slice(&side.to_be_bytes());
        answer.extend_from_slice(&(jpeg.len() as u32).to_be_bytes());
        answer.extend_from_slice(jpeg);
    }
    answer
}

/// Reads the answer of [`work`]; `None` if it is none, whoever wrote it.
pub fn read_answer(answer: &[u8]) -> Option<Result<Cover, ImageError>> {
    let (first, rest) = answer.split_first()?;
    let error = match (first, rest) {
        (0, cover) => return cover_of(cover).map(Ok),
        (1, []) => ImageError::NotPicture,
        (2, measures) => {
            let (width, rest) = number(measures)?;
            let (height, rest) = number(rest)?;
            rest.is_empty()
                .then_some(ImageError::Sides { width, height })?
        }
        (3, []) => ImageError::TooLarge,
        (4, []) => ImageError::TooHeavy,
        (5, []) => ImageError::Broken,
        _ => return None,
    };
    Some(Err(error))
}

fn cover_of(bytes: &[u8]) -> Option<Cover> {
    let (hash, rest) = bytes.split_at_checked(HASH_BYTES)?;
    let hex = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
    let hash = std::str::from_utf8(hash).ok()?;
    let (count, mut rest) = rest.split_first()?;
    let mut variants = Vec::new();
    for _ in 0..*count {
        let (side, after) = number(rest)?;
        let (length, after) = number(after)?;
        let (jpeg, after) = after.split_at_checked(length as usize)?;
        if PictureKind::detect(jpeg) != Some(PictureKind::Jpeg) {
            return None;
        }
        variants.push((side, jpeg.to_vec()));
        rest = after;
    }
    let mut sides = variants.iter().map(|(side, _)| *side);
    if variants.len() > COVER_SIZES.len() && sides.next() != Some(LARGE_COVER_PIXELS) {
        return None;
    }
    let whole = rest.is_empty() && hash.bytes().all(|b| hex(&b)) && sides.eq(COVER_SIZES);
    whole.then(|| Cover {
        hash: hash.to_owned(),
        variants,
    })
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u32::from_be_bytes(*number), rest))
}
