//! A document joined from parts, of which a change makes one anew: a feed from its items.
//!
//! Neighbouring parts are packed into chunks, and what is costly is kept a chunk: its gzip form
//! and its hashes. Where a chunk ends is settled by the keys of its parts alone, so the same
//! parts give the same chunks whatever came before, and a change touches one or two of them.
//! The gzip form of the whole is one member (RFC 1952): the chunks' DEFLATE data, each ended by
//! a full flush, so that none looks back into another one.
use std::collections::HashMap;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use flate2::{Compress, Compression, FlushCompress, Status};
use sha2::{Digest, Sha256};

use super::answer::Prepared;
use super::rope::Rope;

/// Parts that a chunk holds on average: few enough to be compressed in a millisecond.
const PARTS_A_CHUNK: u64 = 16;
/// The first ten bytes of a gzip member: no name, no time, system unknown.
const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// Where a part stands: newest first, among equals the greater id first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// UTC milliseconds.
    pub at: i64,
    /// Unique in the document.
    pub id: String,
}

/// One part of the document.
#[derive(Debug, Clone)]
pub struct Part {
    /// Where it stands.
    pub place: Place,
    /// Changes whenever the bytes may: what it was made from.
    pub stamp: u64,
    /// What is printed.
    pub bytes: Bytes,
    /// What the document's head needs to know of it; empty for most.
    pub note: Bytes,
}

/// Parts that were packed together.
#[derive(Debug)]
pub(super) struct Chunk {
    pub bytes: Bytes,
    /// DEFLATE data, byte-aligned, not the last of its stream.
    pub deflated: Bytes,
    /// Of the bytes.
    pub crc: crc32fast::Hasher,
    /// Of the bytes.
    pub sha: [u8; 32],
}

impl Chunk {
    fn new(bytes: Bytes) -> Self {
        let mut crc = crc32fast::Hasher::new();
        crc.update(&bytes);
        Self {
            deflated: deflate(&bytes, FlushCompress::Full),
            crc,
            sha: Sha256::digest(&bytes).into(),
            bytes,
        }
    }
}

fn deflate(bytes: &[u8], flush: FlushCompress) -> Bytes {
    let mut out = Vec::with_capacity(bytes.len() / 4 + 64);
    let mut engine = Compress::new(Compression::new(7), false);
    loop {
        let read = usize::try_from(engine.total_in()).unwrap_or(usize::MAX);
        let before = out.len();
        let status = engine.compress_vec(&bytes[read..], &mut out, flush);
        let read = usize::try_from(engine.total_in()).unwrap_or(usize::MAX);
        let ended = match (status, flush) {
            (Ok(Status::StreamEnd) | Err(_), _) => true,
            (Ok(_), FlushCompress::Finish) => false,
            // A flush is whole when room is left after it.
            (Ok(_), _) => read == bytes.len() && out.len() < out.capacity(),
        };
        if ended {
            break;
        }
        if out.len() == before || out.len() == out.capacity() {
            out.reserve(out.capacity().max(64));
        }
    }
    out.shrink_to_fit();
    out.into()
}

/// The parts of one document, and what is kept of them.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// What all parts depend on, as a number of the builder's.
    pub scene: u64,
    /// Newest first.
    parts: Vec<Part>,
    /// By the stamps of their parts.
    chunks: HashMap<u64, Arc<Chunk>>,
    /// How many parts the last document held.
    shown: usize,
    /// Counts documents.
    version: u64,
}

/// A document and its forms.
#[derive(Debug)]
pub struct Document {
    /// The bytes.
    pub body: Rope,
    /// Their hash and their gzip form.
    pub prepared: Prepared,
}

impl Joined {
    pub(super) fn restored(scene: u64, parts: Vec<Part>, chunks: HashMap<u64, Arc<Chunk>>) -> Self {
        Self {
            scene,
            parts,
            chunks,
            ..Self::default()
        }
    }

    /// Newest first.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Rises with every document that is made.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The chunks of the last document: key, first part, number of parts, chunk.
    pub(super) fn kept_chunks(&self) -> Vec<(u64, usize, usize, Arc<Chunk>)> {
        let spans = self.spans(0..self.shown);
        let kept = spans.into_iter().filter_map(|(key, span)| {
            let chunk = self.chunks.get(&key)?;
            Some((key, span.start, span.len(), chunk.clone()))
        });
        kept.collect()
    }

    fn find(&self, place: &Place) -> Result<usize, usize> {
        self.parts.binary_search_by(|part| place.cmp(&part.place))
    }

    /// Puts a part where it belongs; one of the same place is replaced.
    pub fn put(&mut self, part: Part) {
        match self.find(&part.place) {
            Ok(at) => self.parts[at] = part,
            Err(at) => self.parts.insert(at, part),
        }
    }

