//! A joined document as one file, so that a restart needs neither database nor compressors.
//!
//! A line that names the form, the length of the head, the head as JSON with its checksum, then
//! the bytes it tells of: the parts, the DEFLATE data of the chunks, the brotli and the
//! Zstandard form. All of it is checked (CRC-32) before any of it is used.
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::joined::{Chunk, Joined, Part, Place};
use super::rope::Rope;

/// Names the form; raised with every change of it.
const FORM: &[u8] = b"daebon joined document 1\n";
/// Longest head that is believed.
const HEAD_BYTES: u32 = 64 << 20;
/// Longest bytes that are believed.
const BODY_BYTES: u64 = 4 << 30;

/// A document that was read back.
pub struct Kept {
    /// What it was made from, in the builder's words.
    pub key: String,
    /// Its parts, and what is kept of them.
    pub joined: Joined,
    /// What stood before the parts.
    pub head: String,
    /// The brotli form of the whole.
    pub brotli: Option<Rope>,
    /// The Zstandard form of the whole.
    pub zstd: Option<Rope>,
}

#[derive(Serialize, Deserialize)]
struct Blob {
    length: u64,
    crc: u32,
}

impl Blob {
    fn of<'a>(pieces: impl Iterator<Item = &'a Bytes>) -> Self {
        let (mut crc, mut length) = (crc32fast::Hasher::new(), 0);
        for piece in pieces {
            crc.update(piece);
            length += piece.len() as u64;
        }
        Self {
            length,
            crc: crc.finalize(),
        }
    }

    fn read(&self, from: &mut impl Read) -> io::Result<Bytes> {
        if self.length > BODY_BYTES {
            return Err(broken("too long"));
        }
        let length = usize::try_from(self.length).map_err(|_| broken("too long"))?;
        let mut bytes = Vec::new();
        // The length is only believed as far as there are bytes.
        bytes.reserve_exact(length.min(1 << 30));
        from.take(self.length).read_to_end(&mut bytes)?;
        if bytes.len() != length || crc32fast::hash(&bytes) != self.crc {
            return Err(broken("cut off or changed"));
        }
        Ok(bytes.into())
    }
}

#[derive(Serialize, Deserialize)]
struct PartHead {
    at: i64,
    id: String,
    stamp: u64,
    length: usize,
    note: String,
}

#[derive(Serialize, Deserialize)]
struct ChunkHead {
    key: u64,
    /// The first part of it, and how many.
    first: usize,
    count: usize,
    crc: u32,
    sha: [u8; 32],
    deflated: usize,
}

#[derive(Serialize, Deserialize)]
struct Head {
    key: String,
    scene: u64,
    head: String,
    parts: Vec<PartHead>,
    chunks: Vec<ChunkHead>,
    bytes: Blob,
    deflated: Blob,
    brotli: Option<Blob>,
    zstd: Option<Blob>,
}

fn broken(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Writes a document with what is kept of it.
///
/// # Errors
/// What the writer said.
pub fn write(kept: &Kept, to: &mut dyn Write) -> io::Result<()> {
    let parts = kept.joined.parts();
    let chunks = kept.joined.kept_chunks();
    let chunk_heads = chunks.iter().map(|(key, first, count, chunk)| ChunkHead {
        key: *key,
        first: *first,
        count: *count,
        crc: chunk.crc.clone().finalize(),
        sha: chunk.sha,
        deflated: chunk.deflated.len(),
    });
    let form = |rope: &Option<Rope>| rope.as_ref().map(|r| Blob::of(r.pieces().iter()));
    let head = Head {
        key: kept.key.clone(),
        scene: kept.joined.scene,
        head: kept.head.clone(),
        parts: parts.iter().map(part_head).collect(),
        chunks: chunk_heads.collect(),
        bytes: Blob::of(parts.iter().map(|p| &p.bytes)),
        deflated: Blob::of(chunks.iter().map(|(.., chunk)| &chunk.deflated)),
        brotli: form(&kept.brotli),
        zstd: form(&kept.zstd),
    };
    let head = serde_json::to_vec(&head).map_err(io::Error::other)?;
    let length = u32::try_from(head.len()).map_err(|_| broken("too long"))?;
    to.write_all(FORM)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&head)?;
    to.write_all(&crc32fast::hash(&head).to_le_bytes())?;
    let forms = [&kept.brotli, &kept.zstd];
    let forms = forms.into_iter().flatten().flat_map(|r| r.pieces());
    let pieces = parts.iter().map(|p| &p.bytes);
    for piece in pieces
        .chain(chunks.iter().map(|(.., chunk)| &chunk.deflated))
        .chain(forms)
    {
        to.write_all(piece)?;
    }
    Ok(())
}

