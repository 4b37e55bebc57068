//! Threads that only carry connections: a finished answer is sent by the thread that read the
//! request, and no other thread is woken for it.
//!
//! Each lane is a runtime of one thread with connections of its own. What takes longer than
//! looking an answer up runs on the main runtime, so that a slow handler holds nobody up.
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::task::Waker;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::{Notify, oneshot};

/// How often the deadlines of connections are looked at: they are kept to within this.
const TICK: Duration = Duration::from_millis(500);
/// More processors than this are not needed to fill any line.
const MOST: usize = 16;
/// The deadline of a connection that has none.
const NEVER: u64 = u64::MAX;

/// All lanes. They end when this is dropped, with the connections that are left.
pub struct Lanes(Vec<Lane>);

struct Lane {
    runtime: Handle,
    shared: Arc<Shared>,
    /// Held by each connection, and so counted.
    load: Arc<()>,
    _end: oneshot::Sender<()>,
}

impl Lanes {
    /// One for each processor.
    pub fn start() -> Self {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        Self((0..count.min(MOST)).map(Lane::start).collect())
    }

    /// Runs a connection on the lane that has the fewest.
    pub fn run<F>(&self, connection: impl FnOnce(Arc<Line>) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let lane = self
            .0
            .iter()
            .min_by_key(|lane| Arc::strong_count(&lane.load));
        let lane = lane.expect("there is at least one processor");
        let (line, load) = (lane.shared.join(), lane.load.clone());
        lane.runtime.spawn(async move {
            connection(line).await;
            drop(load);
        });
    }

    /// Tells every connection to end after what it is doing.
    pub fn stop(&self) {
        for lane in &self.0 {
            lane.shared.stopping.store(true, Ordering::SeqCst);
            for line in lane.shared.lines().iter().filter_map(Weak::upgrade) {
                line.wake();
            }
        }
    }
}

impl Lane {
    fn start(number: usize) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("the system has a descriptor to wait on");
        let handle = runtime.handle().clone();
        let shared = Arc::new(Shared::new());
        let (end, ended) = oneshot::channel();
        let carried = shared.clone();
        std::thread::Builder::new()
            .name(format!("lane-{number}"))
            .spawn(move || carry(&runtime, &carried, ended))
            .expect("the system has a thread to give");
        Self {
            runtime: handle,
            shared,
            load: Arc::default(),
            _end: end,
        }
    }
}

fn carry(runtime: &Runtime, shared: &Shared, ended: oneshot::Receiver<()>) {
    runtime.block_on(async {
        tokio::select! {
            _ = ended => {}
            () = shared.watch_deadlines() => {}
        }
    });
}

/// What the connections of a lane share.
struct Shared {
    start: Instant,
    /// The lane's clock in milliseconds since its start, right to within a tick while there
    /// are connections.
    now_ms: AtomicU64,
    stopping: AtomicBool,
    lines: Mutex<Vec<Weak<Line>>>,
    joined: Notify,
}

impl Shared {
    fn new() -> Self {
        Self {
            start: Instant::now(),
            now_ms: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            lines: Mutex::default(),
            joined: Notify::new(),
        }
    }

    fn lines(&self) -> MutexGuard<'_, Vec<Weak<Line>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_at_the_clock(&self) -> u64 {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(NEVER - 1);
        self.now_ms.store(now, Ordering::Relaxed);
        now
    }

    fn join(self: &Arc<Self>) -> Arc<Line> {
        self.look_at_the_clock();
        let line = Arc::new(Line {
            deadline_ms: AtomicU64::new(NEVER),
            late: AtomicBool::new(false),
            waker: OnceLock::new(),
            lane: self.clone(),
        });
        self.lines().push(Arc::downgrade(&line));
        self.joined.notify_one();
        line
    }

    /// Wakes the connections whose deadline has passed. Sleeps while there are none.
    async fn watch_deadlines(&self) {
        loop {
            if self.lines().is_empty() {
                self.joined.notified().await;
            }
            tokio::time::sleep(TICK).await;
            let now = self.look_at_the_clock();
            self.lines().retain(|line| {
                let line = line.upgrade();
                if let Some(line) = &line
                    && line.deadline_ms.load(Ordering::Relaxed) <= now
                {
                    line.late.store(true, Ordering::Relaxed);
                    line.wake();
                }
                line.is_some()
            });
        }
    }
}

/// One connection as its lane knows it: a deadline, and whether it shall end. Setting the
/// deadline, which happens with every request, is one store; nothing asks for the time.
pub struct Line {
    deadline_ms: AtomicU64,
    late: AtomicBool,
    waker: OnceLock<Waker>,
    lane: Arc<Shared>,
}

impl Line {
    /// How it is woken, which must be said before [`Self::must_end`] is asked.
    pub fn woken_by(&self, waker: &Waker) {
        // A task has the same waker for life.
        self.waker.get_or_init(|| waker.clone());
    }

    fn wake(&self) {
        if let Some(waker) = self.waker.get() {
            waker.wake_by_ref();
        }
    }

    /// Whether the server stops.
    pub fn must_end(&self) -> bool {
        self.lane.stopping.load(Ordering::SeqCst)
    }

    /// The lane's clock: at most a tick behind.
    pub fn now(&self) -> Instant {
        self.lane.start + Duration::from_millis(self.lane.now_ms.load(Ordering::Relaxed))
    }

    /// Sets the deadline.
    pub fn due(&self, deadline: Instant) {
        let since = deadline.saturating_duration_since(self.lane.start);
        let deadline = u64::try_from(since.as_millis()).unwrap_or(NEVER);
        self.late.store(false, Ordering::Relaxed);
        self.deadline_ms.store(deadline, Ordering::Relaxed);
    }

    /// Takes the deadline away.
    pub fn never_due(&self) {
        self.deadline_ms.store(NEVER, Ordering::Relaxed);
        self.late.store(false, Ordering::Relaxed);
    }

    /// Whether the deadline has passed.
    pub fn is_late(&self) -> bool {
        self.late.load(Ordering::Relaxed)
    }
}
