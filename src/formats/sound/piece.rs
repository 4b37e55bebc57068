//! The part of a file that a decoder sees: from its first byte of sound on.
use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

/// A reader whose beginning is elsewhere: tags before the sound are none of a decoder's business.
pub(super) struct Piece<R> {
    reader: R,
    offset: u64,
    length: u64,
    /// From the offset on.
    at: u64,
    is_there: bool,
    is_seekable: bool,
}

impl<R: Read + Seek> Piece<R> {
    /// What lies from `offset` to `end` in the reader.
    ///
    /// What is not seekable is read from beginning to end, and no length is guessed of it.
    pub fn new(reader: R, offset: u64, end: u64, is_seekable: bool) -> Self {
        Self {
            is_seekable,
            reader,
            offset,
            length: end.saturating_sub(offset),
            at: 0,
            is_there: false,
        }
    }
}

impl<R: Read + Seek> Read for Piece<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.is_there {
            self.reader
                .seek(SeekFrom::Start(self.offset.saturating_add(self.at)))?;
            self.is_there = true;
        }
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let read = self.reader.read(&mut buffer[..wanted])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl<R: Read + Seek> Seek for Piece<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        self.is_there = false;
        Ok(self.at)
    }
}

impl<R: Read + Seek + Send + Sync> MediaSource for Piece<R> {
    fn is_seekable(&self) -> bool {
        self.is_seekable
    }

    fn byte_len(&self) -> Option<u64> {
        self.is_seekable.then_some(self.length)
    }
}
