//! Feeds.
#[cfg(test)]
pub mod tests;
