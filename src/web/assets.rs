//! Style sheets and scripts inside the binary (stand-in).
/// Address of an asset.
pub fn url(name: &str) -> String {
    crate::kernel::urls::asset("0", name)
}
