//! Preview cards: the pictures of posts and quotations that messengers and networks show for a
//! link (Open Graph). Pure: words and a picture in, a PNG out.
//!
//! Whatever the words are, they are only drawn: what the font lacks is left out or stands as `〓`
//! (`text.rs`), what does not fit is cut with `…` (`lines.rs`). Nothing is shaped (`font.rs`).
mod canvas;
mod font;
mod lines;
mod text;

#[cfg(test)]
mod tests;

pub use font::Letters;

use canvas::{Canvas, Colour, Type};
use lines::{Room, Setting, hang, one_line, set};
use text::{MISSING, says_something, settable};

/// Pixels across.
pub const WIDTH: u32 = 1200;
/// Pixels down.
pub const HEIGHT: u32 = 630;
/// Side of the picture on the card of a post, in pixels.
pub const COVER_PIXELS: u32 = 300;

// The colours of assets/css/tokens.css, by day: cards are seen on any ground.
const PAPER: Colour = [0xFF, 0xFF, 0xFF];
const WASH: Colour = [0xED, 0xF1, 0xFB];
const INK: Colour = [0x16, 0x19, 0x1F];
const SOFT: Colour = [0x47, 0x4D, 0x59];
const LINE: Colour = [0xDD, 0xE1, 0xE8];
const ACCENT: Colour = [0x25, 0x45, 0x9B];

const MARGIN: f32 = 72.0;
const INNER: f32 = WIDTH as f32 - 2.0 * MARGIN;
/// What stands between two facts of a line.
const DOT: &str = " · ";

/// A square picture: three bytes a pixel, row by row.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Pixels of a side.
    pub side: u32,
    /// Red, green, blue.
    pub rgb: Vec<u8>,
}

/// What the card of a post says.
#[derive(Debug, Clone)]
pub struct PostCard {
    /// The show's title.
    pub show: String,
    /// The post's title.
    pub title: String,
    /// Author, date, length or reading time: the least important first, since what does not fit
    /// is left out from there.
    pub facts: Vec<String>,
    /// The site's name in addresses.
    pub site: String,
    /// The cover, [`COVER_PIXELS`] across.
    pub cover: Option<Picture>,
}

/// What the card of a quotation says.
#[derive(Debug, Clone)]
pub struct QuoteCard {
    /// The words.
    pub quote: String,
    /// The title of the post.
    pub title: String,
    /// The show's title.
    pub show: String,
    /// The address without `https://`, the best first; the first that fits is taken.
    pub addresses: Vec<String>,
}

/// Draws the card of a post as a PNG.
///
/// # Errors
/// What the encoder said, which has no reason to.
pub fn post_card(card: &PostCard, letters: &Letters) -> Result<Vec<u8>, png::EncodingError> {
    let mut sheet = Sheet::new(PAPER, letters);
    let show = sheet.settable(&card.show);
    sheet.canvas.fill(0, 0, i64::from(WIDTH), 14, ACCENT);
    let site = sheet.settable(&card.site);
    let site = one_line(&site, letters, 26.0, INNER / 2.0);
    let site_width = letters.width(&site) * 26.0;
    sheet.line(&site, WIDTH as f32 - MARGIN - site_width, 108.0, 26.0, SOFT);
    sheet.fitted(
        &show,
        MARGIN,
        108.0,
        36.0,
        INNER - site_width - 40.0,
        ACCENT,
    );
    sheet.rule(140);

    let mut room = Room {
        width: INNER,
        height: 304.0,
        leading: 1.3,
        sizes: &[92.0, 84.0, 76.0, 70.0, 64.0, 58.0, 53.0, 48.0, 44.0],
    };
    let (top, left) = (178, (WIDTH - COVER_PIXELS) as i64 - MARGIN as i64);
    if let Some(cover) = &card.cover {
        sheet.canvas.picture(left, top, cover.side, &cover.rgb);
        sheet.frame(left, top, i64::from(cover.side));
        room.width -= COVER_PIXELS as f32 + 48.0;
    }
    // A title of emoji alone says nothing here.
    let title = Some(sheet.settable(&card.title)).filter(|t| says_something(t));
    let title = set(title.as_deref().unwrap_or(&show), letters, room);
    sheet.block(&title, room, MARGIN, top as f32, INK);

    let facts = sheet.facts(&card.facts, 30.0, INNER);
    sheet.fitted(&facts, MARGIN, 556.0, 30.0, INNER, SOFT);
    sheet.canvas.png()
}