fn part_head(part: &Part) -> PartHead {
    PartHead {
        at: part.place.at,
        id: part.place.id.clone(),
        stamp: part.stamp,
        length: part.bytes.len(),
        note: String::from_utf8_lossy(&part.note).into_owned(),
    }
}

/// Reads a document back.
///
/// # Errors
/// What the reader said, or `InvalidData` for a file of another form, or one that is not whole.
pub fn read(from: &mut impl Read) -> io::Result<Kept> {
    let mut form = [0; FORM.len()];
    let mut length = [0; 4];
    from.read_exact(&mut form)?;
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if form != FORM || length > HEAD_BYTES {
        return Err(broken("of another form"));
    }
    let mut head = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut head)?;
    let mut crc = [0; 4];
    from.read_exact(&mut crc)?;
    if crc32fast::hash(&head) != u32::from_le_bytes(crc) {
        return Err(broken("changed"));
    }
    let head: Head = serde_json::from_slice(&head).map_err(io::Error::other)?;
    let bytes = head.bytes.read(from)?;
    let deflated = head.deflated.read(from)?;
    let mut form = |blob: Option<Blob>| -> io::Result<Option<Rope>> {
        blob.map(|b| b.read(from).map(Rope::from)).transpose()
    };
    let (brotli, zstd) = (form(head.brotli)?, form(head.zstd)?);
    let (parts, ends) = parts(head.parts, &bytes)?;
    let chunks = chunks(&head.chunks, &ends, &bytes, &deflated)?;
    Ok(Kept {
        key: head.key,
        joined: Joined::restored(head.scene, parts, chunks),
        head: head.head,
        brotli,
        zstd,
    })
}

/// The parts, and where each one ends.
fn parts(heads: Vec<PartHead>, bytes: &Bytes) -> io::Result<(Vec<Part>, Vec<usize>)> {
    let (mut parts, mut ends, mut from) = (Vec::new(), Vec::new(), 0_usize);
    for head in heads {
        let to = from
            .checked_add(head.length)
            .filter(|to| *to <= bytes.len());
        let to = to.ok_or_else(|| broken("parts too long"))?;
        parts.push(Part {
            place: Place {
                at: head.at,
                id: head.id,
            },
            stamp: head.stamp,
            bytes: bytes.slice(from..to),
            note: head.note.into(),
        });
        ends.push(to);
        from = to;
    }
    Ok((parts, ends))
}

fn chunks(
    heads: &[ChunkHead],
    ends: &[usize],
    bytes: &Bytes,
    deflated: &Bytes,
) -> io::Result<HashMap<u64, Arc<Chunk>>> {
    let (mut chunks, mut from) = (HashMap::new(), 0_usize);
    for head in heads {
        let last = head
            .first
            .checked_add(head.count)
            .and_then(|n| n.checked_sub(1));
        let end = last.and_then(|last| ends.get(last)).copied();
        let start = match head.first {
            0 => Some(0),
            n => ends.get(n - 1).copied(),
        };
        let to = from
            .checked_add(head.deflated)
            .filter(|to| *to <= deflated.len());
        let (Some(start), Some(end), Some(to)) = (start, end, to) else {
            return Err(broken("chunks too long"));
        };
        if start > end {
            return Err(broken("chunks out of order"));
        }
        let chunk = Chunk {
            bytes: bytes.slice(start..end),
            deflated: deflated.slice(from..to),
            crc: crc32fast::Hasher::new_with_initial_len(head.crc, (end - start) as u64),
            sha: head.sha,
        };
        chunks.insert(head.key, Arc::new(chunk));
        from = to;
    }
    Ok(chunks)
}
