//! Which quotation marks and brackets belong together.

/// How many open pairs are looked through for the one that a sign closes, so that the time
/// stays linear.
const DEEPEST: usize = 8;

/// Signs that come in pairs, quotes first.
const PAIRS: [(char, char); 16] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('«', '»'),
    ('„', '“'),
    ('"', '"'),
    ('\'', '\''),
    ('＂', '＂'),
    ('《', '》'),
    ('〈', '〉'),
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('【', '】'),
    ('［', '］'),
];
const QUOTES: usize = 9;

/// Whether what the sign opens is what somebody says, and not an aside.
pub fn is_quote(open: char) -> bool {
    PAIRS[..QUOTES].iter().any(|(sign, _)| *sign == open)
}

/// Whether the sign may close something behind the end of a sentence.
pub fn is_closer(c: char) -> bool {
    PAIRS.iter().any(|(_, sign)| *sign == c)
}

/// Whether the sign may open something, and never closes anything.
pub fn is_opener(c: char) -> bool {
    PAIRS.iter().any(|(sign, _)| *sign == c) && !matches!(c, '"' | '\'' | '＂')
}

/// For every character the index of the one that closes what it opens, if it opens something.
pub fn matched(chars: &[char]) -> Vec<Option<usize>> {
    let mut closes = vec![None; chars.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in chars.iter().copied().enumerate() {
        if c == '\n' {
            open.clear();
            continue;
        }
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1).copied();
        let inside_word = before.is_some_and(|c| c.is_ascii_alphanumeric())
            && after.is_some_and(|c| c.is_ascii_alphanumeric());
        if matches!(c, '’' | '\'') && inside_word {
            continue;
        }
        if let Some(depth) = closing(chars, &open, c, before) {
            let from = open[depth];
            open.truncate(depth);
            closes[from] = Some(at);
        } else if opens(c, before, after) {
            open.push(at);
        }
    }
    closes
}

/// Which of the open signs this one closes.
fn closing(chars: &[char], open: &[usize], c: char, before: Option<char>) -> Option<usize> {
    if !is_closer(c) {
        return None;
    }
    // A straight mark right behind a space opens.
    if matches!(c, '"' | '\'' | '＂') && before.is_none_or(char::is_whitespace) {
        return None;
    }
    let least = open.len().saturating_sub(DEEPEST);
    (least..open.len())
        .rev()
        .find(|depth| PAIRS.contains(&(chars[open[*depth]], c)))
}

fn opens(c: char, before: Option<char>, after: Option<char>) -> bool {
    if matches!(c, '"' | '\'' | '＂') {
        return after.is_some_and(|c| !c.is_whitespace())
            && before.is_none_or(|c| !c.is_alphanumeric() || (c == '"' && !c.is_ascii()));
    }
    is_opener(c)
}
