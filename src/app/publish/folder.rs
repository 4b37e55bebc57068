//! What lies in the author's folder: the script and what goes with it.
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::because;
use crate::features::posts;
use crate::formats::front_matter::{self, FrontMatter};
use crate::formats::{script, transcript};
use crate::web::ui::Ui;

/// Endings of sound files that go with a script of the same name.
const SOUND: [&str; 8] = ["mp3", "m4a", "aac", "ogg", "opus", "flac", "wav", "mp4"];

/// A file to be sent.
#[derive(Debug)]
pub struct Attachment {
    /// What it is called.
    pub name: String,
    /// Open for reading.
    pub file: Arc<File>,
    /// Its length.
    pub length_bytes: u64,
}

/// A script and what goes with it.
#[derive(Debug)]
pub struct Piece {
    /// What the file and its folder are called.
    pub name: String,
    /// What the file says of itself.
    pub told: FrontMatter,
    /// Its text.
    pub script: String,
    /// The recording.
    pub audio: Option<Attachment>,
    /// The picture.
    pub cover: Option<Attachment>,
    /// A file with times.
    pub transcript: Option<Attachment>,
    /// Sentences on what may not be as it was meant.
    pub warnings: Vec<String>,
}

impl Piece {
    /// Reads a script, or the one script of a folder. The sound file that the front matter names goes
    /// with it; else the one that is called like it, else the only one of the folder. Nothing outside
    /// of the script's folder is read.
    ///
    /// # Errors
    /// One sentence: what cannot be read, what is missing, what there is too much of.
    pub fn read(path: &Path, ui: Ui) -> anyhow::Result<Self> {
        let unreadable = |path: &Path, why: std::io::Error| {
            because(
                ui,
                "publish-unreadable",
                format!("{}: {why}", path.display()),
            )
        };
        let script = script_of(path, ui)?;
        let bytes = fs::read(&script).map_err(|why| unreadable(&script, why))?;
        let (file, other) =
            transcript::text(&bytes).map_err(|why| anyhow!(ui.message(&why.message())))?;
        let (told, text) =
            front_matter::read(&file).map_err(|why| because(ui, "publish-front-matter", why))?;
        let whole = script
            .canonicalize()
            .map_err(|why| unreadable(&script, why))?;
        let folder = whole.parent().unwrap_or(Path::new("/")).to_owned();
        let open = |name: &str| -> anyhow::Result<Attachment> {
            let path = folder.join(name);
            let real = path.canonicalize().map_err(|why| unreadable(&path, why))?;
            // Who runs this on somebody else's text does not send his own files with it.
            if !real.starts_with(&folder) {
                bail!(ui.t1("publish-outside", "file", name));
            }
            let file = File::open(&real).map_err(|why| unreadable(&path, why))?;
            let length = file.metadata().map_err(|why| unreadable(&path, why))?.len();
            Ok(Attachment {
                name: file_name(&path),
                file: Arc::new(file),
                length_bytes: length,
            })
        };
        let audio = match &told.audio {
            Some(name) => Some(open(name)?),
            None => match sound_beside(&whole, &folder).map_err(|why| unreadable(&folder, why))? {
                Some(path) => Some(open(&file_name(&path))?),
                None => None,
            },
        };
        let other = other.map(|encoding| ui.t1("script-encoding", "encoding", encoding));
        let warnings = other.into_iter().chain(untied(&told, &text, ui)).collect();
        Ok(Self {
            warnings,
            name: format!("{}/{}", file_name(&folder), file_name(&whole)),
            audio,
            cover: told.cover.as_deref().map(open).transpose()?,
            transcript: told.transcript.as_deref().map(open).transpose()?,
            told,
            script: text,
        })
    }
}

/// What is said of references whose sentence is not in the text.
fn untied(told: &FrontMatter, text: &str, ui: Ui) -> Vec<String> {
    let sentences = script::cut(text);
    let all = sentences.iter().map(|s| (s, s.text.as_str()));
    let passages = told.references.iter().flatten().map(|r| &r.passage);
    passages
        .filter(|passage| !passage.is_empty())
        .filter(|passage| posts::sentence_beginning(passage, all.clone()).is_none())
        .map(|passage| ui.t1("publish-no-passage", "passage", passage))
        .collect()
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    endings.contains(&ending.to_ascii_lowercase().as_str())
}

/// The script itself, or the only one of a folder.
fn script_of(path: &Path, ui: Ui) -> anyhow::Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let found = files(path, &["md", "markdown", "txt"]).map_err(|why| {
        because(
            ui,
            "publish-unreadable",
            format!("{}: {why}", path.display()),
        )
    })?;
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => bail!(ui.t1("publish-no-script", "folder", path.display())),
        _ => bail!(ui.t1("publish-many-scripts", "folder", path.display())),
    }
}

