//! The words of seeded posts: Korean sentences of our own, put together by the dice. They say
//! nothing of the world; they only have the length and the shape of commentary.
use super::model::Dice;
use crate::features::posts::Reference;

const SUBJECTS: [&str; 16] = [
    "이번 주 회의 결과는",
    "새로 나온 통계는",
    "두 도시를 잇는 철도 계획은",
    "작은 서점들의 실험은",
    "바닷가 마을의 투표는",
    "오래된 다리의 보수 공사는",
    "지역 신문사의 구독 방식은",
    "올해 쌀값을 둘러싼 이야기는",
    "학교 도서관의 새 규칙은",
    "산불을 막는 감시망은",
    "버스 노선을 고치는 일은",
    "공원에 나무를 심는 사업은",
    "동네 병원의 야간 진료는",
    "라디오를 다시 찾는 사람들은",
    "강을 되살리는 작업은",
    "빈집을 고쳐 쓰는 제도는",
];
const MIDDLES: [&str; 12] = [
    "처음 예상과는 조금 다른 길로 가고 있고,",
    "숫자만 보아서는 알기 어려운 사정이 있는데,",
    "찬성과 반대가 거의 반반으로 갈린 가운데,",
    "지난해의 실수를 되풀이하지 않으려고,",
    "생각보다 많은 사람의 손을 거치면서,",
    "누가 비용을 낼지를 두고 말이 많았지만,",
    "조용히, 그러나 꾸준히 모양을 갖추면서,",
    "“서두르지 말자”는 말이 여러 번 나왔고,",
    "약 3.5%라는 작은 차이에서 시작되었는데,",
    "12월 초에 나올 보고서를 기다리는 동안,",
    "먼저 해 본 이웃 도시의 경험을 빌려,",
    "잘 알려지지 않은 조항 하나 때문에,",
];
const ENDS: [&str; 12] = [
    "앞으로의 방향을 가늠하게 해 줍니다.",
    "우리가 물어야 할 것은 따로 있습니다.",
    "당장 결론을 내리기는 이릅니다.",
    "몇 가지는 분명해졌다고 할 수 있죠.",
    "여러분은 어떻게 보시는지 궁금합니다.",
    "다음 달이면 답이 나올 것 같습니다.",
    "그래서 저는 조금 더 지켜보려고 합니다.",
    "이 점은 기록해 둘 만합니다.",
    "현장에서는 벌써 변화가 보인다고 해요.",
    "그 뒷이야기를 오늘 전해 드립니다.",
    "여기서 한 걸음만 더 들어가 보겠습니다.",
    "결국 문제는 시간과 믿음입니다.",
];
const TOPICS: [&str; 20] = [
    "철도",
    "서점",
    "투표",
    "다리",
    "구독",
    "쌀값",
    "도서관",
    "산불",
    "버스",
    "나무",
    "병원",
    "라디오",
    "강물",
    "빈집",
    "시장",
    "학교",
    "날씨",
    "항구",
    "극장",
    "우체국",
];
const ANGLES: [&str; 12] = [
    "누가 정하나",
    "숫자 뒤의 이야기",
    "다시 묻는다",
    "조용한 변화",
    "세 가지 장면",
    "놓친 질문",
    "다음 순서는",
    "느린 길을 고른 까닭",
    "현장에서 들은 말",
    "왜 지금인가",
    "돌아온 사람들",
    "작은 차이가 만든 결과",
];
const OUTLETS: [&str; 4] = ["들판신문", "강가통신", "The Hill Courier", "등대라디오"];

/// A sentence.
fn sentence(dice: &mut Dice) -> String {
    format!(
        "{} {} {}",
        dice.pick(&SUBJECTS),
        dice.pick(&MIDDLES),
        dice.pick(&ENDS)
    )
}

/// A title with its number, so that no two are alike.
pub fn title(dice: &mut Dice, number: usize) -> String {
    format!("{}, {} ({number})", dice.pick(&TOPICS), dice.pick(&ANGLES))
}

/// Paragraphs of three to five sentences until `chars` characters are reached; a heading now
/// and then if it is long.
pub fn text(dice: &mut Dice, chars: usize) -> String {
    let mut text = String::new();
    let mut written = 0;
    let mut paragraphs = 0;
    while written < chars {
        if chars > 2_000 && paragraphs % 6 == 3 {
            let heading = format!("## {}\n\n", dice.pick(&ANGLES));
            written += heading.chars().count();
            text.push_str(&heading);
        }
        let sentences: Vec<String> = (0..3 + dice.below(3)).map(|_| sentence(dice)).collect();
        let paragraph = sentences.join(" ");
        written += paragraph.chars().count() + 2;
        text.push_str(&paragraph);
        text.push_str("\n\n");
        paragraphs += 1;
    }
    text.trim_end().to_owned()
}

/// One to three references.
pub fn references(dice: &mut Dice, number: usize) -> Vec<Reference> {
    (0..1 + dice.below(3))
        .map(|n| Reference {
            title: format!("{}: {}", dice.pick(&TOPICS), dice.pick(&ANGLES)),
            url: format!("https://news.example/{number}/{n}"),
            outlet: dice.pick(&OUTLETS).to_owned(),
            date: format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
            ..Reference::default()
        })
        .collect()
}
