//! Ids through edits.
use std::collections::HashSet;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::formats::script::{cut, join, split};
use crate::kernel::ids::PostId;

/// The versions of one script; ids are numbers in the order in which they were given.
struct Script {
    post: PostId,
    given: u32,
    sentences: Vec<Sentence>,
    former: Vec<Sentence>,
}

impl Script {
    fn new(markdown: &str) -> Self {
        let mut script = Self {
            post: PostId::from_db("abcdefghijkl".to_owned()),
            given: 0,
            sentences: Vec::new(),
            former: Vec::new(),
        };
        script.edit(markdown);
        script
    }

    fn give(&mut self) -> SentenceId {
        self.given += 1;
        SentenceId::numbered(&self.post, self.given - 1)
    }

    /// Numbers of the ids after an edit.
    fn edit(&mut self, markdown: &str) -> Vec<u32> {
        let old = std::mem::take(&mut self.sentences);
        let (post, given) = (self.post.clone(), &mut self.given);
        let give = || {
            *given += 1;
            SentenceId::numbered(&post, *given - 1)
        };
        self.sentences = carry(&old, &self.former, &cut(markdown), give);
        self.former.splice(0..0, old);
        let ids: HashSet<&SentenceId> = self.sentences.iter().map(|s| &s.id).collect();
        assert_eq!(ids.len(), self.sentences.len(), "no id twice");
        self.numbers()
    }

    fn numbers(&self) -> Vec<u32> {
        let given = (0..self.given).map(|n| (SentenceId::numbered(&self.post, n), n));
        let numbers: HashMap<SentenceId, u32> = given.collect();
        self.sentences.iter().map(|s| numbers[&s.id]).collect()
    }

    fn texts(&self) -> Vec<&str> {
        self.sentences.iter().map(|s| s.text.as_str()).collect()
    }
}

#[test]
fn ids_stay_through_edits() {
    let text = "오늘은 아침부터 비가 내립니다. 우산을 챙기셨나요? 길이 많이 미끄럽습니다.\n내일은 맑겠습니다. 바람은 조금 불겠습니다.";
    for (edited, want) in [
        (text, vec![0, 1, 2, 3, 4]),
        // Signs, spaces and case.
        (
            "오늘은, 아침부터 비가 내립니다! 우산을 챙기셨나요?? 길이 많이 미끄럽습니다.\n\n내일은 **맑겠습니다**. 바람은 조금 불겠습니다…",
            vec![0, 1, 2, 3, 4],
        ),
        // A few words.
        (
            "오늘은 새벽부터 비가 내렸습니다. 우산을 챙기셨나요? 길이 많이 미끄럽습니다.\n내일은 아주 맑겠습니다. 바람은 조금 불겠습니다.",
            vec![0, 1, 2, 3, 4],
        ),
        // New ones before, between and behind.
        (
            "안녕하세요. 오늘은 아침부터 비가 내립니다. 우산을 챙기셨나요? 저는 못 챙겼습니다. 길이 많이 미끄럽습니다.\n내일은 맑겠습니다. 바람은 조금 불겠습니다. 고맙습니다.",
            vec![5, 0, 1, 6, 2, 3, 4, 7],
        ),
        // Gone.
        ("우산을 챙기셨나요?\n바람은 조금 불겠습니다.", vec![1, 4]),
        // Moved.
        (
            "내일은 맑겠습니다. 바람은 조금 불겠습니다.\n오늘은 아침부터 비가 내립니다. 우산을 챙기셨나요? 길이 많이 미끄럽습니다.",
            vec![3, 4, 0, 1, 2],
        ),
        // Moved, and one of them edited.
        (
            "내일은 맑겠습니다. 바람은 꽤 불겠습니다.\n오늘은 아침부터 비가 내립니다. 우산은 다 챙기셨나요? 길이 많이 미끄럽습니다.",
            vec![3, 4, 0, 1, 2],
        ),
        // Cut in two: the larger part keeps it. Joined: the larger one's stays.
        (
            "오늘은 비. 이 비는 아침부터 내립니다. 우산을 챙기셨나요? 길이 많이 미끄럽습니다.\n내일은 맑겠고 바람은 조금 불겠습니다.",
            vec![5, 0, 1, 2, 4],
        ),
        // Something else in its place.
        (
            "오늘은 아침부터 비가 내립니다. 전혀 다른 이야기를 하나 할까 해요. 길이 많이 미끄럽습니다.\n내일은 맑겠습니다. 바람은 조금 불겠습니다.",
            vec![0, 5, 2, 3, 4],
        ),
    ] {
        assert_eq!(Script::new(text).edit(edited), want, "{edited}");
    }
}

