//! Lines of a text: broken between words, even in length, in the largest size that fits.
//!
//! A word is kept whole unless it alone is longer than a line. No line begins with a sign that
//! closes or ends with one that opens; a quotation mark at the start of a line hangs to its left.
use super::font::Letters;

/// Signs that belong to what stands before them.
const CLOSING: &str = ".,:;!?%)]}>’”」』》〉】〕〗、。·…‥—–~～ー々ゝヽ℃㎞㎡％";
/// Signs that belong to what stands behind them.
const OPENING: &str = "([{<‘“「『《〈【〔〖₩$€£#";
/// Opening signs light enough to hang to the left of the text.
const HANGING: &str = "‘“「『《〈\"'";
/// What stands for the rest.
const REST: char = '…';

/// The room that a text is set in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Pixels across.
    pub width: f32,
    /// Pixels down.
    pub height: f32,
    /// Distance of lines in parts of the size.
    pub leading: f32,
    /// Sizes in pixels, largest first; at least one.
    pub sizes: &'static [f32],
}

/// A text in lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// Size of the type in pixels.
    pub size: f32,
    /// From the top; none for an empty text.
    pub lines: Vec<String>,
    /// Whether the end did not fit.
    pub is_cut: bool,
}

/// A word, or a part of one that is longer than a line.
#[derive(Debug, Clone)]
struct Atom {
    text: String,
    width: f32,
    /// How much less it takes at the start of a line.
    hangs: f32,
    /// Whether a space stands before it, unless it begins a line.
    spaced: bool,
}

/// By how much the first sign of a line stands left of it, in parts of the size.
pub(super) fn hang(line: &str, letters: &Letters) -> f32 {
    let first = line.chars().next().filter(|c| HANGING.contains(*c));
    first.map_or(0.0, |c| letters.advance(c))
}

/// Sets a text that [`settable`](super::text::settable) made into a room.
pub(super) fn set(text: &str, letters: &Letters, room: Room) -> Setting {
    let words = words(text);
    let most = |size: f32| ((room.height / size - 1.0) / room.leading + 1.0).max(1.0) as usize;
    // A smaller size is better than a word in two parts.
    for may_part in [false, true] {
        for size in room.sizes {
            let wide = room.width / size;
            let atoms = atoms(&words, letters, wide);
            if !may_part && atoms.len() > words.len() {
                continue;
            }
            let lines = broken(&atoms, letters, wide);
            if lines.len() <= most(*size) {
                let lines = balanced(&atoms, letters, wide, lines);
                return Setting {
                    size: *size,
                    lines: joined(&atoms, &lines),
                    is_cut: false,
                };
            }
        }
    }
    let size = room.sizes.last().copied().unwrap_or(16.0);
    let wide = room.width / size;
    let atoms = atoms(&words, letters, wide);
    let mut lines = broken(&atoms, letters, wide);
    lines.truncate(most(size));
    Setting {
        size,
        lines: cut(joined(&atoms, &lines), letters, wide),
        is_cut: true,
    }
}

/// A text in one line: as much of it as fits, in pixels.
pub(super) fn one_line(text: &str, letters: &Letters, size: f32, width: f32) -> String {
    let wide = width / size;
    if letters.width(text) <= wide {
        return text.to_owned();
    }
    let words = words(text);
    let atoms = atoms(&words, letters, wide);
    let first = broken(&atoms, letters, wide)
        .into_iter()
        .take(1)
        .collect::<Vec<_>>();
    cut(joined(&atoms, &first), letters, wide)
        .pop()
        .unwrap_or_default()
}

/// The words, with signs that stand alone joined to the word that they belong to.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let closes = word.chars().all(|c| CLOSING.contains(c));
        match words.last_mut() {
            Some(last) if closes || last.chars().all(|c| OPENING.contains(c)) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn atoms(words: &[String], letters: &Letters, wide: f32) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(words.len());
    for word in words {
        let (mut rest, mut spaced) = (word.as_str(), true);
        while !rest.is_empty() {
            let end = part(rest, letters, wide);
            let text = rest[..end].trim_end().to_owned();
            let (width, hangs) = (letters.width(&text), hang(&text, letters));
            atoms.push(Atom {
                text,
                width,
                hangs,
                spaced,
            });
            rest = rest[end..].trim_start();
            spaced = false;
        }
    }
    atoms
}

