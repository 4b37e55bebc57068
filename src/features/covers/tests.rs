//! Pictures through a form and into the store, on both engines.
use axum::body::Body;
use axum::extract::Request;

use super::{CoverForm, find, read_cover, read_upload};
use crate::features::testing::{Site, sites};
use crate::formats::image::default_cover;

async fn send(site: &Site, picture: Option<&[u8]>) -> CoverForm {
    let name = if picture.is_some() { "a.jpg" } else { "" };
    let mut body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--B\r\n\
         Content-Disposition: form-data; name=\"title\"\r\n\r\n제목\r\n--B\r\n\
         Content-Disposition: form-data; name=\"cover\"; filename=\"{name}\"\r\n\r\n",
        site.author.csrf()
    )
    .into_bytes();
    body.extend_from_slice(picture.unwrap_or_default());
    body.extend_from_slice(b"\r\n--B--\r\n");
    let request = Request::builder()
        .header("content-type", "multipart/form-data; boundary=B")
        .body(Body::from(body))
        .expect("a request");
    read_upload(&site.state, request, &site.author.secret, &["title"])
        .await
        .expect("a whole form")
}

#[tokio::test]
async fn a_picture_comes_in_by_a_form() {
    let drawn = default_cover("그림");
    let (side, jpeg) = &drawn.variants[0];
    for site in sites().await {
        let sent = send(&site, Some(jpeg)).await;
        assert_eq!(sent.fields.get("title"), "제목");
        let hash = sent.cover.expect("taken").expect("a cover");
        for size in [*side, 600, 300] {
            let (file, length) = find(&site.state.db, &hash, size).await.expect("there");
            assert_eq!(site.state.media.length_bytes(&file), Some(length));
        }
        assert!(find(&site.state.db, &hash, 7).await.is_err());
        let again = send(&site, Some(jpeg)).await;
        assert_eq!(again.cover, Ok(Some(hash)));
        let without = send(&site, None).await;
        assert_eq!(without.fields.get("title"), "제목");
        assert_eq!(without.cover, Ok(None));
    }
}

#[tokio::test]
async fn what_is_no_picture_is_a_fault_of_its_field() {
    for site in sites().await {
        let sent = send(&site, Some(b"<svg/>")).await;
        assert_eq!(
            sent.fields.get("title"),
            "제목",
            "what was typed is not lost"
        );
        assert!(sent.cover.is_err_and(|f| f.get("cover").is_some()));
        assert!(site.state.media.list().expect("lists").is_empty());
        let nothing = read_cover(&site.state, b"".as_slice().into()).await;
        assert!(nothing.is_err());
    }
}
