//! Work that a client who hangs up neither cuts nor blocks (HARDENING D4).
use std::future::Future;
use std::pin::Pin;

use anyhow::anyhow;

use crate::kernel::{Error, Result};

/// Runs an action to its end in a task of its own and waits for it. When the client goes away
/// the waiting ends, the action does not.
pub async fn detached<T, F>(action: F) -> Result<T>
where
    F: Future<Output = Result<T>> + Send + 'static,
    T: Send + 'static,
{
    // Boxed: the machinery of a task is made once a result, not once an action.
    let action: Pin<Box<dyn Future<Output = Result<T>> + Send>> = Box::pin(action);
    match tokio::spawn(action).await {
        Ok(result) => result,
        Err(panic) => Err(Error::Internal(anyhow!("an action panicked: {panic}"))),
    }
}

/// Runs work that blocks (hashing, parsing, files) away from the threads that serve.
pub async fn blocking<T, F>(work: F) -> Result<T>
where
    F: FnOnce() -> Result<T> + Send + 'static,
    T: Send + 'static,
{
    let work: Box<dyn FnOnce() -> Result<T> + Send> = Box::new(work);
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(panic) => Err(Error::Internal(anyhow!("blocking work panicked: {panic}"))),
    }
}
