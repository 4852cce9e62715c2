//! What bash has and other shells lack.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{
    Argument, ArgumentKind, Command, CommandKind, Operator, OptionSpec, ParameterOperator, Part, PartKind, RedirectOperator, Word,
};

use super::Use;
use crate::diagnostic::Edit;
use crate::scripts::{ShellScript, parts};

/// Something that bash has beyond POSIX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules::shell) enum Feature {
    ProcessSubstitution,
    AnsiC,
    DollarQuotes,
    ArithmeticFor,
    ArithmeticCommand,
    Select,
    BraceExpansion,
    DoubleBrackets,
    HereString,
    DoubleEquals,
    RegexTest,
    BothOutputs,
    AppendBoth,
    OutputBothTo,
    FileSubstitution,
    Increment,
    ReadOption,
    BuiltinOption,
    TrapName,
    BashVariable,
    Random,
    Transform,
    PipeBoth,
    AppendAssignment,
    Array,
    EchoFlags,
    Let,
    Pipefail,
    Builtin,
    PrintfQuote,
    TestVariable,
    Source,
    Function,
    Indirect,
    ArrayReference,
    Substring,
    CaseChange,
    Replacement,
}

impl Feature {
    /// Whether BusyBox's ash has it. Source: BusyBox's `shell/ash.c` with the options that Alpine builds it with
    /// (`ASH_BASH_COMPAT`).
    pub(super) const fn is_in_ash(self) -> bool {
        matches!(
            self,
            Self::ProcessSubstitution
                | Self::AnsiC
                | Self::DoubleBrackets
                | Self::DoubleEquals
                | Self::RegexTest
                | Self::BothOutputs
                | Self::OutputBothTo
                | Self::Increment
                | Self::ReadOption
                | Self::TrapName
                | Self::Random
                | Self::EchoFlags
                | Self::Let
                | Self::Pipefail
                | Self::Source
                | Self::Function
                | Self::Substring
                | Self::Replacement
        )
    }

