//! The media store: files named by the SHA-256 of their content, in a folder of their own.
//!
//! A file is written under a temporary name, synced, renamed without replacing, and the folder
//! synced: whatever stands under a final name is whole (HARDENING D1). Names are ours alone, so
//! no path is ever joined from what a client sent (M2). Calls block; use `web::task::blocking`.
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, OFlags, RenameFlags, renameat_with};
use sha2::{Digest, Sha256};

use crate::kernel::ids::random_base32;
use crate::ports::disk::{private_dir, sync_dir};

/// A file in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the content, 64 lower-case hexadecimal characters; the file's name.
    pub hash: String,
    /// Its length in bytes.
    pub length_bytes: u64,
}

/// The folder form of the store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct MediaStore {
    root: PathBuf,
}

impl MediaStore {
    /// Opens (or makes) the folder.
    pub fn folder(root: &Path) -> anyhow::Result<Self> {
        let store = Self {
            root: root.to_owned(),
        };
        private_dir(&store.temp_dir())?;
        Ok(store)
    }

    fn temp_dir(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// Where an upload of this name grows; on the same file system as the final place.
    pub fn temp_path(&self, name: &str) -> PathBuf {
        debug_assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        self.temp_dir().join(name)
    }

    /// `ab/abcdef…`: two characters of folder keep folders small.
    fn path(&self, hash: &str) -> io::Result<PathBuf> {
        let good = hash.len() == 64
            && hash
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !good {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not a content hash",
            ));
        }
        Ok(self.root.join(&hash[..2]).join(hash))
    }

    /// Makes a finished temporary file a file of the store, and hands back its name.
    ///
    /// # Errors
    /// A failed sync is final: the file is not to be believed again (D1).
    pub fn adopt(&self, temp: &Path) -> io::Result<Stored> {
        let mut file = open_private(temp, OFlags::RDONLY)?;
        let stored = hash_of(&mut file)?;
        file.sync_all()?;
        drop(file);
        let target = self.path(&stored.hash)?;
        let folder = target.parent().expect("a file of the store has a folder");
        if !folder.exists() {
            private_dir(folder).map_err(io::Error::other)?;
            sync_dir(&self.root)?;
        }
        match renameat_with(CWD, temp, CWD, &target, RenameFlags::NOREPLACE) {
            Ok(()) => {}
            Err(rustix::io::Errno::EXIST) => self.keep_the_one_there(temp, &target, &stored)?,
            Err(error) => return Err(error.into()),
        }
        sync_dir(folder)?;
        Ok(stored)
    }

    /// The content is in the store already. One of equal length and hash is as good; one that
    /// rotted is replaced by the fresh copy.
    fn keep_the_one_there(&self, temp: &Path, target: &Path, stored: &Stored) -> io::Result<()> {
        let mut there = open_private(target, OFlags::RDONLY)?;
        if hash_of(&mut there)? == *stored {
            fs::remove_file(temp)
        } else {
            fs::rename(temp, target)
        }
    }

    /// Stores bytes that are in memory.
    pub fn put(&self, bytes: &[u8]) -> io::Result<Stored> {
        let temp = self.temp_path(&format!("put-{}", random_base32::<16>()));
        let written = (|| {
            let mut file = create_private(&temp)?;
            file.write_all(bytes)?;
            drop(file);
            self.adopt(&temp)
        })();
        if written.is_err() {
            let _ = fs::remove_file(&temp);
        }
        written
    }

    /// Opens a file for reading; a link in its place is refused.
    pub fn open(&self, hash: &str) -> io::Result<File> {
        open_private(&self.path(hash)?, OFlags::RDONLY)
    }

    /// Length of a file, or `None` if it is not there.
    pub fn length_bytes(&self, hash: &str) -> Option<u64> {
        let meta = fs::symlink_metadata(self.path(hash).ok()?).ok()?;
        meta.is_file().then_some(meta.len())
    }

    /// Takes a file out; one that is gone already is fine.
    pub fn remove(&self, hash: &str) -> io::Result<()> {
        match fs::remove_file(self.path(hash)?) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// The names of all files in the store, in no order.
    pub fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for folder in fs::read_dir(&self.root)? {
            let folder = folder?;
            if folder.file_name().len() != 2 || !folder.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(folder.path())? {
                if let Ok(name) = file?.file_name().into_string()
                    && self.path(&name).is_ok()
                {
                    names.push(name);
                }
            }
        }
        Ok(names)
    }

    /// Moves a file that no row names out of the way, without deleting it (D5).
    pub fn quarantine(&self, hash: &str) -> io::Result<()> {
        let folder = self.root.join("quarantine");
        private_dir(&folder).map_err(io::Error::other)?;
        fs::rename(self.path(hash)?, folder.join(hash))
    }

    /// Opens a temporary file for writing from an offset on; what it holds beyond is cut off,
    /// what it lacks is an error.
    ///
    /// # Errors
    /// `NotFound` if `at_bytes` is not 0 and the file is missing or shorter.
    pub fn resume_temp(&self, name: &str, at_bytes: u64) -> io::Result<File> {
        let file = OpenOptions::new()
            .write(true)
            .create(at_bytes == 0)
            .truncate(false)
            .mode(0o600)
            .custom_flags(OFlags::NOFOLLOW.bits() as i32)
            .open(self.temp_path(name))?;
        if file.metadata()?.len() < at_bytes {
            return Err(io::ErrorKind::NotFound.into());
        }
        file.set_len(at_bytes)?;
        Ok(file)
    }

    /// Length of a temporary file, or `None` if it is not there.
    pub fn temp_length_bytes(&self, name: &str) -> Option<u64> {
        let meta = fs::symlink_metadata(self.temp_path(name)).ok()?;
        meta.is_file().then_some(meta.len())
    }

    /// Removes a temporary file; one that is gone already is fine.
    pub fn remove_temp(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.temp_path(name)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// Names of the temporary files.
    pub fn list_temp(&self) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(self.temp_dir())?;
        Ok(entries
            .flatten()
            .filter_map(|e| e.file_name().into_string().ok())
            .collect())
    }
}

