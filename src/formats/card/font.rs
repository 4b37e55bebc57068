//! The letters of the cards: outlines of a font that was cut to what cards need, in a form of our
//! own that `assets/fonts/make.py` writes and describes.
//!
//! Nothing is shaped: a letter is one code point in NFC, set beside the one before with the font's
//! kerning where both are Latin. So there are no ligatures, no marks that stand over others, and
//! none of the scripts that need such (Arabic, the scripts of India, Thai).

/// The file, packed by Zstandard.
static PACKED: &[u8] = include_bytes!("../../../assets/fonts/card.bin");
/// More than the file is unpacked, in bytes.
const MOST_BYTES: usize = 16 << 20;
const MAGIC: &[u8] = b"glyphs1\n";

/// The letters, unpacked: some 7 MB of memory for as long as cards are drawn.
pub struct Letters {
    units: f32,
    /// Rising by code point.
    index: Vec<Letter>,
    /// Left and right letter, and by how much the right one moves, in units; rising.
    pairs: Vec<(u32, u32, i32)>,
    bytes: Vec<u8>,
}

struct Letter {
    code: u32,
    advance: u32,
    from: usize,
    to: usize,
}

/// One step of an outline; coordinates in units of the font, y upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A new contour begins.
    Move([i32; 2]),
    /// A straight line.
    Line([i32; 2]),
    /// A cubic curve: two control points and its end.
    Curve([[i32; 2]; 3]),
}

impl Letters {
    /// The letters of the program. Takes some ten milliseconds.
    ///
    /// # Panics
    /// If the file in the program is broken, which a test rules out.
    pub fn unpack() -> Self {
        let bytes = zstd::bulk::decompress(PACKED, MOST_BYTES).ok();
        bytes
            .and_then(Self::read)
            .expect("the built-in letters are whole")
    }

    fn read(bytes: Vec<u8>) -> Option<Self> {
        let mut reader = Reader {
            rest: bytes.strip_prefix(MAGIC)?,
        };
        let units = reader.number()?;
        let count = reader.number()? as usize;
        let codes = reader.column(count)?;
        let advances = reader.column(count)?;
        let lengths = reader.column(count)?;
        let pair_count = reader.number()? as usize;
        let lefts = reader.column(pair_count)?;
        let rights = reader.column(pair_count)?;
        let mut left = 0_u32;
        let mut pairs = Vec::with_capacity(lefts.len());
        for (more, right) in lefts.into_iter().zip(rights) {
            left = left.checked_add(more)?;
            pairs.push((left, right, reader.signed()?));
        }
        let (mut code, mut from) = (0_u32, bytes.len() - reader.rest.len());
        let mut index = Vec::with_capacity(codes.len());
        for ((more, advance), length) in codes.into_iter().zip(advances).zip(lengths) {
            code = code.checked_add(more)?;
            let to = from
                .checked_add(length as usize)
                .filter(|to| *to <= bytes.len())?;
            index.push(Letter {
                code,
                advance,
                from,
                to,
            });
            from = to;
        }
        (units > 0).then_some(Self {
            units: units as f32,
            index,
            pairs,
            bytes,
        })
    }

    fn find(&self, letter: char) -> Option<&Letter> {
        let at = self
            .index
            .binary_search_by_key(&u32::from(letter), |l| l.code);
        self.index.get(at.ok()?)
    }

    /// Whether there is such a letter.
    pub(super) fn has(&self, letter: char) -> bool {
        self.find(letter).is_some()
    }

    /// How far the next letter stands from this one, in parts of the size; 0 for one that is not
    /// there.
    pub(super) fn advance(&self, letter: char) -> f32 {
        self.find(letter)
            .map_or(0.0, |l| l.advance as f32 / self.units)
    }

    /// By how much two letters move together (below 0) or apart, in parts of the size.
    pub(super) fn kerning(&self, left: char, right: char) -> f32 {
        let key = (u32::from(left), u32::from(right));
        let at = self.pairs.binary_search_by_key(&key, |(l, r, _)| (*l, *r));
        at.map_or(0.0, |at| self.pairs[at].2 as f32 / self.units)
    }

    /// The width of a line in parts of the size.
    pub(super) fn width(&self, text: &str) -> f32 {
        let mut before = None;
        text.chars()
            .map(|c| {
                let kerning = before.map_or(0.0, |b| self.kerning(b, c));
                before = Some(c);
                kerning + self.advance(c)
            })
            .sum()
    }

