//! Sentences into cues and lines: columns counted as a terminal or a player shows them, so a
//! Korean letter is two (UAX #11).
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The room of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Columns of a line.
    pub columns: usize,
    /// Lines of a cue.
    pub lines: usize,
}

/// WebVTT for podcasts: 65 columns a line (podcast namespace, `transcripts.md`).
pub const VTT: Room = Room {
    columns: 65,
    lines: 2,
};

/// SRT for podcasts: two lines of 32 columns (podcast namespace, `transcripts.md`).
pub const SRT: Room = Room {
    columns: 32,
    lines: 2,
};

/// Ends a line or cue that ends inside a word: it shows nothing and is where a word may be broken
/// (U+200B), and by it our reader knows that no space stood there.
pub const BREAK: char = '\u{200B}';

/// What one more cue costs: more than any unevenness, so that the fewest are made.
const CUE_COST: u64 = 1_000_000;

/// A text as cues, each of them lines. Breaks stand at spaces, and inside a word only where it
/// alone is wider than a line, between letters of writings that know no spaces or whose letters are
/// syllables; there [`BREAK`] ends the line. Words in Latin letters and addresses stay whole, and
/// have a line to themselves that may be too long. Cues are as few as they can be, as even as they can be, and
/// end rather behind a comma or where a phrase of Korean ends. `first` columns of the first line
/// are taken (by a speaker's name). An empty text gives no cue.
pub fn cues(text: &str, room: Room, first: usize) -> Vec<Vec<String>> {
    let words: Vec<Piece> = text
        .split_whitespace()
        .flat_map(|word| match word.width() > room.columns {
            true => parts(word),
            false => vec![Piece::new(word)],
        })
        .collect();
    let layout = Layout { words, room, first };
    let ends = layout.cue_ends();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let spans = starts.zip(ends.iter().copied());
    spans.map(|(from, to)| layout.lines(from, to)).collect()
}

/// A word too wide for a line as what may stand on different ones: its letters, each with the marks
/// that belong to it and those that begin no line.
fn parts(word: &str) -> Vec<Piece<'_>> {
    const NO_START: &str = "、。，．・：；？！ー」』）】》〉”’)]}.,!?;:…%";
    const NO_END: &str = "「『（【《〈“‘([{";
    let mut ends = Vec::new();
    let mut before = None;
    let mut in_address = false;
    for (at, c) in word.char_indices() {
        in_address = (in_address || word[..at].ends_with("://") || word[..at].ends_with("www."))
            && !(is_unspaced(c) || NO_START.contains(c) && !c.is_ascii());
        let stays = c.width() == Some(0)
            || in_address
            || NO_START.contains(c)
            || before.is_none_or(|b| NO_END.contains(b) || !may_part(b, c));
        if !stays {
            ends.push(at);
        }
        before = Some(c);
    }
    ends.push(word.len());
    let mut from = 0;
    let pieces = ends.into_iter().map(|end| {
        let (piece, is_first) = (Piece::new(&word[from..end]), from == 0);
        from = end;
        Piece {
            space: usize::from(is_first),
            ..piece
        }
    });
    pieces.collect()
}

/// Whether a word may be broken between the two.
fn may_part(before: char, c: char) -> bool {
    let is_letter = |c: char| c.width() == Some(2) || is_unspaced(c);
    (is_letter(before) && is_letter(c)) || is_unspaced(before) || is_unspaced(c)
}

/// Whether the letter is of a writing without spaces: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// A word with what is asked of it often.
struct Piece<'a> {
    text: &'a str,
    width: usize,
    /// Columns between it and the one before it on the same line: 0 inside a word.
    space: usize,
    /// How bad it is to break behind it, from 0.
    after: u64,
}

impl<'a> Piece<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            width: text.width(),
            space: 1,
            after: break_cost(text),
        }
    }
}

struct Layout<'a> {
    words: Vec<Piece<'a>>,
    room: Room,
    first: usize,
}

