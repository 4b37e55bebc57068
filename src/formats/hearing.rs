//! What is kept of a recording that was listened to, and the two pieces of work on it that a
//! worker does: listening, and looking for sentences. Bytes in, bytes out: how they are written
//! is known here alone.
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::audio;
use super::ear::{self, Alignment, Asked, Heard, Known, Listener, Verdict};
use super::sound::{self, Sound, SoundError};
use super::transcript::{Gap, Times};

/// Begins what is kept; the digit is the version.
const KEPT: &[u8; 8] = b"daebonS1";
/// First byte of an answer.
const GOOD: u8 = 0;
const BAD: u8 = 1;

/// A file, or bytes in memory.
pub trait ReadSeek: Read + Seek + Send + Sync {}
impl<T: Read + Seek + Send + Sync> ReadSeek for T {}

/// Hears how far work is, in percent, and may stop it.
pub type Progress<'a> = &'a mut dyn FnMut(u8) -> ControlFlow<()>;

/// A recording that was listened to.
#[derive(Debug, Clone, PartialEq)]
pub struct Hearing {
    /// For the aligner.
    pub heard: Heard,
    /// For the eye, and for judging its loudness.
    pub sound: Sound,
}

impl Hearing {
    /// To be kept, and read by [`Hearing::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let facts = Sound {
            peaks: Vec::new(),
            ..self.sound.clone()
        };
        let mut bytes = KEPT.to_vec();
        push(&mut bytes, &json(&facts));
        push(&mut bytes, &self.sound.peaks);
        bytes.extend(self.heard.to_bytes());
        bytes
    }

    /// `None` for what [`Hearing::to_bytes`] of this version did not write.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (facts, rest) = pull(bytes.strip_prefix(KEPT)?)?;
        let (peaks, heard) = pull(rest)?;
        let facts: Sound = serde_json::from_slice(facts).ok()?;
        Some(Self {
            heard: Heard::from_bytes(heard)?,
            sound: Sound {
                peaks: peaks.to_vec(),
                ..facts
            },
        })
    }
}

/// The longest front of what is kept, in bytes: the outline of fifty hours.
const FRONT_BYTES: u32 = 4 << 20;

/// What was heard of a recording as a whole, from the front of what [`Hearing::to_bytes`] wrote: what
/// the aligner lives on stands behind it and is many times as long. `None` for anything else.
pub fn sound_of(kept: &mut impl Read) -> Option<Sound> {
    let mut begin = [0; KEPT.len()];
    kept.read_exact(&mut begin).ok()?;
    if begin != *KEPT {
        return None;
    }
    let facts = pull_from(kept)?;
    let peaks = pull_from(kept)?;
    let facts: Sound = serde_json::from_slice(&facts).ok()?;
    Some(Sound { peaks, ..facts })
}

/// The next part of what is kept.
fn pull_from(kept: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    kept.read_exact(&mut length).ok()?;
    let length = u32::from_le_bytes(length);
    if length > FRONT_BYTES {
        return None;
    }
    let mut part = vec![0; usize::try_from(length).ok()?];
    kept.read_exact(&mut part).ok()?;
    Some(part)
}

/// Nothing in a recording could be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deaf {
    /// Its coding is not decoded here.
    Unsupported,
    /// Its bytes are no sound.
    Damaged,
    /// It could not be read; the machine is to blame.
    Unread,
}

impl From<SoundError> for Deaf {
    fn from(error: SoundError) -> Self {
        match error {
            error if error.is_passing() => Self::Unread,
            SoundError::Unsupported(_) => Self::Unsupported,
            _ => Self::Damaged,
        }
    }
}

/// Listens to a recording from its beginning to its end. The answer is for [`hear_answer`].
pub fn hear(file: Box<dyn ReadSeek>, progress: Progress<'_>) -> Vec<u8> {
    match listen(file, progress) {
        Ok(hearing) => {
            let mut answer = vec![GOOD];
            answer.extend(hearing.to_bytes());
            answer
        }
        Err(error) => {
            let mut answer = vec![BAD];
            answer.extend(json(&Deaf::from(error)));
            answer
        }
    }
}

