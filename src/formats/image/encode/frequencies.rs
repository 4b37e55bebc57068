//! The discrete cosine transform of a block (T.81, A.3.3).

// cos(nπ/16) / 2, written out: functions of the platform's library could differ in the last bit,
// and the same picture shall have the same bytes everywhere.
const C1: f32 = 0.490_392_64;
const C2: f32 = 0.461_939_77;
const C3: f32 = 0.415_734_8;
const C4: f32 = 0.353_553_4;
const C5: f32 = 0.277_785_12;
const C6: f32 = 0.191_341_71;
const C7: f32 = 0.097_545_16;

/// Turns 8 × 8 samples into their frequencies, both row by row.
pub(super) fn transform(block: &mut [f32; 64]) {
    for row in block.as_chunks_mut::<8>().0 {
        *row = line(*row);
    }
    for x in 0..8 {
        let column = line(std::array::from_fn(|y| block[8 * y + x]));
        for (y, value) in column.into_iter().enumerate() {
            block[8 * y + x] = value;
        }
    }
}

/// The frequencies of 8 samples. The waves of even ones are symmetric and those of odd ones
/// antisymmetric, so that sums and differences of opposite samples do for half of them each.
fn line([a, b, c, d, e, f, g, h]: [f32; 8]) -> [f32; 8] {
    let (ah, bg, cf, de) = (a - h, b - g, c - f, d - e);
    let (outer, inner) = (a + h + (d + e), b + g + (c + f));
    let (outer_gap, inner_gap) = (a + h - (d + e), b + g - (c + f));
    [
        C4 * (outer + inner),
        C1 * ah + C3 * bg + C5 * cf + C7 * de,
        C2 * outer_gap + C6 * inner_gap,
        C3 * ah - C7 * bg - C1 * cf - C5 * de,
        C4 * (outer - inner),
        C5 * ah - C1 * bg + C7 * cf + C3 * de,
        C6 * outer_gap - C2 * inner_gap,
        C7 * ah - C5 * bg + C3 * cf - C1 * de,
    ]
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_1_SQRT_2, PI};

    use proptest::prelude::*;

    use super::transform;

    fn by_definition(samples: &[f32; 64], u: usize, v: usize) -> f64 {
        let wave = |at: usize, n: usize| ((2 * at + 1) as f64 * n as f64 * PI / 16.0).cos();
        let scale = |n: usize| if n == 0 { FRAC_1_SQRT_2 } else { 1.0 };
        let parts = (0..64).map(|i| f64::from(samples[i]) * wave(i % 8, u) * wave(i / 8, v));
        parts.sum::<f64>() * scale(u) * scale(v) / 4.0
    }

    proptest! {
        #[test]
        fn frequencies_are_what_the_standard_says(
            samples in prop::collection::vec(-128.0_f32..128.0, 64)
        ) {
            let samples: [f32; 64] = samples.try_into().expect("64");
            let mut block = samples;
            transform(&mut block);
            for (at, found) in block.into_iter().enumerate() {
                let wanted = by_definition(&samples, at % 8, at / 8);
                prop_assert!((f64::from(found) - wanted).abs() < 0.01, "{at}");
            }
        }
    }
}
