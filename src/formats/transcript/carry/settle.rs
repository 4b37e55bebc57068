//! Where exactly something was left out or put in: `…합니다.` followed by what ends in `…니다.` too
//! can be cut out in several ways that match equally well; the way that keeps sentences whole is
//! the right one.

/// The furthest a cut is moved, in signs.
const FURTHEST: usize = 60;

/// Moves cuts to the ends of sentences, where both texts allow. `ends`: for each sign of `a`
/// whether it is the last one of a sentence.
pub fn settle(a: &[char], b: &[char], ends: &[bool], found: &mut [Option<usize>]) {
    let mut at = 0;
    while let Some(here) = (at..found.len()).find(|at| found[*at].is_some()) {
        let Some(next) = (here + 1..found.len()).find(|at| found[*at].is_some()) else {
            break;
        };
        let step = found[here]
            .zip(found[next])
            .map_or(0, |(here, next)| next - here);
        let only_in_b = next == here + 1 && step > 1;
        let only_in_a = next > here + 1 && step == 1;
        if (only_in_a || only_in_b) && !ends[here] {
            let cut = Cut { here, next };
            let right = cut.slides(a, b, ends, found, true);
            let left = cut.slides(a, b, ends, found, false);
            match (left, right) {
                (Some(left), Some(right)) if left < right => cut.slide(left, found, false),
                (_, Some(right)) => cut.slide(right, found, true),
                (Some(left), None) => cut.slide(left, found, false),
                (None, None) => {}
            }
        }
        // Moved or not, the sign before the next cut is still one that has a counterpart.
        at = (here + 1..=next)
            .find(|at| found[*at].is_some())
            .unwrap_or(next);
    }
}

/// Something between two signs of `a` that have counterparts: in `b` alone, or in `a` alone.
struct Cut {
    here: usize,
    next: usize,
}

impl Cut {
    /// How many signs it has to move until it stands behind the end of a sentence.
    fn slides(
        &self,
        a: &[char],
        b: &[char],
        ends: &[bool],
        found: &[Option<usize>],
        right: bool,
    ) -> Option<usize> {
        let (here_b, next_b) = (found[self.here]?, found[self.next]?);
        for moved in 0..FURTHEST {
            // The sign that goes over to the other side, and where it would come to stand.
            let (old, new, old_b, new_b) = if right {
                (
                    self.next + moved,
                    self.here + 1 + moved,
                    next_b + moved,
                    here_b + 1 + moved,
                )
            } else {
                (
                    self.here.checked_sub(moved)?,
                    (self.next - 1).checked_sub(moved)?,
                    here_b.checked_sub(moved)?,
                    (next_b - 1).checked_sub(moved)?,
                )
            };
            let is_run = found.get(old).copied().flatten() == Some(old_b);
            if !is_run || a.get(new)? != b.get(new_b)? {
                return None;
            }
            let last_before = if right { Some(new) } else { old.checked_sub(1) };
            if last_before.is_none_or(|last| ends[last]) {
                return Some(moved + 1);
            }
        }
        None
    }

    fn slide(&self, moved: usize, found: &mut [Option<usize>], right: bool) {
        let Some((here_b, next_b)) = found[self.here].zip(found[self.next]) else {
            return;
        };
        for moved in 0..moved {
            if right {
                found[self.next + moved] = None;
                found[self.here + 1 + moved] = Some(here_b + 1 + moved);
            } else {
                found[self.here - moved] = None;
                found[self.next - 1 - moved] = Some(next_b - 1 - moved);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(a: &str, b: &str, found: &[Option<usize>]) -> Vec<Option<usize>> {
        let ends: Vec<bool> = a.chars().map(|c| c == '다').collect();
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut found = found.to_vec();
        settle(&a, &b, &ends, &mut found);
        found
    }

    #[test]
    fn cuts_go_to_the_ends_of_sentences() {
        let some = |places: &[usize]| places.iter().map(|p| Some(*p)).collect::<Vec<_>>();
        // `가니다` of the first text, `나니다` put in behind it in the second.
        assert_eq!(
            settled("가니다", "가니다나니다", &some(&[0, 4, 5])),
            some(&[0, 1, 2])
        );
        // `가니다나니다라` without its middle.
        let found = [Some(0), None, None, None, Some(1), Some(2), Some(3)];
        let whole = [Some(0), Some(1), Some(2), None, None, None, Some(3)];
        assert_eq!(settled("가니다나니다라", "가니다라", &found), whole);
        // The same, the other way round: `니` went to the wrong sentence.
        assert_eq!(
            settled("가다나나라다", "가다나마나라다", &some(&[0, 1, 2, 4, 5, 6])),
            some(&[0, 1, 2, 4, 5, 6])
        );
        assert_eq!(
            settled("가다나라", "가다나다나라", &some(&[0, 1, 2, 5])),
            some(&[0, 1, 4, 5])
        );
    }
}