    /// What ShellCheck calls it.
    pub(super) const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::ProcessSubstitution => &["shellcheck:SC3001"],
            Self::AnsiC => &["shellcheck:SC3003"],
            Self::DollarQuotes => &["shellcheck:SC3004"],
            Self::ArithmeticFor => &["shellcheck:SC3005"],
            Self::ArithmeticCommand => &["shellcheck:SC3006"],
            Self::Select => &["shellcheck:SC3008"],
            Self::BraceExpansion => &["shellcheck:SC3009"],
            Self::DoubleBrackets => &["shellcheck:SC3010"],
            Self::HereString => &["shellcheck:SC3011"],
            Self::DoubleEquals => &["shellcheck:SC3014"],
            Self::RegexTest => &["shellcheck:SC3015"],
            Self::TestVariable => &["shellcheck:SC3016"],
            Self::BothOutputs | Self::AppendBoth | Self::OutputBothTo => &["shellcheck:SC3020"],
            Self::FileSubstitution | Self::Increment | Self::ReadOption | Self::BuiltinOption | Self::TrapName | Self::BashVariable | Self::Random => &[],
            Self::AppendAssignment => &["shellcheck:SC3024"],
            Self::PipeBoth => &["shellcheck:SC3029"],
            Self::Array => &["shellcheck:SC3030"],
            Self::EchoFlags => &["shellcheck:SC3037"],
            Self::Let => &["shellcheck:SC3039"],
            Self::Pipefail => &["shellcheck:SC3040"],
            Self::Builtin => &["shellcheck:SC3044"],
            Self::PrintfQuote => &["shellcheck:SC3050"],
            Self::Function => &["shellcheck:SC2112"],
            Self::Indirect => &["shellcheck:SC3053"],
            Self::ArrayReference => &["shellcheck:SC3054"],
            Self::Substring => &["shellcheck:SC3057"],
            Self::CaseChange | Self::Transform => &["shellcheck:SC3059"],
            Self::Replacement => &["shellcheck:SC3060"],
            Self::Source => &["shellcheck:SC3046", "shellcheck:SC3051"],
        }
    }

    /// What becomes of it, after the name of the shell.
    pub(super) const fn problem(self) -> &'static str {
        match self {
            Self::ProcessSubstitution => "does not know `<(…)`",
            Self::AnsiC => "takes the `$` of `$'…'` literally",
            Self::DollarQuotes => "takes the `$` of `$\"…\"` literally",
            Self::ArithmeticFor => "does not know `for ((…))`",
            Self::ArithmeticCommand => "takes `((…))` for two subshells",
            Self::Select => "does not know `select`",
            Self::BraceExpansion => "does not expand `{a,b}`, so that this is one word with the braces in it",
            Self::DoubleBrackets => "takes `[[` for the name of a program, which is not found",
            Self::HereString => "does not know `<<<`",
            Self::DoubleEquals => "does not know `==` in `[ … ]`",
            Self::RegexTest => "does not know `=~`",
            Self::BothOutputs => "takes `&>` for a `&` and a `>`: the command runs in the background, and its \
                                  output is not redirected",
            Self::AppendBoth => "does not know `&>>`",
            Self::OutputBothTo => "takes what stands behind `>&` for a number, and refuses it",
            Self::FileSubstitution => "reads nothing by `$(< file)`, and says nothing",
            Self::Increment => "does not know `++`, `--` and `**`, and stops here",
            Self::ReadOption => "does not know this option of `read`",
            Self::BuiltinOption => "does not know this option of bash",
            Self::TrapName => "does not know this name, and sets no trap",
            Self::BashVariable | Self::Random => "does not set this variable of bash, which is empty here",
            Self::Transform => "does not know `${…@…}`",
            Self::PipeBoth => "does not know `|&`",
            Self::AppendAssignment => "takes `+=` for part of a program's name",
            Self::Array => "has no arrays",
            Self::EchoFlags => "prints the `-e` of `echo -e`",
            Self::Let => "does not know `let`",
            Self::Pipefail => "does not know `pipefail`, and stops here",
            Self::Builtin => "does not know this builtin of bash",
            Self::PrintfQuote => "does not know `%q` in `printf`",
            Self::TestVariable => "does not know `-v` in a test",
            Self::Source => "does not know `source`",
            Self::Function => "does not know the word `function`",
            Self::Indirect => "does not know `${!…}`",
            Self::ArrayReference => "has no arrays, and refuses this",
            Self::Substring => "does not know `${…:offset}`",
            Self::CaseChange => "does not know `${…^}` and `${…,}`",
            Self::Replacement => "does not know `${…/…/…}`",
        }
    }

    /// What to write in its place.
    pub(super) const fn instead(self) -> &'static str {
        match self {
            Self::ProcessSubstitution => "Use a pipe or a file",
            Self::AnsiC => "Write `\"$(printf '…')\"`",
            Self::DollarQuotes => "Leave the `$` out",
            Self::ArithmeticFor => "Write `while [ … ]`, or `for i in $(seq …)`",
            Self::ArithmeticCommand | Self::Let => "Write `x=$((…))` or `[ $((…)) -ne 0 ]`",
            Self::Select | Self::Builtin | Self::ReadOption | Self::BuiltinOption | Self::Transform => "Use what POSIX has",
            Self::PrintfQuote => "Put it in quotes by `sed`, or hand it over as an argument",
            Self::TestVariable => "Write `[ -n \"${x+set}\" ]`",
            Self::BraceExpansion => "Write the words out",
            Self::DoubleBrackets => "Write `[ … ]`, with `=` and quotes, or `case`",
            Self::HereString => "Write `echo … |` or a heredoc",
            Self::DoubleEquals => "Write `=`",
            Self::RegexTest => "Write `case`, or use `grep -E`",
            Self::BothOutputs | Self::OutputBothTo => "Write `> FILE 2>&1`",
            Self::AppendBoth => "Write `>> FILE 2>&1`",
            Self::FileSubstitution => "Write `$(cat FILE)`",
            Self::Increment => "Write `x=$((x + 1))`",
            Self::TrapName => "Write the name of a signal without `SIG`, or `EXIT`",
            Self::BashVariable => "Use `id -u` and other programs",
            Self::Random => "Use `shuf` or `od`",
            Self::PipeBoth => "Write `2>&1 |`",
            Self::AppendAssignment => "Write `x=\"$x…\"`",
            Self::Array | Self::ArrayReference => "Use the arguments of the shell (`set -- …`), or a list in a string",
            Self::EchoFlags => "Use `printf`",
            Self::Pipefail => "Write the output to a file between the two commands",
            Self::Source => "Write `.`, and `./` before a file of this folder",
            Self::Function => "Write `name() { …; }`",
            Self::Indirect => "Use `eval`, or `case`",
            Self::Substring => "Use `${x#…}`, `${x%…}` or `cut`",
            Self::CaseChange => "Use `tr '[:lower:]' '[:upper:]'`",
            Self::Replacement => "Use `sed`, or `${x#…}` and `${x%…}`",
        }
    }
}

/// The uses in a script, in order.
pub(super) fn features(script: &ShellScript<'_>) -> Vec<Use> {
    let mut uses = Vec::new();
    let has_parts = !script.is_expanded_before && script.script.all_parts().any(|part| of_part(part).is_some());
    for command in script.script.all_commands() {
        of_command(command, &mut uses);
        if has_parts {
            let braces = |part: &Part<'_>| part.kind() != PartKind::Brace || expands_braces(command, *part);
            parts(command).filter(braces).for_each(|part| uses.extend(of_part(part)));
        }
    }
    uses
}

