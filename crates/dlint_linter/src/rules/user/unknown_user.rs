//! `unknown-user`: an image from `scratch` has no list of users in which a name could be looked up.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Copy, Dockerfile, Instruction, Kind, Source, Stage, Word};

use crate::diagnostic::{Category, Level};
use crate::run::MAX_OTHERS;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-user",
    summary: "A user or group by name in an image that has no `/etc/passwd`",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/named-identity-in-passwdless-stage"],
    docs: include_str!("unknown_user.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if *node.model.root_base(node.stage) != Base::Scratch {
        return;
    }
    let mut inherited = node.model.chain(node.stage).skip(1);
    if inherited.by_ref().take(MAX_OTHERS).any(|stage| has_users(node.file, stage)) || inherited.next().is_some() {
        return;
    }
    // A user is looked up when a container starts, in what the image has at its end.
    let never_starts = node.stage.end.user.as_ref().map(|user| user.instruction).filter(|&index| holds_without_users(node, index));
    let mut may_have = false;
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let (word, what, fails) = match &instruction.kind {
            Kind::User(Some(word)) if never_starts == Some(index) => (Some(word), "nothing", "the container does not start"),
            Kind::Copy(_) | Kind::Add(_) if !may_have => {
                (instruction.flag("chown").and_then(|flag| flag.value.as_ref()), "nothing above", "the build fails")
            }
            _ => (None, "", ""),
        };
        if let Some((name, place)) = word.and_then(named) {
            cx.report(place, format!("`{name}` cannot be looked up: {what} brings `/etc/passwd` into this \
                                      image, so that {fails}"))
                .help("Write the number, such as `65532`, or copy `/etc/passwd` and `/etc/group` from another stage");
        }
        may_have = may_have || may_bring_users(instruction);
    }
}

/// Whether the `USER` at an index is the one that holds in an image without a list of users: at the end of this stage, or, if others start from
/// it, of one of those from which none does.
fn holds_without_users(node: &StageNode<'_>, user: usize) -> bool {
    let stages = &node.model.stages;
    // Of so many stages nobody has to know.
    if stages.len() > MAX_OTHERS {
        return false;
    }
    let starts_others = |stage: &Stage| stages.iter().any(|other| other.base == Base::Stage(stage.index));
    if !starts_others(node.stage) {
        return !has_users(node.file, node.stage);
    }
    stages.iter().skip(node.stage.index + 1).any(|stage| {
        let holds = stage.end.user.as_ref().is_some_and(|it| it.instruction == user) && !starts_others(stage);
        holds && !node.model.chain(stage).any(|stage| has_users(node.file, stage))
    })
}

/// Whether an instruction of a stage may bring `/etc/passwd`. Of a stage that nobody writes nobody has to know.
fn has_users(file: &Dockerfile, stage: &Stage) -> bool {
    stage.instructions.len() > MAX_OTHERS || file.instructions[stage.instructions.clone()].iter().any(may_bring_users)
}

/// The name of a user or group, with its place, if there is one that is not a number. `root` needs no list.
fn named(word: &Word) -> Option<(&str, TextRange)> {
    let mut at = 0;
    for name in word.text.split(':') {
        let start = at;
        at += name.len() + 1;
        let is_known = name.is_empty() || name == "root" || name.bytes().all(|byte| byte.is_ascii_digit());
        if !is_known && !name.contains('$') {
            return Some((name, word.sub_range(start..start + name.len())));
        }
    }
    None
}

/// Whether an instruction may put `/etc/passwd` into the image.
fn may_bring_users(instruction: &Instruction) -> bool {
    match &instruction.kind {
        Kind::Run(_) => true,
        Kind::Copy(copy) | Kind::Add(copy) => copies_users(copy),
        Kind::Onbuild(Some(trigger)) => may_bring_users(trigger),
        _ => false,
    }
}

fn copies_users(copy: &Copy) -> bool {
    let to = copy.destination.as_ref().map_or("", |word| word.text.trim_matches(['/', '.']));
    let names_them = copy.sources.iter().any(|source| match source {
        Source::Path(word) => word.text.contains("passwd") || word.text.contains('*') || word.text.contains('$'),
        Source::Heredoc(_) => false,
    });
    // To `/` or `/etc` anything may go; a variable may be anything.
    names_them || to.is_empty() || to == "etc" || to.contains("passwd") || to.contains('$')
}
