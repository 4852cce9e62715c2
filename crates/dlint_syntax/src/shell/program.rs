//! What a simple command really runs: the program behind `sudo`, `env`, `timeout` and the like.

use std::borrow::Cow;

use super::command::Command;
use super::options::{Arguments, OptionSpec};
use super::tree::CommandKind;
use super::word::{Word, Words};

/// The program that a command runs.
#[derive(Debug, Clone)]
pub struct Program<'s> {
    /// Its name, without directories.
    pub name: Cow<'s, str>,
    /// The word that names it.
    pub word: Word<'s>,
    /// The index of that word among the command's words.
    pub index: usize,
    /// The words after it.
    pub words: Words<'s>,
}

impl<'s> Program<'s> {
    /// Its arguments as options and operands.
    pub fn arguments(&self, spec: &OptionSpec) -> Arguments<'s> {
        self.words.arguments(spec)
    }

    /// Whether its name is one of these.
    pub fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name == *name)
    }
}

/// A program that runs another one, given in its arguments.
struct Wrapper {
    name: &'static str,
    /// Its own options.
    options: OptionSpec,
    /// How many operands of its own come before the program.
    operands: usize,
    /// Whether `NAME=value` may come before the program.
    assignments: bool,
    /// Options with which it runs no program, or not this way.
    excluding: &'static str,
    /// An option without which it runs no program.
    requiring: Option<char>,
}

impl Wrapper {
    const fn new(name: &'static str, short: &'static str, long: &'static [&'static str]) -> Self {
        let options = OptionSpec::new(short, long);
        Self { name, options, operands: 0, assignments: false, excluding: "", requiring: None }
    }

    const fn with_operand(mut self) -> Self {
        self.operands = 1;
        self
    }

    const fn with_assignments(mut self) -> Self {
        self.assignments = true;
        self
    }

    const fn excluding(mut self, letters: &'static str) -> Self {
        self.excluding = letters;
        self
    }

    const fn requiring(mut self, letter: char) -> Self {
        self.requiring = Some(letter);
        self
    }
}

/// Options that take a value are from the manual pages of sudo, doas, bash, GNU coreutils and findutils, util-linux.
const WRAPPERS: &[Wrapper] = &[
    Wrapper::new(
        "sudo",
        "CDghpRrTtUu",
        &[
            "chdir",
            "chroot",
            "close-from",
            "command-timeout",
            "group",
            "host",
            "other-user",
            "prompt",
            "role",
            "type",
            "user",
        ],
    )
    .with_assignments()
    .excluding("eKlVv"),
    Wrapper::new("doas", "aCu", &[]).excluding("CL"),
    Wrapper::new("env", "CSu", &["chdir", "split-string", "unset"]).with_assignments().excluding("S"),
    Wrapper::new("exec", "a", &[]),
    Wrapper::new("command", "", &[]).excluding("Vv"),
    Wrapper::new("builtin", "", &[]),
    Wrapper::new("time", "fo", &["format", "output"]),
    Wrapper::new("nice", "n", &["adjustment"]),
    Wrapper::new("ionice", "cnPpu", &["class", "classdata", "pgid", "pid", "uid"]).excluding("Ppu"),
    Wrapper::new("nohup", "", &[]),
    Wrapper::new("setsid", "", &[]),
    Wrapper::new("timeout", "ks", &["kill-after", "signal"]).with_operand(),
    Wrapper::new(
        "xargs",
        "adEILnPs",
        &["arg-file", "delimiter", "max-args", "max-chars", "max-procs", "process-slot-var"],
    ),
    Wrapper::new("eatmydata", "", &[]),
    Wrapper::new("busybox", "", &[]),
    Wrapper::new("toybox", "", &[]),
    Wrapper::new("chroot", "", &["groups", "userspec"]).with_operand(),
    Wrapper::new("su-exec", "", &[]).with_operand(),
    Wrapper::new("gosu", "", &[]).with_operand(),
    Wrapper::new("s6-setuidgid", "", &[]).with_operand(),
    Wrapper::new(
        "setpriv",
        "",
        &[
            "ambient-caps",
            "apparmor-profile",
            "bounding-set",
            "egid",
            "euid",
            "groups",
            "inh-caps",
            "pdeathsig",
            "regid",
            "reuid",
            "rgid",
            "ruid",
            "securebits",
            "selinux-label",
        ],
    ),
    Wrapper::new("runuser", "gGsuw", &["group", "shell", "supp-group", "user", "whitelist-environment"])
        .excluding("c")
        .requiring('u'),
    Wrapper::new("stdbuf", "eio", &["error", "input", "output"]),
    Wrapper::new("unbuffer", "", &[]),
    Wrapper::new("fakeroot", "bils", &["faked", "lib"]),
    Wrapper::new("flock", "Ew", &["conflict-exit-code", "timeout", "wait"]).with_operand().excluding("c"),
    Wrapper::new("taskset", "", &[]).with_operand().excluding("p"),
    Wrapper::new(
        "xvfb-run",
        "efnpsw",
        &["auth-file", "error-file", "server-args", "server-num", "wait", "xauth-protocol"],
    ),
    Wrapper::new("tini", "ep", &[]),
    Wrapper::new("dumb-init", "r", &["rewrite"]),
];

