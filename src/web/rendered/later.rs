//! The codings that take long: when they are made, and for which answers.
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::runtime::Handle;

use super::{Answer, Key, Map, Rendered, compress};
use crate::web::conditional::Encoding;

/// A run of changes is over after this.
const CALM: Duration = Duration::from_millis(if cfg!(test) { 0 } else { 1_500 });

impl Rendered {
    /// A feed is compressed at once, the rest when it is asked for a second time: a crawler that
    /// sees every page of an archive once must not keep a processor busy.
    pub(super) fn kept_one(self: &Arc<Self>, key: &Key, answer: &Arc<Answer>) {
        self.me
            .get_or_init(|| (Arc::downgrade(self), Handle::current()));
        if key.pinned && answer.take_compressing() {
            self.begin_compressing(answer);
        }
    }

    pub(super) fn begin_compressing(&self, answer: &Arc<Answer>) {
        // The thread that asks carries connections, and compressing is not for it.
        if let Some((me, runtime)) = self.me.get()
            && let Some(me) = me.upgrade()
        {
            runtime.spawn(me.compress_later(Arc::downgrade(answer)));
        }
    }

    /// Makes the codings that take long, one body at a time and only while it is still kept: in
    /// a run of changes, those of the last one.
    async fn compress_later(self: Arc<Self>, answer: Weak<Answer>) {
        tokio::time::sleep(CALM).await;
        for encoding in [Encoding::Gzip, Encoding::Brotli, Encoding::Zstd] {
            let Ok(_turn) = self.compressing.acquire().await else {
                return;
            };
            let Some(answer) = answer.upgrade() else {
                return;
            };
            compress::in_background(move || answer.compress(encoding)).await;
        }
        let Some(answer) = answer.upgrade() else {
            return;
        };
        compress::in_background(move || answer.tell_finished()).await;
        let _book = self.book();
        let mut map = Map::clone(&self.map.load());
        self.evict(&mut map);
        self.map.store(Arc::new(map));
    }
}