/// Whether bash would expand braces where they stand, and nobody else does: not in an assignment, nor in an address that
/// curl expands itself.
fn expands_braces(command: Command<'_>, braces: Part<'_>) -> bool {
    let in_value = command.assignments().any(|it| it.value().range().contains_range(braces.range()));
    let is_address = || {
        let mut words = command.words().iter();
        let word = words.find(|word| word.range().contains_range(braces.range()));
        word.is_some_and(|word| word.text().contains("://"))
    };
    let is_curls = command.program().is_some_and(|program| program.name == "curl") && is_address();
    !in_value && !is_curls
}

fn plain(feature: Feature, range: TextRange) -> Use {
    Use { feature, range, edit: None }
}

fn of_command(command: Command<'_>, uses: &mut Vec<Use>) {
    let first = |text: &str| TextRange::at(command.range().start(), dlint_syntax::TextSize::of(text));
    match command.kind() {
        CommandKind::Test => {
            let regex = command.words().iter().find(|word| word.is("=~"));
            uses.extend(variable_test(command.words().iter()));
            uses.push(plain(Feature::DoubleBrackets, first("[[")));
            uses.extend(regex.map(|word| plain(Feature::RegexTest, word.range())));
        }
        CommandKind::Arithmetic => uses.push(plain(Feature::ArithmeticCommand, first("(("))),
        CommandKind::Select => uses.push(plain(Feature::Select, first("select"))),
        CommandKind::For if command.variable().is_some_and(|word| word.text().starts_with("((")) => {
            uses.push(plain(Feature::ArithmeticFor, first("for")));
        }
        CommandKind::Function if command.text().starts_with("function") => uses.push(plain(Feature::Function, first("function"))),
        CommandKind::Simple => simple(command, uses),
        _ => {}
    }
    if command.operator() == Operator::PipeBoth {
        uses.push(plain(Feature::PipeBoth, command.operator_range()));
    }
    for redirect in command.redirects() {
        match redirect.operator() {
            RedirectOperator::HereString => uses.push(plain(Feature::HereString, redirect.range())),
            RedirectOperator::OutputBoth => uses.push(plain(Feature::BothOutputs, redirect.range())),
            RedirectOperator::AppendBoth => uses.push(plain(Feature::AppendBoth, redirect.range())),
            RedirectOperator::DuplicateOutput if redirect.writes_file() && !redirect.target().text().is_empty() => {
                uses.push(plain(Feature::OutputBothTo, redirect.range()));
            }
            _ => {}
        }
    }
    for assignment in command.assignments() {
        if assignment.is_append() {
            uses.push(plain(Feature::AppendAssignment, assignment.name_range()));
        }
    }
}

fn simple(command: Command<'_>, uses: &mut Vec<Use>) {
    if is_file_alone(command) {
        uses.push(plain(Feature::FileSubstitution, command.range()));
    }
    let Some(word) = command.words().first() else { return };
    let Some(name) = word.literal() else { return };
    let arguments = command.words().from(1);
    match &*name {
        "source" if !arguments.is_empty() => uses.push(plain(Feature::Source, word.range())),
        "pushd" | "popd" | "dirs" | "shopt" | "declare" | "typeset" | "mapfile" | "readarray" | "disown" | "compgen" | "complete" | "caller" | "enable" => {
            uses.push(plain(Feature::Builtin, word.range()));
        }
        "read" => {
            // dash has `-p` and `-r`.
            let options = arguments.arguments(&OptionSpec::new("adeinNptu", &[]));
            let feature = |option: &Argument<'_>| match option.kind {
                ArgumentKind::Short('a') => Some(Feature::Array),
                ArgumentKind::Short('s' | 'd' | 'n' | 'N' | 't' | 'u' | 'e' | 'i') => Some(Feature::ReadOption),
                _ => None,
            };
            uses.extend(options.iter().filter_map(|it| Some(plain(feature(it)?, it.word.range()))));
        }
        "trap" if arguments.len() > 1 => {
            let names = arguments.from(1);
            let is_bashs = |word: &Word<'_>| matches!(word.text(), "ERR" | "DEBUG" | "RETURN") || word.text().starts_with("SIG");
            uses.extend(names.iter().find(is_bashs).map(|word| plain(Feature::TrapName, word.range())));
        }
        "local" | "export" => {
            let is_bashs = |word: &Word<'_>| word.text() == "-f" || (&*name == "local" && is_flag(word.text()));
            uses.extend(arguments.first().filter(is_bashs).map(|word| plain(Feature::BuiltinOption, word.range())));
        }
        "let" => uses.push(plain(Feature::Let, word.range())),
        "echo" => {
            let flag = arguments.first().filter(|word| is_echo_flag(*word));
            uses.extend(flag.map(|word| plain(Feature::EchoFlags, word.range())));
        }
        "set" => {
            let pipefail = arguments.iter().find(|word| word.is("pipefail"));
            uses.extend(pipefail.map(|word| plain(Feature::Pipefail, word.range())));
        }
        "[" | "test" => {
            uses.extend(variable_test(arguments.iter()));
            let equals = arguments.iter().find(|word| word.is("==") && word.text() == "==");
            uses.extend(equals.map(|word| Use {
                feature: Feature::DoubleEquals,
                range: word.range(),
                edit: Some(Edit::replace(word.range(), "=")),
            }));
        }
        "printf" => {
            let flag = arguments.arguments(&OptionSpec::new("v", &[]));
            uses.extend(flag.find('v', "\0").map(|argument| plain(Feature::BuiltinOption, argument.word.range())));
            let quote = flag.operands().next().filter(|format| format.unquoted().contains("%q"));
            uses.extend(quote.map(|format| plain(Feature::PrintfQuote, format.range())));
        }
        _ => {}
    }
}

