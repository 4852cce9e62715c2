//! `undefined-shell-variable`: a variable in a `RUN` that nothing sets.


use dlint_syntax::text::has_byte;
use dlint_syntax::hash::{HashSet, HashSetExt};
use dlint_syntax::dockerfile::{Base, PLATFORM_ARGS};
use dlint_syntax::shell::{CommandKind, Descriptor, ParameterOperator, Part};
use dlint_syntax::suggest::nearest;

use crate::diagnostic::{Category, Edit, Level};
use crate::image::Reference;
use crate::image::known::is_official;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{ShellScript, parts, scripts, set_in_arithmetic};
use crate::shell::ShellKind;

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-shell-variable",
    summary: "A variable in a `RUN` that nothing sets",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["shellcheck:SC2154", "shellcheck:SC2153"],
    docs: include_str!("undefined_shell_variable.md"),
    on: &[On::Run(run)],
};

/// How many names are judged in one script.
const MOST: usize = 200;

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let uses_any = has_byte(cx.text(run.instruction.range), b'$');
    if !uses_any || run.is_trigger || run.shell.kind == ShellKind::None {
        return;
    }
    let scripts = scripts(run);
    let Some(script) = scripts.iter().find(|script| script.is_outermost) else { return };
    let is_set = |name: &str| run.variables.find(name).is_some() || is_shells_own(name);
    // Most scripts use what the file sets, or what they set themselves; only for the others it is worth to keep all names.
    let mut unset: HashSet<&str> = script.script.all_parts().filter_map(needed).filter(|name| !is_set(name)).collect();
    each_assigned_name(script, &mut |name| {
        unset.remove(name);
    });
    if unset.is_empty() || may_set_anything(script) {
        return;
    }
    each_known_name(run, script, &mut |name| {
        unset.remove(name);
    });
    if unset.is_empty() {
        return;
    }
    let used = used(script).filter(|(_, name)| unset.contains(name));
    let mut known: HashSet<&str> = HashSet::new();
    each_known_name(run, script, &mut |name| {
        known.insert(name);
    });
    let mut told: HashSet<&str> = HashSet::new();
    for (part, name) in used {
        if told.len() == MOST || !told.insert(name) {
            continue;
        }
        let Some(verdict) = judge(run, &known, name) else { continue };
        let Some(parameter) = part.parameter() else { continue };
        // A name that is misspelt has two codes there.
        let codes: &[&str] = if matches!(verdict, Verdict::Misspelt(_)) { &[] } else { &["shellcheck:SC2154"] };
        match verdict {
            Verdict::GlobalArg(declared) => {
                cx.report(part.range(), format!("`{name}` is empty here: an `ARG` before the first `FROM` holds \
                                                 only for `FROM` lines"))
                    .codes(codes)
                    .help(format!("Declare it again in the stage: `ARG {name}`"))
                    .related(declared, "it is declared here");
            }
            Verdict::Platform => {
                cx.report(part.range(), format!("`{name}` is empty here: BuildKit sets it only where a stage \
                                                 declares it"))
                    .codes(codes)
                    .help(format!("Declare it in the stage: `ARG {name}`"));
            }
            Verdict::Misspelt(other) => {
                cx.report(part.range(), format!("nothing sets `{name}`; `{other}` is set"))
                    .unsafe_fix(format!("Write `{other}`"), Edit::replace(parameter.name_range(), other.clone()));
            }
            Verdict::Nothing => {
                cx.report(part.range(), format!("nothing sets `{name}`, so that it is empty here"))
                    .codes(codes)
                    .help("Set it, declare it with `ARG`, or escape the `$` if no variable is meant");
            }
        }
    }
}

enum Verdict {
    Platform,
    GlobalArg(dlint_syntax::TextRange),
    Misspelt(String),
    Nothing,
}

/// What is wrong with a variable that the file does not set in the stage. The base image may set any that are written in
/// capitals, as environment variables are; of those only what is surely a mistake is told.
fn judge(run: &RunNode<'_>, known: &HashSet<&str>, name: &str) -> Option<Verdict> {
    let is_environment = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    if let Some(global) = run.model.globals.find(name) {
        let dlint_syntax::dockerfile::Origin::Arg(at) = global.origin else { return None };
        return Some(Verdict::GlobalArg(run.file.instructions[at].range));
    }
    if PLATFORM_ARGS.contains(&name) {
        return Some(Verdict::Platform);
    }
    let mut candidates: Vec<&str> = known.iter().copied().filter(|other| other.len() > 3 && is_near(name, other)).collect();
    candidates.sort_unstable();
    if let Some(other) = nearest(name, candidates).filter(|_| name.len() > 3) {
        return Some(Verdict::Misspelt(other.to_owned()));
    }
    // Official images set no variables in small letters; of others nobody knows.
    let is_official = match run.model.root_base(run.stage) {
        Base::Image(text) => is_official(&Reference::new(text)),
        Base::Scratch => true,
        _ => false,
    };
    (!is_environment && is_official).then_some(Verdict::Nothing)
}

