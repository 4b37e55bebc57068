//! The programming interface: by token alone, and as its document says.
mod access;
mod desk;
mod owners;
mod public;
mod uploads;
mod work;

use axum::body::Body;
use http::Request;
use serde_json::Value;

use crate::support::{Answer, Browser, PASSWORD, Site};

/// A program with a token.
struct Program {
    browser: Browser,
    token: String,
}

impl Program {
    async fn ask(&self, method: &str, path: &str, body: impl Into<Body>, kind: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", kind)
            .body(body.into());
        self.browser.ask(request.expect("a request")).await
    }

    async fn json(&self, method: &str, path: &str, value: &Value) -> Answer {
        self.ask(method, path, value.to_string(), "application/json")
            .await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", "application/json").await
    }
}

/// Makes a token on the page.
async fn token_of(author: &Browser, scopes: &[&str]) -> String {
    token_by(author, PASSWORD, scopes).await
}

/// The same of somebody who was invited.
async fn token_of_person(person: &Browser, scopes: &[&str]) -> String {
    token_by(person, crate::roles::PASSWORD, scopes).await
}

async fn token_by(author: &Browser, password: &str, scopes: &[&str]) -> String {
    let page = author.get("/admin/account/tokens").await;
    let mut form = page
        .assert_status(200)
        .form(r#"form[action="/admin/account/tokens"]"#)
        .set("name", "스크립트")
        .set("password", password);
    for scope in scopes {
        form = form.with("scopes", scope);
    }
    let shown = author.submit(form).await;
    shown.assert_status(200).texts("code.secret")[0].clone()
}

async fn program(site: &Site, scopes: &[&str]) -> Program {
    // The list is in the order of time.
    site.clock.set(site.state.clock.now().plus_ms(1000));
    Program {
        token: token_of(&site.author(), scopes).await,
        browser: site.stranger(),
    }
}

const EVERYTHING: [&str; 4] = ["read", "write", "publish", "manage"];
