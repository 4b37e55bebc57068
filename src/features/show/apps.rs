//! A show's pages in podcast apps and directories: what its author pastes, one address an app.
use serde::{Deserialize, Serialize};
use url::Url;

use crate::formats::podcast::checks;
use crate::kernel::{FieldErrors, Message};
use crate::web::form::FormData;

/// An app of which the author knows the show's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum App {
    /// Needs the address that Apple gives a show.
    Apple,
    /// Needs the address that Spotify gives a show.
    Spotify,
    /// Needs the address of the show's playlist.
    Youtube,
    /// Also opens by the address of a feed.
    PocketCasts,
    /// Also opens by the address of a feed.
    Overcast,
}

impl App {
    /// In the order of pages and forms.
    pub const ALL: [Self; 5] = [
        Self::Apple,
        Self::Spotify,
        Self::Youtube,
        Self::PocketCasts,
        Self::Overcast,
    ];

    /// The field of the form.
    pub fn field(self) -> &'static str {
        match self {
            Self::Apple => "app_apple",
            Self::Spotify => "app_spotify",
            Self::Youtube => "app_youtube",
            Self::PocketCasts => "app_pocket_casts",
            Self::Overcast => "app_overcast",
        }
    }

    /// The message with its name.
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Apple => "app-apple",
            Self::Spotify => "app-spotify",
            Self::Youtube => "app-youtube",
            Self::PocketCasts => "app-pocket-casts",
            Self::Overcast => "app-overcast",
        }
    }

    /// Where its addresses are, the usual place first.
    pub fn hosts(self) -> &'static [&'static str] {
        match self {
            Self::Apple => &["podcasts.apple.com"],
            Self::Spotify => &["open.spotify.com"],
            Self::Youtube => &["music.youtube.com", "www.youtube.com", "youtube.com"],
            Self::PocketCasts => &["pca.st", "pocketcasts.com", "play.pocketcasts.com"],
            Self::Overcast => &["overcast.fm"],
        }
    }
}

/// The address of a show in an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub struct AppLink {
    /// Which app.
    pub app: App,
    /// `https`, at one of its hosts.
    pub url: String,
}

/// Reads the fields of all apps; every faulty one is noted and left out.
pub fn parse(form: &FormData, errors: &mut FieldErrors) -> Vec<AppLink> {
    let read = |app: App| {
        let url = errors.take(app.field(), link(app, form.get(app.field())))?;
        (!url.is_empty()).then_some(AppLink { app, url })
    };
    App::ALL.into_iter().filter_map(read).collect()
}

/// The fields that would send these links.
pub fn fields(links: &[AppLink]) -> impl Iterator<Item = (String, String)> {
    let field = |link: &AppLink| (link.app.field().to_owned(), link.url.clone());
    links.iter().map(field)
}

/// An address at the app's own place that names something there; empty stays empty.
fn link(app: App, text: &str) -> Result<String, Message> {
    let link = checks::link(text)?;
    if link.is_empty() {
        return Ok(link);
    }
    let is_there = Url::parse(&link).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default();
        app.hosts().contains(&host) && url.port().is_none() && url.path().len() > 1
    });
    if is_there {
        Ok(link)
    } else {
        Err(Message::new("error-show-app").with("host", app.hosts()[0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_app_s_own() {
        for (app, typed, want) in [
            (
                App::Apple,
                " https://podcasts.apple.com/kr/podcast/id1 ",
                true,
            ),
            (App::Apple, "https://podcasts.apple.com/", false),
            (
                App::Apple,
                "http://podcasts.apple.com/kr/podcast/id1",
                false,
            ),
            (
                App::Apple,
                "https://podcasts.apple.com.evil.example/id1",
                false,
            ),
            (App::Apple, "https://podcasts.apple.com:8443/id1", false),
            (
                App::Apple,
                "https://podcasts.apple.com@evil.example/id1",
                false,
            ),
            (App::Spotify, "https://open.spotify.com/show/1?si=2", true),
            (App::Spotify, "https://podcasts.apple.com/id1", false),
            (
                App::Youtube,
                "https://music.youtube.com/playlist?list=1",
                true,
            ),
            (App::PocketCasts, "https://pca.st/abc", true),
            (App::Overcast, "overcast://x-callback-url/add?url=a", false),
            (App::Overcast, "javascript:alert(1)", false),
        ] {
            let found = link(app, typed).ok();
            assert_eq!(found.as_deref(), want.then_some(typed.trim()), "{typed}");
        }
        assert_eq!(link(App::Apple, " "), Ok(String::new()));
    }
}