/// Whether two names differ by so little that one is the other misspelt: two letters that changed places, one too many or
/// too few, or only capitals. Not by a digit: `PYTHON2` and `PYTHON3` are two things.
fn is_near(name: &str, other: &str) -> bool {
    if name.eq_ignore_ascii_case(other) {
        return true;
    }
    // What takes the least time to find out comes first.
    let may_be = name.len() >= 5 && name.len().abs_diff(other.len()) <= 1 && name.bytes().next() == other.bytes().next();
    let letters = |text: &str| text.bytes().filter(|byte| !byte.is_ascii_digit()).collect::<Vec<_>>();
    may_be && strsim::damerau_levenshtein(name, other) == 1 && letters(name) != letters(other)
}

/// Whether the script may set variables that cannot be seen: it reads another file, or evaluates text.
fn may_set_anything(script: &ShellScript<'_>) -> bool {
    script.script.commands().any(|command| {
        matches!(command.name().as_deref(), Some("." | "source" | "eval" | "getopts" | "mapfile" | "readarray" | "conda" | "set"))
            && (command.name().as_deref() != Some("set") || command.words().iter().any(|word| word.is("-a") || word.is("allexport")))
    })
}

/// The variables that are used, by place, where an empty value would matter.
fn used<'a>(script: &ShellScript<'a>) -> impl Iterator<Item = (Part<'a>, &'a str)> {
    script.script.all_commands().flat_map(parts).filter_map(|part| Some((part, needed(part)?)))
}

/// The variable that a part of a word uses, if an empty value would matter.
fn needed(part: Part<'_>) -> Option<&str> {
    use ParameterOperator as Op;
    let parameter = part.parameter()?;
    let asks = matches!(parameter.operator(), Op::Default | Op::Alternative | Op::Assign | Op::Error | Op::Indirect);
    let is_name = parameter.name().starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
    (!asks && is_name).then(|| parameter.name())
}

/// Gives the names that the script sets in plain sight: by assignments and loops.
fn each_assigned_name<'a>(script: &ShellScript<'a>, give: &mut dyn FnMut(&'a str)) {
    for command in script.script.all_commands() {
        command.assignments().for_each(|assignment| give(assignment.name()));
        command.variable().into_iter().for_each(|word| give(word.text()));
    }
}

/// Gives the names that the stage or the script sets.
fn each_known_name<'r, 'a: 'r>(run: &'r RunNode<'a>, script: &ShellScript<'a>, give: &mut dyn FnMut(&'r str)) {
    run.variables.iter().for_each(|variable| give(&variable.name));
    let secrets = run.run.mounts.iter().filter_map(|mount| mount.option(&["env"])?.value.as_ref());
    secrets.for_each(|word| give(&word.text));
    each_assigned_name(script, give);
    for command in script.script.all_commands() {
        if command.kind() == CommandKind::Simple {
            // `read name`, `export NAME=…`, `printf -v name`, `local name`, `env NAME=…`.
            for word in command.words().from(1).iter() {
                let text = word.text().trim_start_matches(['\'', '"']);
                let name = text.split(['=', '+', '[', '"', '\'']).next().unwrap_or(text);
                if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                    give(name);
                }
            }
        }
        for parameter in command.words().iter().flat_map(|word| word.all_parts()).filter_map(|part| part.parameter()) {
            if parameter.operator() == ParameterOperator::Assign {
                give(parameter.name());
            }
        }
        set_in_arithmetic(command).into_iter().for_each(&mut *give);
        for redirect in command.redirects() {
            if let Descriptor::Variable(name) = redirect.descriptor() {
                give(name);
            }
        }
    }
}

/// Variables that the shell sets, and those that BuildKit hands to every `RUN`.
fn is_shells_own(name: &str) -> bool {
    let is_own = matches!(
        name,
        "HOME" | "PATH" | "PWD" | "OLDPWD" | "USER" | "LOGNAME" | "SHELL" | "TERM" | "LANG" | "IFS" | "OPTARG" | "OPTIND" | "OPTERR" | "PPID" | "PS1" | "PS2" | "PS4"
            | "REPLY" | "RANDOM" | "SECONDS" | "LINENO" | "HOSTNAME" | "HOSTTYPE" | "MACHTYPE" | "OSTYPE" | "UID" | "EUID" | "GROUPS" | "BASH" | "PIPESTATUS"
            | "FUNCNAME" | "SHLVL" | "COLUMNS" | "LINES" | "MAPFILE" | "COPROC" | "DIRSTACK" | "_"
    );
    let is_proxy = matches!(
        name,
        "http_proxy" | "https_proxy" | "no_proxy" | "ftp_proxy" | "all_proxy" | "HTTP_PROXY" | "HTTPS_PROXY" | "NO_PROXY" | "FTP_PROXY" | "ALL_PROXY"
    );
    is_own || is_proxy || ["BASH_", "SSH_", "BUILDKIT_", "SOURCE_DATE_EPOCH"].iter().any(|start| name.starts_with(start))
}
