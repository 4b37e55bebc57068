//! The one sanitiser, maker of the only HTML that reaches a page unescaped (HARDENING O1).
use std::fmt;

/// HTML that passed the sanitiser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SafeHtml(String);

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for SafeHtml {}

impl askama::FastWritable for SafeHtml {
    fn write_into(
        &self,
        dest: &mut dyn fmt::Write,
        _values: &dyn askama::Values,
    ) -> askama::Result<()> {
        dest.write_str(&self.0)?;
        Ok(())
    }
}

/// Keeps what belongs into an article and drops the rest.
pub fn sanitise(html: &str) -> SafeHtml {
    SafeHtml(ammonia::clean(html))
}
