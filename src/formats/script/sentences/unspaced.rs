//! Ends of sentences behind which no space stands.
use super::signs::{first_latin, is_korean, is_plain_word};
use super::{Cutter, LIST_MARKS, pairs, words};

impl Cutter<'_> {
    /// `했다.그리고`, `“했다.”“그리고”`, `뭐?왜`, `space.Next`, and nothing else.
    pub(super) fn ends_without_space(&self, from: usize, end: usize, next: char) -> bool {
        let before = from.checked_sub(1).map_or(' ', |i| self.chars[i]);
        let run = &self.chars[from..end];
        let quoted = run.iter().any(|c| pairs::is_closer(*c));
        let ellipsis = run[0] == '…' || run.get(1) == Some(&'.');
        let quotation = pairs::is_quote(next) && self.closes[end].is_some();
        if quoted && quotation {
            return true;
        }
        let is_address = self.near(self.word).contains("://");
        if quoted || ellipsis || is_address || self.particle_follows(end) {
            return false;
        }
        let stop = run[0] == '.';
        if words::is_final(before) {
            let alone = from - self.word == 1;
            let mark = alone && stop && LIST_MARKS.contains(before);
            let begins =
                is_korean(next) || next.is_ascii_digit() || next.is_ascii_uppercase() || quotation;
            let name = stop && words::is_korean_name_ending(self.near(end));
            return begins && from > self.word && !mark && !name;
        }
        if stop {
            return self.two_words_meet(from, end);
        }
        let before_word = self.word_before(from);
        let name = words::is_called_name(before_word);
        let rest = self.near(end);
        if is_korean(next) {
            return is_korean(before) && !words::belongs_to_name(rest);
        }
        before.is_ascii_lowercase()
            && before_word
                .chars()
                .all(|c| c.is_ascii_alphabetic() || c == '\'')
            && !name
            && is_plain_word(rest)
    }

    /// Whether a small English word stands before a full stop without a space, and one that begins
    /// sentences behind it (`space.Next`). Names of files, of computers and in programs look
    /// otherwise, nearly all of them.
    fn two_words_meet(&self, from: usize, end: usize) -> bool {
        let rest = self.near(end);
        let before = self.word_before(from);
        end == from + 1
            && before.len() >= 2
            && before.bytes().all(|b| b.is_ascii_lowercase())
            && !words::never_ends(before)
            && !words::may_end(before)
            && words::starts_sentence(first_latin(rest))
            && is_plain_word(rest)
    }
}
