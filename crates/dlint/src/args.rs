//! The arguments.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use dlint_linter::Language;
use dlint_linter::date::Date;
use dlint_linter::severity::{Rating, Threshold};

use crate::Status;
use crate::settings::over::Over;
use crate::write::{Sink, print};

/// Lint Dockerfiles, Compose files and Docker's daemon.json
#[derive(Debug, Parser)]
#[command(
    name = "dlint",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Exit status: 0 nothing to complain of, 1 findings at or above --fail-on, 2 an error"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) check: CheckArgs,

    /// Whether to colour the output
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t, hide_default_value = true)]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lint files and folders (the default command)
    Check(Box<CheckArgs>),
    /// Show the page of a rule
    Explain {
        /// The rule's name, or another tool's code for it
        rule: String,
    },
    /// List the rules
    Rules {
        /// How to write the list
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
        output_format: ListFormat,
        /// Only the rules of a policy; for cis, owasp and guide what each item is looked for with
        #[arg(long, value_name = "NAME")]
        policy: Option<String>,
    },
    /// Show a Compose project as it is merged, with the file and line that each value is from
    Show(ShowArgs),
    /// Write a configuration file for the files at hand
    Init(InitArgs),
    /// Show what the configuration comes to, and what it may say
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Run the language server on standard input and output
    Lsp {
        /// File that the server writes its log to
        #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
        log_file: Option<PathBuf>,
        /// What some editors say; there is no other way to talk to it
        #[arg(long, hide = true)]
        stdio: bool,
        /// The editor's process, which some editors name
        #[arg(long = "clientProcessId", hide = true, value_name = "ID")]
        client_process_id: Option<u32>,
    },
    /// Write a completion script for a shell to standard output
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// Arguments of `dlint check`.
#[derive(Debug, Clone, Default, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag that people give")]
pub(crate) struct CheckArgs {
    /// Files and folders; `-` is standard input [default: .]
    #[arg(value_name = "PATHS", value_hint = clap::ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// Apply the safe fixes
    #[arg(long)]
    pub(crate) fix: bool,