impl Layout<'_> {
    /// Columns taken in the first line of a cue.
    fn taken(&self, from: usize) -> usize {
        if from == 0 { self.first } else { 0 }
    }

    /// Ends of cues, as indices behind their last words: the cheapest of all ways.
    fn cue_ends(&self) -> Vec<usize> {
        let count = self.words.len();
        let mut best: Vec<(u64, usize)> = vec![(0, 0); count + 1];
        for to in 1..=count {
            best[to] = (u64::MAX, to - 1);
            // Backwards: the cue grows until it is full.
            for from in (0..to).rev() {
                if to - from > 1 && !self.fits(from, to) {
                    break;
                }
                let cost = best[from].0.saturating_add(self.cue_cost(from, to));
                if cost < best[to].0 {
                    best[to] = (cost, from);
                }
            }
        }
        let mut ends = Vec::new();
        let mut at = count;
        while at > 0 {
            ends.push(at);
            at = best[at].1;
        }
        ends.reverse();
        ends
    }

    /// Whether the words fit into the lines of one cue, filled greedily.
    fn fits(&self, from: usize, to: usize) -> bool {
        let (mut lines, mut width) = (1, self.taken(from));
        for word in &self.words[from..to] {
            let space = if width > 0 { word.space } else { 0 };
            if width + space + word.width <= self.room.columns {
                width += space + word.width;
                continue;
            }
            if word.width > self.room.columns {
                // Wider than a line: it has one to itself.
                return false;
            }
            lines += usize::from(width > 0);
            width = word.width;
        }
        lines <= self.room.lines
    }

    /// Columns of these words on one line.
    fn width(&self, from: usize, to: usize) -> usize {
        let words = &self.words[from..to];
        let all: usize = words.iter().map(|w| w.width + w.space).sum();
        all - words.first().map_or(0, |w| w.space)
    }

    /// These words on one line.
    fn line(&self, from: usize, to: usize) -> String {
        let mut line = String::new();
        for word in &self.words[from..to] {
            if word.space > 0 && !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word.text);
        }
        match self.words.get(to) {
            Some(next) if next.space == 0 => line.push(BREAK),
            // One of the author's own before a space would be taken for ours.
            Some(_) => line.truncate(line.trim_end_matches(BREAK).len()),
            None => {}
        }
        line
    }

    fn cue_cost(&self, from: usize, to: usize) -> u64 {
        let words = &self.words[from..to];
        let width = self.taken(from) + self.width(from, to) + 1;
        let slack = (self.room.columns * self.room.lines + 1).saturating_sub(width) as u64;
        let is_last = to == self.words.len();
        let end = if is_last {
            0
        } else {
            words.last().map_or(0, |w| w.after)
        };
        CUE_COST + slack * slack + end * 40
    }

    /// The lines of one cue, as even as they can be.
    fn lines(&self, from: usize, to: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut at = from;
        for left in (1..=self.room.lines).rev() {
            if at == to {
                break;
            }
            let end = if left == 1 {
                to
            } else {
                self.line_end(at, to, self.taken(at), left)
            };
            lines.push(self.line(at, end));
            at = end;
        }
        lines
    }

    /// Where the first of `left` lines ends: everything, if it fits; else near the even share
    /// and no further than the rest still fits.
    fn line_end(&self, from: usize, to: usize, taken: usize, left: usize) -> usize {
        let width = |a, b| self.width(a, b);
        let whole = taken + width(from, to);
        if whole <= self.room.columns {
            return to;
        }
        let share = whole / left;
        let rest_room = self.room.columns * (left - 1);
        let cost = |end: usize| {
            let line = taken + width(from, end);
            let over =
                line.saturating_sub(self.room.columns) + width(end, to).saturating_sub(rest_room);
            let uneven = line.abs_diff(share) as u64;
            (over, uneven * uneven + self.words[end - 1].after * 4)
        };
        (from + 1..=to).min_by_key(|end| cost(*end)).unwrap_or(to)
    }
}

