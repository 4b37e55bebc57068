//! Typed ids and random tokens.
//!
//! An id is 12 lower-case base32 characters (60 random bits) and stands in public addresses;
//! it is given once and never again. A token is 32 random bytes, shown once and stored hashed.
use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Length of an id in characters.
pub const ID_CHARS: usize = 12;

/// Fills a buffer from the operating system's generator.
///
/// # Panics
/// If the operating system has no randomness to give, which no supported system does.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// `chars` random characters of lower-case base32, 5 bits each.
pub fn random_base32<const N: usize>() -> String {
    random_bytes::<N>()
        .iter()
        .map(|b| char::from(ALPHABET[usize::from(b & 31)]))
        .collect()
}

/// SHA-256 as 64 lower-case hexadecimal characters.
pub fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// A fresh random id.
            pub fn random() -> Self {
                Self(random_base32::<ID_CHARS>())
            }

            /// An id read back from our own database.
            pub fn from_db(id: String) -> Self {
                Self(id)
            }

            /// The 12 characters.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                is_id(text).then(|| Self(text.to_owned())).ok_or(NotAnId)
            }
        }
    };
}

fn is_id(text: &str) -> bool {
    text.len() == ID_CHARS && text.bytes().all(|b| ALPHABET.contains(&b))
}

/// Length of a sentence's id in characters.
pub const SENTENCE_ID_CHARS: usize = 6;

/// A sentence of a post: 6 lower-case base32 characters that look random, unique in the post and
/// given once. Addresses, times and remarks hang on it.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String")]
pub struct SentenceId(String);

impl SentenceId {
    /// The `number`th id of a post, counted from 0: another for every number below 2^30, without
    /// a list of those that were given.
    pub fn numbered(post: &PostId, number: u32) -> Self {
        // A Feistel network is a permutation whatever its rounds do.
        let (mut left, mut right) = (number >> 15 & 0x7FFF, number & 0x7FFF);
        for round in 0..4u8 {
            let mut digest = Sha256::new();
            digest.update(post.as_str());
            digest.update([round]);
            digest.update(right.to_be_bytes());
            let mixed = digest.finalize();
            let mixed = u32::from(u16::from_be_bytes([mixed[0], mixed[1]])) & 0x7FFF;
            (left, right) = (right, left ^ mixed);
        }
        let bits = left << 15 | right;
        let digits = (0..SENTENCE_ID_CHARS).rev().map(|at| bits >> (5 * at) & 31);
        Self(digits.map(|d| char::from(ALPHABET[d as usize])).collect())
    }

    /// An id read back from our own database.
    pub fn from_db(id: String) -> Self {
        Self(id)
    }

    /// The 6 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SentenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SentenceId {
    type Error = NotAnId;
    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl FromStr for SentenceId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let good = text.len() == SENTENCE_ID_CHARS && text.bytes().all(|b| ALPHABET.contains(&b));
        good.then(|| Self(text.to_owned())).ok_or(NotAnId)
    }
}

/// The text is not as many characters of lower-case base32 as an id has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

id!(
    /// A show.
    ShowId
);
id!(
    /// A post; stands in `/audio/{id}.{ext}` and `/p/{id}`.
    PostId
);
id!(
    /// An immutable revision of a post.
    RevisionId
);
id!(
    /// A recording: one file and what was read from it.
    RecordingId
);
id!(
    /// An upload that is under way.
    UploadId
);
id!(
    /// An author's account.
    UserId
);
id!(
    /// A job in the queue.
    JobId
);

/// A secret that is given out once and compared by its hash.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// 32 random bytes as 52 base32 characters.
    pub fn random() -> Self {
        let bytes = random_bytes::<32>();
        Self(data_encoding::BASE32_NOPAD.encode(&bytes).to_lowercase())
    }

    /// A token as a client sent it; anything is taken, since only its hash is ever compared.
    pub fn from_client(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What is stored: SHA-256 in hexadecimal.
    pub fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }

    /// The secret itself, for a cookie or a link.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back() {
        let id = PostId::random();
        assert_eq!(id.as_str().parse::<PostId>(), Ok(id));
    }

    #[test]
    fn other_text_is_no_id() {
        for text in [
            "",
            "abc",
            "ABCDEFGHIJKL",
            "abcdefghijk1",
            "abcdefghijkl2",
            "../../../../",
        ] {
            assert_eq!(text.parse::<PostId>(), Err(NotAnId), "{text}");
        }
    }

    #[test]
    fn every_sentence_of_a_post_has_an_id_of_its_own() {
        let post = PostId::from_db("abcdefghijkl".to_owned());
        let ids: std::collections::HashSet<SentenceId> = (0..20_000)
            .map(|n| SentenceId::numbered(&post, n))
            .collect();
        assert_eq!(ids.len(), 20_000);
        let first = SentenceId::numbered(&post, 0);
        assert_eq!(first.as_str().parse(), Ok(first.clone()));
        let other = PostId::from_db("abcdefghijkm".to_owned());
        assert_ne!(first, SentenceId::numbered(&other, 0));
        for text in ["", "abcde", "abcde1", "ABCDEF", "abcdefg", "가나"] {
            assert_eq!(text.parse::<SentenceId>(), Err(NotAnId), "{text}");
        }
    }

    #[test]
    fn tokens_hide_in_logs() {
        let token = Token::random();
        assert_eq!(token.reveal().len(), 52);
        assert!(!format!("{token:?}").contains(token.reveal()));
    }
}
