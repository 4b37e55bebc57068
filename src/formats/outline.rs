//! The outline of a recording as a drawing: an SVG path of what is loud and what is not.
use std::fmt::Write as _;

/// Width of the drawing, in units of its own.
pub const WIDTH: usize = 300;
/// Height of the drawing; silence is its middle line.
pub const HEIGHT: usize = 60;

/// The `d` of a path that is filled: from left to right above the middle, and back below it. `peaks`
/// are amplitudes in the order of time, 255 is full scale; of many that fall on one place the
/// greatest is drawn. Empty without any.
pub fn path(peaks: &[u8]) -> String {
    if peaks.is_empty() {
        return String::new();
    }
    let columns = WIDTH.min(peaks.len());
    let half = HEIGHT / 2;
    let heights: Vec<usize> = (0..columns)
        .map(|n| {
            let of = |n: usize| n * peaks.len() / columns;
            let greatest = peaks[of(n)..of(n + 1)].iter().max();
            // A line stays where there is nothing to hear.
            (usize::from(*greatest.unwrap_or(&0)) * half / 255).max(1)
        })
        .collect();
    let mut d = String::with_capacity(columns * 20);
    let x = |n: usize| n * WIDTH / columns;
    for (n, height) in heights.iter().enumerate() {
        let start = if n == 0 { "M0 " } else { "V" };
        let _ = write!(d, "{start}{}H{}", half - height, x(n + 1));
    }
    for (n, height) in heights.iter().enumerate().rev() {
        let _ = write!(d, "V{}H{}", half + height, x(n));
    }
    d.push('Z');
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loud_is_tall_and_silence_a_line() {
        assert_eq!(path(&[]), "");
        assert_eq!(path(&[255, 0]), "M0 0H150V29H300V31H150V60H0Z");
        let long: Vec<u8> = (0..100_000u32).map(|n| (n % 251) as u8).collect();
        let drawn = path(&long);
        assert!(drawn.len() < 5_000, "{}", drawn.len());
        assert!(drawn.ends_with('Z') && drawn.is_ascii());
    }
}
