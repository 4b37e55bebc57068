//! The words that tell whether a sentence ends or goes on.

/// Abbreviations that are followed by more of the sentence, in lower case.
const NEVER_END: &[&str] = &[
    "adm", "approx", "assn", "bros", "ca", "capt", "cf", "cmdr", "col", "cpl", "dept", "dist",
    "dr", "e.g", "eq", "esp", "est", "etc.)", "fig", "figs", "ft", "gen", "gov", "hon", "i.e",
    "incl", "lt", "maj", "messrs", "mr", "mrs", "ms", "mt", "mx", "op", "pp", "pres", "prof",
    "pvt", "rep", "reps", "rev", "sec", "sen", "sens", "sgt", "st", "supt", "univ", "viz", "vs",
    "v", "vol", "vols",
];

/// Abbreviations that may also end a sentence, in lower case.
const MAY_END: &[&str] = &[
    "al", "apr", "aug", "ave", "blvd", "co", "corp", "ct", "d.c", "dec", "ed", "eds", "etc", "feb",
    "inc", "jan", "jr", "jul", "jun", "kg", "km", "llc", "lb", "lbs", "ltd", "mar", "min", "nov",
    "oct", "oz", "ph.d", "plc", "rd", "sept", "sep", "sq", "sr", "yr", "yrs",
];

/// Words before a number.
const BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "nr", "p", "art", "ch", "sec", "ver", "vers", "rev", "ep", "pt", "par",
];

/// Names that are written with a mark, in lower case.
const CALLED_NAMES: &[&str] = &["yahoo", "jeopardy", "yum", "wham", "joomla"];

/// Particles and the verb "to be" behind a name with a mark: `야후!는 회사다`.
const AFTER_NAME: &[&str] = &[
    "는",
    "은",
    "이",
    "가",
    "을",
    "를",
    "의",
    "와",
    "과",
    "도",
    "만",
    "로",
    "으로",
    "에",
    "에서",
    "에서는",
    "에서도",
    "에는",
    "에도",
    "에게",
    "에게는",
    "까지",
    "부터",
    "처럼",
    "보다",
    "이나",
    "나",
    "랑",
    "이랑",
    "이다",
    "입니다",
    "이었다",
    "였다",
    "였습니다",
    "이라",
];

/// Korean endings of names of computers.
const KOREAN_NAME_ENDINGS: &[&str] = &["한국", "닷컴", "닷넷", "닷케이알", "삼성"];

/// Words that begin sentences and hardly ever a name.
const STARTERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Also",
    "An",
    "And",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Did",
    "Do",
    "Does",
    "Each",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Just",
    "Last",
    "Later",
    "Let",
    "Many",
    "Maybe",
    "Meanwhile",
    "Most",
    "My",
    "Next",
    "No",
    "None",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "Perhaps",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Until",
    "We",
    "Well",
    "Were",
    "What",
    "When",
    "Where",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Oh",
    "Okay",
    "Uh",
    "Um",
    "Yeah",
    "Yes",
    "Yet",
    "You",
    "Your",
];

/// What may follow a quotation and belongs to its sentence, whole.
const QUOTING: &[&str] = &[
    "고", "며", "란", "는", "은", "을", "를", "의", "와", "과", "에", "에서", "에게", "도", "로",
    "라", "이라", "같은", "따위", "등",
];

/// The same, as beginnings of words.
const QUOTING_STARTS: &[&str] = &[
    "라고",
    "이라고",
    "라는",
    "이라는",
    "라며",
    "이라며",
    "라면서",
    "이라면서",
    "라던",
    "이라던",
    "라든",
    "이라든",
    "라지",
    "하고",
    "하며",
    "하면서",
    "하는",
    "하던",
    "하더",
    "했다",
    "했습",
    "했죠",
    "했고",
    "했지",
    "했어",
    "합니다",
    "한다",
    "한 뒤",
    "면서",
    "이라 ",
];

