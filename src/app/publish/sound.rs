//! Which sound of a folder goes with a script.
use anyhow::bail;

use super::folder::nfc;
use crate::kernel::Message;
use crate::web::ui::Ui;

/// Endings of sound files that go with a script.
const SOUND: &[&str] = &[
    "mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "flac", "wav", "mp4",
];
/// Endings of sound files that no server takes.
const OTHER_SOUND: &[&str] = &[
    "aif", "aifc", "aiff", "amr", "ape", "caf", "mka", "mov", "webm", "weba", "wma",
];
/// Endings of scripts, of which a folder may hold several.
const SCRIPTS: &[&str] = &["md", "markdown"];

/// The sound that was found.
#[derive(Debug, Default)]
pub struct Beside {
    /// What the file is called.
    pub name: Option<String>,
    /// A sentence on what may not be as it was meant.
    pub warning: Option<String>,
}

/// Whether a name has one of these endings, in large or small letters.
pub fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.contains(&ending.to_ascii_lowercase().as_str())
}

fn stem(name: &str) -> String {
    nfc(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

/// Of a folder's files the sound that is called like the script; else, where there is no other script,
/// the only one.
///
/// # Errors
/// One sentence where several may be meant, or one that no server takes.
pub fn sound_beside(script: &str, files: &[String], ui: Ui) -> anyhow::Result<Beside> {
    let of = |endings: &'static [&str]| files.iter().filter(|name| ends_in(name, endings));
    let alike = |name: &&String| stem(name) == stem(script);
    let has_others = of(SCRIPTS).any(|name| name != script);
    // Of several scripts in a folder, nobody knows whose sound it is that is called like none.
    let is_meant = |name: &&String| !has_others || alike(name);
    let is_called_so = of(SOUND).chain(of(OTHER_SOUND)).any(|name| alike(&name));
    let may_be = |name: &&String| {
        if is_called_so {
            alike(name)
        } else {
            is_meant(name)
        }
    };
    let found: Vec<&str> = of(SOUND).filter(may_be).map(String::as_str).collect();
    let refused: Vec<&str> = of(OTHER_SOUND).filter(may_be).map(String::as_str).collect();
    let name = match (found.as_slice(), refused.as_slice()) {
        ([one], _) => Some((*one).to_owned()),
        ([], []) => None,
        ([], _) => {
            let why = Message::new("publish-sound-kind")
                .with("files", refused.join(", "))
                .with("endings", SOUND.join(", "));
            bail!(ui.message(&why));
        }
        _ => bail!(ui.t1("publish-many-sounds", "files", found.join(", "))),
    };
    let is_free = |name: &&String| of(SCRIPTS).all(|script| stem(script) != stem(name));
    let free: Vec<&str> = of(SOUND).filter(is_free).map(String::as_str).collect();
    let is_left = name.is_none() && !free.is_empty();
    Ok(Beside {
        warning: is_left.then(|| ui.t1("publish-sound-left", "files", free.join(", "))),
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::language::UiLanguage;

    fn beside(files: &[&str]) -> anyhow::Result<Beside> {
        let files: Vec<String> = files.iter().map(|f| (*f).to_owned()).collect();
        sound_beside("today.md", &files, Ui::new(UiLanguage::En))
    }

    #[test]
    fn one_is_sent_or_all_are_named() {
        for (files, sent) in [
            (&["today.md"][..], None),
            (&["today.md", "voice.MP3"], Some("voice.MP3")),
            (
                &["a.md", "today.md", "today.opus", "voice.mp3"],
                Some("today.opus"),
            ),
            (&["today.aiff", "today.md", "today.mp3"], Some("today.mp3")),
            (&["a.md", "a.mp3", "b.webm", "today.md"], None),
        ] {
            let found = beside(files).expect("clear");
            assert_eq!(found.name.as_deref(), sent, "{files:?}");
            assert_eq!(found.warning, None, "{files:?}");
        }
        let left = beside(&["a.md", "today.md", "voice.mp3"]).expect("whose is it?");
        assert!(left.name.is_none() && left.warning.is_some_and(|w| w.contains("voice.mp3")));
        for (files, named) in [
            (
                &["a.mp3", "b.wav", "today.md"][..],
                &["a.mp3", "b.wav", "audio:"][..],
            ),
            (
                &["a.mp3", "today.md", "today.mp3", "today.wav"],
                &["today.mp3", "today.wav"],
            ),
            (&["today.md", "voice.webm"], &["voice.webm", "mp3"]),
            (
                &["jingle.mp3", "today.AIFF", "today.md"],
                &["today.AIFF", "mp3"],
            ),
        ] {
            let why = beside(files).expect_err("several").to_string();
            assert!(named.iter().all(|name| why.contains(name)), "{why}");
            assert!(!why.contains("a.mp3") || named.contains(&"a.mp3"), "{why}");
        }
    }
}
