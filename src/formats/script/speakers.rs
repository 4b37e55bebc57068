//! Who speaks: the labels that paragraphs begin with.
//!
//! A label is one of
//!
//! - **bold**: `**김하늘**: …` or `**김하늘:** …`; always a label;
//! - plain: `김하늘: …`, a colon and then a space or the end of the paragraph;
//! - in brackets: `[김하늘] …`, with or without a colon behind.
//!
//! It has at most [`LABEL_CHARS`] characters and [`LABEL_WORDS`] words, holds a letter, and no
//! punctuation but `. ' - · & ( )`, so neither a time nor an address is one. Some words are never
//! labels, since they announce something else: `결론:`, `Note:`, `[음악]`. Labels that are not bold
//! count only where a script is a conversation: where one of them (or a bold one) begins two
//! paragraphs or more, or where each of two or more paragraphs and nothing else but headings begins
//! with one, and not all with the same; and one that stands once counts only before what is said,
//! a paragraph that ends as a sentence does: `뉴욕 타임스: 어느 기사의 제목` names nobody who speaks.
//! Quotes, lists, headings and code begin with no label.
//!
//! What a label begins goes on, through quotes and lists too, until the next label or heading.
use std::collections::{HashMap, HashSet};

use super::blocks::Raw;
use super::model::{Block, BlockKind};

/// Longest label in characters.
const LABEL_CHARS: usize = 30;
/// Longest label in words.
const LABEL_WORDS: usize = 5;

/// What may stand behind the sign that ends a sentence.
const CLOSING: [char; 9] = ['"', '\'', '”', '’', ')', '」', '』', '》', '*'];

/// Words that announce something else than a speaker, in lower case.
const NO_SPEAKERS: &[&str] = &[
    "결론",
    "결과",
    "경고",
    "그림",
    "내용",
    "단점",
    "답",
    "링크",
    "메모",
    "문의",
    "문제",
    "배경",
    "부제",
    "사진",
    "사진 출처",
    "예",
    "예시",
    "요약",
    "원문",
    "이메일",
    "일시",
    "일정",
    "자료",
    "장소",
    "장점",
    "정답",
    "정리",
    "제목",
    "주",
    "주소",
    "주의",
    "주제",
    "즉",
    "참고",
    "참고 문헌",
    "첨부",
    "추신",
    "출처",
    "표",
    "핵심",
    "날짜",
    "덧붙임",
    "광고",
    "음악",
    "배경 음악",
    "박수",
    "웃음",
    "효과음",
    "침묵",
    "녹취",
    "영상",
    "노래",
    "한숨",
    "기침",
    "전화벨",
    "사이",
    "abstract",
    "address",
    "applause",
    "background",
    "caution",
    "conclusion",
    "credit",
    "credits",
    "date",
    "disclaimer",
    "e.g",
    "email",
    "example",
    "fact",
    "figure",
    "fig",
    "hint",
    "i.e",
    "important",
    "laughs",
    "laughter",
    "link",
    "links",
    "music",
    "n.b",
    "nb",
    "note",
    "notes",
    "p.s",
    "pause",
    "place",
    "problem",
    "ps",
    "quote",
    "re",
    "reference",
    "references",
    "result",
    "see",
    "see also",
    "silence",
    "source",
    "sources",
    "subject",
    "summary",
    "time",
    "tip",
    "title",
    "tl;dr",
    "to",
    "topic",
    "update",
    "via",
    "warning",
    "when",
    "where",
];

/// A label at the beginning of a block.
struct Label {
    name: String,
    bold: bool,
    /// Where the words begin behind it, in bytes.
    words_at: usize,
}

