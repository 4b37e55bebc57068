//! The jobs: which ones a change asks for, and what each one sends.
use std::time::Duration;

use anyhow::anyhow;
use http::header;
use url::Url;

use super::model::{self, Kind, Outcome};
use super::store;
use crate::config::{Config, Podping};
use crate::features::show::{self, Show};
use crate::jobs::Job;
use crate::kernel::events::NewJob;
use crate::kernel::ids::ShowId;
use crate::kernel::{Error, Result, urls};
use crate::ports::fetch::Request;
use crate::state::AppState;

/// Changes within so short a time, in milliseconds, are told together.
const TOGETHER_MS: i64 = 2_000;
/// The same for changes that come by the dozen and that nobody waits for.
const LATE_TOGETHER_MS: i64 = 5 * 60_000;
/// Tries after which nobody is told any more, until the next change: with the pauses of the
/// queue that is three days.
const MOST_TRIES: i64 = 80;
/// One request from beginning to end.
const TOTAL: Duration = Duration::from_secs(30);
/// Answers are looked at for their status alone.
const MOST_BYTES: usize = 64 << 10;

/// The jobs that follow when something public of a show changed: none unless configured.
pub fn jobs(config: &Config, show: &ShowId) -> Vec<NewJob> {
    jobs_after(config, show, TOGETHER_MS)
}

/// The same for a change that nobody waits for and that others like it will follow.
pub fn late_jobs(config: &Config, show: &ShowId) -> Vec<NewJob> {
    jobs_after(config, show, LATE_TOGETHER_MS)
}

fn jobs_after(config: &Config, show: &ShowId, after_ms: i64) -> Vec<NewJob> {
    let hub = config.websub_hub.is_some().then_some(Kind::WebSub);
    let podping = config.podping.is_some().then_some(Kind::Podping);
    let kinds = hub.into_iter().chain(podping);
    kinds
        .map(|kind| NewJob {
            kind: kind.job(),
            subject: show.to_string(),
            after_ms,
        })
        .collect()
}

/// Whether this module does the jobs of a kind.
pub fn is_ping(job_kind: &str) -> bool {
    Kind::of_job(job_kind).is_some()
}

/// Tells the one whom the job names, and notes what became of it.
///
/// # Errors
/// One that was not told, so that the queue tries again; after three days that ends.
pub async fn run(state: &AppState, job: &Job) -> Result<()> {
    let (Some(kind), Ok(id)) = (Kind::of_job(&job.kind), job.subject.parse::<ShowId>()) else {
        return Err(Error::Internal(anyhow!("no such ping: {}", job.kind)));
    };
    let show = match show::find(&state.db, &id).await {
        Err(Error::NotFound) => return Ok(()),
        found => found?,
    };
    let requests = requests(state, kind, &show)?;
    if requests.is_empty() {
        // Switched off since.
        return Ok(());
    }
    let outcome = if model::is_public(&state.base_url) {
        send(state, &requests).await
    } else {
        Outcome::NotPublic
    };
    let mut tx = state.db.begin().await?;
    store::note(&mut tx, &show.id, kind, outcome).await?;
    tx.commit().await?;
    let again = !outcome.succeeded() && outcome != Outcome::NotPublic;
    if again && job.attempts + 1 < MOST_TRIES {
        let what = outcome.code();
        return Err(Error::Internal(anyhow!(
            "{} was not told: {what}",
            kind.code()
        )));
    }
    Ok(())
}

/// One after the other, up to the first that fails.
async fn send(state: &AppState, requests: &[Request]) -> Outcome {
    let mut outcome = Outcome::Unreachable;
    for request in requests {
        outcome = match state.fetch.fetch(request).await {
            Ok(answer) => Outcome::Answered(answer.status.as_u16()),
            Err(_) => Outcome::Unreachable,
        };
        if !outcome.succeeded() {
            break;
        }
    }
    outcome
}

/// What is sent; nothing if the kind is not configured.
fn requests(state: &AppState, kind: Kind, show: &Show) -> Result<Vec<Request>> {
    match (kind, &state.config.websub_hub, &state.config.podping) {
        (Kind::WebSub, Some(hub), _) => {
            let address = show.address();
            let feeds = [
                urls::podcast_feed(address),
                urls::posts_feed(address),
                urls::posts_json(address),
            ];
            let feeds = feeds.iter().map(|path| state.base_url.join(path));
            Ok(feeds.map(|feed| to_hub(hub, &feed)).collect())
        }
        (Kind::Podping, _, Some(podping)) => {
            let feed = state.base_url.join(&urls::podcast_feed(show.address()));
            Ok(vec![to_podping(podping, &feed)?])
        }
        _ => Ok(Vec::new()),
    }
}

/// The specification leaves to hubs how they are told. All know a form of one feed a request;
/// some look for its address in `hub.url`, as in PubSubHubbub, others in `hub.topic`.
fn to_hub(hub: &str, feed: &str) -> Request {
    let form = [
        ("hub.mode", "publish"),
        ("hub.url", feed),
        ("hub.topic", feed),
    ];
    Request::post_form(hub, &form, MOST_BYTES, TOTAL).named_by_operator()
}

/// As <https://github.com/Podcastindex-org/podping.cloud> takes it.
fn to_podping(podping: &Podping, feed: &str) -> Result<Request> {
    let bad = || Error::Internal(anyhow!("Podping's address or token cannot be sent"));
    let mut url = Url::parse(&podping.url).map_err(|_| bad())?;
    url.query_pairs_mut()
        .append_pair("url", feed)
        .append_pair("reason", "update")
        .append_pair("medium", "podcast");
    let request = Request::get(url.as_str(), MOST_BYTES, TOTAL).named_by_operator();
    request
        .with_secret(header::AUTHORIZATION, &podping.token)
        .map_err(|_| bad())
}
