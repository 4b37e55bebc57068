//! Recordings as players and podcast apps ask for them (RFC 9110 sections 13 and 14).
use crate::support::files::MP3;
use crate::support::{Answer, Post, Site};

async fn episode(site: &Site) -> (Post, String) {
    let post = site.author().episode("첫 회: \"인사\"", "a.mp3", MP3).await;
    let path = post.audio("mp3");
    (post, path)
}

async fn part(site: &Site, path: &str, range: &str) -> Answer {
    site.stranger().get_with(path, &[("range", range)]).await
}

#[tokio::test]
async fn the_enclosure_is_the_file_that_was_sent() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    for _ in 0..2 {
        let whole = site.stranger().get(&path).await;
        assert_eq!(whole.assert_status(200).body, MP3);
        assert_eq!(whole.header("content-type"), "audio/mpeg");
        assert_eq!(whole.header("content-length"), MP3.len().to_string());
        assert_eq!(whole.header("accept-ranges"), "bytes");
        assert_eq!(
            whole.header("content-disposition"),
            "inline; filename=\"_ _- -__-.mp3\"; filename*=UTF-8''%EC%B2%AB%20%ED%9A%8C-%20-%EC%9D%B8%EC%82%AC-.mp3"
        );
        let head = site.stranger().head(&path).await;
        assert!(head.assert_status(200).body.is_empty());
        assert_eq!(head.headers, whole.headers);
    }
}

#[tokio::test]
async fn parts_are_parts_of_the_file() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    let n = MP3.len();
    for (range, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, n - 1),
        ("bytes=-1", n - 1, n - 1),
        ("bytes=-999999999", 0, n - 1),
        ("bytes=5-999999999999", 5, n - 1),
        ("BYTES=7-8", 7, 8),
    ] {
        let answer = part(&site, &path, range).await;
        answer.assert_status(206);
        assert_eq!(
            answer.header("content-range"),
            format!("bytes {first}-{last}/{n}")
        );
        assert_eq!(answer.body, MP3[first..=last], "{range}");
        assert_eq!(
            answer.header("content-length"),
            (last - first + 1).to_string()
        );
    }
}

/// The parts of a `multipart/byteranges` answer: first byte, last byte, content.
fn parts(answer: &Answer) -> Vec<(usize, usize, Vec<u8>)> {
    let kind = answer.header("content-type");
    let boundary = kind
        .strip_prefix("multipart/byteranges; boundary=")
        .expect("several parts");
    let find = |text: &[u8], what: &[u8]| text.windows(what.len()).position(|w| w == what);
    let mut rest: &[u8] = &answer.body;
    let mut found = Vec::new();
    loop {
        let mark = format!("--{boundary}");
        let at = find(rest, mark.as_bytes()).expect("a boundary");
        rest = &rest[at + mark.len()..];
        if rest.starts_with(b"--\r\n") {
            return found;
        }
        let end = find(rest, b"\r\n\r\n").expect("the end of the head");
        let head = String::from_utf8(rest[..end].to_vec()).expect("text");
        assert!(head.contains("Content-Type: audio/mpeg"), "{head}");
        let (_, range) = head.split_once("Content-Range: bytes ").expect("a range");
        let (span, whole) = range.trim().split_once('/').expect("a length");
        assert_eq!(whole, MP3.len().to_string());
        let (first, last) = span.split_once('-').expect("a span");
        let (first, last): (usize, usize) = (first.parse().expect("n"), last.parse().expect("n"));
        rest = &rest[end + 4..];
        found.push((first, last, rest[..=last - first].to_vec()));
        rest = &rest[last - first + 1..];
    }
}

#[tokio::test]
async fn several_parts_come_in_one_answer() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    let answer = part(&site, &path, "bytes=0-9, 100-199, -5").await;
    answer.assert_status(206);
    assert_eq!(answer.header("content-range"), "");
    assert_eq!(
        answer.header("content-length"),
        answer.body.len().to_string()
    );
    let n = MP3.len();
    let wanted: Vec<_> = [(0, 9), (100, 199), (n - 5, n - 1)]
        .map(|(first, last)| (first, last, MP3[first..=last].to_vec()))
        .into();
    assert_eq!(parts(&answer), wanted);
}

#[tokio::test]
async fn what_cannot_be_had_is_refused_with_the_length() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    for range in ["bytes=99999999-", "bytes=99999999-99999999", "bytes=-0"] {
        let answer = part(&site, &path, range).await;
        answer.assert_status(416);
        assert_eq!(
            answer.header("content-range"),
            format!("bytes */{}", MP3.len())
        );
        assert!(answer.body.is_empty(), "{range}");
    }
}

