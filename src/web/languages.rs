//! The switch between the languages of the interface, as pages print it.
use super::ui::Ui;
use crate::kernel::language::UiLanguage;

/// One language of the interface on the present page.
#[derive(Debug, Clone)]
pub struct LanguageLink {
    /// `ko` or `en`.
    pub code: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// The present path with `?ui=`.
    pub url: String,
    /// Whether the page speaks it.
    pub current: bool,
}

impl LanguageLink {
    /// The switch for a path, which may hold a query; an `ui` in it is replaced. An empty path is
    /// that of the page itself, whatever it is.
    pub fn both(ui: Ui, path: &str) -> Vec<Self> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let kept: String = query
            .split('&')
            .filter(|p| !p.is_empty() && !p.starts_with("ui="))
            .map(|p| format!("{p}&"))
            .collect();
        UiLanguage::ALL
            .into_iter()
            .map(|language| Self {
                code: language.code(),
                name: language.own_name(),
                url: format!("{path}?{kept}ui={}", language.code()),
                current: language == ui.lang,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_keeps_the_query() {
        let ko = Ui::new(UiLanguage::Ko);
        let links = LanguageLink::both(ko, "/@s?page=2&ui=ko");
        assert_eq!(links[1].url, "/@s?page=2&ui=en");
        assert!(links[0].current && !links[1].current);
        assert_eq!(LanguageLink::both(ko, "")[1].url, "?ui=en");
        assert_eq!(LanguageLink::both(ko, "?a&ui=x")[0].url, "?a&ui=ko");
    }
}
