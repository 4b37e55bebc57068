//! What is missing or odd in a post before the public sees it, and where it is mended. Pure: it
//! knows what was found out, not how.
use crate::features::posts::Content;
use crate::features::recordings::Recording;
use crate::features::transcripts::Counts;
use crate::formats::sound::Loudness;
use crate::kernel::Message;

/// What Apple Podcasts asks for, in LUFS (Apple, "Audio requirements"), and how far off is still
/// said to be right there: one; here what an ear can tell from it.
const LOUDNESS_LUFS: f32 = -16.0;
const LOUDNESS_SLACK: f32 = 2.0;
/// A greatest sample above this, in dB below full scale, was clipped or will be by a player.
const CLIPPED_DBFS: f32 = -0.1;
/// Rates that Apple's directory and every player take.
const COMMON_RATES_HZ: [u32; 2] = [44_100, 48_000];
/// Fewer bits a second of MP3 and AAC are heard, per channel.
const LEAST_BPS: u64 = 40_000;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It cannot be published like this.
    Must,
    /// Readers or listeners will miss it.
    Should,
    /// Worth knowing.
    Know,
}

impl Weight {
    /// The word for it, in classes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Know => "know",
        }
    }

    /// The key of its name in the interface.
    pub fn key(self) -> &'static str {
        match self {
            Self::Must => "check-must",
            Self::Should => "check-should",
            Self::Know => "check-know",
        }
    }
}

/// Where it is mended if not in the editor: in the settings of the show.
pub const SHOW: &str = "";

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How much it matters.
    pub weight: Weight,
    /// One sentence: what it is and what to do.
    pub text: Message,
    /// The id of the part of the editor where it is mended, or [`SHOW`].
    pub place: &'static str,
}

impl Finding {
    fn new(weight: Weight, place: &'static str, text: Message) -> Self {
        Self {
            weight,
            text,
            place,
        }
    }
}

/// What became of asking for the page of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It is there.
    Good,
    /// It answered with this status, 400 or more.
    Status(u16),
    /// It did not answer, or not in time.
    Silent,
}

/// What is known of a post.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The working copy.
    pub content: &'a Content,
    /// Why the post cannot have the address that is wished for it.
    pub slug_fault: Option<Message>,
    /// Whether the show's cover is the one that was drawn from its title, since nobody gave one.
    pub has_drawn_cover: bool,
    /// The recording, if there is one.
    pub recording: Option<&'a Recording>,
    /// How loud it is; `None` until it was listened to.
    pub loudness: Option<Loudness>,
    /// Why it could not be listened to, if that was tried.
    pub unheard: Option<Message>,
    /// The sentences of the newest version and their times.
    pub counts: Counts,
    /// Whether the aligner is at work or will be.
    pub is_being_timed: bool,
    /// By their number in the list, from 0; those that were not asked are not in it.
    pub reached: &'a [(usize, Reached)],
}

/// All that was found, the weightiest first.
pub fn findings(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = faults(facts);
    found.extend(text(facts));
    found.extend(references(facts));
    if let Some(recording) = facts.recording {
        found.extend(file(recording));
        found.extend(times(facts));
    }
    found.extend(facts.loudness.iter().flat_map(loud));
    let unheard = facts.unheard.clone().into_iter();
    found.extend(unheard.map(|why| Finding::new(Weight::Should, "recording", why)));
    found.sort_by_key(|finding| finding.weight);
    found
}

/// What Publish would refuse.
fn faults(facts: &Facts<'_>) -> Vec<Finding> {
    let sound_ms = facts.recording.map(|r| r.duration_ms);
    let faults = facts.content.faults_for_public(sound_ms).0.into_iter();
    let slug = facts.slug_fault.clone().map(|fault| ("slug", fault));
    faults
        .chain(slug)
        .map(|(field, message)| Finding::new(Weight::Must, place_of(field), message))
        .collect()
}

