//! Feeds.
#[cfg(test)]
pub mod tests;
pub mod handlers;
/// x
pub async fn keep_fresh(
    _state: crate::state::AppState,
    mut stop: tokio::sync::watch::Receiver<bool>,
) {
    let _ = stop.changed().await;
}
