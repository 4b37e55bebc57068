//! Words on their way from text to phones: what is written together is spoken together.
use super::sounds::{Manner, Neighbours, phones};
use super::syllable::{Syllable, Unit};
use crate::formats::ear::reading::Word;
use crate::formats::ear::reading::plain::Plain;
use std::ops::Range;

/// Ways to say the same piece of text, the likeliest first.
pub(super) type Forms = Vec<Vec<Unit>>;

/// As many pronunciations as a word may have.
const MOST: usize = 3;
/// A word of more units than this is cut, and gets one pronunciation: nobody speaks it in one.
const LONGEST: usize = 24;

struct Draft {
    at: Range<usize>,
    forms: Forms,
    /// Whether it follows the word before it without a mark between them.
    close: bool,
}

/// The words found so far.
#[derive(Default)]
pub(super) struct Drafts {
    list: Vec<Draft>,
    /// Whether what is written right behind the last word belongs to it.
    open: bool,
    /// Whether nothing but a space stands behind the last word.
    close: bool,
}

impl Drafts {
    /// Puts a piece behind the last word where it is written together with it, and otherwise
    /// begins a word.
    pub(super) fn add(&mut self, at: Range<usize>, forms: Forms, spaced: bool) {
        if forms.iter().all(Vec::is_empty) {
            return;
        }
        match self.list.last_mut() {
            Some(last) if self.open && !spaced && last.forms[0].len() <= LONGEST => {
                last.forms = joined(&last.forms, &forms);
                last.at.end = at.end;
            }
            _ => self.list.push(Draft {
                at,
                forms,
                close: self.close,
            }),
        }
        (self.open, self.close) = (true, true);
    }

    /// Puts a piece behind the last word that is written elsewhere. Where that one is too long, it
    /// is a word of its own, which comes from the end of that one.
    pub(super) fn add_behind(&mut self, forms: Forms) {
        if let Some(end) = self.list.last().map(|d| d.at.end) {
            self.open = true;
            self.add(end.saturating_sub(1)..end, forms, false);
        }
    }

    /// Ends the word: what comes is a word of its own.
    pub(super) fn seal(&mut self) {
        self.open = false;
    }

    /// Ends the word with a mark at which people pause.
    pub(super) fn stop(&mut self) {
        (self.open, self.close) = (false, false);
    }

    /// Whether a piece that follows without a space would join the last word.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// How many syllables the last word has.
    pub(super) fn last_length(&self) -> usize {
        self.list.last().map_or(0, |d| d.forms[0].len())
    }

    /// The words, spoken.
    pub(super) fn words(&self, plain: &Plain) -> Vec<Word> {
        let mut out = Vec::with_capacity(self.list.len());
        for (i, draft) in self.list.iter().enumerate() {
            let before = i
                .checked_sub(1)
                .filter(|_| draft.close)
                .and_then(|b| self.list.get(b));
            let after = self.list.get(i + 1).filter(|d| d.close);
            let beside = Neighbours {
                before: before.and_then(|d| syllable(d.forms[0].last())),
                after: after.and_then(|d| syllable(d.forms[0].first())),
            };
            let from = plain.bytes(draft.at.clone());
            if draft.forms[0].len() > LONGEST {
                for part in draft.forms[0].chunks(LONGEST) {
                    let said = phones(part, Neighbours::default(), Manner::Careful);
                    out.push(Word {
                        variants: vec![said],
                        from: from.clone(),
                    });
                }
                continue;
            }
            let mut variants = Vec::with_capacity(MOST);
            let careful = draft.forms.iter().map(|f| (f, Manner::Careful));
            let casual = draft.forms.iter().map(|f| (f, Manner::Casual));
            for (form, manner) in careful.chain(casual) {
                let said = phones(form, beside, manner);
                if variants.len() < MOST && !said.is_empty() && !variants.contains(&said) {
                    variants.push(said);
                }
            }
            if !variants.is_empty() {
                out.push(Word { variants, from });
            }
        }
        out
    }
}

fn syllable(unit: Option<&Unit>) -> Option<Syllable> {
    match unit {
        Some(Unit::Syllable(s)) => Some(*s),
        _ => None,
    }
}

/// Every way of the first with every way of the second, the likeliest together first.
fn joined(first: &Forms, second: &Forms) -> Forms {
    let mut out = Vec::with_capacity(MOST);
    for (i, b) in second.iter().enumerate() {
        for (k, a) in first.iter().enumerate() {
            if out.len() < MOST && (i == 0 || k == 0) {
                out.push(a.iter().chain(b).copied().collect());
            }
        }
    }
    out
}
