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
    /// Where it goes, by path.
    action: String,
    /// Names and values, hidden ones included.
    fields: Vec<(String, String)>,
    /// The name of its file, if it takes one.
    file: Option<String>,
    /// Names and values of its buttons that can be pressed.
    buttons: Vec<(String, String)>,
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
        let answer = author.submit(&form, None)?;
        if (300..400).contains(&answer.status) {
            Ok(author)
        } else {
            Err(format!("the login was answered with {}", answer.status))
        }
    }

    /// Makes a post with a recording and publishes it; gives the address of its editor.
    pub fn publish_episode(&mut self, title: &str, sound: &[u8]) -> Outcome<String> {
        let create = self.form("/admin", |form| form.action.ends_with("/posts"))?;
        let answer = self.submit(&create, None)?;
        let editor = path_of(
            answer
                .header("location")
                .ok_or("the new post has no address")?,
        );
        let upload = self.form(&editor, |form| form.action.ends_with("/recording"))?;
        let answer = self.submit_file(&upload, "bench.mp3", sound)?;
        if answer.status >= 400 {
            return Err(format!("the upload was answered with {}", answer.status));
        }
        self.publish(&editor, title)?;
        Ok(editor)
    }

    /// Publishes a post, or its update, under this title.
    pub fn publish(&mut self, editor: &str, title: &str) -> Outcome<()> {
        let public = |(_, value): &&(String, String)| value == "publish" || value == "update";
        let mut form = self.form(editor, |form| form.has("title"))?;
        form.set("title", title);
        let button = form.buttons.iter().find(public).cloned();
        let button = button.ok_or("the editor has no button to publish")?;
        let answer = self.submit(&form, Some(button))?;
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

    /// Sends a form, as if this button were pressed.
    fn submit(&mut self, form: &Form, button: Option<(String, String)>) -> Outcome<Answer> {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form.fields.iter().chain(&button).map(|(n, v)| (n, v)));
        let kind = "application/x-www-form-urlencoded";
        self.ask("POST", &form.action, Some(kind), body.finish().as_bytes())
    }

    fn submit_file(&mut self, form: &Form, name: &str, bytes: &[u8]) -> Outcome<Answer> {
        let file = form.file.as_deref().unwrap_or("file");
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
        self.ask("POST", &form.action, Some(&kind), &body)
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

/// The forms of a page, each with the controls that are its own wherever they stand.
fn forms(html: &str, page: &str) -> Vec<Form> {
    let html = Html::parse_document(html);
    let select = |css: &str| Selector::parse(css).expect("a selector");
    let (form, control) = (select("form"), select("input, textarea, select, button"));
    let mut found = Vec::new();
    for element in html.select(&form) {
        let id = element.value().attr("id");
        let mut made = Form {
            action: element
                .value()
                .attr("action")
                .map_or(page.to_owned(), path_of),
            fields: Vec::new(),
            file: None,
            buttons: Vec::new(),
        };
        for control in html.select(&control) {
            let inside = control.ancestors().any(|node| node.id() == element.id());
            let owned = match control.value().attr("form") {
                Some(owner) => id == Some(owner),
                None => inside,
            };
            if owned {
                add(&mut made, control);
            }
        }
        found.push(made);
    }
    found
}

fn add(form: &mut Form, control: ElementRef) {
    let attr = |name: &str| control.value().attr(name).map(str::to_owned);
    let Some(name) = attr("name") else { return };
    let value = attr("value").unwrap_or_default();
    let kind = attr("type").unwrap_or_default();
    match (control.value().name(), kind.as_str()) {
        ("input", "file") => form.file = Some(name),
        ("button", _) | ("input", "submit") => form.buttons.push((name, value)),
        ("input", "checkbox" | "radio") if attr("checked").is_none() => {}
        ("textarea", _) => form.fields.push((name, control.text().collect())),
        ("select", _) => form.fields.push((name, chosen(control))),
        _ => form.fields.push((name, value)),
    }
}

/// The value of a list's chosen line, or of its first.
fn chosen(list: ElementRef) -> String {
    let line = |css: &str| {
        let selector = Selector::parse(css).expect("a selector");
        let option = list.select(&selector).next()?;
        option.value().attr("value").map(str::to_owned)
    };
    line("option[selected]")
        .or_else(|| line("option"))
        .unwrap_or_default()
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
