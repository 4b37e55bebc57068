//! The file forms of a transcript: their names, their types, what each one needs.
use crate::formats::transcript::{self, Transcript};

/// A file form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// WebVTT.
    Vtt,
    /// SubRip.
    Srt,
    /// JSON of the podcast namespace.
    Json,
    /// HTML of the podcast namespace.
    Html,
    /// The words alone.
    Txt,
}

impl FileForm {
    /// In the order in which apps should prefer them (FEED 3).
    pub const ALL: [Self; 5] = [Self::Vtt, Self::Srt, Self::Json, Self::Html, Self::Txt];

    /// The ending of its address.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Vtt => "vtt",
            Self::Srt => "srt",
            Self::Json => "json",
            Self::Html => "html",
            Self::Txt => "txt",
        }
    }

    /// Reads an ending.
    pub fn parse(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }

    /// Its type, as feeds name it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Vtt => "text/vtt",
            Self::Srt => "application/x-subrip",
            Self::Json => "application/json",
            Self::Html => "text/html",
            Self::Txt => "text/plain",
        }
    }

    /// Its type, as answers name it.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Vtt => "text/vtt; charset=utf-8",
            Self::Srt => "application/x-subrip; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
        }
    }

    /// Whether it can be shown over the sound as it plays (`rel="captions"`).
    pub fn is_captions(self) -> bool {
        matches!(self, Self::Vtt | Self::Srt)
    }

    /// Whether it is there for a script whose sentences have times, or have none. Forms that are
    /// nothing without times are not.
    pub fn is_there(self, is_timed: bool) -> bool {
        is_timed || matches!(self, Self::Html | Self::Txt)
    }

    /// The file; `None` where it is not there: without words, or without times in a form that is
    /// nothing without them. Sentences that are not spoken are left out of those, and times that
    /// are not sure are in them like all others.
    pub fn write(self, transcript: &Transcript) -> Option<String> {
        let is_timed = is_timed(transcript);
        if transcript.lines.is_empty() || !self.is_there(is_timed) {
            return None;
        }
        Some(match self {
            Self::Vtt => transcript::to_vtt(transcript),
            Self::Srt => transcript::to_srt(transcript),
            Self::Json => transcript::to_json(transcript),
            Self::Html => transcript::to_html(transcript),
            Self::Txt => transcript::to_txt(transcript),
        })
    }
}

/// Whether any sentence has a time.
pub fn is_timed(transcript: &Transcript) -> bool {
    let mut lines = transcript.lines.iter();
    lines.any(|line| line.times.timing().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::transcript::{Line, Origin, Times, Timing};
    use crate::kernel::ids::SentenceId;

    #[test]
    fn forms_without_times_are_there_without_times() {
        let mut transcript = Transcript::default();
        for form in FileForm::ALL {
            assert_eq!(FileForm::parse(form.ending()), Some(form));
            assert!(form.content_type().starts_with(form.media_type()));
            assert_eq!(form.write(&transcript), None, "no words");
        }
        transcript.lines.push(Line {
            id: SentenceId::from_db("aaaaaa".to_owned()),
            block: 0,
            is_heading: false,
            speaker: None,
            text: "말".to_owned(),
            times: Times::NotSpoken(false),
        });
        let there = |transcript: &Transcript| FileForm::ALL.map(|f| f.write(transcript).is_some());
        assert_eq!(there(&transcript), [false, false, false, true, true]);
        transcript.lines[0].times = Times::At(Timing {
            start_ms: 1,
            end_ms: 2,
            origin: Origin::Measured,
            percent: 3,
        });
        assert_eq!(there(&transcript), [true; 5]);
        assert_eq!(FileForm::parse("exe"), None);
    }
}
