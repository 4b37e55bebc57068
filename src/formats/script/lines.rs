//! From the author's lines to CommonMark: a line end becomes a paragraph end where the house
//! rule says so, and a guard character switches off what the small Markdown does not have.
use std::borrow::Cow;

/// A noncharacter that no text of a person holds. It is neither space nor punctuation, so
/// beside `*` it counts as a letter, and behind `<` it keeps HTML from starting. It is taken
/// out of every event again.
pub const GUARD: char = '\u{FDD0}';

/// More markers of quotes and lists than this at the start of one line are text.
const MAX_MARKERS: usize = 24;

/// What the lines so far have opened.
#[derive(PartialEq)]
enum Block {
    /// Nothing, or paragraphs.
    Text,
    Quote,
    List,
    /// Fenced code: its character and how many of them.
    Fence(u8, usize),
}

/// The same text with blank lines where paragraphs end, and with guards.
pub fn prepare(markdown: &str) -> String {
    let markdown: Cow<str> = if markdown.contains([GUARD, '\r', '\0']) {
        markdown
            .replace([GUARD, '\0'], "")
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .into()
    } else {
        markdown.into()
    };
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 16 + 16);
    let mut block = Block::Text;
    // Whether the line before was a paragraph that asks for a break and goes on.
    let mut goes_on = false;
    for line in markdown.lines() {
        block = match block {
            Block::Fence(mark, length) => {
                out.push_str(line);
                out.push('\n');
                if closes_fence(line, mark, length) {
                    out.push('\n');
                    Block::Text
                } else {
                    Block::Fence(mark, length)
                }
            }
            before => {
                let after = kind(line, &before);
                if after != before && before != Block::Text {
                    out.push('\n');
                }
                push_line(&mut out, line, &after, goes_on);
                goes_on = after == Block::Text && asks_for_break(line);
                if after == Block::Text && !goes_on {
                    out.push('\n');
                }
                after
            }
        };
    }
    out
}

/// What a line belongs to, given what was open before it.
fn kind(line: &str, before: &Block) -> Block {
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    if *before == Block::List && (trimmed.is_empty() || indent >= 2 || line.starts_with('\t')) {
        return Block::List;
    }
    if trimmed.starts_with('>') {
        return Block::Quote;
    }
    if is_rule(trimmed) {
        return Block::Text;
    }
    if marker_length(trimmed).is_some() {
        return Block::List;
    }
    match fence(trimmed) {
        Some((mark, length)) => Block::Fence(mark, length),
        None => Block::Text,
    }
}

fn push_line(out: &mut String, line: &str, block: &Block, continued: bool) {
    let line = match block {
        // In a list indentation means something, and fences are shown as they are.
        Block::List | Block::Fence(..) => line,
        Block::Quote | Block::Text => line.trim_start(),
    };
    if matches!(block, Block::Fence(..)) {
        out.push_str(line);
        out.push('\n');
        return;
    }
    // A paragraph's second line is no heading mark, whatever it looks like (`---`, `===`).
    if continued && line.starts_with(['-', '=', '#', '`', '~']) {
        out.push(GUARD);
    }
    let markers = container_prefix(line);
    out.push_str(&line[..markers.length]);
    if markers.count >= MAX_MARKERS {
        out.push(GUARD);
    }
    let mut words = &line[markers.length..];
    if is_date(words.trim_start()) {
        let (year, rest) = words.split_at(words.find('.').unwrap_or(0));
        out.push_str(year);
        out.push(GUARD);
        words = rest;
    }
    push_guarded(out, words);
    out.push('\n');
}

/// Two spaces or an odd number of backslashes at the end of a line that says something.
fn asks_for_break(line: &str) -> bool {
    let spaces = line.ends_with("  ") && !line.trim().is_empty();
    let backslashes = line.len() - line.trim_end_matches('\\').len();
    let is_block = line.trim_start().starts_with('#') || is_rule(line.trim_start());
    (spaces || backslashes % 2 == 1) && !is_block
}

/// A thematic break: three or more of one of `*-_`, spaces between.
fn is_rule(line: &str) -> bool {
    let Some(mark) = line.chars().next().filter(|c| "*-_".contains(*c)) else {
        return false;
    };
    line.chars().all(|c| c == mark || c == ' ' || c == '\t')
        && line.chars().filter(|c| *c == mark).count() >= 3
}

fn fence(line: &str) -> Option<(u8, usize)> {
    let mark = *line.as_bytes().first()?;
    let length = line.bytes().take_while(|b| *b == mark).count();
    let opens = match mark {
        b'`' => !line[length..].contains('`'),
        b'~' => true,
        _ => false,
    };
    (opens && length >= 3).then_some((mark, length))
}

fn closes_fence(line: &str, mark: u8, length: usize) -> bool {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let line = line.trim();
    indent <= 3 && line.len() >= length && line.bytes().all(|b| b == mark)
}

/// The length of a list marker with the space behind it: `- `, `* `, `+ `, `1. `, `1) `.
fn marker_length(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let mark = match (digits, bytes.get(digits)?) {
        (0, b'-' | b'*' | b'+') => 1,
        (1..=9, b'.' | b')') => digits + 1,
        _ => return None,
    };
    match bytes.get(mark) {
        None => Some(mark),
        Some(_) if is_date(line) => None,
        Some(b' ' | b'\t') => Some(mark + 1),
        Some(_) => None,
    }
}

/// Whether a line begins as dates are written in Korean: `2024. 3. 5.`, `2024. 12.`.
fn is_date(line: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let Some((year, rest)) = line.split_once(". ") else {
        return false;
    };
    let month = digits(rest);
    year.len() == 4
        && digits(year) == 4
        && (1..=2).contains(&month)
        && rest[month..].starts_with('.')
}

struct Prefix {
    /// In bytes.
    length: usize,
    count: usize,
}

/// The markers of quotes and lists that a line starts with, up to [`MAX_MARKERS`] of them.
fn container_prefix(line: &str) -> Prefix {
    let mut length = 0;
    let mut count = 0;
    while count < MAX_MARKERS {
        let rest = &line[length..];
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let spaces = rest.len() - trimmed.len();
        let marker = if trimmed.starts_with('>') {
            1
        } else if let Some(marker) = marker_length(trimmed).filter(|_| !is_rule(trimmed)) {
            marker
        } else {
            break;
        };
        length += spaces + marker;
        count += 1;
    }
    Prefix { length, count }
}

/// Copies the words of a line, setting guards.
///
/// Behind `<` unless an address follows: no HTML. Beside a run of `*` between punctuation and
/// a Korean, Chinese or Japanese letter: CommonMark's flanking rules (section 6.2) look for
/// the spaces that other languages put there, and would leave `**"인용"**을` open.
fn push_guarded(out: &mut String, text: &str) {
    let mut before = '\n';
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '*' => rest.len() - rest.trim_start_matches('*').len(),
            c => c.len_utf8(),
        };
        let (piece, behind) = rest.split_at(length);
        if c == '*' && before != '\\' {
            let after = behind.chars().next().unwrap_or('\n');
            if is_mark(before) && is_cjk(after) {
                out.push(GUARD);
            }
            out.push_str(piece);
            if is_cjk(before) && is_mark(after) && after != '\\' {
                out.push(GUARD);
            }
        } else {
            out.push_str(piece);
            let address = ["http://", "https://", "mailto:"];
            if c == '<' && before != '\\' && !address.iter().any(|a| behind.starts_with(a)) {
                out.push(GUARD);
            }
        }
        before = c;
        rest = behind;
    }
}

/// Punctuation and symbols, of Unicode too.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x3040..=0x318F | 0x31A0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}
