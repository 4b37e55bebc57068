//! How a recording sounds, as the editor shows it: its outline and its loudness.
use askama::Template;

use crate::web::ui::Ui;

/// A part of the recording's panel: `data-fresh` of `templates/admin/recording.html`.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/sound.html")]
pub struct SoundPart {
    /// The interface.
    pub ui: Ui,
    /// What is known of it.
    pub sound: SoundView,
}

/// What is known of how a recording sounds.
#[derive(Debug, Clone, Default)]
pub struct SoundView {
    /// Rate, channels, loudness, greatest sample.
    pub facts: Vec<String>,
    /// The outline as the `d` of an SVG path, in a box of [`outline::WIDTH`] by [`outline::HEIGHT`];
    /// `None` until it was listened to.
    ///
    /// [`outline::WIDTH`]: crate::formats::outline::WIDTH
    /// [`outline::HEIGHT`]: crate::formats::outline::HEIGHT
    pub outline: Option<String>,
    /// Why it could not be listened to.
    pub fault: Option<String>,
    /// Whether somebody listens to it or will in a moment.
    pub is_coming: bool,
    /// Whether the author can ask for that: nobody has, or what was heard was thrown away.
    pub can_ask: bool,
}
