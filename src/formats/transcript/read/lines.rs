//! Lines of subtitle files, and those of them that hold times.
use crate::formats::transcript::clock;

/// The lines of a text, whatever ends them.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    // `\r\n` would give an empty line between the two.
    let ends = text.split_inclusive(['\n', '\r']);
    let mut after_return = false;
    ends.filter_map(move |line| {
        let is_rest = after_return && line == "\n";
        after_return = line.ends_with('\r');
        (!is_rest).then(|| line.trim_end_matches(['\n', '\r']))
    })
}

/// Two times of which either may be unreadable: the line means to be one, at least.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// In milliseconds.
    pub start_ms: Option<u64>,
    /// In milliseconds.
    pub end_ms: Option<u64>,
}

/// Reads `start --> end settings`. `None` where the line is none: there is no arrow, or no time
/// on either side of it.
pub fn arrow(line: &str) -> Option<Times> {
    // Times and arrow stand near; a line of text may be of megabytes.
    let (before, after) = line.split_once("-->")?;
    let before = before.trim();
    let after = after.trim_start();
    let after = after.split([' ', '\t']).next().unwrap_or_default();
    if before.len() > 40 || after.len() > 40 || before.contains(char::is_alphabetic) {
        return None;
    }
    let times = Times {
        start_ms: clock::parse(before),
        end_ms: clock::parse(after),
    };
    let digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    (times.start_ms.is_some() || times.end_ms.is_some() || (digits(before) && digits(after)))
        .then_some(times)
}

/// Whether a line means to be one of times though [`arrow`] can't read it. An arrow between words
/// (`File --> Open`) is one of the text.
pub fn is_broken_arrow(line: &str) -> bool {
    let Some((before, after)) = line.split_once("-->") else {
        return false;
    };
    let is_words = |text: &str| {
        text.contains(char::is_alphabetic)
            && !text.contains(|c: char| c.is_ascii_digit() || c == ':')
    };
    !(is_words(before) && is_words(after))
}

/// Reads SubViewer's `0:00:00.378,0:00:11.378`.
pub fn comma_times(line: &str) -> Option<Times> {
    let (start, end) = line.trim().split_once(',')?;
    let time = |text: &str| clock::parse(text).filter(|_| text.contains(':') && text.contains('.'));
    Some(Times {
        start_ms: Some(time(start)?),
        end_ms: Some(time(end)?),
    })
}

/// How many lines with words a subtitle may have, its counter among them: text with fewer times
/// than one in so many lines is no file of subtitles.
const LINES_A_TIME: usize = 12;

/// Whether the lines have the shape of subtitles and not that of a text in which a line happens to
/// hold times: the first block is times behind a counter at most, or two blocks behind empty lines
/// are, with a name perhaps; and times come often enough.
pub fn has_shape_of_subtitles(lines: &[&str], times: fn(&str) -> Option<Times>) -> bool {
    let is_empty = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .is_none_or(|line| line.trim().is_empty() || *line == "\u{FEFF}")
    };
    let counts = |line: &str| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
    };
    let mut first: Option<usize> = None;
    let (mut filled, mut timed, mut blocks) = (0usize, 0usize, 0usize);
    let mut begins = false;
    for (at, line) in lines.iter().enumerate() {
        if is_empty(Some(at)) {
            continue;
        }
        filled += 1;
        first.get_or_insert(at);
        if times(line).is_none() {
            continue;
        }
        timed += 1;
        let above = |n: usize| at.checked_sub(n);
        let stands_alone = is_empty(above(1));
        let has_name = !stands_alone && is_empty(above(2));
        blocks += usize::from(stands_alone || has_name);
        begins |= first == Some(at)
            || (first == above(1) && above(1).is_some_and(|at| counts(lines[at])));
    }
    let often = timed.saturating_mul(LINES_A_TIME) >= filled;
    (begins || blocks >= 2) && often
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends() {
        let all: Vec<&str> = lines("a\r\nb\rc\n\nd\r\r\ne").collect();
        assert_eq!(all, ["a", "b", "c", "", "d", "", "e"]);
    }

    #[test]
    fn lines_of_times() {
        let times = |start_ms, end_ms| Some(Times { start_ms, end_ms });
        assert_eq!(
            arrow("0.860 --> 1:02,5 X1:1 Y2:4"),
            times(Some(860), Some(62_500))
        );
        assert_eq!(
            arrow("00:00:00,000-->00:00:01,000"),
            times(Some(0), Some(1000))
        );
        assert_eq!(arrow("00:99:-1 --> 00:00:01.000"), times(None, Some(1000)));
        for no in ["a --> b", "see 1 --> 2 there", "-->", "--> 가", "12"] {
            assert_eq!(arrow(no), None, "{no}");
        }
        assert_eq!(
            comma_times("0:00:00.378,0:00:11.378"),
            times(Some(378), Some(11_378))
        );
        assert_eq!(comma_times("1,2"), None);
    }
}
