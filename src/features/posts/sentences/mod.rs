//! The sentences of revisions: cut when a revision is frozen, with the ids of the revision before.
//!
//! A revision that was frozen before sentences had ids is cut when they are first wanted. One whose
//! script is that of another revision has the very sentences of that one, so that a version that
//! was brought back has its ids back.
use super::store::{sentences as store, writing};
use crate::db::{Db, Tx};
use crate::formats::script::{self, HandError, Sentence};
use crate::formats::transcript::Line;
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, RevisionId, SentenceId};
use crate::kernel::{Error, Message, Result};
use crate::web::task::blocking;

/// Gives the ids of a post, one after the other.
struct Giver {
    post: PostId,
    /// How many were given.
    given: i64,
}

impl Giver {
    fn next(&mut self) -> SentenceId {
        // The column starts at 0 and only rises; a post never comes near 2^30.
        let number = u32::try_from(self.given).unwrap_or(u32::MAX);
        self.given += 1;
        SentenceId::numbered(&self.post, number)
    }
}

/// The sentences of a revision, in reading order. If they were not cut yet, they are cut and
/// stored in this transaction.
///
/// # Errors
/// `NotFound` if the post has no such revision.
pub async fn sentences_in(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
) -> Result<Vec<Sentence>> {
    let found = store::find(tx.conn(), post, revision).await?;
    if let Some(sentences) = found.sentences {
        return Ok(sentences);
    }
    store::lock(tx, post).await?;
    // Somebody else may have cut it while this one waited.
    let found = store::find(tx.conn(), post, revision).await?;
    if let Some(sentences) = found.sentences {
        return Ok(sentences);
    }
    let (sentences, given) = cut(tx.conn(), post, &found).await?;
    store::set(tx, post, revision, &sentences, given).await?;
    Ok(sentences)
}

/// The same outside of a transaction. What cannot be stored now, because the disk is full, is cut
/// all the same and stored another time.
///
/// # Errors
/// `NotFound` if the post has no such revision.
pub async fn sentences_of(db: &Db, post: &PostId, revision: &RevisionId) -> Result<Vec<Sentence>> {
    let found = store::find(&mut *db.snapshot().await?, post, revision).await?;
    if let Some(sentences) = found.sentences {
        return Ok(sentences);
    }
    match cut_and_store(db, post, revision).await {
        Ok(sentences) => Ok(sentences),
        Err(error) => {
            tracing::warn!(%error, "sentences of a post could not be stored");
            let (sentences, _) = cut(&mut *db.snapshot().await?, post, &found).await?;
            Ok(sentences)
        }
    }
}

async fn cut_and_store(db: &Db, post: &PostId, revision: &RevisionId) -> Result<Vec<Sentence>> {
    let mut tx = db.begin().await?;
    let sentences = sentences_in(&mut tx, post, revision).await?;
    tx.commit().await?;
    Ok(sentences)
}

/// The sentences of what the public sees of a post.
///
/// # Errors
/// `NotFound` if the public sees nothing of it.
pub async fn public_sentences(db: &Db, post: &PostId) -> Result<Vec<Sentence>> {
    let (revision, sentences) = store::public(db, post).await?;
    match sentences {
        Some(sentences) => Ok(sentences),
        None => sentences_of(db, post, &revision).await,
    }
}

/// Whether a version of the same script would have the very sentences of this revision: they were
/// not cut otherwise by hand in a later one.
///
/// # Errors
/// `NotFound` if the post has no such revision.
pub async fn is_cut_alike(tx: &mut Tx, post: &PostId, revision: &RevisionId) -> Result<bool> {
    let own = sentences_in(tx, post, revision).await?;
    let found = store::find(tx.conn(), post, revision).await?;
    let newest = store::of_same_script(tx.conn(), post, &found.script).await?;
    Ok(newest.is_none_or(|newest| newest == own))
}

/// Cuts a revision: its sentences, and how many ids were given then.
async fn cut(
    conn: &mut sqlx::AnyConnection,
    post: &PostId,
    revision: &store::Cut,
) -> Result<(Vec<Sentence>, i64)> {
    let given = store::given(conn, post).await?;
    if let Some(same) = store::of_same_script(conn, post, &revision.script).await? {
        return Ok((same, given));
    }
    let mut around = store::around(conn, post, revision.number)
        .await?
        .into_iter();
    let base = around.next().unwrap_or_default();
    let lost: Vec<Sentence> = around.flatten().collect();
    carried(post, given, revision.script.clone(), base, lost).await
}

/// The sentences of a script with the ids of others; see [`script::carry`].
async fn carried(
    post: &PostId,
    given: i64,
    markdown: String,
    base: Vec<Sentence>,
    lost: Vec<Sentence>,
) -> Result<(Vec<Sentence>, i64)> {
    let mut giver = Giver {
        post: post.clone(),
        given,
    };
    blocking(move || {
        let pieces = script::cut(&markdown);
        let sentences = script::carry(&base, &lost, &pieces, || giver.next());
        Ok((sentences, giver.given))
    })
    .await
}

