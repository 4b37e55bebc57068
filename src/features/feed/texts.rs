//! What an item says, as HTML and as one plain paragraph. Pure, and slow enough (Markdown, the
//! sanitiser) to be done once a revision.
use crate::features::posts::{PublicPost, Reference};
use crate::formats::html::{self, SafeHtml};
use crate::formats::podcast::description;
use crate::formats::script;
use crate::kernel::language::{Language, UiLanguage};
use crate::kernel::urls::BaseUrl;
use crate::web::ui::Ui;

/// Length of a summary in bytes: some 200 Korean syllables, two or three sentences.
const SUMMARY_BYTES: usize = 600;
/// What goes into the items of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Note and references: the script is heard.
    Notes,
    /// Note, script and references.
    FullText,
}

/// What an item says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The text as HTML, links absolute.
    pub html: SafeHtml,
    /// The note, or the first sentences of the script: the HTML that descriptions may hold.
    pub summary: String,
}

/// The texts of a post.
pub fn texts(post: &PublicPost, depth: Depth, base: &BaseUrl) -> Texts {
    let content = &post.content;
    let note = script::render(&content.note);
    let text = match depth {
        Depth::FullText => script::render(&content.script),
        Depth::Notes if note.html.is_empty() => script::render(beginning(&content.script)),
        Depth::Notes => script::Rendered::default(),
    };
    let source = if note.text.is_empty() {
        &text.text
    } else {
        &note.text
    };
    let summary = script::excerpt(&source.replace('\n', " "), SUMMARY_BYTES);
    // The note is what the author tells the reader of the piece, links and all; a script is
    // summed up by its first sentences.
    let description = if note.html.is_empty() {
        escaped_for_description(&summary)
    } else {
        description::of_html(&note.html.clone().with_absolute_links(base.as_str()))
    };
    let references = references(&content.references, &content.language);
    let mut parts = vec![note.html];
    match depth {
        Depth::FullText => parts.push(text.html),
        // Without a note some apps would show nothing at all.
        Depth::Notes if parts[0].is_empty() => parts = vec![html::text_to_html(&summary)],
        Depth::Notes => {}
    }
    parts.push(references);
    Texts {
        html: SafeHtml::join(&parts).with_absolute_links(base.as_str()),
        summary: description,
    }
}

/// A description is HTML to its readers: a `<` of the author's must not begin a tag there.
/// Quotes stay as they are, for readers that show it as plain text.
fn escaped_for_description(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// As much of a script as a summary can come from.
fn beginning(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(1_000)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The references as a list under a heading in the post's language; nothing without any.
fn references(references: &[Reference], language: &str) -> SafeHtml {
    let korean = Language::from_db(language.to_owned()).is_korean();
    let ui = Ui::new(if korean {
        UiLanguage::Ko
    } else {
        UiLanguage::En
    });
    let mut items = String::new();
    for reference in references {
        items.push_str(&item(reference));
    }
    if items.is_empty() {
        return SafeHtml::default();
    }
    let heading = html::text_to_html(&ui.t("feed-references"));
    html::sanitise(&format!("<h3>{heading}</h3><ol>{items}</ol>"))
}

fn item(reference: &Reference) -> String {
    let link = html::safe_link(&reference.url);
    let title = match reference.title.trim() {
        "" => link.as_deref().unwrap_or_default(),
        title => title,
    };
    if title.is_empty() {
        return String::new();
    }
    let escaped = |text: &str| html::text_to_html(text.trim()).into_string();
    let mut out = match &link {
        Some(url) => format!("<li><a href=\"{}\">{}</a>", escaped(url), escaped(title)),
        None => format!("<li>{}", escaped(title)),
    };
    for more in [&reference.outlet, &reference.date] {
        if !more.trim().is_empty() {
            out.push_str(", ");
            out.push_str(&escaped(more));
        }
    }
    if !reference.remark.trim().is_empty() {
        out.push_str("<br>");
        out.push_str(&escaped(&reference.remark));
    }
    out.push_str("</li>");
    out
}
