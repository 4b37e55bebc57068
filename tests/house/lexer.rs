//! Rust's words without its comments: as much of the language as the rules need.
//!
//! Not a parser: a list of tokens with their lines, in which text literals are told apart
//! from code, and code that only tests see is marked.

/// One word, sign or literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A name or keyword; `r#` is taken off.
    Ident(String),
    /// The inside of a text literal, escapes as written but for continued lines.
    Text(String),
    /// Any one sign.
    Sign(char),
    /// `'a`, `'x'` or a number: nothing a rule asks for.
    Other,
}

/// A token and where it stands.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Counted from 1.
    pub line: usize,
    /// Inside of an item under `#[cfg(test)]`.
    pub in_test: bool,
}

impl Token {
    /// Whether this is that name or keyword.
    pub fn is(&self, name: &str) -> bool {
        matches!(&self.kind, Kind::Ident(s) if s == name)
    }

    /// Whether this is that sign.
    pub fn sign(&self, c: char) -> bool {
        self.kind == Kind::Sign(c)
    }

    /// The name, if it is one.
    pub fn ident(&self) -> Option<&str> {
        match &self.kind {
            Kind::Ident(s) => Some(s),
            _ => None,
        }
    }

    /// The text, if it is a literal.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(s) => Some(s),
            _ => None,
        }
    }
}

/// The tokens of a file and its comments with their lines.
pub struct Source {
    /// In order.
    pub tokens: Vec<Token>,
    /// Every comment, its marks included.
    pub comments: Vec<(usize, String)>,
}

/// Reads a file.
pub fn lex(text: &str) -> Source {
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
        line: 1,
        tokens: Vec::new(),
        comments: Vec::new(),
    };
    while reader.at < reader.chars.len() {
        reader.step();
    }
    let mut source = Source {
        tokens: reader.tokens,
        comments: reader.comments,
    };
    mark_tests(&mut source.tokens);
    source
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    comments: Vec<(usize, String)>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    /// Takes n characters, counting lines.
    fn take(&mut self, n: usize) -> String {
        let end = (self.at + n).min(self.chars.len());
        let taken: String = self.chars[self.at..end].iter().collect();
        self.line += taken.matches('\n').count();
        self.at = end;
        taken
    }

    fn push(&mut self, kind: Kind, line: usize) {
        self.tokens.push(Token {
            kind,
            line,
            in_test: false,
        });
    }

    fn step(&mut self) {
        let (c, next, line) = (self.peek(0), self.peek(1), self.line);
        match (c, next) {
            ('/', '/') => {
                let mut n = 0;
                while !matches!(self.peek(n), '\n' | '\0') {
                    n += 1;
                }
                let comment = self.take(n);
                self.comments.push((line, comment));
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => self.text(0),
            ('\'', _) => self.quote(),
            _ if c.is_alphabetic() || c == '_' => self.word(),
            _ if c.is_ascii_digit() => {
                let mut n = 0;
                while self.peek(n).is_alphanumeric() || self.peek(n) == '_' {
                    n += 1;
                }
                self.take(n);
                self.push(Kind::Other, line);
            }
            _ => {
                self.take(1);
                if !c.is_whitespace() {
                    self.push(Kind::Sign(c), line);
                }
            }
        }
    }

    fn block_comment(&mut self) {
        let line = self.line;
        let (mut depth, mut n) = (0, 0);
        loop {
            match (self.peek(n), self.peek(n + 1)) {
                ('/', '*') => {
                    depth += 1;
                    n += 2;
                }
                ('*', '/') => {
                    depth -= 1;
                    n += 2;
                }
                ('\0', _) => break,
                _ => n += 1,
            }
            if depth == 0 {
                break;
            }
        }
        let comment = self.take(n);
        self.comments.push((line, comment));
    }

    /// A name, or a literal with a prefix: `r"…"`, `br#"…"#`, `c"…"`, `b'…'`, `r#name`.
    fn word(&mut self) {
        let line = self.line;
        let mut n = 0;
        while self.peek(n).is_alphanumeric() || self.peek(n) == '_' {
            n += 1;
        }
        let word: String = self.chars[self.at..self.at + n].iter().collect();
        let prefix = matches!(word.as_str(), "r" | "b" | "c" | "br" | "cr");
        let raw = word.ends_with('r');
        let mut hashes = 0;
        while prefix && raw && self.peek(n + hashes) == '#' {
            hashes += 1;
        }
        if prefix && self.peek(n + hashes) == '"' {
            self.take(n + hashes);
            if raw {
                self.raw_text(hashes);
            } else {
                self.text(0);
            }
        } else if word == "b" && self.peek(n) == '\'' {
            self.take(n);
            self.quote();
        } else {
            if word == "r" && hashes == 1 {
                self.take(2);
                return self.word();
            }
            self.take(n);
            self.push(Kind::Ident(word), line);
        }
    }

    /// A literal in which `\` escapes; the reader stands at its first quote.
    fn text(&mut self, mut n: usize) {
        let line = self.line;
        n += 1;
        let mut inside = String::new();
        loop {
            match self.peek(n) {
                '"' | '\0' => break,
                '\\' if self.peek(n + 1) == '\n' => {
                    n += 2;
                    while self.peek(n).is_whitespace() {
                        n += 1;
                    }
                }
                '\\' => {
                    inside.extend(['\\', self.peek(n + 1)]);
                    n += 2;
                }
                c => {
                    inside.push(c);
                    n += 1;
                }
            }
        }
        self.take(n + 1);
        self.push(Kind::Text(inside), line);
    }

    fn raw_text(&mut self, hashes: usize) {
        let line = self.line;
        let mut n = 1;
        while self.at + n < self.chars.len()
            && !(self.peek(n) == '"' && (1..=hashes).all(|i| self.peek(n + i) == '#'))
        {
            n += 1;
        }
        let inside = self.take(n).chars().skip(1).collect();
        self.take(1 + hashes);
        self.push(Kind::Text(inside), line);
    }

    /// A character, or a lifetime.
    fn quote(&mut self) {
        let line = self.line;
        if self.peek(1) == '\\' {
            let mut n = 3;
            while !matches!(self.peek(n), '\'' | '\0') {
                n += 1;
            }
            self.take(n + 1);
        } else if self.peek(2) == '\'' {
            self.take(3);
        } else {
            self.take(1);
        }
        self.push(Kind::Other, line);
    }
}