/// Draws the card of a quotation as a PNG.
///
/// # Errors
/// What the encoder said, which has no reason to.
pub fn quote_card(card: &QuoteCard, letters: &Letters) -> Result<Vec<u8>, png::EncodingError> {
    let mut sheet = Sheet::new(WASH, letters);
    sheet.canvas.fill(0, 0, 14, i64::from(HEIGHT), ACCENT);
    let room = quote_room();
    let (show, title) = (sheet.settable(&card.show), sheet.settable(&card.title));
    let words = sheet.settable(&card.quote);
    // A passage of emoji alone, or in letters that the font lacks, says nothing here.
    let all = [&words, &title, &show];
    let quote = all.into_iter().find(|text| says_something(text));
    // What stands in for it was not said.
    let is_quoted = quote.is_some_and(|text| std::ptr::eq(text, &words));
    let quote = set(quote.unwrap_or(&show), letters, room);
    let top = sheet.block(&quote, room, MARGIN, 112.0, INK);
    // Words that bring a mark of their own need no second one.
    let own = quote
        .lines
        .first()
        .is_some_and(|line| hang(line, letters) > 0.0);
    if is_quoted && !own {
        sheet.line("“", MARGIN - 6.0, top + 40.0, 150.0, ACCENT);
    }

    sheet.rule(500);
    if says_something(&title) {
        sheet.fitted(&title, MARGIN, 548.0, 30.0, INNER, INK);
    }
    let address = card.addresses.iter().map(|a| sheet.settable(a));
    let address: Vec<String> = address.collect();
    let free = |a: &&String| letters.width(a) * 26.0 <= INNER * 0.6 && !a.contains(MISSING);
    let address = address.iter().find(free).cloned().unwrap_or_default();
    let wide = letters.width(&address) * 26.0;
    sheet.line(&address, WIDTH as f32 - MARGIN - wide, 590.0, 26.0, SOFT);
    sheet.fitted(&show, MARGIN, 590.0, 26.0, INNER - wide - 40.0, SOFT);
    sheet.canvas.png()
}

/// Where the words of a quotation stand.
fn quote_room() -> Room {
    Room {
        width: INNER,
        height: 350.0,
        leading: 1.42,
        sizes: &[
            104.0, 92.0, 84.0, 76.0, 68.0, 62.0, 56.0, 51.0, 47.0, 43.0, 40.0,
        ],
    }
}

/// A card in the making.
struct Sheet<'a> {
    canvas: Canvas,
    letters: &'a Letters,
}

impl<'a> Sheet<'a> {
    fn new(ground: Colour, letters: &'a Letters) -> Self {
        Self {
            canvas: Canvas::new(WIDTH, HEIGHT, ground),
            letters,
        }
    }

    fn settable(&self, text: &str) -> String {
        settable(text, self.letters)
    }

    fn line(&mut self, text: &str, x: f32, baseline: f32, size: f32, colour: Colour) {
        self.canvas.text(
            text,
            self.letters,
            Type {
                x,
                baseline,
                size,
                colour,
            },
        );
    }

    fn fitted(&mut self, text: &str, x: f32, baseline: f32, size: f32, width: f32, colour: Colour) {
        let text = one_line(text, self.letters, size, width);
        self.line(&text, x, baseline, size, colour);
    }

    /// A hairline across the text.
    fn rule(&mut self, y: i64) {
        self.canvas.fill(MARGIN as i64, y, INNER as i64, 2, LINE);
    }

    /// A hairline around a picture, which may be as white as the paper.
    fn frame(&mut self, left: i64, top: i64, side: i64) {
        let canvas = &mut self.canvas;
        canvas.fill(left, top, side, 1, LINE);
        canvas.fill(left, top + side - 1, side, 1, LINE);
        canvas.fill(left, top, 1, side, LINE);
        canvas.fill(left + side - 1, top, 1, side, LINE);
    }

    /// A text in the middle of the height of its room; gives where its letters begin.
    fn block(&mut self, text: &Setting, room: Room, left: f32, top: f32, colour: Colour) -> f32 {
        let step = text.size * room.leading;
        let height = text.size + step * (text.lines.len().max(1) - 1) as f32;
        // Letters stand on a line some seven eighths down their em.
        let first = top + (room.height - height) / 2.0;
        let mut baseline = first + text.size * 0.87;
        for line in &text.lines {
            let hang = hang(line, self.letters) * text.size;
            self.line(line, left - hang, baseline, text.size, colour);
            baseline += step;
        }
        first
    }

    /// The facts in a line, without the first ones if all are too long.
    fn facts(&self, facts: &[String], size: f32, width: f32) -> String {
        let facts: Vec<String> = facts.iter().map(|f| self.settable(f)).collect();
        let facts: Vec<&str> = facts
            .iter()
            .map(String::as_str)
            .filter(|f| !f.is_empty())
            .collect();
        (0..facts.len())
            .map(|from| facts[from..].join(DOT))
            .find(|line| self.letters.width(line) * size <= width)
            .unwrap_or_else(|| facts.join(DOT))
    }
}
