//! Square pictures made smaller, row by row: a picture that comes in is cut and shrunk on its
//! way, so that it is never whole in memory.
use std::collections::VecDeque;
use std::f32::consts::PI;

use super::largest_size;

/// The filter reaches so many pixels of the smaller picture to each side.
const REACH: f32 = 3.0;
/// From twice the largest size on, two by two pixels become one before anything else.
const HALVED_FROM: u32 = 6000;

/// A square picture, 8 bits a channel, row by row.
pub(super) struct Square {
    /// Pixels of a side.
    pub side: u32,
    /// 1 grey; 3 red, green, blue; 4 cyan, magenta, yellow, black.
    pub channels: usize,
    /// `channels` bytes a pixel.
    pub data: Vec<u8>,
}

impl Square {
    /// The same picture with another side.
    pub fn resized(self, side: u32) -> Self {
        if side == self.side {
            return self;
        }
        let mut shrink = Shrink::new(self.side, side, self.channels);
        for row in self.data.chunks_exact(self.channels * self.side as usize) {
            shrink.push(row);
        }
        shrink.finish().expect("every row of the square went in")
    }
}

/// Takes the rows of a picture from the top and keeps the square in its middle, in the largest
/// of our sizes that it fills.
pub(super) struct Intake {
    left_bytes: usize,
    top: u32,
    side: u32,
    channels: usize,
    seen: u32,
    /// The upper row of two that become one; `None` where nothing is halved.
    halving: Option<Vec<u8>>,
    shrink: Shrink,
}

impl Intake {
    /// For a picture of this size, its smaller side at least that of the middle size.
    pub fn new(width: u32, height: u32, channels: usize) -> Self {
        let mut side = width.min(height);
        let halved = side >= HALVED_FROM;
        if halved {
            side &= !1;
        }
        let kept = if halved { side / 2 } else { side };
        Self {
            left_bytes: (width - side) as usize / 2 * channels,
            top: (height - side) / 2,
            side,
            channels,
            seen: 0,
            halving: halved.then(Vec::new),
            shrink: Shrink::new(kept, largest_size(side), channels),
        }
    }

    /// The next row, as wide as was said; rows too many are ignored.
    pub fn push(&mut self, row: &[u8]) {
        let y = self.seen;
        self.seen = self.seen.saturating_add(1);
        if y < self.top || y - self.top >= self.side {
            return;
        }
        let row = &row[self.left_bytes..][..self.side as usize * self.channels];
        match &mut self.halving {
            None => self.shrink.push(row),
            Some(upper) if upper.is_empty() => upper.extend_from_slice(row),
            Some(upper) => {
                let half = match self.channels {
                    1 => halved::<1>(upper, row),
                    3 => halved::<3>(upper, row),
                    _ => halved::<4>(upper, row),
                };
                upper.clear();
                self.shrink.push(&half);
            }
        }
    }

    /// The square, or `None` if rows are missing.
    pub fn finish(self) -> Option<Square> {
        self.shrink.finish()
    }
}

/// One row of two, half as wide.
fn halved<const N: usize>(upper: &[u8], lower: &[u8]) -> Vec<u8> {
    let mut half = vec![0; upper.len() / 2];
    let pixels = half.as_chunks_mut::<N>().0.iter_mut();
    let uppers = upper.chunks_exact(2 * N);
    for ((to, a), b) in pixels.zip(uppers).zip(lower.chunks_exact(2 * N)) {
        for c in 0..N {
            let sum = u16::from(a[c]) + u16::from(a[c + N]) + u16::from(b[c]) + u16::from(b[c + N]);
            to[c] = ((sum + 2) / 4) as u8;
        }
    }
    half
}

/// The pixels that one pixel of the smaller picture is made of, and their shares.
struct Share {
    from: usize,
    weights: Vec<f32>,
}

/// A square on its way to another side, by Lanczos.
struct Shrink {
    side: u32,
    channels: usize,
    data: Vec<u8>,
    /// For every pixel along a side; `from` never decreases. Empty if the side stays.
    shares: Vec<Share>,
    /// The row of the smaller picture that is made next.
    next: usize,
    /// Rows made narrow that are still needed, and the number of the first one.
    rows: VecDeque<Vec<f32>>,
    first_row: usize,
    sums: Vec<f32>,
}

impl Shrink {
    fn new(from_side: u32, side: u32, channels: usize) -> Self {
        let row_bytes = side as usize * channels;
        Self {
            side,
            channels,
            data: Vec::with_capacity(row_bytes * side as usize),
            shares: if from_side == side {
                Vec::new()
            } else {
                shares(from_side, side)
            },
            next: 0,
            rows: VecDeque::new(),
            first_row: 0,
            sums: vec![0.0; row_bytes],
        }
    }

    fn push(&mut self, row: &[u8]) {
        if self.shares.is_empty() {
            self.data.extend_from_slice(row);
            return;
        }
        self.rows.push_back(match self.channels {
            1 => narrowed::<1>(row, &self.shares),
            3 => narrowed::<3>(row, &self.shares),
            _ => narrowed::<4>(row, &self.shares),
        });
        while let Some(share) = self.shares.get(self.next) {
            while self.first_row < share.from && self.rows.pop_front().is_some() {
                self.first_row += 1;
            }
            if self.rows.len() < share.weights.len() {
                return;
            }
            self.sums.fill(0.0);
            for (row, weight) in self.rows.iter().zip(&share.weights) {
                for (sum, value) in self.sums.iter_mut().zip(row) {
                    *sum += value * weight;
                }
            }
            // A cast from float saturates: 0 to 255.
            self.data
                .extend(self.sums.iter().map(|sum| (sum + 0.5) as u8));
            self.next += 1;
        }
    }

    fn finish(self) -> Option<Square> {
        let whole = self.sums.len() * self.side as usize;
        (self.data.len() == whole).then_some(Square {
            side: self.side,
            channels: self.channels,
            data: self.data,
        })
    }
}

fn narrowed<const N: usize>(row: &[u8], shares: &[Share]) -> Vec<f32> {
    let mut narrow = Vec::with_capacity(N * shares.len());
    for share in shares {
        let mut sum = [0.0_f32; N];
        let pixels = row[N * share.from..].as_chunks::<N>().0;
        for (pixel, weight) in pixels.iter().zip(&share.weights) {
            for c in 0..N {
                sum[c] += f32::from(pixel[c]) * weight;
            }
        }
        narrow.extend_from_slice(&sum);
    }
    narrow
}

/// The shares of all pixels along a side.
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