    /// With --fix or --diff: also fixes that may change what an image or a container does
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,

    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["output_format", "statistics"])]
    pub(crate) diff: bool,

    /// Check exactly these rules (names, other tools' codes, categories, ALL), and syntax
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) select: Vec<String>,

    /// Do not check these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,

    /// Start from the rules and levels of a policy: recommended, hardened, cis, owasp, guide, hadolint, buildkit, or one of the configuration file
    #[arg(long, value_name = "NAME", help_heading = "Rules")]
    pub(crate) policy: Option<String>,

    /// Report what comments in the files ignore, too
    #[arg(long, help_heading = "Rules")]
    pub(crate) no_inline_ignores: bool,

    /// Report only findings that the file does not have
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "diff", help_heading = "Rules")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write all findings into the file of --baseline, and exit with 0
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "changed_lines"], help_heading = "Rules")]
    pub(crate) write_baseline: bool,

    /// Report only findings on lines that a unified diff adds; `-` is standard input
    #[arg(long, value_name = "DIFF", value_hint = clap::ValueHint::FilePath, conflicts_with = "diff", help_heading = "Rules")]
    pub(crate) changed_lines: Option<PathBuf>,

    /// Report only findings with at least this CVSS rating
    #[arg(long, value_name = "RATING", value_parser = rating_parser(), help_heading = "Rules")]
    pub(crate) min_rating: Option<Rating>,

    /// The least level, or CVSS rating, that makes the exit status 1 [default: warning]
    #[arg(long, value_name = "LEVEL", value_parser = threshold_parser(), help_heading = "Rules")]
    pub(crate) fail_on: Option<Threshold>,

    /// The day on which images have to be supported, as 2026-05-01, or `today` [default: that of the table of ends of life]
    #[arg(long, value_name = "DATE", value_parser = day_parser, help_heading = "Rules")]
    pub(crate) as_of: Option<Date>,

    /// Run ShellCheck over the scripts, too, if it is installed
    #[arg(long, value_name = "PATH", num_args = 0..=1, require_equals = true, default_missing_value = "shellcheck", help_heading = "Rules")]
    pub(crate) shellcheck: Option<PathBuf>,

    /// Configuration file, instead of the nearest dlint.toml or .dlint.toml upwards from each file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", value_hint = clap::ValueHint::FilePath, help_heading = "Rules")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration file
    #[arg(long, help_heading = "Rules")]
    pub(crate) no_config: bool,

    /// Do not go by configuration files of hadolint, dclint and compose-lint where there is none of dlint
    #[arg(long, help_heading = "Rules")]
    pub(crate) no_compat: bool,

    /// Name that standard input goes by: says its language and where it would lie
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Files")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Language of the given files whose name does not tell
    #[arg(long, value_name = "LANGUAGE", value_parser = language_parser(), help_heading = "Files")]
    pub(crate) language: Option<Language>,

    /// Leave out what the configuration excludes even if it is given by name
    #[arg(long, help_heading = "Files")]
    pub(crate) force_exclude: bool,

    /// How to write the report [default: text]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<OutputFormat>,

    /// Write the report to a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Output")]
    pub(crate) output_file: Option<PathBuf>,

    /// Write another report beside it; may be given again. `-` is standard output
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output, conflicts_with = "diff", help_heading = "Output")]
    pub(crate) output: Vec<Output>,

    /// Leave out of SARIF what comments ignore; GitHub code scanning shows it as open otherwise
    #[arg(long, help_heading = "Output")]
    pub(crate) hide_suppressed: bool,

    /// What to put before the relative paths in reports
    #[arg(long, value_name = "PREFIX", value_parser = OsStringValueParser::new().map(PathBuf::from), help_heading = "Output")]
    pub(crate) path_prefix: Option<PathBuf>,

    /// Show how often each rule was broken instead of every finding
    #[arg(long, help_heading = "Output")]
    pub(crate) statistics: bool,

    /// Show findings and errors only
    #[arg(long, short, help_heading = "Output")]
    pub(crate) quiet: bool,

    /// Exit with 0 even if there are findings
    #[arg(long, help_heading = "Output")]
    pub(crate) exit_zero: bool,

    /// The arguments that variables of the environment gave, without `--`.
    #[arg(skip)]
    pub(crate) from_environment: BTreeSet<&'static str>,

    /// What an editor puts upon the configuration files
    #[arg(skip)]
    pub(crate) over: Option<Arc<Over>>,
}

/// Arguments of `dlint show`.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Compose files; those after the first are laid over it, and with one alone its override beside it [default: the nearest one]
    #[arg(value_name = "FILES", value_hint = clap::ValueHint::FilePath)]
    pub(crate) paths: Vec<PathBuf>,

    /// How to write the project
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output_format: ShowFormat,

    /// File of variables, instead of the project's `.env`; may be given again
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) env_file: Vec<PathBuf>,

    /// Folder that relative paths are taken from, instead of the first file's
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    pub(crate) project_directory: Option<PathBuf>,
}

/// Arguments of `dlint init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Folder that the file is for
    #[arg(value_name = "FOLDER", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    pub(crate) folder: PathBuf,

    /// Configuration file of hadolint, dclint or compose-lint to convert; may be given again [default: those in the folder]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) from: Vec<PathBuf>,

    /// Where to write it; `-` is standard output [default: dlint.toml in the folder]
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,

    /// Replace a file that is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// What `dlint config` does.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show what holds for a file, and where each value is from
    Show {
        /// A file to lint, or a folder; it need not be there
        #[arg(value_name = "PATH", default_value = ".", value_hint = clap::ValueHint::AnyPath)]
        path: PathBuf,

        /// Language of the file, if its name does not tell
        #[arg(long, value_name = "LANGUAGE", value_parser = language_parser())]
        language: Option<Language>,

        /// Configuration file, instead of the nearest one
        #[arg(long, value_name = "FILE", conflicts_with = "no_config", value_hint = clap::ValueHint::FilePath)]
        config: Option<PathBuf>,

        /// Use no configuration file
        #[arg(long)]
        no_config: bool,

        /// Do not go by configuration files of hadolint, dclint and compose-lint
        #[arg(long)]
        no_compat: bool,
    },
    /// Print the JSON Schema of dlint.toml
    Schema,
}

