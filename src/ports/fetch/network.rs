//! The wire below HTTP: names into addresses, addresses into lines. The system's; tests lay
//! their own.
use std::io;
use std::net::{IpAddr, SocketAddr};

use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

/// A line to somebody.
pub trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// What a request travels on.
pub trait Network: Send + Sync {
    /// Every address of a name.
    fn resolve<'a>(&'a self, name: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>>;

    /// A line to exactly this address.
    fn connect(&self, to: SocketAddr) -> BoxFuture<'_, io::Result<Box<dyn Line>>>;
}

/// The operating system's.
pub struct System;

impl Network for System {
    fn resolve<'a>(&'a self, name: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }

    fn connect(&self, to: SocketAddr) -> BoxFuture<'_, io::Result<Box<dyn Line>>> {
        Box::pin(async move {
            let line = TcpStream::connect(to).await?;
            line.set_nodelay(true)?;
            Ok(Box::new(line) as Box<dyn Line>)
        })
    }
}
