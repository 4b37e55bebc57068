//! The SQL of shows.
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, Row};

use super::details::ShowDetails;
use super::model::{Show, ShowAddress, ShowDraft, ShowType};
use crate::db::{Db, Tx};
use crate::kernel::ids::ShowId;
use crate::kernel::language::Language;
use crate::kernel::time::{Instant, Zone};
use crate::kernel::{Error, Message, Result};

fn read(row: &AnyRow) -> Result<Show> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name);
    Ok(Show {
        id: ShowId::from_db(text("id")?),
        draft: ShowDraft {
            address: ShowAddress::from_db(text("address")?),
            title: text("title")?,
            description: text("description")?,
            language: Language::from_db(text("language")?),
            time_zone: Zone::from_db(&text("time_zone")?),
            author: text("author")?,
            owner_email: text("owner_email")?,
            copyright: text("copyright")?,
            category: text("category")?,
            explicit: number("explicit")? != 0,
            locked: number("locked")? != 0,
            show_type: ShowType::parse(&text("show_type")?),
            details: read_details(&text("details")?),
        },
        cover_hash: text("cover_hash")?,
        podcast_guid: row.try_get("podcast_guid")?,
        revision: number("revision")?,
        changed_at: Instant(number("changed_at")?),
    })
}

/// A broken row must not take the show down: it has the defaults instead.
fn read_details(json: &str) -> ShowDetails {
    serde_json::from_str(json).unwrap_or_else(|error| {
        tracing::warn!(%error, "details of a show could not be read");
        ShowDetails::default()
    })
}

fn write_details(details: &ShowDetails) -> Result<String> {
    serde_json::to_string(details).map_err(|e| Error::Internal(e.into()))
}

/// Binds `$1` to the id, `$2` to `$14` to what the author says of a show, and `$15` to its cover.
fn bind_draft<'q>(
    query: Query<'q, Any, AnyArguments>,
    id: &'q ShowId,
    draft: &'q ShowDraft,
    cover_hash: &'q str,
) -> Result<Query<'q, Any, AnyArguments>> {
    Ok(query
        .bind(id.as_str())
        .bind(draft.address.as_str())
        .bind(draft.title.as_str())
        .bind(draft.description.as_str())
        .bind(draft.language.as_str())
        .bind(draft.time_zone.name())
        .bind(draft.author.as_str())
        .bind(draft.owner_email.as_str())
        .bind(draft.copyright.as_str())
        .bind(draft.category.as_str())
        .bind(i64::from(draft.explicit))
        .bind(i64::from(draft.locked))
        .bind(draft.show_type.as_str())
        .bind(write_details(&draft.details)?)
        .bind(cover_hash))
}

/// Every show, oldest first.
pub async fn list(db: &Db) -> Result<Vec<Show>> {
    let rows = sqlx::query("SELECT * FROM shows ORDER BY created_at, id")
        .fetch_all(db.read())
        .await?;
    rows.iter().map(read).collect()
}

/// The oldest show, which `/` shows if it is the only one.
pub async fn first(db: &Db) -> Result<Option<Show>> {
    let row = sqlx::query("SELECT * FROM shows ORDER BY created_at, id LIMIT 1")
        .fetch_optional(db.read())
        .await?;
    row.as_ref().map(read).transpose()
}