/// Formats of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ShowFormat {
    /// YAML, with the places as comments
    #[default]
    Yaml,
    /// JSON: each value as `{"value", "origin": {"path", "line", "column"}}`
    Json,
}

/// Formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people: each finding with the lines it is about
    #[default]
    Text,
    /// One line a finding
    Concise,
    /// One JSON object
    Json,
    /// A JSON object a finding, a line each
    Jsonl,
    /// Annotations of GitHub Actions, and the summary of the job
    Github,
    /// SARIF 2.1.0, for GitHub code scanning and others
    Sarif,
    /// Code Quality of GitLab
    Gitlab,
    /// XML of JUnit
    Junit,
    /// XML of Checkstyle
    Checkstyle,
    /// JSON of reviewdog
    Rdjson,
    /// JSON Lines of reviewdog
    Rdjsonl,
    /// Issues of Azure Pipelines
    Azure,
    /// Inspections of TeamCity
    Teamcity,
    /// A table in Markdown
    Markdown,
}

/// A report beside the first: `FORMAT=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    /// Its format.
    pub(crate) format: OutputFormat,
    /// Where it goes; `-` is standard output.
    pub(crate) path: PathBuf,
}

fn parse_output(text: &str) -> Result<Output, String> {
    let formats = || {
        let names: Vec<String> = OutputFormat::value_variants()
            .iter()
            .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
            .collect();
        names.join(", ")
    };
    let (format, path) = text
        .split_once('=')
        .filter(|(_, path)| !path.is_empty())
        .ok_or_else(|| "give a format and a file, as in `sarif=dlint.sarif`".to_owned())?;
    let format = OutputFormat::from_str(format, false)
        .map_err(|_| format!("`{format}` is no format; there are {}", formats()))?;
    Ok(Output { format, path: PathBuf::from(path) })
}

/// Formats of the list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    #[default]
    Text,
    /// A JSON array
    Json,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A day, or `today`: that of the clock, in UTC.
fn day_parser(word: &str) -> Result<Date, String> {
    if word != "today" {
        return word.parse();
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_secs();
    let today = u32::try_from(seconds / (24 * 60 * 60)).ok().and_then(Date::from_unix_days);
    today.ok_or_else(|| "the clock is wrong".to_owned())
}

fn threshold_parser() -> impl TypedValueParser<Value = Threshold> {
    PossibleValuesParser::new(Threshold::names())
        .map(|name| Threshold::of_name(&name).expect("one of the possible values"))
}

fn rating_parser() -> impl TypedValueParser<Value = Rating> {
    PossibleValuesParser::new(Rating::ALL.map(Rating::name))
        .map(|name| Rating::ALL.into_iter().find(|rating| rating.name() == name).expect("one of the possible values"))
}

fn language_parser() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::name))
        .map(|name| name.parse().expect("one of the possible values"))
}

/// Writes a completion script.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<Status, String> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dlint", &mut script);
    print(&Sink::Stdout, [script.as_slice()])?;
    Ok(Status::Clean)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Cli, Command};
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn check_is_the_default_command() {
        let bare = Cli::try_parse_from(["dlint", "--select", "a,b", "--select=c", "x"]).unwrap();
        assert!(bare.command.is_none());
        assert_eq!(bare.check.select, ["a", "b", "c"]);
        assert_eq!(bare.check.paths, [std::path::PathBuf::from("x")]);
        let named = Cli::try_parse_from(["dlint", "check", "--fix", "--", "--odd-name"]).unwrap();
        let Some(Command::Check(check)) = named.command else { panic!("a command") };
        assert!(check.fix);
        assert_eq!(check.paths, [std::path::PathBuf::from("--odd-name")]);
    }

    #[test]
    fn a_misspelt_flag_gets_a_suggestion() {
        let error = Cli::try_parse_from(["dlint", "check", "--slect", "x"]).unwrap_err().to_string();
        assert!(error.contains("'--select'"), "{error}");
        let error = Cli::try_parse_from(["dlint", "--fail-on", "eror"]).unwrap_err().to_string();
        assert!(error.contains("'error'"), "{error}");
    }
}
