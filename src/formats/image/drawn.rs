//! The cover of a show whose author has none yet: lines of a script, one of them being read,
//! and the sound below. No letters: the title stands beside it.
use sha2::{Digest, Sha256};

use super::canvas::{Bar, Canvas, Colour};
use super::{COVER_SIZES, Cover, hash, jpeg};

/// Colours that go together.
struct Palette {
    ground: Colour,
    /// The second tone of the ground.
    shade: Colour,
    ink: Colour,
    /// The line being read, and the sound already heard.
    accent: Colour,
}

const PALETTES: [Palette; 8] = [
    palette(0x1F2A44, 0x2A3A5E, 0xF3EFE4, 0xF2B84B),
    palette(0x1C3A33, 0x274E44, 0xF1EDE0, 0xEBA56A),
    palette(0x4A1F2B, 0x5E2A38, 0xF6ECE3, 0xF0C27B),
    palette(0xF2EBDD, 0xE7DCC6, 0x332E28, 0xC8502E),
    palette(0x15404A, 0x1F5560, 0xEEF2EC, 0xFFB08A),
    palette(0x352A4D, 0x45386A, 0xF2EEF6, 0xF4A9A8),
    palette(0xE6ECEF, 0xD5DFE5, 0x22303A, 0x1C7293),
    palette(0x26272B, 0x34363C, 0xF2F0EB, 0x7FC8A9),
];

const fn palette(ground: u32, shade: u32, ink: u32, accent: u32) -> Palette {
    Palette {
        ground: colour(ground),
        shade: colour(shade),
        ink: colour(ink),
        accent: colour(accent),
    }
}

const fn colour(code: u32) -> Colour {
    let [_, red, green, blue] = code.to_be_bytes();
    [red, green, blue]
}

/// The margin on every side.
const MARGIN: f32 = 0.145;
/// Lines of the script.
const LINES: usize = 4;
/// Bars of the sound.
const WAVE_BARS: usize = 13;

/// Draws a cover that is always the same for the same title, in 1400, 600 and 300 pixels.
pub fn default_cover(title: &str) -> Cover {
    let seed = Sha256::digest(title.as_bytes());
    let variants: Vec<_> = COVER_SIZES
        .into_iter()
        .map(|side| (side, jpeg(&draw(side, &seed).finish())))
        .collect();
    Cover {
        hash: hash(&[&variants[0].1]),
        variants,
    }
}

fn draw(side: u32, seed: &[u8]) -> Canvas {
    let byte = |at: usize| seed[at % seed.len()];
    let part = |at: usize| f32::from(byte(at)) / 255.0;
    let palette = &PALETTES[usize::from(byte(0)) % PALETTES.len()];
    let mut canvas = Canvas::new(side, palette.ground);
    // The second tone: a large disc that enters from one of the right corners.
    let low = byte(1) & 1 == 1;
    let middle = (0.86 + part(2) * 0.1, if low { 1.0 } else { 0.02 });
    canvas.disc(middle, 0.56 + part(3) * 0.1, palette.shade);

    let read = 1 + usize::from(byte(4)) % (LINES - 2);
    for line in 0..LINES {
        draw_line(&mut canvas, palette, line, line == read, part(5 + line));
    }
    let heard = (read as f32 + 0.5) / LINES as f32;
    for bar in 0..WAVE_BARS {
        let tall = wave(bar, part(10 + bar), part(3));
        draw_wave_bar(&mut canvas, palette, bar, tall, heard);
    }
    canvas
}

fn draw_line(canvas: &mut Canvas, palette: &Palette, line: usize, read: bool, chance: f32) {
    let full = 1.0 - 2.0 * MARGIN;
    let (height, step) = (0.05, 0.12);
    // The last line of a paragraph is short, the others nearly full.
    let share = match (read, line + 1 == LINES) {
        (true, _) => 0.80 + chance * 0.16,
        (false, true) => 0.36 + chance * 0.22,
        (false, false) => 0.80 + chance * 0.20,
    };
    let top = 0.17 + step * line as f32;
    let bar = Bar {
        left: MARGIN,
        top,
        width: full * share,
        height,
        radius: height / 2.0,
    };
    if read {
        // As if drawn over with a marker: broader than the line, and a little longer.
        let grown = 0.015;
        let marked = Bar {
            left: bar.left - grown,
            top: bar.top - grown,
            width: bar.width + 2.0 * grown,
            height: bar.height + 2.0 * grown,
            radius: 0.02,
        };
        canvas.bar(marked, palette.accent, 1.0);
    } else {
        canvas.bar(bar, palette.ink, 0.86);
    }
}

/// How tall a bar of the sound is, 0 to 1: two words, with a breath between them.
fn wave(bar: usize, chance: f32, breath: f32) -> f32 {
    let at = bar as f32 / (WAVE_BARS - 1) as f32;
    let pause = 0.48 + breath * 0.16;
    let word = if at < pause {
        at / pause
    } else {
        (at - pause) / (1.0 - pause)
    };
    let swell = (word * std::f32::consts::PI).sin().max(0.0).powf(0.7);
    0.14 + 0.86 * swell * (0.45 + 0.55 * chance)
}

fn draw_wave_bar(canvas: &mut Canvas, palette: &Palette, bar: usize, tall: f32, heard: f32) {
    let step = (1.0 - 2.0 * MARGIN) / WAVE_BARS as f32;
    let width = step * 0.5;
    let height = (0.21 * tall).max(width);
    let at = (bar as f32 + 0.5) / WAVE_BARS as f32;
    let shape = Bar {
        left: MARGIN + step * bar as f32 + (step - width) / 2.0,
        top: 0.768 - height / 2.0,
        width,
        height,
        radius: width / 2.0,
    };
    if at <= heard {
        canvas.bar(shape, palette.accent, 1.0);
    } else {
        canvas.bar(shape, palette.ink, 0.6);
    }
}
