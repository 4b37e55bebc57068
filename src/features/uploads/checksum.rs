//! `Upload-Checksum`: what a piece must come to (tus 1.0, extension Checksum).
use sha1::{Digest, Sha1};
use sha2::Sha256;

use super::model::bad_header;
use crate::kernel::Result;

/// What is counted here, as `Tus-Checksum-Algorithm` names it. The protocol asks for SHA-1; the
/// other is for those who would rather not.
pub const ALGORITHMS: &str = "sha1,sha256";

/// A piece that is counted while it comes in.
pub struct Checksum {
    counted: Counted,
    wanted: Vec<u8>,
}

enum Counted {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Checksum {
    /// Reads `sha1 <base64>`.
    ///
    /// # Errors
    /// `BadRequest` for an algorithm that is not counted here, and for what is no sum of it.
    pub fn parse(header: &str) -> Result<Self> {
        let (name, sum) = header.trim().split_once(' ').ok_or_else(bad_header)?;
        let (counted, length) = match name {
            "sha1" => (Counted::Sha1(Sha1::new()), 20),
            "sha256" => (Counted::Sha256(Sha256::new()), 32),
            _ => return Err(bad_header()),
        };
        let wanted = data_encoding::BASE64.decode(sum.trim().as_bytes());
        let wanted = wanted.ok().filter(|sum| sum.len() == length);
        Ok(Self {
            counted,
            wanted: wanted.ok_or_else(bad_header)?,
        })
    }

    /// Counts what came.
    pub fn take(&mut self, bytes: &[u8]) {
        match &mut self.counted {
            Counted::Sha1(sha1) => sha1.update(bytes),
            Counted::Sha256(sha256) => sha256.update(bytes),
        }
    }

    /// Whether all that came is what was sent.
    pub fn holds(self) -> bool {
        match self.counted {
            Counted::Sha1(sha1) => sha1.finalize()[..] == self.wanted[..],
            Counted::Sha256(sha256) => sha256.finalize()[..] == self.wanted[..],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_and_hold_for_their_bytes_alone() {
        for header in [
            "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
            "sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        ] {
            for (pieces, holds) in [
                (["abc", ""], true),
                (["a", "bc"], true),
                (["ab", "d"], false),
            ] {
                let mut sum = Checksum::parse(header).expect("a sum");
                pieces.iter().for_each(|piece| sum.take(piece.as_bytes()));
                assert_eq!(sum.holds(), holds, "{header} {pieces:?}");
            }
        }
        for wrong in [
            "",
            "sha1",
            "sha1 ",
            "sha1 abc",
            "md5 rL0Y20zC+Fzt72VPzMSk2A==",
            "sha256 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
            "SHA1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        ] {
            assert!(Checksum::parse(wrong).is_err(), "{wrong}");
        }
    }
}
