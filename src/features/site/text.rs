//! The script as a page shows it: each sentence at its address, with the seconds in which it is
//! heard; speech that the script does not have, between the sentences where it is heard.
use super::fill::Reader;
use super::views::ReferenceView;
use crate::features::posts::PublicPost;
use crate::formats::html::SafeHtml;
use crate::formats::script::{self, GapMark, Heard, Mark, MarkWords, NoteMark};
use crate::formats::transcript::{Gap, Line, Origin, Span, Times, Transcript};
use crate::kernel::language::UiLanguage;
use crate::kernel::time::clock_length;
use crate::kernel::urls;

/// The script on a page.
#[derive(Debug)]
pub(super) struct Text {
    pub html: SafeHtml,
    /// Whether it has sentences of which nobody is sure when they are heard.
    pub has_estimates: bool,
    /// Whether it has sentences that are not heard.
    pub has_unspoken: bool,
}

impl Reader {
    /// The language that links on the same page name.
    pub(super) fn named(&self) -> Option<UiLanguage> {
        self.explicit.then_some(self.ui.lang)
    }

    /// The script of a post, with the numbers of these references at their sentences. The
    /// transcript's lines are its sentences; times count where the post has a recording. Takes
    /// milliseconds.
    pub(super) fn text(
        &self,
        post: &PublicPost,
        transcript: &Transcript,
        references: &[ReferenceView],
    ) -> Text {
        let is_heard = post.recording.is_some();
        let lines = &transcript.lines;
        let mut marks: Vec<Mark> = lines.iter().map(|line| self.mark(line, is_heard)).collect();
        if is_heard {
            for gap in &transcript.gaps {
                let mark = self.gap(gap);
                match gap_place(lines, gap) {
                    Some(Place::After(at)) => marks[at].after.push(mark),
                    Some(Place::Before(at)) => marks[at].before.push(mark),
                    None => {}
                }
            }
        }
        for reference in references {
            let Some(at) = reference.sentence else {
                continue;
            };
            let number = reference.number;
            let words = self.ui.t1("site-reference-note", "number", number);
            marks[at].notes.push(NoteMark { number, words });
        }
        let words = MarkWords {
            here: self.ui.t("site-sentence-link"),
            about: self.ui.t("site-heard-about"),
            unspoken: self.ui.t("site-heard-never"),
            lang: self.lang_beside(&post.content.language),
        };
        let is = |kind: fn(&Heard) -> bool| marks.iter().any(|mark| kind(&mark.heard));
        Text {
            has_estimates: is(|heard| matches!(heard, Heard::About(_))),
            has_unspoken: is(|heard| *heard == Heard::Never),
            html: script::render_with_sentences(&post.content.script, &marks, &words),
        }
    }

    /// The interface's language, if it is not that of a text.
    fn lang_beside(&self, language: &str) -> Option<&'static str> {
        let code = self.ui.code();
        (language.split('-').next() != Some(code)).then_some(code)
    }

    fn mark<'a>(&self, line: &'a Line, is_heard: bool) -> Mark<'a> {
        Mark {
            id: &line.id,
            text: &line.text,
            href: Some(urls::sentence(self.named(), &line.id)),
            heard: if is_heard {
                heard(&line.times)
            } else {
                Heard::Untold
            },
            before: Vec::new(),
            notes: Vec::new(),
            after: Vec::new(),
        }
    }

    fn gap(&self, gap: &Gap) -> GapMark {
        let (start_ms, end_ms) = (gap.start_ms, gap.end_ms);
        let length = clock_length(end_ms.saturating_sub(start_ms).max(1000));
        GapMark {
            span: Span { start_ms, end_ms },
            href: urls::stretch(self.named(), start_ms, Some(end_ms), urls::PLAYER_PLACE),
            words: self.ui.t1("site-gap", "length", length),
        }
    }
}

/// When a sentence of an episode is heard.
pub(super) fn heard(times: &Times) -> Heard {
    match times {
        Times::Unknown => Heard::Untold,
        Times::NotSpoken(_) => Heard::Never,
        Times::At(timing) => {
            let span = Span {
                start_ms: timing.start_ms,
                end_ms: timing.end_ms,
            };
            if timing.is_sure() && timing.origin != Origin::Inferred {
                Heard::At(span)
            } else {
                Heard::About(span)
            }
        }
    }
}

/// Beside which line a gap stands.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    After(usize),
    Before(usize),
}

/// Behind the sentence that was heard last before the gap, else in front of the first one. It is
/// no part of a heading, so it moves to the next sentence that is none. `None` without lines.
fn gap_place(lines: &[Line], gap: &Gap) -> Option<Place> {
    let start = |line: &Line| line.times.timing().map(|t| t.start_ms);
    let before = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((start(line).filter(|ms| *ms <= gap.start_ms)?, at)))
        .max()
        .map(|(_, at)| at);
    match before {
        Some(at) if !lines[at].is_heading => Some(Place::After(at)),
        before => {
            let from = before.map_or(0, |at| at + 1);
            let text = |at: &usize| !lines[*at].is_heading;
            let next = (from..lines.len()).find(text).map(Place::Before);
            next.or_else(|| (0..from).rev().find(text).map(Place::After))
                .or_else(|| (!lines.is_empty()).then_some(Place::Before(0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::transcript::Timing;
    use crate::kernel::ids::{PostId, SentenceId};

    fn line(n: u32, is_heading: bool, start_ms: Option<u64>) -> Line {
        let post = PostId::from_db("abcdefghijkl".to_owned());
        Line {
            id: SentenceId::numbered(&post, n),
            block: 0,
            is_heading,
            speaker: None,
            text: String::new(),
            times: start_ms.map_or(Times::Unknown, |start_ms| {
                Times::At(Timing {
                    start_ms,
                    end_ms: start_ms + 500,
                    origin: Origin::Measured,
                    percent: 90,
                })
            }),
        }
    }

    #[test]
    fn gaps_stand_where_they_are_heard() {
        let at = |lines: &[Line], start_ms| {
            let end_ms = start_ms + 100;
            gap_place(lines, &Gap { start_ms, end_ms })
        };
        let lines = [
            line(0, false, Some(1000)),
            line(1, false, None),
            line(2, true, Some(2000)),
            line(3, false, Some(4000)),
            line(4, true, Some(6000)),
        ];
        for (start_ms, want) in [
            (0, Place::Before(0)),
            (1600, Place::After(0)),
            (2600, Place::Before(3)),
            (4600, Place::After(3)),
            (6600, Place::After(3)),
        ] {
            assert_eq!(at(&lines, start_ms), Some(want), "{start_ms}");
        }
        assert_eq!(at(&lines[2..3], 9000), Some(Place::Before(0)));
        assert_eq!(at(&[], 9000), None);
        // Spoken in another order than written.
        let mixed = [line(0, false, Some(5000)), line(1, false, Some(1000))];
        assert_eq!(at(&mixed, 2000), Some(Place::After(1)));
    }
}
