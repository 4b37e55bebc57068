//! A form of a page, filled in and sent as a browser does it (HTML, section 4.10.21).
use http::{Request, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{ElementRef, Html};

use axum::body::Body;

use super::Answer;
use super::answer::parse;

/// The line between the parts of a form with files.
const BOUNDARY: &str = "----a-boundary-that-stands-in-no-test-file";

/// A form with what its fields hold.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Whether it is sent as `multipart/form-data`.
    pub multipart: bool,
    /// Whether its fields stand in the address.
    asks: bool,
    fields: Vec<Field>,
    buttons: Vec<Button>,
}

#[derive(Debug, Clone)]
struct Button {
    name: String,
    value: String,
    /// Whether it sends the form as `multipart/form-data` whatever the form says.
    multipart: bool,
    /// How many fields stand before it: it is sent in its place.
    at: usize,
}

#[derive(Debug, Clone)]
struct Field {
    name: String,
    value: String,
    /// A file field with what was chosen: name and content.
    file: Option<(String, Vec<u8>)>,
    is_file: bool,
    /// A radio button or box that is not checked is not sent.
    sent: bool,
}

impl Form {
    /// Reads the one form that the selector finds.
    pub fn read(page: &Answer, selector: &str) -> Self {
        let html = Html::parse_document(page.text());
        let found: Vec<ElementRef> = html.select(&parse(selector)).collect();
        let form = *found
            .first()
            .unwrap_or_else(|| panic!("no {selector} in {}\n{}", page.asked, page.text()));
        let attr = |name| form.value().attr(name);
        let method = attr("method");
        assert!(
            matches!(method, Some("post" | "get")),
            "{selector} is sent by {method:?}"
        );
        let id = attr("id");
        let mut read = Self {
            action: attr("action").expect("an action").to_owned(),
            multipart: attr("enctype") == Some("multipart/form-data"),
            asks: method == Some("get"),
            fields: Vec::new(),
            buttons: Vec::new(),
        };
        for control in html.select(&parse("input, textarea, select, button")) {
            let owner = control.value().attr("form");
            let inside = control.ancestors().any(|a| a.id() == form.id());
            let ours = owner.map_or(inside, |owner| Some(owner) == id);
            if ours && !is_disabled(control) {
                read.take(control);
            }
        }
        read
    }

    fn take(&mut self, control: ElementRef) {
        let attr = |name| control.value().attr(name);
        let Some(name) = attr("name") else { return };
        let kind = attr("type").unwrap_or("text");
        let value = match control.value().name() {
            "textarea" => control.text().collect(),
            "select" => chosen(control),
            "button" => {
                let value = attr("value").unwrap_or_default();
                self.buttons.push(Button {
                    name: name.to_owned(),
                    value: value.to_owned(),
                    multipart: attr("formenctype") == Some("multipart/form-data"),
                    at: self.fields.len(),
                });
                return;
            }
            _ => attr("value").unwrap_or_default().to_owned(),
        };
        let checkable = matches!(kind, "radio" | "checkbox");
        self.fields.push(Field {
            name: name.to_owned(),
            value,
            file: None,
            is_file: kind == "file",
            sent: !checkable || attr("checked").is_some(),
        });
    }

