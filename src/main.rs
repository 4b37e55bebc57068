//! The program: everything is in the library.
use std::process::ExitCode;

/// Gives memory back soon after a peak (a feed being built, a picture decoded), which the C
/// library's allocator keeps for itself.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    match daebon::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("daebon: {error:#}");
            ExitCode::FAILURE
        }
    }
}
