//! A Markdown file with what it says of itself above the text, between two lines of `---`, as many
//! programs for writing keep it. Of YAML, which that is, the part is read that such blocks are
//! written in: `name: value` with or without quotation marks, `|` and `>` with lines further in,
//! and the list of references. All else is refused by its line; a whole reader of YAML is half a
//! megabyte.

/// What went wrong, and in which line of the file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontMatterError {
    /// The block has no end.
    #[error("---?")]
    Endless,
    /// A line that is not understood, or says what is not known.
    #[error("{line}: {text}")]
    Broken {
        /// Which line.
        line: usize,
        /// What stands there.
        text: String,
    },
}

/// What a file says of itself. All of it may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// Without it the text's first heading of the first level, which leaves the text.
    pub title: Option<String>,
    /// Address of the show; not needed where there is only one.
    pub show: Option<String>,
    /// Last piece of the post's address.
    pub slug: Option<String>,
    /// A few lines to the reader.
    pub note: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// From 1.
    pub season: Option<i64>,
    /// From 1.
    pub episode: Option<i64>,
    /// `full`, `trailer` or `bonus`.
    pub episode_type: Option<String>,
    /// Whether it holds explicit language.
    pub explicit: Option<bool>,
    /// What the piece rests on.
    pub references: Option<Vec<Reference>>,
    /// Name of the sound file, beside this one.
    pub audio: Option<String>,
    /// Name of the picture.
    pub cover: Option<String>,
    /// Name of a file with times.
    pub transcript: Option<String>,
    /// `now`, `draft`, or an instant of RFC 3339.
    pub publish: Option<String>,
}

/// Something the piece rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Reference {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Who published it.
    pub outlet: String,
    /// When, as the author writes it.
    pub date: String,
    /// What the author says of it.
    pub remark: String,
    /// How the sentence begins that it belongs to.
    pub passage: String,
}

/// Parts a file into what it says of itself and its text. One that begins with no `---` is all text.
///
/// # Errors
/// A block without an end, and the first line that is not understood.
pub fn read(file: &str) -> Result<(FrontMatter, String), FrontMatterError> {
    let file = file
        .strip_prefix('\u{feff}')
        .unwrap_or(file)
        .replace("\r\n", "\n");
    let mut lines = file.split('\n');
    if lines.next().map(str::trim_end) != Some("---") {
        return Ok(titled(FrontMatter::default(), &file));
    }
    let mut block = Vec::new();
    for line in lines.by_ref() {
        if line.trim_end() == "---" {
            let text: Vec<&str> = lines.collect();
            return Ok(titled(Reader::new(&block).read()?, &text.join("\n")));
        }
        block.push(line);
    }
    Err(FrontMatterError::Endless)
}

/// A line of the block that says something: how far in it stands, its name and its value.
struct Said<'a> {
    number: usize,
    inner: usize,
    is_item: bool,
    name: &'a str,
    value: &'a str,
}

