//! The interface's words: every sentence a person sees, from `locales/ko` and `locales/en`.
//!
//! Templates hold a [`Ui`] and write `{{ ui.t("key") }}`; the values are escaped by the
//! template like any other text. Korean particles follow the final sound of the word before
//! them: `{ JOSA($title, "을/를") }` in a message file.
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;

use fluent_templates::fluent_bundle::{FluentArgs, FluentValue};
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use unic_langid::langid;

use crate::kernel::Message;
use crate::kernel::language::UiLanguage;
use crate::kernel::text::josa;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            bundle.set_use_isolating(false);
            bundle
                .add_function("JOSA", josa_function)
                .expect("no other function has this name");
        },
    };
}

static KO: LanguageIdentifier = langid!("ko");
static EN: LanguageIdentifier = langid!("en");

fn josa_function<'a>(positional: &[FluentValue<'a>], _named: &FluentArgs) -> FluentValue<'a> {
    let text = |value: Option<&FluentValue>| match value {
        Some(FluentValue::String(s)) => s.to_string(),
        Some(FluentValue::Number(n)) => n.as_string().to_string(),
        _ => String::new(),
    };
    let word = text(positional.first());
    let pair = text(positional.get(1));
    FluentValue::String(Cow::Owned(josa(&word, &pair)))
}

/// Values that count something, by their names in the message files.
const COUNTS: [&str; 3] = ["count", "minutes", "sentences"];

/// A value for a sentence: what counts is a number, so that English can choose singular or plural.
fn value_of(name: &str, text: String) -> FluentValue<'static> {
    match text.parse::<i64>() {
        Ok(number) if COUNTS.contains(&name) => FluentValue::from(number),
        _ => FluentValue::from(text),
    }
}

/// The interface in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ui {
    /// Korean or English.
    pub lang: UiLanguage,
}

impl Ui {
    /// The interface in this language.
    pub fn new(lang: UiLanguage) -> Self {
        Self { lang }
    }

    /// `ko` or `en`, for `lang` attributes.
    pub fn code(&self) -> &'static str {
        self.lang.code()
    }

    /// A sentence without values.
    pub fn t(&self, key: &str) -> String {
        self.look_up(key, None)
    }

    /// A sentence with one value.
    pub fn t1(&self, key: &str, name: &'static str, value: impl Display) -> String {
        self.args(key, [(name, value_of(name, value.to_string()))])
    }

    /// A sentence with two values.
    pub fn t2(
        &self,
        key: &str,
        (name, value): (&'static str, &dyn Display),
        (name2, value2): (&'static str, &dyn Display),
    ) -> String {
        self.args(
            key,
            [
                (name, value_of(name, value.to_string())),
                (name2, value_of(name2, value2.to_string())),
            ],
        )
    }

    /// A sentence with a number named `$count`, so that English can choose singular or plural.
    pub fn n(&self, key: &str, count: impl TryInto<i64>) -> String {
        let count = count.try_into().unwrap_or(i64::MAX);
        self.args(key, [("count", FluentValue::from(count))])
    }

    /// The sentence that a message names.
    pub fn message(&self, message: &Message) -> String {
        self.args(
            message.key,
            message
                .args
                .iter()
                .map(|(name, value)| (*name, value_of(name, value.clone()))),
        )
    }

    /// A sentence that was kept by its key with its values; `None` for a key of another version of
    /// the program.
    pub fn stored(&self, key: &str, args: &[(String, String)]) -> Option<String> {
        let args: HashMap<Cow<'static, str>, FluentValue> = args
            .iter()
            .map(|(name, value)| (Cow::Owned(name.clone()), value_of(name, value.clone())))
            .collect();
        LOCALES.try_lookup_complete(self.language(), key, Some(&args))
    }

    fn language(&self) -> &'static LanguageIdentifier {
        match self.lang {
            UiLanguage::Ko => &KO,
            UiLanguage::En => &EN,
        }
    }

    fn args<'a>(
        &self,
        key: &str,
        args: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue> = args
            .into_iter()
            .map(|(name, value)| (Cow::Borrowed(name), value))
            .collect();
        self.look_up(key, Some(&args))
    }

    fn look_up(&self, key: &str, args: Option<&HashMap<Cow<'static, str>, FluentValue>>) -> String {
        LOCALES
            .try_lookup_complete(self.language(), key, args)
            .unwrap_or_else(|| {
                debug_assert!(false, "no message {key}");
                key.to_owned()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_speak() {
        assert_eq!(
            Ui::new(UiLanguage::En).t("error-required"),
            "This can’t be empty."
        );
        let late = Message::new("error-references-many").with("most", 200);
        assert!(Ui::new(UiLanguage::Ko).message(&late).contains("200"));
        let kept = [("most".to_owned(), "200".to_owned())];
        let again = Ui::new(UiLanguage::Ko).stored("error-references-many", &kept);
        assert_eq!(again, Some(Ui::new(UiLanguage::Ko).message(&late)));
        assert_eq!(Ui::new(UiLanguage::Ko).stored("no-such-key", &kept), None);
    }

    #[test]
    fn one_is_told_from_many() {
        let en = Ui::new(UiLanguage::En);
        let beyond = |count: usize| Message::new("import-beyond").with("count", count);
        assert!(en.message(&beyond(1)).starts_with("1 sentence lies"));
        assert!(
            en.message(&beyond(12_345))
                .starts_with("12345 sentences lie")
        );
        let kept = [("count".to_owned(), "1".to_owned())];
        let again = en.stored("import-beyond", &kept);
        assert!(again.is_some_and(|text| text.starts_with("1 sentence lies")));
        assert_eq!(en.n("site-ago-minutes", 1), "one minute ago");
        for (timed, sentences, want) in [
            (1, 1, "1 of 1 sentence has a time."),
            (1, 2, "1 of 2 sentences have a time."),
        ] {
            let told = en.t2(
                "timing-imported-counts",
                ("timed", &timed),
                ("sentences", &sentences),
            );
            assert_eq!(told, want);
        }
    }
}
