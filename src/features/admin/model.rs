//! The words of the editor's buttons.

/// What the author pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Keep the working copy, as a version too.
    Save,
    /// Make it public now.
    Publish,
    /// Put the working copy in the place of what is public.
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
    /// Show the form again with more empty rows for references.
    MoreRows,
    /// Move a reference one up.
    RefUp(usize),
    /// Move a reference one down.
    RefDown(usize),
    /// Take a reference out.
    RefRemove(usize),
}

impl Action {
    /// Reads the button's value; `None` for anything unknown.
    pub fn parse(value: &str) -> Option<Self> {
        if let Some((word, row)) = value.split_once(':') {
            let row: usize = row.parse().ok()?;
            return match word {
                "ref-up" => Some(Self::RefUp(row)),
                "ref-down" => Some(Self::RefDown(row)),
                "ref-remove" => Some(Self::RefRemove(row)),
                _ => None,
            };
        }
        Some(match value {
            "save" => Self::Save,
            "publish" => Self::Publish,
            "update" => Self::Update,
            "schedule" => Self::Schedule,
            "unschedule" => Self::Unschedule,
            "unlist" => Self::Unlist,
            "relist" => Self::Relist,
            "remove" => Self::Remove,
            "restore" => Self::Restore,
            "more-rows" => Self::MoreRows,
            _ => return None,
        })
    }

    /// Whether it only changes the rows of references.
    pub fn is_about_rows(self) -> bool {
        matches!(
            self,
            Self::MoreRows | Self::RefUp(_) | Self::RefDown(_) | Self::RefRemove(_)
        )
    }

    /// Does to the rows what was pressed; a row that is not there changes nothing.
    pub fn apply_to_rows<T>(self, rows: &mut Vec<T>) {
        match self {
            Self::RefUp(n) if n > 0 && n < rows.len() => rows.swap(n, n - 1),
            Self::RefDown(n) if n + 1 < rows.len() => rows.swap(n, n + 1),
            Self::RefRemove(n) if n < rows.len() => {
                rows.remove(n);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_move() {
        let mut rows = vec!['a', 'b', 'c'];
        Action::parse("ref-up:2")
            .expect("known")
            .apply_to_rows(&mut rows);
        assert_eq!(rows, ['a', 'c', 'b']);
        Action::RefRemove(0).apply_to_rows(&mut rows);
        Action::RefDown(0).apply_to_rows(&mut rows);
        assert_eq!(rows, ['b', 'c']);
        Action::RefDown(9).apply_to_rows(&mut rows);
        assert_eq!(rows, ['b', 'c']);
        assert_eq!(Action::parse("ref-up:x"), None);
        assert_eq!(Action::parse("destroy"), None);
    }
}