/// Listens to a recording from its beginning to its end, whatever kind it is of. Who stops it gets
/// what was heard until then.
///
/// # Errors
/// There is nothing to hear.
pub fn listen(mut file: Box<dyn ReadSeek>, progress: Progress<'_>) -> Result<Hearing, SoundError> {
    let length_bytes = file.seek(SeekFrom::End(0)).map_err(SoundError::Io)?;
    file.rewind().map_err(SoundError::Io)?;
    let info = audio::probe(&mut file, length_bytes)?;
    let mut listener = Listener::new();
    let mut samples: u64 = 0;
    let duration_ms = info.duration_ms.max(1);
    let sound = sound::listen(file, length_bytes, info.kind, &mut |block| {
        listener.push(block);
        samples += block.len() as u64;
        let heard_ms = samples * 1000 / u64::from(sound::RATE_HZ);
        progress(
            u8::try_from(heard_ms * 100 / duration_ms)
                .unwrap_or(100)
                .min(100),
        )
    })?;
    Ok(Hearing {
        heard: listener.finish(),
        sound,
    })
}

/// The bytes to keep out of an answer of [`hear`].
///
/// # Errors
/// It heard nothing; an answer that is none counts as damage.
pub fn hear_answer(mut answer: Vec<u8>) -> Result<Vec<u8>, Deaf> {
    match answer.first() {
        Some(&GOOD) if Hearing::from_bytes(&answer[1..]).is_some() => {
            answer.remove(0);
            Ok(answer)
        }
        Some(&BAD) => Err(serde_json::from_slice(&answer[1..]).unwrap_or(Deaf::Damaged)),
        _ => Err(Deaf::Damaged),
    }
}

/// A sentence on its way to the worker.
#[derive(Serialize, Deserialize)]
struct Sentence {
    text: String,
    language: String,
    /// Fixed here, in milliseconds.
    at: Option<(u64, u64)>,
    not_spoken: bool,
}

#[derive(Serialize, Deserialize)]
struct Question {
    sentences: Vec<Sentence>,
    span: Option<(u64, u64)>,
}

#[derive(Serialize, Deserialize)]
struct Answer {
    times: Vec<Times>,
    gaps: Vec<Gap>,
    verdict: u8,
}

const VERDICTS: [Verdict; 3] = [Verdict::Good, Verdict::Doubtful, Verdict::OtherScript];

/// The input of [`align`]: what is kept of a recording, the sentences, and the stretch of it in
/// which they are sought, in milliseconds.
pub fn align_input(kept: &[u8], asked: &[Asked], span: Option<(u64, u64)>) -> Vec<u8> {
    let sentence = |asked: &Asked| Sentence {
        text: asked.text.clone(),
        language: asked.language.clone(),
        at: match asked.known {
            Known::At { start_ms, end_ms } => Some((start_ms, end_ms)),
            _ => None,
        },
        not_spoken: asked.known == Known::NotSpoken,
    };
    let sentences = asked.iter().map(sentence).collect();
    let mut input = Vec::with_capacity(kept.len() + 256 * asked.len() + 64);
    push(&mut input, &json(&Question { sentences, span }));
    input.extend_from_slice(kept);
    input
}

/// Looks for sentences in what was heard. The answer is for [`align_answer`]; it is empty for
/// input that [`align_input`] did not make, and for work that was stopped.
pub fn align(mut input: Box<dyn ReadSeek>, progress: Progress<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if input.read_to_end(&mut bytes).is_err() {
        return Vec::new();
    }
    let Some((question, hearing)) = parted(&bytes) else {
        return Vec::new();
    };
    drop(bytes);
    let asked = question.sentences.into_iter().map(|sentence| Asked {
        text: sentence.text,
        language: sentence.language,
        known: match sentence.at {
            Some((start_ms, end_ms)) => Known::At { start_ms, end_ms },
            None if sentence.not_spoken => Known::NotSpoken,
            None => Known::Nothing,
        },
    });
    let asked: Vec<Asked> = asked.collect();
    let Ok(found) = ear::align(&hearing.heard, &asked, question.span, progress) else {
        return Vec::new();
    };
    let verdict = VERDICTS.iter().position(|v| *v == found.verdict);
    json(&Answer {
        times: found.times,
        gaps: found.gaps,
        verdict: verdict.and_then(|v| u8::try_from(v).ok()).unwrap_or(1),
    })
}

