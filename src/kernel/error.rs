//! The one error type of the house, and messages that name a sentence without holding it.
//!
//! A person never sees a Rust error: he sees the sentence that a [`Message`] names in the
//! message files, in his language. `web::error` makes responses of these.
use std::fmt;

/// What a fallible function of the house returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A sentence of the message files with its values, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Key in `locales/*/`.
    pub key: &'static str,
    /// Values for the placeables of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A sentence without values.
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// The same sentence with one more value.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// What is wrong with a form, by field name, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<(&'static str, Message)>);

impl FieldErrors {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// One field with one fault.
    pub fn one(field: &'static str, message: Message) -> Self {
        Self(vec![(field, message)])
    }

    /// Notes a fault of a field.
    pub fn add(&mut self, field: &'static str, message: Message) {
        self.0.push((field, message));
    }

    /// Keeps the value or notes the fault.
    pub fn take<T>(&mut self, field: &'static str, result: Result<T, Message>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(field, message);
                None
            }
        }
    }

    /// The first fault of a field.
    pub fn get(&self, field: &str) -> Option<&Message> {
        self.0.iter().find(|(f, _)| *f == field).map(|(_, m)| m)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Everything that can go wrong, by what the caller can do about it.
#[derive(Debug)]
pub enum Error {
    /// 404: there is no such thing, or it is hidden, which must look the same (HARDENING V1).
    NotFound,
    /// 400: the request itself is malformed.
    BadRequest(Message),
    /// 421: the request is for somebody else's name (HARDENING V5).
    Misdirected,
    /// 422: the form has faults that the author can mend.
    Invalid(FieldErrors),
    /// 409: somebody else was faster.
    Conflict(Message),
    /// 401, or a redirect to the login page.
    Unauthenticated,
    /// 403: known, but not allowed; also a failed cross-site check.
    Forbidden(Message),
    /// 412: another version of a protocol than is spoken here.
    OtherVersion(Message),
    /// 460: a piece that came is not what was sent (tus 1.0).
    Mismatch(Message),
    /// 413: more bytes than the limit.
    TooLarge {
        /// The limit in bytes.
        limit_bytes: u64,
    },
    /// 415: bytes of a kind that is not taken.
    Unsupported(Message),
    /// 429: come back later.
    TooMany {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// 503: the machine is busy.
    Unavailable {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// 507: the disk has no room for it (HARDENING D8).
    InsufficientStorage {
        /// Bytes asked for, the reserve included.
        needed_bytes: u64,
        /// Bytes free.
        free_bytes: u64,
    },
    /// 500: logged once, never shown.
    Internal(anyhow::Error),
}

impl Error {
    /// A fault of one field of a form.
    pub fn field(field: &'static str, message: Message) -> Self {
        Self::Invalid(FieldErrors::one(field, message))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internal(source) => write!(f, "{source:#}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<anyhow::Error> for Error {
    fn from(source: anyhow::Error) -> Self {
        match source.downcast::<Error>() {
            Ok(own) => own,
            Err(source) => Self::Internal(source),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        Self::Internal(source.into())
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
