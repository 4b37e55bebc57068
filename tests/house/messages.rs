//! Both languages say the same: every sentence that the code names is there twice, with the
//! values that the code gives it, and none is there for nothing.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use regex::Regex;

use crate::lexer::{Kind, Token, closing, lex};
use crate::paths::is_tests;
use crate::tree::{Fault, File, line_at};

/// Keys that code puts together while it runs: what begins like this counts as used.
const DYNAMIC: &[&str] = &["admin-category-", "error-page-"];

/// Sentences that rightly use other values in each language: the names of months.
const OWN_VALUES: &[&str] = &["site-date", "site-date-time"];

/// The folders of the two languages.
const LANGUAGES: [&str; 2] = ["locales/ko/", "locales/en/"];

/// A sentence of a message file.
#[derive(Debug, Default)]
struct Sentence {
    line: usize,
    values: BTreeSet<String>,
}

/// A place in code or templates that names a sentence.
#[derive(Debug)]
struct Use {
    path: String,
    line: usize,
    key: String,
    /// The values given, where the call shows them all.
    values: Option<BTreeSet<String>>,
}

/// Faults of message files, and of what names their sentences.
pub fn check(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut by_file: BTreeMap<&str, BTreeMap<String, Sentence>> = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".ftl")) {
        by_file.insert(path, sentences(path, text, &mut faults));
    }
    in_step(&by_file, &mut faults);
    twice(&by_file, &mut faults);
    let uses = uses(files);
    let all: BTreeMap<&str, &Sentence> = by_file
        .iter()
        .filter(|(path, _)| path.starts_with(LANGUAGES[1]))
        .flat_map(|(_, list)| list.iter().map(|(key, sentence)| (key.as_str(), sentence)))
        .collect();
    for named in &uses {
        match (all.get(named.key.as_str()), &named.values) {
            (None, _) => {
                let what = format!("no sentence `{}`", named.key);
                faults.push(Fault::new(&named.path, named.line, what));
            }
            (Some(sentence), Some(given)) if !sentence.values.is_subset(given) => {
                let what = format!(
                    "`{}` needs {:?}, is given {given:?}",
                    named.key, sentence.values
                );
                faults.push(Fault::new(&named.path, named.line, what));
            }
            _ => {}
        }
    }
    let mentioned = mentioned(files);
    for (path, list) in by_file
        .iter()
        .filter(|(path, _)| path.starts_with(LANGUAGES[1]))
    {
        for (key, sentence) in list {
            let dynamic = DYNAMIC.iter().any(|prefix| key.starts_with(prefix));
            if !dynamic && !mentioned.contains(key) {
                faults.push(Fault::new(
                    path,
                    sentence.line,
                    format!("nothing says `{key}`"),
                ));
            }
        }
    }
    faults
}

fn sentences(path: &str, text: &str, faults: &mut Vec<Fault>) -> BTreeMap<String, Sentence> {
    let resource = match fluent_syntax::parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                faults.push(Fault::new(
                    path,
                    line_at(text, error.pos.start),
                    error.to_string(),
                ));
            }
            resource
        }
    };
    let mut found = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let key = message.id.name;
        // The parser borrows names from the text, so their place in it is known.
        let line = line_at(text, key.as_ptr() as usize - text.as_ptr() as usize);
        let mut sentence = Sentence {
            line,
            ..Sentence::default()
        };
        for pattern in message
            .value
            .iter()
            .chain(message.attributes.iter().map(|a| &a.value))
        {
            of_pattern(pattern, &mut sentence.values);
        }
        if found.insert(key.to_owned(), sentence).is_some() {
            faults.push(Fault::new(path, line, format!("`{key}` stands here twice")));
        }
    }
    found
}

fn of_pattern(pattern: &Pattern<&str>, values: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, values);
        }
    }
}