#[test]
fn ids_stay_in_english() {
    let text = "# The weather\nIt has been raining since the morning. Did you bring an umbrella? The roads are slippery.\nTomorrow will be sunny, and the wind will be gentle.";
    for (edited, want) in [
        (
            "# The weather today\nIt has been pouring since early morning. Did you bring an umbrella? The roads are slippery.\nTomorrow will be sunny. And the wind will be gentle.",
            vec![0, 1, 2, 3, 5, 4],
        ),
        (
            "Tomorrow will be sunny, and the wind will be gentle.\n# The weather\nIt has been raining since the morning; did you bring an umbrella? Roads are slippery.",
            vec![4, 0, 1, 3],
        ),
    ] {
        let mut script = Script::new(text);
        let got = script.edit(edited);
        assert_eq!(got, want, "{edited}: {:?}", script.texts());
    }
}

#[test]
fn the_same_words_stay_in_order() {
    let mut script = Script::new("네. 좋아요. 네. 그래요. 네.");
    assert_eq!(script.edit("네. 좋아요. 네. 그래요. 네."), [0, 1, 2, 3, 4]);
    assert_eq!(
        script.edit("네. 네. 좋아요. 네. 그래요. 네."),
        [0, 5, 1, 2, 3, 4]
    );
    assert_eq!(script.edit("네. 좋아요. 그래요. 네."), [0, 1, 3, 4]);
    let mut script = Script::new("네. 네. 네.");
    assert_eq!(script.edit("네. 네."), [0, 1]);
    assert_eq!(script.edit("네. 네. 네. 네."), [0, 1, 2, 3]);
}

#[test]
fn what_comes_back_has_its_id() {
    let text = "첫 문장은 이렇게 시작합니다. 둘째 문장도 있습니다.\n마지막으로 한마디를 합니다.";
    let mut script = Script::new(text);
    assert_eq!(script.edit("첫 문장은 이렇게 시작합니다."), [0]);
    assert_eq!(
        script.edit("전혀 다른 글입니다. 첫 문장은 이렇게 시작합니다."),
        [3, 0]
    );
    assert_eq!(script.edit(text), [0, 1, 2]);
    assert_eq!(script.edit(""), Vec::<u32>::new());
    assert_eq!(script.edit(text), [0, 1, 2]);
}

