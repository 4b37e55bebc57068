//! A square to draw simple shapes on: edges are smoothed by their distance to the pixel.
use super::resample::Square;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// A square canvas. Lengths are parts of its side, so that a drawing looks the same in all
/// sizes.
pub(super) struct Canvas {
    side: u32,
    rgb: Vec<u8>,
}

/// A rectangle with round corners, in parts of the side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
    pub radius: f32,
}

impl Canvas {
    /// A canvas of one colour.
    pub fn new(side: u32, colour: Colour) -> Self {
        let pixels = side as usize * side as usize;
        Self {
            side,
            rgb: colour.repeat(pixels),
        }
    }

    /// Fills a rectangle with round corners; `strength` is 0 (nothing) to 1.
    pub fn bar(&mut self, bar: Bar, colour: Colour, strength: f32) {
        let side = self.side as f32;
        let (half_width, half_height) = (bar.width * side / 2.0, bar.height * side / 2.0);
        let middle = (bar.left * side + half_width, bar.top * side + half_height);
        let radius = (bar.radius * side).min(half_width).min(half_height);
        let distance = move |x: f32, y: f32| {
            let dx = (x - middle.0).abs() - half_width + radius;
            let dy = (y - middle.1).abs() - half_height + radius;
            dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - radius
        };
        let reach = (half_width, half_height);
        self.paint(middle, reach, colour, strength, distance);
    }

    /// Fills a circle.
    pub fn disc(&mut self, middle: (f32, f32), radius: f32, colour: Colour) {
        let side = self.side as f32;
        let (x0, y0, radius) = (middle.0 * side, middle.1 * side, radius * side);
        let distance = move |x: f32, y: f32| (x - x0).hypot(y - y0) - radius;
        self.paint((x0, y0), (radius, radius), colour, 1.0, distance);
    }

    /// Mixes a colour into the pixels around a middle; `distance` is negative inside.
    fn paint(
        &mut self,
        middle: (f32, f32),
        reach: (f32, f32),
        colour: Colour,
        strength: f32,
        distance: impl Fn(f32, f32) -> f32,
    ) {
        let side = self.side as usize;
        let span = |middle: f32, reach: f32| {
            // A cast from float saturates: never below 0.
            let from = (middle - reach - 1.0) as usize;
            from.min(side)..((middle + reach + 2.0) as usize).min(side)
        };
        for y in span(middle.1, reach.1) {
            for x in span(middle.0, reach.0) {
                let outside = distance(x as f32 + 0.5, y as f32 + 0.5);
                let cover = (0.5 - outside).clamp(0.0, 1.0) * strength;
                if cover <= 0.0 {
                    continue;
                }
                let at = 3 * (y * side + x);
                for (to, from) in self.rgb[at..at + 3].iter_mut().zip(colour) {
                    let mixed = f32::from(*to) * (1.0 - cover) + f32::from(from) * cover;
                    *to = (mixed + 0.5) as u8;
                }
            }
        }
    }

    /// The finished picture.
    pub fn finish(self) -> Square {
        Square {
            side: self.side,
            channels: 3,
            data: self.rgb,
        }
    }
}
