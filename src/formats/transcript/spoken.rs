//! How long text takes to say, for putting times between those that are known.

/// How long a character takes to say, in hundredths of a Korean syllable; 0 for what is not
/// said. Fitted by rule, not by measurement: a Latin letter is about two fifths of a syllable, a
/// digit is read as one or more.
pub fn of_char(c: char) -> u64 {
    match c {
        '0'..='9' => 130,
        c if c.is_ascii_alphabetic() => 40,
        c if !c.is_alphanumeric() => 0,
        // Jamo, of which two or three make a syllable.
        '\u{1100}'..='\u{11FF}' => 40,
        // Alphabets.
        '\u{80}'..='\u{2FFF}' => 45,
        _ => 100,
    }
}

/// How long a text takes to say, with the breath that a mark inside it asks for.
pub fn of_text(text: &str) -> u64 {
    let breath = |c: char| match c {
        ',' | ';' | ':' | '、' | '，' => 80,
        '.' | '!' | '?' | '…' | '。' => 120,
        _ => 0,
    };
    text.chars().map(|c| of_char(c) + breath(c)).sum()
}

/// The place of `part` of `whole` in a stretch; the end for a whole of nothing.
pub fn share_ms(start_ms: u64, end_ms: u64, part: u64, whole: u64) -> u64 {
    let length = u128::from(end_ms.saturating_sub(start_ms));
    let Some(ms) = (length * u128::from(part.min(whole))).checked_div(u128::from(whole)) else {
        return end_ms;
    };
    start_ms + u64::try_from(ms).unwrap_or(u64::MAX - start_ms)
}
