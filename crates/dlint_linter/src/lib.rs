//! dlint's core: documents, rules, diagnostics and fixes.
//!
//! One path for everybody who checks something, be it the command line, the language server or a test:
//! [`Document::parse`], then [`check()`], then a report or [`fix::fix_document`].
//!
//! Invariant: nothing here reads the disk, the environment, the clock or the network, but through [`Files`].

mod beside;
mod build;
pub mod check;
pub mod codes;
pub mod compose;
pub mod config;
pub mod daemon;
pub mod date;
pub mod diagnostic;
pub mod dockerignore;
pub mod document;
mod downloads;
mod exec_form;
pub mod fingerprint;
pub mod fix;
mod go;
mod host_paths;
mod hosts;
mod ignored;
pub mod image;
mod isolation;
pub mod language;
mod layout;
pub mod logging;
pub mod modes;
mod network;
pub mod packages;
pub mod platform;
pub mod policy;
mod ports;
mod powershell;
mod reach;
mod remote;
pub mod rule;
pub mod rules;
pub mod run;
mod scripts;
pub mod secrets;
mod sed;
pub mod selector;
pub mod severity;
pub mod shell;
pub mod shellcheck;
mod splitting;
pub mod stage;
pub mod suppress;
mod syntax;
mod text;
pub mod user;
pub mod utf16;
mod value;
mod verification;
mod wildcard;

pub use check::{Checked, Files, NoFiles, check, check_all};
pub use config::Config;
pub use diagnostic::{Category, Diagnostic, Edit, Fix, Level, Related, Safety};
pub use document::Document;
pub use language::Language;
pub use rule::{Rule, RuleId};
pub use suppress::Suppressed;