struct Reader<'a> {
    lines: &'a [&'a str],
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(lines: &'a [&'a str]) -> Self {
        Self { lines, at: 0 }
    }

    fn broken(&self, number: usize) -> FrontMatterError {
        let line = self.lines.get(number).copied().unwrap_or_default();
        FrontMatterError::Broken {
            // The line of `---` comes first, and people count from 1.
            line: number + 2,
            text: line.trim().chars().take(80).collect(),
        }
    }

    fn read(mut self) -> Result<FrontMatter, FrontMatterError> {
        let mut told = FrontMatter::default();
        let mut seen = Vec::new();
        while let Some(said) = self.next()? {
            let broken = self.broken(said.number);
            if said.inner > 0 || said.is_item || seen.contains(&said.name) {
                return Err(broken);
            }
            seen.push(said.name);
            if said.name == "references" {
                if !said.value.is_empty() {
                    return Err(broken);
                }
                told.references = Some(self.references()?);
                continue;
            }
            let value = self.value(&said)?;
            let number = || value.parse::<i64>().map(Some).map_err(|_| broken.clone());
            match said.name {
                "season" => told.season = number()?,
                "episode" => told.episode = number()?,
                "explicit" => {
                    told.explicit = Some(match value.as_str() {
                        "true" | "yes" => true,
                        "false" | "no" => false,
                        _ => return Err(broken),
                    });
                }
                "title" => told.title = Some(value),
                "show" => told.show = Some(value),
                "slug" => told.slug = Some(value),
                "note" => told.note = Some(value),
                "language" => told.language = Some(value),
                "episode_type" => told.episode_type = Some(value),
                "audio" => told.audio = Some(value),
                "cover" => told.cover = Some(value),
                "transcript" => told.transcript = Some(value),
                "publish" => told.publish = Some(value),
                _ => return Err(broken),
            }
        }
        Ok(told)
    }

    /// The items under `references:`, each beginning with a hyphen.
    fn references(&mut self) -> Result<Vec<Reference>, FrontMatterError> {
        let mut found: Vec<Reference> = Vec::new();
        loop {
            let before = self.at;
            let Some(said) = self.next()? else { break };
            if said.inner == 0 && !said.is_item {
                self.at = before;
                break;
            }
            if said.is_item {
                found.push(Reference::default());
            }
            let broken = self.broken(said.number);
            let value = self.value(&said)?;
            let reference = found.last_mut().ok_or_else(|| broken.clone())?;
            let place = match said.name {
                "title" => &mut reference.title,
                "url" => &mut reference.url,
                "outlet" => &mut reference.outlet,
                "date" => &mut reference.date,
                "remark" => &mut reference.remark,
                "passage" => &mut reference.passage,
                _ => return Err(broken),
            };
            *place = value;
        }
        Ok(found)
    }

    /// The next line that is neither empty nor a remark.
    fn next(&mut self) -> Result<Option<Said<'a>>, FrontMatterError> {
        while let Some(line) = self.lines.get(self.at) {
            let number = self.at;
            self.at += 1;
            let text = line.trim_start_matches(' ');
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let item = text.strip_prefix("- ");
            let (name, value) = item
                .unwrap_or(text)
                .split_once(':')
                .ok_or_else(|| self.broken(number))?;
            // `https://…` is no name with a value.
            if !value.is_empty() && !value.starts_with([' ', '\t']) {
                return Err(self.broken(number));
            }
            return Ok(Some(Said {
                number,
                inner: line.len() - text.len(),
                is_item: item.is_some(),
                name: name.trim(),
                value: value.trim(),
            }));
        }
        Ok(None)
    }

    fn value(&mut self, said: &Said<'_>) -> Result<String, FrontMatterError> {
        let broken = self.broken(said.number);
        match said.value.as_bytes().first() {
            Some(b'|' | b'>') if said.value.len() == 1 => Ok(self.block(said)),
            Some(b'"') => {
                let end = closing(said.value).ok_or_else(|| broken.clone())?;
                let text = serde_json::from_str(&said.value[..=end]);
                let text = text.map_err(|_| broken.clone())?;
                only_remark(&said.value[end + 1..])
                    .then_some(text)
                    .ok_or(broken)
            }
            Some(b'\'') => {
                let inside = &said.value[1..];
                let mut end = 0;
                // Two of them are one.
                loop {
                    end += inside[end..].find('\'').ok_or_else(|| broken.clone())?;
                    if !inside[end + 1..].starts_with('\'') {
                        break;
                    }
                    end += 2;
                }
                let text = inside[..end].replace("\'\'", "\'");
                only_remark(&inside[end + 1..])
                    .then_some(text)
                    .ok_or(broken)
            }
            // Lists and maps in one line, anchors, tags.
            Some(b'[' | b'{' | b'&' | b'*' | b'!' | b'|' | b'>' | b'@' | b'`' | b'%') => {
                Err(broken)
            }
            _ => {
                let plain = said.value.split(" #").next().unwrap_or_default();
                Ok(plain.trim_end().to_owned())
            }
        }
    }

    /// The lines further in than the name, without what they stand in by; `>` joins them.
    fn block(&mut self, said: &Said<'_>) -> String {
        let name_at = said.inner + if said.is_item { 2 } else { 0 };
        let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let mut lines: Vec<&str> = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            if !line.trim().is_empty() && depth(line) <= name_at {
                break;
            }
            lines.push(line);
            self.at += 1;
        }
        let first = lines.iter().find(|line| !line.trim().is_empty());
        let inner = first.map_or(0, |line| depth(line));
        let text: Vec<&str> = lines
            .iter()
            .map(|line| line.get(inner..).unwrap_or_default().trim_end())
            .collect();
        let joint = if said.value == ">" { " " } else { "\n" };
        text.join(joint).trim().to_owned()
    }
}

/// Where a text in double quotation marks ends.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// Whether nothing but a remark stands behind a value.
fn only_remark(rest: &str) -> bool {
    rest.trim().is_empty() || rest.starts_with(" #")
}

