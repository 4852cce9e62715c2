//! `undefined-variable`: a variable that nothing sets, in an instruction that expands it.


use dlint_syntax::text::has_byte;
use dlint_syntax::hash::{HashSet, HashSetExt};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Instruction, Kind, NothingKnown, PLATFORM_ARGS, Reference, Source, Variable, Word, expand, expand_body, remove_quotes};
use dlint_syntax::suggest::nearest;

use crate::diagnostic::{Category, Edit, Level};
use crate::image::Reference as Image;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-variable",
    summary: "A variable that nothing sets, in an instruction that expands it",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["buildkit:UndefinedVar"],
    docs: include_str!("undefined_variable.md"),
    on: &[On::Stage(stage)],
};

/// Images that set no variable but `PATH`.
///
/// Source: their Dockerfiles.
const WITHOUT_VARIABLES: [&str; 8] = ["alpine", "debian", "ubuntu", "busybox", "rockylinux", "almalinux", "amazonlinux", "archlinux"];

/// What the program that builds, or the engine, may set without a declaration.
const PREDEFINED: [&str; 14] = [
    "PATH", "HOME", "HOSTNAME", "PWD", "http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY",
    "FTP_PROXY", "NO_PROXY", "ALL_PROXY",
];

/// As many names are told in one stage.
const MOST: usize = 100;

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if node.stage.instructions.is_empty() || !node.model.chain(node.stage).take(50).all(|stage| stage.end.triggers.is_empty()) {
        return;
    }
    let mut declared: HashSet<&str> = match node.stage.base {
        Base::Stage(parent) => node.model.stages.get(parent).into_iter().flat_map(|it| it.end.variables.iter()).map(|it| it.name.as_str()).collect(),
        _ => HashSet::new(),
    };
    let mut told: HashSet<String> = HashSet::new();
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        if has_byte(cx.text(instruction.range), b'$') {
            for (reference, place) in references(node, instruction, cx) {
                let name = reference.name.as_str();
                let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
                if !is_name || declared.contains(name) || PREDEFINED.contains(&name) || reference.nested || reference.has_default() || told.len() >= MOST || told.contains(name) {
                    continue;
                }
                if report(node, &declared, &reference, place, cx) {
                    told.insert(name.to_owned());
                }
            }
        }
        declare(instruction, &mut declared);
    }
}

/// Takes up what an instruction sets.
fn declare<'a>(instruction: &'a Instruction, declared: &mut HashSet<&'a str>) {
    match &instruction.kind {
        Kind::Env(env) => declared.extend(env.pairs.iter().map(|pair| pair.key.text.as_str())),
        Kind::Arg(all) => declared.extend(all.iter().map(|declaration| declaration.name.text.as_str())),
        _ => {}
    }
}

/// The variables that BuildKit replaces in an instruction, each with whether it stands in the text of a heredoc.
fn references(node: &StageNode<'_>, instruction: &Instruction, cx: &Context<'_>) -> Vec<(Reference, bool)> {
    let escape = node.file.escape;
    let mut found = Vec::new();
    let mut add = |word: &Word| {
        if has_byte(&word.text, b'$') {
            found.extend(expand(word, escape, &NothingKnown).references.into_iter().map(|reference| (reference, false)));
        }
    };
    match &instruction.kind {
        Kind::Copy(copy) | Kind::Add(copy) => {
            copy.sources.iter().filter_map(path).chain(&copy.destination).for_each(&mut add);
            let flags = instruction.flags.iter().filter(|flag| matches!(flag.name.text.as_str(), "chown" | "chmod"));
            flags.filter_map(|flag| flag.value.as_ref()).for_each(&mut add);
            for heredoc in instruction.heredocs.iter().filter(|heredoc| heredoc.expand) {
                let body = Word::new(heredoc.body, cx.text(heredoc.body));
                found.extend(expand_body(&body, &NothingKnown).references.into_iter().map(|reference| (reference, true)));
            }
        }
        Kind::Env(pairs) => {
            // `ENV X=$X:/more` adds to what may be there, `ENV X=$X` does nothing unless an `ARG` of the stage has a value.
            for pair in &pairs.pairs {
                let value = expand(&pair.value, escape, &NothingKnown).references;
                let text = remove_quotes(&pair.value.text, escape);
                let is_all = |it: &Reference| it.modifier.is_none() && usize::from(it.range.len()) == text.len();
                found.extend(value.into_iter().filter(|it| it.name != pair.key.text || is_all(it)).map(|it| (it, false)));
            }
        }
        Kind::Label(pairs) => pairs.pairs.iter().for_each(|pair| add(&pair.value)),
        Kind::Arg(all) => all.iter().filter_map(|it| it.default.as_ref()).for_each(add),
        Kind::Expose(words) | Kind::Volume(words) => words.iter().for_each(add),
        Kind::User(Some(word)) | Kind::Workdir(Some(word)) | Kind::Stopsignal(Some(word)) => add(word),
        _ => {}
    }
    found
}

