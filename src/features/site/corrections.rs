//! Notes of correction as pages print them.
use super::fill::Reader;
use super::views::{ChangeView, CorrectionView, PieceView};
use crate::features::posts::{Correction, Part, TextChange};
use crate::features::show::Show;
use crate::formats::diff;
use crate::web::ui::Ui;

/// What changed, word by word, in the order given.
pub fn change_views(ui: Ui, changes: &[TextChange]) -> Vec<ChangeView> {
    let view = |change: &TextChange| {
        let moved = change.before == change.after;
        let part = match change.part {
            Part::Title => Some("site-change-title"),
            Part::Note => Some("site-change-note"),
            Part::Script => None,
            Part::Reference => Some("site-change-reference"),
        };
        let labels = [part, moved.then_some("site-change-moved")];
        let labels: Vec<String> = labels.into_iter().flatten().map(|key| ui.t(key)).collect();
        let pieces = diff::words(&change.before, &change.after);
        ChangeView {
            label: labels.join(" · "),
            pieces: pieces
                .into_iter()
                .map(|piece| PieceView {
                    side: piece.side,
                    text: piece.text.to_owned(),
                })
                .collect(),
        }
    };
    changes.iter().map(view).collect()
}

impl Reader {
    /// The notes of a post as its page prints them, in the order given.
    pub(super) fn corrections(&self, show: &Show, notes: &[Correction]) -> Vec<CorrectionView> {
        let view = |note: &Correction| CorrectionView {
            date: self.date(note.at, show),
            remark: note.remark.clone(),
            changes: change_views(self.ui, &note.changes),
        };
        notes.iter().map(view).collect()
    }
}
