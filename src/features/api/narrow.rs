//! What the types of the handlers do not say of what is sent, so that the document refuses what the
//! program refuses: texts without control characters, members that one operation needs and another
//! does not, a query without `null`.
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// What `kernel::text::clean` takes, as a class of characters.
const NO_CONTROL: &str =
    r"^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFDD0-\uFDEF\uFFFE\uFFFF";

/// Makes the description narrower.
pub fn narrow(document: &mut Value) {
    let operations = document["paths"].as_object_mut().expect("paths");
    let operations = operations.values_mut().filter_map(Value::as_object_mut);
    for operation in operations.flat_map(|item| item.values_mut()) {
        let parameters = operation.get_mut("parameters");
        for parameter in parameters
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            without_null(&mut parameter["schema"]);
        }
        // A body may be absent, and is never `null`.
        let body = operation.get_mut("requestBody");
        let kinds = body.and_then(|body| body["content"].as_object_mut());
        for kind in kinds.into_iter().flat_map(|kinds| kinds.values_mut()) {
            without_null(&mut kind["schema"]);
        }
    }
    need(
        document,
        "/api/v1/posts/{id}",
        "patch",
        json!({ "version": { "type": "integer" } }),
    );
    let text = json!({ "type": "string" });
    let members = json!({ "title": text, "description": text });
    need(document, "/api/v1/shows", "post", members);
    let schemas = &mut document["components"]["schemas"];
    // A token makes no owners.
    for name in ["RightsInput", "InvitationInput"] {
        let role = &mut schemas[name]["properties"]["role"];
        let told = role["description"].take();
        *role = json!({ "type": "string", "enum": ["editor", "contributor"], "description": told });
        let needed = schemas[name]["required"].as_array_mut().expect("needed");
        needed.push(json!("shows"));
        schemas[name]["properties"]["shows"]["minItems"] = json!(1);
    }
    for one in schemas["Times"]["oneOf"]
        .as_array_mut()
        .expect("kinds of times")
    {
        if one["type"] == "object" {
            one["additionalProperties"] = json!(false);
        }
    }
    let owner_email = format!("^([{NO_CONTROL}]*@[{NO_CONTROL}]*)?$");
    schemas["ShowInput"]["properties"]["owner_email"]["pattern"] = json!(owner_email);
    // One of three is said of a sentence.
    let change = schemas["SentenceChange"]["properties"].take();
    let one = |name: &str, said: &Value| {
        json!({
            "type": "object",
            "required": ["id", name],
            "properties": { "id": change["id"], name: said },
        })
    };
    schemas["SentenceChange"] = json!({ "oneOf": [
        one("set", &change["set"]["oneOf"][0]),
        one("not_spoken", &json!({ "const": true })),
        one("back", &change["back"]["oneOf"][0]),
    ]});
    let schemas = document["components"]["schemas"].as_object_mut();
    schemas.expect("schemas").values_mut().for_each(instants);
    // What is absent from a change stays; what is sent as `null` is taken off.
    for name in ["PostInput", "ShowInput", "MeInput"] {
        let members = &mut document["components"]["schemas"][name]["properties"];
        for member in members.as_object_mut().expect("members").values_mut() {
            member.as_object_mut().expect("a schema").remove("default");
        }
    }
    for name in sent(document) {
        let schema = &mut document["components"]["schemas"][name];
        texts(schema);
        close(schema);
    }
    transcript_files(document);
    for (path, item) in document["paths"].as_object_mut().expect("paths") {
        for (method, operation) in item.as_object_mut().expect("methods") {
            operation["x-scope"] = json!(scopes(path, method));
        }
    }
}