/// How bad a break behind this word is: best behind a mark, well behind a particle or an ending
/// that closes a phrase of Korean, bad behind words that belong to the next one.
fn break_cost(word: &str) -> u64 {
    const PHRASE_ENDS: [&str; 26] = [
        "은", "는", "이", "가", "을", "를", "에", "에서", "에게", "와", "과", "로", "도", "고",
        "며", "면", "서", "지만", "는데", "니다", "려고", "까지", "부터", "보다", "라고", "다고",
    ];
    const BOUND: [&str; 24] = [
        "a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "with", "by", "is",
        "as", "이", "그", "저", "한", "두", "세", "할", "될", "안",
    ];
    let mark = word.trim_end_matches(['"', '\'', '”', '’', ')', '」', '』']);
    if mark.ends_with([
        '.', ',', '!', '?', ';', ':', '…', '、', '，', '。', '·', '—', '–',
    ]) {
        return 0;
    }
    if BOUND.contains(&word.to_lowercase().as_str()) {
        return 30;
    }
    if PHRASE_ENDS
        .iter()
        .any(|end| word.len() > end.len() && word.ends_with(end))
    {
        return 6;
    }
    12
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn korean_counts_double() {
        let text = "가나다라마바사아자차카타파하거너 더러머버서어저처커터퍼허고노도로";
        assert_eq!(
            cues(text, SRT, 0),
            [[
                "가나다라마바사아자차카타파하거너",
                "더러머버서어저처커터퍼허고노도로"
            ]]
        );
        let narrow = Room {
            columns: 31,
            lines: 2,
        };
        assert_eq!(cues(text, narrow, 0).len(), 2);
    }

    #[test]
    fn lines_and_cues_are_even_and_break_well() {
        let text = "오늘은 새로 나온 마이크를 써 봤는데, 소리가 생각보다 훨씬 또렷해서 놀랐습니다.";
        assert_eq!(
            cues(text, SRT, 0),
            [
                vec!["오늘은 새로 나온", "마이크를 써 봤는데,"],
                vec!["소리가 생각보다 훨씬", "또렷해서 놀랐습니다."],
            ]
        );
        assert_eq!(cues("짧은 말.", SRT, 0), [["짧은 말."]]);
        assert!(cues(" ", SRT, 0).is_empty());
    }

    #[test]
    fn what_has_no_spaces_is_broken_between_letters() {
        let text = "今日は新しいマイクを使ってみましたが、音が思ったよりもずっとはっきりしていて、とても驚きました。";
        let cues = cues(text, SRT, 0);
        let lines: Vec<&String> = cues.iter().flatten().collect();
        assert!(
            lines.iter().all(|line| line.width() <= SRT.columns),
            "{lines:?}"
        );
        assert!(
            lines.iter().all(|line| !line.starts_with(['、', '。'])),
            "{lines:?}"
        );
        assert_eq!(cues.concat().concat().replace(BREAK, ""), text);
    }

    #[test]
    fn words_in_latin_letters_and_addresses_stay_whole() {
        let address = "https://www.example.com/news/2025/01/28/article";
        let long = "Donaudampfschifffahrtsgesellschaftskapitän";
        let wiki = "https://ko.example.org/wiki/아주_긴_이름의_문서를_가리키는_주소";
        for word in [address, long, wiki] {
            let cues = cues(&format!("여기 {word} 보세요."), SRT, 0);
            let lines: Vec<&String> = cues.iter().flatten().collect();
            assert!(lines.contains(&&word.to_owned()), "{lines:?}");
        }
        // Inside a text without spaces as well.
        let cues = cues(&format!("詳しくは{address}をご覧ください。"), SRT, 0);
        assert!(
            cues.concat().contains(&format!("{address}{BREAK}")),
            "{cues:?}"
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(
            text in "([가-힣]{1,9}|[ぁ-ん]{1,50}|[a-z]{1,40}|[.,!?-]{1,3}| ){0,80}",
            first in 0usize..20,
        ) {
            for room in [SRT, VTT] {
                let cues = cues(&text, room, first);
                let mut words = String::new();
                for (at, cue) in cues.iter().enumerate() {
                    prop_assert!(!cue.is_empty() && cue.len() <= room.lines);
                    for (row, line) in cue.iter().enumerate() {
                        let taken = if at + row == 0 { first } else { 0 };
                        // Marks that begin no line stay behind a letter, however many.
                        let alone = !line.contains(' ') && (taken > 0 || parts(line).len() == 1);
                        prop_assert!(taken + line.width() <= room.columns || alone, "{}", line);
                        words.push_str(line.trim_end_matches(BREAK));
                    }
                }
                let solid = |text: &str| text.replace(char::is_whitespace, "");
                prop_assert_eq!(solid(&words), solid(&text));
            }
        }
    }
}
