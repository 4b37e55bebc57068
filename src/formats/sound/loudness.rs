//! Loudness, measured as it goes by.
use ebur128::{EbuR128, Mode};

use super::{Block, Loudness};

/// The meter; starts with the first block and ends where the form of the sound changes.
#[derive(Default)]
pub(super) struct Meter {
    meter: Option<EbuR128>,
    peak: f32,
    is_ended: bool,
}

impl Meter {
    pub fn take(&mut self, block: &Block<'_>) {
        let most = block
            .samples
            .iter()
            .fold(0.0_f32, |most, x| most.max(x.abs()));
        self.peak = self.peak.max(most);
        if self.is_ended {
            return;
        }
        let channels = u32::try_from(block.channels).unwrap_or(0);
        if self.meter.is_none() {
            // With a histogram, memory does not grow with the length.
            let mode = Mode::I | Mode::HISTOGRAM;
            self.meter = EbuR128::new(channels, block.rate_hz, mode).ok();
        }
        match &mut self.meter {
            Some(meter) if meter.channels() == channels && meter.rate() == block.rate_hz => {
                self.is_ended = meter.add_frames_f32(block.samples).is_err();
            }
            _ => self.is_ended = true,
        }
    }

    pub fn finish(self) -> Loudness {
        let integrated = self.meter.and_then(|meter| meter.loudness_global().ok());
        Loudness {
            integrated_lufs: integrated
                .map(|lufs| lufs as f32)
                .filter(|lufs| lufs.is_finite()),
            peak_dbfs: (self.peak > 0.0 && self.peak.is_finite()).then(|| 20.0 * self.peak.log10()),
        }
    }
}
