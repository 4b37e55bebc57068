//! The table of routes, read off its source, so that a test which walks it knows every new one.
use std::collections::BTreeSet;

const SOURCES: [&str; 2] = [
    include_str!("../../../src/app/routes.rs"),
    include_str!("../../../src/app/api_routes.rs"),
];

/// A route of the author's side with the methods that it takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The pattern with its places filled in.
    pub path: String,
    /// `GET`, `POST` and so on; empty for one that takes any.
    pub methods: BTreeSet<&'static str>,
}

impl Route {
    /// Whether it is one of the doors that a stranger may come to.
    pub fn is_door(&self) -> bool {
        [
            "/admin/login",
            "/admin/setup",
            "/admin/join",
            "/admin/reset",
        ]
        .iter()
        .any(|door| self.path.starts_with(door))
    }
}

/// Every route, with `id` in the place of what is asked for by id.
pub fn all(id: &str) -> Vec<Route> {
    let mut found = Vec::new();
    for piece in SOURCES.iter().flat_map(|s| s.split(".route(").skip(1)) {
        let (_, rest) = piece.split_once('"').expect("a pattern");
        let (pattern, rest) = rest.split_once('"').expect("a pattern");
        // What follows up to the end of the call says the methods.
        let end = rest.find("\n        .").unwrap_or(rest.len());
        let handlers = &rest[..end];
        let mut methods = BTreeSet::new();
        for (word, method) in [
            ("get(", "GET"),
            ("post(", "POST"),
            ("head(", "HEAD"),
            ("patch(", "PATCH"),
            ("put(", "PUT"),
            ("delete(", "DELETE"),
            ("options(", "OPTIONS"),
        ] {
            let called = handlers.match_indices(word).any(|(at, _)| {
                !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            });
            if called {
                methods.insert(method);
            }
        }
        found.push(Route {
            path: fill(pattern, id),
            methods,
        });
    }
    found.sort();
    assert!(found.len() > 30, "the table could not be read");
    found
}

/// Those of the author's side, the doors aside.
pub fn rooms(id: &str) -> Vec<Route> {
    let mut rooms = all(id);
    rooms.retain(|r| r.path.starts_with("/admin") && !r.is_door());
    assert!(rooms.len() > 20, "the table could not be read");
    rooms
}

fn fill(pattern: &str, id: &str) -> String {
    pattern
        .replace("{id}", id)
        .replace("{address}", "news")
        .replace("{show}", "@news")
        .replace("{slug}", "x")
        .replace("{number}", "1")
        .replace("{link}", "x")
        .replace("{token}", "x")
        .replace("{session}", "x")
        .replace("{person}", "aaaaaaaaaaaa")
        .replace("{hash}", "x")
        .replace("{file}", "x.mp3")
        .replace("{*rest}", "no/such/room")
        .replace("{*name}", "x.css")
}
