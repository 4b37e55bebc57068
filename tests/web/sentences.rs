//! Sentences keep their ids while the script around them is edited.
use daebon::features::posts;
use daebon::formats::script::Sentence;
use daebon::kernel::ids::PostId;

use crate::support::{Post, Site};

/// A Korean script of some 10,000 characters: 300 sentences, none like another.
fn script() -> String {
    let (who, what) = (
        [
            "정부", "의회", "법원", "시장", "학교", "언론", "기업", "노조", "군대", "병원",
        ],
        [
            "예산", "법안", "판결", "금리", "시험", "보도", "투자", "협상", "훈련", "진료",
        ],
    );
    let how = ["빠르게", "천천히", "조용히", "뜻밖에", "다시", "결국"];
    let mut text = String::new();
    for n in 0..300 {
        let sentence = format!(
            "{}에서는 오늘 {} 때문에 {} 사람이 모였고 일이 {} 풀렸다고 합니다.",
            who[n % 10],
            what[n / 10 % 10],
            n + 12,
            how[n % 6],
        );
        text.push_str(&sentence);
        text.push_str(if n % 6 == 5 { "\n\n" } else { " " });
    }
    text
}

async fn sentences(site: &Site, post: &Post) -> Vec<Sentence> {
    let id: PostId = post.id.parse().expect("an id");
    posts::public_sentences(&site.state.db, &id)
        .await
        .expect("public")
}

#[tokio::test]
async fn three_edited_words_move_no_id() {
    let site = Site::ready().await;
    let author = site.author();
    let post = author.draft("긴 글").await;
    let text = script();
    assert!(text.chars().count() > 10_000);
    author
        .act(&post, &[("script", text.as_str())], "publish")
        .await;
    let before = sentences(&site, &post).await;
    assert_eq!(before.len(), 300);
    let old = &before[150].text;
    let new = old
        .replace("오늘", "어제")
        .replace("사람이", "시민이")
        .replace("풀렸다고", "꼬였다고");
    assert_ne!(*old, new);
    let edited = text.replace(old, &new);
    author
        .act(&post, &[("script", edited.as_str())], "update")
        .await;
    let after = sentences(&site, &post).await;
    assert_eq!(after.len(), 300);
    for (n, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_eq!(before.id, after.id, "sentence {n}");
        assert_eq!(before.text == after.text, n != 150, "sentence {n}");
    }
    assert_eq!(after[150].text, new);
    // The first version comes back with all of its ids.
    author
        .act(&post, &[("script", text.as_str())], "update")
        .await;
    assert_eq!(sentences(&site, &post).await, before);
}
