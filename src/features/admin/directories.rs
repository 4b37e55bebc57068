//! What podcast directories want of a feed before they take it in, and whether it has it. Pure: it
//! knows what was found out, not how.
//!
//! Sources: Apple, "Podcast requirements"; the Podcast Standards Project, PSP-1; what the sites of
//! Spotify, YouTube and the Podcast Index ask when a feed is sent in.
use crate::kernel::Message;

/// A directory that takes feeds in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Directory {
    /// <https://podcastsconnect.apple.com>.
    Apple,
    /// <https://creators.spotify.com>.
    Spotify,
    /// <https://studio.youtube.com>.
    Youtube,
    /// <https://podcastindex.org>, from which many apps read.
    PodcastIndex,
}

use Directory::{Apple, PodcastIndex, Spotify, Youtube};

impl Directory {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Apple, Spotify, Youtube, PodcastIndex];

    /// The message with its name.
    pub fn name_key(self) -> &'static str {
        match self {
            Apple => "app-apple",
            Spotify => "app-spotify",
            Youtube => "app-youtube",
            PodcastIndex => "directories-podcast-index",
        }
    }

    /// The message that says how a feed is sent in.
    pub fn how_key(self) -> &'static str {
        match self {
            Apple => "directories-how-apple",
            Spotify => "directories-how-spotify",
            Youtube => "directories-how-youtube",
            PodcastIndex => "directories-how-index",
        }
    }

    /// Its word in `podcast:block`.
    fn slug(self) -> &'static str {
        match self {
            Apple => "apple",
            Spotify => "spotify",
            Youtube => "google",
            PodcastIndex => "podcastindex",
        }
    }
}

/// How a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// The feed is refused without it.
    Missing,
    /// It is taken without it, and better with it.
    Advised,
    /// It is there.
    Done,
}

/// Where something is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A field of the show's settings, by its id.
    Settings(&'static str),
    /// The list of posts with a recording.
    Posts,
    /// Where the server is started; the text says how.
    Server,
}

/// Something that directories want.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Whether the feed has it.
    pub stand: Stand,
    /// A sentence: what it has, or what is missing.
    pub text: Message,
    /// Who wants it.
    pub of: Vec<Directory>,
    /// Where it is mended.
    pub place: Place,
}

/// What is known of a show and its feed.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether the world can reach the site.
    pub is_public: bool,
    /// Whether it speaks TLS.
    pub is_https: bool,
    /// Whether the cover is the one that was drawn from the title, since nobody gave one.
    pub has_drawn_cover: bool,
    /// The largest size of the cover, in pixels a side.
    pub cover_px: u32,
    /// Length of the show's description in bytes.
    pub description_bytes: usize,
    /// Whether the show names its author.
    pub has_author: bool,
    /// Whether the feed tells an e-mail address.
    pub has_email: bool,
    /// Listed episodes.
    pub episodes: usize,
    /// Those of them that Apple cannot play.
    pub odd_episodes: usize,
    /// No directory may list it.
    pub is_blocked: bool,
    /// Services that must not list it, by their slugs.
    pub blocked: Vec<String>,
    /// Whether the feed moved away.
    pub has_moved: bool,
}

/// Most bytes of a description that Apple takes.
const DESCRIPTION_BYTES: usize = 4000;
/// The smallest and the largest cover that Apple takes, in pixels a side.
const COVER_PX: std::ops::RangeInclusive<u32> = 1400..=3000;

/// All requirements, what is missing first.
pub fn requirements(facts: &Facts) -> Vec<Requirement> {
    let mut all = access(facts);
    all.extend(about_the_show(facts));
    all.extend(about_the_episodes(facts));
    all.sort_by_key(|requirement| requirement.stand);
    all
}

/// Whether nothing is missing that this directory wants.
pub fn is_ready(all: &[Requirement], directory: Directory) -> bool {
    let missing = |r: &&Requirement| r.stand == Stand::Missing && r.of.contains(&directory);
    !all.iter().any(|r| missing(&r))
}

/// One that is there or is not.
fn either(
    is_there: bool,
    lacking: Stand,
    (done, missing): (&'static str, &'static str),
    of: &[Directory],
    place: Place,
) -> Requirement {
    let (stand, key) = if is_there {
        (Stand::Done, done)
    } else {
        (lacking, missing)
    };
    Requirement {
        stand,
        text: Message::new(key),
        of: of.to_vec(),
        place,
    }
}

