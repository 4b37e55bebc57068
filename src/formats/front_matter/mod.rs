//! A Markdown file with what it says of itself above the text, between two lines of `---`, as many
//! programs for writing keep it. Of YAML, which that is, the part is read that such blocks are
//! written in: `name: value` with or without quotation marks, `|` and `>` with lines further in,
//! and the list of references. What other programs keep there is passed over, whatever it holds. All
//! else is refused by its line; a whole reader of YAML is half a megabyte.
mod names;

use names::{KEYS, REFERENCE_KEYS, is_foreign};

pub use names::FrontMatterError;

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
    /// `now`, `draft`, `unlisted`, or an instant of RFC 3339.
    pub publish: Option<String>,
    /// Names that other programs keep there, as they stand.
    pub passed_over: Vec<String>,
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

/// Parts a file into what it says of itself and its text. One that begins with no `---` is all text,
/// and so is one whose `---` is a rule, with no `name:` below.
///
/// # Errors
/// A block without an end, one of TOML, and the first line that is not understood.
pub fn read(file: &str) -> Result<(FrontMatter, String), FrontMatterError> {
    let file = file
        .strip_prefix('\u{feff}')
        .unwrap_or(file)
        .replace("\r\n", "\n");
    let lines: Vec<&str> = file.split('\n').collect();
    match lines[0].trim_end() {
        "---" => {}
        "+++" => return Err(FrontMatterError::Toml),
        _ => return Ok(titled(FrontMatter::default(), &file)),
    }
    let below = &lines[1..];
    let says = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
    let first = below.iter().find(|line| says(line));
    let begins = first.is_some_and(|line| key(line).is_some());
    let Some(end) = below.iter().position(|line| line.trim_end() == "---") else {
        return match begins {
            true => Err(FrontMatterError::Endless),
            false => Ok(titled(FrontMatter::default(), &file)),
        };
    };
    let block = &below[..end];
    let known = |name: &str| KEYS.contains(&name) || is_foreign(name);
    let is_empty = !block.iter().any(|line| says(line));
    if is_empty || begins || block.iter().any(|line| key(line).is_some_and(known)) {
        let text = below[end + 1..].join("\n");
        return Ok(titled(Reader::new(block).read()?, &text));
    }
    Ok(titled(FrontMatter::default(), &file))
}

/// The name before a line's colon, if it is one word.
fn key(line: &str) -> Option<&str> {
    let (name, value) = line.trim_start().split_once(':')?;
    let is_word = name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "_-".contains(c));
    (is_word && (value.is_empty() || value.starts_with(char::is_whitespace))).then_some(name)
}

