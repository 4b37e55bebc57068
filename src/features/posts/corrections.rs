//! Notes of correction: what readers are told of a change to a piece that was public already.
//!
//! A note hangs on the revision that holds the corrected text, and says what changed in plain
//! words, sentence by sentence, as it was when it was written. It is the author's to give, to
//! word and to take back; what is not public shows none.
use serde::{Deserialize, Serialize};

use super::access::not_from;
use super::actions::update_anyway;
use super::model::{Content, Post, Reference};
use super::store::{corrections, revisions, writing};
use crate::db::Tx;
use crate::formats::{diff, script};
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, RevisionId};
use crate::kernel::text::paragraphs;
use crate::kernel::time::Instant;
use crate::kernel::{Error, Message, Result};
use crate::web::task::blocking;

/// Longest remark in characters.
pub const REMARK_CHARS: usize = 2_000;

/// What readers are told of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When the corrected text became public.
    pub at: Instant,
    /// The author's words, plain text of several lines; may be empty if there are changes.
    pub remark: String,
    /// What changed, in the order of the page.
    pub changes: Vec<TextChange>,
}

/// A note and the version that it hangs on, for the author's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedCorrection {
    /// Number of the revision that holds the corrected text.
    pub number: i64,
    /// What readers are told.
    pub correction: Correction,
}

/// Where in a piece a change is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// In the title.
    Title,
    /// In the note to the reader.
    Note,
    /// In the script.
    #[default]
    Script,
    /// Among the references.
    Reference,
}

/// A sentence, a title or a reference that changed; plain text. One that only came has nothing
/// before, one that only went nothing after; one that moved has the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// Where.
    #[serde(default)]
    pub part: Part,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// What changed in the words that readers see. Different marks on the same words, as bold
/// letters are, count as nothing.
pub fn text_changes(old: &Content, new: &Content) -> Vec<TextChange> {
    let title = |c: &Content| vec![c.title.clone()];
    let references = |c: &Content| c.references.iter().map(reference).collect();
    let parts: [(Part, [Vec<String>; 2]); 4] = [
        (Part::Title, [title(old), title(new)]),
        (Part::Note, [sentences(&old.note), sentences(&new.note)]),
        (
            Part::Script,
            [sentences(&old.script), sentences(&new.script)],
        ),
        (Part::Reference, [references(old), references(new)]),
    ];
    let mut found = Vec::new();
    for (part, [before, after]) in &parts {
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let after: Vec<&str> = after.iter().map(String::as_str).collect();
        // A title is changed, never taken away for another.
        let changes = match (part, before.as_slice(), after.as_slice()) {
            (Part::Title, [before], [after]) if before != after => {
                vec![diff::Change { before, after }]
            }
            _ => diff::changes(&before, &after),
        };
        found.extend(changes.into_iter().map(|change| TextChange {
            part: *part,
            before: change.before.to_owned(),
            after: change.after.to_owned(),
        }));
    }
    found
}

/// The sentences of a Markdown text without its marks, with the name of who speaks where another
/// one begins to.
fn sentences(markdown: &str) -> Vec<String> {
    let mut before = None;
    let pieces = script::cut(markdown).into_iter();
    let told = pieces.map(|piece| {
        let begins = piece.speaker != before;
        before.clone_from(&piece.speaker);
        match piece.speaker.filter(|_| begins) {
            Some(name) => format!("{name}: {}", piece.text),
            None => piece.text,
        }
    });
    told.collect()
}

/// A reference in one line.
fn reference(reference: &Reference) -> String {
    let Reference {
        title,
        url,
        outlet,
        date,
        remark,
        passage: _,
        sentence: _,
    } = reference;
    let said = [outlet, date, title, url, remark];
    let said: Vec<&str> = said.iter().map(|s| s.as_str()).collect();
    let said: Vec<&str> = said.into_iter().filter(|s| !s.is_empty()).collect();
    said.join(" · ")
}

/// Reads a remark as typed.
///
/// # Errors
/// What is no text, or longer than [`REMARK_CHARS`].
pub fn read_remark(typed: &str) -> Result<String, Message> {
    Ok(paragraphs(typed, REMARK_CHARS)?.trim().to_owned())
}

