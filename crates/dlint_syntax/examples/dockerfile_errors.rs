//! Prints what BuildKit refuses in Dockerfiles, one error a line: path, line, kind, message, separated by tabs.
//!
//! usage: `dockerfile_errors [--convert] FILE…`; with `--convert` also what BuildKit refuses only after reading

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use dlint_syntax::LineIndex;
use dlint_syntax::dockerfile::{convert_errors, parse};

fn main() -> ExitCode {
    let mut convert = false;
    let mut status = ExitCode::SUCCESS;
    for path in std::env::args().skip(1) {
        if path == "--convert" {
            convert = true;
            continue;
        }
        let text = match std::fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                eprintln!("{path}: {error}");
                status = ExitCode::FAILURE;
                continue;
            }
        };
        let index = LineIndex::new(&text);
        let file = parse(&text);
        let late = if convert { convert_errors(&file) } else { Vec::new() };
        for error in file.errors.iter().chain(&late) {
            let line = index.position(error.range.start()).line;
            println!("{path}\t{line}\t{}\t{}", error.kind.name(), error.message);
        }
    }
    status
}
