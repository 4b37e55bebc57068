//! Buttons of the editor that are not about the text. They belong to its form, so that what was
//! typed comes along, and is saved before anything else is done.
use crate::features::transcripts::Ask;

/// What such a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// Takes the files that were chosen; the one in this field at least.
    Upload(FileField),
    /// Takes the recording off, and its second format.
    RemoveRecording,
    /// Takes the second format off.
    RemoveAlternate,
    /// The show's picture again.
    RemoveCover,
    /// The picture in the recording's file.
    CoverOfRecording,
    /// Has the recording listened to once more.
    Listen,
    /// Work on the times.
    Work(Ask),
    /// The same once more, or now where it would be tried later.
    TryAgain,
    /// Takes in pasted text with times.
    ImportText,
    /// Whose chapters the recording has.
    Chapters(Whose),
    /// Makes a link to look at the post before it is public.
    NewPreviewLink,
    /// Takes one back.
    RevokePreviewLink(String),
    /// Brings a version back, by its number.
    RestoreVersion(i64),
}

/// A field of the editor that takes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileField {
    /// The recording.
    Recording,
    /// The same in a second format.
    Alternate,
    /// A picture of the post's own.
    Cover,
    /// Sentences with times.
    Transcript,
}

/// Chapters of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those that were typed.
    Own,
    /// Those that the script's headings give.
    Headings,
    /// Those in the file's tags.
    File,
}

impl FileField {
    /// In the order in which they are taken: a second format stands beside a first one.
    pub const ALL: [Self; 4] = [
        Self::Recording,
        Self::Alternate,
        Self::Cover,
        Self::Transcript,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Alternate => "alternate",
            Self::Cover => "cover",
            Self::Transcript => "transcript",
        }
    }

    /// The field of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == name)
    }
}

impl Beside {
    /// Reads the button's value; `None` for anything unknown.
    pub fn parse(value: &str) -> Option<Self> {
        if let Some(field) = value.strip_prefix("upload_") {
            return FileField::parse(field).map(Self::Upload);
        }
        if let Some(link) = value.strip_prefix("revoke_link:") {
            return Some(Self::RevokePreviewLink(link.to_owned()));
        }
        if let Some(number) = value.strip_prefix("restore_version:") {
            return number.parse().ok().map(Self::RestoreVersion);
        }
        Some(match value {
            "remove_recording" => Self::RemoveRecording,
            "remove_alternate" => Self::RemoveAlternate,
            "remove_cover" => Self::RemoveCover,
            "cover_of_recording" => Self::CoverOfRecording,
            "listen" => Self::Listen,
            "align" => Self::Work(Ask::Align),
            "align_anew" => Self::Work(Ask::AlignAnew),
            "transcribe" => Self::Work(Ask::Transcribe),
            "cancel_work" => Self::Work(Ask::Cancel),
            "go_on" => Self::Work(Ask::GoOn),
            "try_again" => Self::TryAgain,
            "import_text" => Self::ImportText,
            "chapters_own" => Self::Chapters(Whose::Own),
            "chapters_headings" => Self::Chapters(Whose::Headings),
            "chapters_file" => Self::Chapters(Whose::File),
            "preview_link" => Self::NewPreviewLink,
            _ => return None,
        })
    }

    /// The place of the page to come back to; its top if empty.
    pub fn place(&self) -> &'static str {
        match self {
            Self::Listen => "recording",
            Self::Work(_) | Self::TryAgain => "transcript",
            Self::Chapters(_) => "chapters",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_read() {
        let upload = Beside::parse("upload_cover");
        assert_eq!(upload, Some(Beside::Upload(FileField::Cover)));
        let link = Beside::parse("revoke_link:a:b");
        assert_eq!(link, Some(Beside::RevokePreviewLink("a:b".to_owned())));
        let version = Beside::parse("restore_version:12");
        assert_eq!(version, Some(Beside::RestoreVersion(12)));
        for word in ["upload_", "upload_x", "restore_version:x", "save", ""] {
            assert_eq!(Beside::parse(word), None, "{word}");
        }
    }
}
