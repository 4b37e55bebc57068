//! The SQL of the sentences that hang on revisions.
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::db::{Db, Tx};
use crate::formats::script::Sentence;
use crate::kernel::ids::{PostId, RevisionId};
use crate::kernel::{Error, Result};

/// The sentences of this many of the newest revisions are searched for one that comes back.
const REMEMBERED: i64 = 12;

/// A revision as far as its sentences are concerned.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The revision.
    pub id: RevisionId,
    /// Its number.
    pub number: i64,
    /// Its script.
    pub script: String,
    /// Its sentences, once they were cut.
    pub sentences: Option<Vec<Sentence>>,
}

fn read(row: &AnyRow) -> Result<Cut> {
    Ok(Cut {
        id: RevisionId::from_db(row.try_get("id")?),
        number: row.try_get("number")?,
        script: row.try_get("script")?,
        sentences: read_sentences(row.try_get("sentences")?),
    })
}

/// The column `sentences`. A broken one counts as not cut.
fn read_sentences(json: Option<String>) -> Option<Vec<Sentence>> {
    let read = serde_json::from_str(&json?);
    read.inspect_err(|error| tracing::warn!(%error, "sentences of a post could not be read"))
        .ok()
}

/// The sentences as the column holds them.
pub fn write_sentences(sentences: &[Sentence]) -> Result<String> {
    serde_json::to_string(sentences).map_err(|e| Error::Internal(e.into()))
}

/// A revision of a post, or `NotFound`.
pub async fn find(conn: &mut AnyConnection, post: &PostId, revision: &RevisionId) -> Result<Cut> {
    let row = sqlx::query(
        "SELECT id, number, script, sentences FROM post_revisions WHERE post_id = $1 AND id = $2",
    )
    .bind(post.as_str())
    .bind(revision.as_str())
    .fetch_optional(conn)
    .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// The id of a post's newest revision, if it has one.
pub async fn newest(conn: &mut AnyConnection, post: &PostId) -> Result<Option<RevisionId>> {
    let row = sqlx::query(
        "SELECT id FROM post_revisions WHERE post_id = $1 ORDER BY number DESC LIMIT 1",
    )
    .bind(post.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(row
        .map(|r| r.try_get(0))
        .transpose()?
        .map(RevisionId::from_db))
}

/// The sentences of the newest revision with the same script that has some.
pub async fn of_same_script(
    conn: &mut AnyConnection,
    post: &PostId,
    script: &str,
) -> Result<Option<Vec<Sentence>>> {
    let row = sqlx::query(
        "SELECT sentences FROM post_revisions WHERE post_id = $1 AND script = $2 \
         AND sentences IS NOT NULL ORDER BY number DESC LIMIT 1",
    )
    .bind(post.as_str())
    .bind(script)
    .fetch_optional(conn)
    .await?;
    Ok(read_sentences(row.map(|r| r.try_get(0)).transpose()?))
}

/// The sentences of other revisions that have some: the newest ones before this number, newest
/// first, then the oldest ones behind it, oldest first.
pub async fn around(
    conn: &mut AnyConnection,
    post: &PostId,
    number: i64,
) -> Result<Vec<Vec<Sentence>>> {
    let mut all = Vec::new();
    for sql in [
        "SELECT sentences FROM post_revisions WHERE post_id = $1 AND number < $2 \
         AND sentences IS NOT NULL ORDER BY number DESC LIMIT $3",
        "SELECT sentences FROM post_revisions WHERE post_id = $1 AND number > $2 \
         AND sentences IS NOT NULL ORDER BY number LIMIT $3",
    ] {
        let rows = sqlx::query(sql)
            .bind(post.as_str())
            .bind(number)
            .bind(REMEMBERED)
            .fetch_all(&mut *conn)
            .await?;
        for row in &rows {
            all.extend(read_sentences(row.try_get(0)?));
        }
    }
    Ok(all)
}

/// The revisions behind this number that have sentences, oldest first.
pub async fn later(conn: &mut AnyConnection, post: &PostId, number: i64) -> Result<Vec<Cut>> {
    let rows = sqlx::query(
        "SELECT id, number, script, sentences FROM post_revisions WHERE post_id = $1 \
         AND number > $2 AND sentences IS NOT NULL ORDER BY number",
    )
    .bind(post.as_str())
    .bind(number)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// How many ids the post has given.
pub async fn given(conn: &mut AnyConnection, post: &PostId) -> Result<i64> {
    let row = sqlx::query("SELECT sentences_given FROM posts WHERE id = $1")
        .bind(post.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.ok_or(Error::NotFound)?.try_get(0)?)
}

/// Keeps everybody else from giving ids of this post until the transaction ends.
pub async fn lock(tx: &mut Tx, post: &PostId) -> Result<()> {
    sqlx::query("UPDATE posts SET sentences_given = sentences_given WHERE id = $1")
        .bind(post.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Stores the sentences of a revision and how many ids the post has given by now.
pub async fn set(
    tx: &mut Tx,
    post: &PostId,
    revision: &RevisionId,
    sentences: &[Sentence],
    given: i64,
) -> Result<()> {
    sqlx::query("UPDATE post_revisions SET sentences = $3 WHERE post_id = $1 AND id = $2")
        .bind(post.as_str())
        .bind(revision.as_str())
        .bind(write_sentences(sentences)?)
        .execute(tx.conn())
        .await?;
    sqlx::query("UPDATE posts SET sentences_given = $2 WHERE id = $1")
        .bind(post.as_str())
        .bind(given)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The public revision of a reachable post and its sentences, if they were cut; `NotFound` for
/// one that is not reachable.
pub async fn public(db: &Db, post: &PostId) -> Result<(RevisionId, Option<Vec<Sentence>>)> {
    let row = sqlx::query("SELECT revision_id, sentences FROM reachable_transcripts WHERE id = $1")
        .bind(post.as_str())
        .fetch_optional(db.read())
        .await?
        .ok_or(Error::NotFound)?;
    let revision = RevisionId::from_db(row.try_get("revision_id")?);
    Ok((revision, read_sentences(row.try_get("sentences")?)))
}
