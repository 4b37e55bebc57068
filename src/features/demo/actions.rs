//! Fills an empty site with the demo show.
use anyhow::Context;

use super::model::{DemoPost, Dice, Sound};
use super::{store, words};
use crate::features::posts::Reference;
use crate::features::show::{self, ShowAddress, ShowDetails, ShowDraft, ShowType};
use crate::formats::{audio, image};
use crate::kernel::Result;
use crate::kernel::events::Event;
use crate::kernel::language::Language;
use crate::kernel::text::Slug;
use crate::kernel::time::{Instant, Zone};
use crate::state::AppState;
use crate::web::task::blocking;

// Statics, since a constant stands in the program once for every place that uses it.
static SHORT: &[u8] = include_bytes!("../../../assets/demo/short.mp3");
static KO_SOUND: &[u8] = include_bytes!("../../../assets/demo/ko-1.mp3");
static EN_SOUND: &[u8] = include_bytes!("../../../assets/demo/en-1.mp3");
static KO_SCRIPT: &str = include_str!("../../../assets/demo/ko-1.txt");
static EN_SCRIPT: &str = include_str!("../../../assets/demo/en-1.txt");
static KO_TIMES: &str = include_str!("../../../assets/demo/ko-1.json");
static EN_TIMES: &str = include_str!("../../../assets/demo/en-1.json");
static KO_TEXT: &str = include_str!("../../../assets/demo/ko-2.txt");
static EN_TEXT: &str = include_str!("../../../assets/demo/en-2.txt");

/// The newest demo post: 2026-11-20T08:00:00Z.
const NEWEST: Instant = Instant(1_795_161_600_000);
const DAY_MS: i64 = 24 * 3_600_000;
const SEED: u64 = 0xDAEB_0001;

/// Puts the demo show into an empty site: with 0, a small hand-made one; with `episodes`, so
/// many seeded episodes and half as many text posts. A site that has a show already is left
/// alone, and the log says so in one sentence.
pub async fn fill(state: &AppState, episodes: u32) -> anyhow::Result<()> {
    if show::first(&state.db).await?.is_some() {
        tracing::warn!(
            "--demo fills an empty folder only; this one has a show already, so nothing was added"
        );
        return Ok(());
    }
    fill_empty(state, episodes)
        .await
        .context("the demo could not be made")
}

async fn fill_empty(state: &AppState, episodes: u32) -> Result<()> {
    let mut dice = Dice::new(SEED);
    let cover = blocking(|| Ok(image::default_cover("대본 데모"))).await?;
    let cover_hash = crate::features::covers::store_cover(state, cover).await?;
    let posts = if episodes == 0 {
        hand_made(state).await?
    } else {
        seeded(state, episodes as usize, &mut dice).await?
    };
    let mut tx = state.db.begin().await?;
    let made = show::insert(&mut tx, &draft()?, &cover_hash).await?;
    let show_id = dice.show_id();
    store::fix_show(&mut tx, &made, &show_id, NEWEST.0).await?;
    let mut taken = std::collections::HashSet::new();
    for post in &posts {
        let stem = Slug::from_title(&post.title).unwrap_or_else(|| Slug::from_db("demo".into()));
        let mut slug = stem.clone();
        let mut n = 1;
        while !taken.insert(slug.clone()) {
            n += 1;
            slug = stem.numbered(n);
        }
        store::insert_post(&mut tx, &show_id, post, &slug, &mut dice).await?;
    }
    tx.announce(Event::ScheduleChanged(show_id, dice.post_id()));
    tx.commit().await?;
    tracing::info!(posts = posts.len(), "the demo show is at /@demo");
    Ok(())
}

fn draft() -> Result<ShowDraft> {
    let invalid = |m| crate::kernel::Error::field("demo", m);
    Ok(ShowDraft {
        address: ShowAddress::parse("demo").map_err(invalid)?,
        title: "대본 데모".to_owned(),
        description:
            "글로 먼저 쓰고, 소리 내어 읽습니다. 대본이 어떻게 보이고 들리는지 둘러보세요."
                .to_owned(),
        language: Language::parse("ko").map_err(invalid)?,
        time_zone: Zone::parse("Asia/Seoul").map_err(invalid)?,
        author: "대본".to_owned(),
        owner_email: String::new(),
        copyright: String::new(),
        category: "News > News Commentary".to_owned(),
        explicit: false,
        locked: true,
        show_type: ShowType::Episodic,
        details: ShowDetails::default(),
    })
}

