//! What a file with times holds, whatever form it came in.
use crate::kernel::Message;

/// The form a file was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// WebVTT (W3C), YouTube's captions among it.
    Vtt,
    /// SubRip.
    Srt,
    /// SubViewer, which YouTube exports.
    Sbv,
    /// The podcast namespace's JSON: `segments` with `body`.
    PodcastJson,
    /// What speech recognition writes: Whisper in its several dialects.
    WhisperJson,
    /// Podlove's `transcripts` and lists like it.
    PodloveJson,
    /// The podcast namespace's HTML: `cite`, `time`, `p`.
    Html,
    /// What Korean subtitles often are: `SYNC` and `P`.
    Sami,
    /// Lines of lyrics with their starts.
    Lrc,
    /// Timed Text (W3C), Apple Podcasts' among it.
    Ttml,
    /// Words without times.
    Plain,
}

impl Form {
    /// The name people know it by, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vtt => "WebVTT",
            Self::Srt => "SRT",
            Self::Sbv => "SBV",
            Self::PodcastJson => "Podcasting 2.0 JSON",
            Self::WhisperJson => "Whisper JSON",
            Self::PodloveJson => "Podlove JSON",
            Self::Html => "HTML",
            Self::Sami => "SAMI",
            Self::Lrc => "LRC",
            Self::Ttml => "TTML",
            Self::Plain => "TXT",
        }
    }
}

/// A stretch of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// In milliseconds from the start of the recording.
    pub start_ms: u64,
    /// Not before `start_ms`.
    pub end_ms: u64,
}

/// A word with its time, where the file knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// In milliseconds from the start of the recording.
    pub start_ms: u64,
    /// Not before `start_ms`.
    pub end_ms: u64,
    /// As it stands in the cue's text, without spaces around it.
    pub text: String,
}

/// A piece of a file: a subtitle, a segment, a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cue {
    /// When it is spoken; `None` in forms without times, and for words that are not spoken.
    pub span: Option<Span>,
    /// Who speaks, where the file says so: one line without invisible characters.
    pub speaker: Option<String>,
    /// Plain text, NFC, one line, white space folded; not empty. Never markup.
    pub text: String,
    /// Its words in order, where the file has times for them; else empty.
    pub words: Vec<Word>,
    /// The cue's identifier in the file (a sentence's id where the file is ours).
    pub name: Option<String>,
    /// Whether a sentence ends with it, where the file says so of every cue, as our own SRT does.
    pub ends_sentence: Option<bool>,
    /// Whether the file calls it a heading.
    pub is_heading: bool,
    /// Whether a paragraph starts here, by the file's own structure.
    pub starts_paragraph: bool,
    /// Whether it goes on with the word that the cue before it breaks off, without a space.
    pub is_joined: bool,
}

/// Something in the file that was mended or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Counted from 1; 0 where it concerns the whole file. For JSON the place in the list.
    pub line: usize,
    /// The sentence for the author; it names the line itself.
    pub message: Message,
}

/// A file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timed {
    /// By content.
    pub form: Form,
    /// In the order of time, and of the file where that says nothing; at least one.
    pub cues: Vec<Cue>,
    /// BCP 47, where the file says so.
    pub language: Option<String>,
    /// At most [`Timed::MAX_WARNINGS`], in the order of the file.
    pub warnings: Vec<Warning>,
}

impl Timed {
    /// The largest file read, in bytes.
    pub const MAX_BYTES: usize = 5 * 1024 * 1024;
    /// The most cues (and words with times) read.
    pub const MAX_CUES: usize = 200_000;
    /// The latest time read, in milliseconds: a thousand hours.
    pub const MAX_MS: u64 = 1000 * 3600 * 1000;
    /// The most warnings kept.
    pub const MAX_WARNINGS: usize = 50;

    /// Whether any cue has a time.
    pub fn has_times(&self) -> bool {
        self.cues.iter().any(|cue| cue.span.is_some())
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTimed {
    /// More than [`Timed::MAX_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// A picture, sound, a word processor's file: no text.
    #[error("not a text file")]
    NotText,
    /// A form with times that is not read, by its name.
    #[error("a file of {0}")]
    OtherForm(&'static str),
    /// It looks like JSON and is not.
    #[error("broken JSON in line {line}")]
    BrokenJson {
        /// Counted from 1.
        line: usize,
        /// Which entry of the list that is, counted from 1, where all stands on one line.
        entry: Option<usize>,
    },
    /// JSON that holds no transcript.
    #[error("JSON without a transcript")]
    OtherJson,
    /// JSON chapters, which have times but no words spoken.
    #[error("a file of chapters")]
    Chapters,
    /// A form with times in which no cue can be used.
    #[error("no usable cue")]
    NoCues,
    /// More than [`Timed::MAX_CUES`].
    #[error("too many cues")]
    TooManyCues,
    /// Words without times, where times are wanted.
    #[error("no times")]
    NoTimes,
    /// The words of another text than the script.
    #[error("another text")]
    OtherText,
}

impl NotTimed {
    /// The sentence for the author.
    pub fn message(&self) -> Message {
        match self {
            Self::TooLarge => {
                Message::new("transcript-too-large").with("mib", Timed::MAX_BYTES / 1024 / 1024)
            }
            Self::Empty => Message::new("transcript-empty"),
            Self::NotText => Message::new("transcript-not-text"),
            Self::OtherForm(form) => Message::new("transcript-other-form").with("form", form),
            Self::BrokenJson {
                entry: Some(entry), ..
            } => Message::new("transcript-broken-entry").with("line", entry),
            Self::BrokenJson { line, .. } => {
                Message::new("transcript-broken-json").with("line", line)
            }
            Self::OtherJson => Message::new("transcript-other-json"),
            Self::Chapters => Message::new("transcript-chapters"),
            Self::NoCues => Message::new("transcript-no-cues"),
            Self::TooManyCues => Message::new("transcript-too-many").with("max", Timed::MAX_CUES),
            Self::NoTimes => Message::new("transcript-no-times"),
            Self::OtherText => Message::new("transcript-other-text"),
        }
    }
}
