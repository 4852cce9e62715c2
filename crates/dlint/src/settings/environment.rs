//! Variables of the environment, `DLINT_…`: each stands for an argument. They go before the configuration file, and the command line goes
//! before them.

use std::env;
use std::ffi::OsString;

use clap::Parser;

use crate::args::{CheckArgs, Cli, Command};
use crate::failure::Failure;

/// An argument that a variable stands for.
struct Variable {
    /// The argument, without `--`; the variable is called alike.
    flag: &'static str,
    /// Whether it takes a value; the others take `1` or `true`, and `0` or `false`.
    has_value: bool,
    /// Whether the command line says something that goes before it.
    is_given: fn(&CheckArgs) -> bool,
    /// Puts it among the arguments.
    set: fn(&mut CheckArgs, CheckArgs),
}

macro_rules! variables {
    ($($flag:literal $field:ident $kind:ident),* $(,)?) => {
        [$(Variable {
            flag: $flag,
            has_value: variables!(@value $kind),
            is_given: |args| variables!(@given $kind args.$field) || conflicts(args, $flag),
            set: |args, given| args.$field = given.$field,
        }),*]
    };
    (@value flag) => { false };
    (@value $kind:ident) => { true };
    (@given flag $field:expr) => { $field };
    (@given option $field:expr) => { $field.is_some() };
    (@given list $field:expr) => { !$field.is_empty() };
}

const VARIABLES: [Variable; 16] = variables! {
    "config" config option,
    "no-config" no_config flag,
    "no-compat" no_compat flag,
    "policy" policy option,
    "select" select list,
    "ignore" ignore list,
    "min-rating" min_rating option,
    "fail-on" fail_on option,
    "as-of" as_of option,
    "no-inline-ignores" no_inline_ignores flag,
    "baseline" baseline option,
    "changed-lines" changed_lines option,
    "shellcheck" shellcheck option,
    "output-format" output_format option,
    "quiet" quiet flag,
    "exit-zero" exit_zero flag,
};

/// Whether an argument of the command line rules the variable out.
fn conflicts(args: &CheckArgs, flag: &str) -> bool {
    match flag {
        "config" => args.no_config,
        "no-config" => args.config.is_some(),
        "output-format" => args.diff || args.statistics,
        "baseline" => args.diff,
        "changed-lines" => args.diff || args.write_baseline,
        _ => false,
    }
}

/// Puts what the environment says among the arguments, where the command line does not say it.
pub(crate) fn apply(args: &mut CheckArgs) -> Result<(), Failure> {
    for variable in &VARIABLES {
        let name = name(variable.flag);
        let Some(value) = env::var_os(&name).filter(|value| !value.is_empty()) else { continue };
        if (variable.is_given)(args) {
            continue;
        }
        let mut argument = OsString::from(format!("--{}", variable.flag));
        if variable.has_value {
            argument.push("=");
            argument.push(&value);
        } else {
            match value.to_str() {
                Some("1" | "true") => {}
                Some("0" | "false") => continue,
                _ => return Err(format!("{name}: `{}` is neither `1` nor `0`", value.to_string_lossy()).into()),
            }
        }
        let cli = Cli::try_parse_from([OsString::from("dlint"), "check".into(), argument]);
        let cli = cli.map_err(|error| Failure::from(format!("{name}: {}", sentence(&error))))?;
        if let Some(Command::Check(given)) = cli.command {
            (variable.set)(args, *given);
            args.from_environment.insert(variable.flag);
        }
    }
    Ok(())
}

/// The variable that stands for an argument.
fn name(flag: &str) -> String {
    format!("DLINT_{}", flag.replace('-', "_").to_ascii_uppercase())
}

/// What an argument is called by who gave it.
pub(crate) fn given_as(args: &CheckArgs, flag: &'static str) -> String {
    if args.from_environment.contains(flag) { name(flag) } else { format!("--{flag}") }
}

/// What is wrong with a value, without the usage of the command.
fn sentence(error: &clap::Error) -> String {
    let text = error.to_string();
    let lines = text.lines().map(str::trim).take_while(|line| !line.starts_with("For more information"));
    let joined = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    joined.trim_start_matches("error: ").to_owned()
}
