//! `unknown-user`: an image from `scratch` has no list of users in which a name could be looked up.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Copy, Instruction, Kind, Source, Word};

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
    // Of a chain that nobody writes nobody has to know.
    let mut inherited = node.model.chain(node.stage).skip(1).flat_map(|stage| stage.instructions.clone());
    let has_users = |index: usize| may_bring_users(&node.file.instructions[index]);
    if inherited.by_ref().take(MAX_OTHERS).any(has_users) || inherited.next().is_some() {
        return;
    }
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let (word, what) = match &instruction.kind {
            Kind::User(Some(word)) => (Some(word), "start"),
            Kind::Copy(_) | Kind::Add(_) => (instruction.flag("chown").and_then(|flag| flag.value.as_ref()), "build"),
            _ => (None, ""),
        };
        if let Some((name, place)) = word.and_then(named) {
            let fails = if what == "start" { "the container does not start" } else { "the build fails" };
            cx.report(place, format!("`{name}` cannot be looked up: nothing brings `/etc/passwd` into this \
                                      image, so that {fails}"))
                .help("Write the number, such as `65532`, or copy `/etc/passwd` and `/etc/group` from another stage");
        }
        if may_bring_users(instruction) {
            return;
        }
    }
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