/// Gives the blocks their speakers.
pub fn assign(raw: Vec<Raw>) -> Vec<Block> {
    let labels: Vec<Option<Label>> = raw.iter().map(label).collect();
    let plain_ones_count = is_conversation(&raw, &labels);
    let often = often(&labels);
    let mut speaker: Option<String> = None;
    raw.into_iter()
        .zip(labels)
        .map(|(block, label)| {
            if matches!(block.kind, Some(BlockKind::Heading(_))) {
                speaker = None;
            }
            let label = label.filter(|label| {
                label.bold
                    || (plain_ones_count && (often.contains(&label.name) || is_said(&block.text)))
            });
            let words_at = label.as_ref().map_or(0, |label| label.words_at);
            if let Some(label) = label {
                speaker = Some(label.name);
            }
            block.with_speaker(speaker.clone(), words_at)
        })
        .collect()
}

/// Names that begin two paragraphs or more.
fn often(labels: &[Option<Label>]) -> HashSet<String> {
    let mut once = HashSet::new();
    let names = labels.iter().flatten().map(|label| label.name.clone());
    names.filter(|name| !once.insert(name.clone())).collect()
}

/// Whether a paragraph ends as a sentence does, or says nothing behind its label.
fn is_said(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(CLOSING);
    bare.ends_with([
        '.', '!', '?', '…', '。', '！', '？', ':', '：', ']', '~', '-', '—',
    ])
}

/// Whether labels that are not bold count, as the module says.
fn is_conversation(raw: &[Raw], labels: &[Option<Label>]) -> bool {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for label in labels.iter().flatten() {
        *times.entry(&label.name).or_default() += 1;
    }
    let all = raw
        .iter()
        .zip(labels)
        .all(|(block, label)| label.is_some() || matches!(block.kind, Some(BlockKind::Heading(_))));
    times.values().any(|n| *n > 1) || (all && times.len() > 1)
}

fn label(block: &Raw) -> Option<Label> {
    if block.kind != Some(BlockKind::Paragraph) {
        return None;
    }
    let text = block.text.trim_start();
    let begin = block.text.len() - text.len();
    let bold = block.bold > begin;
    let (name, length) = if let Some(inside) = text.strip_prefix('[') {
        let close = position(inside, ']')?;
        let behind = &inside[close + 1..];
        let colon = colon_length(behind).unwrap_or(0);
        if colon == 0 && !behind.is_empty() && !behind.starts_with(char::is_whitespace) {
            return None;
        }
        (&inside[..close], close + 2 + colon)
    } else {
        let colon = position(text, ':')
            .into_iter()
            .chain(position(text, '：'))
            .min()?;
        let behind = &text[colon..];
        let length = colon_length(behind)?;
        let wide = behind.starts_with('：');
        let after = &behind[length..];
        let ends = after.is_empty() || after.starts_with(char::is_whitespace);
        if !ends && !wide && !bold {
            return None;
        }
        (&text[..colon], colon + length)
    };
    // Bold are the name and at most the signs around it.
    let name_end = text.find(name).unwrap_or(0) + name.trim_end().len();
    let bold_end = block.text[..block.bold].trim_end().len();
    let bold = bold && (begin + name_end..=begin + length).contains(&bold_end);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    is_name(&name).then(|| {
        let behind = &block.text[begin + length..];
        let words_at = block.text.len() - behind.trim_start().len();
        Label {
            name,
            bold,
            words_at,
        }
    })
}

/// Where the sign first stands, in bytes, if that is near enough to end a label.
fn position(text: &str, sign: char) -> Option<usize> {
    text.char_indices()
        .take(LABEL_CHARS + 2)
        .find(|(_, c)| *c == sign)
        .map(|(at, _)| at)
}

fn colon_length(text: &str) -> Option<usize> {
    let text_trimmed = text.trim_start_matches(' ');
    let colon = text_trimmed
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '：'))?;
    Some(text.len() - text_trimmed.len() + colon.len_utf8())
}

fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mark = |c: char| !c.is_alphanumeric() && !" .'’-·&()".contains(c);
    name.chars().count() <= LABEL_CHARS
        && name.split(' ').count() <= LABEL_WORDS
        && name.chars().any(char::is_alphabetic)
        && name.starts_with(char::is_alphanumeric)
        && !name.chars().any(mark)
        && !NO_SPEAKERS.contains(&lower.trim_end_matches('.'))
}
