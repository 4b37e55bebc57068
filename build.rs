//! How the program is linked.
#![allow(clippy::disallowed_methods)] // A build script is told of its target in the environment.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if packs_relocations() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether the addresses that the loader has to shift can be written down as a bitmap (RELR)
/// rather than 24 bytes each, which makes the program a megabyte smaller. glibc reads that form
/// from 2.36 on; the program runs on no older one than it was built with in any case.
fn packs_relocations() -> bool {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|v| v == value);
    let here = env::var("HOST").ok() == env::var("TARGET").ok();
    here && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && glibc().is_some_and(|version| version >= (2, 36))
}

fn glibc() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let told = String::from_utf8(told.ok()?.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
