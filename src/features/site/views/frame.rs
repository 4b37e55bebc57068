//! What every public page has around its content: head, names, feeds, the language switch.
use crate::kernel::language::UiLanguage;
use crate::web::json_block::JsonBlock;
use crate::web::languages::LanguageLink;
use crate::web::{assets, ui::Ui};

/// What `layout.html` needs for every page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// `<title>`, whole.
    pub title: String,
    /// One or two plain sentences for search engines and cards; may be empty.
    pub description: String,
    /// The bare absolute address of the page, without `?ui=`. No `hreflang` goes with it: that is
    /// for pages whose text is there in several languages, each at an address of its own. Here the
    /// text has one language (`inLanguage`, `lang`), the interface alone has two, and both are
    /// chosen under the one address that search engines are to keep.
    pub canonical: String,
    /// Preview card.
    pub og: OpenGraph,
    /// Feeds and other forms that stand for the page.
    pub feeds: Vec<FeedLink>,
    /// What the page is, for machines (schema.org).
    pub data: Option<JsonBlock>,
    /// Keeps search engines away.
    pub noindex: bool,
    /// Both languages of the interface.
    pub languages: Vec<LanguageLink>,
    /// The name at the head of every page.
    pub site: Link,
    /// Style sheet.
    pub css_url: String,
    /// Script, an ES module.
    pub js_url: String,
    /// Favicon, SVG.
    pub icon_url: String,
    /// The show's cover, for home screens.
    pub touch_icon: Option<String>,
}

impl Frame {
    /// A frame with the usual assets and the language switch of the present path, which may
    /// hold a query; without feeds, with an `og` of kind `website`.
    pub fn new(ui: Ui, title: String, canonical: String, site: Link, path: &str) -> Self {
        Self {
            og: OpenGraph {
                kind: "website",
                title: title.clone(),
                audio: None,
                image: None,
                is_card: false,
                image_alt: String::new(),
                site_name: site.title.clone(),
                locale: match ui.lang {
                    UiLanguage::Ko => "ko_KR".to_owned(),
                    UiLanguage::En => "en_US".to_owned(),
                },
            },
            title,
            description: String::new(),
            canonical,
            feeds: Vec::new(),
            data: None,
            noindex: false,
            languages: LanguageLink::both(ui, path),
            site,
            css_url: assets::url("site.css"),
            js_url: assets::url("site.js"),
            icon_url: assets::url("favicon.svg"),
            touch_icon: None,
        }
    }
}

/// The preview card of a page (<https://ogp.me/>); description and address are the frame's.
#[derive(Debug, Clone)]
pub struct OpenGraph {
    /// `website` or `article`.
    pub kind: &'static str,
    /// What the page is called, without the name of the site.
    pub title: String,
    /// Address (absolute) and media type of the recording.
    pub audio: Option<(String, String)>,
    /// Absolute address of a picture.
    pub image: Option<String>,
    /// Whether the picture is a preview card of ours, of a known size, rather than a cover.
    pub is_card: bool,
    /// What the picture shows.
    pub image_alt: String,
    /// The show's title.
    pub site_name: String,
    /// Of the text: `ko_KR`, `en_US`.
    pub locale: String,
}

/// A feed that a reader may subscribe to.
#[derive(Debug, Clone)]
pub struct FeedLink {
    /// For `<link title>`: show and kind of feed.
    pub title: String,
    /// Absolute.
    pub url: String,
    /// `application/rss+xml` or `application/feed+json`.
    pub media_type: &'static str,
}

/// A name that leads somewhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// What is shown.
    pub title: String,
    /// Where it leads.
    pub url: String,
}
