//! The outline of a recording, as a waveform editor draws it.
use super::Block;

/// Peaks per second of sound.
pub const PEAKS_PER_SECOND: u32 = 20;

/// The greatest amplitude of each stretch.
#[derive(Debug, Default)]
pub(super) struct Outline {
    peaks: Vec<u8>,
    /// Of the stretch that has begun.
    greatest: f32,
    /// Counts a stretch in samples times [`PEAKS_PER_SECOND`], so that it ends at the rate.
    filled: u32,
}

impl Outline {
    pub fn take(&mut self, block: &Block<'_>) {
        for frame in block.samples.chunks_exact(block.channels.max(1)) {
            // A sample that is no number counts as none.
            self.greatest = frame
                .iter()
                .fold(self.greatest, |most, x| most.max(x.abs()));
            self.filled += PEAKS_PER_SECOND;
            if self.filled >= block.rate_hz {
                self.filled -= block.rate_hz;
                self.end_stretch();
            }
        }
    }

    fn end_stretch(&mut self) {
        self.peaks.push((self.greatest * 255.0).round() as u8);
        self.greatest = 0.0;
    }

    pub fn finish(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.end_stretch();
        }
        self.peaks
    }
}
