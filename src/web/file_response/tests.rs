//! A file over HTTP, as players and downloaders ask for it.
use super::*;
use http_body_util::BodyExt;

struct Place {
    _dir: tempfile::TempDir,
    media: MediaStore,
    file: FileToServe,
    bytes: Vec<u8>,
}

const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

fn place() -> Place {
    let dir = tempfile::tempdir().expect("a folder");
    let media = MediaStore::folder(&dir.path().join("media")).expect("opens");
    let bytes: Vec<u8> = (0..300_000u32).map(|n| (n % 253) as u8).collect();
    let stored = media.put(&bytes).expect("stored");
    Place {
        _dir: dir,
        media,
        file: FileToServe {
            hash: stored.hash,
            length_bytes: stored.length_bytes,
            media_type: "audio/mpeg",
            filename: download_name("대본: 첫 회", "mp3"),
            last_modified: Some(Instant(784_111_777_500)),
            policy: FilePolicy::Public,
            opened: OnceLock::new(),
        },
        bytes,
    }
}

impl Place {
    async fn ask(
        &self,
        method: Method,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, Bytes) {
        let mut request = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            request.insert(name, value.parse().expect("a value"));
        }
        let response = serve(&self.media, false, &self.file, &method, &request)
            .await
            .expect("answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("reads").to_bytes();
        if parts.status == 200 && method == Method::GET || parts.status == 206 {
            let length = parts.headers[header::CONTENT_LENGTH]
                .to_str()
                .expect("text");
            assert_eq!(length, body.len().to_string());
        }
        (parts.status, parts.headers, body)
    }

    async fn get(&self, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Bytes) {
        self.ask(Method::GET, headers).await
    }
}

#[tokio::test]
async fn whole_file_and_head_have_the_same_headers() {
    let place = place();
    let (status, headers, body) = place.get(&[]).await;
    assert_eq!((status, &body[..]), (StatusCode::OK, &place.bytes[..]));
    for (name, want) in [
        ("content-type", "audio/mpeg"),
        ("content-length", "300000"),
        ("accept-ranges", "bytes"),
        ("last-modified", DATE),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("access-control-allow-origin", "*"),
        ("cache-control", "public, max-age=60, must-revalidate"),
    ] {
        assert_eq!(headers[name], want, "{name}");
    }
    let disposition = headers["content-disposition"].to_str().expect("ASCII");
    assert!(
        disposition.starts_with("inline; filename=\"__- _ _.mp3\"; filename*=UTF-8''%EB%8C%80")
    );
    let (status, head, body) = place.ask(Method::HEAD, &[("range", "bytes=0-1")]).await;
    assert_eq!((status, body.len()), (StatusCode::OK, 0));
    assert_eq!(head, headers);
}

#[tokio::test]
async fn ranges() {
    let place = place();
    for (range, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=100-200099", 100, 200_099),
        ("bytes=299999-", 299_999, 299_999),
        ("bytes=-5", 299_995, 299_999),
        ("bytes=-999999", 0, 299_999),
        ("bytes=5-99999999", 5, 299_999),
    ] {
        let (status, headers, body) = place.get(&[("range", range)]).await;
        assert_eq!(status, StatusCode::PARTIAL_CONTENT, "{range}");
        let want = format!("bytes {first}-{last}/300000");
        assert_eq!(headers[header::CONTENT_RANGE], want.as_str());
        assert_eq!(body, place.bytes[first..=last], "{range}");
    }
    let (status, headers, body) = place.get(&[("range", "bytes=300000-")]).await;
    assert_eq!(status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(headers[header::CONTENT_RANGE], "bytes */300000");
    assert!(body.is_empty());
    let (status, _, body) = place.get(&[("range", "lines=1-2")]).await;
    assert_eq!((status, body.len()), (StatusCode::OK, 300_000));
}

#[tokio::test]
async fn several_ranges_are_a_multipart() {
    let place = place();
    let (status, headers, body) = place.get(&[("range", "bytes=0-9,-10")]).await;
    assert_eq!(status, StatusCode::PARTIAL_CONTENT);
    assert!(!headers.contains_key(header::CONTENT_RANGE));
    let kind = headers[header::CONTENT_TYPE].to_str().expect("text");
    let boundary = kind
        .strip_prefix("multipart/byteranges; boundary=")
        .expect("a multipart");
    let part = |range: &str| {
        format!(
            "--{boundary}\r\nContent-Type: audio/mpeg\r\nContent-Range: bytes {range}/300000\r\n\r\n"
        )
    };
    let want = [
        part("0-9").as_bytes(),
        &place.bytes[..10],
        b"\r\n",
        part("299990-299999").as_bytes(),
        &place.bytes[299_990..],
        format!("\r\n--{boundary}--\r\n").as_bytes(),
    ]
    .concat();
    assert_eq!(body, want);
}

#[tokio::test]
async fn validators() {
    let place = place();
    let (_, headers, _) = place.get(&[]).await;
    let etag = headers[header::ETAG].to_str().expect("text").to_owned();
    for (conditions, want) in [
        (vec![("if-none-match", etag.as_str())], 304),
        (vec![("if-none-match", "\"other\"")], 200),
        (vec![("if-modified-since", DATE)], 304),
        (
            vec![("if-none-match", "\"other\""), ("if-modified-since", DATE)],
            200,
        ),
        (
            vec![("range", "bytes=0-1"), ("if-range", etag.as_str())],
            206,
        ),
        (vec![("range", "bytes=0-1"), ("if-range", DATE)], 206),
        (vec![("range", "bytes=0-1"), ("if-range", "\"other\"")], 200),
        (
            vec![("range", "bytes=0-1"), ("if-none-match", etag.as_str())],
            304,
        ),
    ] {
        let (status, headers, body) = place.get(&conditions).await;
        assert_eq!(status.as_u16(), want, "{conditions:?}");
        assert!(headers.contains_key("content-security-policy"));
        assert_eq!(headers[header::ETAG], etag.as_str());
        if want == 304 {
            assert!(body.is_empty());
        }
    }
}

#[tokio::test]
async fn never_half_a_file_with_200() {
    let mut place = place();
    place.file.length_bytes += 1;
    for method in [Method::GET, Method::HEAD] {
        let answer = serve(&place.media, false, &place.file, &method, &HeaderMap::new()).await;
        assert!(matches!(answer, Err(Error::Internal(_))));
    }
    place.media.remove(&place.file.hash).expect("removed");
    for method in [Method::GET, Method::HEAD] {
        let answer = serve(&place.media, false, &place.file, &method, &HeaderMap::new()).await;
        assert!(matches!(answer, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn what_is_not_public_is_kept_by_nobody() {
    let mut place = place();
    place.file.policy = FilePolicy::Private;
    let (_, headers, _) = place.get(&[]).await;
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["x-robots-tag"], "noindex");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert!(!headers.contains_key("access-control-allow-origin"));
}

#[test]
fn names_for_saving() {
    for (title, want) in [
        ("a/b\\c:d", "a-b-c-d.mp3"),
        ("  ", "recording.mp3"),
        ("..", "recording.mp3"),
        ("줄\n바꿈", "줄 바꿈.mp3"),
    ] {
        assert_eq!(download_name(title, "mp3"), want);
    }
    assert_eq!(
        disposition("a\"b%.mp3"),
        "inline; filename=\"a_b_.mp3\"; filename*=UTF-8''a%22b%25.mp3"
    );
}
