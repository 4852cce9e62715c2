//! What is known of a call of a package manager where it stands.

use dlint_syntax::shell::{Command, Descriptor, PartKind, Word};

use super::{Action, Cache, Confirmation, Family, Invocation, Manager, Operand, Pins, Switch};
use crate::rule::Context;
use crate::run::{CommandNode, MAX_OTHERS, RunNode};

impl Switch {
    /// Whether it is on for a call: by an option, by a variable, or perhaps by a configuration.
    pub fn holds(&self, node: &CommandNode<'_, '_>, call: &Invocation<'_>, cx: &Context<'_>) -> bool {
        self.is_given(&call.arguments)
            || self.variables.iter().any(|name| node.has_variable(name))
            || self.marks.iter().any(|mark| cx.mentions(mark))
    }
}

impl Confirmation {
    /// Whether a call is answered beforehand, or may be.
    pub fn is_answered(&self, node: &CommandNode<'_, '_>, call: &Invocation<'_>, cx: &Context<'_>) -> bool {
        let is_twice = |(letter, name): (char, &str)| {
            let given = || call.arguments.iter().filter(|it| it.is_short(letter) || it.is_long(name));
            // `-q=2` is `-qq`.
            given().count() > 1 || given().any(|it| it.word.text().ends_with("=2"))
        };
        self.answer.holds(node, call, cx) || self.twice.is_some_and(is_twice) || node.is_fed()
    }
}

impl Cache {
    /// Whether a variable or an option says where it lies.
    pub fn is_moved(&self, node: &CommandNode<'_, '_>, call: &Invocation<'_>, cx: &Context<'_>) -> bool {
        let (variables, options) = self.moved_by;
        let is_given = |name: &&str| match name.as_bytes() {
            [letter] => call.arguments.has_short(char::from(*letter)),
            _ => call.arguments.has_long(name),
        };
        let is_set_here = || node.earlier().rev().take(MAX_OTHERS).any(|it| self.is_set_by(&it, call.manager));
        let is_set_before = || {
            let runs = cx.runs();
            let before = runs.of_chain(node.run.stage.index).rev().filter(|run| run.at < node.run.at);
            before.flat_map(RunNode::nodes).take(MAX_OTHERS).any(|it| self.is_set_by(&it, call.manager))
        };
        variables.iter().any(|name| node.has_variable(name))
            || options.iter().any(is_given)
            || is_set_here()
            || is_set_before()
    }

    /// Whether a command has the manager write down where it lies: `npm config set cache /tmp/npm`.
    fn is_set_by(&self, node: &CommandNode<'_, '_>, manager: &Manager) -> bool {
        let Some(call) = node.package().filter(|call| call.manager.family == manager.family) else { return false };
        let mut operands = call.arguments.operands();
        let is_config = operands.next().is_some_and(|word| word.is("config") || word.is("set"));
        is_config
            && operands.any(|word| {
                let text = word.unquoted();
                let name = text.split('=').next().unwrap_or(&text);
                let name = name.rsplit('.').next().unwrap_or(name);
                name.len() > 1 && self.moved_by.1.contains(&name)
            })
    }

    /// Whether a command removes it: the manager's own, `rm`, `find`, or a script that is called so.
    pub fn is_removed_by(&self, node: &CommandNode<'_, '_>) -> bool {
        if let Some(call) = node.package() {
            // pacman asks before it removes everything, and takes no answer for no.
            let is_answered = call.manager.family != Family::Pacman || node.is_fed();
            return call.action == Action::Clean
                && is_answered
                && call.manager.cache.is_some_and(|it| it.paths.iter().any(|path| self.paths.contains(path)));
        }
        // Most names are shorter than the words for it.
        let name = node.name();
        let by_script = || name.len() >= 5 && (name.contains("clean") || name.contains("purge"));
        self.paths.iter().any(|path| node.removes(path)) || by_script() || self.is_removed_where_asked(node)
    }

