//! What an address of a card names, and the words of a passage. Pure.
use crate::formats::script::Sentence;
use crate::kernel::ids::{PostId, SentenceId};
use crate::kernel::urls;

/// A passage of more sentences has no card.
pub const MOST_SENTENCES: usize = 200;

/// What `/cards/…` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CardName {
    pub post: PostId,
    /// First and last sentence; `None` for the post itself.
    pub span: Option<(SentenceId, SentenceId)>,
}

impl CardName {
    /// Reads a path as it was sent: `/cards/{id}.png`, `/cards/{id}-{sid}.png` or
    /// `/cards/{id}-{sid}-{sid}.png`, and no other spelling (HARDENING V4).
    pub fn read(path: &str) -> Option<Self> {
        let name = path.strip_prefix("/cards/")?.strip_suffix(".png")?;
        let mut parts = name.split('-');
        let post = parts.next()?.parse().ok()?;
        let first: Option<SentenceId> = parts.next().map(str::parse).transpose().ok()?;
        let last: Option<SentenceId> = parts.next().map(str::parse).transpose().ok()?;
        let span = first.map(|first| (first.clone(), last.unwrap_or(first)));
        parts.next().is_none().then_some(Self { post, span })
    }

    /// The address that stands for all spellings of it.
    pub fn path(&self) -> String {
        match &self.span {
            None => urls::card(&self.post),
            Some((first, last)) => urls::quote_card(&self.post, first, last),
        }
    }
}

/// The words from one sentence to another; `None` if one is not there, if they stand the other
/// way round, or if it is more than [`MOST_SENTENCES`].
pub(super) fn passage(
    sentences: &[Sentence],
    first: &SentenceId,
    last: &SentenceId,
) -> Option<String> {
    let place = |id: &SentenceId| sentences.iter().position(|s| s.id == *id);
    let span = sentences.get(place(first)?..=place(last)?)?;
    let words: Vec<&str> = span.iter().map(|s| s.text.as_str()).collect();
    (words.len() <= MOST_SENTENCES && !words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let read = |name: &str| CardName::read(&format!("/cards/{name}"));
        let post: PostId = "abcdefghijkl".parse().expect("an id");
        let (a, b): (SentenceId, SentenceId) =
            ("aaaaaa".parse().unwrap(), "bbbbbb".parse().unwrap());
        for (name, span) in [
            ("abcdefghijkl.png", None),
            ("abcdefghijkl-aaaaaa.png", Some((a.clone(), a.clone()))),
            ("abcdefghijkl-aaaaaa-bbbbbb.png", Some((a, b))),
        ] {
            let found = read(name).expect("a card");
            assert_eq!(
                found,
                CardName {
                    post: post.clone(),
                    span
                }
            );
            assert_eq!(CardName::read(&found.path()), Some(found));
        }
        for other in [
            "",
            ".png",
            "abcdefghijkl",
            "abcdefghijkl.jpg",
            "abcdefghijkl-.png",
            "ABCDEFGHIJKL.png",
            "abcdefghijkl-aaaaa.png",
            "abcdefghijkl-aaaaaa-.png",
            "abcdefghijkl--aaaaaa.png",
            "abcdefghijkl-aaaaaa-bbbbbb-cccccc.png",
            "abcdefghijk%6C.png",
            "../abcdefghijkl.png",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn passages() {
        let post: PostId = "abcdefghijkl".parse().expect("an id");
        let id = |n: u32| SentenceId::numbered(&post, n);
        let sentence = |n: u32| Sentence {
            id: id(n),
            text: format!("{n}."),
            by_hand: false,
        };
        let all: Vec<Sentence> = (0..300).map(sentence).collect();
        let words = |first, last| passage(&all, &id(first), &id(last));
        assert_eq!(words(1, 1).as_deref(), Some("1."));
        assert_eq!(words(1, 3).as_deref(), Some("1. 2. 3."));
        assert_eq!(words(3, 1), None, "the other way round");
        assert_eq!(words(2, 1), None, "the other way round, side by side");
        assert_eq!(words(1, 300), None, "not there");
        assert!(words(0, 199).is_some());
        assert_eq!(words(0, 200), None, "too long");
    }
}
