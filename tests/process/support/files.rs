//! Sound files for the tests: made here, or the project's own.
use std::path::PathBuf;

/// Bytes before the sound in a WAV file.
const HEADER_BYTES: usize = 44;

/// The project's MP3 of a constant bit rate.
pub fn mp3_path() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/audio/cbr.mp3"
    ))
}

/// Its bytes.
pub fn mp3() -> Vec<u8> {
    std::fs::read(mp3_path()).expect("the project has it")
}

/// Header of a WAV file of so many bytes: 16 bits, one channel, 44,100 Hz.
pub fn wav_header(length_bytes: u32) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEADER_BYTES);
    head.extend_from_slice(b"RIFF");
    head.extend_from_slice(&(length_bytes - 8).to_le_bytes());
    head.extend_from_slice(b"WAVEfmt ");
    head.extend_from_slice(&16u32.to_le_bytes());
    head.extend_from_slice(&1u16.to_le_bytes());
    head.extend_from_slice(&1u16.to_le_bytes());
    head.extend_from_slice(&44_100u32.to_le_bytes());
    head.extend_from_slice(&88_200u32.to_le_bytes());
    head.extend_from_slice(&2u16.to_le_bytes());
    head.extend_from_slice(&16u16.to_le_bytes());
    head.extend_from_slice(b"data");
    head.extend_from_slice(&(length_bytes - 44).to_le_bytes());
    head
}

/// A WAV file of noise: no two blocks of it are alike, so that a byte at the wrong place shows.
pub fn noise(length_bytes: u32, seed: u64) -> Vec<u8> {
    let mut file = wav_header(length_bytes);
    let mut dice = Dice(seed | 1);
    while file.len() < length_bytes as usize {
        file.extend_from_slice(&dice.next().to_le_bytes());
    }
    file.truncate(length_bytes as usize);
    file
}

/// Numbers as if by chance, the same ones in every run (xorshift64*).
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below this one.
    pub fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }
}
