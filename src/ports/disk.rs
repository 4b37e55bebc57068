//! The disk below the data folder: how much room there is, the lock that keeps a second
//! process out (HARDENING D11), the ballast that a full disk gives up (D8), private folders.
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rustix::fs::{FlockOperation, flock, statvfs};

use crate::kernel::{Error, Result};

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;
/// What a full disk gives up so that login and deletion go on (D8).
const BALLAST_BYTES: u64 = 16 * MIB;
/// Below this much free space the ballast is given up.
const BALLAST_RELEASED_BELOW: u64 = 8 * MIB;

/// Free and whole size in bytes of the file system that holds a path.
#[derive(Debug, Clone, Copy)]
pub struct Space {
    /// Bytes that this process may still write.
    pub free_bytes: u64,
    /// Size of the file system.
    pub total_bytes: u64,
}

impl Space {
    /// Asks the file system.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        let s = statvfs(path)?;
        Ok(Self {
            free_bytes: s.f_bavail.saturating_mul(s.f_frsize),
            total_bytes: s.f_blocks.saturating_mul(s.f_frsize),
        })
    }

    /// Bytes that stay free whatever is uploaded: max(512 MiB, min(5 %, 4 GiB)) (D8).
    pub fn reserve_bytes(self) -> u64 {
        (self.total_bytes / 20).clamp(512 * MIB, 4 * GIB)
    }

    /// Bytes that uploads may still fill.
    pub fn room_bytes(self) -> u64 {
        self.free_bytes.saturating_sub(self.reserve_bytes())
    }

    /// Whether it is time to make room: a few long recordings more, and nothing can be uploaded.
    pub fn is_low(self) -> bool {
        self.room_bytes() < (self.total_bytes / 20).clamp(GIB, 5 * GIB)
    }

    /// Refuses a file for which there is no room, with the numbers.
    pub fn check_room_for(self, length_bytes: u64) -> Result<()> {
        let needed_bytes = length_bytes.saturating_add(self.reserve_bytes());
        if self.free_bytes < needed_bytes {
            return Err(Error::InsufficientStorage {
                needed_bytes,
                free_bytes: self.free_bytes,
            });
        }
        Ok(())
    }
}

/// Makes a folder that only this user can enter (mode 0700), parents included.
pub fn private_dir(path: &Path) -> anyhow::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("cannot make the folder {}", path.display()))
}

/// Writes the names of a folder through to the disk.
pub fn sync_dir(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}

/// The data folder, locked for as long as this lives.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Makes the folder if need be and locks it.
    ///
    /// # Errors
    /// Says in one sentence that another process works on it (D11).
    pub fn lock(path: &Path) -> anyhow::Result<Self> {
        private_dir(path)?;
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path.join("lock"))
            .with_context(|| format!("cannot write in the data folder {}", path.display()))?;
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            bail!(
                "another Daebon already works on the data folder {}; stop it first, or name another folder with --data",
                path.display()
            );
        }
        let dir = Self {
            path: path.to_owned(),
            _lock: file,
        };
        dir.restore_ballast();
        Ok(dir)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn ballast(&self) -> PathBuf {
        self.path.join("ballast")
    }

    /// Lays the ballast down again if there is plenty of room.
    pub fn restore_ballast(&self) {
        let path = self.ballast();
        let roomy = Space::of(&self.path).is_ok_and(|s| s.free_bytes > GIB);
        if !roomy || fs::metadata(&path).is_ok_and(|m| m.len() == BALLAST_BYTES) {
            return;
        }
        if let Err(error) = write_ballast(&path) {
            tracing::warn!(%error, "the ballast file could not be written");
        }
    }

    /// Gives the ballast up if the disk is as good as full, so that small writes go on.
    pub fn release_ballast_if_full(&self) {
        let full = Space::of(&self.path).is_ok_and(|s| s.free_bytes < BALLAST_RELEASED_BELOW);
        if full && fs::remove_file(self.ballast()).is_ok() {
            tracing::warn!("the disk is full: the ballast file was given up");
        }
    }
}

fn write_ballast(path: &Path) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    // Written out, since a hole in a file keeps no room free.
    let block = vec![0x5au8; MIB as usize];
    for _ in 0..BALLAST_BYTES / MIB {
        file.write_all(&block)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_lock_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let first = DataDir::lock(dir.path()).expect("free");
        let error = DataDir::lock(dir.path()).expect_err("taken");
        assert!(error.to_string().contains("another Daebon"));
        drop(first);
        DataDir::lock(dir.path()).expect("free again");
    }

    #[test]
    fn the_reserve_follows_the_size_of_the_disk() {
        let space = |total_bytes, free_bytes| Space {
            free_bytes,
            total_bytes,
        };
        assert_eq!(space(GIB, 0).reserve_bytes(), 512 * MIB);
        assert_eq!(space(40 * GIB, 0).reserve_bytes(), 2 * GIB);
        assert_eq!(space(4000 * GIB, 0).reserve_bytes(), 4 * GIB);
        assert_eq!(space(40 * GIB, 5 * GIB).room_bytes(), 3 * GIB);
        assert!(space(40 * GIB, 3 * GIB).is_low() && !space(40 * GIB, 5 * GIB).is_low());
        assert!(space(4000 * GIB, 8 * GIB).is_low() && !space(4000 * GIB, 10 * GIB).is_low());
        assert!(space(40 * GIB, 3 * GIB).check_room_for(GIB).is_ok());
        assert!(space(40 * GIB, 3 * GIB).check_room_for(GIB + 1).is_err());
    }
}
