//! The SQL of pings: what became of the last one of each kind.
use sqlx::Row;

use super::model::{Kind, Last, Outcome};
use crate::db::{Db, Tx};
use crate::kernel::Result;
use crate::kernel::ids::ShowId;
use crate::kernel::time::Instant;

/// Notes what became of a try, in place of the one before; nothing if the show is gone.
pub async fn note(tx: &mut Tx, show: &ShowId, kind: Kind, outcome: Outcome) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO pings (show_id, kind, at, succeeded, answer) \
         SELECT id, $2, $3, $4, $5 FROM shows WHERE id = $1 \
         ON CONFLICT (show_id, kind) DO UPDATE SET at = excluded.at, \
         succeeded = excluded.succeeded, answer = excluded.answer",
    )
    .bind(show.as_str())
    .bind(kind.code())
    .bind(now.0)
    .bind(i64::from(outcome.succeeded()))
    .bind(outcome.code())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The last try of a kind, by show.
pub async fn last(db: &Db, kind: Kind) -> Result<Vec<(String, Last)>> {
    let rows = sqlx::query("SELECT show_id, at, answer FROM pings WHERE kind = $1")
        .bind(kind.code())
        .fetch_all(db.read())
        .await?;
    rows.iter()
        .map(|row| {
            let last = Last {
                at: Instant(row.try_get("at")?),
                outcome: Outcome::parse(&row.try_get::<String, _>("answer")?),
            };
            Ok((row.try_get("show_id")?, last))
        })
        .collect()
}