    /// One unit of the font in parts of the size.
    pub(super) fn unit(&self) -> f32 {
        1.0 / self.units
    }

    /// The outline of a letter; empty for one without ink, or one that is not there.
    pub(super) fn outline(&self, letter: char) -> Vec<Step> {
        let bytes = self
            .find(letter)
            .map_or(&[][..], |l| &self.bytes[l.from..l.to]);
        let mut reader = Reader { rest: bytes };
        let (mut steps, mut pen) = (Vec::new(), [0, 0]);
        while !reader.rest.is_empty() {
            match reader.step(&mut pen) {
                Some(step) => steps.push(step),
                None => break,
            }
        }
        steps
    }
}

/// Reads numbers; see `assets/fonts/make.py`.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u32> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(u32::from(*first))
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            number |= (byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn column(&mut self, count: usize) -> Option<Vec<u32>> {
        // Every number takes a byte at least.
        if count > self.rest.len() {
            return None;
        }
        (0..count).map(|_| self.number()).collect()
    }

    fn signed(&mut self) -> Option<i32> {
        let mut number = self.byte()?;
        if number >= 224 {
            number = 224 + ((number - 224) << 8 | self.byte()?);
        }
        let half = (number >> 1) as i32;
        Some(if number & 1 == 0 { half } else { -half - 1 })
    }

    /// The next step; the pen moves to its end.
    fn step(&mut self, pen: &mut [i32; 2]) -> Option<Step> {
        let kind = self.byte()?;
        let (upright, level) = (matches!(kind, 4 | 6), matches!(kind, 5 | 7));
        let mut to = |reader: &mut Self, x: bool, y: bool| {
            let dx = if x { reader.signed()? } else { 0 };
            let dy = if y { reader.signed()? } else { 0 };
            // A broken file moves the pen no further than numbers go.
            *pen = [pen[0].saturating_add(dx), pen[1].saturating_add(dy)];
            Some(*pen)
        };
        match kind {
            1 => Some(Step::Move(to(self, true, true)?)),
            2 | 4 | 5 => Some(Step::Line(to(self, !upright, !level)?)),
            3 | 6 | 7 => Some(Step::Curve([
                to(self, !upright, !level)?,
                to(self, true, true)?,
                // One that begins upright ends level, and the other way round.
                to(self, !level, !upright)?,
            ])),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_the_program_are_whole() {
        let letters = Letters::unpack();
        let hangul = ('가'..='힣').chain('ㄱ'..='ㅣ');
        let latin = (' '..='~').chain('À'..='ÿ');
        let rest = "“”‘’…—–·「」『』《》〈〉←→↑↓㎞㎡℃₩€①⑳○●△▲★☆※〓美中日北南韓與野檢警靑尹";
        for letter in hangul.chain(latin).chain(rest.chars()) {
            assert!(letters.has(letter), "{letter:?}");
            let outline = letters.outline(letter);
            let blank = matches!(letter, ' ');
            assert_eq!(outline.is_empty(), blank, "{letter:?}");
            assert!(letters.advance(letter) > 0.0, "{letter:?}");
        }
        assert!(letters.kerning('A', 'V') < 0.0);
        assert!(letters.width("AV") < letters.advance('A') + letters.advance('V'));
        for missing in ['😀', 'ب', '\u{200B}', '\u{301}', '\n'] {
            assert!(!letters.has(missing), "{missing:?}");
        }
    }

    #[test]
    fn outlines_stay_within_an_em_or_two() {
        let letters = Letters::unpack();
        for letter in &letters.index {
            let letter = char::from_u32(letter.code).expect("a letter");
            for step in letters.outline(letter) {
                let (Step::Move(to) | Step::Line(to) | Step::Curve([.., to])) = step;
                assert!(to.iter().all(|n| n.abs() < 3000), "{letter:?} {step:?}");
            }
        }
    }

    #[test]
    fn a_broken_file_is_none() {
        let whole = zstd::bulk::decompress(PACKED, MOST_BYTES).expect("unpacks");
        assert!(Letters::read(whole.clone()).is_some());
        for length in [0, 7, 8, 9, 12, 100, 20_000, 60_000, whole.len() - 1] {
            assert!(
                Letters::read(whole[..length].to_vec()).is_none(),
                "{length}"
            );
        }
        let mut wild = whole;
        for (at, byte) in wild.iter_mut().enumerate().skip(8) {
            *byte ^= (at % 251) as u8;
        }
        if let Some(letters) = Letters::read(wild) {
            let _ = letters.outline('가');
        }
    }
}
