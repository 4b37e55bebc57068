//! Start and end of the server: recovery first (HARDENING D5), then the doors open.
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use super::{reactions, routes, schedule, serve};
use crate::config::Config;
use crate::features::{accounts, admin, demo, feed, media, posts, uploads};
use crate::jobs;
use crate::kernel::urls;
use crate::ports::clock::Clock;
use crate::state::AppState;

/// File descriptors wanted (HARDENING L1).
const DESCRIPTORS: u64 = 8_192;
/// From the signal to the forced end (D12).
const LAST_CALL: Duration = Duration::from_secs(15);

/// Runs the server until a signal ends it.
pub async fn run(mut config: Config) -> anyhow::Result<()> {
    raise_descriptors();
    let mut signals = Signals::listen()?;
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; choose another address with --listen",
            config.listen
        )
    })?;
    // Port 0 asks the system for a free one, which links and the host check must know.
    config.listen = listener.local_addr()?;
    let state = AppState::open(config, Clock::System, reactions::reactions).await?;
    prepare(&state).await?;
    announce(&state).await?;
    let (stop, stopped) = watch::channel(false);
    let workers = spawn_workers(&state, &stopped);
    let router = routes::router(state.clone());
    let server = tokio::spawn(serve::serve(state.clone(), listener, router, stopped));
    signals.wait().await;
    tracing::info!("stopping: connections may finish, new ones are refused");
    let _ = stop.send(true);
    let drained = async {
        let _ = server.await;
        for worker in workers {
            let _ = worker.await;
        }
        state.db.close().await;
    };
    tokio::select! {
        () = drained => tracing::info!("stopped"),
        () = tokio::time::sleep(LAST_CALL) => tracing::warn!("stopped although work was left"),
        () = signals.wait() => tracing::warn!("stopped at once"),
    }
    Ok(())
}

/// Recovery and first filling, before anybody is let in.
pub async fn prepare(state: &AppState) -> anyhow::Result<()> {
    // One bad row or file never stops the start (D5).
    if let Err(error) = uploads::recover(state).await {
        tracing::error!(%error, "uploads left over could not be looked at");
    }
    if let Err(error) = media::check_files(state).await {
        tracing::error!(%error, "the files could not be compared with the database");
    }
    if let Err(error) = jobs::recover(&state.db).await {
        tracing::error!(%error, "jobs that were under way could not be given back");
    }
    if let Some(episodes) = state.config.demo {
        demo::fill(state, episodes).await?;
    }
    if let Some((email, password)) = &state.config.admin {
        admin::create_first_account(state, email, password).await?;
    }
    if let Err(error) = posts::publish_due(&state.db).await {
        tracing::error!(%error, "scheduled posts could not be published");
    }
    Ok(())
}

fn spawn_workers(
    state: &AppState,
    stopped: &watch::Receiver<bool>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let jobs = jobs::work(
        state.db.clone(),
        reactions::handler(state.clone()),
        reactions::LONG,
        state.jobs_wake.clone(),
        stopped.clone(),
    );
    vec![
        tokio::spawn(jobs),
        tokio::spawn(schedule::publish_when_due(state.clone(), stopped.clone())),
        tokio::spawn(schedule::keep_house(state.clone(), stopped.clone())),
        tokio::spawn(schedule::follow_other_nodes(state.clone(), stopped.clone())),
        tokio::spawn(feed::keep_fresh(state.clone(), stopped.clone())),
    ]
}

/// Says where the site is and, on the first start, how to set it up.
async fn announce(state: &AppState) -> anyhow::Result<()> {
    let base = &state.base_url;
    tracing::info!(address = %state.config.listen, site = base.as_str(), "listening");
    if state.config.public_url.is_none() || base.is_loopback() {
        tracing::info!("plain http at a loopback address: cookies go without Secure and __Host-");
    }
    if let Some(token) = accounts::open_setup(&state.db).await? {
        let address = base.join(&urls::admin::setup(token.reveal()));
        println!("\nSet Daebon up here (good for one time):\n\n    {address}\n");
    } else {
        println!("\nDaebon is at {}\n", base.join("/"));
    }
    Ok(())
}

/// SIGTERM and SIGINT: the first one ends the server in order, the second at once (D12).
/// Listened for before anything is opened: one that comes early ends the server in order, too.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> anyhow::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

fn raise_descriptors() {
    let now = getrlimit(Resource::Nofile);
    let wanted = now
        .maximum
        .map_or(DESCRIPTORS, |most| most.min(DESCRIPTORS));
    if now.current.is_some_and(|n| n < wanted) {
        let limit = Rlimit {
            current: Some(wanted),
            maximum: now.maximum,
        };
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!(%error, "the limit on open files could not be raised");
        }
    }
}

/// The address on which a test's server listens: any free port of this machine.
pub const ANY_PORT: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);
