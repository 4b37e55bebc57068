//! `daebon publish`: a script with its front matter, and the files beside it, sent to a server as a
//! post. The same file goes to the same post, so that running it again brings the post up to date.
mod folder;
mod server;
mod sound;
mod upload;

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::Args;
use serde_json::{Map, Value, json};

use crate::kernel::language::UiLanguage;
use crate::kernel::{Message, time::Instant};
use crate::web::ui::Ui;
use folder::Piece;
use server::{Conflict, Server};

/// What is sent where.
#[derive(Debug, Args)]
pub struct PublishArgs {
    /// The script in Markdown, or a folder with one; front matter may stand above the text
    path: PathBuf,
    /// Address of the server, https://example.org
    #[arg(long, env = "DAEBON_SERVER")]
    server: String,
    /// An API token with the scopes read, write and, to publish, publish
    #[arg(long, env = "DAEBON_TOKEN", hide_env_values = true)]
    token: String,
    /// Send it as a draft, whatever the front matter says
    #[arg(long)]
    draft: bool,
    /// Overwrite a public post of this name even if its title is another
    #[arg(long)]
    replace: bool,
}

/// When the public sees it.
enum Wish {
    /// Nothing is said: at once, unless the author took it off the lists.
    Unsaid,
    Draft,
    Now,
    Unlisted,
    At(String),
}

impl Wish {
    fn of(args: &PublishArgs, piece: &Piece, ui: Ui) -> anyhow::Result<Self> {
        Ok(match piece.told.publish.as_deref() {
            _ if args.draft => Self::Draft,
            None => Self::Unsaid,
            Some("now") => Self::Now,
            Some("draft") => Self::Draft,
            Some("unlisted") => Self::Unlisted,
            Some(at) => match Instant::from_rfc3339(at) {
                Ok(_) => Self::At(at.to_owned()),
                Err(_) => bail!(ui.t1("publish-when", "when", at)),
            },
        })
    }
}

/// How often all of it is gone through where somebody else changes the post meanwhile.
const ROUNDS: usize = 5;

/// Sends it.
///
/// # Errors
/// One sentence for the person at the terminal, in `ui`'s language.
pub async fn run(args: PublishArgs, ui: UiLanguage) -> anyhow::Result<()> {
    let ui = Ui::new(ui);
    let piece = Piece::read(&args.path, ui)?;
    for warning in &piece.warnings {
        eprintln!("{warning}");
    }
    let wish = Wish::of(&args, &piece, ui)?;
    let server = Server::new(&args.server, &args.token, ui)?;
    let me = server.me().await?;
    check_scopes(&me, &wish, ui)?;
    let show = show(&me, &piece, ui)?;
    let sending = Sending {
        server: &server,
        piece: &piece,
        show: &show,
        wish: &wish,
        may_replace: args.replace,
        ui,
    };
    let mut post = sending.bring().await;
    for _ in 1..ROUNDS {
        // Read anew, it may be done already, or go through.
        if !post.as_ref().is_err_and(|why| why.is::<Conflict>()) {
            break;
        }
        post = sending.bring().await;
    }
    let post = post?;
    let url = post["url"].as_str().or(post["editor_url"].as_str());
    println!("{}", url.unwrap_or_default());
    Ok(())
}

/// What is brought where, and how.
struct Sending<'a> {
    server: &'a Server,
    piece: &'a Piece,
    show: &'a str,
    wish: &'a Wish,
    may_replace: bool,
    ui: Ui,
}

impl Sending<'_> {
    /// Brings the post up to date, whatever of it is there already.
    async fn bring(&self) -> anyhow::Result<Value> {
        let (server, piece, ui) = (self.server, self.piece, self.ui);
        let content = content(piece);
        let key = piece.key(self.show);
        let mut post = server.create(self.show, &key).await?;
        let id = text(&post, "id");
        self.check(&post)?;
        if matches!(self.wish, Wish::Draft) && text(&post, "state") == "scheduled" {
            post = server.act(&id, "unschedule", &json!({})).await?;
        }
        if differs(&post, &content) {
            let mut change = content;
            change.insert("version".to_owned(), post["version"].clone());
            post = server.change(&id, &change).await?;
        }
        if let Some(audio) = &piece.audio
            && post["recording"]["sha256"] != audio.sha256.as_str()
        {
            eprintln!("{}", ui.t1("publish-sending", "name", &audio.name));
            server.send_recording(&id, audio).await?;
        }
        if let Some(cover) = &piece.cover
            && piece.cover_hash.as_deref() != post["cover"].as_str()
        {
            eprintln!("{}", ui.t1("publish-sending", "name", &cover.name));
            server.put_file(&id, "cover", cover).await?;
        }
        if let Some(times) = &piece.transcript {
            server.put_file(&id, "transcript", times).await?;
        }
        make_public(server, &id, self.wish).await
    }

    /// Whether the post as it stands may become what is wished.
    fn check(&self, post: &Value) -> anyhow::Result<()> {
        let ui = self.ui;
        if text(post, "state") == "removed" {
            bail!(ui.t1("publish-removed", "id", text(post, "id")));
        }
        if !is_public(post) {
            return Ok(());
        }
        // Folders are called `today` again and again.
        let (title, told) = (text(post, "title"), &self.piece.told.title);
        if !self.may_replace && told.as_ref().is_some_and(|t| *t != title) {
            bail!(ui.t1("publish-other-title", "title", title));
        }
        match self.wish {
            Wish::At(_) => bail!(ui.t("publish-already-public")),
            Wish::Draft => bail!(ui.t1("publish-no-draft", "url", text(post, "editor_url"))),
            _ => Ok(()),
        }
    }
}