/// Yes or no, in the ways of YAML 1.1.
fn truth(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
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
        let mut is_draft = false;
        while let Some(said) = self.next()? {
            let broken = self.broken(said.number);
            if said.inner > 0 || said.is_item || seen.contains(&said.name) {
                return Err(broken);
            }
            seen.push(said.name);
            if is_foreign(said.name) {
                // Jekyll's word for a draft.
                is_draft |= said.name == "published" && truth(said.value) == Some(false);
                told.passed_over.push(said.name.to_owned());
                self.pass_over();
                continue;
            }
            if !KEYS.contains(&said.name) {
                return Err(self.unknown(&said, KEYS));
            }
            if said.name == "references" {
                if !said.value.is_empty() {
                    return Err(broken);
                }
                told.references = Some(self.references()?);
                continue;
            }
            let value = self.value(&said)?;
            // Templates leave names without a value.
            let filled = Some(value.clone()).filter(|v| !v.is_empty());
            let number = || value.parse::<i64>().map(Some).map_err(|_| broken.clone());
            match said.name {
                "season" => told.season = number()?,
                "episode" => told.episode = number()?,
                "explicit" => told.explicit = Some(truth(&value).ok_or(broken)?),
                "draft" => is_draft |= truth(&value).ok_or(broken)?,
                "title" => told.title = Some(value),
                "show" => told.show = filled,
                "slug" => told.slug = Some(value),
                "note" => told.note = Some(value),
                "language" => told.language = Some(value),
                "episode_type" => told.episode_type = Some(value),
                "audio" => told.audio = filled,
                "cover" => told.cover = filled,
                "transcript" => told.transcript = filled,
                // Obsidian has a yes or no there.
                "publish" => {
                    told.publish = match truth(&value) {
                        Some(true) => Some("now".to_owned()),
                        Some(false) => Some("draft".to_owned()),
                        None => filled,
                    };
                }
                _ => return Err(broken),
            }
        }
        if is_draft {
            told.publish = Some("draft".to_owned());
        }
        Ok(told)
    }

    fn unknown(&self, said: &Said<'_>, known: &'static [&'static str]) -> FrontMatterError {
        FrontMatterError::Unknown {
            line: said.number + 2,
            name: said.name.chars().take(80).collect(),
            known,
        }
    }

    /// Goes to the next name of the block: lists and maps may stand under the one before.
    fn pass_over(&mut self) {
        let belongs = |line: &str| {
            line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#', ']', '}'])
        };
        while self.lines.get(self.at).is_some_and(|line| belongs(line)) {
            self.at += 1;
        }
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
                _ => return Err(self.unknown(&said, REFERENCE_KEYS)),
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
            Some(b'|' | b'>') if ["", "-", "+"].contains(&&said.value[1..]) => Ok(self.block(said)),
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
        let joint = if said.value.starts_with('>') {
            " "
        } else {
            "\n"
        };
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
            "title: [a",
            "season: one",
            "title: a\ntitle: b",
            "title: \"a",
            "title: 'a",
            "  title: a",
            "explicit: maybe",
            "references: a",
            "references:\n  title: a",
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
    fn names_of_other_programs_are_passed_over() {
        let file = "---\ntitle: 글\ndate: 2026-11-29\ntags: [a, b]\naliases:\n- 하나\n- 둘: 셋\nimage:\n\x20 path: a.png\n\
                    categories: [a,\n  b\n]\nLastmod: x\nexplicit: False\nnote: >-\n  one\n  two\naudio:\n---\n글.";
        let (told, text) = read(file).expect("good");
        let passed = ["date", "tags", "aliases", "image", "categories", "Lastmod"];
        assert_eq!(told.passed_over, passed);
        assert_eq!((told.explicit, told.audio), (Some(false), None));
        assert_eq!(told.note.as_deref(), Some("one two"));
        assert_eq!((told.publish, text.as_str()), (None, "글."));
        for (line, publish) in [
            ("draft: True", Some("draft")),
            ("published: false", Some("draft")),
            ("publish: now\ndraft: yes", Some("draft")),
            ("publish: true", Some("now")),
            ("publish: no", Some("draft")),
            ("publish: unlisted\ndraft: false", Some("unlisted")),
            ("published: true", None),
        ] {
            let (told, _) = read(&format!("---\n{line}\n---\n")).expect("good");
            assert_eq!(told.publish.as_deref(), publish, "{line}");
        }
        for (bad, at, unknown) in [
            ("titel: a", 2, "titel"),
            ("title: a\n제목: b", 3, "제목"),
            ("제목: b", 2, "제목"),
            ("references:\n- link: a", 3, "link"),
        ] {
            let why = read(&format!("---\n{bad}\n---\n")).expect_err(bad);
            let FrontMatterError::Unknown { line, name, known } = why else {
                panic!("{bad}: {why}");
            };
            assert_eq!((line, name.as_str()), (at, unknown));
            assert!(known.contains(&"title"));
        }
    }

    #[test]
    fn a_rule_at_the_top_is_text() {
        for text in [
            "---\n\n첫 문장입니다.\n\n---\n\n둘째.",
            "---\n첫 문장입니다.",
            "---\n- 하나\n---\n글.",
            "---\nhttps://a\n---\n글.",
        ] {
            let read = read(text).expect("text");
            assert_eq!(read, (FrontMatter::default(), text.to_owned()));
        }
        assert_eq!(read("---\ntitle: a\n글."), Err(FrontMatterError::Endless));
        let toml = read("+++\ntitle = \"a\"\n+++\n글.");
        assert_eq!(toml, Err(FrontMatterError::Toml));
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