/// `$(< file)`: nothing but a file that is read.
fn is_file_alone(command: Command<'_>) -> bool {
    let scope = command.scope();
    let is_alone = scope.kind().is_substitution() && scope.commands().count() == 1 && command.words().is_empty();
    let mut redirects = command.redirects();
    let is_input = redirects.next().is_some_and(|it| it.operator() == RedirectOperator::Input) && redirects.next().is_none();
    is_alone && is_input && command.assignments().next().is_none()
}

/// `-r`, `-ar`.
fn is_flag(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|flags| !flags.is_empty() && flags.bytes().all(|flag| flag.is_ascii_alphabetic()))
}

/// Whether arithmetic has `x++`, `x--` or `**`. (`1--1` is a difference everywhere.)
fn has_increment(text: &str) -> bool {
    let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let is_postfix = |(at, _): (usize, &str)| {
        let name = text[..at].trim_end_matches(is_word).len();
        let follows = text[at + 2..].trim_start().starts_with(|char| is_word(char) || matches!(char, '$' | '(' | '-' | '+'));
        text[name..at].starts_with(|char: char| char.is_ascii_alphabetic() || char == '_') && !follows
    };
    text.contains("**") || ["++", "--"].iter().any(|operator| text.match_indices(operator).any(is_postfix))
}

/// `-v` where an operator is: first, or after `!` or a connective.
fn variable_test<'s>(words: impl Iterator<Item = Word<'s>>) -> Option<Use> {
    let mut before = None;
    for word in words {
        let is_operator = before.is_none_or(|before: Word<'_>| ["!", "&&", "||", "("].iter().any(|it| before.is(it)));
        if is_operator && word.is("-v") && !word.is_quoted() {
            return Some(plain(Feature::TestVariable, word.range()));
        }
        before = Some(word);
    }
    None
}

/// `-e`, `-ne`, `-en`, `-E`; `-n` alone every shell knows.
fn is_echo_flag(word: Word<'_>) -> bool {
    let text = word.unquoted();
    let Some(flags) = text.strip_prefix('-') else { return false };
    flags.contains(['e', 'E']) && flags.bytes().all(|flag| matches!(flag, b'e' | b'E' | b'n'))
}

fn of_part(part: Part<'_>) -> Option<Use> {
    let feature = match part.kind() {
        PartKind::ProcessSubstitution => Feature::ProcessSubstitution,
        PartKind::AnsiC => Feature::AnsiC,
        PartKind::DoubleQuoted if part.text().starts_with("$\"") => Feature::DollarQuotes,
        PartKind::Brace => Feature::BraceExpansion,
        PartKind::Array => Feature::Array,
        PartKind::Arithmetic if part.text().starts_with("$((") && has_increment(part.text()) => Feature::Increment,
        PartKind::Parameter => {
            let parameter = part.parameter()?;
            let subscript = part.text().strip_prefix("${").map(|rest| rest.trim_start_matches(['#', '!'])).and_then(|rest| rest.strip_prefix(parameter.name())).is_some_and(|rest| rest.starts_with('['));
            match parameter.operator() {
                _ if subscript => Feature::ArrayReference,
                ParameterOperator::Indirect => Feature::Indirect,
                ParameterOperator::Substring => Feature::Substring,
                ParameterOperator::Case => Feature::CaseChange,
                ParameterOperator::Transform => Feature::Transform,
                ParameterOperator::Replace => Feature::Replacement,
                ParameterOperator::Default | ParameterOperator::Alternative | ParameterOperator::Assign | ParameterOperator::Error => return None,
                _ => match parameter.name() {
                    "RANDOM" => Feature::Random,
                    "UID" | "EUID" | "PIPESTATUS" | "OSTYPE" => Feature::BashVariable,
                    _ => return None,
                },
            }
        }
        _ => return None,
    };
    Some(plain(feature, part.range()))
}
