//! What lies in the author's folder: the script and what goes with it.
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};
use unicode_normalization::UnicodeNormalization;

use super::because;
use super::sound::{ends_in, sound_beside};
use crate::features::posts;
use crate::formats::front_matter::{self, FrontMatter};
use crate::formats::image::{MAX_COVER_BYTES, cover_hash};
use crate::formats::{script, transcript};
use crate::ports::media::hash_of;
use crate::web::ui::Ui;

/// A file to be sent.
#[derive(Debug)]
pub struct Attachment {
    /// What it is called, in NFC: a Mac hands out names in pieces.
    pub name: String,
    /// Open for reading.
    pub file: Arc<File>,
    /// Its length.
    pub length_bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
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
    /// What the server calls that picture once it has it.
    pub cover_hash: Option<String>,
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
            front_matter::read(&file).map_err(|why| anyhow!(ui.message(&why.message())))?;
        let whole = script
            .canonicalize()
            .map_err(|why| unreadable(&script, why))?;
        let folder = whole.parent().unwrap_or(Path::new("/")).to_owned();
        let open = |name: &str| -> anyhow::Result<Attachment> {
            let path = located(&folder, name);
            let real = path.canonicalize().map_err(|why| unreadable(&path, why))?;
            // Who runs this on somebody else's text does not send his own files with it.
            if !real.starts_with(&folder) {
                bail!(ui.t1("publish-outside", "file", name));
            }
            // Whoever opens a pipe waits for the other end.
            let is_file = fs::metadata(&real).map_err(|why| unreadable(&path, why))?;
            if !is_file.is_file() {
                bail!(ui.t1("publish-no-file", "file", name));
            }
            let mut file = File::open(&real).map_err(|why| unreadable(&path, why))?;
            let read = hash_of(&mut file).map_err(|why| unreadable(&path, why))?;
            if read.length_bytes == 0 {
                bail!(ui.t1("publish-empty", "file", name));
            }
            Ok(Attachment {
                name: nfc(&file_name(&path)),
                file: Arc::new(file),
                length_bytes: read.length_bytes,
                sha256: read.hash,
            })
        };
        let mut warnings = Vec::new();
        warnings.extend(other.map(|encoding| ui.t1("script-encoding", "encoding", encoding)));
        if !told.passed_over.is_empty() {
            warnings.push(ui.t1("publish-passed-over", "names", told.passed_over.join(", ")));
        }
        warnings.extend(untied(&told, &text, ui));
        let audio = match &told.audio {
            Some(name) => Some(open(name)?),
            None => {
                let files = entries(&folder).map_err(|why| unreadable(&folder, why))?;
                let beside = sound_beside(&file_name(&whole), &files, ui)?;
                warnings.extend(beside.warning);
                beside.name.as_deref().map(open).transpose()?
            }
        };
        let cover = told.cover.as_deref().map(open).transpose()?;
        let cover_hash = match (&told.cover, &cover) {
            (Some(name), Some(cover)) if cover.length_bytes <= MAX_COVER_BYTES as u64 => {
                let path = located(&folder, name);
                let bytes = fs::read(&path).map_err(|why| unreadable(&path, why))?;
                Some(self::cover_hash(&bytes))
            }
            _ => None,
        };
        Ok(Self {
            warnings,
            name: format!("{}/{}", file_name(&folder), file_name(&whole)),
            audio,
            cover,
            cover_hash,
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

/// A name as it is compared: what looks the same is the same.
pub fn nfc(name: &str) -> String {
    name.nfc().collect()
}

/// Where a file of this name is, whose entries may be written in NFC or in pieces.
fn located(folder: &Path, name: &str) -> PathBuf {
    let mut at = folder.to_owned();
    for part in Path::new(name).components() {
        let there = at.join(part);
        at = match part {
            Component::Normal(part) if there.symlink_metadata().is_err() => {
                let wanted = nfc(&part.to_string_lossy());
                let mut entries = fs::read_dir(&at).into_iter().flatten().flatten();
                let alike = entries.find(|e| nfc(&e.file_name().to_string_lossy()) == wanted);
                alike.map_or(there, |entry| entry.path())
            }
            _ => there,
        };
    }
    at
}

/// The script itself, or the only one of a folder.
fn script_of(path: &Path, ui: Ui) -> anyhow::Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let all = entries(path).map_err(|why| {
        because(
            ui,
            "publish-unreadable",
            format!("{}: {why}", path.display()),
        )
    })?;
    let is_script = |name: &String| ends_in(name, &["md", "markdown", "txt"]);
    let found = all.iter().filter(|name| is_script(name));
    let found: Vec<PathBuf> = found.map(|name| path.join(name)).collect();
    let found: Vec<PathBuf> = found.into_iter().filter(|p| p.is_file()).collect();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => bail!(ui.t1("publish-no-script", "folder", path.display())),
        _ => bail!(ui.t1("publish-many-scripts", "folder", path.display())),
    }
}

/// The names in a folder, but for hidden ones, in order; also of what cannot be read.
fn entries(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = file_name(&entry?.path());
        if !name.starts_with('.') {
            found.push(name);
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
        // As a Mac writes them beside a name in one piece, and the other way round.
        for (script, sound) in [
            ("\u{ac00}.md", "\u{1100}\u{1161}.wav"),
            ("\u{1100}\u{1161}.md", "\u{ac00}.wav"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join("other.mp3"), "sound").expect("written");
            fs::write(folder.path().join(script), "글.").expect("written");
            fs::write(folder.path().join(sound), "sound").expect("written");
            let piece = Piece::read(folder.path(), ui()).expect("a script");
            assert_eq!(piece.audio.map(|a| a.name), Some(nfc(sound)));
            let told = format!("---\naudio: {}\n---\n", nfc(sound));
            fs::write(folder.path().join(script), told).expect("written");
            let piece = Piece::read(folder.path(), ui()).expect("a script");
            assert_eq!(piece.audio.map(|a| a.name), Some(nfc(sound)));
        }
        write("today.opus", "sound");
        let piece = Piece::read(folder.path(), ui()).expect("a script");
        assert_eq!(piece.audio.map(|a| a.name), Some("today.opus".to_owned()));
        write("other.md", "글.");
        assert!(Piece::read(folder.path(), ui()).is_err(), "which one?");
        let other = Piece::read(&folder.path().join("other.md"), ui()).expect("named");
        assert!(other.audio.is_none(), "whose sound is it?");
        assert!(
            other.warnings[0].contains("voice.MP3"),
            "{:?}",
            other.warnings
        );
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
    fn no_file_that_is_named_or_found_is_left_out_without_a_word() {
        let folder = tempfile::tempdir().expect("a folder");
        let script = folder.path().join("today.md");
        fs::create_dir(folder.path().join("sounds")).expect("made");
        fs::write(folder.path().join("empty"), "").expect("written");
        let pipe = rustix::fs::mknodat(
            rustix::fs::CWD,
            folder.path().join("pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        );
        pipe.expect("made");
        for (value, sentence) in [
            ("sounds", "is no file"),
            ("pipe", "is no file"),
            ("empty", "is empty"),
        ] {
            for name in ["audio", "cover", "transcript"] {
                fs::write(&script, format!("---\n{name}: {value}\n---\n")).expect("written");
                let why = Piece::read(&script, ui()).expect_err(value).to_string();
                assert!(why.contains(value) && why.contains(sentence), "{why}");
            }
        }
        fs::write(&script, "글.").expect("written");
        std::os::unix::fs::symlink("gone", folder.path().join("today.wav")).expect("linked");
        let why = Piece::read(&script, ui()).expect_err("dangling");
        assert!(why.to_string().contains("today.wav"), "{why}");
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