fn path(source: &Source) -> Option<&Word> {
    match source {
        Source::Path(word) => Some(word),
        Source::Heredoc(_) => None,
    }
}

/// Tells of a variable, if it is sure that it is not set.
fn report(node: &StageNode<'_>, declared: &HashSet<&str>, reference: &Reference, in_text: bool, cx: &mut Context<'_>) -> bool {
    let name = reference.name.as_str();
    if let Some(global) = node.model.globals.find(name) {
        let declaration = declaration(node, global);
        let mut report = cx.report(reference.range, format!("`{name}` is empty here: an `ARG` before the first `FROM` holds only for `FROM` lines"));
        report.help(format!("Declare it again in the stage: `ARG {name}`"));
        if let Some(place) = declaration {
            report.related(place, "it is declared here");
        }
        return true;
    }
    if PLATFORM_ARGS.contains(&name) {
        cx.report(reference.range, format!("`{name}` is empty here: BuildKit sets it only where a stage declares it"))
            .help(format!("Declare it in the stage: `ARG {name}`"));
        return true;
    }
    let is_closed = match node.model.root_base(node.stage) {
        Base::Scratch => true,
        Base::Image(text) => WITHOUT_VARIABLES.contains(&Image::new(text).familiar_name()),
        _ => false,
    };
    // The variables of images have capital letters.
    if in_text && (is_closed || name.bytes().any(|byte| byte.is_ascii_lowercase())) {
        // Text with variables of its own is most often not meant to be filled in.
        cx.report(reference.range, format!("nothing sets `{name}`, so that the file has nothing in its place"))
            .help("Put the heredoc's delimiter in quotes, `<<'EOF'`, to copy the text as it is");
        return true;
    }
    let known = declared.iter().copied().filter(|other| (is_closed || !is_usual(name)) && other.len() > 3).take(MOST);
    if let Some(near) = nearest(name, known).map(str::to_owned) {
        cx.report(reference.range, format!("nothing sets `{name}`; `{near}` is set"))
            .help(format!("Did you mean `{near}`?"))
            .unsafe_fix(format!("Write `{near}`"), Edit::replace(reference.name_range, near.clone()));
        return true;
    }
    if is_closed {
        cx.report(reference.range, format!("nothing sets `{name}`, so that it is empty here"))
            .help(format!("Declare it, `ARG {name}`, set it with `ENV`, or escape the `$` if no variable is meant"));
    }
    is_closed
}

/// Whether images set a variable of that name, or of that kind, so that it is hardly a slip of the pen for another one.
///
/// Source: the Dockerfiles of the official images, of NVIDIA's and of Jupyter's.
fn is_usual(name: &str) -> bool {
    const ENDS: [&str; 9] = ["_DIR", "_GID", "_HOME", "_MAJOR", "_PATH", "_ROOT", "_UID", "_USER", "_VERSION"];
    ENDS.iter().any(|end| name.ends_with(end)) || name.starts_with("NV_") || matches!(name, "GOPATH" | "GOROOT" | "JAVA_OPTS" | "PGDATA" | "PHPIZE_DEPS" | "LANG" | "LC_ALL")
}

/// Where a global argument is declared.
fn declaration(node: &StageNode<'_>, global: &Variable) -> Option<TextRange> {
    let dlint_syntax::dockerfile::Origin::Arg(at) = global.origin else { return None };
    let Kind::Arg(all) = &node.file.instructions.get(at)?.kind else { return None };
    all.iter().find(|it| it.name.text == global.name).map(|it| it.range)
}
