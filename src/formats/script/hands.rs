//! Sentences cut and joined by the author.
use super::model::Sentence;
use super::place::places;
use crate::kernel::ids::SentenceId;

/// Why a cut or a joint cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandError {
    /// There is no such sentence in this revision.
    #[error("no such sentence")]
    NoSuchSentence,
    /// There are no words on one side of the cut.
    #[error("nothing on one side of the cut")]
    NothingToCut,
    /// The next sentence belongs to another block, or there is none.
    #[error("no next sentence in this block")]
    NoNext,
}

/// Cuts a sentence after so many of its characters. The first part keeps the id, the second gets
/// the new one; both are the author's from now on.
///
/// # Errors
/// `NoSuchSentence`; `NothingToCut` if one part would have no words.
pub fn split(
    sentences: &mut Vec<Sentence>,
    id: &SentenceId,
    chars: usize,
    new_id: SentenceId,
) -> Result<(), HandError> {
    let at = position(sentences, id)?;
    let text = &sentences[at].text;
    let byte = text
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| at);
    let (first, second) = text.split_at(byte);
    let (first, second) = (first.trim().to_owned(), second.trim().to_owned());
    if first.is_empty() || second.is_empty() {
        return Err(HandError::NothingToCut);
    }
    sentences[at].text = first;
    sentences[at].by_hand = true;
    let second = Sentence {
        id: new_id,
        text: second,
        by_hand: true,
    };
    sentences.insert(at + 1, second);
    Ok(())
}

/// Joins a sentence with the next one of its block in the script. It keeps its id; that of the
/// next one is not used any more.
///
/// # Errors
/// `NoSuchSentence`; `NoNext`.
pub fn join(
    markdown: &str,
    sentences: &mut Vec<Sentence>,
    id: &SentenceId,
) -> Result<(), HandError> {
    let at = position(sentences, id)?;
    let blocks = super::blocks(markdown);
    let places = places(&blocks, sentences.iter().map(|s| s.text.as_str()));
    let (Some(Some(own)), Some(Some(next))) = (places.get(at), places.get(at + 1)) else {
        return Err(HandError::NoNext);
    };
    if own.block != next.block {
        return Err(HandError::NoNext);
    }
    let space = if own.span.end == next.span.start {
        ""
    } else {
        " "
    };
    let next = sentences.remove(at + 1);
    let own = &mut sentences[at];
    own.text = format!("{}{space}{}", own.text, next.text);
    own.by_hand = true;
    Ok(())
}

fn position(sentences: &[Sentence], id: &SentenceId) -> Result<usize, HandError> {
    let at = sentences.iter().position(|s| s.id == *id);
    at.ok_or(HandError::NoSuchSentence)
}