/// Puts a built-in sound into the media store and reads it like any upload.
async fn sound(state: &AppState, bytes: &'static [u8], name: &'static str) -> Result<Sound> {
    let _held = crate::features::media::hold().await;
    let media = state.media.clone();
    let (stored, info) = blocking(move || {
        let info = audio::probe(&mut std::io::Cursor::new(bytes), bytes.len() as u64)
            .map_err(|e| crate::kernel::Error::Internal(e.into()))?;
        Ok((media.put(bytes)?, info))
    })
    .await?;
    let mut tx = state.db.begin().await?;
    crate::features::media::insert(&mut tx, &stored).await?;
    tx.commit().await?;
    Ok(Sound {
        media_hash: stored.hash,
        duration_ms: info.duration_ms,
        bitrate_bps: info.bitrate_bps,
        sample_rate_hz: u64::from(info.sample_rate_hz),
        channels: u64::from(info.channels),
        name,
    })
}

async fn seeded(state: &AppState, episodes: usize, dice: &mut Dice) -> Result<Vec<DemoPost>> {
    let short = sound(state, SHORT, "short.mp3").await?;
    let all = episodes + episodes / 2;
    let posts = (0..all)
        .map(|n| {
            // Every third piece is text; the last is an episode.
            let is_text = n % 3 == 1;
            DemoPost {
                title: words::title(dice, n + 1),
                note: words::text(dice, 600),
                script: words::text(dice, 6_000),
                references: words::references(dice, n + 1),
                language: "",
                at: NEWEST.plus_ms(-(DAY_MS / 4) * i64::try_from(all - 1 - n).unwrap_or(0)),
                sound: (!is_text).then(|| short.clone()),
                episode: None,
                times: None,
            }
        })
        .collect();
    Ok(posts)
}

fn reference(title: &str, url: &str, outlet: &str, date: &str, remark: &str) -> Reference {
    Reference {
        title: title.to_owned(),
        url: url.to_owned(),
        outlet: outlet.to_owned(),
        date: date.to_owned(),
        remark: remark.to_owned(),
        ..Reference::default()
    }
}

async fn hand_made(state: &AppState) -> Result<Vec<DemoPost>> {
    let ko = sound(state, KO_SOUND, "ko-1.mp3").await?;
    let en = sound(state, EN_SOUND, "en-1.mp3").await?;
    let day = |n: i64| NEWEST.plus_ms(-DAY_MS * n);
    let text = |title: &str, note: &str, script: &str, language, at| DemoPost {
        title: title.to_owned(),
        note: note.to_owned(),
        script: script.trim().to_owned(),
        references: Vec::new(),
        language,
        at,
        sound: None,
        episode: None,
        times: None,
    };
    let mut posts = vec![
        text(
            "Why the script comes first",
            "A text post: no recording, the same page.",
            EN_TEXT,
            "en",
            day(9),
        ),
        text(
            "대본을 먼저 쓰는 이유",
            "녹음 없이 글만 올린 글입니다. 화면은 똑같습니다.",
            KO_TEXT,
            "ko",
            day(6),
        ),
        text(
            "A script, read aloud",
            "Listen, or read along. The voice is a machine’s.",
            EN_SCRIPT,
            "en",
            day(3),
        ),
        text(
            "소리 내어 읽는 대본",
            "들으셔도 좋고 읽으셔도 좋습니다. 목소리는 기계가 냈습니다.",
            KO_SCRIPT,
            "ko",
            day(0),
        ),
    ];
    posts[2].sound = Some(en);
    posts[2].episode = Some(1);
    posts[2].times = Some(EN_TIMES);
    posts[3].sound = Some(ko);
    posts[3].episode = Some(2);
    posts[3].times = Some(KO_TIMES);
    posts[3].references = vec![
        reference(
            "Podcasting 2.0 네임스페이스",
            "https://podcasting2.org/docs/podcast-namespace",
            "Podcasting 2.0",
            "",
            "팟캐스트 앱이 대본을 찾는 방법",
        ),
        reference(
            "Web Content Accessibility Guidelines 2.2",
            "https://www.w3.org/TR/WCAG22/",
            "W3C",
            "2024-12-12",
            "소리에는 글이 함께 있어야 합니다",
        ),
    ];
    posts[3].references[1].passage = "듣는 사람은 다시 찾아볼 문장이 없고".to_owned();
    Ok(posts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::sites;
    use crate::kernel::ids::PostId;

    #[tokio::test]
    async fn every_sentence_that_is_heard_has_its_time() {
        for site in sites().await {
            let posts = hand_made(&site.state).await.expect("made");
            let id = PostId::random();
            for post in posts.iter().filter(|post| post.sound.is_some()) {
                let timed = post.timed(&id).expect("times");
                assert!(!timed.sentences.is_empty());
                assert_eq!(timed.times.len(), timed.sentences.len(), "{}", post.title);
            }
        }
    }
}
