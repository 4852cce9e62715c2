//! `bash-syntax-in-sh`: syntax of bash where `sh` reads the script.

mod features;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Base;
use dlint_syntax::shell::Command;

use crate::diagnostic::{Category, Edit, Level};
use crate::image::Reference;
use crate::image::known::is_official;
use crate::image::system_shell::SystemShell;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{ShellScript, scripts, sh};
use crate::shell::ShellKind;

use features::{Feature, features};

/// The rule.
pub const RULE: Rule = Rule {
    name: "bash-syntax-in-sh",
    summary: "Syntax of bash in a script that `sh` reads",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[
        "shellcheck:SC3001",
        "shellcheck:SC3003",
        "shellcheck:SC3004",
        "shellcheck:SC3005",
        "shellcheck:SC3006",
        "shellcheck:SC3008",
        "shellcheck:SC3009",
        "shellcheck:SC3010",
        "shellcheck:SC3011",
        "shellcheck:SC3014",
        "shellcheck:SC3015",
        "shellcheck:SC3016",
        "shellcheck:SC3020",
        "shellcheck:SC2112",
        "shellcheck:SC3024",
        "shellcheck:SC3029",
        "shellcheck:SC3030",
        "shellcheck:SC3037",
        "shellcheck:SC3039",
        "shellcheck:SC3040",
        "shellcheck:SC3044",
        "shellcheck:SC3046",
        "shellcheck:SC3050",
        "shellcheck:SC3051",
        "shellcheck:SC3053",
        "shellcheck:SC3054",
        "shellcheck:SC3057",
        "shellcheck:SC3059",
        "shellcheck:SC3060",
    ],
    docs: include_str!("bash_syntax_in_sh.md"),
    on: &[On::Run(run)],
};

/// One place where a script uses something that not every `sh` has.
pub(super) struct Use {
    /// What it is.
    feature: Feature,
    /// Where it is.
    range: TextRange,
    /// How to write it so that every shell reads it, where nothing else changes.
    edit: Option<Edit>,
}

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run) {
        if script.shell == ShellKind::Bash {
            continue;
        }
        let features = features(script);
        if features.is_empty() {
            continue;
        }
        let dialect = match script.shell {
            ShellKind::Sh => sh(run),
            ShellKind::Posix => match script_shell(run, script.is_outermost) {
                Some("dash") => Some(SystemShell::Dash),
                Some("ash") => Some(SystemShell::Ash),
                // ksh, mksh and zsh have most of it.
                _ => continue,
            },
            _ => continue,
        };
        if matches!(dialect, Some(SystemShell::Bash | SystemShell::Other)) {
            continue;
        }
        let mut told: Vec<Feature> = Vec::new();
        for it in features {
            let lacks = match dialect {
                Some(SystemShell::Ash) => !it.feature.is_in_ash(),
                _ => true,
            };
            if matches!(it.feature, Feature::BashVariable | Feature::Random) && !is_unset(run, script, it.range) {
                continue;
            }
            // One finding of a kind tells the author enough.
            if !lacks || told.contains(&it.feature) {
                continue;
            }
            told.push(it.feature);
            let shell = match dialect {
                Some(SystemShell::Ash) => "BusyBox's `sh`, which Alpine has,",
                Some(SystemShell::Dash) => "dash, which is `sh` in this image,",
                _ => "`sh`, as POSIX describes it,",
            };
            let mut report = cx.report(it.range, format!("{shell} {}", it.feature.problem()));
            report.codes(it.feature.codes());
            match it.edit {
                Some(edit) => report.safe_fix("Write it as every shell reads it", edit),
                None => report.help(format!("{}, or run the script with bash: `SHELL [\"/bin/bash\", \"-c\"]`", it.feature.instead())),
            };
        }
    }
}

/// Whether nothing sets a variable, as far as the image is known.
fn is_unset(run: &RunNode<'_>, script: &ShellScript<'_>, range: TextRange) -> bool {
    let text = script.script.text_at(range);
    let name = text.trim_start_matches(['$', '{', '#']).trim_end_matches('}');
    let name = name.split(|char: char| !char.is_ascii_alphanumeric() && char != '_').next().unwrap_or(name);
    let is_known = match run.model.root_base(run.stage) {
        Base::Image(text) => is_official(&Reference::new(text)),
        _ => false,
    };
    let sets = |command: Command<'_>| {
        let named = command.words().iter().any(|word| word.unquoted().split('=').next() == Some(name));
        named || command.variable().is_some_and(|word| word.is(name))
    };
    let in_script = script.script.all_assignments().any(|it| it.name() == name) || script.script.all_commands().any(sets);
    is_known && run.variables.find(name).is_none() && !in_script
}

/// The name of the shell that a `RUN` is read by, where it is not `sh`.
fn script_shell<'a>(run: &RunNode<'a>, is_outermost: bool) -> Option<&'a str> {
    run.shell.name.filter(|_| is_outermost)
}