    /// Whether a command removes what the manager says is its cache: `rm -rf "$(npm config get cache)"`.
    fn is_removed_where_asked(&self, node: &CommandNode<'_, '_>) -> bool {
        let asks = |command: Command<'_>| {
            let Some(program) = command.program() else { return false };
            let Some(call) = Invocation::new(&program) else { return false };
            let is_about_it = call.manager.cache.is_some_and(|cache| cache.paths == self.paths);
            is_about_it
                && program.words.iter().any(|word| word.text().contains("cache") || word.text().contains("store"))
        };
        node.name() == "rm" && node.command.descendants().any(asks)
    }
}

impl CommandNode<'_, '_> {
    /// Whether something answers the questions of the program: a pipe, a file, a heredoc.
    pub fn is_fed(&self) -> bool {
        let reads_file = self
            .command
            .redirects()
            .any(|redirect| redirect.descriptor() == Descriptor::Number(0) && !redirect.target().is("/dev/null"));
        // `xargs` keeps what comes through the pipe for itself.
        let by_xargs = || {
            let program = self.program.map_or(0, |program| program.index);
            self.command.words().iter().take(program).any(|word| word.is("xargs"))
        };
        let mut command = Some(self.command);
        let piped = std::iter::from_fn(|| {
            let this = command?;
            command = this.parent();
            Some(this)
        })
        .any(|command| command.position() > 0);
        reads_file || (piped && !by_xargs()) || self.outer().is_some_and(|outer| outer.is_fed())
    }
}

/// A package that a command names, and whether it has a version.
#[derive(Debug, Clone)]
pub struct NamedPackage<'s> {
    /// The operand; a variable may hold several packages.
    pub word: Word<'s>,
    /// The package as the command sees it.
    pub text: String,
    /// What it is.
    pub operand: Operand,
}

impl<'s> Invocation<'s> {
    /// The packages that a command names as such, without those whose names or versions are not known; none where an
    /// option pins all of them, or none is from a registry. `value` gives the values of words with variables, where they
    /// are known.
    pub fn packages(&self, pins: &Pins, value: impl Fn(Word<'s>) -> Option<String>) -> Vec<NamedPackage<'s>> {
        let is_local = pins.local.iter().any(|name| self.arguments.has_long(name));
        if is_local || pins.by_option.is_given(&self.arguments) {
            return Vec::new();
        }
        let operands: Vec<Word<'s>> = self.operands().collect();
        let mut packages = Vec::new();
        for (index, &word) in operands.iter().enumerate() {
            if operands.get(index + 1).is_some_and(|next| is_version(&next.unquoted())) {
                continue;
            }
            let values = match (word.pattern(), value(word)) {
                (Some(text), _) => vec![text.into_owned()],
                (None, Some(value)) => value.split_whitespace().map(str::to_owned).collect(),
                // A variable within a name does not hold its version.
                (None, None) if is_name_around(word) => vec![word.unquoted().into_owned()],
                (None, None) => Vec::new(),
            };
            for text in values {
                let operand = (pins.read)(&text);
                let by_project = operand == Operand::Bare && pins.by_project.contains(&self.subcommand);
                if !by_project && operand != Operand::NotNamed && !text.starts_with('-') {
                    packages.push(NamedPackage { word, text, operand });
                }
            }
        }
        packages
    }
}

/// Whether a word begins and ends with text that is known.
fn is_name_around(word: Word<'_>) -> bool {
    let plain = |part: Option<dlint_syntax::shell::Part<'_>>| part.is_some_and(|part| part.kind() == PartKind::Literal);
    plain(word.parts().next()) && plain(word.parts().last())
}

/// Whether an operand is a version for the one before it (`composer require a/b ^1.2`).
fn is_version(text: &str) -> bool {
    text.trim_start_matches(['^', '~', '=', '<', '>', 'v']).starts_with(|char: char| char.is_ascii_digit())
}
