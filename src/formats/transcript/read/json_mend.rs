//! JSON that programs write although it is none: `NaN` and `Infinity` (Python), numbers beyond
//! all bounds, a comma behind the last entry.

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1.
    pub line: usize,
    /// In bytes; counted from 1.
    pub column: usize,
}

/// Lines longer than this many bytes tell nobody where a fault is.
const LONGEST_LINE: usize = 1000;

/// Which entry of the list of entries a place lies in, counted from 1; `None` where its line is
/// short enough to be looked at, or where there is no list.
pub fn entry_at(text: &str, place: Place) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let above: usize = lines
        .by_ref()
        .take(place.line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = lines.next().unwrap_or_default();
    if text.trim_end().contains('\n') && line.len() <= LONGEST_LINE {
        return None;
    }
    let end = above + place.column.min(line.len());
    // Of each value that is open: how many entries of it began, if it is a list.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut at = 0;
    while at < end {
        match text.as_bytes()[at] {
            b'"' => at += string_length(&text[at..]) - 1,
            b'[' => open.push(Some(1)),
            b'{' => open.push(None),
            b']' | b'}' => drop(open.pop()),
            b',' => {
                if let Some(Some(entries)) = open.last_mut() {
                    *entries += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    open.into_iter().flatten().next()
}

/// The text with these mended; other faults stay.
pub fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => string_length(rest),
            '-' | '0'..='9' | 'a'..='z' | 'A'..='Z' => rest
                .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
                .unwrap_or(rest.len()),
            _ => c.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        match c {
            ',' if behind.trim_start().starts_with([']', '}']) => {}
            '"' | ',' => out.push_str(token),
            _ if is_no_number(token) => out.push_str("null"),
            _ => out.push_str(token),
        }
        rest = behind;
    }
    out
}

fn is_no_number(token: &str) -> bool {
    let starts = token.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    matches!(
        token,
        "NaN" | "nan" | "Infinity" | "-Infinity" | "-NaN" | "inf" | "-inf"
    ) || (starts && token.parse::<f64>().is_ok_and(f64::is_infinite))
}

/// The length of the string at the start of the text, its quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn what_python_writes() {
        assert_eq!(
            mended(
                r#"{"a": NaN, "b": [1, -Infinity, 1e309, 2.5e3,], "c": "NaN, \"]", "d": true,}"#
            ),
            r#"{"a": null, "b": [1, null, null, 2.5e3], "c": "NaN, \"]", "d": true}"#
        );
    }
}
