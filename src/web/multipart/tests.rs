//! Forms as browsers send them, and as they never do.
use axum::body::Body;
use axum::extract::Request;
use bytes::Bytes;
use futures_util::stream;
use proptest::prelude::*;

use super::*;

const SPEC: Spec<'static> = Spec {
    text_fields: &["title", "note"],
    file_field: "file",
    file_limit_bytes: 1000,
};

fn secret() -> Token {
    Token::from_client("secret")
}

fn part(name: &str, value: &str) -> String {
    format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

fn file(name: &str, file: &str, value: &str) -> String {
    format!(
        "--B\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
         Content-Type: audio/mpeg\r\n\r\n{value}\r\n"
    )
}

fn token() -> String {
    part("csrf", &csrf::token_for(&secret()))
}

/// Reads a body that arrives in pieces of this many bytes.
async fn read_in(body: &[u8], step: usize) -> Result<(MultipartForm, Bytes)> {
    let pieces: Vec<Result<Bytes, std::io::Error>> = body
        .chunks(step)
        .map(|c| Ok(Bytes::copy_from_slice(c)))
        .collect();
    let request = Request::builder()
        .header("content-type", "multipart/form-data; boundary=B")
        .body(Body::from_stream(stream::iter(pieces)))
        .expect("a request");
    MultipartForm::read_small(request, &secret(), SPEC).await
}

async fn read(body: &str) -> Result<(MultipartForm, Bytes)> {
    read_in(body.as_bytes(), 1 << 16).await
}

#[tokio::test]
async fn a_form_comes_out_as_it_went_in_however_it_is_cut() {
    let content = "\r\n--A\r\n-\r\n--\r\r\n";
    let body = [
        token(),
        part("title", "제목"),
        part("note", ""),
        file("file", "노래 \\\"1%22.mp3", content),
        "--B--\r\n".to_owned(),
    ]
    .concat();
    for step in [1, 2, 3, 7, 64, 4096] {
        let (form, bytes) = read_in(body.as_bytes(), step).await.expect("good");
        assert_eq!(form.fields.get("title"), "제목");
        assert_eq!(form.fields.get_opt("note"), Some(""));
        let sent = form.file.expect("a file");
        assert_eq!(sent.name, "노래 \"1\".mp3");
        assert_eq!(sent.length_bytes, content.len() as u64);
        assert_eq!(bytes, content.as_bytes());
    }
}

#[tokio::test]
async fn no_file_chosen_is_no_file() {
    let body = [token(), file("file", "", ""), "--B--".to_owned()].concat();
    let (form, _) = read(&body).await.expect("good");
    assert_eq!(form.file, None);
}

#[tokio::test]
async fn the_token_comes_first_or_nothing_is_read() {
    let wrong = [
        [part("title", "x"), token(), "--B--".into()].concat(),
        [file("csrf", "a", "b"), "--B--".into()].concat(),
        [part("csrf", "wrong"), "--B--".into()].concat(),
        "--B--".to_owned(),
    ];
    for body in wrong {
        let error = read(&body).await.expect_err("refused");
        assert!(matches!(error, Error::Forbidden(_)), "{error:?}");
    }
}

#[tokio::test]
async fn what_no_browser_sends_is_refused() {
    let end = "--B--";
    let wrong = [
        [token(), part("title", "a"), part("title", "b"), end.into()].concat(),
        [token(), part("other", "a"), end.into()].concat(),
        [token(), part("file", "a"), end.into()].concat(),
        [token(), file("title", "a", "b"), end.into()].concat(),
        [
            token(),
            file("file", "a", "b"),
            file("file", "", ""),
            end.into(),
        ]
        .concat(),
        [token(), part("title", "a")].concat(),
        [token(), file("file", "a", "b")].concat(),
        [token(), "--B\r\nno colon\r\n\r\nx\r\n--B--".into()].concat(),
        [
            token(),
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--".into(),
        ]
        .concat(),
        ["preamble\r\n".into(), token(), end.into()].concat(),
        [token(), "--Bx".into()].concat(),
    ];
    for body in wrong {
        let error = read(&body).await.expect_err(&body);
        assert!(matches!(error, Error::BadRequest(_)), "{body}: {error:?}");
    }
    let mut broken = token().into_bytes();
    broken.extend_from_slice(
        b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\xff\r\n--B--",
    );
    assert!(read_in(&broken, 100).await.is_err());
}

#[tokio::test]
async fn limits_hold() {
    let end = "--B--";
    let long = "x".repeat(TEXT_FIELD_BYTES + 1);
    let head = format!(
        "--B\r\nX-Y: {}\r\n{}",
        "x".repeat(MAX_HEAD_BYTES),
        &part("title", "a")[5..]
    );
    let too_large = [
        [token(), part("title", &long), end.into()].concat(),
        [token(), file("file", "a", &"x".repeat(1001)), end.into()].concat(),
        [token(), head, end.into()].concat(),
    ];
    for body in too_large {
        let error = read(&body).await.expect_err("too large");
        assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
    }
    let told = Request::builder()
        .header("content-type", "multipart/form-data; boundary=B")
        .header("content-length", "5000000")
        .body(Body::from_stream(stream::pending::<
            Result<Bytes, std::io::Error>,
        >()))
        .expect("a request");
    let error = MultipartForm::read_small(told, &secret(), SPEC).await;
    let error = error.expect_err("before the body");
    assert!(matches!(error, Error::TooLarge { limit_bytes: 1000 }));
}

#[test]
fn parts_are_counted() {
    let mut parser = Parser::from_content_type("multipart/form-data; boundary=B").expect("good");
    parser.push(part("a", "b").repeat(MAX_PARTS + 1).as_bytes());
    let fault = loop {
        match parser.next() {
            Ok(Some(_)) => {}
            Ok(None) => break None,
            Err(fault) => break Some(fault),
        }
    };
    assert_eq!(fault, Some(Fault::TooManyParts));
}

#[test]
fn content_types() {
    let good = [
        "multipart/form-data; boundary=B",
        "Multipart/Form-Data;charset=utf-8; boundary=\"a b\"",
        "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
    ];
    let bad = [
        "",
        "multipart/form-data",
        "multipart/mixed; boundary=B",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=한",
    ];
    assert!(good.iter().all(|t| Parser::from_content_type(t).is_some()));
    for text in bad {
        assert!(Parser::from_content_type(text).is_none(), "{text}");
    }
}

/// All pieces, the data of a part joined, however the body was cut.
fn pieces(body: &[u8], step: usize) -> (Vec<Piece>, Option<Fault>) {
    let mut parser = Parser::from_content_type("multipart/form-data; boundary=B").expect("good");
    let mut out: Vec<Piece> = Vec::new();
    for chunk in body.chunks(step) {
        parser.push(chunk);
        loop {
            match parser.next() {
                Ok(None) => break,
                Err(fault) => return (out, Some(fault)),
                Ok(Some(Piece::Data(more))) => match out.last_mut() {
                    Some(Piece::Data(data)) => *data = [&data[..], &more[..]].concat().into(),
                    _ => out.push(Piece::Data(more)),
                },
                Ok(Some(piece)) => out.push(piece),
            }
        }
    }
    (out, None)
}

proptest! {
    #[test]
    fn any_bytes_are_taken_or_refused_alike_in_any_pieces(
        body in "(--B|\r\n|--|[a-z]{1,3}|Content-Disposition: form-data; name=\"x\"|\r\n\r\n|\r){0,40}",
        step in 1usize..20,
    ) {
        let whole = pieces(body.as_bytes(), usize::MAX);
        prop_assert_eq!(pieces(body.as_bytes(), step).1.is_some(), whole.1.is_some());
        if whole.1.is_none() {
            prop_assert_eq!(pieces(body.as_bytes(), step), whole);
        }
    }

    #[test]
    fn content_survives(content: Vec<u8>, step in 1usize..50) {
        let mut body = b"--B\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n".to_vec();
        body.extend_from_slice(&content);
        body.extend_from_slice(b"\r\n--B--");
        prop_assume!(!content.windows(5).any(|w| w == b"\r\n--B"));
        let (out, fault) = pieces(&body, step);
        prop_assert_eq!(fault, None);
        let data: Vec<u8> = out
            .iter()
            .filter_map(|p| match p { Piece::Data(d) => Some(d.to_vec()), _ => None })
            .flatten()
            .collect();
        prop_assert_eq!(data, content);
        prop_assert_eq!(out.last(), Some(&Piece::Close));
    }
}

/// Keeps what comes, by field.
#[derive(Debug, Default)]
struct Files(Vec<(String, String, Vec<u8>)>);

impl FileSinks for Files {
    fn begin(&mut self, field: &str, name: String) -> Result<()> {
        if field == "unknown" {
            return Err(malformed());
        }
        self.0.push((field.to_owned(), name, Vec::new()));
        Ok(())
    }

    async fn write(&mut self, piece: Bytes) -> Result<()> {
        self.0
            .last_mut()
            .expect("begun")
            .2
            .extend_from_slice(&piece);
        Ok(())
    }
}

async fn read_all(body: String, limit_bytes: u64) -> Result<(FormData, Files)> {
    let request = Request::builder()
        .header("content-type", "multipart/form-data; boundary=B")
        .body(Body::from(body))
        .expect("a request");
    let mut files = Files::default();
    let fields = read_open(request, &secret(), limit_bytes, &mut files).await?;
    Ok((fields, files))
}

#[tokio::test]
async fn a_form_with_lists_and_files_is_read_in_its_order() {
    let rows: String = (0..200)
        .map(|n| part("ref_title", &n.to_string()))
        .collect();
    let body = token() + &file("one", "a.mp3", "A") + &rows + &file("two", "", "") + "--B--";
    let (fields, files) = read_all(body, 1000).await.expect("good");
    assert_eq!(fields.all("ref_title").count(), 200);
    let names: Vec<&str> = files.0.iter().map(|f| f.0.as_str()).collect();
    assert_eq!(names, ["one", "two"]);
    assert_eq!(
        (files.0[0].2.as_slice(), files.0[1].1.as_str()),
        (&b"A"[..], "")
    );
}

#[tokio::test]
async fn a_form_with_lists_has_limits_too() {
    use crate::web::form::{MOST_FIELDS, POST_TEXT_BYTES};
    let late = part("title", "x") + &token() + "--B--";
    let refused = read_all(late, 1000).await.expect_err("a late token");
    assert!(matches!(refused, Error::Forbidden(_)));
    let unknown = token() + &file("unknown", "a", "A") + "--B--";
    let refused = read_all(unknown, 1000).await.expect_err("unknown");
    assert!(matches!(refused, Error::BadRequest(_)));
    let cut = read_all(token() + &part("title", "x"), 1000).await;
    assert!(matches!(cut.expect_err("cut off"), Error::BadRequest(_)));
    for body in [
        part("x", "").repeat(MOST_FIELDS),
        part("x", &"a".repeat(POST_TEXT_BYTES)),
        part("x", &"a".repeat(POST_TEXT_BYTES / 2)).repeat(3),
        file("one", "a", &"a".repeat(POST_TEXT_BYTES + (2 << 20))),
    ] {
        let refused = read_all(token() + &body + "--B--", 1000).await;
        assert!(matches!(
            refused.expect_err("too much"),
            Error::TooLarge { .. }
        ));
    }
}
