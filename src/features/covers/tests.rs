//! Pictures through a form and into the store, on both engines.
use axum::body::Body;
use axum::extract::Request;

use super::{
    CoverForm, find, insert, largest_sizes, put_files, read_cover, read_upload, store_cover,
};
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
async fn feeds_name_what_is_there() {
    for site in sites().await {
        let db = &site.state.db;
        let mut conn = db.read().acquire().await.expect("a connection");
        let sizes = largest_sizes(&mut conn, &site.show).await.expect("read");
        assert!(sizes.is_empty(), "the show's cover has no files");
        let mut cover = default_cover("그림");
        cover.hash = "0123456789abcdef".to_owned();
        let (_, small) = cover.variants[2].clone();
        cover.variants.insert(0, (3000, small));
        let files = put_files(&site.state.media, &cover).expect("stored");
        let mut tx = db.begin().await.expect("begins");
        insert(&mut tx, &files).await.expect("written");
        tx.commit().await.expect("commits");
        let other = store_cover(&site.state, default_cover("남의 것")).await;
        let sizes = largest_sizes(&mut conn, &site.show).await.expect("read");
        assert_eq!(sizes.get(&cover.hash), Some(&3000));
        assert!(!sizes.contains_key(&other.expect("stored")));
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
