//! A folder of files that can be thrown away: what is slow to make, kept across restarts.
//!
//! Nothing here is synced or backed up: a file that is half written, old or gone costs the time
//! to make it again, and whoever reads one checks it.
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::disk::private_dir;

/// Ends the name of a file that is being written.
const UNFINISHED: &str = ".part";

/// How many files were begun.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// A file in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub length_bytes: u64,
}

/// The folder. Cheap to clone. Without one nothing is kept.
#[derive(Debug, Clone)]
pub struct CacheDir {
    folder: Option<PathBuf>,
}

impl CacheDir {
    /// Opens the folder, and makes it if need be. One that cannot be made is done without.
    pub fn open(folder: &Path) -> Self {
        let made = private_dir(folder);
        if let Err(error) = &made {
            tracing::warn!(%error, "nothing is kept for the next start");
        }
        Self {
            folder: made.is_ok().then(|| folder.to_owned()),
        }
    }

    /// A file to read, or `None` if there is none. Names are ours: letters, digits, `-`, `.`.
    pub fn read(&self, name: &str) -> Option<File> {
        File::open(self.folder.as_ref()?.join(name)).ok()
    }

    /// Writes a file whole: under another name first, so that nobody reads half of it.
    ///
    /// # Errors
    /// What the disk said; nothing is left behind then.
    pub fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        // Two may be writing the same file, each from its own state of things. The numbers begin
        // anew with every start, so what a crash leaves is written over in time.
        let turn = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let unfinished = folder.join(format!("{name}.{turn}{UNFINISHED}"));
        let written = (|| {
            let mut writer = BufWriter::with_capacity(256 << 10, File::create(&unfinished)?);
            fill(&mut writer)?;
            writer.flush()?;
            drop(writer);
            fs::rename(&unfinished, folder.join(name))
        })();
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written
    }

    /// The files whose names begin so, newest first. A folder that cannot be read holds none.
    pub fn list(&self, prefix: &str) -> Vec<Kept> {
        let entries = self.folder.as_ref().and_then(|f| fs::read_dir(f).ok());
        let mut found: Vec<(SystemTime, Kept)> = entries
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let meta = entry.metadata().ok()?;
                let named = name.starts_with(prefix) && !name.ends_with(UNFINISHED);
                let kept = Kept {
                    name,
                    length_bytes: meta.len(),
                };
                named.then(|| Some((meta.modified().ok()?, kept)))?
            })
            .collect();
        found.sort_by(|(a, _), (b, _)| b.cmp(a));
        found.into_iter().map(|(_, kept)| kept).collect()
    }

    /// Takes a file away, if it is there.
    pub fn remove(&self, name: &str) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_file(folder.join(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_file_is_whole_or_not_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let cache = CacheDir::open(&dir.path().join("cache"));
        assert!(cache.read("a").is_none());
        cache.write("a", |w| w.write_all(b"one")).expect("written");
        let failed = cache.write("a", |w| {
            w.write_all(b"half")?;
            Err(io::Error::other("cut off"))
        });
        assert!(failed.is_err());
        let mut text = String::new();
        let mut file = cache.read("a").expect("still there");
        file.read_to_string(&mut text).expect("reads");
        assert_eq!(text, "one");
        let names = fs::read_dir(dir.path().join("cache")).expect("a folder");
        assert_eq!(names.count(), 1, "nothing is left behind");
        cache.remove("a");
        assert!(cache.read("a").is_none());
    }

    #[test]
    fn two_that_write_at_a_time_do_not_mix() {
        let dir = tempfile::tempdir().expect("a folder");
        let cache = CacheDir::open(&dir.path().join("cache"));
        cache
            .write("a", |slow| {
                slow.write_all(b"slow")?;
                cache.write("a", |quick| quick.write_all(b"quick"))?;
                let mut text = String::new();
                cache.read("a").expect("there").read_to_string(&mut text)?;
                assert_eq!(text, "quick");
                slow.write_all(b" and later")
            })
            .expect("written");
        let mut text = String::new();
        let mut file = cache.read("a").expect("there");
        file.read_to_string(&mut text).expect("reads");
        assert_eq!(text, "slow and later");
    }

    #[test]
    fn files_of_a_kind_are_listed_and_others_are_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let cache = CacheDir::open(&dir.path().join("cache"));
        assert_eq!(cache.list("a-"), []);
        for name in ["a-1", "b-1", "a-2.part"] {
            cache
                .write(name, |w| w.write_all(b"three"))
                .expect("written");
        }
        let one = Kept {
            name: "a-1".to_owned(),
            length_bytes: 5,
        };
        assert_eq!(cache.list("a-"), [one]);
    }

    #[test]
    fn without_a_folder_nothing_is_kept_and_nothing_fails() {
        let dir = tempfile::tempdir().expect("a folder");
        let taken = dir.path().join("cache");
        fs::write(&taken, b"a file").expect("written");
        let cache = CacheDir::open(&taken);
        cache
            .write("a", |w| w.write_all(b"one"))
            .expect("done without");
        assert!(cache.read("a").is_none());
        cache.remove("a");
    }
}
