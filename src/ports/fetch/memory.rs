//! The form in memory: a test says what is answered, and sees what was asked.
use std::sync::Mutex;

use super::{Answer, Failed, Request};

type Answering = Box<dyn FnMut(&Request) -> Result<Answer, Failed> + Send>;

/// Answers without a network.
pub struct Memory {
    answering: Mutex<Answering>,
    heard: Mutex<Vec<Request>>,
}

impl Memory {
    /// Answers every request by this function.
    pub fn new(answering: Answering) -> Self {
        Self {
            answering: Mutex::new(answering),
            heard: Mutex::default(),
        }
    }

    /// Notes the request and answers it.
    pub fn fetch(&self, request: &Request) -> Result<Answer, Failed> {
        let mut heard = self.heard.lock().map_err(|_| Failed)?;
        heard.push(request.clone());
        drop(heard);
        self.answering.lock().map_err(|_| Failed)?(request)
    }

    /// Every request so far.
    pub fn heard(&self) -> Vec<Request> {
        self.heard.lock().map(|all| all.clone()).unwrap_or_default()
    }
}
