//! Which lines are chosen for which texts, and what holds for every text.
use std::sync::LazyLock;

use proptest::prelude::*;

use super::lines::{Room, hang, one_line, set};
use super::text::settable;
use super::*;

static LETTERS: LazyLock<Letters> = LazyLock::new(Letters::unpack);

fn room(width: f32, height: f32) -> Room {
    Room {
        width,
        height,
        leading: 1.5,
        sizes: &[80.0, 60.0, 40.0],
    }
}

fn lines(text: &str, room: Room) -> (f32, Vec<String>) {
    let set = set(&settable(text, &LETTERS), &LETTERS, room);
    (set.size, set.lines)
}

#[test]
fn lines_end_between_words_and_are_even() {
    let (size, found) = lines("국회 예산안 처리 시한, 올해도 넘기나", room(700.0, 300.0));
    assert_eq!(
        (size, found),
        (
            80.0,
            vec!["국회 예산안 처리".into(), "시한, 올해도 넘기나".into()]
        )
    );
    // A last line of one word is not left alone.
    let (_, found) = lines("하나 둘 셋 넷 다섯 여섯 일곱", room(800.0, 200.0));
    assert_eq!(found, ["하나 둘 셋 넷", "다섯 여섯 일곱"]);
    let (_, found) = lines("The quiet collapse of AI safety talks", room(900.0, 300.0));
    assert_eq!(found, ["The quiet collapse", "of AI safety talks"]);
}

#[test]
fn the_size_follows_the_length() {
    let at = |n: usize| lines(&"말을 한다 ".repeat(n), room(1000.0, 250.0)).0;
    assert_eq!([at(1), at(6), at(14), at(300)], [80.0, 60.0, 40.0, 40.0]);
}

#[test]
fn what_does_not_fit_is_cut_at_a_word() {
    let text = settable(&"누구에게 얼마를 쓰겠다는 말이다. ".repeat(20), &LETTERS);
    let set = set(&text, &LETTERS, room(800.0, 170.0));
    assert!(set.is_cut);
    assert_eq!(set.lines.len(), 3);
    assert_eq!(set.lines[2], "쓰겠다는 말이다. 누구에게 얼마를 쓰겠다는…");
    assert_eq!(
        one_line("아침 대본과 저녁 대본", &LETTERS, 40.0, 250.0),
        "아침 대본과…"
    );
    assert_eq!(one_line("아침", &LETTERS, 40.0, 250.0), "아침");
}

#[test]
fn only_a_word_longer_than_a_line_is_parted() {
    let (size, found) = lines("대한민국임시정부기념관", room(600.0, 300.0));
    assert_eq!(
        (size, found),
        (40.0, vec!["대한민국임시정부기념관".into()]),
        "smaller rather than parted"
    );
    let word = "가나다라마바사아자차".repeat(5);
    let (_, found) = lines(&word, room(600.0, 300.0));
    assert_eq!(found.concat(), word);
    assert!(found.len() > 1);
    // Signs stay with their word, also where it is parted and where a space stands before them.
    let (_, found) = lines("그는 “예 , 그렇습니다” 라고 ( 말했다 )", room(420.0, 400.0));
    for line in &found {
        assert!(!line.starts_with([',', ')', '”']), "{found:?}");
        assert!(!line.ends_with(['(', '“']), "{found:?}");
    }
    let parted = "가나다라마바사아자차카타파하,".repeat(8);
    let (_, found) = lines(&parted, room(580.0, 500.0));
    assert!(found.iter().all(|line| !line.starts_with(',')), "{found:?}");
}

#[test]
fn a_quotation_mark_hangs() {
    assert!(hang("“말", &LETTERS) > 0.0);
    assert_eq!(hang("말”", &LETTERS), 0.0);
    // It takes no room: what fits without it fits with it.
    let width = LETTERS.width("그렇습니다") * 80.0 + 1.0;
    assert_eq!(
        lines("“그렇습니다", room(width, 80.0)),
        (80.0, vec!["“그렇습니다".into()])
    );
}

/// Width and height, if it is a PNG.
fn measures(png: &[u8]) -> (u32, u32) {
    let decoder = png::Decoder::new(std::io::Cursor::new(png));
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
    let info = reader.next_frame(&mut pixels).expect("whole");
    (info.width, info.height)
}

fn post(title: &str, cover: Option<Picture>) -> PostCard {
    PostCard {
        show: "아침 대본".into(),
        title: title.into(),
        facts: vec![
            "김지은".into(),
            "2026년 11월 24일".into(),
            "12분 34초".into(),
        ],
        site: "example.org".into(),
        cover,
    }
}

