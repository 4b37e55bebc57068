//! Makes the ear's table of phones anew: `cargo run --release --example train_ear`.
//!
//! Has espeak-ng (Debian's program) speak the sentences of `assets/ear/lessons.*.txt`, which are
//! our own, in a few of its voices, learns how phones sound and writes `assets/ear/phones.bin`.
use std::error::Error;
use std::fs;
use std::process::Command;

use daebon::formats::ear::lessons::{Lesson, Spoken, train};
use daebon::formats::ear::{Listener, RATE, reading};

/// Language, file, espeak-ng's voice.
const LESSONS: &[(&str, &str, &str)] = &[
    ("ko", "assets/ear/lessons.ko.txt", "ko"),
    ("en", "assets/ear/lessons.en.txt", "en-us"),
];
/// Variants that take turns. The tests' recordings are spoken by others.
const VARIANTS: &[&str] = &["", "+f2", "+m3", "+f4", "+m7", "+f5"];
const TABLE: &str = "assets/ear/phones.bin";
/// Samples of silence after each sentence.
const PAUSE: usize = RATE / 5;
/// How loud the noise is that makes silence a sound.
const NOISE: f32 = 0.0015;

fn main() -> Result<(), Box<dyn Error>> {
    let mut lessons = Vec::new();
    for (language, file, voice) in LESSONS {
        let text = fs::read_to_string(file)?;
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        for (turn, variant) in VARIANTS.iter().enumerate() {
            let mine = lines.iter().skip(turn).step_by(VARIANTS.len());
            lessons.push(lesson(mine, language, &format!("{voice}{variant}"))?);
            println!("{voice}{variant} has spoken");
        }
    }
    let table = train(&lessons, &mut |cost| {
        println!("mean cost of a frame: {cost:.3}")
    });
    fs::write(TABLE, &table)?;
    println!("{TABLE}: {} bytes", table.len());
    Ok(())
}

fn lesson<'a>(
    lines: impl Iterator<Item = &'a &'a str>,
    language: &str,
    voice: &str,
) -> Result<Lesson, Box<dyn Error>> {
    let mut listener = Listener::new();
    let mut noise = Noise(1);
    let mut at = 0;
    let mut push = |sound: &[f32]| {
        let noisy: Vec<f32> = sound.iter().map(|x| x + noise.next()).collect();
        listener.push(&noisy);
        at += sound.len();
        at as u64 * 1000 / RATE as u64
    };
    let mut start_ms = push(&[0.0; PAUSE]);
    let mut sentences = Vec::new();
    for line in lines {
        let end_ms = push(&speak(line, voice)?);
        sentences.push(Spoken {
            words: reading::read(line, language),
            start_ms,
            end_ms,
        });
        start_ms = push(&[0.0; PAUSE]);
    }
    Ok(Lesson {
        heard: listener.finish(),
        sentences,
    })
}

/// A sentence without the silence around it, at the ear's rate.
fn speak(text: &str, voice: &str) -> Result<Vec<f32>, Box<dyn Error>> {
    let out = Command::new("espeak-ng")
        .args(["-v", voice, "-s", "170", "--stdout", "--", text])
        .output()?;
    let wave = out.stdout;
    let (head, samples) = wave.split_at_checked(44).ok_or("espeak-ng said nothing")?;
    let rate = u32::from_le_bytes([head[24], head[25], head[26], head[27]]) as f32;
    let (samples, _) = samples.as_chunks::<2>();
    let samples: Vec<f32> = samples
        .iter()
        .map(|b| f32::from(i16::from_le_bytes(*b)) / 32768.0)
        .collect();
    let sound = resampled(&samples, rate / RATE as f32);
    let is_loud = |x: &f32| x.abs() > 0.01;
    let first = sound
        .iter()
        .position(is_loud)
        .ok_or("espeak-ng was silent")?;
    let last = sound.iter().rposition(is_loud).unwrap_or(first);
    Ok(sound[first..=last].to_vec())
}

/// Every `step`th sample, with a short windowed sinc.
fn resampled(samples: &[f32], step: f32) -> Vec<f32> {
    const REACH: isize = 12;
    let cut = 0.95 / step.max(1.0);
    let at = |i: usize| {
        let centre = i as f32 * step;
        let near = centre as isize;
        let part = |k: isize| {
            let sample = usize::try_from(k).ok().and_then(|k| samples.get(k))?;
            let off = centre - k as f32;
            let window = 0.5 + 0.5 * (std::f32::consts::PI * off / (REACH + 1) as f32).cos();
            let z = std::f32::consts::PI * off * cut;
            let sinc = if z.abs() < 1e-4 { 1.0 } else { z.sin() / z };
            Some(sample * window * cut * sinc)
        };
        (near - REACH..=near + REACH).filter_map(part).sum()
    };
    (0..(samples.len() as f32 / step) as usize)
        .map(at)
        .collect()
}

/// The same noise every time.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 40) as f32 / 8_388_608.0 - 1.0) * NOISE
    }
}
