//! References and the sentences that they belong to.
//!
//! The author writes how the sentence begins. It is looked for when the text is saved, so that the
//! tie is to an id before the words change, and again when a version is frozen, whose sentences
//! may be new. The words are then those of the sentence. A reference whose sentence is gone stays,
//! tied to nothing, and keeps the words.
use super::model::Reference;
use super::sentences::sentences_in;
use super::store::sentences as store;
use super::store::{revisions, writing};
use crate::db::Tx;
use crate::formats::script::Sentence;
use crate::kernel::Result;
use crate::kernel::ids::{PostId, RevisionId, SentenceId};

/// So much of a sentence says which one it is, in characters.
const BEGINNING_CHARS: usize = 200;

/// The sentence that begins so, or else the first that holds these words; white space aside.
pub fn beginning<'a, Id>(
    words: &str,
    sentences: impl Iterator<Item = (&'a Id, &'a str)> + Clone,
) -> Option<&'a Id> {
    let words = squeezed(words);
    if words.is_empty() {
        return None;
    }
    let mut all = sentences.map(|(id, text)| (id, squeezed(text)));
    let mut holds = None;
    let begins = all.find(|(id, text)| {
        let place = text.find(&words);
        if place.is_some_and(|at| at > 0) {
            holds.get_or_insert(*id);
        }
        place == Some(0)
    });
    begins.map(|(id, _)| id).or(holds)
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Ties references to sentences. One that names a sentence which is there stays at it; `known` are
/// the references as they were before, whose ties hold while the words are the same.
fn tie(references: &mut [Reference], known: &[Reference], sentences: &[Sentence]) {
    for reference in references {
        if reference.passage.is_empty() {
            reference.sentence = None;
            continue;
        }
        let text = |id: &SentenceId| sentences.iter().find(|s| s.id == *id).map(|s| &s.text);
        let same = known.iter().filter(|k| k.passage == reference.passage);
        let before = same.filter_map(|k| k.sentence.as_ref());
        let own = reference.sentence.iter().chain(before);
        let kept = own.into_iter().find(|id| text(id).is_some());
        let all = sentences.iter().map(|s| (&s.id, s.text.as_str()));
        let found = kept.or_else(|| beginning(&reference.passage, all)).cloned();
        if let Some(text) = found.as_ref().and_then(text) {
            reference.passage = text.chars().take(BEGINNING_CHARS).collect();
            reference
                .passage
                .truncate(reference.passage.trim_end().len());
        }
        reference.sentence = found;
    }
}

fn are_tied(references: &[Reference]) -> bool {
    references.iter().any(|r| !r.passage.is_empty())
}

/// Ties what is about to be saved to the sentences of the newest version.
pub(super) async fn tie_saved(
    tx: &mut Tx,
    post: &PostId,
    references: &[Reference],
) -> Result<Vec<Reference>> {
    let mut tied = references.to_vec();
    if !are_tied(&tied) {
        return Ok(tied);
    }
    let known = writing::working_copy_in(tx, post).await?.content.references;
    let sentences = match store::newest(tx.conn(), post).await? {
        Some(revision) => sentences_in(tx, post, &revision).await?,
        None => Vec::new(),
    };
    tie(&mut tied, &known, &sentences);
    Ok(tied)
}

/// Ties the references of a version that was just frozen to its own sentences, and those of the
/// working copy alike.
pub(super) async fn tie_frozen(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    references: &[Reference],
    sentences: &[Sentence],
) -> Result<()> {
    let mut tied = references.to_vec();
    tie(&mut tied, &[], sentences);
    if tied != references {
        revisions::set_references(tx, post, revision, &tied).await?;
        writing::set_references(tx, post, &tied).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(n: u32, text: &str) -> Sentence {
        let post = PostId::from_db("abcdefghijkl".to_owned());
        Sentence {
            id: SentenceId::numbered(&post, n),
            text: text.to_owned(),
            by_hand: false,
        }
    }

    fn reference(passage: &str, sentence: Option<&Sentence>) -> Reference {
        Reference {
            title: "출처".to_owned(),
            passage: passage.to_owned(),
            sentence: sentence.map(|s| s.id.clone()),
            ..Reference::default()
        }
    }

    #[test]
    fn words_find_their_sentence() {
        let all = [
            sentence(0, "하나를 봅니다."),
            sentence(1, "둘을 봅니다."),
            sentence(2, "봅니다, 셋을."),
            sentence(3, "둘을 봅니다."),
        ];
        for (typed, want) in [
            ("하나를", Some(0)),
            ("둘을봅", Some(1)),
            ("봅니다", Some(2)),
            ("셋을", Some(2)),
            ("넷", None),
            (" ", None),
        ] {
            let mut one = [reference(typed, None)];
            tie(&mut one, &[], &all);
            let want = want.map(|at: usize| &all[at]);
            assert_eq!(one[0].sentence.as_ref(), want.map(|s| &s.id), "{typed}");
            let words = want.map_or(typed, |s| &s.text);
            assert_eq!(one[0].passage, words);
        }
    }

    #[test]
    fn ties_last_while_the_sentence_does() {
        let old = [sentence(0, "하나."), sentence(1, "둘."), sentence(2, "둘.")];
        // The same words stand twice: what was said before counts.
        let mut typed = [reference("둘.", None)];
        tie(&mut typed, &[reference("둘.", Some(&old[2]))], &old);
        assert_eq!(typed[0].sentence.as_ref(), Some(&old[2].id));
        // Other words, the same sentence.
        let new = [sentence(0, "하나."), sentence(2, "셋.")];
        tie(&mut typed, &[], &new);
        assert_eq!(typed, [reference("셋.", Some(&new[1]))]);
        // Gone: the reference stays and says where it stood.
        tie(&mut typed, &[], &new[..1]);
        assert_eq!(typed, [reference("셋.", None)]);
        // Taken away by the author.
        let mut none = [reference("", Some(&new[0]))];
        tie(&mut none, &[], &new);
        assert_eq!(none, [reference("", None)]);
        let long = sentence(4, &"가 ".repeat(500));
        let mut cut = [reference("가 가", None)];
        tie(&mut cut, &[], std::slice::from_ref(&long));
        assert!(cut[0].passage.chars().count() <= 200 && cut[0].sentence.is_some());
        let again = cut.clone();
        tie(&mut cut, &[], &[long]);
        assert_eq!(cut, again);
    }
}