fn quote(words: &str) -> QuoteCard {
    QuoteCard {
        quote: words.into(),
        title: "제목".into(),
        show: "아침 대본".into(),
        addresses: vec![
            format!("example.org/@news/{}", "제목-".repeat(30)),
            "example.org/p/a".into(),
        ],
    }
}

#[test]
fn cards_are_pictures_of_the_one_size_whatever_they_say() {
    let colours: Vec<u8> = (0..300 * 300 * 3)
        .map(|n: u32| (n / 7 % 256) as u8)
        .collect();
    let cover = Some(Picture {
        side: 300,
        rgb: colours,
    });
    let hostile = "<script>alert(1)</script> & \u{202E}\0 ".repeat(40);
    for title in ["", "비", "👍", "국회 예산안", &"가".repeat(3000), &hostile] {
        for cover in [
            None,
            cover.clone(),
            Some(Picture {
                side: 300,
                rgb: vec![1, 2, 3, 4],
            }),
        ] {
            let drawn = post_card(&post(title, cover), &LETTERS).expect("drawn");
            assert_eq!(measures(&drawn), (WIDTH, HEIGHT), "{title}");
        }
        let drawn = quote_card(&quote(title), &LETTERS).expect("drawn");
        assert_eq!(measures(&drawn), (WIDTH, HEIGHT), "{title}");
        // One without a picture has a palette, and so is small.
        assert!(drawn.len() < 100_000, "{}", drawn.len());
    }
}

#[test]
fn a_card_is_settled_by_its_words() {
    let draw = |card: &PostCard| post_card(card, &LETTERS).expect("drawn");
    let one = post("제목", None);
    assert_eq!(draw(&one), draw(&one.clone()));
    assert_ne!(draw(&one), draw(&post("제목!", None)));
    let mut other = one.clone();
    other.facts[1] = "2026년 11월 25일".into();
    assert_ne!(draw(&one), draw(&other));
    // What is left out leaves nothing behind.
    assert_eq!(draw(&one), draw(&post("제목 👍\u{200B}", None)));
    let quoted = |words: &str| quote_card(&quote(words), &LETTERS).expect("drawn");
    assert_ne!(quoted("하나."), quoted("둘."));
    // The title stands in for a passage that says nothing, and not as if it were said.
    assert_eq!(quoted("👍"), quoted("👍👍"));
    assert_ne!(quoted("👍"), quoted("제목"));
}

#[test]
fn the_colours_are_the_tokens() {
    let tokens = include_str!("../../../assets/css/tokens.css");
    for (name, colour) in [
        ("paper", PAPER),
        ("accent-wash", WASH),
        ("ink", INK),
        ("ink-soft", SOFT),
        ("line", LINE),
        ("accent", ACCENT),
    ] {
        let [r, g, b] = colour;
        let wanted = format!("--{name}: #{r:02x}{g:02x}{b:02x};");
        assert!(tokens.contains(&wanted), "{wanted}");
    }
}

proptest! {
    #[test]
    fn every_text_is_set_within_its_room(
        text in "([가-힣A-z.,“”()!0-9-]{1,40}[ ]?){0,40}|\\PC{0,200}",
        width in 100.0_f32..1100.0,
        height in 20.0_f32..500.0,
    ) {
        let room = room(width, height);
        let text = settable(&text, &LETTERS);
        let found = set(&text, &LETTERS, room);
        prop_assert!(room.sizes.contains(&found.size));
        for line in &found.lines {
            let wide = (LETTERS.width(line) - hang(line, &LETTERS)) * found.size;
            prop_assert!(wide <= width + 0.5, "{line:?} {wide}");
            prop_assert!(!line.is_empty() && line.trim() == line);
        }
        let high = found.size * (1.0 + room.leading * (found.lines.len().max(1) - 1) as f32);
        prop_assert!(found.lines.len() <= 1 || high <= height + 0.5, "{high}");
        let without_spaces = |text: &str| text.replace(' ', "");
        let whole = without_spaces(&found.lines.concat());
        if found.is_cut {
            let kept = whole.strip_suffix('…').expect("a mark");
            prop_assert!(without_spaces(&text).starts_with(kept));
        } else {
            prop_assert_eq!(whole, without_spaces(&text));
        }
        // Words that are no longer than a line stay whole.
        let words: Vec<&str> = text.split(' ').collect();
        if words.iter().all(|word| LETTERS.width(word) * 40.0 < width) && !found.is_cut {
            prop_assert_eq!(found.lines.join(" "), text);
        }
    }
}
