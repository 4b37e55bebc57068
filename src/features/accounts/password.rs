//! Hashing of passwords: argon2id, away from the threads that serve, few at a time (A2).
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::anyhow;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use super::model::PASSWORD_MOST_BYTES;
use crate::kernel::{Error, Result};
use crate::web::task::blocking;

/// Memory of one hash in KiB, passes over it, lanes (OWASP's least for argon2id; A2).
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// So many may wait for a hash; the next is told to come back.
const QUEUE: usize = 16;

static WAITING: AtomicUsize = AtomicUsize::new(0);

/// The hash of a password nobody has: verified against for unknown names, so that they take
/// as long as known ones.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let secret = crate::kernel::ids::random_base32::<32>();
    argon2()
        .hash_password(secret.as_bytes())
        .map(|h| h.to_string())
        .unwrap_or_default()
});

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

struct Place;

impl Place {
    fn take() -> Result<Self> {
        let place = Self;
        if WAITING.fetch_add(1, Ordering::SeqCst) >= QUEUE {
            return Err(Error::TooMany { retry_after_s: 5 });
        }
        Ok(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn in_turn<T: Send + 'static>(
    gate: &Semaphore,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let _place = Place::take()?;
    let _permit = gate
        .acquire()
        .await
        .map_err(|e| Error::Internal(e.into()))?;
    blocking(work).await
}

/// The PHC string to store.
pub async fn hash(gate: &Semaphore, password: String) -> Result<String> {
    in_turn(gate, move || {
        argon2()
            .hash_password(password.as_bytes())
            .map(|h| h.to_string())
            .map_err(|e| Error::Internal(anyhow!("hashing failed: {e}")))
    })
    .await
}

/// Whether the password is right. `None` as the stored hash (an unknown name) takes as long
/// and is wrong.
pub async fn verify(gate: &Semaphore, stored: Option<String>, password: String) -> Result<bool> {
    if password.len() > PASSWORD_MOST_BYTES {
        return Ok(false);
    }
    in_turn(gate, move || {
        let known = stored.is_some();
        // Made for known names too, so that the first login of all does not tell them apart.
        let nobody = NOBODY.clone();
        let stored = stored.unwrap_or(nobody);
        let parsed = PasswordHash::new(&stored)
            .map_err(|e| Error::Internal(anyhow!("a stored password hash is broken: {e}")))?;
        Ok(argon2()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
            && known)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn right_wrong_and_nobody() {
        let gate = Semaphore::new(2);
        let stored = hash(&gate, "correct horse battery".into())
            .await
            .expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            verify(&gate, Some(stored.clone()), "correct horse battery".into())
                .await
                .expect("ran")
        );
        assert!(
            !verify(&gate, Some(stored), "wrong".into())
                .await
                .expect("ran")
        );
        assert!(!verify(&gate, None, "anything".into()).await.expect("ran"));
    }
}
