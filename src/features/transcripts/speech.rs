//! Speech into text, asked of the server that the operator named: OpenAI's
//! `POST /v1/audio/transcriptions` (<https://platform.openai.com/docs/api-reference/audio>), which
//! speaches, vLLM and whisper.cpp's server take as well.
//!
//! Words with their times are wanted. A server or a model that cannot give them says so with a
//! 4xx, and is asked once more for the text alone: then the aligner finds the times.
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::config::Transcription;
use crate::features::recordings::Recording;
use crate::kernel::text::clean_line;
use crate::kernel::{Message, Result};
use crate::ports::fetch::{Answer, FilePart, Request, Trouble};
use crate::state::AppState;
use crate::web::task::blocking;

/// From the first byte to the last: so long, and …
const LEAST_PATIENCE: Duration = Duration::from_secs(600);
/// … so many times the length of the recording, for slow machines.
const PATIENCE: u32 = 3;
/// The longest answer: words with times are about a hundred bytes each, ten thousand an hour.
const MOST_BYTES: usize = 32 << 20;
/// What the author is shown of what the server says, in characters.
const SAID_CHARS: usize = 200;

/// Why there is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The server may do it another time.
    ForNow(Message),
    /// It will not, whenever it is asked.
    ForGood(Message),
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    WordsWithTimes,
    Text,
}

impl Wanted {
    fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::WordsWithTimes => &[
                ("response_format", "verbose_json"),
                ("timestamp_granularities[]", "word"),
                ("timestamp_granularities[]", "segment"),
            ],
            Self::Text => &[("response_format", "json")],
        }
    }
}

/// Has a recording written down, and gives what the server answered: JSON, in one of the forms
/// that `formats::transcript::read` knows.
///
/// # Errors
/// Inner: the server would not, or was not reached. Outer: the file could not be opened.
pub async fn write_down(
    state: &AppState,
    server: &Transcription,
    recording: &Recording,
    language: &str,
) -> Result<std::result::Result<Bytes, Refused>> {
    let (media, hash) = (state.media.clone(), recording.media_hash.clone());
    let file = blocking(move || Ok(media.open(&hash)?)).await?;
    let part = FilePart {
        field: "file",
        name: format!("recording.{}", recording.kind.extension()),
        media_type: recording.kind.media_type(),
        file: Arc::new(file),
        length_bytes: recording.length_bytes,
    };
    let patience = patience(recording.duration_ms);
    let ask = |wanted| ask(state, server, &part, language, wanted, patience);
    let mut answer = ask(Wanted::WordsWithTimes).await;
    if matches!(&answer, Ok(answer) if asks_for_less(answer.status)) {
        answer = ask(Wanted::Text).await;
    }
    Ok(judge(answer, &server.url, patience))
}

/// How long a server is waited for that writes down a recording of this length.
fn patience(duration_ms: u64) -> Duration {
    LEAST_PATIENCE + PATIENCE * Duration::from_millis(duration_ms)
}

async fn ask(
    state: &AppState,
    server: &Transcription,
    part: &FilePart,
    language: &str,
    wanted: Wanted,
    patience: Duration,
) -> std::result::Result<Answer, Trouble> {
    let mut fields = vec![("model", server.model.as_str())];
    // ISO 639-1, where BCP 47 has more.
    let language = language.split('-').next().unwrap_or_default();
    if language.len() == 2 {
        fields.push(("language", language));
    }
    fields.extend(wanted.fields());
    let request = Request::post_file(&server.url, &fields, part.clone(), MOST_BYTES, patience);
    let mut request = request.named_by_operator();
    if let Some(key) = &server.key {
        let secret = request.with_secret(header::AUTHORIZATION, &format!("Bearer {key}"));
        request = secret.map_err(|_| Trouble::Unreachable)?;
    }
    state.fetch.fetch_named(&request).await
}

/// Statuses by which servers refuse a field or a form of the answer.
fn asks_for_less(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_IMPLEMENTED
    )
}

fn judge(
    answer: std::result::Result<Answer, Trouble>,
    asked: &str,
    patience: Duration,
) -> std::result::Result<Bytes, Refused> {
    let answer = answer.map_err(|trouble| match trouble {
        Trouble::Unreachable => Refused::ForNow(Message::new("error-speech-unreachable")),
        Trouble::Late => {
            let minutes = patience.as_secs().div_ceil(60);
            Refused::ForNow(Message::new("error-speech-late").with("minutes", minutes))
        }
        Trouble::TooLong => {
            let long = Message::new("error-speech-answer-long").with("mib", MOST_BYTES >> 20);
            Refused::ForGood(long)
        }
    })?;
    let body = answer.body;
    match answer.status {
        status if status.is_success() => Ok(body),
        status if status.is_redirection() && answer.headers.contains_key(header::LOCATION) => {
            let link = pointed_at(asked, &answer.headers);
            let message = Message::new("error-speech-redirected").with("link", link);
            Err(Refused::ForGood(message))
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Err(Refused::ForGood(Message::new("error-speech-key")))
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Refused::ForGood(Message::new("error-speech-too-large")))
        }
        status => {
            let message = Message::new("error-speech-refused")
                .with("status", status.as_u16())
                .with("said", said(&body));
            let later = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
            Err(if later {
                Refused::ForNow(message)
            } else {
                Refused::ForGood(message)
            })
        }
    }
}

