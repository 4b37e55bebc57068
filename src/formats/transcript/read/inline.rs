//! What stands in a subtitle: words, marked up.
use super::entities::Entities;
use crate::formats::transcript::clock;
use crate::formats::transcript::write::JOINER;

/// A run of words with the same speaker and start.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Who speaks, as written.
    pub speaker: Option<String>,
    /// When it starts, where the subtitle says so.
    pub start_ms: Option<u64>,
    /// Raw text, entities decoded, tags gone.
    pub text: String,
}

/// Which markup a subtitle may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// WebVTT: whatever begins like a tag is one.
    Vtt,
    /// SRT: the tags that players know; others are text.
    Srt,
}

/// Takes the text of a subtitle apart. Line ends count as spaces.
pub fn runs(text: &str, markup: Markup, entities: &mut Entities) -> Vec<Run> {
    let mut runs = vec![Run::default()];
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        let parted = behind.strip_prefix(JOINER);
        let is_new_run = match (c, parted) {
            ('<' | '&' | '{', Some(behind)) => {
                push(&mut runs, c);
                rest = behind;
                None
            }
            ('<', _) => tag(rest, markup)
                .map(|(tag, length)| {
                    rest = &rest[length..];
                    Some(tag)
                })
                .unwrap_or_else(|| {
                    push(&mut runs, c);
                    rest = behind;
                    None
                }),
            ('&', _) => {
                let (text, length) = entities.decode(rest).unwrap_or(("&".into(), 1));
                text.chars().for_each(|c| push(&mut runs, c));
                rest = &rest[length..];
                None
            }
            ('{', _) if markup == Markup::Srt && behind.starts_with('\\') => {
                let end = rest.find('}').map_or(rest.len(), |end| end + 1);
                rest = &rest[end..];
                None
            }
            (JOINER, _) if before == '-' && behind.starts_with('>') => {
                rest = behind;
                None
            }
            _ => {
                push(&mut runs, c);
                rest = behind;
                None
            }
        };
        before = c;
        match is_new_run {
            Some(Tag::Voice(name)) => {
                let name = decoded(&name, entities);
                runs.push(Run {
                    speaker: Some(name),
                    ..Run::default()
                });
            }
            Some(Tag::VoiceEnd) => runs.push(Run::default()),
            Some(Tag::Time(ms)) => {
                let speaker = runs.last().and_then(|run| run.speaker.clone());
                runs.push(Run {
                    speaker,
                    start_ms: Some(ms),
                    text: String::new(),
                });
            }
            Some(Tag::Break) => push(&mut runs, ' '),
            Some(Tag::Other) | None => {}
        }
    }
    runs.retain(|run| !run.text.trim().is_empty());
    runs
}

fn push(runs: &mut [Run], c: char) {
    if let Some(run) = runs.last_mut() {
        run.text.push(c);
    }
}

fn decoded(text: &str, entities: &mut Entities) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (text, length) = entities.decode(&rest[at..]).unwrap_or(("&".into(), 1));
        out.push_str(&text);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

enum Tag {
    Voice(String),
    VoiceEnd,
    Time(u64),
    Break,
    Other,
}

/// The tag at the start of the text, and its length in bytes; `None` where it is text.
fn tag(text: &str, markup: Markup) -> Option<(Tag, usize)> {
    const SRT_TAGS: [&str; 19] = [
        "b", "i", "u", "s", "c", "v", "font", "ruby", "rt", "rp", "lang", "br", "span", "p", "em",
        "strong", "div", "sub", "sup",
    ];
    let inside = &text[1..];
    let name_at = inside.strip_prefix('/').unwrap_or(inside);
    let first = name_at.chars().next()?;
    if !first.is_ascii_alphanumeric() && !inside.starts_with("/>") && !inside.starts_with('!') {
        return None;
    }
    // A tag holds no `<`; one that is never closed ends with its line.
    let end = inside.find(['>', '<', '\n'])?;
    let closed = inside.as_bytes().get(end) == Some(&b'>');
    let (tag, length) = (&inside[..end], 1 + end + usize::from(closed));
    let closing = tag.starts_with('/');
    let tag = tag.trim_start_matches('/');
    if first.is_ascii_digit() {
        let time = tag.trim();
        let ms = clock::parse(time).filter(|_| closed && time.contains(':'));
        return ms.map(|ms| (Tag::Time(ms), length));
    }
    let name_end = tag
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(tag.len());
    let name = tag[..name_end].to_ascii_lowercase();
    if !closed || (markup == Markup::Srt && !SRT_TAGS.contains(&name.as_str())) {
        return None;
    }
    let found = match (name.as_str(), closing) {
        ("v", true) => Tag::VoiceEnd,
        ("v", false) => match tag.split_once([' ', '\t']) {
            Some((_, who)) => Tag::Voice(who.trim().to_owned()),
            None => Tag::Other,
        },
        ("br" | "p" | "div", _) => Tag::Break,
        _ => Tag::Other,
    };
    Some((found, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, markup: Markup) -> String {
        let runs = runs(text, markup, &mut Entities::default());
        runs.into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn tags_go_and_signs_stay() {
        assert_eq!(
            words("<i>A</i> {\\an8}<font color=\"#fff\">B</font>", Markup::Srt),
            "A B"
        );
        assert_eq!(
            words("a < b <자막> &amp; <3", Markup::Srt),
            "a < b <자막> & <3"
        );
        assert_eq!(
            words("<script>x</script>", Markup::Srt),
            "<script>x</script>"
        );
        assert_eq!(words("<script>x</script>", Markup::Vtt), "x");
        assert_eq!(words("&lt;b&gt; &amp;lt;", Markup::Vtt), "<b> &lt;");
        assert_eq!(
            words(
                "--\u{2060}> <\u{2060}b> &\u{2060}amp; {\u{2060}\\an8}",
                Markup::Srt
            ),
            "--> <b> &amp; {\\an8}"
        );
    }

    #[test]
    fn voices_and_times_part_runs() {
        let run = |speaker: Option<&str>, start_ms, text: &str| Run {
            speaker: speaker.map(str::to_owned),
            start_ms,
            text: text.into(),
        };
        assert_eq!(
            runs(
                "<v.loud A&amp;B>hi <00:01.500>you</v><v C>yo",
                Markup::Vtt,
                &mut Entities::default()
            ),
            [
                run(Some("A&B"), None, "hi "),
                run(Some("A&B"), Some(1500), "you"),
                run(Some("C"), None, "yo"),
            ]
        );
    }
}
