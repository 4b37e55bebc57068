//! A window on a file: any piece of it by its offset, read in blocks, never past the end.
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

/// Bytes read at once: large enough that walking frames costs no seek per frame.
const WINDOW_BYTES: usize = 128 * 1024;
/// Bytes kept before the offset asked for: a parser that looks ahead comes back, and must not
/// have the block read anew each time.
const BEHIND_BYTES: usize = 32 * 1024;

/// A reader of known length with one block of it in memory.
pub(super) struct Source<'a, R> {
    reader: &'a mut R,
    length: u64,
    /// Where reading was found to end, at most the length.
    readable: u64,
    window: Vec<u8>,
    window_start: u64,
}

impl<'a, R: Read + Seek> Source<'a, R> {
    /// A window on `length` bytes of the reader.
    pub fn new(reader: &'a mut R, length: u64) -> Self {
        Self {
            reader,
            length,
            readable: length,
            window: Vec::new(),
            window_start: 0,
        }
    }

    /// Length of the file in bytes, as the caller said it.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// `count` bytes from an offset, or fewer where the file ends before.
    pub fn at(&mut self, offset: u64, count: usize) -> io::Result<&[u8]> {
        let left = self.readable.saturating_sub(offset);
        let count = usize::try_from(left).map_or(count, |left| count.min(left));
        if count == 0 {
            return Ok(&[]);
        }
        let inside = offset.checked_sub(self.window_start).is_some_and(|skip| {
            usize::try_from(skip)
                .ok()
                .and_then(|skip| skip.checked_add(count))
                .is_some_and(|end| end <= self.window.len())
        });
        if !inside {
            let behind = BEHIND_BYTES.min(usize::try_from(offset).unwrap_or(usize::MAX));
            self.fill(offset - behind as u64, (behind + count).max(WINDOW_BYTES))?;
        }
        let skip = usize::try_from(offset - self.window_start).unwrap_or(usize::MAX);
        let window = self.window.get(skip..).unwrap_or_default();
        Ok(&window[..count.min(window.len())])
    }

    /// Exactly `N` bytes from an offset; `None` where the file ends before.
    pub fn array<const N: usize>(&mut self, offset: u64) -> io::Result<Option<[u8; N]>> {
        Ok(self.at(offset, N)?.try_into().ok())
    }

    fn fill(&mut self, offset: u64, count: usize) -> io::Result<()> {
        let left = usize::try_from(self.readable.saturating_sub(offset)).unwrap_or(usize::MAX);
        self.window.clear();
        self.window_start = offset;
        self.window.resize(count.min(left), 0);
        self.reader.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while filled < self.window.len() {
            match self.reader.read(&mut self.window[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        if filled < self.window.len() {
            // The file is shorter than was said: believe the file, or each look at what is not
            // there would read the block anew.
            self.window.truncate(filled);
            self.readable = self.readable.min(offset.saturating_add(filled as u64));
        }
        Ok(())
    }
}

/// Big-endian number of the first bytes; missing bytes make `None`.
pub(super) fn be(bytes: &[u8], offset: usize, count: usize) -> Option<u64> {
    let piece = bytes.get(offset..offset.checked_add(count)?)?;
    Some(piece.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
}

/// Little-endian number; missing bytes make `None`.
pub(super) fn le(bytes: &[u8], offset: usize, count: usize) -> Option<u64> {
    let piece = bytes.get(offset..offset.checked_add(count)?)?;
    Some(piece.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
}
