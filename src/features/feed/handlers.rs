//! stub
pub async fn podcast() -> &'static str {
    ""
}
pub async fn posts() -> &'static str {
    ""
}
