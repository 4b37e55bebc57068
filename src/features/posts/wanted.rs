//! Which posts an author's list shows: by state, by kind, by words in them.
use super::model::PostState;
use crate::kernel::ids::UserId;
use crate::kernel::text;

/// The longest search, in characters.
pub const SEARCH_CHARS: usize = 200;
/// Words that are looked for; what is typed after them is not, so that one question costs no
/// more than so many looks at every text.
pub const SEARCH_WORDS: usize = 5;

/// Posts with a recording, or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub enum PostKind {
    /// The working copy has a recording.
    Audio,
    /// It has none.
    Text,
}

impl PostKind {
    /// In the order of the dashboard's field.
    pub const ALL: [Self; 2] = [Self::Audio, Self::Text];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Audio => "audio",
            Self::Text => "text",
        }
    }

    /// Reads the word; anything else is no kind.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What a list of posts is to show. The default is everything but the trash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Posts of this state alone; `None` is all but the trash.
    pub state: Option<PostState>,
    /// Posts of this kind alone.
    pub kind: Option<PostKind>,
    /// What was typed, in one line, NFC, of at most [`SEARCH_CHARS`] characters.
    pub search: String,
    /// Posts that this person began alone: a contributor sees no others.
    pub by: Option<UserId>,
}

impl Wanted {
    /// Reads the words of an address. What they do not say is not asked for.
    pub fn parse(state: &str, kind: &str, search: &str) -> Self {
        let line = text::clean_line(search).unwrap_or_default();
        let line: String = line.chars().take(SEARCH_CHARS).collect();
        Self {
            state: PostState::parse(state),
            kind: PostKind::parse(kind),
            search: line.trim_end().to_owned(),
            by: None,
        }
    }

    /// Whether it is narrower than the whole list that this person may see.
    pub fn is_narrow(&self) -> bool {
        self.state.is_some() || self.kind.is_some() || !self.search.is_empty()
    }

    /// A pattern for `LIKE … ESCAPE '!'` a word; a post must fit each of them. Where there are fewer
    /// words, the rest fits everything.
    pub(super) fn patterns(&self) -> [String; SEARCH_WORDS] {
        let mut words = self.search.split_whitespace();
        std::array::from_fn(|_| match words.next() {
            Some(word) => format!("%{}%", escaped(word)),
            None => "%".to_owned(),
        })
    }
}

/// A word whose signs mean nothing in a pattern.
fn escaped(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_bounded() {
        let wanted = Wanted::parse("draft", "audio", " 첫눈\u{202e}  50% ");
        assert_eq!(wanted.state, Some(PostState::Draft));
        assert_eq!(wanted.kind, Some(PostKind::Audio));
        assert_eq!(wanted.search, "첫눈 50%");
        let patterns = wanted.patterns();
        assert_eq!(patterns[..3], ["%첫눈%", "%50!%%", "%"]);
        // Decomposed Hangul is the same word.
        assert_eq!(Wanted::parse("", "", "\u{1100}\u{1161}").search, "가");
        let nothing = Wanted::parse("trash", "film", "\0");
        assert!(!nothing.is_narrow() && wanted.is_narrow());
        let long = Wanted::parse("", "", &"가 ".repeat(300));
        assert_eq!(long.search.chars().count(), SEARCH_CHARS - 1);
    }
}
