//! Square pictures made smaller: Lanczos, row by row, so that no copy of the picture in
//! floating point is ever whole in memory.
use std::collections::VecDeque;
use std::f32::consts::PI;

use image::RgbImage;

/// The filter reaches so many pixels of the smaller picture to each side.
const REACH: f32 = 3.0;

/// A square RGB picture, three bytes a pixel, row by row.
pub(super) struct Square {
    pub side: u32,
    pub rgb: Vec<u8>,
}

/// The pixels that one pixel of the smaller picture is made of, and their shares.
struct Share {
    from: usize,
    weights: Vec<f32>,
}

impl Square {
    /// The square in the middle of a picture.
    pub fn middle_of(picture: &RgbImage) -> Self {
        let (width, height) = picture.dimensions();
        let side = width.min(height);
        let (left, top) = ((width - side) / 2, (height - side) / 2);
        let row_bytes = 3 * width as usize;
        let from = 3 * left as usize;
        let rows = picture.as_raw().chunks_exact(row_bytes.max(1));
        let mut rgb = Vec::with_capacity(3 * side as usize * side as usize);
        for row in rows.skip(top as usize).take(side as usize) {
            rgb.extend_from_slice(&row[from..from + 3 * side as usize]);
        }
        Self { side, rgb }
    }

    /// The same picture with another side.
    pub fn resized(self, side: u32) -> Self {
        if side == self.side {
            return self;
        }
        let shares = shares(self.side, side);
        let mut rgb = Vec::with_capacity(3 * side as usize * side as usize);
        let mut rows: VecDeque<Vec<f32>> = VecDeque::new();
        let mut first_row = 0;
        let mut sums = vec![0.0_f32; 3 * side as usize];
        let source = self.rgb.chunks_exact(3 * self.side as usize);
        let mut source = source.map(|row| narrowed(row, &shares));
        for share in &shares {
            while first_row < share.from {
                rows.pop_front();
                first_row += 1;
            }
            while rows.len() < share.weights.len() {
                rows.extend(source.next());
            }
            sums.fill(0.0);
            for (row, weight) in rows.iter().zip(&share.weights) {
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += value * weight;
                }
            }
            // A cast from float saturates: 0 to 255.
            rgb.extend(sums.iter().map(|sum| (sum + 0.5) as u8));
        }
        Self { side, rgb }
    }
}

fn narrowed(row: &[u8], shares: &[Share]) -> Vec<f32> {
    let mut narrow = Vec::with_capacity(3 * shares.len());
    for share in shares {
        let mut sum = [0.0_f32; 3];
        let pixels = row[3 * share.from..].chunks_exact(3);
        for (pixel, weight) in pixels.zip(&share.weights) {
            sum[0] += f32::from(pixel[0]) * weight;
            sum[1] += f32::from(pixel[1]) * weight;
            sum[2] += f32::from(pixel[2]) * weight;
        }
        narrow.extend_from_slice(&sum);
    }
    narrow
}

/// The shares of all pixels along a side; their `from` never decreases.
fn shares(from_side: u32, to_side: u32) -> Vec<Share> {
    let ratio = from_side as f32 / to_side as f32;
    let scale = ratio.max(1.0);
    let reach = REACH * scale;
    let share = |to: u32| {
        let middle = (to as f32 + 0.5) * ratio;
        let from = (middle - reach).floor().max(0.0) as usize;
        let end = ((middle + reach).ceil() as usize).clamp(from + 1, from_side as usize);
        let weight = |at: usize| lanczos((at as f32 + 0.5 - middle) / scale);
        let mut weights: Vec<f32> = (from..end).map(weight).collect();
        let sum: f32 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= sum);
        Share { from, weights }
    };
    (0..to_side).map(share).collect()
}

fn lanczos(x: f32) -> f32 {
    if x.abs() < 1e-6 {
        1.0
    } else if x.abs() >= REACH {
        0.0
    } else {
        let x = PI * x;
        REACH * x.sin() * (x / REACH).sin() / (x * x)
    }
}