fn place_of(field: &'static str) -> &'static str {
    match field {
        "title" => "f-title",
        "references" => "f-references",
        "slug" => "f-slug",
        "language" | "season_name" | "episode_display" | "cover_alt" => "details",
        "people" => "people",
        "soundbites" => "passages",
        _ => "more",
    }
}

fn text(facts: &Facts<'_>) -> Vec<Finding> {
    let content = facts.content;
    let mut found = Vec::new();
    let has_script = !content.script.trim().is_empty();
    let has_note = !content.note.trim().is_empty();
    if !has_script && !has_note && content.recording_id.is_none() {
        found.push(Finding::new(
            Weight::Must,
            "f-script",
            Message::new("check-nothing"),
        ));
    } else if !has_script {
        found.push(Finding::new(
            Weight::Should,
            "f-script",
            Message::new("check-no-script"),
        ));
    }
    if !has_note {
        found.push(Finding::new(
            Weight::Should,
            "f-note",
            Message::new("check-no-note"),
        ));
    }
    if content.cover_hash.is_none() && facts.has_drawn_cover {
        found.push(Finding::new(
            Weight::Should,
            SHOW,
            Message::new("check-no-cover"),
        ));
    }
    if content.cover_hash.is_some() && content.details.cover_alt.trim().is_empty() {
        found.push(Finding::new(
            Weight::Know,
            "details",
            Message::new("check-no-cover-alt"),
        ));
    }
    found
}

fn references(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, reached) in facts.reached {
        let Some(reference) = facts.content.references.get(*at) else {
            continue;
        };
        let name = if reference.title.is_empty() {
            &reference.url
        } else {
            &reference.title
        };
        let (weight, text) = match reached {
            Reached::Good => continue,
            // Some answer so to every program that is no browser.
            Reached::Status(status @ (401 | 403 | 429 | 999)) => (
                Weight::Know,
                Message::new("check-reference-refused")
                    .with("name", name)
                    .with("status", status),
            ),
            Reached::Status(status) => (
                Weight::Should,
                Message::new("check-reference-status")
                    .with("name", name)
                    .with("status", status),
            ),
            Reached::Silent => (
                Weight::Know,
                Message::new("check-reference-silent").with("name", name),
            ),
        };
        found.push(Finding::new(weight, "f-references", text));
    }
    found
}

fn file(recording: &Recording) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |weight, text: Message| found.push(Finding::new(weight, "recording", text));
    if !recording.present {
        say(Weight::Must, Message::new("admin-recording-missing"));
    }
    if let Some(key) = recording.apple_warning() {
        say(Weight::Should, Message::new(key));
    }
    if !COMMON_RATES_HZ.contains(&recording.sample_rate_hz) {
        let khz = f64::from(recording.sample_rate_hz) / 1000.0;
        say(Weight::Know, Message::new("check-rate").with("khz", khz));
    }
    if recording.channels > 2 {
        let text = Message::new("check-channels").with("channels", recording.channels);
        say(Weight::Should, text);
    }
    let least = LEAST_BPS * u64::from(recording.channels.max(1));
    if recording.apple_warning().is_none() && recording.bitrate_bps < least {
        let kbps = recording.bitrate_bps / 1000;
        let text = Message::new("check-bitrate").with("kbps", kbps);
        say(Weight::Know, text);
    }
    found
}

fn times(facts: &Facts<'_>) -> Option<Finding> {
    let counts = &facts.counts;
    let (weight, text) = if facts.is_being_timed {
        (Weight::Know, Message::new("check-being-timed"))
    } else if counts.sentences > 0 && counts.sure + counts.unsure == 0 {
        (Weight::Should, Message::new("check-not-timed"))
    } else if counts.unsure > 0 {
        let text = Message::new("check-unsure").with("count", counts.unsure);
        (Weight::Know, text)
    } else {
        return None;
    };
    Some(Finding::new(weight, "transcript", text))
}

/// `−16.2`: with a sign of its own length.
pub fn decibels(number: f32) -> String {
    // What rounds to nothing has no sign.
    let number = (number * 10.0).round() / 10.0 + 0.0;
    format!("{number:.1}").replace('-', "−")
}

