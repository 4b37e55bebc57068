//! The SQL of who may touch a post.
use sqlx::Row;

use crate::db::Db;
use crate::features::posts::model::PostState;
use crate::kernel::ids::{PostId, ShowId};
use crate::kernel::{Error, Result};

/// What it hangs on whether somebody may touch a post.
pub struct Belonging {
    /// Its show.
    pub show: ShowId,
    /// Its state.
    pub state: PostState,
    /// Whether it was ever public.
    pub ever_public: bool,
    /// The id of who began it, where that is known.
    pub created_by: Option<String>,
}

/// Reads it, or gives `NotFound`.
pub async fn belonging(db: &Db, id: &PostId) -> Result<Belonging> {
    let row =
        sqlx::query("SELECT show_id, state, first_public_at, created_by FROM posts WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(db.read())
            .await?
            .ok_or(Error::NotFound)?;
    let state: String = row.try_get("state")?;
    Ok(Belonging {
        show: ShowId::from_db(row.try_get("show_id")?),
        state: PostState::parse(&state).unwrap_or(PostState::Draft),
        ever_public: row.try_get::<Option<i64>, _>("first_public_at")?.is_some(),
        created_by: row.try_get("created_by")?,
    })
}
