//! JPEG as every player and car shows it (ITU-T T.81): baseline, one scan, YCbCr with colours
//! at half the resolution (4:2:0), in a JFIF file (T.871).
//!
//! Our own, since the encoders there are bring terms of the Independent JPEG Group along.
mod bits;
mod frequencies;
mod tables;

use super::resample::Square;
use bits::{Bits, Codes};
use tables::{BRIGHTNESS, COLOURS, Tables, ZIGZAG};

/// Pixels on a side of the unit that is written at once: four blocks of brightness, one of each
/// colour.
const UNIT: usize = 16;

/// Writes an RGB square. `coarseness` is that of the steps, in percent of what T.81 proposes:
/// 100 is a plain picture, 25 a good one.
pub(super) fn encode(square: &Square, coarseness: u16) -> Vec<u8> {
    let tables = [&BRIGHTNESS, &COLOURS];
    let steps = tables.map(|tables| steps(tables, coarseness));
    let mut bytes = head(square.side, tables, &steps);
    let mut bits = Bits::new(&mut bytes);
    let codes = tables.map(|t| [Codes::new(&t.mean), Codes::new(&t.others)]);
    let parts = steps.map(|steps| steps.map(|step| 1.0 / f32::from(step)));
    let mut before = [0; 3];
    let side = square.side as usize;
    for top in (0..side).step_by(UNIT) {
        for left in (0..side).step_by(UNIT) {
            for (at, block) in unit(square, left, top).iter_mut().enumerate() {
                let channel = at.saturating_sub(3);
                let kind = channel.min(1);
                frequencies::transform(block);
                let block = counted(block, &parts[kind]);
                let [mean, others] = &codes[kind];
                bits.block(&block, before[channel], mean, others);
                before[channel] = block[0];
            }
        }
    }
    bits.finish();
    bytes.extend_from_slice(&[0xFF, 0xD9]);
    bytes
}

/// The steps of the frequencies in the order of writing.
fn steps(tables: &Tables, coarseness: u16) -> [u8; 64] {
    ZIGZAG.map(|place| {
        let step = u32::from(tables.steps[usize::from(place)]) * u32::from(coarseness);
        ((step + 50) / 100).clamp(1, 255) as u8
    })
}

/// Frequencies in the order of writing, in steps.
fn counted(block: &[f32; 64], parts: &[f32; 64]) -> [i16; 64] {
    std::array::from_fn(|i| {
        let steps = block[usize::from(ZIGZAG[i])] * parts[i];
        // The most that baseline codes can say (T.81, F.1.2.2).
        (steps.round() as i16).clamp(-1023, 1023)
    })
}

/// The six blocks of a unit, around 0. Beyond the edge the last pixels go on.
fn unit(square: &Square, left: usize, top: usize) -> [[f32; 64]; 6] {
    let side = square.side as usize;
    let pixels = square.data.as_chunks::<3>().0;
    let mut blocks = [[0.0; 64]; 6];
    for y in 0..UNIT {
        let row = &pixels[side * (top + y).min(side - 1)..][..side];
        for x in 0..UNIT {
            let [r, g, b] = row[(left + x).min(side - 1)].map(f32::from);
            // T.871, section 7; of the colours each block takes the mean of four pixels.
            blocks[y / 8 * 2 + x / 8][y % 8 * 8 + x % 8] =
                0.299 * r + 0.587 * g + 0.114 * b - 128.0;
            let place = y / 2 * 8 + x / 2;
            blocks[4][place] += (-0.168_736 * r - 0.331_264 * g + 0.5 * b) / 4.0;
            blocks[5][place] += (0.5 * r - 0.418_688 * g - 0.081_312 * b) / 4.0;
        }
    }
    blocks
}

/// Everything before the scan's data.
fn head(side: u32, tables: [&Tables; 2], steps: &[[u8; 64]; 2]) -> Vec<u8> {
    let [.., high, low] = side.to_be_bytes();
    let mut bytes = vec![0xFF, 0xD8];
    // JFIF 1.2; pixels are square; no thumbnail.
    segment(&mut bytes, 0xE0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"]);
    for (number, steps) in (0..).zip(steps) {
        segment(&mut bytes, 0xDB, &[&[number], steps]);
    }
    // 8 bits; of each of the three channels its number, samples in a unit and table of steps.
    let channels = [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
    segment(
        &mut bytes,
        0xC0,
        &[&[8, high, low, high, low, 3], &channels],
    );
    for (number, tables) in (0..).zip(tables) {
        for (class, table) in [(0x00, &tables.mean), (0x10, &tables.others)] {
            let head = [class | number];
            segment(&mut bytes, 0xC4, &[&head, &table.lengths, table.symbols]);
        }
    }
    // Of each channel its number and tables of codes; all frequencies, whole.
    let channels = [1, 0x00, 2, 0x11, 3, 0x11];
    segment(&mut bytes, 0xDA, &[&[3], &channels, &[0, 63, 0]]);
    bytes
}

fn segment(bytes: &mut Vec<u8>, marker: u8, pieces: &[&[u8]]) {
    let length: usize = 2 + pieces.iter().map(|piece| piece.len()).sum::<usize>();
    bytes.extend_from_slice(&[0xFF, marker]);
    bytes.extend_from_slice(&(length as u16).to_be_bytes());
    for piece in pieces {
        bytes.extend_from_slice(piece);
    }
}
