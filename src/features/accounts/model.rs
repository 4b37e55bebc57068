//! What an account is, and the rules of e-mail addresses and passwords.
use std::fmt;

use super::role::Role;
use crate::kernel::ids::{ShowId, UserId};
use crate::kernel::language::UiLanguage;
use crate::kernel::text::clean_line;
use crate::kernel::time::Instant;
use crate::kernel::{Message, Result};

/// Fewest characters of a password (HARDENING A2).
pub const PASSWORD_LEAST_CHARS: usize = 12;
/// Most bytes of a password, checked before hashing (A2).
pub const PASSWORD_MOST_BYTES: usize = 512;
/// A session unused for so long is over, in milliseconds: 14 days (A4).
pub const SESSION_IDLE_MS: i64 = 14 * 24 * 3_600_000;
/// A session is over after so long whatever happens, in milliseconds: 90 days (A4).
pub const SESSION_WHOLE_MS: i64 = 90 * 24 * 3_600_000;

/// An e-mail address in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Takes what has one `@` with something on both sides and no white space; whether mail
    /// arrives there only mail can tell.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let line = clean_line(text)?.to_lowercase();
        let good = line.len() <= 254
            && !line.contains(char::is_whitespace)
            && line.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && !host.is_empty() && !host.contains('@')
            });
        if good {
            Ok(Self(line))
        } else {
            Err(Message::new("error-email"))
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password that keeps the rules; shows itself nowhere.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// At least 12 characters, at most 512 bytes; nothing is cut or changed.
    pub fn parse(text: &str) -> Result<Self, Message> {
        if text.len() > PASSWORD_MOST_BYTES {
            return Err(Message::new("error-password-long"));
        }
        if text.chars().count() < PASSWORD_LEAST_CHARS {
            return Err(Message::new("error-password-short").with("least", PASSWORD_LEAST_CHARS));
        }
        Ok(Self(text.to_owned()))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What a new account is made of.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Display name, 1 to 255 characters.
    pub name: String,
    /// Login name.
    pub email: Email,
    /// The password.
    pub password: Password,
    /// Language of the author's side; `None`: as the browser wishes.
    pub ui_language: Option<UiLanguage>,
    /// What he may do.
    pub role: Role,
    /// The shows that he works on; of no meaning for owners.
    pub shows: Vec<ShowId>,
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Given once.
    pub id: UserId,
    /// Login name, lower case.
    pub email: String,
    /// Display name.
    pub name: String,
    /// Language of the author's side; `None`: as the browser wishes.
    pub ui_language: Option<UiLanguage>,
    /// What he may do.
    pub role: Role,
    /// The shows that an editor or a contributor works on; owners work on all.
    pub shows: Vec<ShowId>,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
}

/// A session in the author's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Names it, opens nothing.
    pub id: String,
    /// What the browser says of itself.
    pub device: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was used last, to the minute.
    pub last_seen_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        assert_eq!(
            Email::parse(" A@Example.org ").map(|e| e.0),
            Ok("a@example.org".to_owned())
        );
        for bad in [
            "",
            "a",
            "@b",
            "a@",
            "a@b@c",
            "a b@c",
            &format!("{}@b", "a".repeat(260)),
        ] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn passwords() {
        assert!(Password::parse("열두 글자가 넘는 암호").is_ok());
        assert!(Password::parse("short").is_err());
        assert!(Password::parse(&"a".repeat(512)).is_ok());
        assert!(Password::parse(&"a".repeat(513)).is_err());
    }
}