#[tokio::test]
async fn nonsense_and_storms_of_ranges_give_the_file_at_most() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    let storm = format!("bytes={}", vec!["0-"; 1_000].join(","));
    let tiny = format!(
        "bytes={}",
        (0..9)
            .map(|n| format!("{0}-{0}", n * 2))
            .collect::<Vec<_>>()
            .join(",")
    );
    for range in [
        "bytes=5-2",
        "bytes=",
        "bytes=a-b",
        "items=0-9",
        "bytes=0-9,x",
        "0-9",
        "bytes=0-0,0-0,0-0",
        "bytes=18446744073709551616-",
        &storm,
        &tiny,
    ] {
        let answer = part(&site, &path, range).await;
        let status = answer.status.as_u16();
        assert!(matches!(status, 200 | 206 | 416), "{range}: {status}");
        assert!(answer.body.len() <= MP3.len() + (64 << 10), "{range}");
        if status == 200 {
            assert_eq!(answer.body, MP3, "{range}");
        }
    }
    assert_eq!(
        part(&site, &path, &storm).await.status.as_u16() / 100 * 100,
        200
    );
}

#[tokio::test]
async fn a_part_is_given_only_of_the_file_that_the_player_holds() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    let whole = site.stranger().get(&path).await;
    let (etag, date) = (whole.header("etag"), whole.header("last-modified"));
    assert!(etag.starts_with('"') && date.ends_with("GMT"));
    for (held, status) in [
        (etag, 206),
        ("\"another\"", 200),
        (&format!("W/{etag}"), 200),
        ("Mon, 01 Jan 2024 00:00:00 GMT", 200),
        ("nonsense", 200),
        ("", 200),
    ] {
        let headers = [("range", "bytes=0-9"), ("if-range", held)];
        let answer = site.stranger().get_with(&path, &headers).await;
        answer.assert_status(status);
        let wanted = if status == 206 { &MP3[..10] } else { MP3 };
        assert_eq!(answer.body, wanted, "{held}");
    }
    // The date of the very second in which it was published is too weak a proof only while
    // that second lasts; this one is told by the file's own header.
    let headers = [("range", "bytes=0-9"), ("if-range", date)];
    let status = site
        .stranger()
        .get_with(&path, &headers)
        .await
        .status
        .as_u16();
    assert!(matches!(status, 200 | 206));
}

#[tokio::test]
async fn an_unchanged_recording_is_not_sent_again() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    let whole = site.stranger().get(&path).await;
    let (etag, date) = (whole.header("etag"), whole.header("last-modified"));
    let listed = format!("\"x\", {etag}");
    for (headers, status) in [
        (vec![("if-none-match", etag)], 304),
        (vec![("if-none-match", listed.as_str())], 304),
        (vec![("if-none-match", "*")], 304),
        (vec![("if-modified-since", date)], 304),
        (
            vec![("if-none-match", "\"x\""), ("if-modified-since", date)],
            200,
        ),
        (
            vec![("if-modified-since", "Mon, 01 Jan 2024 00:00:00 GMT")],
            200,
        ),
        (vec![("if-none-match", etag), ("range", "bytes=0-1")], 304),
    ] {
        let answer = site.stranger().get_with(&path, &headers).await;
        answer.assert_status(status);
        if status == 304 {
            assert!(answer.body.is_empty());
            assert_eq!(answer.header("etag"), etag);
        }
    }
}

#[tokio::test]
async fn a_recording_is_never_compressed() {
    let site = Site::ready().await;
    let (_, path) = episode(&site).await;
    let headers = [("accept-encoding", "gzip, br, zstd")];
    let answer = site.stranger().get_with(&path, &headers).await;
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.body, MP3);
}

#[tokio::test]
async fn the_words_are_there_as_a_file() {
    let site = Site::ready().await;
    let (post, _) = episode(&site).await;
    let stranger = site.stranger();
    let html = stranger
        .get(&format!("/transcripts/{}.html", post.id))
        .await;
    assert!(
        html.assert_status(200)
            .header("content-type")
            .starts_with("text/html")
    );
    let text = stranger.get(&format!("/transcripts/{}.txt", post.id)).await;
    assert!(text.header("content-type").starts_with("text/plain"));
    for answer in [&html, &text] {
        assert!(answer.text().contains("그다음 문장."));
    }
    for none in ["vtt", "srt", "json", "exe", "html.txt"] {
        stranger
            .get(&format!("/transcripts/{}.{none}", post.id))
            .await
            .assert_not_found();
    }
}
