//! Every colour into sRGB, which is what apps and browsers take a JPEG without a profile for.
use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformOptions};

use super::resample::Square;

/// The picture in sRGB, three channels. A profile that is broken or made for other channels
/// than the picture has counts as none.
pub(super) fn to_srgb(square: Square, profile: Option<&[u8]>) -> Square {
    profile
        .and_then(|profile| by_profile(&square, profile))
        .unwrap_or_else(|| by_rule(square))
}

fn by_profile(square: &Square, profile: &[u8]) -> Option<Square> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let layout = match (square.channels, profile.color_space) {
        (1, DataColorSpace::Gray) => Layout::Gray,
        (3, DataColorSpace::Rgb) => Layout::Rgb,
        (4, DataColorSpace::Cmyk) => Layout::Rgba,
        _ => return None,
    };
    let srgb = ColorProfile::new_srgb();
    // A profile with one table for all intents has it in the place of the perceptual one.
    let intents = [
        RenderingIntent::RelativeColorimetric,
        RenderingIntent::Perceptual,
    ];
    let transform = intents.into_iter().find_map(|rendering_intent| {
        let options = TransformOptions {
            rendering_intent,
            ..TransformOptions::default()
        };
        profile
            .create_transform_8bit(layout, &srgb, Layout::Rgb, options)
            .ok()
    })?;
    let pixels = square.data.len() / square.channels;
    let mut data = vec![0; 3 * pixels];
    let row = square.side as usize;
    let rows = square.data.chunks_exact(row * square.channels);
    for (from, to) in rows.zip(data.chunks_exact_mut(3 * row)) {
        transform.transform(from, to).ok()?;
    }
    Some(Square {
        side: square.side,
        channels: 3,
        data,
    })
}

/// Without a profile: grey and RGB are taken for sRGB, inks for ideal ones.
fn by_rule(square: Square) -> Square {
    let data = match square.channels {
        1 => square.data.iter().flat_map(|grey| [*grey; 3]).collect(),
        4 => {
            let inks = square.data.as_chunks::<4>().0.iter();
            inks.flat_map(|[c, m, y, k]| [c, m, y].map(|ink| multiplied(255 - ink, 255 - k)))
                .collect()
        }
        _ => square.data,
    };
    Square {
        side: square.side,
        channels: 3,
        data,
    }
}

fn multiplied(a: u8, b: u8) -> u8 {
    ((u16::from(a) * u16::from(b) + 127) / 255) as u8
}

/// Lays pixels whose last channel is their opacity on white: `N` channels become `N - 1`.
pub(super) fn on_white<const N: usize>(row: &[u8], opaque: &mut Vec<u8>) {
    opaque.clear();
    for pixel in row.as_chunks::<N>().0 {
        let alpha = pixel[N - 1];
        let below = 255 - alpha;
        for channel in &pixel[..N - 1] {
            opaque.push(multiplied(*channel, alpha).saturating_add(below));
        }
    }
}
