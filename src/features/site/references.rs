//! What the piece rests on, as the page prints it.
use super::views::ReferenceView;
use crate::features::posts::{self, Reference};
use crate::formats::html;
use crate::formats::transcript::Line;
use crate::kernel::urls;

/// The references that say anything, numbered from 1. One whose sentence is among the lines has
/// its place; one whose sentence is gone stands for the whole piece.
pub fn views(references: &[Reference], lines: &[Line]) -> Vec<ReferenceView> {
    let mut views: Vec<ReferenceView> = Vec::new();
    for reference in references {
        if let Some(mut view) = view(reference) {
            view.number = views.len() + 1;
            view.sentence = sentence(reference, lines);
            view.place = view.sentence.map(|at| urls::sentence_place(&lines[at].id));
            views.push(view);
        }
    }
    views
}

fn sentence(reference: &Reference, lines: &[Line]) -> Option<usize> {
    let known = reference.sentence.as_ref();
    let at = known.and_then(|id| lines.iter().position(|line| line.id == *id));
    at.or_else(|| {
        let all = lines.iter().map(|line| (&line.id, line.text.as_str()));
        let found = posts::sentence_beginning(&reference.passage, all)?;
        lines.iter().position(|line| line.id == *found)
    })
}

/// `None` for one that says nothing.
fn view(reference: &Reference) -> Option<ReferenceView> {
    let url = html::safe_link(&reference.url);
    let title = match (reference.title.trim(), &url) {
        ("", Some(url)) => url.clone(),
        ("", None) => return None,
        (title, _) => title.to_owned(),
    };
    Some(ReferenceView {
        number: 0,
        title,
        url,
        outlet: reference.outlet.clone(),
        date_human: reference.date.clone(),
        remark: reference.remark.clone(),
        sentence: None,
        place: None,
    })
}