    /// What a field holds.
    pub fn value(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|f| f.name == name && f.sent);
        &field.unwrap_or_else(|| panic!("no field {name}")).value
    }

    /// What all fields of a name hold.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let fields = self.fields.iter().filter(|f| f.name == name && f.sent);
        fields.map(|f| f.value.as_str()).collect()
    }

    /// Types into the first field of the name, or chooses the radio button of that value.
    pub fn set(self, name: &str, value: &str) -> Self {
        self.set_nth(name, 0, value)
    }

    /// Types into one of several fields of the name.
    pub fn set_nth(mut self, name: &str, n: usize, value: &str) -> Self {
        let radio = self.fields.iter().any(|f| f.name == name && !f.sent);
        let mut named = self.fields.iter_mut().filter(|f| f.name == name);
        if radio {
            named.for_each(|f| f.sent = f.value == value);
        } else {
            let field = named.nth(n);
            value.clone_into(&mut field.unwrap_or_else(|| panic!("no field {name}")).value);
        }
        self
    }

    /// Adds a field that the page does not have, as no browser would.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push(Field {
            name: name.to_owned(),
            value: value.to_owned(),
            file: None,
            is_file: false,
            sent: true,
        });
        self
    }

    /// Leaves out all fields of a name, as a browser does where they are disabled.
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|f| f.name != name);
        // A button is sent behind as many fields as stand before it now.
        for button in &mut self.buttons {
            button.at = button.at.min(self.fields.len());
        }
        self
    }

    /// Chooses a file.
    pub fn choose(mut self, name: &str, file_name: &str, bytes: &[u8]) -> Self {
        let field = self.fields.iter_mut().find(|f| f.is_file && f.name == name);
        field.unwrap_or_else(|| panic!("no file field {name}")).file =
            Some((file_name.to_owned(), bytes.to_vec()));
        self
    }

    /// Presses the button of this value; it must be on the page.
    pub fn press(mut self, value: &str) -> Self {
        let button = self.buttons.iter().find(|b| b.value == value);
        let button = button
            .unwrap_or_else(|| panic!("no button {value} among {:?}", self.buttons))
            .clone();
        self.multipart |= button.multipart;
        self.fields.insert(
            button.at,
            Field {
                name: button.name,
                value: button.value,
                file: None,
                is_file: false,
                sent: true,
            },
        );
        self
    }

    /// Sends what a button of this value would send, whether it is on the page or not.
    pub fn press_any(self, value: &str) -> Self {
        self.with("action", value)
    }

    /// Whether there is such a button.
    pub fn has_button(&self, value: &str) -> bool {
        self.buttons.iter().any(|b| b.value == value)
    }

    /// The body, and its type.
    pub fn encode(&self) -> (String, Vec<u8>) {
        if self.multipart {
            let kind = format!("multipart/form-data; boundary={BOUNDARY}");
            return (kind, self.as_parts());
        }
        let pairs: Vec<String> = self
            .sent()
            .filter(|f| !f.is_file)
            .map(|f| format!("{}={}", encoded(&f.name), encoded(&f.value)))
            .collect();
        let kind = "application/x-www-form-urlencoded".to_owned();
        (kind, pairs.join("&").into_bytes())
    }

    /// The request that a browser would make of it.
    pub fn request(&self) -> Request<Body> {
        let (kind, body) = self.encode();
        if self.asks {
            let query = String::from_utf8(body).expect("text");
            return Request::get(format!("{}?{query}", self.action))
                .body(Body::empty())
                .expect("a request");
        }
        Request::post(&self.action)
            .header(header::CONTENT_TYPE, kind)
            .header(header::CONTENT_LENGTH, body.len())
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request")
    }

    fn sent(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| f.sent)
    }

    fn as_parts(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for field in self.sent() {
            let name = &field.name;
            let head = match &field.file {
                _ if !field.is_file => {
                    format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n")
                }
                file => {
                    let file_name = file.as_ref().map_or("", |(n, _)| n.as_str());
                    format!(
                        "Content-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                         Content-Type: application/octet-stream\r\n\r\n"
                    )
                }
            };
            body.extend(format!("--{BOUNDARY}\r\n{head}").as_bytes());
            match &field.file {
                Some((_, bytes)) => body.extend(bytes),
                None if field.is_file => {}
                None => body.extend(lines(&field.value).as_bytes()),
            }
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        body
    }
}

/// Browsers send line ends of two characters.
fn lines(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\n', "\r\n")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(&lines(text), NON_ALPHANUMERIC).to_string()
}

fn chosen(select: ElementRef) -> String {
    let value = |e: ElementRef| e.value().attr("value").unwrap_or_default().to_owned();
    let options: Vec<ElementRef> = select.select(&parse("option")).collect();
    let selected = options
        .iter()
        .find(|o| o.value().attr("selected").is_some());
    selected
        .or(options.first())
        .map_or(String::new(), |o| value(*o))
}

fn is_disabled(control: ElementRef) -> bool {
    let off = |e: ElementRef| e.value().attr("disabled").is_some();
    off(control)
        || control
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|a| a.value().name() == "fieldset" && off(a))
}
