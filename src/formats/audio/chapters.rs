//! Chapter marks of the tag formats, brought into one form.
use lofty::id3::v2::{Frame, Id3v2Tag};
use lofty::ogg::tag::VorbisComments;

use super::{Chapter, tags};

/// The most chapters kept.
const MAX_CHAPTERS: usize = 500;

/// Chapters of an ID3v2 tag (`CHAP` frames; their order is that of their starts).
pub(super) fn of_id3(tag: &Id3v2Tag) -> Vec<Chapter> {
    let frames = tag.into_iter().filter_map(|frame| match frame {
        Frame::Chapter(chapter) => Some(chapter),
        _ => None,
    });
    let chapters = frames.map(|frame| Chapter {
        start_ms: u64::from(frame.times.start),
        // All bits set: not known.
        end_ms: Some(u64::from(frame.times.end)).filter(|end| *end < u64::from(u32::MAX)),
        title: frame.title().unwrap_or_default().to_owned(),
    });
    chapters.take(MAX_CHAPTERS * 2).collect()
}

/// Chapters of Vorbis comments: `CHAPTER001=00:01:02.345` beside `CHAPTER001NAME=…`.
pub(super) fn of_vorbis(comments: &VorbisComments) -> Vec<Chapter> {
    let mut starts = Vec::new();
    let mut names = Vec::new();
    for (key, value) in comments.items().take(10_000) {
        let key = key.to_ascii_uppercase();
        let Some(rest) = key.strip_prefix("CHAPTER") else {
            continue;
        };
        match rest.strip_suffix("NAME") {
            Some(number) => names.push((number.to_owned(), value.to_owned())),
            None => starts.extend(clock_ms(value).map(|ms| (rest.to_owned(), ms))),
        }
        if starts.len() >= MAX_CHAPTERS * 2 {
            break;
        }
    }
    let name_of = |number: &str| {
        let named = names.iter().find(|(n, _)| n == number);
        named.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let chapters = starts.iter().map(|(number, start_ms)| Chapter {
        start_ms: *start_ms,
        end_ms: None,
        title: name_of(number),
    });
    chapters.collect()
}

/// `HH:MM:SS.mmm` (hours and the fraction may be missing) in milliseconds.
fn clock_ms(text: &str) -> Option<u64> {
    let (clock, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let mut seconds: u64 = 0;
    for (place, part) in clock.split(':').enumerate() {
        let part: u64 = part.parse().ok().filter(|part| *part < 100_000)?;
        (place < 3).then_some(())?;
        seconds = seconds * 60 + part;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(seconds * 1000 + digits.parse::<u64>().ok()?)
}

/// Chapters in order, one per start, within the recording, their titles cleaned.
pub(super) fn tidy(mut chapters: Vec<Chapter>, duration_ms: u64) -> Vec<Chapter> {
    chapters.retain(|chapter| chapter.start_ms < duration_ms);
    chapters.sort_by_key(|chapter| chapter.start_ms);
    chapters.dedup_by_key(|chapter| chapter.start_ms);
    chapters.truncate(MAX_CHAPTERS);
    for chapter in &mut chapters {
        chapter.title = tags::clean(&chapter.title).unwrap_or_default();
        chapter.end_ms = chapter
            .end_ms
            .filter(|end| *end > chapter.start_ms)
            .map(|end| end.min(duration_ms));
    }
    chapters
}

#[cfg(test)]
mod tests {
    use super::clock_ms;

    #[test]
    fn clocks() {
        assert_eq!(clock_ms("00:01:02.345"), Some(62_345));
        assert_eq!(clock_ms("1:02.5"), Some(62_500));
        assert_eq!(clock_ms("01:00:00"), Some(3_600_000));
        for bad in ["", "1:2:3:4", "a", "1:-2", "9999999999999999999", "1.x"] {
            assert_eq!(clock_ms(bad), None, "{bad}");
        }
    }
}