    /// Takes every part of this id away, wherever it stands.
    pub fn remove(&mut self, id: &str) {
        self.parts.retain(|part| part.place.id != id);
    }

    /// Puts other parts in the place of all; sorts them.
    pub fn replace(&mut self, mut parts: Vec<Part>) {
        parts.sort_unstable_by(|a, b| b.place.cmp(&a.place));
        self.parts = parts;
    }

    /// The document of the newest parts, at most so many.
    pub fn document(&mut self, head: &str, tail: &str, most: usize) -> Document {
        self.shown = self.parts.len().min(most);
        self.version += 1;
        let packed = self.pack(0..self.shown);
        // What this document does not hold, the next one will not either.
        self.chunks = packed.iter().cloned().collect();
        assemble(head, &packed, tail)
    }

    /// Another page of it: the parts of a range.
    pub fn page(&mut self, range: Range<usize>, head: &str, tail: &str) -> Document {
        let packed = self.pack(range);
        assemble(head, &packed, tail)
    }

    /// Where chunks begin and end in a range of the parts, with their keys.
    fn spans(&self, range: Range<usize>) -> Vec<(u64, Range<usize>)> {
        let mut spans = Vec::new();
        let mut start = range.start;
        let mut stamps = Fnv::default();
        for at in range.clone() {
            stamps.write_u64(self.parts[at].stamp);
            if at + 1 == range.end || ends_a_chunk(&self.parts[at].place.id) {
                spans.push((stamps.finish(), start..at + 1));
                start = at + 1;
                stamps = Fnv::default();
            }
        }
        spans
    }

    fn pack(&mut self, range: Range<usize>) -> Vec<(u64, Arc<Chunk>)> {
        let spans = self.spans(range);
        let packed = spans
            .into_iter()
            .map(|(key, span)| match self.chunks.get(&key) {
                Some(chunk) => (key, chunk.clone()),
                None => (key, self.make_chunk(span)),
            });
        packed.collect()
    }

    /// The parts' own bytes become slices of the chunk, so that nothing is held twice.
    fn make_chunk(&mut self, range: Range<usize>) -> Arc<Chunk> {
        let parts = &mut self.parts[range];
        let whole: Vec<u8> = parts
            .iter()
            .map(|p| p.bytes.as_ref())
            .collect::<Vec<_>>()
            .concat();
        let chunk = Chunk::new(whole.into());
        let mut from = 0;
        for part in parts {
            let to = from + part.bytes.len();
            part.bytes = chunk.bytes.slice(from..to);
            from = to;
        }
        Arc::new(chunk)
    }
}

/// Whether a chunk ends after this part; depends on its id alone.
fn ends_a_chunk(id: &str) -> bool {
    let mut hash = Fnv::default();
    hash.write(id.as_bytes());
    // The lower bits of FNV-1a are its poorer ones.
    (hash.finish() >> 32).is_multiple_of(PARTS_A_CHUNK)
}

fn assemble(head: &str, packed: &[(u64, Arc<Chunk>)], tail: &str) -> Document {
    let head = Chunk::new(Bytes::copy_from_slice(head.as_bytes()));
    let tail = Bytes::copy_from_slice(tail.as_bytes());
    let mut sha = Sha256::new();
    let mut crc = crc32fast::Hasher::new();
    let mut body = Vec::with_capacity(packed.len() + 2);
    let mut gzip = Vec::with_capacity(packed.len() + 4);
    gzip.push(Bytes::from_static(&GZIP_HEAD));
    for chunk in std::iter::once(&head).chain(packed.iter().map(|(_, chunk)| chunk.as_ref())) {
        sha.update(chunk.sha);
        crc.combine(&chunk.crc);
        body.push(chunk.bytes.clone());
        gzip.push(chunk.deflated.clone());
    }
    sha.update(&tail);
    crc.update(&tail);
    gzip.push(deflate(&tail, FlushCompress::Finish));
    body.push(tail);
    let body = Rope::join(body);
    let length = u32::try_from(body.len() & 0xffff_ffff).unwrap_or_default();
    let mut ending = crc.finalize().to_le_bytes().to_vec();
    ending.extend(length.to_le_bytes());
    gzip.push(ending.into());
    Document {
        body,
        prepared: Prepared {
            sha: Some(sha.finalize().into()),
            gzip: Some(Rope::join(gzip)),
            ..Prepared::default()
        },
    }
}

/// FNV-1a, 64 bits: the same in every run and on every machine, as the standard hasher is not.
#[derive(Debug, Clone)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.write(&number.to_le_bytes());
    }
}
