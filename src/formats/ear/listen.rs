//! Listening: sound in pieces to what is kept of it.
use earshot::Detector;

use super::cepstra::Cepstra;
use super::heard::Heard;
use super::{CEPSTRA, HOP};

/// Samples that the voice detector looks at together: 16 ms.
const VOICE_SAMPLES: usize = 256;

/// Takes a recording's sound in pieces.
pub struct Listener {
    cepstra: Cepstra,
    frames: Vec<[i8; CEPSTRA]>,
    detector: Box<Detector>,
    /// Samples that do not fill a frame of the detector yet.
    waiting: Vec<f32>,
    /// A value each 16 ms, 0 to 255.
    voices: Vec<u8>,
    samples: u64,
}

impl Default for Listener {
    fn default() -> Self {
        Self::new()
    }
}

impl Listener {
    /// At the start of a recording.
    pub fn new() -> Self {
        Self {
            cepstra: Cepstra::new(),
            frames: Vec::new(),
            detector: Detector::default_boxed(),
            waiting: Vec::new(),
            voices: Vec::new(),
            samples: 0,
        }
    }

    /// The next samples: 16 kHz, one channel, full scale 1. What is no number counts as silence.
    pub fn push(&mut self, samples: &[f32]) {
        let clean: Vec<f32> = samples
            .iter()
            .map(|x| {
                if x.is_finite() {
                    x.clamp(-1.0, 1.0)
                } else {
                    0.0
                }
            })
            .collect();
        self.samples += clean.len() as u64;
        self.cepstra.push(&clean, &mut self.frames);
        self.waiting.extend_from_slice(&clean);
        let whole = self.waiting.len() / VOICE_SAMPLES * VOICE_SAMPLES;
        for chunk in self.waiting[..whole].chunks_exact(VOICE_SAMPLES) {
            let share = self.detector.predict_f32(chunk);
            self.voices.push((share * 255.0).round() as u8);
        }
        self.waiting.drain(..whole);
    }

    /// At the end of it.
    pub fn finish(mut self) -> Heard {
        let total = usize::try_from(self.samples / HOP as u64).unwrap_or_default();
        self.cepstra.finish(total, &mut self.frames);
        let voice = (0..total)
            .map(|frame| {
                let chunk = (frame * HOP + HOP / 2) / VOICE_SAMPLES;
                self.voices.get(chunk).copied().unwrap_or_default()
            })
            .collect();
        Heard::new(self.frames, voice, self.samples)
    }
}