fn sound_beside(script: &Path, folder: &Path) -> std::io::Result<Option<PathBuf>> {
    let found = files(folder, &SOUND)?;
    let alike: Vec<&PathBuf> = found
        .iter()
        .filter(|path| path.file_stem() == script.file_stem())
        .collect();
    let scripts = files(folder, &["md", "markdown"])?;
    Ok(match (alike.as_slice(), found.as_slice(), scripts.len()) {
        ([one, ..], _, _) => Some((*one).clone()),
        // Of several scripts in a folder, nobody knows whose sound it is.
        ([], [only], 1) => Some(only.clone()),
        _ => None,
    })
}

fn files(folder: &Path, endings: &[&str]) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = file_name(&path).starts_with('.');
        if path.is_file() && !is_hidden && ends_in(&path, endings) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::language::UiLanguage;

    fn ui() -> Ui {
        Ui::new(UiLanguage::En)
    }

    #[test]
    fn a_folder_with_a_script_and_its_sound() {
        let folder = tempfile::tempdir().expect("a folder");
        let write =
            |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        assert!(
            Piece::read(folder.path(), ui()).is_err(),
            "nothing is there"
        );
        write("today.md", "---\ntitle: 오늘\n---\n글.");
        let piece = Piece::read(folder.path(), ui()).expect("a script");
        assert!(piece.audio.is_none() && piece.script == "글.");
        write("voice.MP3", "sound");
        let piece = Piece::read(folder.path(), ui()).expect("a script");
        assert_eq!(
            piece.audio.map(|a| (a.name, a.length_bytes)),
            Some(("voice.MP3".to_owned(), 5))
        );
        write("today.opus", "sound");
        let piece = Piece::read(folder.path(), ui()).expect("a script");
        assert_eq!(piece.audio.map(|a| a.name), Some("today.opus".to_owned()));
        write("other.md", "글.");
        assert!(Piece::read(folder.path(), ui()).is_err(), "which one?");
        let other = Piece::read(&folder.path().join("other.md"), ui()).expect("named");
        assert!(other.audio.is_none(), "whose sound is it?");
        assert_ne!(other.name, piece.name);
        write("bad.md", "---\naudio: gone.mp3\n---\n");
        let why = Piece::read(&folder.path().join("bad.md"), ui()).expect_err("no such file");
        assert!(why.to_string().contains("gone.mp3"), "{why}");
    }

    #[test]
    fn what_lies_outside_of_the_folder_is_not_sent() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("today");
        fs::create_dir_all(folder.join("sound")).expect("made");
        let secret = outer.path().join("secret.mp3");
        for file in [&secret, &folder.join("sound/voice.mp3")] {
            fs::write(file, "sound").expect("written");
        }
        let read = |name: &str, value: &str| {
            let script = folder.join("today.md");
            fs::write(&script, format!("---\n{name}: {value}\n---\n글.")).expect("written");
            Piece::read(&script, ui())
        };
        std::os::unix::fs::symlink(&secret, folder.join("link")).expect("linked");
        for name in ["audio", "cover", "transcript"] {
            read(name, "sound/voice.mp3").expect("below the script");
            for value in ["../secret.mp3", secret.to_str().expect("UTF-8"), "link"] {
                let why = read(name, value).expect_err("outside").to_string();
                assert!(why.contains(value) && why.contains("outside"), "{why}");
            }
        }
        // Nor is a link the sound beside a script.
        fs::rename(folder.join("link"), folder.join("today.mp3")).expect("moved");
        assert!(read("title", "오늘").is_err());
    }

    #[test]
    fn what_may_be_meant_otherwise_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let script = folder.path().join("today.md");
        let text = "---\nreferences:\n  - title: a\n    passage: 둘째 문장\n  - title: b\n    passage: 없는 문장\n\
                    ---\n첫 문장입니다. 둘째  문장입니다.";
        fs::write(&script, text).expect("written");
        let warnings = Piece::read(&script, ui()).expect("a script").warnings;
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains("없는 문장"), "{warnings:?}");
        let (korean, _, _) = encoding_rs::EUC_KR.encode("오늘은 도서관 이야기를 하겠습니다.");
        fs::write(&script, korean).expect("written");
        let piece = Piece::read(&script, ui()).expect("a script");
        assert_eq!(piece.script, "오늘은 도서관 이야기를 하겠습니다.");
        assert!(piece.warnings[0].contains("CP949"), "{:?}", piece.warnings);
    }
}
