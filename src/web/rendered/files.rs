//! Which file an address leads to, so that a player that seeks asks no database.
use std::collections::HashMap;
use std::sync::Arc;

use super::Rendered;
use crate::web::file_response::FileToServe;

/// More addresses than this at a time, and all are looked up anew. Each may hold a file open.
const MOST: usize = 256;

pub(super) type Files = HashMap<Arc<str>, Arc<FileToServe>>;

/// Taken before the database is asked: what was read under an old ticket is not kept.
#[derive(Debug, Clone, Copy)]
pub struct Ticket(u64);

impl Rendered {
    /// The file that an address leads to, if that was looked up since the last change.
    pub fn file(&self, path: &str) -> Option<Arc<FileToServe>> {
        self.files.load().get(path).cloned()
    }

    /// To be taken before the database is asked for a file.
    pub fn ticket(&self) -> Ticket {
        Ticket(self.book().generation_of_all)
    }

    /// Keeps what the database said, unless anything public changed since the ticket.
    pub fn keep_file(&self, path: &str, file: Arc<FileToServe>, ticket: Ticket) {
        let book = self.book();
        if book.generation_of_all != ticket.0 {
            return;
        }
        let mut files = Files::clone(&self.files.load());
        if files.len() >= MOST {
            files.clear();
        }
        files.insert(path.into(), file);
        self.files.store(Arc::new(files));
        drop(book);
    }
}
