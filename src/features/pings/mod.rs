//! Telling the world that a show changed: a WebSub hub, and Podping.
//!
//! Invariants: nothing is sent unless the operator configured it and the site has a public
//! address; what is sent is a job, so that no author ever waits for it; the last result of each
//! kind is kept for every show, whatever became of the job.
mod jobs;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod views;

pub use jobs::{is_ping, jobs, late_jobs, run};
pub use model::is_public;
pub use views::{PingView, ShowPings, of_all, of_job, of_show};

use crate::state::AppState;

/// The WebSub hub that the feeds name, if the operator chose one.
pub fn hub(state: &AppState) -> Option<String> {
    state.config.websub_hub.clone()
}

/// Whether Podping really hears of changes: a token is there, and the world can reach the site.
pub fn uses_podping(state: &AppState) -> bool {
    state.config.podping.is_some() && model::is_public(&state.base_url)
}
