//! The programming interface.
use super::{PostId, UploadId, segment};

/// What all its addresses begin with.
pub const ROOT: &str = "/api/v1";

/// A show.
pub fn show(address: &str) -> String {
    format!("{ROOT}/shows/{address}")
}

/// A post.
pub fn post(id: &PostId) -> String {
    format!("{ROOT}/posts/{id}")
}

/// A link to look at what is not public.
pub fn preview_link(post: &PostId, link: &str) -> String {
    format!("{ROOT}/posts/{post}/preview-links/{}", segment(link))
}

/// An invitation.
pub fn invitation(id: &str) -> String {
    format!("{ROOT}/invitations/{}", segment(id))
}

/// An upload under way.
pub fn upload(id: &UploadId) -> String {
    format!("{ROOT}/uploads/{id}")
}
