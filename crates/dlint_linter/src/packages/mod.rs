//! Package managers as commands call them: one description each, and what a command asks of it.
//!
//! A rule asks for the [`Invocation`] of a command ([`CommandNode::package`](crate::run::CommandNode::package)) and never
//! looks at the name of a manager: what they share and where they differ is in the [`Manager`]s.

mod codes;
mod compiled;
mod facts;
mod javascript;
mod managers;
mod pins;
mod python;
pub(crate) mod repositories;
mod scripting;
mod system;

use std::borrow::Cow;

use dlint_syntax::TextRange;
use dlint_syntax::shell::{Arguments, OptionSpec, Program, Word};

pub use codes::Check;
pub use facts::NamedPackage;
pub use managers::MANAGERS;
use managers::of_program;

/// What a command asks of a package manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To install the packages that it names.
    Install,
    /// To remove the first of the packages that it names, and to install the second in its place.
    Swap,
    /// To install what the project's own files name (`npm ci`, `bundle install`).
    Sync,
    /// To fetch what a build needs, and to build.
    Build,
    /// To remove packages.
    Remove,
    /// To upgrade packages: those that it names, or all.
    Upgrade,
    /// As `Upgrade`, and to add or remove packages for that.
    DistributionUpgrade,
    /// To fetch the lists of what there is.
    Refresh,
    /// To remove its caches.
    Clean,
    /// Anything else.
    Other,
}

impl Action {
    /// Whether it brings packages into the image.
    pub fn installs(self) -> bool {
        matches!(
            self,
            Self::Install | Self::Swap | Self::Sync | Self::Build | Self::Upgrade | Self::DistributionUpgrade
        )
    }
}

/// Managers that share their packages, lists and caches, such as `apt` and `apt-get`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the name of the manager")]
pub enum Family {
    Apt,
    Apk,
    Dnf,
    Yum,
    Microdnf,
    Tdnf,
    Zypper,
    Pacman,
    Pip,
    Uv,
    Pipx,
    Poetry,
    Conda,
    Npm,
    Yarn,
    Pnpm,
    Bun,
    Gem,
    Bundler,
    Go,
    Cargo,
    Composer,
    Pecl,
    Maven,
    Gradle,
    Dotnet,
}

/// Options of which each has the same effect, and other ways to have it.
#[derive(Debug, Clone, Copy)]
pub struct Switch {
    /// The letters of short options.
    pub short: &'static str,
    /// The names of long options, without dashes.
    pub long: &'static [&'static str],
    /// Variables that have the effect where they are set, whatever their value.
    pub variables: &'static [&'static str],
    /// What stands in a file, an option's value or a command that configures the effect (`APT::Get::Assume-Yes`). Where it
    /// stands anywhere in the Dockerfile, nobody can tell that the effect is missing.
    pub marks: &'static [&'static str],
}

impl Switch {
    const NONE: Self = Self { short: "", long: &[], variables: &[], marks: &[] };

    /// Whether an option of these arguments is one of these.
    pub fn is_given(&self, arguments: &Arguments<'_>) -> bool {
        self.short.chars().any(|letter| arguments.has_short(letter))
            || self.long.iter().any(|name| arguments.has_long(name))
    }
}

/// How a manager is kept from asking.
#[derive(Debug, Clone, Copy)]
pub struct Confirmation {
    /// What it asks for.
    pub actions: &'static [Action],
    /// What answers.
    pub answer: Switch,
    /// An option that answers if it is given twice (`-qq`), or with the value 2.
    pub twice: Option<(char, &'static str)>,
    /// What to add after the subcommand.
    pub add: &'static str,
}

/// What a manager keeps on disk that the image does not need.
#[derive(Debug, Clone, Copy)]
pub struct Cache {
    /// What it is, for messages: `package lists`.
    pub what: &'static str,
    /// Where it may lie; `~` is the home directory. The first is the one to mount.
    pub paths: &'static [&'static str],
    /// What to mount so that a later build finds what this one fetched; the first path above if there is nothing here.
    pub mounts: &'static [&'static str],
    /// What leaves it behind.
    pub left_by: &'static [Action],
    /// What keeps it from being written.
    pub off: Switch,
    /// The option to add so that it is not written; empty if there is none.
    pub add: &'static str,
    /// Variables and options that move it; options of one letter are short ones, the others are settings too.
    pub moved_by: (&'static [&'static str], &'static [&'static str]),
    /// The command that removes it.
    pub clean: &'static str,
    /// Whether it weighs so much more than what is installed that it is worth removing. The files of some caches are
    /// links to what is installed.
    pub is_waste: bool,
}

/// How the packages for development are left out.
#[derive(Debug, Clone, Copy)]
pub struct Development {
    /// What leaves them out.
    pub without: Switch,
    /// Long options that leave them out with certain values (`--omit=dev`), and a part of those values.
    pub values: &'static [(&'static str, &'static str)],
    /// The option to add.
    pub add: &'static str,
}

