//! What means something to a shell, in a command that is started without one.

use dlint_syntax::dockerfile::Word;

/// Something that only a shell would understand.
pub(crate) enum Fault<'a> {
    /// The one word is a whole command.
    Sentence(&'a Word),
    /// An operator as an argument.
    Operator(&'a Word),
    /// A variable, by its name.
    Variable(&'a Word, &'a str),
    /// A command whose output is to be put in.
    Substitution(&'a Word),
}

const OPERATORS: [&str; 9] = ["||", "&&", "|", ";", ">", ">>", "<", "2>&1", "&"];

/// Programs to which an operator or a variable may mean something, or that start a shell with what follows.
const EXEMPT: [&str; 31] = [
    "sh",
    "bash",
    "ash",
    "dash",
    "zsh",
    "ksh",
    "fish",
    "busybox",
    "env",
    "powershell",
    "pwsh",
    "cmd",
    "find",
    "test",
    "[",
    "expr",
    "awk",
    "gawk",
    "jq",
    "yq",
    "envsubst",
    "dockerize",
    "nginx",
    "perl",
    "su",
    "sudo",
    "gosu",
    "su-exec",
    "tini",
    "dumb-init",
    "parallel",
];

/// What is wrong with the words of a command in exec form. All that can be is told of the first thing.
pub(crate) fn fault(words: &[Word]) -> Option<Fault<'_>> {
    let (program, arguments) = words.split_first()?;
    if is_sentence(&program.text) {
        return Some(Fault::Sentence(program));
    }
    let name = program.text.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    if name == "java" {
        return java(arguments);
    }
    if EXEMPT.contains(&name) || name.contains(['$', '%']) {
        return None;
    }
    for word in arguments {
        // What follows is a script, or the command of another program.
        if matches!(word.text.as_str(), "-c" | "-e" | "--eval" | "-lc" | "-ec" | "--")
            || (name == "php" && word.text == "-r")
            || EXEMPT.iter().take(6).any(|shell| word.text == *shell)
        {
            return None;
        }
        if name != "make" && is_substitution(&word.text) {
            return Some(Fault::Substitution(word));
        }
        if OPERATORS.contains(&word.text.as_str()) {
            return Some(Fault::Operator(word));
        }
        if let Some(name) = variable(&word.text) {
            return Some(Fault::Variable(word, name));
        }
    }
    None
}

/// What is wrong with the words for Java before the class or archive: what follows is the program's, and `-Dname=${NAME}` may be.
fn java(arguments: &[Word]) -> Option<Fault<'_>> {
    let options = arguments.iter().take_while(|word| word.text != "-jar" && word.text.starts_with(['-', '$']));
    options
        .filter(|word| word.text.starts_with('$'))
        .find_map(|word| Some(Fault::Variable(word, variable(&word.text)?)))
}

/// Whether a word is nothing but `$(command)` or `` `command` ``.
fn is_substitution(text: &str) -> bool {
    (text.starts_with("$(") && text.ends_with(')')) || (text.len() > 2 && text.starts_with('`') && text.ends_with('`'))
}

/// Whether one word is a command with its arguments, and no path with a blank in it.
fn is_sentence(text: &str) -> bool {
    let Some((program, rest)) = text.trim().split_once([' ', '\t']) else { return false };
    let is_path = program.starts_with(['/', '.', '\\']) || program.contains([':', '\\', '$']);
    !program.starts_with('-') && (!is_path || rest.trim_start().starts_with('-'))
}

/// The variable that a word holds for a shell: `$NAME` or `${NAME}`, in capital letters.
fn variable(text: &str) -> Option<&str> {
    let (before, rest) = text.split_once('$')?;
    if before.ends_with(['\\', '$']) {
        return None;
    }
    let rest = rest.strip_prefix('{').unwrap_or(rest);
    let end = rest
        .find(|char: char| !char.is_ascii_uppercase() && !char.is_ascii_digit() && char != '_')
        .unwrap_or(rest.len());
    let name = &rest[..end];
    let follows = rest[end..].chars().next();
    (end > 1
        && !name.starts_with(|char: char| char.is_ascii_digit())
        && !follows.is_some_and(|char| char.is_ascii_lowercase()))
    .then_some(name)
}
