//! A Markdown file with what it says of itself in YAML above the text, between two lines of `---`, as
//! many programs for writing keep it.
use serde::Deserialize;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum FrontMatterError {
    /// The block has no end.
    #[error("the line --- that ends the front matter is missing")]
    Endless,
    /// It is no YAML, or says what is not known.
    #[error("{0}")]
    Broken(String),
}

/// What a file says of itself. All of it may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontMatter {
    /// Without it the text's first heading of the first level, which leaves the text.
    pub title: Option<String>,
    /// Address of the show; not needed where there is only one.
    pub show: Option<String>,
    /// Last piece of the post's address.
    pub slug: Option<String>,
    /// A few lines to the reader.
    pub note: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// From 1.
    pub season: Option<i64>,
    /// From 1.
    pub episode: Option<i64>,
    /// `full`, `trailer` or `bonus`.
    pub episode_type: Option<String>,
    /// Whether it holds explicit language.
    pub explicit: Option<bool>,
    /// What the piece rests on.
    pub references: Option<Vec<Reference>>,
    /// Name of the sound file, beside this one.
    pub audio: Option<String>,
    /// Name of the picture.
    pub cover: Option<String>,
    /// Name of a file with times.
    pub transcript: Option<String>,
    /// `now`, `draft`, or an instant of RFC 3339.
    pub publish: Option<String>,
}

/// Something the piece rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reference {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Who published it.
    pub outlet: String,
    /// When, as the author writes it.
    pub date: String,
    /// What the author says of it.
    pub remark: String,
    /// How the sentence begins that it belongs to.
    pub passage: String,
}

/// Parts a file into what it says of itself and its text. One that begins with no `---` is all text.
///
/// # Errors
/// A block without an end, and one that is not understood.
pub fn read(file: &str) -> Result<(FrontMatter, String), FrontMatterError> {
    let file = file
        .strip_prefix('\u{feff}')
        .unwrap_or(file)
        .replace("\r\n", "\n");
    let Some(rest) = file.strip_prefix("---\n") else {
        return Ok(titled(FrontMatter::default(), &file));
    };
    let (block, text) = if let Some(text) = rest.strip_prefix("---\n") {
        ("", text)
    } else if let Some(at) = rest.find("\n---\n") {
        (&rest[..=at], &rest[at + 5..])
    } else if let Some(block) = rest.strip_suffix("\n---") {
        (block, "")
    } else {
        return Err(FrontMatterError::Endless);
    };
    let told = if block.trim().is_empty() {
        FrontMatter::default()
    } else {
        serde_saphyr::from_str(block).map_err(|e| FrontMatterError::Broken(e.to_string()))?
    };
    Ok(titled(told, text))
}

/// Takes the title out of the text where the block has none.
fn titled(mut told: FrontMatter, text: &str) -> (FrontMatter, String) {
    let text = text.trim();
    if told.title.is_none()
        && let Some(rest) = text.strip_prefix("# ")
    {
        let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        told.title = Some(title.trim().to_owned());
        return (told, rest.trim().to_owned());
    }
    (told, text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_whole_file() {
        let file = "---\ntitle: \"아침: 논평\"\nshow: news\nseason: 2\nnote: |\n  첫 줄\n  둘째 줄\n\
                    references:\n  - title: 자료\n    url: https://example.org/a?b=c\n  - url: https://example.org/\n\
                    publish: 2026-12-01T07:00:00+09:00\n---\n\n첫 문장.\n\n---\n\n둘째 문장.\n";
        let (told, text) = read(file).expect("good");
        assert_eq!(told.title.as_deref(), Some("아침: 논평"));
        assert_eq!((told.show.as_deref(), told.season), (Some("news"), Some(2)));
        assert_eq!(told.note.as_deref(), Some("첫 줄\n둘째 줄\n"));
        let references = told.references.expect("two");
        assert_eq!(references[0].url, "https://example.org/a?b=c");
        assert_eq!(references.len(), 2);
        assert_eq!(told.publish.as_deref(), Some("2026-12-01T07:00:00+09:00"));
        assert_eq!(text, "첫 문장.\n\n---\n\n둘째 문장.");
    }

    #[test]
    fn files_without_a_block_and_with_an_odd_one() {
        let (told, text) = read("# 제목\r\n\r\n글.\r\n").expect("good");
        assert_eq!(
            (told.title.as_deref(), text.as_str()),
            (Some("제목"), "글.")
        );
        let (told, text) = read("## 작은 제목\n글.").expect("good");
        assert_eq!(
            (told, text.as_str()),
            (FrontMatter::default(), "## 작은 제목\n글.")
        );
        let (told, text) = read("---\n---\n글.").expect("good");
        assert_eq!((told, text.as_str()), (FrontMatter::default(), "글."));
        let (told, text) = read("---\ntitle: 글 없음\n---").expect("good");
        assert_eq!(
            (told.title.as_deref(), text.as_str()),
            (Some("글 없음"), "")
        );
        assert!(matches!(
            read("---\ntitle: a\n"),
            Err(FrontMatterError::Endless)
        ));
        for bad in [
            "titel: a",
            "title: [a",
            "season: one",
            "- a",
            "title: a\ntitle: b",
        ] {
            let file = format!("---\n{bad}\n---\ntext");
            assert!(
                matches!(read(&file), Err(FrontMatterError::Broken(_))),
                "{bad}"
            );
        }
    }

    proptest! {
        #[test]
        fn anything_is_read_or_refused(file in "(---\n)?\\PC{0,200}(\n---\n)?\\PC{0,50}") {
            let _ = read(&file);
        }

        #[test]
        fn a_quoted_title_comes_back(title in "[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{feff}\u{fffe}\u{ffff}\u{2028}\u{2029}\u{e000}-\u{f8ff}]{1,60}") {
            let quoted = serde_json::to_string(&title).expect("JSON");
            let (told, _) = read(&format!("---\ntitle: {quoted}\n---\n")).expect("good");
            prop_assert_eq!(told.title, Some(title));
        }
    }
}