/// What may follow a mark outside of quotes and belongs to its sentence.
const BARE_QUOTING_STARTS: &[&str] = &[
    "라고",
    "이라고",
    "라는",
    "이라는",
    "라며",
    "이라며",
    "라면서",
    "이라면서",
    "라던",
    "이라던",
];
const BARE_AFTER_CALL: &[&str] = &["하고", "하며", "하면서", "하는", "하던"];

/// Verbs that tell who said what stood in quotes.
const SAID: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "replied",
    "wrote",
    "writes",
    "added",
    "told",
    "answered",
    "whispered",
    "shouted",
    "cried",
    "argued",
    "explained",
    "insisted",
    "continued",
    "noted",
];

/// Last syllables of Korean sentences.
const FINAL: &str = "다요죠까네군음임함니자라오냐나지걸데게";
/// Those of them that hardly end anything but a sentence.
const CLEAR_FINAL: &str = "다요죠까네군";

/// Whether a Latin word before a full stop is an abbreviation that ends no sentence.
pub fn never_ends(word: &str) -> bool {
    let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    !initial && NEVER_END.contains(&word.to_lowercase().as_str())
}

/// Whether it is an abbreviation that ends a sentence only before a word that begins one:
/// a known one, an initial (`J`), or letters with full stops (`U.S`).
pub fn may_end(word: &str) -> bool {
    let dotted = word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(|c| c.is_ascii_alphabetic()));
    let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    dotted || initial || MAY_END.contains(&word.to_lowercase().as_str())
}

/// Whether a number is expected behind the word and its full stop: `No. 5`.
pub fn before_number(word: &str) -> bool {
    BEFORE_NUMBER.contains(&word.to_lowercase().as_str())
}

/// Whether the word is a name that may be written with a mark of calling.
pub fn is_called_name(word: &str) -> bool {
    CALLED_NAMES.contains(&word.to_lowercase().as_str())
}

/// Whether the text behind a mark without a space is a particle of the word before it, or the name
/// goes on.
pub fn belongs_to_name(rest: &str) -> bool {
    AFTER_NAME.contains(&first_word(rest))
}

/// Whether the text behind a full stop is the ending of a computer's name in Korean letters.
pub fn is_korean_name_ending(rest: &str) -> bool {
    KOREAN_NAME_ENDINGS.contains(&first_word(rest))
}

/// Whether the word begins sentences.
pub fn starts_sentence(word: &str) -> bool {
    let word = word.split(['\'', '’']).next().unwrap_or_default();
    STARTERS.contains(&word)
}

/// Whether the text behind a quotation goes on with its sentence, in Korean.
pub fn goes_on_quoting(rest: &str) -> bool {
    let word = first_word(rest);
    QUOTING.contains(&word) || QUOTING_STARTS.iter().any(|start| rest.starts_with(start))
}

/// Whether the text behind a mark outside of quotes goes on with its sentence, in Korean;
/// `called`: the mark is `?` or `!`.
pub fn goes_on(rest: &str, called: bool) -> bool {
    BARE_QUOTING_STARTS.iter().any(|s| rest.starts_with(s))
        || (called && BARE_AFTER_CALL.iter().any(|s| rest.starts_with(s)))
}

/// Whether the text behind a quotation tells in a few words who said it, in English.
pub fn tells_who_said(rest: &str) -> bool {
    rest.split_whitespace().take(4).any(|word| {
        let word = word.trim_end_matches([',', '.', ';', ':']);
        SAID.contains(&word)
    })
}

/// Whether the character is a last syllable of Korean sentences.
pub fn is_final(c: char) -> bool {
    FINAL.contains(c)
}

/// Whether it hardly ends anything else.
pub fn is_clear_final(c: char) -> bool {
    CLEAR_FINAL.contains(c)
}

fn first_word(text: &str) -> &str {
    let end = text
        .find(|c: char| c.is_whitespace() || (c.is_ascii_punctuation()))
        .unwrap_or(text.len());
    &text[..end]
}
