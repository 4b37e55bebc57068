//! Both texts can be read back from what is shown, and what is shown can be read.
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::pairs::{Step, align};
use super::*;

/// `[-gone-]{+new+}` between what stayed.
fn marked(pieces: &[Piece<'_>]) -> String {
    let mark = |p: &Piece<'_>| match p.side {
        Side::Same => p.text.to_owned(),
        Side::Gone => format!("[-{}-]", p.text),
        Side::New => format!("{{+{}+}}", p.text),
    };
    pieces.iter().map(mark).collect()
}

fn side_of(pieces: &[Piece<'_>], other: Side) -> String {
    let kept = pieces.iter().filter(|p| p.side != other);
    kept.map(|p| p.text).collect()
}

/// Old and new text as the blocks hold them.
fn read_back(blocks: &[Block<'_>]) -> (String, String) {
    let (mut old, mut new) = (String::new(), String::new());
    for block in blocks {
        old += &side_of(&block.pieces, Side::New);
        old += block.old_break;
        new += &side_of(&block.pieces, Side::Gone);
        new += block.new_break;
    }
    (old, new)
}

#[test]
fn words_are_marked_as_people_would() {
    for (old, new, want) in [
        ("같은 글", "같은 글", "같은 글"),
        ("", "새 글", "{+새 글+}"),
        ("옛 글", "", "[-옛 글-]"),
        // A particle.
        (
            "대통령이 어제 말했다.",
            "대통령은 어제 말했다.",
            "대통령[-이-]{+은+} 어제 말했다.",
        ),
        (
            "정부가 오늘 발표했다.",
            "정부가 오늘 발표했습니다.",
            "정부가 오늘 발표했[-다-]{+습니다+}.",
        ),
        ("물가를 본다", "물가 본다", "물가[-를-] 본다"),
        // Another word, a number.
        (
            "정부는 오늘 쉰다",
            "정치는 오늘 쉰다",
            "[-정부는-]{+정치는+} 오늘 쉰다",
        ),
        (
            "2024년 12월에 있었던 일",
            "2025년 12월에 있었던 일",
            "[-2024년-]{+2025년+} 12월에 있었던 일",
        ),
        (
            "물가는 3.5% 올랐다",
            "물가는 3.7% 올랐다",
            "물가는 [-3.5-]{+3.7+}% 올랐다",
        ),
        // A phrase in one go.
        (
            "The red car stopped near the old bridge today",
            "The blue bus stopped near the old bridge today",
            "The [-red car-]{+blue bus+} stopped near the old bridge today",
        ),
        ("A x y B c d e", "A B c d e", "A [-x y -]B c d e"),
        // A space alone.
        (
            "할 수있다는 말을 들었다",
            "할 수 있다는 말을 들었다",
            "할 [-수있다는-]{+수 있다는+} 말을 들었다",
        ),
        ("a  b", "a b", "a[-  -]{+ +}b"),
        // Nothing in common to speak of.
        (
            "비가 온다. 우산이 없다",
            "오늘 주가. 크게 뛰었다",
            "[-비가 온다. 우산이 없다-]{+오늘 주가. 크게 뛰었다+}",
        ),
    ] {
        assert_eq!(marked(&words(old, new)), want, "{old} → {new}");
    }
}

#[test]
fn paragraphs_are_paired_by_what_they_say() {
    let old = "첫 문단은 그대로 있습니다.\n\n둘째 문단에는 어제 있었던 일을 적었습니다.\n\n지울 문단.\n\n끝 문단도 그대로입니다.\n";
    let new = "첫 문단은 그대로 있습니다.\n\n아주 새로운 이야기.\n\n둘째 문단에는 오늘 있었던 일을 적었습니다.\n\n끝 문단도 그대로입니다.";
    let shown: Vec<String> = blocks(old, new).iter().map(|b| marked(&b.pieces)).collect();
    assert_eq!(
        shown,
        [
            "첫 문단은 그대로 있습니다.",
            "{+아주 새로운 이야기.+}",
            "둘째 문단에는 [-어제-]{+오늘+} 있었던 일을 적었습니다.",
            "[-지울 문단.-]",
            "끝 문단도 그대로입니다.",
        ]
    );
    assert_eq!(read_back(&blocks(old, new)), (old.into(), new.into()));
}

#[test]
fn moved_paragraphs_and_spacing_are_told() {
    let moved = blocks("가\n나나나\n다\n라", "나나나\n가\n다\n라");
    assert_eq!(moved.iter().filter(|b| b.moved).count(), 2);
    let spaced = blocks("가\n나", "가\n\n나");
    assert!(spaced[0].spacing_changed() && !spaced[0].is_unchanged());
    assert!(spaced[1].is_unchanged());
    let longer = blocks("가", "가\n\n나");
    assert!(longer[0].is_unchanged() && !longer[1].is_same());
}

#[test]
fn what_is_far_from_a_change_is_folded() {
    let old: Vec<String> = (0..20).map(|n| format!("{n}번 문단의 글입니다")).collect();
    let mut new = old.clone();
    new[10].push_str(" 그리고 더");
    let (old, new) = (old.join("\n"), new.join("\n"));
    let stretches = folded(blocks(&old, &new));
    let counts: Vec<(bool, usize)> = stretches
        .iter()
        .map(|s| match s {
            Stretch::Shown(list) => (true, list.len()),
            Stretch::Folded(list) => (false, list.len()),
        })
        .collect();
    assert_eq!(counts, [(false, 9), (true, 3), (false, 8)]);
    assert!(folded(Vec::new()).is_empty());
}

#[test]
fn sentences_change_come_go_and_move() {
    let old = [
        "첫 문장입니다.",
        "둘째 문장에 틀린 값 3을 적었습니다.",
        "지울 말.",
        "옮길 문장입니다.",
        "끝.",
    ];
    let new = [
        "옮길 문장입니다.",
        "첫 문장입니다.",
        "둘째 문장에 맞는 값 4를 적었습니다.",
        "끝.",
        "덧붙임.",
    ];
    let told = changes(&old, &new);
    let pair = |before, after| Change { before, after };
    assert_eq!(
        told,
        [
            pair("옮길 문장입니다.", "옮길 문장입니다."),
            pair(old[1], new[2]),
            pair("지울 말.", ""),
            pair("", "덧붙임."),
        ]
    );
    assert_eq!(changes(&["a b"], &["a  b"]), [pair("a b", "a  b")]);
    assert!(changes(&old, &old).is_empty());
}

#[test]
fn words_that_came_and_went_are_counted() {
    assert_eq!(
        size("가 나 나 다.", "나 다! 라 마"),
        Size {
            added: 2,
            removed: 2
        }
    );
    assert_eq!(size("가 나", "나 가"), Size::default());
}

/// A text of so many characters from a generator of its own, in lines of so many.
fn noise(seed: u64, alphabet: &str, chars: usize, line: usize) -> String {
    let letters: Vec<char> = alphabet.chars().collect();
    let mut state = seed;
    let mut text = String::new();
    for n in 0..chars {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        text.push(letters[(state >> 33) as usize % letters.len()]);
        if n % line == line - 1 {
            text.push('\n');
        }
    }
    text
}

#[test]
fn the_longest_scripts_take_no_time_to_speak_of() {
    // Unoptimised and beside other tests; a search without bounds takes many minutes here.
    let most = Duration::from_secs(60);
    for (alphabet, line) in [
        ("가나 ", 60),
        ("가나 ", 1_000_000),
        ("가나다라마바사아자차카타파하거너더러머버서어저 ", 1_500),
        ("가나다라마바사아자차카타파하 .", 120),
        ("a b", 7),
        (".", 3),
    ] {
        let old = noise(1, alphabet, 150_000, line);
        let new = noise(2, alphabet, 150_000, line);
        let started = Instant::now();
        let found = blocks(&old, &new);
        let took = started.elapsed();
        assert!(took < most, "{alphabet:?} {line}: {took:?}");
        assert_eq!(read_back(&found), (old, new));
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[가나다은는이 .,\n]{0,60}",
        "[a-c ]{0,40}",
        "\\PC{0,40}",
        proptest::collection::vec("(대통령|정부|물가)(은|는|이|가|를)? ?", 0..12)
            .prop_map(|words| words.concat()),
    ]
}

proptest! {
    #[test]
    fn both_texts_are_in_the_words(old in text(), new in text()) {
        let pieces = words(&old, &new);
        prop_assert_eq!(side_of(&pieces, Side::New), old.as_str());
        prop_assert_eq!(side_of(&pieces, Side::Gone), new.as_str());
        prop_assert!(pieces.iter().all(|p| !p.text.is_empty()));
    }

    #[test]
    fn both_texts_are_in_the_blocks(old in text(), new in text()) {
        let found = blocks(&old, &new);
        prop_assert_eq!(read_back(&found), (old.clone(), new.clone()));
        prop_assert_eq!(old == new, found.iter().all(|b| b.is_unchanged() && b.old_break == b.new_break));
        let count = found.len();
        let parts = folded(found);
        let kept: usize = parts.iter().map(|s| match s {
            Stretch::Shown(list) | Stretch::Folded(list) => list.len(),
        }).sum();
        prop_assert_eq!(kept, count);
    }

    #[test]
    fn every_sentence_is_passed_once(
        old in proptest::collection::vec(text(), 0..12),
        new in proptest::collection::vec(text(), 0..12),
    ) {
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let (mut i, mut j) = (0, 0);
        for step in align(&old, &new) {
            match step {
                Step::Both(a, b) => {
                    prop_assert_eq!((a, b), (i, j));
                    (i, j) = (i + 1, j + 1);
                }
                Step::Gone(a) => {
                    prop_assert_eq!(a, i);
                    i += 1;
                }
                Step::New(b) => {
                    prop_assert_eq!(b, j);
                    j += 1;
                }
            }
        }
        prop_assert_eq!((i, j), (old.len(), new.len()));
        prop_assert_eq!(changes(&old, &new).is_empty(), old == new);
    }
}
