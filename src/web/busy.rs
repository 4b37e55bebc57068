//! Things that only one request may work on at a time, by key, within this process.
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

/// What is being worked on. Cheap to clone.
#[derive(Debug)]
pub struct Busy<K: Eq + Hash + Clone> {
    inner: Arc<Inner<K>>,
}

#[derive(Debug)]
struct Inner<K> {
    /// By key, how its holder is asked to stop.
    held: Mutex<HashMap<K, Arc<Notify>>>,
    freed: Notify,
}

impl<K: Eq + Hash + Clone> Clone for Busy<K> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<K: Eq + Hash + Clone> Default for Busy<K> {
    fn default() -> Self {
        let inner = Inner {
            held: Mutex::new(HashMap::new()),
            freed: Notify::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }
}

impl<K: Eq + Hash + Clone> Busy<K> {
    /// Takes a thing, unless somebody works on it.
    pub fn try_hold(&self, key: &K) -> Option<Held<K>> {
        let mut held = self.lock();
        if held.contains_key(key) {
            return None;
        }
        let stop = Arc::new(Notify::new());
        held.insert(key.clone(), stop.clone());
        Some(Held {
            key: key.clone(),
            stop,
            busy: self.clone(),
        })
    }

    /// Asks who holds a thing to stop, and takes it; `None` if he does not stop in time.
    pub async fn take_over(&self, key: &K, patience: Duration) -> Option<Held<K>> {
        let taken = async {
            loop {
                let freed = self.inner.freed.notified();
                tokio::pin!(freed);
                // Listening before looking: what is freed in between is not missed.
                freed.as_mut().enable();
                if let Some(held) = self.try_hold(key) {
                    return held;
                }
                if let Some(stop) = self.lock().get(key) {
                    stop.notify_one();
                }
                freed.await;
            }
        };
        tokio::time::timeout(patience, taken).await.ok()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, Arc<Notify>>> {
        // A panic elsewhere leaves the map as it was: one insert or remove.
        self.inner
            .held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thing that is held until this is dropped.
#[derive(Debug)]
pub struct Held<K: Eq + Hash + Clone> {
    key: K,
    stop: Arc<Notify>,
    busy: Busy<K>,
}

impl<K: Eq + Hash + Clone> Held<K> {
    /// Waits until somebody asks for the thing.
    pub async fn asked_to_stop(&self) {
        self.stop.notified().await;
    }
}

impl<K: Eq + Hash + Clone> Drop for Held<K> {
    fn drop(&mut self) {
        self.busy.lock().remove(&self.key);
        self.busy.inner.freed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let busy = Busy::default();
        let first = busy.try_hold(&1).expect("free");
        assert!(busy.try_hold(&1).is_none());
        assert!(busy.try_hold(&2).is_some());
        drop(first);
        assert!(busy.try_hold(&1).is_some());
    }

    #[tokio::test]
    async fn the_holder_is_asked_to_stop() {
        let busy = Busy::default();
        let first = busy.try_hold(&1).expect("free");
        let holder = tokio::spawn(async move {
            first.asked_to_stop().await;
            drop(first);
        });
        let second = busy.take_over(&1, Duration::from_secs(60)).await;
        assert!(second.is_some());
        holder.await.expect("ends");
        assert!(
            busy.take_over(&1, Duration::ZERO).await.is_none(),
            "the second still holds it"
        );
    }
}
