//! A sheet of pixels: rectangles, lines of type, pictures; and its PNG.
use std::collections::HashMap;

use ab_glyph_rasterizer::{Point, Rasterizer, point};

use super::font::{Letters, Step};

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// Steps between paper and ink: as many as an eye sees, and so few that a card without a picture
/// does with 256 colours, which makes it a third as long.
const SHADES: f32 = 31.0;

/// A sheet.
pub(super) struct Canvas {
    width: u32,
    height: u32,
    rgb: Vec<Colour>,
}

/// A line of type: where it stands, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// The left edge in pixels.
    pub x: f32,
    /// The line that letters stand on, in pixels from the top.
    pub baseline: f32,
    /// Pixels of an em.
    pub size: f32,
    pub colour: Colour,
}

impl Canvas {
    /// A sheet of one colour.
    pub fn new(width: u32, height: u32, colour: Colour) -> Self {
        let pixels = width as usize * height as usize;
        Self {
            width,
            height,
            rgb: vec![colour; pixels],
        }
    }

    fn pixel(&mut self, x: i64, y: i64) -> Option<&mut Colour> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        if x >= self.width || y >= self.height {
            return None;
        }
        self.rgb
            .get_mut(y as usize * self.width as usize + x as usize)
    }

    /// Fills a rectangle.
    pub fn fill(&mut self, left: i64, top: i64, width: i64, height: i64, colour: Colour) {
        for y in top..top + height {
            for x in left..left + width {
                if let Some(pixel) = self.pixel(x, y) {
                    *pixel = colour;
                }
            }
        }
    }

    /// Lays a square picture down: three bytes a pixel, row by row.
    pub fn picture(&mut self, left: i64, top: i64, side: u32, rgb: &[u8]) {
        for (row, y) in rgb.chunks_exact(3 * side.max(1) as usize).zip(top..) {
            for (from, x) in row.as_chunks::<3>().0.iter().zip(left..) {
                if let Some(pixel) = self.pixel(x, y) {
                    *pixel = *from;
                }
            }
        }
    }

    /// Sets a line of type.
    pub fn text(&mut self, text: &str, letters: &Letters, how: Type) {
        let (mut x, mut before) = (how.x, None);
        for c in text.chars() {
            if let Some(before) = before {
                x += letters.kerning(before, c) * how.size;
            }
            self.letter(&letters.outline(c), letters.unit() * how.size, x, how);
            x += letters.advance(c) * how.size;
            before = Some(c);
        }
    }

    fn letter(&mut self, steps: &[Step], scale: f32, x: f32, how: Type) {
        let place =
            |[px, py]: [i32; 2]| point(x + px as f32 * scale, how.baseline - py as f32 * scale);
        let Some((left, top, width, height)) = frame(steps, place) else {
            return;
        };
        let place = |at| {
            let p = place(at);
            point(p.x - left as f32, p.y - top as f32)
        };
        let mut inked = Rasterizer::new(width, height);
        let (mut start, mut pen) = (point(0.0, 0.0), point(0.0, 0.0));
        for step in steps {
            match *step {
                Step::Move(to) => {
                    inked.draw_line(pen, start);
                    pen = place(to);
                    start = pen;
                }
                Step::Line(to) => {
                    let to = place(to);
                    inked.draw_line(pen, to);
                    pen = to;
                }
                Step::Curve([a, b, to]) => {
                    let to = place(to);
                    inked.draw_cubic(pen, place(a), place(b), to);
                    pen = to;
                }
            }
        }
        inked.draw_line(pen, start);
        inked.for_each_pixel_2d(|px, py, cover| {
            let share = (cover.clamp(0.0, 1.0) * SHADES).round() / SHADES;
            if share > 0.0
                && let Some(pixel) = self.pixel(left + i64::from(px), top + i64::from(py))
            {
                for (to, ink) in pixel.iter_mut().zip(how.colour) {
                    let (paper, ink) = (f32::from(*to), f32::from(ink));
                    *to = (paper + (ink - paper) * share).round() as u8;
                }
            }
        });
    }

    /// The sheet as a PNG: with a palette if 256 colours do.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::with_capacity(64 << 10);
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        if let Some((palette, pixels)) = self.indexed() {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette);
            encoder.set_filter(png::Filter::NoFilter);
            encoder.write_header()?.write_image_data(&pixels)?;
        } else {
            encoder.set_color(png::ColorType::Rgb);
            encoder.set_filter(png::Filter::Adaptive);
            encoder
                .write_header()?
                .write_image_data(self.rgb.as_flattened())?;
        }
        Ok(bytes)
    }

    /// The palette and a number of it for every pixel; `None` if there are too many colours.
    fn indexed(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut known = HashMap::new();
        let mut palette = Vec::new();
        let mut pixels = Vec::with_capacity(self.rgb.len());
        let mut last = None;
        for colour in &self.rgb {
            let number = match last {
                Some((before, number)) if before == colour => number,
                _ => match known.get(colour) {
                    Some(number) => *number,
                    None => {
                        let number = u8::try_from(known.len()).ok()?;
                        known.insert(*colour, number);
                        palette.extend_from_slice(colour);
                        number
                    }
                },
            };
            last = Some((colour, number));
            pixels.push(number);
        }
        Some((palette, pixels))
    }
}

/// Left, top, width and height in whole pixels of what an outline covers, with a pixel around it;
/// `None` for one without ink, or one that no sheet holds.
fn frame(steps: &[Step], place: impl Fn([i32; 2]) -> Point) -> Option<(i64, i64, usize, usize)> {
    let mut points = steps
        .iter()
        .flat_map(|step| match step {
            Step::Move(to) | Step::Line(to) => std::slice::from_ref(to),
            Step::Curve(points) => points.as_slice(),
        })
        .map(|at| place(*at));
    let first = points.next()?;
    let (mut low, mut high) = (first, first);
    for p in points {
        low = point(low.x.min(p.x), low.y.min(p.y));
        high = point(high.x.max(p.x), high.y.max(p.y));
    }
    let (left, top) = (low.x.floor() as i64 - 1, low.y.floor() as i64 - 1);
    let (width, height) = (
        high.x.ceil() as i64 + 2 - left,
        high.y.ceil() as i64 + 2 - top,
    );
    let size = |n: i64| usize::try_from(n).ok().filter(|n| *n <= 2000);
    Some((left, top, size(width)?, size(height)?))
}