#[test]
fn what_the_author_cut_stays_cut() {
    let text = "앞 문장입니다. 비가 오고 바람이 불고 길이 미끄럽습니다. 우산이 필요해요. 장화도 있어야 해요.\n끝 문장입니다.";
    let mut script = Script::new(text);
    let new_id = script.give();
    let id = script.sentences[1].id.clone();
    split(
        &mut script.sentences,
        &id,
        "비가 오고".chars().count(),
        new_id,
    )
    .expect("a cut");
    let id = script.sentences[3].id.clone();
    join(text, &mut script.sentences, &id).expect("a joint");
    let cut = [
        "앞 문장입니다.",
        "비가 오고",
        "바람이 불고 길이 미끄럽습니다.",
        "우산이 필요해요. 장화도 있어야 해요.",
        "끝 문장입니다.",
    ];
    assert_eq!(
        (script.texts(), script.numbers()),
        (cut.to_vec(), vec![0, 1, 5, 2, 4])
    );
    // Nothing changes, nothing moves.
    assert_eq!(script.edit(text), [0, 1, 5, 2, 4]);
    assert_eq!(script.texts(), cut);
    // Around it all changes; the paragraph moves too.
    let edited = format!(
        "새 글입니다.\n{} 또 있어요.",
        text.replace("앞 문장입니다.", "정말 앞 문장이에요.")
    );
    let got = script.edit(&edited);
    assert_eq!(script.texts()[2..5], cut[1..4]);
    assert_eq!(got[2..5], [1, 5, 2]);
    // Of two halves one changes: the other is still there, and so is the cut between them.
    let got = script.edit(&text.replace("바람이 불고", "바람이 마구 불고"));
    assert_eq!(
        script.texts()[1..3],
        ["비가 오고", "바람이 마구 불고 길이 미끄럽습니다."]
    );
    assert_eq!(got[1..4], [1, 5, 2]);
    assert!(
        script.sentences[1].by_hand && script.sentences[2].by_hand && !script.sentences[0].by_hand
    );
    // The joint is gone with its words.
    script.edit(&text.replace("우산이 필요해요.", "우산은 됐어요."));
    assert_eq!(
        script.texts()[3..5],
        ["우산은 됐어요.", "장화도 있어야 해요."]
    );
    assert!(!script.sentences[3].by_hand);
}

#[test]
fn a_cut_in_repeated_words_stays_where_it_was() {
    let text = "비가 오고 바람이 분다. 해가 난다. 비가 오고 바람이 분다. 달이 뜬다.";
    let mut script = Script::new(text);
    let new_id = script.give();
    let id = script.sentences[2].id.clone();
    split(&mut script.sentences, &id, 6, new_id).expect("a cut");
    let got = script.edit(&format!("{text} 끝."));
    assert_eq!(
        script.texts(),
        [
            "비가 오고 바람이 분다.",
            "해가 난다.",
            "비가 오고",
            "바람이 분다.",
            "달이 뜬다.",
            "끝."
        ]
    );
    assert_eq!(got, [0, 1, 2, 4, 3, 5]);
}

/// Distinct sentences of words that are not.
fn many(count: usize, seed: u64) -> String {
    let words = [
        "정부가",
        "회의를",
        "어제",
        "다시",
        "열었고",
        "시장은",
        "크게",
        "올랐다고",
        "말했습니다",
        "내렸습니다",
        "기자는",
        "새로운",
        "법안을",
        "미국의",
        "함께",
    ];
    let mut state = seed;
    let mut next = |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % n
    };
    let mut text = String::new();
    for n in 0..count {
        for _ in 0..8 {
            text.push_str(words[next(words.len())]);
            text.push(' ');
        }
        text.push_str(if n % 7 == 6 { "했다.\n" } else { "했다. " });
    }
    text
}

#[test]
fn thousands_against_thousands_of_others_end() {
    let (old, new) = (many(2_000, 1), many(2_000, 2));
    let mut script = Script::new(&old);
    let pieces = cut(&new);
    let begun = Instant::now();
    let mut n = 10_000;
    let post = script.post.clone();
    let carried = carry(&script.sentences, &[], &pieces, || {
        n += 1;
        SentenceId::numbered(&post, n)
    });
    assert_eq!(carried.len(), 2_000);
    // A fifth of a second in a release build; this one is not, and the machine may be busy.
    assert!(
        begun.elapsed() < Duration::from_secs(60),
        "{:?}",
        begun.elapsed()
    );
    let same = "네. ".repeat(2_000);
    script.edit(&same);
    script.edit(&"네. ".repeat(1_500));
    let hand: Vec<Sentence> = script
        .sentences
        .iter()
        .map(|s| Sentence {
            by_hand: true,
            ..s.clone()
        })
        .collect();
    assert_eq!(
        carry(&hand, &[], &cut(&same), || script.give()).len(),
        2_000
    );
}

