//! Numbers as Korean words: Sino-Korean (일 이 삼) and native (하나 둘 셋).

const DIGITS: [&str; 10] = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
const BIG: [&str; 5] = ["", "만", "억", "조", "경"];
const ONES: [&str; 10] = [
    "", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉",
];
const ENGLISH: [&str; 21] = [
    "제로",
    "원",
    "투",
    "쓰리",
    "포",
    "파이브",
    "식스",
    "세븐",
    "에잇",
    "나인",
    "텐",
    "일레븐",
    "트웰브",
    "써틴",
    "포틴",
    "피프틴",
    "식스틴",
    "세븐틴",
    "에이틴",
    "나인틴",
    "투엔티",
];
const TENS: [&str; 10] = [
    "", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔",
];

/// A number in Sino-Korean, a word for every four digits; digit by digit where it is longer than
/// anybody counts.
pub(super) fn sino(digits: &str) -> Vec<String> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return vec!["영".to_owned()];
    }
    if digits.len() > 4 * BIG.len() {
        return digits
            .as_bytes()
            .chunks(4)
            .map(|c| one_by_one(c, "공"))
            .collect();
    }
    let mut words = Vec::new();
    let mut left = digits.len();
    let mut rest = digits.as_bytes();
    while left > 0 {
        let (group, after) = rest.split_at((left - 1) % 4 + 1);
        rest = after;
        left = rest.len();
        let place = left / 4;
        let mut word = String::new();
        for (i, d) in group.iter().enumerate() {
            let d = usize::from(d - b'0');
            let unit = ["", "십", "백", "천"][group.len() - 1 - i];
            match d {
                0 => (),
                1 if !unit.is_empty() => word.push_str(unit),
                _ => word.extend([DIGITS[d], unit]),
            }
        }
        if word.is_empty() {
            continue;
        }
        if place == 1 && word == "일" && words.is_empty() {
            word.clear();
        }
        word.push_str(BIG[place]);
        words.push(word);
    }
    words
}

/// Digits said one by one.
pub(super) fn spelled(digits: &str, zero: &str) -> String {
    one_by_one(digits.as_bytes(), zero)
}

fn one_by_one(digits: &[u8], zero: &str) -> String {
    let name = |d: &u8| match d {
        b'1'..=b'9' => DIGITS[usize::from(d - b'0')],
        _ => zero,
    };
    digits.iter().map(name).collect()
}

/// A native number before a counter: 1 to 99.
pub(super) fn native(n: u32) -> Option<String> {
    match n {
        20 => Some("스무".to_owned()),
        1..100 => Some(format!(
            "{}{}",
            TENS[n as usize / 10],
            ONES[n as usize % 10]
        )),
        _ => None,
    }
}

/// A small number as it is said in English names: 5G.
pub(super) fn english(n: usize) -> Option<&'static str> {
    ENGLISH.get(n).copied()
}
