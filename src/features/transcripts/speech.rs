//! Speech into text, asked of the server that the operator named: OpenAI's
//! `POST /v1/audio/transcriptions` (<https://platform.openai.com/docs/api-reference/audio>), which
//! speaches, vLLM and whisper.cpp's server take as well.
//!
//! Words with their times are wanted. A server or a model that cannot give them says so with a
//! 4xx, and is asked once more for the text alone: then the aligner finds the times.
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{StatusCode, header};
use serde_json::Value;

use crate::config::Transcription;
use crate::features::recordings::Recording;
use crate::kernel::text::clean_line;
use crate::kernel::{Message, Result};
use crate::ports::fetch::{Failed, FilePart, Request};
use crate::state::AppState;
use crate::web::task::blocking;

/// From the first byte to the last: hours of sound on a slow machine take hours.
const TOTAL: Duration = Duration::from_secs(6 * 3600);
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
    let mut answer = ask(state, server, &part, language, Wanted::WordsWithTimes).await;
    if matches!(&answer, Ok((status, _)) if asks_for_less(*status)) {
        answer = ask(state, server, &part, language, Wanted::Text).await;
    }
    Ok(judge(answer))
}

async fn ask(
    state: &AppState,
    server: &Transcription,
    part: &FilePart,
    language: &str,
    wanted: Wanted,
) -> std::result::Result<(StatusCode, Bytes), Failed> {
    let mut fields = vec![("model", server.model.as_str())];
    // ISO 639-1, where BCP 47 has more.
    let language = language.split('-').next().unwrap_or_default();
    if language.len() == 2 {
        fields.push(("language", language));
    }
    fields.extend(wanted.fields());
    let request = Request::post_file(&server.url, &fields, part.clone(), MOST_BYTES, TOTAL);
    let mut request = request.named_by_operator();
    if let Some(key) = &server.key {
        request = request.with_secret(header::AUTHORIZATION, &format!("Bearer {key}"))?;
    }
    let answer = state.fetch.fetch(&request).await?;
    Ok((answer.status, answer.body))
}

/// Statuses by which servers refuse a field or a form of the answer.
fn asks_for_less(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_IMPLEMENTED
    )
}

fn judge(
    answer: std::result::Result<(StatusCode, Bytes), Failed>,
) -> std::result::Result<Bytes, Refused> {
    let Ok((status, body)) = answer else {
        return Err(Refused::ForNow(Message::new("error-speech-unreachable")));
    };
    match status {
        status if status.is_success() => Ok(body),
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

    fn answered(status: u16, body: &str) -> std::result::Result<Bytes, Refused> {
        let status = StatusCode::from_u16(status).expect("a status");
        judge(Ok((status, Bytes::from(body.to_owned()))))
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
        assert!(matches!(judge(Err(Failed)), Err(Refused::ForNow(_))));
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
