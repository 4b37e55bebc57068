//! The form of chapters: strings into the author's chapters.
use crate::features::posts::{position, position_text};
use crate::formats::chapters::Chapter;
use crate::kernel::text::line;
use crate::kernel::time::clock_length;
use crate::kernel::{FieldErrors, Message, Result};
use crate::web::form::FormData;

/// One ID3 table of contents holds no more (FEED 6.10), and apps show no more.
const MOST_CHAPTERS: usize = 255;
/// Longest title in characters.
const TITLE_CHARS: usize = 500;
/// Longest link in characters.
const LINK_CHARS: usize = 2_000;

/// Name of the list in faults.
pub const CHAPTERS: &str = "chapters";

/// A row as it was typed, or as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ChapterRow {
    /// `12:34.5` or seconds.
    pub start: String,
    /// Its name.
    pub title: String,
    /// `https`, or empty.
    pub link: String,
    /// Address of a picture, `https`, or empty.
    pub picture: String,
}

impl From<&Chapter> for ChapterRow {
    fn from(chapter: &Chapter) -> Self {
        Self {
            start: position_text(chapter.start_ms),
            title: chapter.title.clone(),
            link: chapter.link.clone(),
            picture: chapter.picture.clone(),
        }
    }
}

/// The rows of the form, word for word; those in which everything is empty are left out.
pub fn chapter_rows(form: &FormData) -> Vec<ChapterRow> {
    let rows = form.rows([
        "chapter_start",
        "chapter_title",
        "chapter_link",
        "chapter_picture",
    ]);
    let typed = rows.into_iter().map(|cells| {
        let [start, title, link, picture] = cells.map(|cell| cell.trim().to_owned());
        ChapterRow {
            start,
            title,
            link,
            picture,
        }
    });
    typed.filter(|row| *row != ChapterRow::default()).collect()
}

/// The chapters that the rows say, by their start, in a recording of this length.
///
/// # Errors
/// All faults of the list, each naming its row: a start that is none, that lies beyond the
/// recording or that another row has; a missing name; a link or a picture that is not `https`;
/// too many.
pub fn chapters(rows: &[ChapterRow], length_ms: u64) -> Result<Vec<Chapter>, FieldErrors> {
    let mut errors = FieldErrors::new();
    if rows.len() > MOST_CHAPTERS {
        let many = Message::new("error-chapters-many").with("most", MOST_CHAPTERS);
        return Err(FieldErrors::one(CHAPTERS, many));
    }
    let mut chapters: Vec<Chapter> = Vec::with_capacity(rows.len());
    for (n, row) in (1..).zip(rows) {
        match chapter(row, n, length_ms) {
            Ok(found) if chapters.iter().any(|c| c.start_ms == found.start_ms) => errors.add(
                CHAPTERS,
                Message::new("error-chapter-twice")
                    .with("row", n)
                    .with("start", &row.start),
            ),
            Ok(found) => chapters.push(found),
            Err(fault) => errors.add(CHAPTERS, fault),
        }
    }
    chapters.sort_by_key(|chapter| chapter.start_ms);
    if errors.is_empty() {
        Ok(chapters)
    } else {
        Err(errors)
    }
}

fn chapter(row: &ChapterRow, n: usize, length_ms: u64) -> Result<Chapter, Message> {
    let start_ms =
        position(&row.start).ok_or_else(|| Message::new("error-chapter-start").with("row", n))?;
    if start_ms >= length_ms {
        return Err(Message::new("error-chapter-end")
            .with("row", n)
            .with("start", position_text(start_ms))
            .with("length", clock_length(length_ms)));
    }
    let title = line(&row.title, TITLE_CHARS)?;
    if title.is_empty() {
        return Err(Message::new("error-chapter-title").with("row", n));
    }
    Ok(Chapter {
        start_ms,
        title,
        link: secure_or_none(&row.link, n, "error-chapter-link")?,
        picture: secure_or_none(&row.picture, n, "error-chapter-picture")?,
        ..Chapter::default()
    })
}

fn secure_or_none(typed: &str, row: usize, fault: &'static str) -> Result<String, Message> {
    let typed = line(typed, LINK_CHARS)?;
    if typed.is_empty() {
        return Ok(typed);
    }
    secure(&typed).ok_or_else(|| Message::new(fault).with("row", row).with("link", &typed))
}

/// An `https` address with a host, as it is stored.
fn secure(typed: &str) -> Option<String> {
    let typed = match typed.strip_prefix("www.") {
        Some(rest) => format!("https://www.{rest}"),
        None => typed.to_owned(),
    };
    let url = url::Url::parse(&typed).ok()?;
    (url.scheme() == "https" && url.has_host()).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(start: &str, title: &str, link: &str) -> ChapterRow {
        ChapterRow {
            start: start.into(),
            title: title.into(),
            link: link.into(),
            picture: String::new(),
        }
    }

    #[test]
    fn rows_become_chapters_in_order() {
        let rows = [
            ChapterRow {
                picture: "https://a.example/b.jpg".into(),
                ..row("1:30.5", "둘", "https://a.example/가")
            },
            row("0", "하나", ""),
        ];
        let found = chapters(&rows, 100_000).expect("good");
        assert_eq!((found[0].start_ms, found[1].start_ms), (0, 90_500));
        assert_eq!(found[1].link, "https://a.example/%EA%B0%80");
        let again = ChapterRow::from(&found[1]);
        assert_eq!(again.start, "1:30.5");
        assert_eq!(again.picture, "https://a.example/b.jpg");
        assert_eq!(chapters(&[], 1), Ok(Vec::new()));
    }

    #[test]
    fn every_fault_is_told() {
        let long = "가".repeat(TITLE_CHARS + 1);
        let rows = [
            row("x", "a", ""),
            row("100", "a", ""),
            row("1", "", ""),
            row("2", "a", "http://a.example"),
            row("3", "a", "javascript:alert(1)"),
            row("4", "a", ""),
            row("0:04", "b", ""),
            row("5", &long, ""),
            ChapterRow {
                picture: "data:image/png,".into(),
                ..row("6", "a", "")
            },
        ];
        let errors = chapters(&rows, 100_000).expect_err("faults").0;
        let keys: Vec<&str> = errors.iter().map(|(_, message)| message.key).collect();
        let (told, last) = keys.split_at(6);
        assert_eq!(
            told,
            [
                "error-chapter-start",
                "error-chapter-end",
                "error-chapter-title",
                "error-chapter-link",
                "error-chapter-link",
                "error-chapter-twice",
            ]
        );
        assert_eq!(last.len(), 2);
        assert_eq!(last[1], "error-chapter-picture");
        let many = vec![row("1", "a", ""); MOST_CHAPTERS + 1];
        let errors = chapters(&many, 100_000).expect_err("too many");
        assert_eq!(errors.0[0].1.key, "error-chapters-many");
    }
}