/// Whether a wrapper's name is as long as this one and begins with the same letter; of most programs none is.
fn may_wrap(name: &str) -> bool {
    const LENGTHS: [u32; 256] = {
        let mut lengths = [0; 256];
        let mut index = 0;
        while index < WRAPPERS.len() {
            let name = WRAPPERS[index].name.as_bytes();
            lengths[name[0] as usize] |= 1 << name.len();
            index += 1;
        }
        lengths
    };
    let first = name.bytes().next().map_or(0, usize::from);
    name.len() < 32 && LENGTHS[first] & (1 << name.len()) != 0
}

/// Options with which no wrapper runs a program.
const INFORMING: &[&str] = &["help", "version", "list", "list-full", "install"];

/// The program that a simple command runs; `None` if there is none or its name is not known. A wrapper that is given
/// no program, or an option with which it runs none, is itself the program.
pub(super) fn program(command: Command<'_>) -> Option<Program<'_>> {
    if command.kind() != CommandKind::Simple {
        return None;
    }
    let words = command.words();
    let mut index = 0;
    loop {
        let word = words.get(index)?;
        let name = base_name(word)?;
        let rest = words.from(index + 1);
        let wrapper = if may_wrap(&name) { WRAPPERS.iter().find(|wrapper| wrapper.name == name) } else { None };
        match wrapper.and_then(|wrapper| wrapped(wrapper, rest)) {
            Some(next) => index += 1 + next,
            None => return Some(Program { name, word, index, words: rest }),
        }
    }
}

/// The index of the program's word among a wrapper's arguments.
fn wrapped(wrapper: &Wrapper, words: Words<'_>) -> Option<usize> {
    let (options, mut index) = words.leading_options(&wrapper.options);
    if INFORMING.iter().any(|name| options.has_long(name))
        || wrapper.excluding.chars().any(|letter| options.has_short(letter))
        || wrapper.requiring.is_some_and(|letter| !options.has_short(letter))
    {
        return None;
    }
    // `env -` is `env -i`.
    while wrapper.assignments && words.get(index).is_some_and(|word| is_assignment(word) || word.is("-")) {
        index += 1;
    }
    index += wrapper.operands;
    (index < words.len()).then_some(index)
}

fn is_assignment(word: Word<'_>) -> bool {
    let text = word.unquoted();
    text.split_once('=').is_some_and(|(name, _)| !name.is_empty() && !name.contains(['$', '`', '/']))
}

/// The last component of a path. It is known even where the directories before it are not (`$VENV/bin/pip`).
fn base_name(word: Word<'_>) -> Option<Cow<'_, str>> {
    let text = word.unquoted();
    // Most names are so short that looking at each byte is the fastest.
    let start = text.bytes().rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1);
    let name = &text[start..];
    let plain =
        |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '-' | '+' | '[' | ':' | '@' | '%' | ',');
    if name.is_empty() || word.pattern().is_none() && !name.chars().all(plain) {
        return None;
    }
    Some(match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[start..]),
        Cow::Owned(text) => Cow::Owned(text[start..].to_owned()),
    })
}
