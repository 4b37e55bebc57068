//! The command line: `daebon` serves, `daebon user` mends an account, `daebon align` times a script.
use std::io::{BufRead, IsTerminal};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{CommandFactory, Parser, Subcommand};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::app::{align, publish, start, worker};
use crate::config::{self, Settings};
use crate::db::{Db, Hooks, OpenOptions};
use crate::features::accounts::{self, Password};
use crate::kernel::language::UiLanguage;
use crate::ports::clock::Clock;
use crate::ports::disk;
use crate::web::ui::Ui;

/// A self-hosted publishing server for people who write first and then speak.
#[derive(Debug, Parser)]
#[command(name = "daebon", version, args_conflicts_with_subcommands = false)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (also without naming it)
    Serve,
    /// Accounts: set a new password
    User {
        #[command(subcommand)]
        action: UserAction,
    },
    /// Find the sentences of a script in the recording of it; needs no server
    Align(align::AlignArgs),
    /// Send a script, and the recording beside it, to a server as a post
    Publish(publish::PublishArgs),
    /// Started by the server itself: one piece of work under limits
    #[command(hide = true)]
    Worker {
        /// What to do
        task: String,
        /// Seconds of a processor that it may take
        cpu_s: Option<u64>,
    },
}

#[derive(Debug, Subcommand)]
enum UserAction {
    /// Set a new password, read from the terminal or from standard input; ends every session
    ResetPassword {
        /// E-mail address of the account; not needed if there is only one
        #[arg(long)]
        email: Option<String>,
        /// Turn the second factor off as well
        #[arg(long)]
        second_factor_off: bool,
    },
    /// Make an API token and print it
    Token(TokenArgs),
}

#[derive(Debug, clap::Args)]
struct TokenArgs {
    /// E-mail address of the account; not needed if there is only one
    #[arg(long)]
    email: Option<String>,
    /// What it is for, as the list of tokens says
    #[arg(long)]
    name: String,
    /// What it may do: read, write, publish, manage
    #[arg(long, value_delimiter = ',', default_value = "read,write,publish")]
    scopes: Vec<String>,
    /// For how many days it is good: 30, 90 or 365
    #[arg(long, default_value_t = 90)]
    days: i64,
}

/// The command line as clap knows it, for the test that holds docs/settings.md against it.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Reads the command line and does what it says.
///
/// # Errors
/// One sentence for the person at the terminal.
pub fn run() -> anyhow::Result<()> {
    let cli = Cli::parse();
    if let Some(Command::Worker { task, cpu_s }) = &cli.command {
        return worker::run(task, *cpu_s);
    }
    if let Some(Command::Align(args)) = &cli.command {
        return align::run(args, config::terminal_language());
    }
    if !matches!(cli.command, Some(Command::Publish(_))) {
        start_logging(&cli.settings)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?;
    let done = runtime.block_on(async {
        match cli.command {
            None | Some(Command::Serve | Command::Worker { .. } | Command::Align(_)) => {
                let mut config = cli.settings.check()?;
                config.worker = Some(worker::program()?);
                start::run(config).await
            }
            Some(Command::Publish(args)) => publish::run(args, config::terminal_language()).await,
            Some(Command::User {
                action: UserAction::Token(wanted),
            }) => new_token(cli.settings, wanted).await,
            Some(Command::User {
                action:
                    UserAction::ResetPassword {
                        email,
                        second_factor_off,
                    },
            }) => reset_password(cli.settings, email, second_factor_off).await,
        }
    });
    // Compressing in the background may be under way; nobody waits for it.
    runtime.shutdown_timeout(Duration::from_millis(500));
    done
}

fn start_logging(settings: &Settings) -> anyhow::Result<()> {
    let filter: Targets = (settings.log.parse())
        .with_context(|| format!("--log does not understand {}", settings.log))?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    if settings.log_json {
        registry.with(lines.json()).init();
    } else {
        registry.with(lines).init();
    }
    Ok(())
}

/// Works beside a running server: the database itself keeps the two apart.
async fn reset_password(
    settings: Settings,
    email: Option<String>,
    second_factor_off: bool,
) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let typed = read_password()?;
    let password = Password::parse(&typed)
        .map_err(|fault| anyhow::anyhow!(Ui::new(UiLanguage::En).message(&fault)))?;
    let email =
        accounts::reset_password(&db, email.as_deref(), &password, second_factor_off).await?;
    println!("{email} has a new password; every session has ended, and every API token.");
    db.close().await;
    Ok(())
}

/// Works beside a running server, too.
async fn new_token(settings: Settings, wanted: TokenArgs) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let token = accounts::make_token(
        &db,
        wanted.email.as_deref(),
        &wanted.name,
        &wanted.scopes,
        wanted.days,
    )
    .await?;
    println!("{}", token.reveal());
    db.close().await;
    Ok(())
}

async fn open(settings: Settings) -> anyhow::Result<Db> {
    let config = settings.check()?;
    if config.database_url.is_none() && !config.data_dir.join("daebon.db").exists() {
        bail!(
            "there is no database in {}; name the folder with --data",
            config.data_dir.display()
        );
    }
    disk::private_dir(&config.data_dir)?;
    Db::open(OpenOptions {
        database_url: config.database_url,
        data_dir: config.data_dir,
        clock: Clock::System,
        hooks: Hooks::default(),
    })
    .await
}

fn read_password() -> anyhow::Result<String> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return first_line(stdin.lock());
    }
    eprint!("New password (not shown): ");
    let echo = Echo::off()?;
    let line = first_line(stdin.lock());
    drop(echo);
    eprintln!();
    line
}

fn first_line(mut input: impl BufRead) -> anyhow::Result<String> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The terminal shows nothing of what is typed until this is dropped.
struct Echo(rustix::termios::Termios);

impl Echo {
    fn off() -> anyhow::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(std::io::stdin())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(std::io::stdin(), OptionalActions::Now, &silent)?;
        Ok(Self(before))
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        let _ = rustix::termios::tcsetattr(
            std::io::stdin(),
            rustix::termios::OptionalActions::Now,
            &self.0,
        );
    }
}
