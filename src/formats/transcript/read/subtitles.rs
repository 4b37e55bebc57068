//! WebVTT, SRT and SBV: blocks of a line of times and lines of text.
//!
//! One reader, since files mix the habits of all three. A cue's text goes on to the next line of
//! times (in WebVTT to the next empty line), less a counter or name directly before that.
use super::draft::{Draft, RawCue};
use super::entities::Entities;
use super::inline::{Markup, Run, runs};
use super::lines::{Times, arrow, comma_times, is_broken_arrow, lines};
use super::{labels, rolling};
use crate::formats::transcript::timed::{Form, NotTimed};
use crate::formats::transcript::write::{BREAK, HEADING, JOINER};
use crate::formats::transcript::{names, spoken};

/// A cue's place in the lines of its file.
struct Block<'a> {
    /// Line of the times, from 1.
    line: usize,
    times: Times,
    name: Option<&'a str>,
    text: Vec<&'a str>,
}

/// Reads the file into the draft.
///
/// # Errors
/// [`NotTimed::NoCues`], [`NotTimed::TooManyCues`].
pub fn read(text: &str, form: Form, draft: &mut Draft) -> Result<(), NotTimed> {
    let lines: Vec<&str> = lines(text).collect();
    if form == Form::Vtt {
        head(&lines, draft);
    }
    let mut blocks = blocks(&lines, form, draft);
    let ends = sentence_ends(&mut blocks, form);
    let had_text: Vec<bool> = blocks.iter().map(|block| !block.text.is_empty()).collect();
    rolling::unroll(
        &mut blocks
            .iter_mut()
            .map(|block| &mut block.text)
            .collect::<Vec<_>>(),
        form,
    );
    let mut entities = Entities::default();
    let mut broken_off = false;
    let mut counters = Counters::default();
    let mut sentence: Option<String> = None;
    for (at, (block, had_text)) in blocks.iter().zip(had_text).enumerate() {
        if form == Form::Srt {
            counters.check(block, draft);
        }
        if had_text && block.text.is_empty() {
            continue;
        }
        let name = name(block, form, &mut sentence);
        let mark = ends.as_ref().map(|ends| ends[at]);
        let state = (&mut entities, &mut broken_off);
        push(block, form, name, mark, state, draft)?;
    }
    labels::part_from_text(draft, ends.is_some());
    Ok(())
}

/// What stands behind a block's words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The sentence goes on.
    Open,
    Sentence,
    Heading,
}

/// Takes away what our SRT writer put behind the words of a sentence; `None` in files of others.
fn sentence_ends(blocks: &mut [Block], form: Form) -> Option<Vec<End>> {
    let mut take = |block: &mut Block| {
        let Some(last) = block.text.iter_mut().rfind(|line| !line.trim().is_empty()) else {
            return End::Open;
        };
        let Some(words) = last.trim_end().strip_suffix(JOINER) else {
            return End::Open;
        };
        let heading = words.strip_suffix(JOINER);
        *last = heading.unwrap_or(words);
        if heading.is_some() {
            End::Heading
        } else {
            End::Sentence
        }
    };
    let ends: Vec<End> = match form {
        Form::Srt => blocks.iter_mut().map(&mut take).collect(),
        _ => return None,
    };
    ends.iter().any(|end| *end != End::Open).then_some(ends)
}

/// The first block of WebVTT: its signature, and headers that some writers put there.
fn head(lines: &[&str], draft: &mut Draft) {
    let first = lines
        .iter()
        .position(|line| line.contains("WEBVTT"))
        .unwrap_or(0);
    let signature = lines
        .get(first)
        .map_or("", |l| l.trim_start_matches(['\u{FEFF}', ' ']));
    let behind = signature.strip_prefix("WEBVTT").unwrap_or_default();
    if !behind.is_empty() && !behind.starts_with([' ', '\t']) {
        draft.warn_at(first + 1, "transcript-warning-signature");
    }
    let heads = lines
        .iter()
        .skip(first + 1)
        .take_while(|line| !line.trim().is_empty());
    draft.language = heads.filter_map(|line| language(line)).next();
}