/// Whether the token suffices, before a draft is made that nobody wants.
fn check_scopes(me: &Value, wish: &Wish, ui: Ui) -> anyhow::Result<()> {
    let is_draft = matches!(wish, Wish::Draft);
    let scopes: Vec<&Value> = me["scopes"].as_array().into_iter().flatten().collect();
    let needed = match is_draft {
        true => &["read", "write"][..],
        false => &["read", "write", "publish"],
    };
    let missing = needed.iter().filter(|n| !scopes.iter().any(|s| *s == **n));
    let missing: Vec<&str> = missing.copied().collect();
    if !missing.is_empty() {
        bail!(ui.t1("publish-scopes", "scopes", missing.join(", ")));
    }
    if !is_draft && me["role"] == "contributor" {
        bail!(ui.t("publish-contributor"));
    }
    Ok(())
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn is_public(post: &Value) -> bool {
    ["published", "unlisted"].contains(&text(post, "state").as_str())
}

/// The show that the piece names, or the only one.
fn show(me: &Value, piece: &Piece, ui: Ui) -> anyhow::Result<String> {
    let shows = me["shows"].as_array().into_iter().flatten();
    let shows: Vec<&str> = shows.filter_map(Value::as_str).collect();
    match (piece.told.show.as_deref(), shows.as_slice()) {
        (_, []) => bail!(ui.t("publish-no-show")),
        (Some(named), _) if shows.contains(&named) => Ok(named.to_owned()),
        (None, [only]) => Ok((*only).to_owned()),
        (Some(named), _) => {
            let why = Message::new("publish-wrong-show")
                .with("show", named)
                .with("shows", shows.join(", "));
            bail!(ui.message(&why));
        }
        (None, several) => bail!(ui.t1("publish-which-show", "shows", several.join(", "))),
    }
}

/// What the file says, as the server takes it; what it does not say stays as it is there.
fn content(piece: &Piece) -> Map<String, Value> {
    let told = &piece.told;
    let mut content = Map::new();
    let mut say = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            content.insert(name.to_owned(), value);
        }
    };
    say("script", Some(piece.script.clone().into()));
    say("title", told.title.clone().map(Value::from));
    say("slug", told.slug.clone().map(Value::from));
    say("note", told.note.as_ref().map(|n| n.trim().into()));
    say("language", told.language.clone().map(Value::from));
    say("season", told.season.map(Value::from));
    say("episode", told.episode.map(Value::from));
    say("episode_type", told.episode_type.clone().map(Value::from));
    say("explicit", told.explicit.map(Value::from));
    say("references", told.references.as_ref().map(|r| json!(r)));
    content
}

/// Whether the server has something else for any of it. It trims and straightens what it is sent, so
/// a change too many may be sent, which changes nothing.
fn differs(post: &Value, content: &Map<String, Value>) -> bool {
    content.iter().any(|(name, value)| post[name] != *value)
}

async fn make_public(server: &Server, id: &str, wish: &Wish) -> anyhow::Result<Value> {
    let mut post = server.post(id).await?;
    if matches!(wish, Wish::Draft) {
        return Ok(post);
    }
    if is_public(&post) {
        if post["has_changes"] == true {
            post = server.act(id, "update", &json!({})).await?;
        }
        let act = match (wish, post["state"].as_str()) {
            (Wish::Unlisted, Some("published")) => "unlist",
            (Wish::Now, Some("unlisted")) => "relist",
            _ => return Ok(post),
        };
        return server.act(id, act, &json!({})).await;
    }
    match wish {
        Wish::Draft => Ok(post),
        Wish::Unlisted => server.act(id, "publish?listed=false", &json!({})).await,
        Wish::Now | Wish::Unsaid => server.act(id, "publish", &json!({})).await,
        Wish::At(at) => server.act(id, "schedule", &json!({ "at": at })).await,
    }
}

impl Piece {
    /// Names the piece on the server: the same file of the same folder, or the same slug, is the same
    /// post of a show.
    fn key(&self, show: &str) -> String {
        let name = self.told.slug.as_deref().unwrap_or(&self.name);
        let named = format!("daebon publish\n{show}\n{name}");
        crate::kernel::ids::sha256_hex(named.as_bytes())[..40].to_owned()
    }
}

/// A sentence of the message files with one more error behind it.
fn because(ui: Ui, key: &'static str, why: impl std::fmt::Display) -> anyhow::Error {
    anyhow!(ui.message(&Message::new(key).with("why", why)))
}
