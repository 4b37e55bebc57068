//! What begins posts.
use super::store::writing;
use crate::db::{Db, Tx};
use crate::features::audit::{self, Act};
use crate::kernel::ids::{PostId, ShowId, UserId, random_bytes, sha256_hex};
use crate::kernel::{Error, Message, Result};

/// An empty draft begun by this person: one that he began before and never touched, else a new one.
/// The same nonce gives the same draft.
pub async fn create(db: &Db, show: &ShowId, by: Option<&UserId>, nonce: &str) -> Result<PostId> {
    let mut tx = db.begin().await?;
    let untouched = match by {
        Some(who) => writing::take_untouched(&mut tx, show, who).await?,
        None => None,
    };
    let (id, is_new) = begin(&mut tx, show, by, (nonce, ""), untouched).await?;
    if let Some(who) = by.filter(|_| is_new) {
        audit::record_post(&mut tx, who, Act::PostCreated, &id).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Makes an empty draft inside a transaction; says whether it is new. The line in the log is the
/// caller's, who may know a title by then. A nonce is one person's for one show. `digest`: SHA-256
/// of the body that came with the nonce, empty where a nonce stands for nothing but itself.
///
/// # Errors
/// A fault of the field `idempotency-key` if another body came with this nonce before.
pub async fn create_in(
    tx: &mut Tx,
    show: &ShowId,
    by: Option<&UserId>,
    nonce: &str,
    digest: &str,
) -> Result<(PostId, bool)> {
    begin(tx, show, by, (nonce, digest), None).await
}

/// The same, where a draft that is there may stand for the new one.
async fn begin(
    tx: &mut Tx,
    show: &ShowId,
    by: Option<&UserId>,
    (nonce, digest): (&str, &str),
    there: Option<PostId>,
) -> Result<(PostId, bool)> {
    // What another person or another show calls so is something else.
    let whose = by.map_or("", UserId::as_str);
    let nonce = sha256_hex(format!("{whose}\n{show}\n{nonce}").as_bytes());
    let is_new = there.is_none();
    let id = there.unwrap_or_else(PostId::random);
    match writing::note_nonce(tx, &nonce, &id, digest).await? {
        None if is_new => {
            let guid = uuid::Builder::from_random_bytes(random_bytes())
                .into_uuid()
                .to_string();
            writing::insert(tx, &id, show, by, &guid).await?;
            Ok((id, true))
        }
        None => Ok((id, false)),
        // From before digests were kept, any body is the first one.
        Some((first, sent)) if sent.is_empty() || sent == digest => Ok((first, false)),
        Some(_) => Err(Error::field(
            "idempotency-key",
            Message::new("error-api-key-used"),
        )),
    }
}
