//! Finished answers in memory: everything public is built once per change and served as bytes
//! (DESIGN 3.4).
//!
//! Reading takes no lock, asks no database and knows no clock: one look into an immutable map.
//! Writing is fenced: every show has a generation, which [`Rendered::forget_show`] raises, and
//! an answer whose building began under an older one is handed to those who waited for it but
//! never kept. So after an acknowledged change no request to this node sees older bytes.
mod answer;
mod changed;
mod compress;
mod files;
pub mod joined;
#[cfg(test)]
mod joined_tests;
pub mod kept;
mod key;
mod later;
mod policy;
mod rope;
mod shelf;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Draft, Finished, Prepared, http_date};
pub use files::Ticket;
pub use key::{Key, Owner, Slot};
pub use policy::Policy;
pub use rope::Rope;
pub use shelf::{Shelf, Stale};

use std::collections::{BTreeSet, HashMap, HashSet};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use arc_swap::ArcSwap;
use axum::response::Response;
use http::{HeaderMap, Method, Uri};
use tokio::runtime::Handle;
use tokio::sync::{Notify, Semaphore, watch};

use crate::kernel::ids::{PostId, ShowId};
use crate::kernel::{Error, Result};
use crate::web::{lang, task};

#[derive(Clone)]
struct Kept {
    answer: Arc<Answer>,
    owner: Owner,
    pinned: bool,
    serial: u64,
}

/// The answers under one address: for any language, Korean, English.
type Slots = [Option<Kept>; 3];
type Map = HashMap<Arc<str>, Slots>;

fn place(slot: Slot) -> usize {
    match slot {
        Slot::Any => 0,
        Slot::In(language) => 1 + language.index(),
    }
}

/// How a building ended, for those who waited.
#[derive(Clone)]
enum Outcome {
    Built(Arc<Answer>),
    NotFound,
    Failed,
}

struct Flight {
    serial: u64,
    generation: u64,
    outcome: watch::Receiver<Option<Outcome>>,
}

