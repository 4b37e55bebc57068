//! Korean and English as they are spoken, by examples.
use super::*;
use proptest::prelude::*;

fn names(phones: &[Phone]) -> String {
    phones
        .iter()
        .map(|p| p.name())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The likeliest pronunciation of every word.
fn said(text: &str, language: &str) -> Vec<String> {
    read(text, language)
        .iter()
        .map(|w| names(&w.variants[0]))
        .collect()
}

/// Every way of `text` as it is spoken; `spoken` is Hangul that says the same with other letters.
fn same(text: &str, spoken: &str) {
    let left = said(text, "ko").concat();
    let right = said(spoken, "ko").concat();
    assert_eq!(
        left.replace(' ', ""),
        right.replace(' ', ""),
        "{text} as {spoken}"
    );
}

/// Whether some way of the words of `text` is what `spoken` says.
fn may(text: &str, spoken: &str) {
    let wanted = said(spoken, "ko").concat().replace(' ', "");
    let mut ways = vec![String::new()];
    for word in read(text, "ko") {
        ways = ways
            .iter()
            .flat_map(|w| {
                word.variants
                    .iter()
                    .map(move |v| format!("{w}{}", names(v).replace(' ', "")))
            })
            .collect();
    }
    assert!(
        ways.contains(&wanted),
        "{text} as {spoken}: {wanted} not in {ways:?}"
    );
}

#[test]
fn letters_that_meet_change_each_other() {
    for (written, spoken) in [
        ("국물", "궁물"),
        ("합니다", "함니다"),
        ("신라", "실라"),
        ("칼날", "칼랄"),
        ("독립", "동닙"),
        ("대통령", "대통녕"),
        ("협력", "혐녁"),
        ("같이", "가치"),
        ("굳이", "구지"),
        ("붙여", "부쳐"),
        ("닫혀", "다쳐"),
        ("좋다", "조타"),
        ("많이", "마니"),
        ("싫어", "시러"),
        ("놓는", "논는"),
        ("않고", "안코"),
        ("끓는", "끌른"),
        ("좋습니다", "조씀니다"),
        ("못하다", "모타다"),
        ("밝히다", "발키다"),
        ("앉히다", "안치다"),
        ("읽어", "일거"),
        ("읽고", "일꼬"),
        ("값이", "갑씨"),
        ("없다", "업따"),
        ("넓다", "널따"),
        ("앉다", "안따"),
        ("학교", "학꾜"),
        ("있습니다", "이씀니다"),
        ("갈등", "갈뜽"),
        ("결정", "결쩡"),
        ("발전", "발쩐"),
        ("알지", "알지"),
        ("꽃잎", "꼰닙"),
        ("밖에", "바께"),
        ("닭이", "달기"),
        ("나의", "나에"),
        ("희망", "히망"),
        ("주의가", "주이가"),
        ("거의", "거이"),
        ("시계", "시게"),
        ("첫인상", "처딘상"),
        ("맛있다", "마싣따"),
        ("부엌", "부억"),
        ("앞", "압"),
        ("헌법", "헌뻡"),
    ] {
        same(written, spoken);
    }
    may("전화", "저놔");
    may("회의", "회이");
    may("책만", "챙만");
}

#[test]
fn korean_numbers_are_words() {
    for (written, spoken) in [
        ("3.5%", "삼쩜오퍼센트"),
        ("2025년 1월 28일", "이천이십오년 일월 이십팔일"),
        ("1,200억 원", "천이백억 원"),
        ("제3차", "제삼차"),
        ("6월", "유월"),
        ("10월에", "시월에"),
        ("3명이", "세명이"),
        ("20살", "스무살"),
        ("45살", "마흔다섯살"),
        ("5시", "다섯시"),
        ("30분", "삼십분"),
        ("2개", "두개"),
        ("3개월", "삼개월"),
        ("3:2", "삼대 이"),
        ("1/3", "삼분의 일"),
        ("12/21일 자", "십이월 이십일일 자"),
        ("'25.1.28.", "이십오년 일월 이십팔일"),
        ("2025-01-28", "이천이십오년 일월 이십팔일"),
        ("10:30", "열시 삼십분"),
        ("15:00에", "십오시에"),
        ("010-1234-5678", "공일공 일이삼사 오육칠팔"),
        ("-5℃", "마이너스 오도"),
        ("100km", "백킬로미터"),
        ("$100만을", "백만달러를"),
        ("₩5,000", "오천원"),
        ("1번째", "첫번째"),
        ("0.25%p", "영쩜이오퍼센트포인트"),
        ("10000", "만"),
        ("12,345,678", "천이백삼십사만 오천육백칠십팔"),
        ("6·25", "유기오"),
        ("6ㆍ25", "유기오"),
        ("21대 총선", "이십일대 총선"),
        ("3.1절", "사밀절"),
        ("½", "이분의 일"),
        ("1/4분기", "일사분기"),
        ("2~3일", "이 삼일"),
        ("2~3명", "두 세명"),
        ("30~40대", "삼십에서 사십대"),
        ("24/7", "이십사 칠"),
        ("6.3 선거", "육삼 선거"),
        ("6.3 퍼센트", "육쩜삼 퍼센트"),
        ("100km로", "백킬로미터로"),
        ("V3", "브이쓰리"),
        ("bbc.com", "비비씨점컴"),
        ("１０년", "십년"),
    ] {
        let spoken = spoken.replace("백만달러를", "백만달러을");
        same(written, &spoken);
    }
    may("3명", "삼명");
    may("25명", "스물다섯명");
    may("120명", "백스무명");
    may("3~4명", "세 네명");
    may("3~4명", "삼에서 네명");
    may("V3", "브이삼");
    may("1만 2천명", "만 이천명");
    same("30㎡", "삼십제곱미터");
    may("3.5%", "삼쩜오프로");
    may("3/4", "삼월 사일");
    may("119", "일일구");
}

#[test]
fn capitals_are_said_letter_by_letter() {
    for (written, spoken) in [
        ("GDP", "지디피"),
        ("EU의", "이유에"),
        ("IMF는", "아이엠에프는"),
        ("KBS", "케이비에스"),
        ("NATO가", "나토가"),
        ("UN", "유엔"),
        ("OPEC", "오펙"),
        ("Trump", "트럼프"),
        ("ChatGPT를", "챗지피티를"),
        ("OpenAI", "오픈에이아이"),
        ("iPhone", "아이폰"),
        ("美", "미"),
        ("檢", "검"),
        ("與野", "여야"),
        ("AT&T", "에이티앤티"),
        ("Baker", "베이커"),
        ("strike", "스트라이크"),
    ] {
        same(written, spoken);
    }
    may("5G", "파이브지");
    may("5G", "오지");
    may("G20", "지이십");
    may("美", "미국");
    same("AI가", "에이아이가");
    same("F-35", "에프 삼십오");
}

/// Every word of English text, said as `spoken` writes it in plain words.
fn reads(text: &str, spoken: &str) {
    let joined = |t: &str| said(t, "en").join(" ");
    assert_eq!(joined(text), joined(spoken), "{text} as {spoken}");
}

/// Whether some way of the words of `text` is what `spoken` says.
fn may_read(text: &str, spoken: &str) {
    let wanted = said(spoken, "en").join(" ");
    let mut ways = vec![String::new()];
    for word in read(text, "en") {
        let one = |w: &String| {
            let w = w.clone();
            word.variants
                .iter()
                .map(move |v| format!("{w} {}", names(v)))
                .collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(one).collect();
    }
    assert!(
        ways.iter().any(|w| w.trim() == wanted),
        "{text} as {spoken}: {wanted} not in {ways:?}"
    );
}

#[test]
fn english_words_sound_as_they_do() {
    for (word, sounds) in [
        ("the", "dh ax"),
        ("one", "w ah n"),
        ("people", "p iy p ax l"),
        ("could", "k uh d"),
        ("women", "w ih m ax n"),
        ("Wednesday", "w eh n z d ey"),
        ("station", "s dd ey sh ax n"),
        ("night", "n ay t"),
        ("queen", "k w iy n"),
        ("spring", "s bb r ih ng"),
        ("water", "w ao dx er"),
        ("phone", "f ow n"),
        ("school", "s gg uw l"),
        ("making", "m ey k ih ng"),
        ("cats", "k ae t s"),
        ("bags", "b ae g z"),
        ("churches", "ch er ch ih z"),
        ("John's", "jh aa n z"),
        ("stopped", "s dd aa p t"),
        ("wanted", "w aa n t ih d"),
        ("can't", "k ae n t"),
        ("we've", "w iy v"),
        ("NASA", "n ae s ax"),
        ("GDP", "jh iy d iy p iy"),
        ("GPUs", "jh iy p iy y uw z"),
        ("U.S.", "y uw eh s"),
        ("café", "k ax f ey"),
        ("OpenAI", "ow p ax n ey ay"),
        ("iPhone", "ay f ow n"),
        ("ideas", "ay d iy ax z"),
        ("McDonald", "m ax k d aa n ax l d"),
        ("twentieth", "t w eh n t iy ax th"),
    ] {
        assert_eq!(said(word, "en"), [sounds], "{word}");
    }
    reads("STOP USING OUR LAW NOW", "stop using our law now");
    assert_eq!(said("water", "en-GB"), ["w ao t er"]);
}

#[test]
fn english_numbers_are_words() {
    for (written, spoken) in [
        ("1,200", "one thousand two hundred"),
        ("3.5%", "three point five percent"),
        ("$2.5 billion", "two point five billion dollars"),
        ("$2.5B", "two point five billion dollars"),
        ("in 1998", "in nineteen ninety eight"),
        ("2005", "two thousand five"),
        ("2025", "twenty twenty five"),
        ("21st", "twenty first"),
        ("the 1990s", "the nineteen nineties"),
        ("10:30", "ten thirty"),
        ("5:05", "five oh five"),
        ("50/50", "fifty fifty"),
        ("1/2", "one half"),
        ("3/4", "three quarters"),
        ("2/3", "two thirds"),
        ("9/11", "nine eleven"),
        ("Dr. Smith", "doctor smith"),
        ("Mr. Lee", "mister lee"),
        ("No. 5", "number five"),
        ("Jan. 28", "january twenty eighth"),
        ("vs.", "versus"),
        ("$3.50", "three dollars fifty"),
        ("2025-01-28", "january twenty eighth twenty twenty five"),
        ("5km", "five kilometers"),
        ("World War II", "world war two"),
        ("3-2", "three to two"),
        ("25°C", "twenty five degrees celsius"),
        ("-5", "minus five"),
        ("100 km²", "one hundred square kilometers"),
        ("5M", "five million"),
        (
            "1-800-555-1234",
            "one eight oh oh five five five one two three four",
        ),
        ("0.25", "zero point two five"),
        ("#7", "number seven"),
        ("7pm", "seven p m"),
        ("555-1234", "five five five one two three four"),
    ] {
        reads(written, spoken);
    }
    assert_eq!(said("AT&T", "en"), ["ey t iy", "ax n d", "t iy"]);
    may_read("2025", "two thousand twenty five");
    may_read("911", "nine one one");
    may_read("747", "seven forty seven");
    may_read("10-15", "ten fifteen");
    may_read("120", "one hundred and twenty");
    may_read("100m", "one hundred million");
    may_read("4K", "four kay");
    may_read("July 4", "july four");
}

#[test]
fn text_of_every_form_reads_alike() {
    let composed = "한국어를 읽는다";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    assert_eq!(said(&decomposed, "ko"), said(composed, "ko"));
    assert_eq!(read(&decomposed, "ko")[1].from.end, decomposed.len());
}

#[test]
fn words_know_where_they_come_from() {
    let text = "값 3.5%는, “국물”이 1,200만 원";
    let from: Vec<&str> = read(text, "ko")
        .iter()
        .map(|w| &text[w.from.clone()])
        .collect();
    assert_eq!(from, ["값", "3.5%는", "국물”이", "1,200만", "원"]);
}

/// Found by the fuzzer.
#[test]
fn every_word_comes_from_somewhere() {
    let text = "In 19TTTTTTTTTTTTTTTTTTTTTid $2.5 ibllion,";
    for language in ["ko", "en"] {
        for word in read(text, language) {
            let from = text.get(word.from.clone());
            assert!(from.is_some_and(|t| !t.is_empty()), "{language}: {word:?}");
        }
    }
}

#[test]
fn what_nobody_reads_is_a_stretch_or_nothing() {
    assert!(read("🙂 — … ! 「」", "ko").is_empty());
    assert_eq!(read("привет", "ko")[0].variants, [vec![Phone::Any; 6]]);
    assert_eq!(read("カナ", "ja")[0].variants, [vec![Phone::Any; 4]]);
    assert_eq!(read("世界", "en")[0].variants, [vec![Phone::Any; 6]]);
    assert_eq!(read("鬱", "ko")[0].variants, [vec![Phone::Any; 3]]);
    assert_eq!(said("대한민국(大韓民國)은", "ko").len(), 2);
}

#[test]
fn phones_are_found_by_their_names() {
    for (i, phone) in Phone::ALL.iter().enumerate() {
        assert_eq!(
            (phone.index(), Phone::named(phone.name())),
            (i, Some(*phone))
        );
    }
    assert_eq!(Phone::Any.index(), Phone::COUNT);
    assert_eq!(Phone::named("any"), Some(Phone::Any));
    assert_eq!(Phone::named("?"), None);
}

fn check(text: &str, language: &str) {
    let words = read(text, language);
    let mut last = 0;
    for word in &words {
        assert!((1..=3).contains(&word.variants.len()));
        assert!(word.variants.iter().all(|v| !v.is_empty()));
        assert!(
            word.from.start >= last && text.get(word.from.clone()).is_some_and(|t| !t.is_empty())
        );
        last = word.from.start;
    }
    assert_eq!(words, read(text, language));
}

#[test]
fn endless_words_are_read() {
    for part in [
        "가", "1", "a", "aB", "1가", "가a", "1-", "1.", "a.", "1~", "1,000,", "漢", "ж", "1/2",
        "A", "'",
    ] {
        for language in ["ko", "en"] {
            check(&part.repeat(3_000), language);
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,60}", korean: bool) {
        check(&text, if korean { "ko" } else { "en-GB" });
    }

    #[test]
    fn any_mixture_of_signs_is_read(
        text in "([가-힣]|[ᄀ-ᄒ]|[ᅡ-ᅵ]|[ᆨ-ᇂ]|[0-9]{1,5}|[a-zA-Z']{1,3}|[-.,:/~$%°℃½·'+ ]|[美中]|만|월|일|명){0,40}",
        korean: bool,
    ) {
        check(&text, if korean { "ko" } else { "en" });
    }
}