fn parted(bytes: &[u8]) -> Option<(Question, Hearing)> {
    let (question, kept) = pull(bytes)?;
    Some((
        serde_json::from_slice(question).ok()?,
        Hearing::from_bytes(kept)?,
    ))
}

/// What [`align`] found for so many sentences; `None` for what is no answer to that.
pub fn align_answer(answer: &[u8], sentences: usize) -> Option<Alignment> {
    let answer: Answer = serde_json::from_slice(answer).ok()?;
    let verdict = VERDICTS.get(usize::from(answer.verdict))?;
    (answer.times.len() == sentences).then_some(Alignment {
        times: answer.times,
        gaps: answer.gaps,
        verdict: *verdict,
    })
}

/// None of our own values fails to be written.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// A part behind its length.
fn push(bytes: &mut Vec<u8>, part: &[u8]) {
    let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
    bytes.extend(length.to_le_bytes());
    bytes.extend_from_slice(part);
}

/// The first part and what stands behind it.
fn pull(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn fixture() -> Vec<u8> {
        let name = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/audio/small.wav"
        );
        std::fs::read(name).expect("a fixture")
    }

    fn go_on() -> impl FnMut(u8) -> ControlFlow<()> {
        |_| ControlFlow::Continue(())
    }

    fn heard() -> Vec<u8> {
        let answer = hear(Box::new(Cursor::new(fixture())), &mut go_on());
        hear_answer(answer).expect("sound")
    }

    #[test]
    fn what_is_kept_reads_back() {
        let kept = heard();
        let hearing = Hearing::from_bytes(&kept).expect("kept");
        assert!(!hearing.sound.peaks.is_empty());
        assert_eq!(hearing.to_bytes(), kept);
        assert_eq!(sound_of(&mut kept.as_slice()), Some(hearing.sound));
        for cut in [0, 7, 12, kept.len() - 1] {
            assert_eq!(Hearing::from_bytes(&kept[..cut]), None, "{cut}");
        }
        for cut in [0, 7, 12] {
            assert_eq!(sound_of(&mut &kept[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn what_is_no_sound_is_said_to_be_none() {
        for bytes in [&b""[..], b"RIFF", b"no sound at all, only words"] {
            let answer = hear(Box::new(Cursor::new(bytes.to_vec())), &mut go_on());
            assert_eq!(hear_answer(answer), Err(Deaf::Damaged));
        }
        assert_eq!(hear_answer(Vec::new()), Err(Deaf::Damaged));
        assert_eq!(hear_answer(vec![GOOD, 1, 2]), Err(Deaf::Damaged));
    }

    #[test]
    fn a_question_is_answered_for_each_sentence() {
        let asked: Vec<Asked> = ["하나입니다.", "둘입니다."]
            .map(|text| Asked {
                text: text.to_owned(),
                language: "ko".to_owned(),
                known: Known::Nothing,
            })
            .to_vec();
        let input = align_input(&heard(), &asked, None);
        let answer = align(Box::new(Cursor::new(input)), &mut go_on());
        assert!(align_answer(&answer, 2).is_some());
        assert_eq!(align_answer(&answer, 3), None);
        let nothing = align(Box::new(Cursor::new(b"xx".to_vec())), &mut go_on());
        assert_eq!(align_answer(&nothing, 2), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Hearing::from_bytes(&bytes);
            let mut begun = KEPT.to_vec();
            begun.extend(&bytes);
            let _ = Hearing::from_bytes(&begun);
            let _ = sound_of(&mut begun.as_slice());
            prop_assert!(align_answer(&bytes, 1).is_none());
            let _ = hear_answer(bytes);
        }
    }
}
