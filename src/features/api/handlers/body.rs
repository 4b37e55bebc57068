//! JSON and queries in, JSON out.
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{json, tree};
use crate::kernel::ids::sha256_hex;
use crate::kernel::{Error, Message, Result};
use crate::web::form::{check_type, read_limited};
use crate::web::page;

/// Largest JSON body in bytes: a script of the largest size with every letter escaped.
const JSON_BYTES: usize = 8 << 20;

/// A JSON body (`application/json`) read as a `T`; a member that `T` does not know is refused at
/// any depth, so that a misspelt one is not lost in silence.
#[derive(Debug, Clone)]
pub struct Body<T>(pub T);

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned,
    S: Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let bytes = json_bytes(request).await?;
        read(&bytes).map(Self)
    }
}

/// As [`Body`], where no body at all means what an empty object means.
#[derive(Debug, Clone)]
pub struct OptionalBody<T>(pub T);

impl<T, S> FromRequest<S> for OptionalBody<T>
where
    T: DeserializeOwned + Default,
    S: Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read_limited(&parts.headers, body, JSON_BYTES).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        check_type(&parts.headers, "application/json")?;
        read(&bytes).map(Self)
    }
}

/// As [`Body`], with the SHA-256 of its bytes in lower-case hexadecimal: what tells a request that
/// is sent again from another one.
#[derive(Debug, Clone)]
pub struct Digested<T>(pub T, pub String);

impl<T, S> FromRequest<S> for Digested<T>
where
    T: DeserializeOwned,
    S: Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let bytes = json_bytes(request).await?;
        read(&bytes).map(|value| Self(value, sha256_hex(&bytes)))
    }
}

async fn json_bytes(request: Request) -> Result<Bytes> {
    let (parts, body) = request.into_parts();
    check_type(&parts.headers, "application/json")?;
    read_limited(&parts.headers, body, JSON_BYTES).await
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let members = json::members(bytes).map_err(Error::BadRequest)?;
    tree::read(members).map_err(|fault| Error::BadRequest(fault.message()))
}

/// The query of an address read as a `T`.
#[derive(Debug, Clone)]
pub struct Asked<T>(pub T);

impl<T, S> FromRequestParts<S> for Asked<T>
where
    T: DeserializeOwned,
    S: Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let read = Query::<T>::try_from_uri(&parts.uri);
        read.map(|Query(value)| Self(value))
            .map_err(|_| bad_query())
    }
}

/// A query that says nothing, or what nothing understands.
pub fn bad_query() -> Error {
    Error::BadRequest(Message::new("error-api-query"))
}

/// 200 with JSON.
pub fn ok(value: &impl Serialize) -> Result<Response> {
    page::json(StatusCode::OK, value)
}

/// 201 with JSON and the address of what was made.
pub fn created(location: &str, value: &impl Serialize) -> Result<Response> {
    let mut response = page::json(StatusCode::CREATED, value)?;
    let location = HeaderValue::from_str(location).map_err(|e| Error::Internal(e.into()))?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// 204.
pub fn nothing() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