/// One edit of a list of sentences.
#[derive(Debug, Clone)]
enum Edit {
    Insert(usize, u16),
    Remove(usize),
    Word(usize, u16),
    Move(usize, usize, usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let place = 0usize..1000;
    let edit = prop_oneof![
        (place.clone(), any::<u16>()).prop_map(|(at, n)| Edit::Insert(at, n)),
        place.clone().prop_map(Edit::Remove),
        (place.clone(), any::<u16>()).prop_map(|(at, n)| Edit::Word(at, n)),
        (place.clone(), place.clone(), 1usize..6).prop_map(|(a, b, n)| Edit::Move(a, b, n)),
    ];
    prop::collection::vec(edit, 0..8)
}

proptest! {
    #[test]
    fn untouched_sentences_keep_their_ids(count in 1usize..60, seed in any::<u64>(), edits in edits()) {
        let text = many(count, seed).replace('\n', " ");
        let mut list: Vec<(String, Option<usize>)> = cut(&text)
            .into_iter()
            .enumerate()
            // A number makes each sentence one of its kind.
            .map(|(n, p)| (format!("{n}번 {}", p.text), Some(n)))
            .collect();
        let markdown = |list: &[(String, Option<usize>)]| {
            list.iter().map(|(s, _)| s.as_str()).collect::<Vec<_>>().join("\n")
        };
        let mut script = Script::new(&markdown(&list));
        for edit in edits {
            let len = list.len();
            match edit {
                Edit::Insert(at, n) => list.insert(at % (len + 1), (format!("새로 넣은 {n} 문장이다."), None)),
                Edit::Remove(at) if len > 0 => { list.remove(at % len); }
                Edit::Word(at, n) if len > 0 => {
                    let at = at % len;
                    list[at] = (format!("{} {n}이다.", list[at].0.trim_end_matches('.')), None);
                }
                Edit::Move(from, to, n) if len > 0 => {
                    let from = from % len;
                    let moved: Vec<_> = list.drain(from..(from + n).min(len)).collect();
                    let to = to % (list.len() + 1);
                    list.splice(to..to, moved);
                }
                _ => {}
            }
        }
        let got = script.edit(&markdown(&list));
        prop_assert_eq!(got.len(), list.len());
        for ((text, number), got) in list.iter().zip(&got) {
            if let Some(number) = number {
                prop_assert_eq!(*got as usize, *number, "{}", text);
            }
        }
    }

    #[test]
    fn any_texts_carry(one in "([가-힣]{1,3}|[a-c]{1,3}|[.?!\n ]|네\\. |\\*\\*|> |- ){0,40}", other in "([가-힣]{1,3}|[a-c]{1,3}|[.?!\n ]|네\\. |\\*\\*|> |- ){0,40}", hands in prop::collection::vec((0usize..40, 0usize..6, any::<bool>()), 0..6)) {
        let mut script = Script::new(&one);
        for (at, chars, cuts) in hands {
            if script.sentences.is_empty() {
                break;
            }
            let id = script.sentences[at % script.sentences.len()].id.clone();
            // What cannot be cut or joined stays as it is.
            if cuts {
                let new_id = script.give();
                let _ = split(&mut script.sentences, &id, chars, new_id);
            } else {
                let _ = join(&one, &mut script.sentences, &id);
            }
        }
        let texts: Vec<String> = script.texts().into_iter().map(str::to_owned).collect();
        let before = script.numbers();
        let after = script.edit(&one);
        let all = |texts: &[&str]| squeezed(&texts.concat());
        let words = |markdown: &str| {
            let pieces = cut(markdown);
            all(&pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>())
        };
        prop_assert_eq!(all(&script.texts()), words(&one));
        let hands = script.former[..before.len()].iter().any(|s| s.by_hand);
        if !hands {
            prop_assert_eq!(before, after);
            prop_assert_eq!(script.texts(), texts);
        }
        script.edit(&other);
        prop_assert_eq!(all(&script.texts()), words(&other));
        script.edit(&one);
        prop_assert_eq!(all(&script.texts()), words(&one));
    }
}