/// Puts the working copy in the place of what the public sees, and tells readers what changed.
///
/// # Errors
/// A fault of the field `correction_remark` if no word changed and there is no remark; `Conflict` if
/// the post is not public.
pub async fn update_and_tell(tx: &mut Tx, id: &PostId, remark: &str) -> Result<Post> {
    let before = writing::find_in(tx, id).await?;
    let former = match before.public_revision_id {
        Some(revision) if before.state.is_reachable() => {
            revisions::content_by_id(tx, id, &revision).await?
        }
        _ => return Err(not_from(before.state)),
    };
    let post = update_anyway(tx, id).await?;
    let present = writing::working_copy_in(tx, id).await?.content;
    let revision = post
        .public_revision_id
        .clone()
        .ok_or_else(|| not_from(post.state))?;
    let at = tx.now();
    write(tx, id, &revision, at, remark, [former, present]).await?;
    Ok(post)
}

/// Tells readers afterwards what changed from one public version to a later one. A note that
/// hangs on the later one already is replaced.
///
/// # Errors
/// `NotFound` if there are no such versions; `Conflict` if they were not both public, or not
/// in this order; a fault of the field `correction_remark` if there is nothing to tell.
pub async fn tell_afterwards(
    tx: &mut Tx,
    id: &PostId,
    (from, to): (i64, i64),
    remark: &str,
) -> Result<()> {
    let post = writing::find_in(tx, id).await?;
    let (older, former) = revisions::find_in(tx, id, from).await?;
    let (newer, present) = revisions::find_in(tx, id, to).await?;
    if from >= to || !older.ever_public || !newer.ever_public {
        return Err(Error::Conflict(Message::new("error-correction-versions")));
    }
    let first = post.first_public_at.unwrap_or(newer.created_at);
    let at = newer.created_at.max(first);
    write(tx, id, &newer.id, at, remark, [former, present]).await?;
    changed(tx, &post);
    Ok(())
}

async fn write(
    tx: &mut Tx,
    id: &PostId,
    revision: &RevisionId,
    at: Instant,
    remark: &str,
    [former, present]: [Content; 2],
) -> Result<()> {
    // Long texts take a moment.
    let changes = blocking(move || Ok(text_changes(&former, &present))).await?;
    if changes.is_empty() && remark.is_empty() {
        return Err(Error::field(
            "correction_remark",
            Message::new("error-correction-empty"),
        ));
    }
    let correction = Correction {
        at,
        remark: remark.to_owned(),
        changes,
    };
    corrections::put(tx, id, revision, &correction).await
}

/// Words the remark of a note anew.
///
/// # Errors
/// `NotFound` if no note hangs on this version; a fault of the field `correction_remark` if
/// nothing would be left of it.
pub async fn reword_correction(tx: &mut Tx, id: &PostId, number: i64, remark: &str) -> Result<()> {
    let post = writing::find_in(tx, id).await?;
    let (revision, found) = corrections::find_in(tx, id, number).await?;
    if remark.is_empty() && found.changes.is_empty() {
        return Err(Error::field(
            "correction_remark",
            Message::new("error-correction-empty"),
        ));
    }
    let correction = Correction {
        remark: remark.to_owned(),
        ..found
    };
    corrections::put(tx, id, &revision, &correction).await?;
    changed(tx, &post);
    Ok(())
}

/// Takes a note back; readers are told nothing of this change any more.
///
/// # Errors
/// `NotFound` if no note hangs on this version.
pub async fn drop_correction(tx: &mut Tx, id: &PostId, number: i64) -> Result<()> {
    let post = writing::find_in(tx, id).await?;
    corrections::delete(tx, id, number).await?;
    changed(tx, &post);
    Ok(())
}

/// The public page says something else now, if there is one.
fn changed(tx: &mut Tx, post: &Post) {
    if post.state.is_reachable() {
        tx.announce(Event::PostUpdated(post.show_id.clone(), post.id.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_name_before_the_same_words_is_told() {
        let of = |script: &str| Content {
            script: script.to_owned(),
            ..Content::default()
        };
        let change = |before: &str, after: &str| TextChange {
            part: Part::Script,
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let before = of("**김:** 안녕하세요. 반갑습니다.\n\n**이:** 네.\n");
        let after = of("**박:** 안녕하세요. 반갑습니다.\n\n**이:** 네.\n");
        let told = [change("김: 안녕하세요.", "박: 안녕하세요.")];
        assert_eq!(text_changes(&before, &after), told);
        let none = of("안녕하세요. 반갑습니다.\n\n**이:** 네.\n");
        let told = [change("김: 안녕하세요.", "안녕하세요.")];
        assert_eq!(text_changes(&before, &none), told);
        assert_eq!(text_changes(&before, &before), []);
    }
}
