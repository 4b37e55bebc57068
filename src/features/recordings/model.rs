//! What a recording is.
use crate::formats::audio::{AudioKind, AudioTags, Chapter};
use crate::kernel::Message;
use crate::kernel::ids::RecordingId;
use crate::kernel::text::clean_line;
use crate::kernel::time::{Instant, clock_length};

/// Longest file name kept for the author's eyes, in characters.
const NAME_CHARS: usize = 255;

/// How far two formats of one recording may differ in length, in milliseconds. Encoders add
/// silence at both ends; more is another recording.
const ALTERNATE_SLACK_MS: u64 = 2_000;
/// The same as a part of the first one's length, for long recordings: one in a hundred.
const ALTERNATE_SLACK_PART: u64 = 100;

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Given once.
    pub id: RecordingId,
    /// The file in the media store.
    pub media_hash: String,
    /// Length of the file.
    pub length_bytes: u64,
    /// Whether the file is in place; if not, the post has no recording for the public.
    pub present: bool,
    /// Container and codec.
    pub kind: AudioKind,
    /// Length in milliseconds, at least 1.
    pub duration_ms: u64,
    /// Mean bits per second of the sound.
    pub bitrate_bps: u64,
    /// Samples per second.
    pub sample_rate_hz: u32,
    /// Channels, at least 1.
    pub channels: u16,
    /// What the author's machine called it; to be shown to him, never to name anything (M2).
    pub original_name: String,
    /// What the file says of itself, without the picture.
    pub tags: AudioTags,
    /// A cover made of the file's picture.
    pub artwork_hash: Option<String>,
    /// When it came in.
    pub created_at: Instant,
}

/// What a file offers for the form; it never overwrites what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestions {
    /// One line.
    pub title: Option<String>,
    /// A cover.
    pub artwork_hash: Option<String>,
    /// By start.
    pub chapters: Vec<Chapter>,
}

impl Recording {
    /// What its tags offer.
    pub fn suggestions(&self) -> Suggestions {
        Suggestions {
            title: self.tags.title.clone(),
            artwork_hash: self.artwork_hash.clone(),
            chapters: self.tags.chapters.clone(),
        }
    }

    /// What a post without a title may be called after it: the title in its tags, else the name of
    /// its file made readable; `None` where neither says anything.
    pub fn proposed_title(&self) -> Option<String> {
        self.tags
            .title
            .clone()
            .or_else(|| readable(&self.original_name))
    }

    /// Key of the sentence for the author when Apple Podcasts would not take it.
    pub fn apple_warning(&self) -> Option<&'static str> {
        (!self.kind.apple_accepts()).then_some("audio-apple-warning")
    }

    /// Why a recording of this kind and length cannot stand beside this one as the same in a
    /// second format; `None` if it can. The two addresses differ by their endings alone, so
    /// the kinds must differ.
    pub fn alternate_fault(&self, kind: AudioKind, duration_ms: u64) -> Option<Message> {
        if kind == self.kind {
            let name = kind.as_str().to_uppercase();
            return Some(Message::new("error-alternate-kind").with("kind", name));
        }
        let slack_ms = ALTERNATE_SLACK_MS.max(self.duration_ms / ALTERNATE_SLACK_PART);
        (self.duration_ms.abs_diff(duration_ms) > slack_ms).then(|| {
            Message::new("error-alternate-length")
                .with("first", clock_length(self.duration_ms))
                .with("second", clock_length(duration_ms))
        })
    }
}

/// A file's name as the client says it, fit to be shown: the last piece of a path, one line.
pub(super) fn shown_name(raw: &str, kind: AudioKind) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let spaced: String = last
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let line: String = clean_line(&spaced)
        .unwrap_or_default()
        .chars()
        .take(NAME_CHARS)
        .collect();
    if line.is_empty() {
        format!("recording.{}", kind.extension())
    } else {
        line
    }
}

/// `2026-11-24_morning_talk.mp3` as `2026-11-24 morning talk`; `None` for what recorders call files
/// by themselves.
pub(super) fn readable(file_name: &str) -> Option<String> {
    const SAYS_NOTHING: [&str; 10] = [
        "audio",
        "rec",
        "recording",
        "new recording",
        "untitled",
        "voice",
        "녹음",
        "새 녹음",
        "음성",
        "제목 없음",
    ];
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem);
    // Hyphens stand for spaces where nothing else does, but in dates.
    let hyphens_are_spaces = !stem.contains([' ', '_']);
    let signs: Vec<char> = stem.chars().collect();
    let is_digit = |at: usize| signs.get(at).is_some_and(char::is_ascii_digit);
    let is_in_number = |at: usize| at > 0 && is_digit(at - 1) && is_digit(at + 1);
    let spaced = signs.iter().enumerate().map(|(n, c)| match c {
        '_' => ' ',
        '-' if hyphens_are_spaces && !is_in_number(n) => ' ',
        c => *c,
    });
    let title = clean_line(&spaced.collect::<String>()).ok()?;
    let words = title
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    let says_something =
        words.chars().any(char::is_alphabetic) && !SAYS_NOTHING.contains(&words.as_str());
    says_something.then_some(title)
}

/// `950 kB`, `48.2 MB`, `1.25 GB`: a length for people, in decimal units.
pub fn size_text(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => {
            let tenths = bytes / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
        _ => {
            let hundredths = bytes / 10_000_000;
            format!("{}.{:02} GB", hundredths / 100, hundredths % 100)
        }
    }
}