/// How a manager installs exactly what the lock file says.
#[derive(Debug, Clone, Copy)]
pub struct Lock {
    /// The names of the lock files.
    pub files: &'static [&'static str],
    /// What makes it keep to them.
    pub frozen: Switch,
    /// Subcommands that keep to them by themselves.
    pub subcommands: &'static [&'static str],
    /// What to write instead of the command.
    pub instead: &'static str,
}

/// What an operand of an installing command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// No name: a file, a URL, a group, something to remove.
    NotNamed,
    /// A package with a version, or a range of versions.
    Pinned,
    /// A package with a name for a version that moves (`@latest`).
    Moving,
    /// A package without a version.
    Bare,
}

/// How packages are pinned to versions.
#[derive(Debug, Clone, Copy)]
pub struct Pins {
    /// What an operand is.
    pub read: fn(&str) -> Operand,
    /// What pins all packages of a command (`--version`, a file of constraints).
    pub by_option: Switch,
    /// Options with which nothing is installed from a registry (`--path`).
    pub local: &'static [&'static str],
    /// Subcommands whose operands have versions without saying so, as the project's files say them, or cannot have any.
    pub by_project: &'static [&'static str],
    /// How a version is written, for help: `name=version`.
    pub form: &'static str,
}

/// A package manager.
#[derive(Debug, Clone, Copy)]
pub struct Manager {
    /// Its name.
    pub name: &'static str,
    /// What it shares with others.
    pub family: Family,
    /// The programs, without directories.
    pub programs: &'static [&'static str],
    /// Whether the programs may have a version at their end (`pip3.12`), and may be called as a module of Python.
    pub is_python: bool,
    /// Its options that take a value, those of the subcommands included.
    pub options: OptionSpec,
    /// The subcommands, of one or two words; an empty one stands for no operand at all.
    pub subcommands: &'static [(&'static str, Action)],
    /// Where options choose what is done: the action for them.
    pub by_letters: Option<fn(&Arguments<'_>) -> Action>,
    /// Whether `install` without a name installs what the project's files name.
    pub has_project: bool,
    /// How it is kept from asking; `None` if it never asks.
    pub confirmation: Option<Confirmation>,
    /// How packages are pinned; `None` if they cannot be.
    pub pins: Option<Pins>,
    /// What it leaves behind.
    pub cache: Option<Cache>,
    /// How packages that are only recommended are left out; `None` if none are installed by default.
    pub recommends: Option<Switch>,
    /// Whether it goes by the lists that it has, however old, until it is told to fetch new ones.
    pub keeps_lists: bool,
    /// The program to call in scripts in its place, if it is only for people at a terminal.
    pub in_scripts: Option<&'static str>,
    /// How packages for development are left out.
    pub development: Option<Development>,
    /// How it keeps to a lock file.
    pub lock: Option<Lock>,
    /// Options with which nothing is changed (`--simulate`, `--help`).
    pub dry: Switch,
}

/// What leaves behind what was downloaded, where packages are installed.
const INSTALLING: &[Action] = &[Action::Install, Action::Sync, Action::Upgrade];
/// As [`INSTALLING`], where building downloads too.
const BUILDING: &[Action] = &[Action::Install, Action::Sync, Action::Build];

/// Long options, and no other way.
const fn long(long: &'static [&'static str]) -> Switch {
    Switch { long, ..Switch::NONE }
}

impl Manager {
    const NONE: Self = Self {
        name: "",
        family: Family::Apt,
        programs: &[],
        is_python: false,
        options: OptionSpec::FLAGS,
        subcommands: &[],
        by_letters: None,
        has_project: false,
        confirmation: None,
        pins: None,
        cache: None,
        recommends: None,
        keeps_lists: false,
        in_scripts: None,
        development: None,
        lock: None,
        dry: Switch { short: "", long: &["help", "version", "dry-run"], variables: &[], marks: &[] },
    };

    /// Whether it belongs to the operating system, not to a programming language.
    pub fn is_system(&self) -> bool {
        self.family <= Family::Pacman
    }
}

/// A call of a package manager.
#[derive(Debug, Clone)]
pub struct Invocation<'s> {
    /// The manager.
    pub manager: &'static Manager,
    /// What it is to do.
    pub action: Action,
    /// The subcommand as described, in one or two words: `cache clean`. Empty if there is none.
    pub subcommand: &'static str,
    /// From the program to the subcommand.
    pub range: TextRange,
    /// The last word of the subcommand, or of the program.
    pub head: Word<'s>,
    /// Options and operands, those of the subcommand included.
    pub arguments: Arguments<'s>,
    /// How many of the first operands are the subcommand.
    skip: usize,
}

