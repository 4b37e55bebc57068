//! JSON that programs write although it is none: `NaN` and `Infinity` (Python), numbers beyond
//! all bounds, a comma behind the last entry.

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