/// Replaces the sentences of a revision by others with the same words, cut elsewhere. Later
/// revisions follow as far as their words are the same, and the public sees it at once.
///
/// # Errors
/// `NotFound` if the post has no such revision.
pub async fn set_sentences(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    sentences: &[Sentence],
) -> Result<()> {
    store::lock(tx, post).await?;
    let given = store::given(tx.conn(), post).await?;
    replace(tx, post, revision, sentences, given).await
}

async fn replace(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    sentences: &[Sentence],
    mut given: i64,
) -> Result<()> {
    let own = writing::find_in(tx, post).await?;
    let found = store::find(tx.conn(), post, revision).await?;
    store::set(tx, post, revision, sentences, given).await?;
    let mut base = sentences.to_vec();
    for later in store::later(tx.conn(), post, found.number).await? {
        if later.script == found.script {
            base = sentences.to_vec();
        } else {
            let lost = later.sentences.unwrap_or_default();
            (base, given) = carried(post, given, later.script, base, lost).await?;
        }
        store::set(tx, post, &later.id, &base, given).await?;
    }
    if own.state.is_reachable() {
        tx.announce(Event::TranscriptChanged(own.show_id, post.clone()));
    }
    Ok(())
}

/// Cuts a sentence of a revision in two, after so many of its characters. The first part keeps the
/// id; gives that of the second.
///
/// # Errors
/// `NotFound` without such a sentence; `Conflict` if one part would have no words.
pub async fn split_sentence(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    sentence: &SentenceId,
    chars: usize,
) -> Result<SentenceId> {
    store::lock(tx, post).await?;
    let mut sentences = sentences_in(tx, post, revision).await?;
    let given = store::given(tx.conn(), post).await?;
    let mut giver = Giver {
        post: post.clone(),
        given,
    };
    let new_id = giver.next();
    script::split(&mut sentences, sentence, chars, new_id.clone()).map_err(by_hand)?;
    replace(tx, post, revision, &sentences, giver.given).await?;
    Ok(new_id)
}

/// Joins a sentence of a revision with the next one of its block; it keeps its id.
///
/// # Errors
/// `NotFound` without such a sentence; `Conflict` if no sentence of the same block follows.
pub async fn join_sentence(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    sentence: &SentenceId,
) -> Result<()> {
    store::lock(tx, post).await?;
    let mut sentences = sentences_in(tx, post, revision).await?;
    let found = store::find(tx.conn(), post, revision).await?;
    script::join(&found.script, &mut sentences, sentence).map_err(by_hand)?;
    set_sentences(tx, post, revision, &sentences).await
}

fn by_hand(error: HandError) -> Error {
    match error {
        HandError::NoSuchSentence => Error::NotFound,
        HandError::NothingToCut => Error::Conflict(Message::new("error-sentence-split")),
        HandError::NoNext => Error::Conflict(Message::new("error-sentence-join")),
    }
}

/// The sentences of a revision with block and speaker, as lines without times.
///
/// # Errors
/// `NotFound` if the post has no such revision.
pub async fn lines_in(tx: &mut Tx, post: &PostId, revision: &RevisionId) -> Result<Vec<Line>> {
    let sentences = sentences_in(tx, post, revision).await?;
    let found = store::find(tx.conn(), post, revision).await?;
    Ok(script::lines(&found.script, &sentences))
}

/// The lines of the newest revision; none before the first one.
pub async fn newest_lines(tx: &mut Tx, post: &PostId) -> Result<Vec<Line>> {
    match store::newest(tx.conn(), post).await? {
        Some(revision) => lines_in(tx, post, &revision).await,
        None => Ok(Vec::new()),
    }
}

/// The same outside of a transaction.
pub async fn newest_lines_of(db: &Db, post: &PostId) -> Result<Vec<Line>> {
    let mut snapshot = db.snapshot().await?;
    let Some(revision) = store::newest(&mut snapshot, post).await? else {
        return Ok(Vec::new());
    };
    let found = store::find(&mut snapshot, post, &revision).await?;
    drop(snapshot);
    let sentences = sentences_of(db, post, &revision).await?;
    Ok(script::lines(&found.script, &sentences))
}

/// The lines that a script would have as the next version, or has as the newest one: the very same
/// ones if nobody makes another version before. Stores nothing.
///
/// # Errors
/// `NotFound` if there is no such post.
pub async fn foreseen_lines(db: &Db, post: &PostId, markdown: &str) -> Result<Vec<Line>> {
    let mut snapshot = db.snapshot().await?;
    let next = store::Cut {
        id: RevisionId::from_db(String::new()),
        number: i64::MAX,
        script: markdown.to_owned(),
        sentences: None,
    };
    let (sentences, _) = cut(&mut snapshot, post, &next).await?;
    Ok(script::lines(markdown, &sentences))
}

/// The lines of what the public sees, or will see when due; none if there is no such revision.
///
/// # Errors
/// `NotFound` if there is no such post.
pub async fn public_lines(tx: &mut Tx, post: &PostId) -> Result<Vec<Line>> {
    match writing::find_in(tx, post).await?.public_revision_id {
        Some(revision) => lines_in(tx, post, &revision).await,
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests;