/// How many bytes of a word fit into a line: all, or as many as may stand by themselves.
fn part(word: &str, letters: &Letters, wide: f32) -> usize {
    let mut width = -hang(word, letters);
    let (mut before, mut best, mut last) = (None, 0, 0);
    for (at, c) in word.char_indices() {
        if let Some(b) = before {
            width += letters.kerning(b, c);
            let parts = !CLOSING.contains(c) && !OPENING.contains(b);
            // English words and numbers are parted at a sign, if there is one.
            let inside = b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric();
            if parts && !inside {
                best = at;
            }
            last = at;
        }
        width += letters.advance(c);
        if width > wide && before.is_some() {
            // A sign of a long row of them, or of a long English word, stands anywhere.
            let too_little = best * 2 < last;
            return if best == 0 || too_little && is_row(word, last) {
                last
            } else {
                best
            };
        }
        before = Some(c);
    }
    word.len()
}

/// Whether nothing but ASCII letters or nothing but signs stands around a place.
fn is_row(word: &str, at: usize) -> bool {
    let before = word[..at].chars().next_back();
    let behind = word[at..].chars().next();
    let (Some(b), Some(c)) = (before, behind) else {
        return true;
    };
    (b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric())
        || (CLOSING.contains(b) && CLOSING.contains(c))
        || (OPENING.contains(b) && OPENING.contains(c))
}

/// Where lines end, as numbers of atoms: each line as long as can be.
fn broken(atoms: &[Atom], letters: &Letters, wide: f32) -> Vec<usize> {
    // Sums in another order differ in their last digits.
    let wide = wide + 0.001;
    let space = letters.advance(' ');
    let (mut ends, mut width) = (Vec::new(), 0.0);
    for (at, atom) in atoms.iter().enumerate() {
        let more = atom.width + if atom.spaced { space } else { 0.0 };
        if at == 0 {
            width = atom.width - atom.hangs;
        } else if width + more <= wide {
            width += more;
        } else {
            ends.push(at);
            width = atom.width - atom.hangs;
        }
    }
    if !atoms.is_empty() {
        ends.push(atoms.len());
    }
    ends
}

/// As many lines, but of even length: those of the narrowest room that needs no more of them.
fn balanced(atoms: &[Atom], letters: &Letters, wide: f32, lines: Vec<usize>) -> Vec<usize> {
    let widest = atoms.iter().map(|a| a.width - a.hangs).fold(0.0, f32::max);
    let (mut low, mut high, mut best) = (widest, wide, lines);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        let tried = broken(atoms, letters, middle);
        if tried.len() <= best.len() {
            (high, best) = (middle, tried);
        } else {
            low = middle;
        }
    }
    best
}

fn joined(atoms: &[Atom], ends: &[usize]) -> Vec<String> {
    let mut from = 0;
    ends.iter()
        .map(|end| {
            let mut line = String::new();
            for atom in &atoms[from..*end] {
                if atom.spaced && !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(&atom.text);
            }
            from = *end;
            line
        })
        .collect()
}

/// The lines with a mark that more would follow, cut at a word if there is one.
fn cut(mut lines: Vec<String>, letters: &Letters, wide: f32) -> Vec<String> {
    let Some(last) = lines.last_mut() else {
        return lines;
    };
    let fits = |line: &str| letters.width(line) - hang(line, letters) <= wide + 0.001;
    loop {
        let kept =
            last.trim_end_matches(|c: char| c == ' ' || CLOSING.contains(c) || OPENING.contains(c));
        let marked = format!("{kept}{REST}");
        if kept.is_empty() || fits(&marked) {
            *last = marked;
            return lines;
        }
        let shorter = match kept.rfind(' ') {
            Some(space) if space * 2 > kept.len() => space,
            _ => kept.char_indices().next_back().map_or(0, |(at, _)| at),
        };
        last.truncate(shorter);
    }
}