/// Takes the title out of the text where the block has none.
fn titled(mut told: FrontMatter, text: &str) -> (FrontMatter, String) {
    let text = text.trim();
    if told.title.is_none()
        && let Some(rest) = text.strip_prefix("# ")
    {
        let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        told.title = Some(title.trim().to_owned());
        return (told, rest.trim().to_owned());
    }
    (told, text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_whole_file() {
        let file = "---\ntitle: \"아침: 논평\"\nshow: news\nseason: 2\nnote: |\n  첫 줄\n  둘째 줄\n\
                    references:\n  - title: 자료\n    url: https://example.org/a?b=c\n  - url: https://example.org/\n\
                    publish: 2026-12-01T07:00:00+09:00\n---\n\n첫 문장.\n\n---\n\n둘째 문장.\n";
        let (told, text) = read(file).expect("good");
        assert_eq!(told.title.as_deref(), Some("아침: 논평"));
        assert_eq!((told.show.as_deref(), told.season), (Some("news"), Some(2)));
        assert_eq!(told.note.as_deref(), Some("첫 줄\n둘째 줄"));
        let references = told.references.expect("two");
        assert_eq!(references[0].url, "https://example.org/a?b=c");
        assert_eq!(references.len(), 2);
        assert_eq!(told.publish.as_deref(), Some("2026-12-01T07:00:00+09:00"));
        assert_eq!(text, "첫 문장.\n\n---\n\n둘째 문장.");
    }

    #[test]
    fn files_without_a_block_and_with_an_odd_one() {
        let (told, text) = read("# 제목\r\n\r\n글.\r\n").expect("good");
        assert_eq!(
            (told.title.as_deref(), text.as_str()),
            (Some("제목"), "글.")
        );
        let (told, text) = read("## 작은 제목\n글.").expect("good");
        assert_eq!(
            (told, text.as_str()),
            (FrontMatter::default(), "## 작은 제목\n글.")
        );
        let (told, text) = read("---\n---\n글.").expect("good");
        assert_eq!((told, text.as_str()), (FrontMatter::default(), "글."));
        let (told, text) = read("---\ntitle: 글 없음\n---").expect("good");
        assert_eq!(
            (told.title.as_deref(), text.as_str()),
            (Some("글 없음"), "")
        );
        assert!(matches!(
            read("---\ntitle: a\n"),
            Err(FrontMatterError::Endless)
        ));
        for bad in [
            "titel: a",
            "title: [a",
            "season: one",
            "- a",
            "title: a\ntitle: b",
            "title: \"a",
            "title: 'a",
            "  title: a",
            "explicit: maybe",
            "references: a",
            "references:\n  title: a",
            "https://a",
            "references:\n- link: a",
            "title: \"a\" b",
            "title: &a b",
        ] {
            let file = format!("---\n{bad}\n---\ntext");
            assert!(
                matches!(
                    read(&file),
                    Err(FrontMatterError::Broken { line: 2..=3, .. })
                ),
                "{bad}"
            );
        }
    }

    #[test]
    fn values_in_every_way() {
        let file = "---\n# eine Bemerkung\ntitle: It's 5 # five\nnote: >\n  one\n  two\n\nslug: 'it''s'\n\
                    explicit: yes\nreferences:\n- title: \"a \\\"b\\\" # c\" # d\n  url: https://e.org/#f\n\
                    \x20 remark: |\n    g\n      h\nepisode: 3\n---\n";
        let (told, _) = read(file).expect("good");
        assert_eq!(told.title.as_deref(), Some("It's 5"));
        assert_eq!(told.note.as_deref(), Some("one two"));
        assert_eq!(told.slug.as_deref(), Some("it's"));
        assert_eq!((told.explicit, told.episode), (Some(true), Some(3)));
        let reference = &told.references.expect("one")[0];
        assert_eq!(reference.title, "a \"b\" # c");
        assert_eq!(reference.url, "https://e.org/#f");
        assert_eq!(reference.remark, "g\n  h");
    }

    proptest! {
        #[test]
        fn anything_is_read_or_refused(file in "(---\n)?\\PC{0,200}(\n---\n)?\\PC{0,50}") {
            let _ = read(&file);
        }

        #[test]
        fn a_quoted_title_comes_back(title in "[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{feff}\u{fffe}\u{ffff}\u{2028}\u{2029}\u{e000}-\u{f8ff}]{1,60}") {
            let quoted = serde_json::to_string(&title).expect("JSON");
            let (told, _) = read(&format!("---\ntitle: {quoted}\n---\n")).expect("good");
            prop_assert_eq!(told.title, Some(title));
        }
    }
}
