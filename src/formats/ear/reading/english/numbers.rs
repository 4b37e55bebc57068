//! Numbers as English words.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const SCALES: [&str; 6] = [
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
];

/// What is said in one breath, in one or more ways, the likeliest first.
pub(super) type Ways = Vec<String>;

/// A number below a hundred.
pub(super) fn pair(n: u32) -> String {
    match n {
        0..20 => SMALL[n as usize].to_owned(),
        _ if n.is_multiple_of(10) => TENS[n as usize / 10 % 10].to_owned(),
        _ => format!("{} {}", TENS[n as usize / 10 % 10], SMALL[n as usize % 10]),
    }
}

/// A cardinal number; digit by digit where it is longer than anybody counts.
pub(super) fn cardinal(digits: &str) -> Vec<Ways> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return vec![vec!["zero".to_owned(), "oh".to_owned()]];
    }
    if digits.len() > 3 * SCALES.len() {
        return digits
            .as_bytes()
            .chunks(3)
            .map(|c| vec![one_by_one(c)])
            .collect();
    }
    let mut out = Vec::new();
    let mut rest = digits;
    while !rest.is_empty() {
        let (group, after) = rest.split_at((rest.len() - 1) % 3 + 1);
        rest = after;
        let n: u32 = group.parse().unwrap_or(0);
        let scale = SCALES[rest.len() / 3];
        let scaled = |said: String| {
            if scale.is_empty() {
                said
            } else {
                format!("{said} {scale}")
            }
        };
        let (hundreds, tail) = (n / 100, n % 100);
        if hundreds > 0 {
            let said = format!("{} hundred", SMALL[hundreds as usize]);
            out.push(match tail {
                0 => vec![scaled(said)],
                _ => vec![said.clone(), format!("{said} and")],
            });
        }
        if tail > 0 {
            out.push(vec![scaled(pair(tail))]);
        }
    }
    out
}

/// A year: nineteen ninety eight.
pub(super) fn year(n: u32) -> Vec<Ways> {
    let (century, rest) = (n / 100, n % 100);
    let thousands = || match (century / 10, century % 10) {
        (t, 0) => format!("{} thousand", pair(t)),
        (t, h) => format!("{} thousand {} hundred", pair(t), pair(h)),
    };
    match (century % 10, rest) {
        (0, 0) => vec![vec![thousands()]],
        (_, 0) => vec![vec![format!("{} hundred", pair(century)), thousands()]],
        (0, 1..10) => {
            vec![
                vec![thousands(), format!("{} oh", pair(century))],
                vec![pair(rest)],
            ]
        }
        (_, 1..10) => vec![
            vec![format!("{} oh", pair(century)), thousands()],
            vec![pair(rest)],
        ],
        _ => vec![vec![pair(century), thousands()], vec![pair(rest)]],
    }
}

/// The ordinal of what is said last: twenty first.
pub(super) fn ordinal(said: &str) -> String {
    let (head, last) = said.rsplit_once(' ').map_or(("", said), |(h, l)| (h, l));
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        other => match other.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{other}th"),
        },
    };
    if head.is_empty() {
        last
    } else {
        format!("{head} {last}")
    }
}

/// Digits said one by one.
pub(super) fn spelled(digits: &str) -> String {
    one_by_one(digits.as_bytes())
}

fn one_by_one(digits: &[u8]) -> String {
    let name = |d: &u8| match d {
        b'1'..=b'9' => SMALL[usize::from(d - b'0')],
        _ => "oh",
    };
    digits.iter().map(name).collect::<Vec<_>>().join(" ")
}
