//! An item's description: a little HTML, cut to length without breaking it.
//!
//! PSP-1 allows the markup `p ol ul li a b i strong em`. Other markup goes and its words stay;
//! of a link's attributes its address stays.
use crate::formats::html::{SafeHtml, safe_link};
use crate::formats::script::excerpt;

/// What may stand in a description (PSP-1).
const TAGS: [&str; 9] = ["p", "ol", "ul", "li", "a", "b", "i", "strong", "em"];
/// After these a new line begins.
const BLOCKS: [&str; 9] = ["p", "ol", "ul", "li", "br", "h2", "h3", "h4", "blockquote"];
/// Open elements at most; what is deeper loses its tags.
const DEPTH: usize = 16;

/// One character of the text with the markup it is written with, or a tag, which has none.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    Char(char, &'a str),
    Open(&'static str, String),
    Close(&'static str),
    /// Where a reader sees a new line.
    Break,
}

/// A description with markup, from what the sanitiser let through: for
/// [`super::Item::summary`].
pub fn of_html(html: &SafeHtml) -> String {
    fit(html.as_str(), super::DESCRIPTION_BYTES)
}

/// The HTML in at most `max` bytes (at least 3): its allowed markup, balanced, cut at a
/// sentence's end as [`excerpt`] cuts, never inside an entity.
pub fn fit(html: &str, max: usize) -> String {
    let html = html.trim();
    if html.len() <= max && !html.contains('<') {
        return html.to_owned();
    }
    let tokens = tokens(html);
    let text = text(&tokens);
    let whole = render(&tokens, text.len(), "");
    if whole.len() <= max {
        return whole;
    }
    // The most text that fits: what is written never shrinks when the text grows.
    let (mut good, mut bad) = (0, text.len().min(max) + 1);
    let mut best = String::new();
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        let kept = excerpt(&text, middle);
        let (kept, dots) = match kept.strip_suffix('…') {
            Some(shorter) if !text.starts_with(&kept) => (shorter, "…"),
            _ => (kept.as_str(), ""),
        };
        let written = render(&tokens, kept.len(), dots);
        if written.len() <= max {
            (good, best) = (middle, written);
        } else {
            bad = middle;
        }
    }
    best
}

/// The words of such HTML on one line, for places that show no markup.
pub fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.trim().to_owned();
    }
    let text = text(&tokens(html.trim()));
    text.trim().replace('\n', " ")
}

/// What a reader sees, from the first character that is not blank.
fn text(tokens: &[Token<'_>]) -> String {
    let chars = tokens.iter().filter_map(|token| match token {
        Token::Char(c, _) => Some(*c),
        Token::Break => Some('\n'),
        _ => None,
    });
    chars.skip_while(|c| c.is_whitespace()).collect()
}

/// The markup around the first `length` bytes of [`text`], what is open closed.
fn render(tokens: &[Token<'_>], length: usize, dots: &str) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut read = 0;
    for token in tokens {
        let c = match token {
            Token::Char(c, _) => Some(*c),
            Token::Break => Some('\n'),
            _ => None,
        };
        if let Some(c) = c.filter(|c| read > 0 || !c.is_whitespace()) {
            if read + c.len_utf8() > length {
                break;
            }
            read += c.len_utf8();
            if let Token::Char(_, written) = token {
                out.push_str(written);
            }
        }
        match token {
            Token::Open(name, written) if read < length => {
                open.push(name);
                out.push_str(written);
            }
            Token::Close(name) if open.last() == Some(name) => {
                open.pop();
                close(&mut out, name);
            }
            _ => {}
        }
    }
    out.push_str(dots);
    for name in open.iter().rev() {
        close(&mut out, name);
    }
    out
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Takes HTML apart. A tag that closes anything but what was opened last goes; what is not
/// closed at the end, the writer closes.
fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut open: Vec<&'static str> = Vec::new();
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let tag = rest
            .strip_prefix('<')
            .and_then(|after| after.split_once('>'));
        let Some((inside, after)) = tag else {
            let length = if c == '&' { entity(rest) } else { c.len_utf8() };
            let (written, after) = rest.split_at(length);
            tokens.push(character(written, c));
            rest = after;
            continue;
        };
        rest = after;
        let (closes, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let name = inside
            .split([' ', '\n', '\t', '/'])
            .next()
            .unwrap_or_default();
        if BLOCKS.contains(&name) {
            tokens.push(Token::Break);
        }
        let Some(name) = TAGS.into_iter().find(|tag| *tag == name) else {
            continue;
        };
        if !closes {
            if open.len() < DEPTH
                && let Some(written) = opening(name, inside)
            {
                open.push(name);
                tokens.push(Token::Open(name, written));
            }
        } else if open.last() == Some(&name) {
            open.pop();
            tokens.push(Token::Close(name));
        }
    }
    tokens
}

/// The tag that opens an element; `None` for a link without an address fit for a feed.
fn opening(name: &'static str, inside: &str) -> Option<String> {
    if name != "a" {
        return Some(format!("<{name}>"));
    }
    let (_, from) = inside.split_once("href=\"")?;
    let (href, _) = from.split_once('"')?;
    let href = safe_link(&href.replace("&amp;", "&"))?;
    Some(format!("<a href=\"{}\">", href.replace('&', "&amp;")))
}

/// Length of the entity at the start of the text, 1 for a lone `&`.
fn entity(text: &str) -> usize {
    let end = text.bytes().take(12).position(|b| b == b';');
    let is_name = |name: &str| {
        let number = name.strip_prefix('#');
        let name = number.unwrap_or(name);
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    end.filter(|end| is_name(&text[1..*end]))
        .map_or(1, |end| end + 1)
}

/// What a character or entity stands for. One that is not written by our escaping stands for
/// itself: it is kept whole, which is all that matters here.
fn character(written: &str, first: char) -> Token<'_> {
    match written {
        "&amp;" => Token::Char('&', written),
        "&lt;" => Token::Char('<', written),
        "&gt;" => Token::Char('>', written),
        "&quot;" => Token::Char('"', written),
        "&#39;" => Token::Char('\'', written),
        "&nbsp;" => Token::Char('\u{a0}', written),
        "<" => Token::Char('<', "&lt;"),
        "&" => Token::Char('&', "&amp;"),
        _ => Token::Char(first, written),
    }
}
