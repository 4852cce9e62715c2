//! The command line of dlint: the only part that prints, exits and reads the disk.

mod args;
mod baseline;
mod changed;
mod check;
mod config;
mod content;
mod diff;
mod discover;
mod explain;
mod failure;
mod files;
mod ignored;
mod init;
mod kept;
mod lint;
mod lsp;
mod markdown;
mod nested;
mod output;
mod paths;
mod progress;
mod read;
mod reports;
mod rules;
mod settings;
mod shellcheck;
mod show;
mod summary;
mod terminal;
mod threads;
mod walk;
mod write;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use failure::Failure;

/// What a run of the program comes to. The numbers are a contract with scripts and CI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Nothing at or above the level that fails a run.
    Clean = 0,
    /// Findings at or above it.
    Findings = 1,
    /// Usage, configuration, unreadable input, nothing to lint, or an internal error.
    Error = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too. Where they cannot be written, nobody reads a complaint either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Status::Error as u8));
        }
    };
    let color = cli.color;
    let result = match cli.command {
        None => check::run(cli.check, color),
        Some(Command::Check(check)) => check::run(*check, color),
        Some(Command::Init(args)) => init::run(&args, color),
        Some(Command::Config { command }) => config::run(command),
        Some(Command::Explain { rule }) => explain::run(&rule, color).map_err(Failure::from),
        Some(Command::Rules { output_format, policy }) => {
            rules::run(output_format, policy.as_deref(), color).map_err(Failure::from)
        }
        Some(Command::Show(show)) => show::run(&show, color).map_err(Failure::from),
        Some(Command::Lsp { log_file, .. }) => lsp::run(log_file.as_deref()).map_err(Failure::from),
        Some(Command::Completions { shell }) => args::completions(shell).map_err(Failure::from),
    };
    result
        .unwrap_or_else(|failure| {
            failure.tell(color);
            Status::Error
        })
        .into()
}
