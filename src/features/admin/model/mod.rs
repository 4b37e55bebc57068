//! The words of the editor's buttons.
mod beside;

pub use beside::{Beside, FileField, Whose};

use crate::features::posts::PostState;

/// What the author pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Keep the working copy, as a version too.
    Save,
    /// Make it public now.
    Publish,
    /// Make it public now, off the lists.
    PublishUnlisted,
    /// Put the working copy in the place of what is public, or is to be.
    Update,
    /// Make it public later.
    Schedule,
    /// Not later after all.
    Unschedule,
    /// Off the lists.
    Unlist,
    /// Back on the lists.
    Relist,
    /// Into the trash.
    Remove,
    /// Out of the trash.
    Restore,
    /// The same, with what was typed after it had come there.
    RestoreAndSave,
    /// Show the form again with a list of it changed; nothing is stored.
    Rows(List, Change),
    /// The same with the reference of that row filled in from its page. Counted from 0.
    LookUp(usize),
    /// Something that is not about the text, which is saved before.
    Beside(Beside),
}

/// A list of rows in the editor's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// What the piece rests on.
    References,
    /// Who takes part.
    People,
    /// Passages that stand for the whole.
    Soundbites,
    /// Conversations about it.
    Social,
}

/// What a button does to a list. Rows are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// More empty rows, which the page adds by itself.
    More,
    /// Move a row one up.
    Up(usize),
    /// Move a row one down.
    Down(usize),
    /// Take a row out.
    Remove(usize),
}

impl List {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [
        Self::References,
        Self::People,
        Self::Soundbites,
        Self::Social,
    ];

    /// The word in its buttons' values.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::References => "ref",
            Self::People => "person",
            Self::Soundbites => "soundbite",
            Self::Social => "social",
        }
    }
}

impl Change {
    /// Does to the rows what was pressed; a row that is not there changes nothing.
    pub fn apply<T>(self, rows: &mut Vec<T>) {
        match self {
            Self::Up(n) if n > 0 && n < rows.len() => rows.swap(n, n - 1),
            Self::Down(n) if n + 1 < rows.len() => rows.swap(n, n + 1),
            Self::Remove(n) if n < rows.len() => {
                rows.remove(n);
            }
            _ => {}
        }
    }
}

impl Action {
    /// Reads the button's value; `None` for anything unknown.
    pub fn parse(value: &str) -> Option<Self> {
        if let Some(row) = value.strip_prefix("ref-look-up:") {
            return row.parse().ok().map(Self::LookUp);
        }
        if let Some(beside) = Beside::parse(value) {
            return Some(Self::Beside(beside));
        }
        if let Some((list, change)) = value.split_once('-') {
            let list = List::ALL.into_iter().find(|l| l.as_str() == list)?;
            return Some(Self::Rows(list, change_of(change)?));
        }
        Some(match value {
            "save" => Self::Save,
            "publish" => Self::Publish,
            "publish_unlisted" => Self::PublishUnlisted,
            "update" => Self::Update,
            "schedule" => Self::Schedule,
            "unschedule" => Self::Unschedule,
            "unlist" => Self::Unlist,
            "relist" => Self::Relist,
            "remove" => Self::Remove,
            "restore" => Self::Restore,
            "restore_save" => Self::RestoreAndSave,
            _ => return None,
        })
    }
}

impl Action {
    /// The word for what was done, in the address that tells it; saving is told by its time.
    pub fn done(&self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::PublishUnlisted => "publish_unlisted",
            Self::Update => "update",
            Self::Schedule => "schedule",
            Self::Unschedule => "unschedule",
            Self::Unlist => "unlist",
            Self::Relist => "relist",
            Self::Remove => "remove",
            Self::Restore | Self::RestoreAndSave => "restore",
            Self::Save | Self::Rows(..) | Self::LookUp(_) | Self::Beside(_) => "",
        }
    }

    /// The message that says that it was done, where the post stands as it would be after it.
    pub fn done_key(&self, state: PostState) -> Option<&'static str> {
        Some(match (self, state) {
            (Self::Publish, PostState::Published) => "admin-did-publish",
            (Self::PublishUnlisted, PostState::Unlisted) => "admin-did-publish-unlisted",
            (Self::Update, state) if state.is_reachable() => "admin-did-update",
            (Self::Update, PostState::Scheduled) => "admin-did-schedule-update",
            (Self::Schedule, PostState::Scheduled) => "admin-did-schedule",
            (Self::Unschedule, PostState::Draft) => "admin-did-unschedule",
            (Self::Unlist, PostState::Unlisted) => "admin-did-unlist",
            (Self::Relist, PostState::Published) => "admin-did-relist",
            (Self::Remove, PostState::Removed) => "admin-did-remove",
            (Self::Restore, PostState::Draft) => "admin-did-restore",
            _ => return None,
        })
    }
}

/// `more`, `up:2`, `down:2`, `remove:2`.
fn change_of(word: &str) -> Option<Change> {
    if word == "more" {
        return Some(Change::More);
    }
    let (word, row) = word.split_once(':')?;
    let row: usize = row.parse().ok()?;
    match word {
        "up" => Some(Change::Up(row)),
        "down" => Some(Change::Down(row)),
        "remove" => Some(Change::Remove(row)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_move() {
        let mut rows = vec!['a', 'b', 'c'];
        let up = Action::parse("ref-up:2");
        assert_eq!(up, Some(Action::Rows(List::References, Change::Up(2))));
        Change::Up(2).apply(&mut rows);
        assert_eq!(rows, ['a', 'c', 'b']);
        Change::Remove(0).apply(&mut rows);
        Change::Down(0).apply(&mut rows);
        assert_eq!(rows, ['b', 'c']);
        Change::Down(9).apply(&mut rows);
        Change::More.apply(&mut rows);
        assert_eq!(rows, ['b', 'c']);
        let more = Action::parse("soundbite-more");
        assert_eq!(more, Some(Action::Rows(List::Soundbites, Change::More)));
        assert_eq!(Action::parse("ref-look-up:1"), Some(Action::LookUp(1)));
        for word in [
            "ref-look-up",
            "person-look-up:1",
            "ref-up:x",
            "ref-up",
            "person-",
            "x-more",
            "destroy",
        ] {
            assert_eq!(Action::parse(word), None, "{word}");
        }
    }
}
