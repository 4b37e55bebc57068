//! Counts failures a client and refuses him for a while when there were too many.
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Clients remembered at most; the oldest memories go first.
const LARGEST: usize = 10_000;

/// At most so many failures in a window, a key. On the monotonic clock.
#[derive(Debug)]
pub struct Throttle<K> {
    allowed: usize,
    window: Duration,
    failures: Mutex<HashMap<K, Vec<Instant>>>,
}

impl<K: Eq + Hash + Clone> Throttle<K> {
    /// Allows so many failures a window.
    pub fn new(allowed: usize, window: Duration) -> Self {
        Self {
            allowed,
            window,
            failures: Mutex::new(HashMap::new()),
        }
    }

    /// Seconds to wait, if the key has used its failures up.
    pub fn blocked_for_s(&self, key: &K) -> Option<u64> {
        let now = Instant::now();
        let map = self.failures.lock().unwrap_or_else(|e| e.into_inner());
        let times = map.get(key)?;
        let recent: Vec<&Instant> = times.iter().filter(|t| now - **t < self.window).collect();
        if recent.len() < self.allowed {
            return None;
        }
        let oldest = recent.first()?;
        Some((self.window - (now - **oldest)).as_secs() + 1)
    }

    /// Notes a failure.
    pub fn note(&self, key: K) {
        let now = Instant::now();
        let mut map = self.failures.lock().unwrap_or_else(|e| e.into_inner());
        if map.len() >= LARGEST {
            map.retain(|_, times| times.last().is_some_and(|t| now - *t < self.window));
            if map.len() >= LARGEST {
                map.clear();
            }
        }
        let times = map.entry(key).or_default();
        times.retain(|t| now - *t < self.window);
        times.push(now);
    }

    /// Forgets a key after a success.
    pub fn forget(&self, key: &K) {
        self.failures
            .lock()
            .unwrap_or_else(|e| e.into_inner())
            .remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_and_no_more() {
        let throttle = Throttle::new(5, Duration::from_secs(60));
        for _ in 0..4 {
            throttle.note("a");
        }
        assert_eq!(throttle.blocked_for_s(&"a"), None);
        throttle.note("a");
        assert!(throttle.blocked_for_s(&"a").is_some_and(|s| s <= 61));
        assert_eq!(throttle.blocked_for_s(&"b"), None);
        throttle.forget(&"a");
        assert_eq!(throttle.blocked_for_s(&"a"), None);
    }
}
