//! The author's side as a browser without JavaScript uses it: pages, their forms, a cookie.
use std::net::SocketAddr;

use scraper::{ElementRef, Html, Selector};

use crate::http::{Answer, send};

/// Somebody logged in.
pub struct Author {
    addr: SocketAddr,
    cookies: Vec<(String, String)>,
}

/// A form as it would be sent if nothing were typed.
#[derive(Debug, Clone)]
struct Form {
    /// Where each of its buttons sends it, by path.
    actions: Vec<String>,
    /// Names and values, hidden ones included.
    fields: Vec<(String, String)>,
    /// The name of its file, if it takes one.
    file: Option<String>,
}

impl Form {
    fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }
}

type Outcome<T> = Result<T, String>;

impl Author {
    /// Logs in through the form.
    pub fn log_in(addr: SocketAddr, email: &str, password: &str) -> Outcome<Self> {
        let mut author = Self {
            addr,
            cookies: Vec::new(),
        };
        let mut form = author.form("/admin/login", |form| form.has("password"))?;
        form.set("email", email);
        form.set("password", password);
        let answer = author.submit(&form, "login")?;
        if (300..400).contains(&answer.status) {
            Ok(author)
        } else {
            Err(format!("the login was answered with {}", answer.status))
        }
    }

    /// Makes a post with a recording and publishes it; gives the address of its editor.
    pub fn publish_episode(&mut self, title: &str, sound: &[u8]) -> Outcome<String> {
        let create = self.form("/admin", |form| {
            form.actions.iter().any(|action| action.ends_with("/posts"))
        })?;
        let answer = self.submit(&create, "/posts")?;
        let editor = path_of(
            answer
                .header("location")
                .ok_or("the new post has no address")?,
        );
        let upload = self.form(&editor, |form| form.file.is_some())?;
        let answer = self.submit_file(&upload, "bench.mp3", sound)?;
        if answer.status >= 400 {
            return Err(format!("the upload was answered with {}", answer.status));
        }
        self.publish(&editor, title)?;
        Ok(editor)
    }

    /// Publishes a post, or its update, under this title.
    pub fn publish(&mut self, editor: &str, title: &str) -> Outcome<()> {
        let mut form = self.form(editor, |form| {
            form.has("title")
                && form
                    .actions
                    .iter()
                    .any(|action| action.ends_with("/publish"))
        })?;
        form.set("title", title);
        let answer = self.submit(&form, "/publish")?;
        if answer.status >= 400 {
            return Err(format!("publishing was answered with {}", answer.status));
        }
        Ok(())
    }

    fn form(&mut self, path: &str, wanted: impl Fn(&Form) -> bool) -> Outcome<Form> {
        let answer = self.ask("GET", path, None, &[])?;
        if answer.status != 200 {
            return Err(format!("{path} was answered with {}", answer.status));
        }
        let found = forms(&answer.text(), path).into_iter().find(wanted);
        found.ok_or_else(|| format!("{path} has not the form that was looked for"))
    }

    /// Sends a form to the first of its actions that ends like this.
    fn submit(&mut self, form: &Form, ending: &str) -> Outcome<Answer> {
        let action = form.actions.iter().find(|action| action.ends_with(ending));
        let action = action.ok_or_else(|| format!("no button to {ending}"))?;
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(&form.fields);
        let kind = "application/x-www-form-urlencoded";
        self.ask("POST", action, Some(kind), body.finish().as_bytes())
    }

    fn submit_file(&mut self, form: &Form, name: &str, bytes: &[u8]) -> Outcome<Answer> {
        let file = form.file.as_deref().unwrap_or("file");
        let action = form.actions.first().ok_or("a form without an action")?;
        let boundary = "daebon-bench-0d9f4c6b";
        let mut body = Vec::with_capacity(bytes.len() + 4096);
        for (field, value) in &form.fields {
            let part = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{file}\"; \
             filename=\"{name}\"\r\nContent-Type: audio/mpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        self.ask("POST", action, Some(&kind), &body)
    }

    fn ask(
        &mut self,
        method: &str,
        path: &str,
        kind: Option<&str>,
        body: &[u8],
    ) -> Outcome<Answer> {
        let cookie: Vec<String> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let cookie = cookie.join("; ");
        let origin = format!("http://{}", self.addr);
        let mut headers = vec![
            ("Origin", origin.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
            ("Accept-Language", "en"),
        ];
        if !cookie.is_empty() {
            headers.push(("Cookie", &cookie));
        }
        if let Some(kind) = kind {
            headers.push(("Content-Type", kind));
        }
        let answer = send(self.addr, method, path, &headers, body)
            .map_err(|error| format!("{method} {path}: {error}"))?;
        for (_, value) in answer
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
        {
            let pair = value
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='));
            if let Some((name, value)) = pair {
                self.cookies.retain(|(known, _)| known != name);
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(answer)
    }
}

/// The forms of a page.
fn forms(html: &str, page: &str) -> Vec<Form> {
    let html = Html::parse_document(html);
    let select = |css: &str| Selector::parse(css).expect("a selector");
    let (form, control) = (select("form"), select("input, textarea, select, button"));
    let chosen = select("option[selected]");
    let first = select("option");
    let mut found = Vec::new();
    for element in html.select(&form) {
        let attr = |e: ElementRef, name: &str| e.value().attr(name).map(str::to_owned);
        let id = attr(element, "id");
        let outside = html
            .select(&control)
            .filter(|e| id.is_some() && attr(*e, "form") == id);
        let mut made = Form {
            actions: Vec::new(),
            fields: Vec::new(),
            file: None,
        };
        made.actions
            .push(attr(element, "action").map_or(page.to_owned(), |a| path_of(&a)));
        for control in element.select(&control).chain(outside) {
            made.actions
                .extend(attr(control, "formaction").map(|action| path_of(&action)));
            let Some(name) = attr(control, "name") else {
                continue;
            };
            let kind = attr(control, "type").unwrap_or_default();
            let value = match (control.value().name(), kind.as_str()) {
                ("input", "file") => {
                    made.file = Some(name);
                    continue;
                }
                ("button", _) | ("input", "submit" | "button") => continue,
                ("input", "checkbox" | "radio") if control.value().attr("checked").is_none() => {
                    continue;
                }
                ("textarea", _) => control.text().collect(),
                ("select", _) => control
                    .select(&chosen)
                    .chain(control.select(&first))
                    .next()
                    .and_then(|option| attr(option, "value"))
                    .unwrap_or_default(),
                _ => attr(control, "value").unwrap_or_default(),
            };
            made.fields.push((name, value));
        }
        found.push(made);
    }
    found
}

/// The path of an absolute or relative address.
pub fn path_of(address: &str) -> String {
    match address.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .map_or("/".to_owned(), |at| rest[at..].to_owned()),
        None => address.to_owned(),
    }
}

/// Silence of about this many bytes: MPEG-1 layer III, 128 kbit/s, 44.1 kHz, mono.
pub fn silence(bytes: usize) -> Vec<u8> {
    // 144 · 128,000 / 44,100 bytes a frame; all-zero side information decodes to nothing.
    let mut frame = vec![0xff, 0xfb, 0x90, 0xc0];
    frame.resize(417, 0);
    frame.repeat(bytes / frame.len())
}
