//! Latin letters within Korean: letter by letter where they are capitals.
use super::Reader;
use super::syllable::{Unit, units};

const LETTERS: [&str; 26] = [
    "에이",
    "비",
    "씨",
    "디",
    "이",
    "에프",
    "지",
    "에이치",
    "아이",
    "제이",
    "케이",
    "엘",
    "엠",
    "엔",
    "오",
    "피",
    "큐",
    "알",
    "에스",
    "티",
    "유",
    "브이",
    "더블유",
    "엑스",
    "와이",
    "제트",
];

impl Reader<'_> {
    /// A run of Latin letters.
    pub(super) fn latin(&mut self) {
        let Some(token) = self.peek(0).cloned() else {
            return;
        };
        self.drafts.add(
            token.at.clone(),
            vec![lettered(self.plain.of(&token))],
            token.spaced,
        );
        self.at += 1;
    }
}

/// Letters by their Korean names.
fn lettered(letters: &[char]) -> Vec<Unit> {
    let name = |c: &char| LETTERS.get((c.to_ascii_lowercase() as usize).wrapping_sub('a' as usize));
    letters
        .iter()
        .filter_map(name)
        .flat_map(|n| units(n.chars()))
        .collect()
}
