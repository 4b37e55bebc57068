//! How far the work is, told to whoever waits for it, who may also stop it.
use std::ops::ControlFlow;

/// The watcher asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the alignment was stopped")]
pub struct Stopped;

/// Counts frames that were worked through.
pub struct Progress<'a> {
    watch: &'a mut dyn FnMut(u8) -> ControlFlow<()>,
    done: usize,
    total: usize,
    told: Option<u8>,
}

impl<'a> Progress<'a> {
    pub fn new(total: usize, watch: &'a mut dyn FnMut(u8) -> ControlFlow<()>) -> Self {
        Self {
            watch,
            done: 0,
            total: total.max(1),
            told: None,
        }
    }

    /// Some more frames are done; whoever watches hears of every percent.
    pub fn step(&mut self, frames: usize) -> Result<(), Stopped> {
        self.done = (self.done + frames).min(self.total);
        let percent = (self.done as u64 * 100 / self.total as u64) as u8;
        if self.told == Some(percent) {
            return Ok(());
        }
        self.told = Some(percent);
        match (self.watch)(percent) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped),
        }
    }
}
