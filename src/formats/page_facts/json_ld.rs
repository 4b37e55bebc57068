//! What schema.org's JSON says of an article.
use serde_json::Value;

/// Nodes looked at, in all.
const MOST_NODES: usize = 500;

/// Empty texts are what is not said.
#[derive(Debug, Default)]
pub struct Said {
    pub headline: String,
    pub publisher: String,
    pub published: String,
}

impl Said {
    /// What the one says, and what the other says besides.
    pub fn or(self, other: Self) -> Self {
        let or = |a: String, b: String| if a.is_empty() { b } else { a };
        Self {
            headline: or(self.headline, other.headline),
            publisher: or(self.publisher, other.publisher),
            published: or(self.published, other.published),
        }
    }
}

/// Reads a block of JSON-LD; what is none says nothing.
pub fn read(text: &str) -> Said {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return Said::default();
    };
    let mut open = vec![&value];
    let mut seen = 0;
    // Articles stand at the top, in a list or in a graph.
    while let Some(value) = open.pop() {
        seen += 1;
        if seen > MOST_NODES {
            break;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(node) => {
                if node.contains_key("headline") || node.contains_key("datePublished") {
                    let text = |key: &str| node.get(key).and_then(Value::as_str);
                    let text = |key| text(key).unwrap_or_default().to_owned();
                    let publisher = node.get("publisher").map(name).unwrap_or_default();
                    return Said {
                        headline: text("headline"),
                        publisher,
                        published: text("datePublished"),
                    };
                }
                open.extend(node.get("@graph"));
                open.extend(node.get("mainEntity"));
            }
            _ => {}
        }
    }
    Said::default()
}

fn name(value: &Value) -> String {
    let value = match value {
        Value::Array(items) => items.first().unwrap_or(value),
        value => value,
    };
    let name = value.get("name").unwrap_or(value);
    name.as_str().unwrap_or_default().to_owned()
}