/// Creates a file that only this user can read, or empties one.
pub fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits() as i32)
        .open(path)
}

fn open_private(path: &Path, flags: OFlags) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .custom_flags((flags | OFlags::NOFOLLOW).bits() as i32)
        .open(path)
}

/// Reads a file from where it stands to its end, a piece at a time, and tells its SHA-256 and length.
///
/// # Errors
/// What reading it meets.
pub fn hash_of(file: &mut File) -> io::Result<Stored> {
    let mut hasher = Sha256::new();
    let mut block = vec![0u8; 256 << 10];
    let mut length_bytes = 0;
    loop {
        let n = file.read(&mut block)?;
        if n == 0 {
            break;
        }
        hasher.update(&block[..n]);
        length_bytes += n as u64;
    }
    let hash = data_encoding::HEXLOWER.encode(&hasher.finalize());
    Ok(Stored { hash, length_bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, MediaStore) {
        let dir = tempfile::tempdir().expect("a folder");
        let store = MediaStore::folder(&dir.path().join("media")).expect("opens");
        (dir, store)
    }

    #[test]
    fn what_goes_in_comes_out() {
        let (_dir, store) = store();
        let stored = store.put(b"hello").expect("stored");
        assert_eq!(stored.length_bytes, 5);
        assert_eq!(store.put(b"hello").expect("again"), stored);
        assert_eq!(store.length_bytes(&stored.hash), Some(5));
        assert_eq!(
            store.list().expect("lists"),
            std::slice::from_ref(&stored.hash)
        );
        assert!(store.list_temp().expect("lists").is_empty());
        store.remove(&stored.hash).expect("removed");
        store.remove(&stored.hash).expect("gone already");
        assert!(store.open(&stored.hash).is_err());
    }

    #[test]
    fn a_rotten_copy_is_replaced() {
        let (dir, store) = store();
        let stored = store.put(b"hello").expect("stored");
        let path = dir
            .path()
            .join("media")
            .join(&stored.hash[..2])
            .join(&stored.hash);
        fs::write(&path, b"jello").expect("written");
        assert_eq!(store.put(b"hello").expect("again"), stored);
        assert_eq!(fs::read(&path).expect("read"), b"hello");
    }

    #[test]
    fn names_that_are_no_hash_and_links_are_refused() {
        let (dir, store) = store();
        for bad in ["", "../../etc/passwd", &"A".repeat(64), &"/".repeat(64)] {
            assert!(store.open(bad).is_err(), "{bad}");
        }
        let hash = "0".repeat(64);
        let folder = dir.path().join("media/00");
        fs::create_dir_all(&folder).expect("made");
        std::os::unix::fs::symlink("/etc/passwd", folder.join(&hash)).expect("linked");
        assert!(store.open(&hash).is_err());
        assert_eq!(store.length_bytes(&hash), None);
    }
}