fn loud(loudness: &Loudness) -> Vec<Finding> {
    let advised = |text: Message| Finding::new(Weight::Should, "recording", text);
    let Some(lufs) = loudness.integrated_lufs else {
        return vec![advised(Message::new("check-silent"))];
    };
    let mut found = Vec::new();
    if (lufs - LOUDNESS_LUFS).abs() > LOUDNESS_SLACK {
        let key = if lufs < LOUDNESS_LUFS {
            "check-quiet"
        } else {
            "check-loud"
        };
        let text = Message::new(key).with("lufs", decibels(lufs));
        found.push(advised(text));
    }
    if let Some(peak) = loudness.peak_dbfs.filter(|peak| *peak > CLIPPED_DBFS) {
        let text = Message::new("check-clipped").with("peak", decibels(peak));
        found.push(advised(text));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::posts::Reference;
    use crate::features::testing::recording;

    fn keys(found: &[Finding]) -> Vec<(Weight, &'static str)> {
        found.iter().map(|f| (f.weight, f.text.key)).collect()
    }

    fn facts(content: &Content) -> Facts<'_> {
        Facts {
            content,
            slug_fault: None,
            has_drawn_cover: false,
            recording: None,
            loudness: None,
            unheard: None,
            counts: Counts::default(),
            is_being_timed: false,
            reached: &[],
        }
    }

    fn whole() -> Content {
        Content {
            title: "첫눈".to_owned(),
            note: "메모".to_owned(),
            script: "첫 문장.".to_owned(),
            ..Content::default()
        }
    }

    #[test]
    fn a_whole_text_has_nothing_to_mend_and_an_empty_one_has() {
        assert_eq!(findings(&facts(&whole())), []);
        let empty = Content::default();
        let found = findings(&facts(&empty));
        let musts = [
            (Weight::Must, "error-title-required"),
            (Weight::Must, "check-nothing"),
            (Weight::Should, "check-no-note"),
        ];
        assert_eq!(keys(&found), musts);
        assert_eq!(found[0].place, "f-title");
    }

    #[test]
    fn references_that_are_gone_weigh_more_than_those_that_shut_the_door() {
        let reference = |title: &str| Reference {
            title: title.to_owned(),
            url: "https://paper.example/".to_owned(),
            ..Reference::default()
        };
        let content = Content {
            references: vec![
                reference("a"),
                reference(""),
                reference("c"),
                reference("d"),
            ],
            ..whole()
        };
        let reached = [
            (0, Reached::Status(403)),
            (1, Reached::Status(404)),
            (2, Reached::Silent),
            (3, Reached::Good),
            (9, Reached::Status(404)),
        ];
        let found = findings(&Facts {
            reached: &reached,
            ..facts(&content)
        });
        let expected = [
            (Weight::Should, "check-reference-status"),
            (Weight::Know, "check-reference-refused"),
            (Weight::Know, "check-reference-silent"),
        ];
        assert_eq!(keys(&found), expected);
        assert!(format!("{:?}", found[0].text).contains("paper.example"));
    }

    #[test]
    fn sound_that_apps_play_badly_is_told() {
        let content = whole();
        let recording = recording();
        let with = |lufs: Option<f32>, peak: Option<f32>| {
            let found = findings(&Facts {
                recording: Some(&recording),
                loudness: Some(Loudness {
                    integrated_lufs: lufs,
                    peak_dbfs: peak,
                }),
                ..facts(&content)
            });
            let found = found.iter().filter(|f| f.place == "recording");
            found.map(|f| f.text.key).collect::<Vec<_>>()
        };
        assert_eq!(with(Some(-16.9), Some(-1.5)), [""; 0]);
        assert_eq!(with(Some(-23.0), Some(-6.0)), ["check-quiet"]);
        assert_eq!(with(Some(-9.0), Some(0.2)), ["check-loud", "check-clipped"]);
        assert_eq!(with(None, None), ["check-silent"]);
    }

    #[test]
    fn what_cannot_be_decoded_is_told() {
        let content = whole();
        let recording = recording();
        let found = findings(&Facts {
            recording: Some(&recording),
            unheard: Some(Message::new("sound-damaged")),
            ..facts(&content)
        });
        assert_eq!(keys(&found), [(Weight::Should, "sound-damaged")]);
        assert_eq!(decibels(-16.04), "−16.0");
    }

    #[test]
    fn a_script_without_seconds_is_told_until_the_work_is_asked_for() {
        let content = whole();
        let recording = recording();
        let counts = Counts {
            sentences: 3,
            unknown: 3,
            ..Counts::default()
        };
        let base = Facts {
            recording: Some(&recording),
            counts,
            ..facts(&content)
        };
        assert_eq!(
            keys(&findings(&base)),
            [(Weight::Should, "check-not-timed")]
        );
        let working = Facts {
            is_being_timed: true,
            ..base
        };
        assert_eq!(
            keys(&findings(&working)),
            [(Weight::Know, "check-being-timed")]
        );
    }
}