/// A show by its id, or `NotFound`.
pub async fn find(db: &Db, id: &ShowId) -> Result<Show> {
    let row = sqlx::query("SELECT * FROM shows WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(db.read())
        .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// The same within a snapshot or a transaction.
pub async fn find_in(conn: &mut AnyConnection, id: &ShowId) -> Result<Show> {
    let row = sqlx::query("SELECT * FROM shows WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// Whether a show ever had another address than now.
pub async fn has_moved(conn: &mut AnyConnection, id: &ShowId) -> Result<bool> {
    let row = sqlx::query("SELECT address FROM show_addresses WHERE show_id = $1 LIMIT 1")
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// A show by its present address, or `NotFound`.
pub async fn find_by_address(db: &Db, address: &str) -> Result<Show> {
    let row = sqlx::query("SELECT * FROM shows WHERE address = $1")
        .bind(address)
        .fetch_optional(db.read())
        .await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// The revision of every show.
pub async fn revisions(db: &Db) -> Result<Vec<(ShowId, i64)>> {
    let rows = sqlx::query("SELECT id, revision FROM shows")
        .fetch_all(db.read())
        .await?;
    rows.iter()
        .map(|r| Ok((ShowId::from_db(r.try_get(0)?), r.try_get(1)?)))
        .collect()
}

/// The present address of the show that once had this one.
pub async fn current_address(db: &Db, former: &str) -> Result<Option<String>> {
    let row = sqlx::query(
        "SELECT s.address FROM show_addresses f JOIN shows s ON s.id = f.show_id WHERE f.address = $1",
    )
    .bind(former)
    .fetch_optional(db.read())
    .await?;
    Ok(row.map(|r| r.try_get(0)).transpose()?)
}

/// Whether an address is or was another show's.
async fn is_taken(
    conn: &mut AnyConnection,
    address: &ShowAddress,
    except: Option<&ShowId>,
) -> Result<bool> {
    let except = except.map_or("", ShowId::as_str);
    let row = sqlx::query(
        "SELECT id FROM shows WHERE address = $1 AND id <> $2 \
         UNION SELECT show_id FROM show_addresses WHERE address = $1 AND show_id <> $2",
    )
    .bind(address.as_str())
    .bind(except)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

fn taken() -> Error {
    Error::field("address", Message::new("error-show-address-taken"))
}

/// Makes a show.
///
/// # Errors
/// A field error if the address is or was another show's.
pub async fn insert(tx: &mut Tx, draft: &ShowDraft, cover_hash: &str) -> Result<ShowId> {
    let (id, now) = (ShowId::random(), tx.now());
    if is_taken(tx.conn(), &draft.address, None).await? {
        return Err(taken());
    }
    let insert = sqlx::query(
        "INSERT INTO shows (id, address, title, description, language, time_zone, author, \
         owner_email, copyright, category, explicit, locked, show_type, details, cover_hash, changed_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)",
    );
    bind_draft(insert, &id, draft, cover_hash)?
        .bind(now.0)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// Changes what the author says of a show; a former address keeps leading here.
///
/// # Errors
/// A field error if the new address is or was another show's.
pub async fn update(tx: &mut Tx, show: &Show, draft: &ShowDraft, cover_hash: &str) -> Result<()> {
    if draft.address != show.draft.address {
        if is_taken(tx.conn(), &draft.address, Some(&show.id)).await? {
            return Err(taken());
        }
        sqlx::query("DELETE FROM show_addresses WHERE address = $1")
            .bind(draft.address.as_str())
            .execute(tx.conn())
            .await?;
        sqlx::query("INSERT INTO show_addresses (address, show_id) VALUES ($1, $2)")
            .bind(show.address())
            .bind(show.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    let update = sqlx::query(
        "UPDATE shows SET address = $2, title = $3, description = $4, language = $5, time_zone = $6, \
         author = $7, owner_email = $8, copyright = $9, category = $10, explicit = $11, locked = $12, \
         show_type = $13, details = $14, cover_hash = $15 WHERE id = $1",
    );
    bind_draft(update, &show.id, draft, cover_hash)?
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Gives a show another picture and leaves all else as it is.
pub async fn set_cover(tx: &mut Tx, id: &ShowId, cover_hash: &str) -> Result<()> {
    sqlx::query("UPDATE shows SET cover_hash = $1 WHERE id = $2")
        .bind(cover_hash)
        .bind(id.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Fixes `podcast:guid` the first time that the feed is served under a public address; later
/// calls change nothing.
pub async fn set_podcast_guid(tx: &mut Tx, id: &ShowId, guid: &str) -> Result<()> {
    sqlx::query("UPDATE shows SET podcast_guid = $1 WHERE id = $2 AND podcast_guid IS NULL")
        .bind(guid)
        .bind(id.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}
