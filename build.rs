//! How the program is linked.
#![allow(clippy::disallowed_methods)] // A build script is told of its target in the environment.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if packs_relocations() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    if folds_identical_code() {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
}

/// Whether the linker keeps one copy of functions that came out the same, of which generic code
/// makes many: LLD does, which is the compiler's own for this target, where nobody chose another.
fn folds_identical_code() -> bool {
    let is_empty = |name: &str| env::var_os(name).is_none_or(|v| v.is_empty());
    env::var("TARGET").is_ok_and(|t| t == "x86_64-unknown-linux-gnu")
        && is_empty("CARGO_ENCODED_RUSTFLAGS")
        && is_empty("RUSTC_LINKER")
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
