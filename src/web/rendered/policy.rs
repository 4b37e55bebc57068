//! Kinds of finished answers.

/// What kind of answer it is, which settles how it may be kept and by whom it may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// An HTML page: asked for anew each time (the answer is then a 304), told apart by the
    /// language that the reader wishes.
    Page,
    /// The same, and any site may frame it.
    Framed,
    /// A feed, transcript and the like: any site's script may read it; kept for a minute (V2).
    Open,
    /// Plain files such as `robots.txt`.
    Plain,
    /// A picture that may change: asked for anew each minute (V2), in no coding, since it is
    /// compressed in itself.
    Picture,
}

impl Policy {
    pub(super) fn cache_control(self) -> &'static str {
        match self {
            Self::Page | Self::Framed => "public, max-age=0, s-maxage=60, must-revalidate",
            Self::Open | Self::Picture => "public, max-age=60, must-revalidate",
            Self::Plain => "public, max-age=3600",
        }
    }

    pub(super) fn vary(self) -> Option<&'static str> {
        match self {
            Self::Page | Self::Framed => Some("Accept-Encoding, Accept-Language"),
            Self::Open | Self::Plain => Some("Accept-Encoding"),
            Self::Picture => None,
        }
    }
}
