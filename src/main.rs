//! The program: everything is in the library.
use std::process::ExitCode;

fn main() -> ExitCode {
    match daebon::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("daebon: {error:#}");
            ExitCode::FAILURE
        }
    }
}