/// The whole address that a redirect names, in one line.
fn pointed_at(asked: &str, headers: &HeaderMap) -> String {
    let location = headers.get(header::LOCATION).map(HeaderValue::as_bytes);
    let location = String::from_utf8_lossy(location.unwrap_or_default()).into_owned();
    let whole = url::Url::parse(asked).and_then(|asked| asked.join(&location));
    let whole = whole.map_or(location, String::from);
    let line = clean_line(&whole).unwrap_or_default();
    line.chars().take(SAID_CHARS).collect()
}

/// The sentence in the answer: `error.message` as OpenAI writes it, `detail` or `error` as others
/// do, else its beginning. One line, in the server's own language.
fn said(body: &[u8]) -> String {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let sentence = json.as_ref().and_then(|json| {
        let error = &json["error"];
        [&error["message"], error, &json["message"], &json["detail"]]
            .into_iter()
            .find_map(Value::as_str)
    });
    let text = sentence.map_or_else(
        || String::from_utf8_lossy(&body[..body.len().min(4 * SAID_CHARS)]).into_owned(),
        str::to_owned,
    );
    let spaced = text.replace(|c: char| c.is_control(), " ");
    let line = clean_line(&spaced).unwrap_or_default();
    line.chars().take(SAID_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: &str = "https://ear.example/v1/audio/transcriptions";

    fn answered(status: u16, body: &str) -> std::result::Result<Bytes, Refused> {
        let status = StatusCode::from_u16(status).expect("a status");
        let mut answer = Answer::of(status);
        answer.body = Bytes::from(body.to_owned());
        judge(Ok(answer), ASKED, patience(60_000))
    }

    #[test]
    fn redirects_and_what_takes_too_long_or_says_too_much_are_told() {
        for (location, link) in [
            ("/v2/hear", "https://ear.example/v2/hear"),
            ("http://other.example:9/x", "http://other.example:9/x"),
        ] {
            let mut answer = Answer::of(StatusCode::FOUND);
            let value = HeaderValue::from_static(location);
            answer.headers.insert(header::LOCATION, value);
            let refused = judge(Ok(answer), ASKED, LEAST_PATIENCE);
            let want = Message::new("error-speech-redirected").with("link", link);
            assert_eq!(refused, Err(Refused::ForGood(want)));
        }
        let late = judge(Err(Trouble::Late), ASKED, patience(20 * 60_000));
        let want = Message::new("error-speech-late").with("minutes", 70);
        assert_eq!(late, Err(Refused::ForNow(want)));
        let long = judge(Err(Trouble::TooLong), ASKED, LEAST_PATIENCE);
        assert!(matches!(long, Err(Refused::ForGood(m)) if m.key == "error-speech-answer-long"));
    }

    #[test]
    fn what_the_server_says_is_told_in_one_line() {
        let long = "아".repeat(1000);
        for (body, want) in [
            (
                r#"{"error":{"message":"too\nshort","type":"x"}}"#,
                "too short",
            ),
            (r#"{"error":"no such model"}"#, "no such model"),
            (r#"{"detail":"busy"}"#, "busy"),
            ("plain words", "plain words"),
            ("", ""),
        ] {
            let Err(Refused::ForGood(message)) = answered(404, body) else {
                panic!("{body} was taken");
            };
            assert_eq!(message.args[1].1, want, "{body}");
        }
        assert_eq!(said(long.as_bytes()).chars().count(), SAID_CHARS);
        assert!(!said(b"\xff\xfe\0<b>").contains('\0'));
    }

    #[test]
    fn what_may_pass_is_told_from_what_stays() {
        for (status, later) in [
            (429, true),
            (500, true),
            (503, true),
            (404, false),
            (400, false),
        ] {
            let refused = answered(status, "").expect_err("refused");
            assert_eq!(matches!(refused, Refused::ForNow(_)), later, "{status}");
        }
        let nowhere = judge(Err(Trouble::Unreachable), ASKED, LEAST_PATIENCE);
        assert!(matches!(nowhere, Err(Refused::ForNow(_))));
        for (status, key) in [
            (401, "error-speech-key"),
            (403, "error-speech-key"),
            (413, "error-speech-too-large"),
        ] {
            let want = Err(Refused::ForGood(Message::new(key)));
            assert_eq!(answered(status, "{}"), want, "{status}");
        }
        assert_eq!(answered(200, "{}"), Ok(Bytes::from_static(b"{}")));
    }
}
