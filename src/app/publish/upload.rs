//! A recording on its way to the server: in pieces, each with its sum (tus 1.0), so that a line that
//! is cut, or a server that is started anew, costs a piece and not the whole.
use std::os::unix::fs::FileExt;

use anyhow::anyhow;
use data_encoding::BASE64;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use sha2::{Digest, Sha256};

use super::folder::Attachment;
use super::server::{MOST_BYTES, PATIENCE, PAUSES, Server, patience_for};
use crate::kernel::ids::UploadId;
use crate::kernel::urls::api;
use crate::ports::fetch::{Answer, Request};

/// The first piece in bytes; the next is twice as long where one arrived, half where one did not.
const FIRST_PIECE: u64 = 1 << 20;
/// The shortest piece and the longest.
const PIECES: [u64; 2] = [64 << 10, 8 << 20];

const RESUMABLE: (HeaderName, HeaderValue) = (
    HeaderName::from_static("tus-resumable"),
    HeaderValue::from_static("1.0.0"),
);
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");

impl Server {
    /// Sends a file as the recording of a post.
    ///
    /// # Errors
    /// What the server says against it; silence for some minutes in which nothing arrived.
    pub async fn send_recording(&self, post: &str, file: &Attachment) -> anyhow::Result<()> {
        let mut upload = self.begin(post, file).await?;
        let (mut at, mut length, mut pauses) = (0, FIRST_PIECE, PAUSES.iter());
        loop {
            let end = file.length_bytes.min(at + length);
            let request = self.signed(self.piece(&upload, file, at..end)?)?;
            match self.try_once(&request).await {
                Some(answer) if answer.status.is_success() => {
                    if end == file.length_bytes {
                        return Ok(());
                    }
                    (at, length, pauses) = (end, PIECES[1].min(length * 2), PAUSES.iter());
                    continue;
                }
                Some(answer) if !is_elsewhere(answer.status) => {
                    return self.read(answer).map(drop);
                }
                _ => {}
            }
            length = PIECES[0].max(length / 2);
            self.wait(*pauses.next().ok_or_else(|| self.silent())?)
                .await;
            let came = match self.arrived(&upload).await? {
                Some(came) => came,
                // Forgotten there.
                None => {
                    upload = self.begin(post, file).await?;
                    0
                }
            };
            if came > at {
                pauses = PAUSES.iter();
            }
            at = came;
        }
    }

    /// Begins an upload and gives its id.
    async fn begin(&self, post: &str, file: &Attachment) -> anyhow::Result<UploadId> {
        let url = self.url(&format!("{}/uploads", api::ROOT));
        let mut request = Request::bare(Method::POST, &url, MOST_BYTES, PATIENCE);
        let [post, name] = [post, &file.name].map(|text| BASE64.encode(text.as_bytes()));
        request.headers.extend([
            RESUMABLE,
            (
                HeaderName::from_static("upload-length"),
                file.length_bytes.into(),
            ),
            (
                HeaderName::from_static("upload-metadata"),
                HeaderValue::try_from(format!("post {post},filename {name}"))?,
            ),
        ]);
        let answer = self.answer(request).await?;
        let location = answer.headers.get(header::LOCATION);
        let id = location
            .and_then(|at| at.to_str().ok()?.rsplit('/').next()?.parse().ok())
            .filter(|_| answer.status == StatusCode::CREATED);
        match id {
            Some(id) => Ok(id),
            None => Err(self.read(answer).err().unwrap_or_else(|| self.no_server())),
        }
    }

    /// How much of an upload is safe there; nothing if it is forgotten.
    async fn arrived(&self, upload: &UploadId) -> anyhow::Result<Option<u64>> {
        let url = self.url(&api::upload(upload));
        let mut request = Request::bare(Method::HEAD, &url, MOST_BYTES, PATIENCE);
        request.headers.extend([RESUMABLE]);
        let answer = self.answer(request).await?;
        match answer.status {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_success() => {
                offset(&answer).map(Some).ok_or_else(|| self.no_server())
            }
            _ => Err(self.read(answer).err().unwrap_or_else(|| self.no_server())),
        }
    }

