//! Languages: of a text (BCP 47) and of the interface (Korean or English).
use super::Message;

/// A language of the interface.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum UiLanguage {
    /// Korean, which the first author writes in.
    #[default]
    Ko,
    /// English.
    En,
}

impl UiLanguage {
    /// Both, in the order of the switch on the page.
    pub const ALL: [Self; 2] = [Self::Ko, Self::En];

    /// `ko` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    /// The language's own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Ko => "한국어",
            Self::En => "English",
        }
    }

    /// Position in [`Self::ALL`].
    pub fn index(self) -> usize {
        match self {
            Self::Ko => 0,
            Self::En => 1,
        }
    }

    /// Reads `ko` or `en`, nothing else.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }

    /// Reduces an `Accept-Language` header (RFC 9110 section 12.5.4) to one of ours: the
    /// first of the highest weight; Korean and English compete, others are passed over.
    /// Without either the answer is English when the header names some language, else Korean.
    pub fn from_accept_language(header: Option<&str>) -> Self {
        let Some(header) = header.filter(|h| !h.trim().is_empty()) else {
            return Self::Ko;
        };
        let mut best: Option<(Self, u16)> = None;
        for range in header.split(',').take(32) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let primary = tag.split('-').next().unwrap_or_default();
            let Some(language) = Self::parse(&primary.to_ascii_lowercase()) else {
                continue;
            };
            let weight = parts
                .find_map(|p| p.trim().strip_prefix("q="))
                .map_or(1000, parse_weight);
            if weight > 0 && best.is_none_or(|(_, w)| weight > w) {
                best = Some((language, weight));
            }
        }
        best.map_or(Self::En, |(language, _)| language)
    }
}

/// A `q` weight in thousandths; malformed counts as 0.
fn parse_weight(text: &str) -> u16 {
    match text.trim().parse::<f32>() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        Ok(q) if (0.0..=1.0).contains(&q) => (q * 1000.0) as u16,
        _ => 0,
    }
}

/// The language of a show or post as a BCP 47 tag such as `ko` or `en-US`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Language(String);

impl Language {
    /// Takes well-formed tags: a two- or three-letter language, then subtags of 1 to 8
    /// letters or digits.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let good = (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|p| {
                (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric())
            })
            && text.len() <= 35;
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(Message::new("error-language"))
        }
    }

    /// A tag read back from our own database.
    pub fn from_db(text: String) -> Self {
        Self(text)
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is Korean.
    pub fn is_korean(&self) -> bool {
        self.0 == "ko" || self.0.starts_with("ko-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_is_reduced() {
        for (header, want) in [
            (None, UiLanguage::Ko),
            (Some(""), UiLanguage::Ko),
            (Some("ko-KR,ko;q=0.9,en;q=0.8"), UiLanguage::Ko),
            (Some("en-US,en;q=0.9,ko;q=0.8"), UiLanguage::En),
            (Some("de,ko;q=0.5,en;q=0.3"), UiLanguage::Ko),
            (Some("fr-FR"), UiLanguage::En),
            (Some("ko;q=0, en;q=0.1"), UiLanguage::En),
            (Some("KO"), UiLanguage::Ko),
            (Some("ko;q=banana"), UiLanguage::En),
        ] {
            assert_eq!(UiLanguage::from_accept_language(header), want, "{header:?}");
        }
    }

    #[test]
    fn tags() {
        assert!(Language::parse("ko").is_ok_and(|l| l.is_korean()));
        assert!(Language::parse("en-US").is_ok());
        for bad in ["", "k", "korean", "ko_KR", "ko-", "<b>", "한국어"] {
            assert!(Language::parse(bad).is_err(), "{bad}");
        }
    }
}
