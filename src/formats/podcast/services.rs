//! The services that `podcast:block` names, and the protocols of `podcast:socialInteract`.
//!
//! Source: the namespace's `serviceslugs.txt` and `socialprotocols.txt`.

/// Directories and apps that a show can keep away from, by slug and name. Of the namespace's
/// list these take in feeds; the others are hosts, payment services and networks.
pub const SERVICES: &[(&str, &str)] = &[
    ("apple", "Apple Podcasts"),
    ("spotify", "Spotify"),
    ("amazon", "Amazon Music, Audible"),
    ("google", "Google, YouTube Music"),
    ("podcastindex", "Podcast Index"),
    ("overcast", "Overcast"),
    ("podcastaddict", "Podcast Addict"),
    ("podverse", "Podverse"),
    ("podfriend", "Podfriend"),
    ("podchaser", "Podchaser"),
    ("podnews", "Podnews"),
    ("hypercatcher", "HyperCatcher"),
    ("soundcloud", "SoundCloud"),
    ("spreaker", "Spreaker"),
    ("acast", "Acast"),
    ("audioboom", "Audioboom"),
    ("podbean", "Podbean"),
    ("podomatic", "Podomatic"),
    ("anchor", "Anchor"),
];

/// Where conversations are held, by the protocol's word and a name that people know.
/// [`DISABLED`] is apart: it says that there shall be none.
pub const PROTOCOLS: &[(&str, &str)] = &[
    ("activitypub", "Mastodon, Fediverse (ActivityPub)"),
    ("atproto", "Bluesky (AT Protocol)"),
    ("twitter", "X (Twitter)"),
    ("nostr", "Nostr"),
    ("matrix", "Matrix"),
    ("lightning", "Lightning"),
    ("hive", "Hive"),
];

/// The protocol that asks apps to show no comments.
pub const DISABLED: &str = "disabled";

/// Whether `podcast:block` knows the slug.
pub fn is_service(slug: &str) -> bool {
    SERVICES.iter().any(|(known, _)| *known == slug)
}

/// Whether `podcast:socialInteract` knows the word; [`DISABLED`] included.
pub fn is_protocol(word: &str) -> bool {
    word == DISABLED || PROTOCOLS.iter().any(|(known, _)| *known == word)
}
