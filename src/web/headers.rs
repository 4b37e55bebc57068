//! Headers that every answer carries, errors included (HARDENING O4).
use http::header::{HeaderMap, HeaderName, HeaderValue};

/// The policy of pages: everything from ourselves, nothing inline, no frames.
pub const PAGE_CSP: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
    media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The policy of the page that the admin itself frames: the author's look at his draft.
pub const FRAMED_CSP: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
    media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
/// The policy of the one page that any site may frame: the player. It reaches nothing but its own
/// sound, picture, style and script, sends no form, and no answer of it holds a cookie.
pub const EMBED_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
/// The policy of media: a file that is opened as a page can do nothing (M3).
pub const MEDIA_CSP: &str = "default-src 'none'; sandbox";

const PERMISSIONS: &str =
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()";

/// `Content-Security-Policy`.
pub const CSP: HeaderName = http::header::CONTENT_SECURITY_POLICY;

/// Adds what is missing; what a handler set itself stays.
pub fn complete(headers: &mut HeaderMap, https: bool) {
    let mut default = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(CSP, PAGE_CSP);
    default(http::header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(http::header::REFERRER_POLICY, "same-origin");
    default(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    default(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    if https {
        default(http::header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

/// What the author's side adds (A7): kept by nobody, found by nobody.
pub fn private(headers: &mut HeaderMap) {
    headers.insert(
        http::header::CACHE_CONTROL,
        HeaderValue::from_static("no-store"),
    );
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
}