/// Whether they get at the feed, and may list it.
fn access(facts: &Facts) -> Vec<Requirement> {
    let all = &Directory::ALL;
    let mut found = vec![
        either(
            facts.is_public,
            Stand::Missing,
            ("directories-public", "directories-not-public"),
            all,
            Place::Server,
        ),
        either(
            facts.is_https,
            Stand::Missing,
            ("directories-https", "directories-not-https"),
            &[Apple, Youtube],
            Place::Server,
        ),
    ];
    if facts.has_moved {
        let moved = ("", "directories-moved");
        let place = Place::Settings("f-moved_to");
        found.push(either(false, Stand::Missing, moved, all, place));
    }
    if facts.is_blocked {
        let blocked = ("", "directories-blocked");
        let place = Place::Settings("f-block");
        found.push(either(false, Stand::Missing, blocked, all, place));
    }
    let kept_out = |d: &Directory| facts.blocked.iter().any(|slug| slug == d.slug());
    let of: Vec<Directory> = Directory::ALL.into_iter().filter(kept_out).collect();
    if !of.is_empty() {
        let blocked = ("", "directories-blocked-some");
        let place = Place::Settings("f-blocked_services");
        found.push(either(false, Stand::Missing, blocked, &of, place));
    }
    found
}

fn about_the_show(facts: &Facts) -> Vec<Requirement> {
    let all = &Directory::ALL;
    let fits = COVER_PX.contains(&facts.cover_px);
    let cover = if facts.has_drawn_cover && fits {
        either(
            false,
            Stand::Advised,
            ("", "directories-cover-drawn"),
            &[Apple, Spotify, Youtube],
            Place::Settings("f-cover"),
        )
    } else {
        let text = if fits {
            Message::new("directories-cover").with("px", facts.cover_px)
        } else {
            Message::new("directories-no-cover")
        };
        Requirement {
            stand: if fits { Stand::Done } else { Stand::Missing },
            text,
            of: vec![Apple, Spotify, Youtube],
            place: Place::Settings("f-cover"),
        }
    };
    vec![
        cover,
        either(
            (1..=DESCRIPTION_BYTES).contains(&facts.description_bytes),
            Stand::Missing,
            ("directories-description", "directories-description-long"),
            all,
            Place::Settings("f-description"),
        ),
        // The form takes no show without them.
        either(
            true,
            Stand::Missing,
            ("directories-basics", "directories-basics"),
            all,
            Place::Settings("f-title"),
        ),
        either(
            facts.has_author,
            Stand::Advised,
            ("directories-author", "directories-no-author"),
            &[Apple, Spotify],
            Place::Settings("f-author_name"),
        ),
        either(
            facts.has_email,
            Stand::Missing,
            ("directories-email", "directories-no-email"),
            &[Spotify, Youtube],
            Place::Settings("f-owner_email"),
        ),
    ]
}

fn about_the_episodes(facts: &Facts) -> Vec<Requirement> {
    let all = &Directory::ALL;
    let mut found = vec![either(
        facts.episodes > 0,
        Stand::Missing,
        ("directories-episode", "directories-no-episode"),
        all,
        Place::Posts,
    )];
    if facts.odd_episodes > 0 {
        found.push(Requirement {
            stand: Stand::Missing,
            text: Message::new("directories-odd").with("count", facts.odd_episodes),
            of: vec![Apple, Spotify],
            place: Place::Posts,
        });
    } else if facts.episodes > 0 {
        let kinds = ("directories-kinds", "");
        found.push(either(
            true,
            Stand::Missing,
            kinds,
            &[Apple, Spotify],
            Place::Posts,
        ));
    }
    // This is how the server answers, whatever is published.
    let ranges = ("directories-ranges", "");
    found.push(either(
        true,
        Stand::Missing,
        ranges,
        &[Apple, Spotify],
        Place::Server,
    ));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Facts {
        Facts {
            is_public: true,
            is_https: true,
            cover_px: 3000,
            description_bytes: 30,
            has_author: true,
            has_email: true,
            episodes: 2,
            ..Facts::default()
        }
    }

    fn missing(facts: &Facts) -> Vec<&'static str> {
        let all = requirements(facts);
        let lacking = all.iter().filter(|r| r.stand != Stand::Done);
        lacking.map(|r| r.text.key).collect()
    }

    #[test]
    fn a_whole_show_can_be_sent_in_everywhere() {
        let all = requirements(&ready());
        assert!(all.iter().all(|r| r.stand == Stand::Done), "{all:?}");
        assert!(Directory::ALL.iter().all(|d| is_ready(&all, *d)));
    }

    #[test]
    fn what_is_missing_stands_first_and_binds_who_wants_it() {
        let facts = Facts {
            has_email: false,
            has_drawn_cover: true,
            odd_episodes: 1,
            blocked: vec!["google".to_owned(), "overcast".to_owned()],
            ..ready()
        };
        assert_eq!(
            missing(&facts),
            [
                "directories-blocked-some",
                "directories-no-email",
                "directories-odd",
                "directories-cover-drawn"
            ]
        );
        let all = requirements(&facts);
        let open: Vec<Directory> = Directory::ALL
            .into_iter()
            .filter(|d| is_ready(&all, *d))
            .collect();
        assert_eq!(open, [PodcastIndex]);
        let alone = Facts {
            is_public: false,
            is_https: false,
            episodes: 0,
            is_blocked: true,
            has_moved: true,
            cover_px: 600,
            description_bytes: 4001,
            ..Facts::default()
        };
        assert_eq!(missing(&alone).len(), 9);
    }
}
