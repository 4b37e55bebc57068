//! Licences that `podcast:license` knows by an identifier.
//!
//! Source: the namespace's license list, and of the SPDX list what fits texts and recordings.
//! Identifiers are in lower case, as the tag wants them.

/// A licence that apps can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Stands in the feed: `cc-by-4.0`.
    pub identifier: &'static str,
    /// English name.
    pub name: &'static str,
    /// Where its text is.
    pub url: &'static str,
}

const fn known(identifier: &'static str, name: &'static str, url: &'static str) -> Known {
    Known {
        identifier,
        name,
        url,
    }
}

/// In the order of a form: the strictest first, then from the freest on.
pub const LICENSES: &[Known] = &[
    known(
        "arr",
        "All Rights Reserved",
        "https://en.wikipedia.org/wiki/All_rights_reserved",
    ),
    known(
        "cc0-1.0",
        "CC0 1.0 (public domain)",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    known(
        "cc-by-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    known(
        "cc-by-sa-4.0",
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    known(
        "cc-by-nd-4.0",
        "Creative Commons Attribution-NoDerivatives 4.0",
        "https://creativecommons.org/licenses/by-nd/4.0/",
    ),
    known(
        "cc-by-nc-4.0",
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    known(
        "cc-by-nc-sa-4.0",
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    known(
        "cc-by-nc-nd-4.0",
        "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0",
        "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    ),
    known(
        "pod-v4v-1.0",
        "Podcast Value for Value 1.0",
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/license/v4v-4.0.md",
    ),
];

/// The licence of this identifier, in whatever case it is written.
pub fn find(identifier: &str) -> Option<&'static Known> {
    LICENSES
        .iter()
        .find(|known| known.identifier.eq_ignore_ascii_case(identifier.trim()))
}

/// Whether apps know the identifier; any other licence needs the address of its text.
pub fn is_known(identifier: &str) -> bool {
    find(identifier).is_some()
}