impl<'s> Invocation<'s> {
    /// The call that a program is; `None` if the program is no package manager, or nobody can tell what it is to do.
    pub fn new(program: &Program<'s>) -> Option<Self> {
        let (manager, words, mut head) = find(program)?;
        let arguments = words.arguments(&manager.options);
        if manager.dry.is_given(&arguments) {
            return None;
        }
        // `cargo +nightly build` begins with the name of a toolchain.
        let toolchain = usize::from(arguments.operands().next().is_some_and(|word| word.text().starts_with('+')));
        let mut operands = arguments.operands().skip(toolchain);
        let (first, second) = (operands.next(), operands.next());
        drop(operands);
        let text = |word: Option<Word<'s>>| word.and_then(|word| word.literal());
        let (one, two) = (text(first), text(second));
        // One word, or two with a blank between them.
        let is = |phrase: &str| match one.as_deref() {
            _ if phrase.is_empty() => first.is_none(),
            None => false,
            Some(one) => phrase.strip_prefix(one).is_some_and(|rest| match rest.strip_prefix(' ') {
                Some(rest) => two.as_deref() == Some(rest),
                None => rest.is_empty() && !one.contains(' '),
            }),
        };
        let found = manager.subcommands.iter().find(|(phrase, _)| is(phrase));
        let (subcommand, mut action) = match (found, manager.by_letters) {
            (Some(found), _) => *found,
            (None, Some(read)) => ("", read(&arguments)),
            (None, None) => ("", Action::Other),
        };
        let skip = subcommand.split_whitespace().count();
        match skip {
            1 => head = first.unwrap_or(head),
            2 => head = second.unwrap_or(head),
            _ if manager.by_letters.is_some() && manager.is_system() => head = words.first().unwrap_or(head),
            _ if manager.by_letters.is_some() => head = first.unwrap_or(head),
            _ => {}
        }
        let skip = skip + toolchain;
        if action == Action::Install && manager.has_project && arguments.operands().nth(skip).is_none() {
            action = Action::Sync;
        }
        let range = program.word.range().cover(head.range());
        Some(Self { manager, action, subcommand, range, head, arguments, skip })
    }

    /// Whether it fetches the lists of what there is, be it for something else: `pacman -Syu`.
    pub fn refreshes(&self) -> bool {
        self.action == Action::Refresh || (self.manager.family == Family::Pacman && self.arguments.has('y', "refresh"))
    }

    /// The operands after the subcommand.
    pub fn operands(&self) -> impl DoubleEndedIterator<Item = Word<'s>> + '_ {
        let words: Vec<Word<'s>> = self.arguments.operands().skip(self.skip).collect();
        words.into_iter()
    }

    /// Whether there may be options that are not seen: an operand begins with a variable whose value is not known, and
    /// whose name does not say that it holds packages. `value` gives the values of those that are known.
    pub fn may_hide_options(&self, value: impl Fn(Word<'s>) -> Option<String>) -> bool {
        let hides = |word: Word<'s>| match value(word) {
            Some(value) => value.split_whitespace().any(|word| word.starts_with('-')),
            None => !is_list_of_packages(word),
        };
        self.arguments.may_hide_options() && self.operands().filter(|word| word.literal().is_none()).any(hides)
    }

    /// How the call is written, without its options: `apt-get install`.
    pub fn title(&self) -> Cow<'static, str> {
        match self.subcommand {
            "" if self.manager.by_letters.is_some() => {
                Cow::Owned(format!("{} {}", self.manager.name, self.head.unquoted()))
            }
            "" => Cow::Borrowed(self.manager.name),
            subcommand => Cow::Owned(format!("{} {subcommand}", self.manager.name)),
        }
    }
}

/// Whether the variables of a word are called as what holds names of packages is called: `$buildDeps`, `$PACKAGES`.
fn is_list_of_packages(word: Word<'_>) -> bool {
    const PARTS: [&str; 5] = ["dep", "pkg", "package", "module", "lib"];
    let mut names = word.expansions().filter_map(|part| part.parameter()).map(|it| it.name().to_ascii_lowercase());
    names.any(|name| PARTS.iter().any(|part| name.contains(part)))
}

/// The manager that a program is, its words, and the word that names it.
fn find<'s>(program: &Program<'s>) -> Option<(&'static Manager, dlint_syntax::shell::Words<'s>, Word<'s>)> {
    let name: &str = &program.name;
    if let Some(manager) = of_program(name) {
        return Some((manager, program.words, program.word));
    }
    let is_version = |char: char| char.is_ascii_digit() || char == '.';
    let plain = name.trim_end_matches(is_version);
    if matches!(plain, "python" | "pypy") {
        let mut words = program.words.iter().enumerate();
        let (at, _) = words.find(|(_, word)| !word.text().starts_with('-') || word.is("-m"))?;
        let module = program.words.get(at).filter(|word| word.is("-m")).and_then(|_| program.words.get(at + 1))?;
        let manager = of_program(&module.literal()?).filter(|manager| manager.is_python)?;
        return Some((manager, program.words.from(at + 2), module));
    }
    let manager = if plain == name { None } else { of_program(plain) };
    manager.filter(|manager| manager.is_python).map(|manager| (manager, program.words, program.word))
}

#[cfg(test)]
mod tests;