    fn piece(
        &self,
        upload: &UploadId,
        file: &Attachment,
        range: std::ops::Range<u64>,
    ) -> anyhow::Result<Request> {
        let mut bytes = vec![0; usize::try_from(range.end - range.start)?];
        let read = file.file.read_exact_at(&mut bytes, range.start);
        read.map_err(|why| anyhow!("{}: {why}", file.name))?;
        let sum = BASE64.encode(&Sha256::digest(&bytes));
        let url = self.url(&api::upload(upload));
        let total = patience_for(range.end - range.start);
        let at = range.start;
        let sent = file.file.clone();
        let mut request = Request::send_file(Method::PATCH, &url, sent, range, MOST_BYTES, total);
        request.headers = HeaderMap::from_iter([
            RESUMABLE,
            (OFFSET, at.into()),
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/offset+octet-stream"),
            ),
            (
                HeaderName::from_static("upload-checksum"),
                HeaderValue::try_from(format!("sha256 {sum}"))?,
            ),
        ]);
        Ok(request)
    }
}

fn offset(answer: &Answer) -> Option<u64> {
    answer.headers.get(OFFSET)?.to_str().ok()?.parse().ok()
}

/// Whether the server is further than was thought, or not as far, or the piece came otherwise: asked
/// how far it is, it tells.
fn is_elsewhere(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::CONFLICT | StatusCode::NOT_FOUND | StatusCode::GONE
    ) || status == 460
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::ports::fetch::Failed;

    const ID: &str = "aaaaaaaaaaaa";

    /// What a server has of a file, and what it does to the requests that come.
    #[derive(Default)]
    struct There {
        /// What is kept, if an upload was begun.
        came: Option<u64>,
        /// What is done to the n-th request.
        faults: Vec<(usize, Fault)>,
        /// Method and, of a piece, where it begins.
        asked: Vec<String>,
    }

    #[derive(Clone, Copy, PartialEq)]
    enum Fault {
        /// It never arrives.
        Lost,
        /// It is done, but its answer is lost.
        Unheard,
        /// It comes otherwise than it was sent.
        Spoilt,
        /// The upload is forgotten before.
        Forgotten,
        /// The file is refused.
        Refused,
    }

    fn header(request: &Request, name: &str) -> u64 {
        let value = request.headers[name].to_str().expect("text");
        value.parse().expect("a number")
    }

    impl There {
        fn answer(&mut self, request: &Request, whole: u64) -> Result<Answer, Failed> {
            let due = |(n, _): &&(usize, Fault)| *n == self.asked.len();
            let fault = self.faults.iter().find(due).map(|(_, fault)| *fault);
            if fault == Some(Fault::Forgotten) {
                self.came = None;
            }
            let of = |status: u16| Answer::of(StatusCode::from_u16(status).expect("a status"));
            let method = request.method.as_str();
            let answer = match (method, self.came) {
                _ if fault == Some(Fault::Lost) => Err(Failed),
                _ if fault == Some(Fault::Refused) => Ok(Answer {
                    body: r#"{"detail":"no sound"}"#.into(),
                    ..of(422)
                }),
                ("POST", _) => {
                    assert_eq!(header(request, "upload-length"), whole);
                    self.came = Some(0);
                    let mut made = of(201);
                    let at = format!("/api/v1/uploads/{ID}").parse().expect("a value");
                    made.headers.insert(header::LOCATION, at);
                    Ok(made)
                }
                (_, None) => Ok(of(404)),
                ("HEAD", Some(came)) => {
                    let mut told = of(200);
                    told.headers.insert(OFFSET, came.into());
                    Ok(told)
                }
                _ if fault == Some(Fault::Spoilt) => Ok(of(460)),
                (_, Some(came)) if header(request, "upload-offset") != came => Ok(of(409)),
                (_, Some(came)) => {
                    self.came = Some(came + request.attached_bytes());
                    Ok(of(204))
                }
            };
            let at = request
                .headers
                .get(OFFSET)
                .map(|_| header(request, "upload-offset"));
            let at = at.map(|at| format!(" {}k", at >> 10));
            self.asked
                .push(format!("{method}{}", at.unwrap_or_default()));
            match fault {
                Some(Fault::Unheard) => Err(Failed),
                _ => answer,
            }
        }
    }

    async fn sent(megabytes: u64, faults: &[(usize, Fault)]) -> (anyhow::Result<()>, Vec<String>) {
        let mut file = tempfile::tempfile().expect("a file");
        let length_bytes = megabytes << 20;
        file.write_all(&vec![7; length_bytes as usize])
            .expect("written");
        let file = Attachment {
            name: "녹음.wav".to_owned(),
            file: Arc::new(file),
            length_bytes,
            sha256: String::new(),
        };
        let there = Arc::new(Mutex::new(There {
            faults: faults.to_vec(),
            ..There::default()
        }));
        let shared = there.clone();
        let server = Server::in_memory(move |request| {
            shared.lock().expect("whole").answer(request, length_bytes)
        });
        let outcome = server.send_recording("aaaaaaaaaaaa", &file).await;
        let there = there.lock().expect("whole");
        if outcome.is_ok() {
            assert_eq!(there.came, Some(length_bytes));
        }
        (outcome, there.asked.clone())
    }

    #[tokio::test(start_paused = true)]
    async fn pieces_grow_while_they_arrive() {
        let (outcome, asked) = sent(20, &[]).await;
        outcome.expect("sent");
        let want = [
            "POST",
            "PATCH 0k",
            "PATCH 1024k",
            "PATCH 3072k",
            "PATCH 7168k",
            "PATCH 15360k",
        ];
        assert_eq!(asked, want);
    }

    #[tokio::test(start_paused = true)]
    async fn what_arrived_is_not_sent_again() {
        for (fault, rest) in [
            (Fault::Lost, &["HEAD", "PATCH 1024k", "PATCH 2048k"][..]),
            (Fault::Spoilt, &["HEAD", "PATCH 1024k", "PATCH 2048k"]),
            (Fault::Unheard, &["HEAD", "PATCH 3072k"]),
            (
                Fault::Forgotten,
                &["HEAD", "POST", "PATCH 0k", "PATCH 1024k", "PATCH 3072k"],
            ),
        ] {
            let (outcome, asked) = sent(4, &[(2, fault)]).await;
            outcome.expect("sent");
            assert_eq!(&asked[..3], ["POST", "PATCH 0k", "PATCH 1024k"]);
            assert_eq!(&asked[3..], rest);
        }
        // The last answer was lost: it is asked for once more, with nothing left to send.
        let (outcome, asked) = sent(1, &[(1, Fault::Unheard)]).await;
        outcome.expect("sent");
        assert_eq!(asked, ["POST", "PATCH 0k", "HEAD", "PATCH 1024k"]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_refused_is_told_and_silence_ends() {
        for at in [0, 1, 2] {
            let (outcome, asked) = sent(2, &[(at, Fault::Refused)]).await;
            let why = outcome.expect_err("refused").to_string();
            assert!(why.contains("no sound"), "{why}");
            assert_eq!(asked.len(), at + 1);
        }
        let silent: Vec<_> = (1..100).map(|n| (n, Fault::Lost)).collect();
        let (outcome, _) = sent(1, &silent).await;
        let why = outcome.expect_err("silent").to_string();
        assert!(why.contains("does not answer"), "{why}");
        // Nothing arrives, though somebody answers.
        let spoilt: Vec<_> = (1..100).step_by(2).map(|n| (n, Fault::Spoilt)).collect();
        let (outcome, asked) = sent(1, &spoilt).await;
        outcome.expect_err("in vain");
        assert_eq!(asked.len(), 2 * (PAUSES.len() + 1));
    }
}