/// The scope that a token needs; of two, the second where the public sees, saw or will see the post.
/// Without one any token does.
fn scopes(path: &str, method: &str) -> &'static [&'static str] {
    /// Parts of a post that listeners have at once.
    const HEARD: [&str; 9] = [
        "chapters",
        "transcript",
        "alignment",
        "alignment/go-on",
        "transcription",
        "sentences",
        "sentences/split",
        "sentences/join",
        "sentences/align",
    ];
    const PUBLIC: [&str; 6] = [
        "publish",
        "update",
        "schedule",
        "unschedule",
        "unlist",
        "relist",
    ];
    let place = path.trim_start_matches("/api/v1/");
    let first = place.split('/').next().unwrap_or_default();
    let part = place.strip_prefix("posts/{id}").unwrap_or("none");
    let part = part.trim_start_matches('/');
    match (method, first) {
        ("options", _) => &[],
        ("get", _) if place == "me" => &[],
        (_, "me" | "people" | "invitations" | "log") => &["manage"],
        ("get", _) => &["read"],
        (_, "shows") if !place.ends_with("/posts") => &["manage"],
        ("delete", _) if part == "alignment" => &["write"],
        ("delete", _) if part.is_empty() => &["write", "publish"],
        _ if part == "restore" => &["write", "publish"],
        _ if HEARD.contains(&part) => &["write", "publish"],
        _ if PUBLIC.contains(&part) || part.starts_with("corrections") => &["publish"],
        _ => &["write"],
    }
}

/// Which files of a transcript there are.
fn transcript_files(document: &mut Value) {
    let operation = &mut document["paths"]["/api/v1/posts/{id}/transcript/{file}"]["get"];
    let parameters = operation["parameters"].as_array_mut().expect("parameters");
    for parameter in parameters {
        if parameter["name"] == "file" {
            let names =
                ["vtt", "srt", "json", "html", "txt"].map(|end| format!("transcript.{end}"));
            parameter["schema"] = json!({ "type": "string", "enum": names });
        }
    }
    let json = &mut operation["responses"]["200"]["content"]["application/json"];
    json["schema"] = json!({ "type": "object" });
}

/// Texts that are instants are called so.
fn instants(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let properties = members.get_mut("properties").and_then(Value::as_object_mut);
            for (name, property) in properties.into_iter().flatten() {
                // That one is an address.
                let is_instant = (name == "at" || name.ends_with("_at")) && name != "listed_at";
                if is_instant && is_text(property) {
                    property["format"] = json!("date-time");
                }
            }
            members.values_mut().for_each(instants);
        }
        Value::Array(items) => items.iter_mut().for_each(instants),
        _ => {}
    }
}

/// Refuses members that are not told of.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.contains_key("properties") {
                members.insert("additionalProperties".to_owned(), json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn is_text(schema: &Value) -> bool {
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "string"),
        kind => kind == "string",
    }
}

/// What an address or a header leaves out is not there; it cannot be `null`.
fn without_null(schema: &mut Value) {
    if let Some(kinds) = schema.get_mut("type").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_slice() {
            schema["type"] = one.clone();
        }
    }
    if let Some(kinds) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind["type"] != "null");
        if let [one] = kinds.as_slice() {
            *schema = one.clone();
        }
    }
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.retain(|word| !word.is_null());
    }
}

/// Members that an operation needs of a body which others take without them.
fn need(document: &mut Value, path: &str, method: &str, members: Value) {
    let body = &mut document["paths"][path][method]["requestBody"];
    let schema = &mut body["content"]["application/json"]["schema"];
    let names: Vec<&String> = members.as_object().expect("members").keys().collect();
    let needed = json!({ "type": "object", "required": names, "properties": members });
    *schema = json!({ "allOf": [schema.take(), needed] });
}

/// Names of the schemas of what is sent.
fn sent(document: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.values().filter_map(Value::as_object);
    for operation in operations.flat_map(Map::values) {
        follow(document, &operation["requestBody"], &mut names);
    }
    names
}

fn follow(document: &Value, value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let to = members.get("$ref").and_then(Value::as_str);
            let name = to.and_then(|to| to.strip_prefix("#/components/schemas/"));
            if let Some(name) = name
                && names.insert(name.to_owned())
            {
                follow(document, &document["components"]["schemas"][name], names);
            }
            members.values().for_each(|v| follow(document, v, names));
        }
        Value::Array(items) => items.iter().for_each(|v| follow(document, v, names)),
        _ => {}
    }
}

/// Gives every text that nothing else is said of the pattern of a text.
fn texts(schema: &mut Value) {
    let is_text = is_text(schema);
    match schema {
        Value::Object(members) => {
            let is_narrow = ["enum", "pattern", "format"]
                .iter()
                .any(|word| members.contains_key(*word));
            if is_text && !is_narrow {
                members.insert("pattern".to_owned(), json!(format!("^[{NO_CONTROL}]*$")));
            }
            members.values_mut().for_each(texts);
        }
        Value::Array(items) => items.iter_mut().for_each(texts),
        _ => {}
    }
}
