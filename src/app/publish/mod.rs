//! `daebon publish`: a script with its front matter, and the files beside it, sent to a server as a
//! post. The same file goes to the same post, so that running it again brings the post up to date.
mod folder;
mod server;

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::Args;
use serde_json::{Map, Value, json};

use crate::kernel::language::UiLanguage;
use crate::kernel::{Message, time::Instant};
use crate::web::ui::Ui;
use folder::Piece;
use server::Server;

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
    Draft,
    Now,
    Unlisted,
    At(String),
}

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
    let wish = match piece.told.publish.as_deref() {
        _ if args.draft => Wish::Draft,
        None | Some("now") => Wish::Now,
        Some("draft") => Wish::Draft,
        Some("unlisted") => Wish::Unlisted,
        Some(at) => match Instant::from_rfc3339(at) {
            Ok(_) => Wish::At(at.to_owned()),
            Err(_) => bail!(ui.t1("publish-when", "when", at)),
        },
    };
    let server = Server::new(&args.server, &args.token, ui)?;
    let show = show(&server, &piece, ui).await?;
    let mut post = server
        .create(&show, &piece.key(&show), &content(&piece))
        .await?;
    let id = text(&post, "id");
    if text(&post, "state") == "removed" {
        bail!(ui.t1("publish-removed", "id", &id));
    }
    let is_public = is_public(&post);
    // Folders are called `today` again and again.
    let title = text(&post, "title");
    if is_public && !args.replace && piece.told.title.as_ref().is_some_and(|t| *t != title) {
        bail!(ui.t1("publish-other-title", "title", title));
    }
    if is_public && matches!(wish, Wish::At(_)) {
        bail!(ui.t("publish-already-public"));
    }
    if differs(&post, &content(&piece)) {
        let mut change = content(&piece);
        change.insert("version".to_owned(), post["version"].clone());
        post = server.change(&id, &change).await?;
    }
    if let Some(audio) = &piece.audio
        && !is_there(&post["recording"], audio)
    {
        eprintln!("{}", ui.t1("publish-sending", "name", &audio.name));
        server.put_file(&id, "recording", audio).await?;
    }
    if let Some(cover) = &piece.cover {
        server.put_file(&id, "cover", cover).await?;
    }
    if let Some(times) = &piece.transcript {
        server.put_file(&id, "transcript", times).await?;
    }
    let post = make_public(&server, &id, wish).await?;
    let url = post["url"].as_str().or(post["editor_url"].as_str());
    println!("{}", url.unwrap_or_default());
    Ok(())
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn is_public(post: &Value) -> bool {
    ["published", "unlisted"].contains(&text(post, "state").as_str())
}

/// The show that the piece names, or the only one.
async fn show(server: &Server, piece: &Piece, ui: Ui) -> anyhow::Result<String> {
    let me = server.me().await?;
    let shows: Vec<&str> = me["shows"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    match (&piece.told.show, shows.as_slice()) {
        (Some(named), _) => Ok(named.clone()),
        (None, [only]) => Ok((*only).to_owned()),
        (None, []) => Err(anyhow!(ui.t("publish-no-show"))),
        (None, several) => Err(anyhow!(ui.t1(
            "publish-which-show",
            "shows",
            several.join(", ")
        ))),
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

/// Whether the server has this very file, by name and length.
fn is_there(recording: &Value, file: &folder::Attachment) -> bool {
    recording["file_name"] == file.name.as_str() && recording["length_bytes"] == file.length_bytes
}

async fn make_public(server: &Server, id: &str, wish: Wish) -> anyhow::Result<Value> {
    let mut post = server.post(id).await?;
    if matches!(wish, Wish::Draft) {
        return Ok(post);
    }
    if is_public(&post) {
        if post["has_changes"] == true {
            post = server.act(id, "update", &json!({})).await?;
        }
        if matches!(wish, Wish::Unlisted) && post["state"] == "published" {
            post = server.act(id, "unlist", &json!({})).await?;
        }
        return Ok(post);
    }
    match wish {
        Wish::Draft => Ok(post),
        Wish::Unlisted => server.act(id, "publish?listed=false", &json!({})).await,
        Wish::Now => server.act(id, "publish", &json!({})).await,
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
