//! The parts of a piece: those of its recording, else the headings of its script.
use super::fill::Reader;
use super::views::ChapterView;
use crate::features::posts::PublicPost;
use crate::features::transcripts::{self, LEAST_CHAPTERS};
use crate::formats::transcript::Line;
use crate::kernel::time::{clock_length, seconds_text};
use crate::kernel::urls;

/// How far from its beginning a sentence still is where a part begins, in milliseconds.
const NEAR_MS: u64 = 2000;

impl Reader {
    /// The parts to jump to; none if there is only one.
    pub(super) fn chapters(&self, post: &PublicPost, lines: &[Line]) -> Vec<ChapterView> {
        let stored = post.recording.as_ref().map_or(&[][..], |r| &r.chapters);
        let chapters = transcripts::shown_chapters(stored, lines);
        let views: Vec<ChapterView> = if chapters.len() < LEAST_CHAPTERS {
            let is_heard = post.recording.is_some();
            let all = lines.iter().enumerate();
            all.filter(|(_, line)| line.is_heading)
                .map(|(at, line)| {
                    let start = is_heard
                        .then(|| transcripts::heading_start(&lines[at..]))
                        .flatten();
                    self.heading(line, start)
                })
                .collect()
        } else {
            let numbered = (1..).zip(&chapters);
            numbered
                .map(|(number, chapter)| {
                    self.chapter(number, chapter.start_ms, &chapter.title, lines)
                })
                .collect()
        };
        if views.len() < LEAST_CHAPTERS {
            return Vec::new();
        }
        views
    }

    /// A heading as a part, heard from there on, if anybody knows.
    fn heading(&self, line: &Line, start_ms: Option<u64>) -> ChapterView {
        let place = urls::sentence_place(&line.id);
        ChapterView {
            title: line.text.clone(),
            url: match start_ms {
                Some(ms) => urls::stretch(self.named(), ms, None, &place),
                None => place,
            },
            time: start_ms.map_or_else(String::new, clock_length),
            seconds: start_ms.map(seconds_text),
        }
    }

    fn chapter(&self, number: usize, start_ms: u64, title: &str, lines: &[Line]) -> ChapterView {
        let title = title.trim();
        let place = sentence_at(lines, start_ms).map(|line| urls::sentence_place(&line.id));
        let place = place.as_deref().unwrap_or(urls::PLAYER_PLACE);
        ChapterView {
            title: if title.is_empty() {
                self.ui.t1("site-chapter", "number", number)
            } else {
                title.to_owned()
            },
            url: urls::stretch(self.named(), start_ms, None, place),
            time: clock_length(start_ms),
            seconds: Some(seconds_text(start_ms)),
        }
    }
}

/// The sentence that begins there, a heading before others; else the one that is heard there.
fn sentence_at(lines: &[Line], ms: u64) -> Option<&Line> {
    let timed = || {
        lines
            .iter()
            .filter_map(|line| Some((line, line.times.timing()?)))
    };
    let begins = timed()
        .map(|(line, timing)| (timing.start_ms.abs_diff(ms), !line.is_heading, line))
        .filter(|(far, ..)| *far <= NEAR_MS)
        .min_by_key(|(far, is_text, _)| (*far, *is_text));
    let heard = || timed().find(|(_, timing)| timing.start_ms <= ms && ms < timing.end_ms);
    begins
        .map(|(.., line)| line)
        .or_else(|| heard().map(|(line, _)| line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::transcript::{Origin, Times, Timing};
    use crate::kernel::ids::{PostId, SentenceId};

    #[test]
    fn parts_begin_at_sentences() {
        let post = PostId::from_db("abcdefghijkl".to_owned());
        let line = |n: u32, is_heading, start_ms: u64, end_ms| Line {
            id: SentenceId::numbered(&post, n),
            block: 0,
            is_heading,
            speaker: None,
            text: String::new(),
            times: Times::At(Timing {
                start_ms,
                end_ms,
                origin: Origin::Measured,
                percent: 90,
            }),
        };
        let lines = [
            line(0, false, 0, 20_000),
            line(1, false, 30_000, 40_000),
            line(2, true, 30_000, 30_000),
        ];
        for (ms, want) in [
            (0, Some(0)),
            (10_000, Some(0)),
            (28_500, Some(2)),
            (25_000, None),
            (30_000, Some(2)),
            (39_000, Some(1)),
            (90_000, None),
        ] {
            let found = sentence_at(&lines, ms).map(|line| &line.id);
            assert_eq!(found, want.map(|at: usize| &lines[at].id), "{ms}");
        }
    }
}
