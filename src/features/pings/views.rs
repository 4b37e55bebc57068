//! What the author reads of pings: when the world was told last, how it went, what comes next.
use super::model::{Kind, Last, Outcome};
use super::store;
use crate::features::show::{self, Show};
use crate::jobs::{self, Waiting};
use crate::kernel::Result;
use crate::kernel::time::{Instant, Zone};
use crate::state::AppState;
use crate::web::filters::human_date_time;
use crate::web::ui::Ui;

/// One way to tell the world, for one show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PingView {
    /// Its name.
    pub name: &'static str,
    /// What it is good for.
    pub purpose: String,
    /// What became of it, in sentences.
    pub lines: Vec<String>,
    /// Whether the author should know that it goes wrong.
    pub failing: bool,
}

/// The pings of a show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShowPings {
    /// The show's title; empty for what holds for all of them.
    pub show_title: String,
    /// One a kind.
    pub pings: Vec<PingView>,
}

/// The pings of one show, for its settings.
pub async fn of_show(state: &AppState, show: &Show, ui: Ui) -> Result<Vec<PingView>> {
    let mut views = Vec::new();
    for kind in Kind::ALL {
        views.push(Facts::read(state, kind).await?.view(show, ui));
    }
    Ok(views)
}

/// The pings of every show that are switched on, and one line for what is not.
pub async fn of_all(state: &AppState, ui: Ui) -> Result<Vec<ShowPings>> {
    let mut on = Vec::new();
    let mut off = Vec::new();
    for kind in Kind::ALL {
        let facts = Facts::read(state, kind).await?;
        if facts.is_on {
            on.push(facts);
        } else {
            off.push(off_view(kind, ui));
        }
    }
    let mut all = Vec::new();
    if !on.is_empty() {
        for show in show::list(&state.db).await? {
            all.push(ShowPings {
                pings: on.iter().map(|facts| facts.view(&show, ui)).collect(),
                show_title: show.draft.title,
            });
        }
    }
    if !off.is_empty() {
        all.push(ShowPings {
            show_title: String::new(),
            pings: off,
        });
    }
    Ok(all)
}

/// A job of this module in the words of a list of work: what it is called, and what became of the
/// last try, if it went wrong. `None` for jobs of others.
pub async fn of_job(
    state: &AppState,
    job_kind: &str,
    show: &Show,
    ui: Ui,
) -> Result<Option<(String, Option<String>)>> {
    let Some(kind) = Kind::of_job(job_kind) else {
        return Ok(None);
    };
    let last = store::last(&state.db, kind).await?;
    let last = last.into_iter().find(|(id, _)| id == show.id.as_str());
    let why = last
        .filter(|(_, last)| !last.outcome.succeeded())
        .map(|(_, last)| told(&last, &show.draft.time_zone, ui));
    let name = match kind {
        Kind::WebSub => ui.t("pings-websub-job"),
        Kind::Podping => ui.t("pings-podping-job"),
    };
    Ok(Some((name, why)))
}

/// What is known of a kind, for every show.
struct Facts {
    kind: Kind,
    is_on: bool,
    now: Instant,
    last: Vec<(String, Last)>,
    waiting: Vec<Waiting>,
}

impl Facts {
    async fn read(state: &AppState, kind: Kind) -> Result<Self> {
        let is_on = match kind {
            Kind::WebSub => state.config.websub_hub.is_some(),
            Kind::Podping => state.config.podping.is_some(),
        };
        let (mut last, mut waiting) = (Vec::new(), Vec::new());
        if is_on {
            last = store::last(&state.db, kind).await?;
            waiting = jobs::waiting(&state.db, kind.job()).await?;
        }
        Ok(Self {
            kind,
            is_on,
            now: state.clock.now(),
            last,
            waiting,
        })
    }

    fn view(&self, show: &Show, ui: Ui) -> PingView {
        if !self.is_on {
            return off_view(self.kind, ui);
        }
        let id = show.id.as_str();
        let last = self.last.iter().find(|(show, _)| show == id);
        let Some((_, last)) = last else {
            return view(self.kind, vec![ui.t("pings-never")], false, ui);
        };
        let zone = &show.draft.time_zone;
        let mut lines = vec![told(last, zone, ui)];
        let failing = !last.outcome.succeeded();
        if failing && last.outcome != Outcome::NotPublic {
            let job = self.waiting.iter().find(|job| job.subject == id);
            lines.push(match job {
                None => ui.t("pings-given-up"),
                Some(job) if job.run_at <= self.now => ui.t("pings-next-soon"),
                Some(job) => {
                    let when = human_date_time(job.run_at, zone, ui);
                    ui.t1("pings-next", "when", when)
                }
            });
        }
        view(self.kind, lines, failing, ui)
    }
}

/// When it was told last, and how it went.
fn told(last: &Last, zone: &Zone, ui: Ui) -> String {
    let when = human_date_time(last.at, zone, ui);
    match last.outcome {
        Outcome::NotPublic => ui.t("pings-not-public"),
        Outcome::Unreachable => ui.t1("pings-unreachable", "when", when),
        Outcome::Answered(status) if last.outcome.succeeded() => {
            ui.t2("pings-told", ("when", &when), ("status", &status))
        }
        Outcome::Answered(status) => ui.t2("pings-refused", ("when", &when), ("status", &status)),
    }
}

fn off_view(kind: Kind, ui: Ui) -> PingView {
    let how = match kind {
        Kind::WebSub => ui.t("pings-websub-off"),
        Kind::Podping => ui.t("pings-podping-off"),
    };
    view(kind, vec![how], false, ui)
}

fn view(kind: Kind, lines: Vec<String>, failing: bool, ui: Ui) -> PingView {
    let (name, purpose) = match kind {
        Kind::WebSub => ("WebSub", ui.t("pings-websub-purpose")),
        Kind::Podping => ("Podping", ui.t("pings-podping-purpose")),
    };
    PingView {
        name,
        purpose,
        lines,
        failing,
    }
}
