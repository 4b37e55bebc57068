//! What a feed says of its show, before its items.
use super::scene::COVER_PX;
use crate::features::show::Show;
use crate::formats::podcast::values::UpdateFrequency;
use crate::formats::podcast::{Channel, Trailer};
use crate::kernel::language::UiLanguage;
use crate::kernel::urls::{self, BaseUrl};
use crate::web::ui::Ui;

/// What a head holds that the show's own row does not tell.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The feed's own address.
    pub self_url: String,
    /// Other documents of a paged feed (RFC 5005).
    pub pages: Vec<(&'static str, String)>,
    /// Sizes of the cover, in pixels a side.
    pub cover_sizes: Vec<u32>,
    /// The WebSub hub that hears of changes.
    pub hub: Option<String>,
    /// Whether Podping hears of changes.
    pub uses_podping: bool,
    /// Where the feed is now, if clients should learn a new address.
    pub new_feed_url: Option<String>,
    /// Newest first.
    pub trailers: Vec<Trailer>,
}

/// The head of a feed of a show.
pub fn channel(base: &BaseUrl, show: &Show, around: Surroundings) -> Channel {
    let (draft, details) = (&show.draft, &show.draft.details);
    let cover = |px: u32| base.join(&urls::cover(&show.cover_hash, px));
    Channel {
        title: draft.title.clone(),
        description: draft.description.clone(),
        link: base.join(&urls::show(show.address())),
        self_url: around.self_url,
        pages: around.pages,
        language: draft.language.as_str().to_owned(),
        category: draft.category.clone(),
        more_categories: details.more_categories.clone(),
        explicit: draft.explicit,
        image_url: cover(around.cover_sizes.iter().copied().max().unwrap_or(COVER_PX)),
        image_alt: details.cover_alt.clone(),
        image_sizes: around
            .cover_sizes
            .iter()
            .map(|px| (*px, cover(*px)))
            .collect(),
        author: draft.author.clone(),
        copyright: draft.copyright.clone(),
        locked: draft.locked,
        owner_email: draft.owner_email.clone(),
        podcast_guid: show.podcast_guid.clone(),
        show_type: draft.show_type.as_str(),
        changed_at: Some(show.changed_at),
        people: details.people.clone(),
        funding: details.funding.clone(),
        license: details.license.clone(),
        update_frequency: details.update_frequency,
        update_frequency_text: frequency_text(details.update_frequency, draft.language.is_korean()),
        complete: details.complete,
        location: details.location.clone(),
        podroll: details.podroll.clone(),
        social: details.social.clone(),
        txt: details.txt.clone(),
        ai_content: details.ai_content,
        blocked_services: details.blocked_services.clone(),
        block: details.block,
        new_feed_url: around.new_feed_url,
        hub: around.hub,
        uses_podping: around.uses_podping,
        trailers: around.trailers,
    }
}

/// The promise in words, in the language of the show; empty where nothing is promised.
fn frequency_text(frequency: UpdateFrequency, korean: bool) -> String {
    let ui = Ui::new(if korean {
        UiLanguage::Ko
    } else {
        UiLanguage::En
    });
    match frequency {
        UpdateFrequency::Unknown => String::new(),
        UpdateFrequency::Daily => ui.t("feed-frequency-daily"),
        UpdateFrequency::Weekdays => ui.t("feed-frequency-weekdays"),
        UpdateFrequency::Weekly => ui.t("feed-frequency-weekly"),
        UpdateFrequency::Biweekly => ui.t("feed-frequency-biweekly"),
        UpdateFrequency::Monthly => ui.t("feed-frequency-monthly"),
    }
}
