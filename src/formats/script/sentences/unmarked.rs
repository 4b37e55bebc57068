//! Ends of sentences that no mark tells, as in subtitles and what speech recognition writes.
use super::signs::is_korean;
use super::words;

/// Last syllables that sentences of speech end with.
const ENDINGS: &str = "다요죠까네군음지냐";
/// Words and endings that look like those and end none.
const NO_ENDINGS: &[&str] = &[
    "보다",
    "마다",
    "바다",
    "에다",
    "필요",
    "중요",
    "주요",
    "수요",
    "동네",
    "다음",
    "처음",
    "마음",
    "까지",
    "가지",
    "아버지",
];
/// What goes on with a verb in `지`.
const BEHIND_JI: &[char] = &['않', '못', '말', '마', '안', '만'];

/// Whether a sentence could end here, where no mark says so and a breath, a subtitle or a line
/// does: `text` ends like a Korean sentence and `next` doesn't go on with it.
pub fn ends_unmarked(text: &str, next: &str) -> bool {
    let word = text.split_whitespace().next_back().unwrap_or_default();
    let mut letters = word.chars().rev();
    let (Some(last), before) = (letters.next(), letters.next()) else {
        return false;
    };
    let is_ending = match before {
        // `다` alone is a word like others, `네` an answer.
        None => text.trim() == word && matches!(last, '네' | '요'),
        Some('니') if last == '까' => letters.next().is_some_and(is_closed_by_bieup),
        Some(before) => is_korean(before) && ENDINGS.contains(last),
    };
    let goes_on = words::goes_on(next, false) || (last == '지' && next.starts_with(BEHIND_JI));
    is_ending && !goes_on && !NO_ENDINGS.iter().any(|no| word.ends_with(no))
}

/// As in `합니까` and `있습니까`, not in `하니까`.
fn is_closed_by_bieup(syllable: char) -> bool {
    let place = u32::from(syllable).wrapping_sub(u32::from('가'));
    ('가'..='힣').contains(&syllable) && place % 28 == 17
}

#[cfg(test)]
mod tests {
    use super::ends_unmarked;

    #[test]
    fn what_sounds_like_an_end() {
        for (text, next) in [
            ("소리가 또렷합니다", "그래서"),
            ("해 볼게요", ""),
            ("그렇죠", "네"),
            ("네", "맞아요"),
            ("왜 그랬습니까", "저는"),
            ("합니까", ""),
            ("그렇게 하지", "그래"),
        ] {
            assert!(ends_unmarked(text, next), "{text}");
        }
        for (text, next) in [
            ("", ""),
            ("산 물건인데", "소리가"),
            ("값이 싸니까", "권합니다"),
            ("생각보다", "크다"),
            ("모두 다", "왔다"),
            ("하지", "않았다"),
            ("여기까지", "왔다"),
            ("좋다", "라고 했다"),
            ("and so", "on"),
        ] {
            assert!(!ends_unmarked(text, next), "{text}");
        }
    }
}
