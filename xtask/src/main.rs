//! Tasks of dlint's maintainers: `cargo xtask generate`, `cargo xtask new-rule TOPIC NAME`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod lifecycles;
mod new_rule;
mod rules_md;
mod schema;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["generate"] => {
            let root = root();
            let all = [rules_md::write, schema::write, lifecycles::write].map(|write| write(&root));
            all.into_iter().collect::<Result<Vec<String>, String>>().map(|messages| messages.join("\n"))
        }
        ["new-rule", topic, name] => new_rule::write(&root(), topic, name),
        _ => {
            eprintln!("usage: cargo xtask generate | cargo xtask new-rule TOPIC NAME");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}