fn of_expression(expression: &Expression<&str>, values: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, values),
        Expression::Select { selector, variants } => {
            of_inline(selector, values);
            for variant in variants {
                of_pattern(&variant.value, values);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, values: &mut BTreeSet<String>) {
    let mut of_arguments = |arguments: &CallArguments<&str>| {
        for argument in &arguments.positional {
            of_inline(argument, values);
        }
        for argument in &arguments.named {
            of_inline(&argument.value, values);
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            values.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => of_arguments(arguments),
        InlineExpression::TermReference {
            arguments: Some(arguments),
            ..
        } => of_arguments(arguments),
        InlineExpression::Placeable { expression } => of_expression(expression, values),
        _ => {}
    }
}

/// The same files, the same keys, the same values.
fn in_step(by_file: &BTreeMap<&str, BTreeMap<String, Sentence>>, faults: &mut Vec<Fault>) {
    for (from, to) in [(LANGUAGES[0], LANGUAGES[1]), (LANGUAGES[1], LANGUAGES[0])] {
        for (path, list) in by_file.iter().filter(|(path, _)| path.starts_with(from)) {
            let other = path.replacen(from, to, 1);
            let empty = BTreeMap::new();
            let there = by_file.get(other.as_str()).unwrap_or(&empty);
            for (key, sentence) in list {
                match there.get(key) {
                    None => {
                        let what = format!("`{key}` is missing in {other}");
                        faults.push(Fault::new(path, sentence.line, what));
                    }
                    // Told once, from the Korean side. A language may leave `$count` unsaid.
                    Some(twin)
                        if from == LANGUAGES[0]
                            && twin.values != sentence.values
                            && !OWN_VALUES.contains(&key.as_str()) =>
                    {
                        let what = format!(
                            "`{key}` has the values {:?}, in {other} {:?}",
                            sentence.values, twin.values
                        );
                        faults.push(Fault::new(path, sentence.line, what));
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

/// A key in two files of one language would be said by whichever is read last.
fn twice(by_file: &BTreeMap<&str, BTreeMap<String, Sentence>>, faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, list) in by_file
        .iter()
        .filter(|(path, _)| path.starts_with(LANGUAGES[1]))
    {
        for (key, sentence) in list {
            if let Some(first) = seen.insert(key, path) {
                let what = format!("`{key}` stands in {first} already");
                faults.push(Fault::new(path, sentence.line, what));
            }
        }
    }
}

fn uses(files: &[File]) -> Vec<Use> {
    let mut found = Vec::new();
    for (path, text) in files {
        if path.ends_with(".html") {
            // A template's calls are Rust in all that matters here.
            static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| {
                Regex::new(r"\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}").expect("a pattern")
            });
            for hit in EXPRESSION.find_iter(text) {
                let first = line_at(text, hit.start());
                calls(path, &lex(hit.as_str()).tokens, first - 1, &mut found);
            }
        } else if path.ends_with(".rs") && path.starts_with("src/") && !is_tests(path) {
            calls(path, &lex(text).tokens, 0, &mut found);
        }
    }
    found
}

/// `Message::new("key")…` and `.t("key")`, `.t1`, `.t2`, `.n`.
fn calls(path: &str, tokens: &[Token], lines_before: usize, found: &mut Vec<Use>) {
    for (i, window) in tokens.windows(4).enumerate() {
        if window[0].in_test {
            continue;
        }
        let method = window[0].sign('.') && window[2].sign('(');
        let call = method.then(|| window[1].ident()).flatten();
        let values = match (call, window[3].text()) {
            (Some("t"), Some(_)) => Some(BTreeSet::new()),
            (Some("n"), Some(_)) => Some(BTreeSet::from(["count".to_owned()])),
            (Some("t1" | "t2"), Some(_)) => Some(texts_inside(tokens, i + 2)),
            _ => None,
        };
        let (key, values) = match (values, window[3].text()) {
            (Some(values), Some(key)) => (key, Some(values)),
            _ => match message_key(tokens, i) {
                Some(found) => found,
                None => continue,
            },
        };
        found.push(Use {
            path: path.to_owned(),
            line: lines_before + window[0].line,
            key: key.to_owned(),
            values,
        });
    }
}

/// The texts of a call but the first: the names of its values, and values that are texts.
fn texts_inside(tokens: &[Token], open: usize) -> BTreeSet<String> {
    tokens[open..closing(tokens, open)]
        .iter()
        .filter_map(Token::text)
        .skip(1)
        .map(str::to_owned)
        .collect()
}

/// `Message::new("key")` at i, with the names of the `.with("name", …)` that follow it at once.
fn message_key(tokens: &[Token], i: usize) -> Option<(&str, Option<BTreeSet<String>>)> {
    let head = tokens.get(i..i + 6)?;
    let is_new =
        head[0].is("Message") && head[1].sign(':') && head[3].is("new") && head[4].sign('(');
    let key = is_new.then(|| head[5].text()).flatten()?;
    let mut values = BTreeSet::new();
    let mut at = closing(tokens, i + 4);
    while let Some([dot, with, open, name]) = tokens.get(at..at + 4) {
        let Kind::Text(name) = &name.kind else { break };
        if !(dot.sign('.') && with.is("with") && open.sign('(')) {
            break;
        }
        values.insert(name.clone());
        at = closing(tokens, at + 2);
    }
    // One bound to a name may get its values later.
    let ends = tokens.get(at).is_none_or(|t| !t.sign(';'));
    Some((key, (ends || !values.is_empty()).then_some(values)))
}

/// Every text of code and templates: a key among them counts as said.
fn mentioned(files: &[File]) -> BTreeSet<String> {
    static QUOTED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#""([a-z0-9-]+)""#).expect("a pattern"));
    let mut found = BTreeSet::new();
    for (path, text) in files {
        if path.ends_with(".html") {
            found.extend(QUOTED.captures_iter(text).map(|hit| hit[1].to_owned()));
        } else if path.ends_with(".rs") && path.starts_with("src/") && !is_tests(path) {
            let tokens = lex(text).tokens;
            let texts = tokens.iter().filter(|t| !t.in_test).filter_map(Token::text);
            found.extend(texts.map(str::to_owned));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{assert_none, assert_one, borrow, read};

    const KO: File = (
        "locales/ko/a.ftl",
        "hello = 안녕\ncount = 글 { $count }편\n",
    );
    const EN: File = (
        "locales/en/a.ftl",
        "hello = Hello\ncount = { $count ->\n    [one] one post\n   *[other] { $count } posts\n}\n",
    );
    const SAYS: File = (
        "templates/a.html",
        "{{ ui.t(\"hello\") }} {{ ui.n(\"count\", posts.len()) }}",
    );

    fn with(file: File) -> Vec<Fault> {
        check(&[KO, EN, SAYS, file])
    }

    #[test]
    fn both_languages_are_complete() {
        assert_none(&check(&borrow(&read(&["locales", "src", "templates"]))));
    }

    #[test]
    fn a_whole_pair_is_let_be() {
        assert_none(&check(&[KO, EN, SAYS]));
        assert_none(&with((
            "src/a.rs",
            "fn f(ui: Ui) { ui.n(\"count\", 1); let m = Message::new(\"count\"); }",
        )));
        assert_none(&with((
            "src/a.rs",
            "fn f() { Message::new(\"count\").with(\"count\", n) }",
        )));
    }

    #[test]
    fn languages_out_of_step_are_caught() {
        let says = (
            "templates/b.html",
            "{{ ui.t(\"b\") }}{{ ui.t1(\"c\", \"x\", 1) }}",
        );
        assert_one(
            &check(&[
                ("locales/en/b.ftl", "b = B"),
                ("templates/b.html", "{{ ui.t(\"b\") }}"),
            ]),
            "missing",
        );
        let ko = ("locales/ko/b.ftl", "b = ㄴ\nc = { $x }");
        let en = ("locales/en/b.ftl", "b = B\nc = C");
        assert_one(&check(&[ko, en, says]), "has the values");
    }

    #[test]
    fn broken_and_doubled_sentences_are_caught() {
        let ko = ("locales/ko/b.ftl", "b = ㄴ\n");
        assert_one(
            &check(&[
                ko,
                ("locales/en/b.ftl", "b = B\nb = C\n"),
                ("src/a.rs", "const B: &str = \"b\";"),
            ]),
            "twice",
        );
        assert!(!check(&[ko, ("locales/en/b.ftl", "b = { $x\n")]).is_empty());
        let twin = [
            ("locales/ko/c.ftl", "hello = 또"),
            ("locales/en/c.ftl", "hello = Again"),
        ];
        assert_one(&check(&[KO, EN, SAYS, twin[0], twin[1]]), "already");
    }

    #[test]
    fn a_key_without_a_sentence_is_caught() {
        assert_one(
            &with(("src/a.rs", "fn f() { Message::new(\"gone\") }")),
            "no sentence `gone`",
        );
        assert_one(
            &with(("src/a.rs", "fn f() { self.ui.t1(\"gone\", \"a\", b) }")),
            "no sentence `gone`",
        );
        assert_one(
            &with((
                "templates/b.html",
                "{% if x %}{{ ui.t(\n\"gone\") }}{% endif %}",
            )),
            "no sentence `gone`",
        );
        assert_none(&with((
            "src/a.rs",
            "#[cfg(test)] mod t { fn f() { Message::new(\"gone\") } }",
        )));
    }

    #[test]
    fn a_value_not_given_is_caught() {
        assert_one(&with(("src/a.rs", "fn f() { ui.t(\"count\") }")), "needs");
        assert_one(
            &with(("templates/b.html", "{{ ui.t1(\"count\", \"number\", 1) }}")),
            "needs",
        );
        assert_one(
            &with((
                "src/a.rs",
                "fn f() { Message::new(\"count\").with(\"n\", 1) }",
            )),
            "needs",
        );
    }

    #[test]
    fn a_sentence_nobody_says_is_caught() {
        assert_one(
            &check(&[KO, EN, ("templates/a.html", "{{ ui.t(\"hello\") }}")]),
            "nothing says `count`",
        );
    }
}