/// Marks the item after each `#[cfg(test)]` (or `#[cfg(all(test, …))]`), attribute included.
fn mark_tests(tokens: &mut [Token]) {
    let mut i = 0;
    while i + 2 < tokens.len() {
        let is_cfg = tokens[i].sign('#') && tokens[i + 1].sign('[') && tokens[i + 2].is("cfg");
        if !is_cfg {
            i += 1;
            continue;
        }
        let end = closing(tokens, i + 1);
        let inside = &tokens[i..end];
        if !inside.iter().any(|t| t.is("test")) || inside.iter().any(|t| t.is("not")) {
            i = end;
            continue;
        }
        let stop = item_end(tokens, end);
        for token in &mut tokens[i..stop] {
            token.in_test = true;
        }
        i = stop;
    }
}

/// One past the end of the item that starts here: its `;` or its closing brace.
fn item_end(tokens: &[Token], from: usize) -> usize {
    let mut i = from;
    while i < tokens.len() {
        match tokens[i].kind {
            Kind::Sign(';') => return i + 1,
            Kind::Sign('{') => {
                let end = closing(tokens, i);
                // `use a::{b};` goes on after its brace.
                return end + usize::from(tokens.get(end).is_some_and(|t| t.sign(';')));
            }
            Kind::Sign('(' | '[') => i = closing(tokens, i),
            _ => i += 1,
        }
    }
    tokens.len()
}

/// One past the bracket that closes the one here.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Sign('{' | '(' | '[') => depth += 1,
            Kind::Sign('}' | ')' | ']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return i + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

#[test]
fn comments_and_literals_are_told_from_code() {
    let source = lex(
        "// a crate::x\nfn f<'a>(c: char) { g('\"', b'\\'', r#\"in \"it\"\"#, \"a\\\"b\"); /* /* */ */ r#type }",
    );
    let texts: Vec<_> = source.tokens.iter().filter_map(Token::text).collect();
    let names: Vec<_> = source.tokens.iter().filter_map(Token::ident).collect();
    assert_eq!(texts, ["in \"it\"", "a\\\"b"]);
    assert_eq!(names, ["fn", "f", "a", "c", "char", "g", "type"]);
    assert_eq!(source.comments.len(), 2);
    assert!(source.tokens.iter().all(|t| t.line <= 2));
}

#[test]
fn code_of_tests_is_marked() {
    let source =
        lex("fn a() {}\n#[cfg(test)]\nmod tests { fn b() {} }\n#[cfg(not(test))] fn c() {}");
    let marked = |name| source.tokens.iter().find(|t| t.is(name)).map(|t| t.in_test);
    assert_eq!(marked("a"), Some(false));
    assert_eq!(marked("b"), Some(true));
    assert_eq!(marked("c"), Some(false));
}