/// `Language: ko`.
fn language(line: &str) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    (key.trim().eq_ignore_ascii_case("language") && !value.contains("-->"))
        .then(|| value.trim().to_owned())
}

fn blocks<'a>(lines: &[&'a str], form: Form, draft: &mut Draft) -> Vec<Block<'a>> {
    let times = |line: &str| match form {
        Form::Sbv => comma_times(line),
        _ => arrow(line),
    };
    let mut blocks: Vec<Block> = Vec::new();
    // Where the text of the block before may go on to.
    let mut open = false;
    let mut in_comment = false;
    let mut skipped: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        let broken = || {
            let is_comment = in_comment || (!open && line.starts_with("NOTE"));
            let is_one = form != Form::Sbv && !is_comment && is_broken_arrow(line);
            is_one.then_some(Times::default())
        };
        if let Some(times) = times(line).or_else(broken) {
            in_comment = false;
            let name = name_before(lines, at, form, blocks.last_mut());
            // A name was taken for stray text until its times came.
            if name.is_some() && skipped == Some(at - 1) {
                skipped = None;
            }
            if let Some(stray) = skipped.take() {
                draft.warn_at(stray + 1, "transcript-warning-stray");
            }
            blocks.push(Block {
                line: at + 1,
                times,
                name,
                text: Vec::new(),
            });
            open = true;
            continue;
        }
        let is_empty = line.trim().is_empty();
        if form == Form::Vtt {
            // A line of spaces is one of text: YouTube's are.
            if line.is_empty() {
                (open, in_comment) = (false, false);
            } else if !open && !in_comment {
                in_comment = ["NOTE", "STYLE", "REGION", "WEBVTT", "\u{FEFF}WEBVTT"]
                    .iter()
                    .any(|word| line.starts_with(word));
            }
            if in_comment && draft.language.is_none() && blocks.is_empty() {
                draft.language = language(line);
            }
        }
        match blocks.last_mut() {
            Some(block) if open => block.text.push(line),
            _ if is_empty || in_comment => {}
            _ => {
                skipped.get_or_insert(at);
            }
        }
    }
    if let Some(stray) = skipped {
        draft.warn_at(stray + 1, "transcript-warning-stray");
    }
    blocks
}

/// The name or counter in the line before line `at` of times; takes it from the text of the block
/// before, which it was thought to belong to.
fn name_before<'a>(
    lines: &[&'a str],
    at: usize,
    form: Form,
    before: Option<&mut Block<'a>>,
) -> Option<&'a str> {
    let name = lines.get(at.checked_sub(1)?)?;
    let above = at.checked_sub(2).and_then(|at| lines.get(at));
    let stands_alone = above.is_none_or(|above| above.trim().is_empty());
    let counts = !name.trim().is_empty() && name.trim().bytes().all(|b| b.is_ascii_digit());
    let is_name = match form {
        Form::Vtt => stands_alone && !name.trim().is_empty() && !name.starts_with("WEBVTT"),
        // Without an empty line before it a number may be what is said: unless it goes on.
        _ => {
            counts
                && (stands_alone
                    || before.as_ref().is_some_and(|b| {
                        let last = b.name.and_then(|n| n.parse::<u64>().ok());
                        last.is_some_and(|n| name.trim().parse() == Ok(n.wrapping_add(1)))
                    }))
        }
    };
    if !is_name {
        return None;
    }
    if let Some(block) = before
        && block.text.last() == Some(name)
    {
        block.text.pop();
    }
    Some(name.trim())
}

/// Says once where an SRT file's numbers go wrong: players pass that over, as we do.
#[derive(Default)]
struct Counters {
    last: Option<u64>,
    said: bool,
}

