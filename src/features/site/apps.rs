//! Where a show is subscribed to in an app: as the author says, else by the address of the feed
//! where the app can open that.
use super::fill::Reader;
use super::views::Link;
use crate::features::show::{App, Show};
use crate::kernel::urls;

impl Reader {
    /// Names and addresses. Without episodes there is nothing that an app could be given: then
    /// only what the author says.
    pub fn apps(&self, show: &Show, has_episodes: bool) -> Vec<Link> {
        let details = &show.draft.details;
        let is_heard = has_episodes || !details.moved_to.is_empty();
        let feed = if details.moved_to.is_empty() {
            self.base.join(&urls::podcast_feed(show.address()))
        } else {
            details.moved_to.clone()
        };
        let told = |app: App| {
            let link = details.apps.iter().find(|link| link.app == app)?;
            Some(link.url.clone())
        };
        let opened = |app: App| match app {
            App::PocketCasts => Some(urls::apps::pocket_casts(&feed)),
            App::Overcast => Some(urls::apps::overcast(&feed)),
            App::Apple | App::Spotify | App::Youtube => None,
        };
        let link = |app: App| {
            Some(Link {
                title: self.ui.t(app.name_key()),
                url: told(app).or_else(|| opened(app).filter(|_| is_heard))?,
            })
        };
        let antennapod = is_heard.then(|| Link {
            title: self.ui.t("app-antennapod"),
            url: urls::apps::antennapod(&feed, &show.draft.title),
        });
        let all = App::ALL.into_iter().filter_map(link);
        all.chain(antennapod).collect()
    }
}