#[derive(Default)]
struct Book {
    /// By show; a show that is not in here stands at 0.
    generations: HashMap<ShowId, u64>,
    /// Raised with every one of them.
    generation_of_all: u64,
    flights: HashMap<(Arc<str>, Slot), Flight>,
    /// Counts answers and flights, so that the oldest can be told.
    serial: u64,
    changed: BTreeSet<ShowId>,
    /// Pinned addresses that somebody has asked for.
    asked: HashSet<Arc<str>>,
    /// By show and name of the document.
    shelves: HashMap<(ShowId, &'static str), Arc<Shelf>>,
}

impl Book {
    fn generation(&self, owner: &Owner) -> u64 {
        match owner {
            Owner::All => self.generation_of_all,
            Owner::Show(show) => self.generations.get(show).copied().unwrap_or(0),
        }
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
}

/// Finished answers by address.
pub struct Rendered {
    map: ArcSwap<Map>,
    files: ArcSwap<files::Files>,
    book: Mutex<Book>,
    limit_bytes: usize,
    changed: Notify,
    /// One body is compressed in the background at a time.
    compressing: Semaphore,
    /// For tasks that are begun where only a reference is at hand, and where they run.
    me: OnceLock<(Weak<Self>, Handle)>,
}

impl Rendered {
    /// A cache of at most so many bytes besides the feeds.
    pub fn new(cache_bytes: usize) -> Self {
        Self {
            map: ArcSwap::default(),
            files: ArcSwap::default(),
            book: Mutex::default(),
            limit_bytes: cache_bytes,
            changed: Notify::new(),
            compressing: Semaphore::new(1),
            me: OnceLock::new(),
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // Every change of the book is whole before anything can panic.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request from memory, or says that it cannot. Takes microseconds: no lock, no
    /// database, no clock. The host must have been checked before.
    pub fn fast(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
        if *method != Method::GET && *method != Method::HEAD {
            return None;
        }
        let target = uri.path_and_query()?.as_str();
        let map = self.map.load();
        let slots = map.get(target)?;
        let kept = match &slots[0] {
            Some(kept) => kept,
            None => slots[1 + lang::wished(headers).index()].as_ref()?,
        };
        if kept.answer.take_compressing() {
            self.begin_compressing(&kept.answer);
        }
        Some(kept.answer.respond(method, headers))
    }

    fn get(&self, key: &Key) -> Option<Arc<Answer>> {
        let map = self.map.load();
        let kept = map.get(&key.target)?[place(key.slot)].as_ref()?;
        Some(kept.answer.clone())
    }

    /// The answer of a key, built if need be. One builder at a time runs for a key, in a task
    /// of its own, and the others wait for it; whoever asks after a change waits for a builder
    /// that began after it.
    ///
    /// # Errors
    /// What the builder said; those who waited hear of `NotFound`, else that it is unavailable.
    pub async fn get_or_build<B, F>(self: &Arc<Self>, key: Key, build: B) -> Result<Arc<Answer>>
    where
        B: FnOnce() -> F + Send + 'static,
        F: Future<Output = Result<Draft>> + Send + 'static,
    {
        if let Some(answer) = self.get(&key) {
            return Ok(answer);
        }
        let (mut outcome, ours) = {
            let mut book = self.book();
            // It may have been finished since the look above.
            if let Some(answer) = self.get(&key) {
                return Ok(answer);
            }
            let generation = book.generation(&key.owner);
            let name = (key.target.clone(), key.slot);
            match book.flights.get(&name) {
                Some(f) if f.generation == generation => (f.outcome.clone(), None),
                _ => {
                    let serial = book.next_serial();
                    let (tell, outcome) = watch::channel(None);
                    let flight = Flight {
                        serial,
                        generation,
                        outcome: outcome.clone(),
                    };
                    book.flights.insert(name, flight);
                    (outcome, Some((tell, serial, generation)))
                }
            }
        };
        if let Some((tell, serial, generation)) = ours {
            let landing = Landing {
                rendered: self.clone(),
                key,
                serial,
                generation,
            };
            return task::detached(landing.fly(build(), tell)).await;
        }
        let ended = outcome.wait_for(Option::is_some).await;
        match ended.as_deref() {
            Ok(Some(Outcome::Built(answer))) => Ok(answer.clone()),
            Ok(Some(Outcome::NotFound)) => Err(Error::NotFound),
            // The builder said why to who began it, and to the log.
            _ => Err(Error::Unavailable { retry_after_s: 1 }),
        }
    }

    /// Keeps a fresh answer, unless what it was built from changed meanwhile.
    fn keep(&self, key: &Key, answer: &Arc<Answer>, generation: u64) -> bool {
        let mut book = self.book();
        if book.generation(&key.owner) != generation {
            return false;
        }
        let serial = book.next_serial();
        if key.pinned {
            book.asked.insert(key.target.clone());
        }
        let mut map = Map::clone(&self.map.load());
        map.entry(key.target.clone()).or_default()[place(key.slot)] = Some(Kept {
            answer: answer.clone(),
            owner: key.owner.clone(),
            pinned: key.pinned,
            serial,
        });
        self.evict(&mut map);
        self.map.store(Arc::new(map));
        true
    }

    /// Drops the oldest answers that are not pinned until the rest is within the limit.
    fn evict(&self, map: &mut Map) {
        let mut loose: Vec<(u64, usize)> = map
            .values()
            .flatten()
            .flatten()
            .filter(|k| !k.pinned)
            .map(|k| (k.serial, k.answer.weight_bytes()))
            .collect();
        let mut total: usize = loose.iter().map(|(_, bytes)| bytes).sum();
        if total <= self.limit_bytes {
            return;
        }
        loose.sort_unstable();
        let mut oldest_kept = 0;
        for (serial, bytes) in loose {
            if total <= self.limit_bytes {
                break;
            }
            total -= bytes;
            oldest_kept = serial + 1;
        }
        retain(map, |k| k.pinned || k.serial >= oldest_kept);
    }

    /// Drops every answer of a show, and what belongs to all shows: something public changed,
    /// with one post or with any. When it returns, no request sees older bytes any more.
    pub fn forget_show(&self, show: &ShowId, post: Option<&PostId>) {
        let mut book = self.book();
        for ((owner, _), shelf) in &book.shelves {
            if owner == show {
                shelf.spoil(post);
            }
        }
        *book.generations.entry(show.clone()).or_default() += 1;
        book.generation_of_all += 1;
        book.changed.insert(show.clone());
        let mut map = Map::clone(&self.map.load());
        retain(&mut map, |k| match &k.owner {
            Owner::All => false,
            Owner::Show(owner) => owner != show,
        });
        self.map.store(Arc::new(map));
        self.files.store(Arc::default());
        drop(book);
        self.changed.notify_one();
    }

    /// Waits until shows have changed and hands out which, once each. For one task.
    pub async fn changed(&self) -> Vec<ShowId> {
        loop {
            let waiting = self.changed.notified();
            let shows = std::mem::take(&mut self.book().changed);
            if !shows.is_empty() {
                return shows.into_iter().collect();
            }
            waiting.await;
        }
    }

    /// Whether a pinned address was ever asked for since the start.
    pub fn was_asked_for(&self, target: &str) -> bool {
        self.book().asked.contains(target)
    }
}

fn retain(map: &mut Map, keep: impl Fn(&Kept) -> bool) {
    map.retain(|_, slots| {
        for slot in slots.iter_mut() {
            if slot.as_ref().is_some_and(|kept| !keep(kept)) {
                *slot = None;
            }
        }
        slots.iter().any(Option::is_some)
    });
}

/// A building under way: who began it takes it to its end.
struct Landing {
    rendered: Arc<Rendered>,
    key: Key,
    serial: u64,
    generation: u64,
}

impl Landing {
    async fn fly(
        self,
        draft: impl Future<Output = Result<Draft>> + Send,
        tell: watch::Sender<Option<Outcome>>,
    ) -> Result<Arc<Answer>> {
        let built = match draft.await {
            Ok(draft) => task::blocking(move || Answer::finish(draft).map(Arc::new)).await,
            Err(error) => Err(error),
        };
        let outcome = match &built {
            Ok(answer) => {
                if self.rendered.keep(&self.key, answer, self.generation) {
                    self.rendered.kept_one(&self.key, answer);
                }
                Outcome::Built(answer.clone())
            }
            Err(Error::NotFound) => Outcome::NotFound,
            Err(_) => Outcome::Failed,
        };
        // Gone from the book before it is told, so that nobody joins what has ended.
        drop(self);
        let _ = tell.send(Some(outcome));
        built
    }
}

impl Drop for Landing {
    /// Also when the builder panicked: the next request tries anew.
    fn drop(&mut self) {
        let name = (self.key.target.clone(), self.key.slot);
        let mut book = self.rendered.book();
        if book
            .flights
            .get(&name)
            .is_some_and(|f| f.serial == self.serial)
        {
            book.flights.remove(&name);
        }
    }
}