impl Counters {
    fn check(&mut self, block: &Block, draft: &mut Draft) {
        let number = block.name.and_then(|name| name.parse::<u64>().ok());
        let expected = self.last.map(|last| last.saturating_add(1));
        let good = match (expected, number) {
            (Some(expected), Some(number)) => number == expected,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        if !good && !self.said {
            self.said = true;
            draft.warn_at(block.line, "transcript-warning-counter");
        }
        self.last = number.or(expected);
    }
}

/// A cue's name: a sentence's id in our own WebVTT, where a cue without a name goes on with the
/// sentence before.
fn name(block: &Block, form: Form, sentence: &mut Option<String>) -> Option<String> {
    let name = block.name.filter(|_| form == Form::Vtt);
    if let Some(name) = name {
        *sentence = names::id(name).map(|id| id.to_string());
    }
    sentence.clone().or_else(|| name.map(str::to_owned))
}

fn push(
    block: &Block,
    form: Form,
    name: Option<String>,
    mark: Option<End>,
    (entities, broken_off): (&mut Entities, &mut bool),
    draft: &mut Draft,
) -> Result<(), NotTimed> {
    let markup = if form == Form::Vtt {
        Markup::Vtt
    } else {
        Markup::Srt
    };
    let text = block.text.join("\n");
    let is_heading = form == Form::Vtt && text.starts_with(HEADING);
    let mut runs = runs(&text, markup, entities);
    let is_own = mark.is_some() || name.as_deref().is_some_and(names::is_id);
    let breaks_off = is_own && mend_breaks(&mut runs);
    let is_joined = std::mem::replace(broken_off, breaks_off);
    let Some(start_ms) = block.times.start_ms else {
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        let speaker = runs.first().and_then(|run| run.speaker.clone());
        return draft.push_words(block.line, speaker, &text);
    };
    if block.times.end_ms.is_none() {
        draft.warn_at(block.line, "transcript-warning-end");
    }
    if runs.is_empty() {
        return draft.push(RawCue {
            line: block.line,
            start_ms: Some(start_ms),
            ..RawCue::default()
        });
    }
    // A subtitle with several voices is one cue for each, by the time that they take.
    let voices: Vec<_> = runs.chunk_by(|a, b| a.speaker == b.speaker).collect();
    let end_ms = block.times.end_ms.filter(|end| *end >= start_ms);
    let length = |runs: &[Run]| -> u64 {
        runs.iter()
            .map(|run| spoken::of_text(&run.text))
            .sum::<u64>()
            .max(1)
    };
    let whole: u64 = voices.iter().map(|runs| length(runs)).sum();
    let mut said = 0;
    for (part, runs) in voices.iter().enumerate() {
        let at = |said| match end_ms {
            Some(end_ms) => spoken::share_ms(start_ms, end_ms, said, whole),
            None => start_ms,
        };
        let start = if part == 0 { start_ms } else { at(said) };
        said += length(runs);
        let is_last = part + 1 == voices.len();
        let end = if is_last {
            block.times.end_ms
        } else {
            end_ms.map(|_| at(said))
        };
        let timed = runs.iter().any(|run| run.start_ms.is_some());
        let words = runs
            .iter()
            .filter(|_| timed)
            .map(|run| (run.start_ms.unwrap_or(start), None, run.text.clone()));
        draft.push(RawCue {
            line: block.line,
            start_ms: Some(start),
            end_ms: end,
            speaker: runs[0].speaker.clone(),
            text: runs.iter().map(|run| run.text.as_str()).collect(),
            words: words.collect(),
            name: name.clone(),
            ends_sentence: mark.map(|mark| is_last && mark != End::Open),
            is_heading: is_heading || mark == Some(End::Heading),
            is_joined: is_joined && part == 0,
            ..RawCue::default()
        })?;
    }
    Ok(())
}

/// Joins the words that our writers break between lines; tells whether the last one goes on in the
/// next cue.
fn mend_breaks(runs: &mut [Run]) -> bool {
    let last = runs.last_mut();
    let goes_on = last.is_some_and(|last| {
        let whole = last.text.trim_end().strip_suffix(BREAK).map(str::to_owned);
        let goes_on = whole.is_some();
        last.text = whole.unwrap_or_else(|| std::mem::take(&mut last.text));
        goes_on
    });
    let between_lines = [BREAK, '\n'].iter().collect::<String>();
    for run in runs {
        run.text = run.text.replace(&between_lines, "");
    }
    goes_on
}
