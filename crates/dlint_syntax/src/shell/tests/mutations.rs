//! Whatever the text: no panic, ranges on character boundaries, and what is inside something has its range inside.

use super::{BASE, Script};
use crate::shell::{Command, OptionSpec, Part, Word, parse};
use crate::text::{TextRange, TextSize};

const SAMPLES: &[&str] = &[
    "apt-get update && apt-get install -y --no-install-recommends curl=7.* ca-certificates && rm -rf /var/lib/apt/lists/*",
    "set -eux; addgroup -g 101 -S nginx \\\n && adduser -S -D -H -u 101 nginx; \\\n apk add --no-cache \"nginx=${V}-r${R}\"",
    "curl -fsSL https://example.com/key.gpg | gpg --dearmor -o /usr/share/keyrings/x.gpg 2>/dev/null || exit 1",
    "arch=\"$(dpkg --print-architecture)\"; case \"$arch\" in amd64|x86_64) a='x';; arm*) b ;; *) echo >&2 \"é $arch\"; exit 1 ;; esac",
    "for d in $(find / -name '*.py[co]' -o -path \"/tmp/{a,b}\"); do rm -f \"$d\" || :; done > /dev/null 2>&1 &",
    "if [ -n \"${X:-}\" ] && ! command -v git; then sudo -u root pip install 'a[b]==1' ; elif x; then y; else z; fi",
    "while read -r line; do echo \"${line%%:*}\" $((i += 1)); done < <(cut -d, -f1 /etc/passwd)",
    "cat <<-\"EOF\" > /etc/x <<E2\n\t$(no) `no`\n\tEOF\nvalue $(yes ${A:-`b \\`c\\``}) \\$x\nE2\nnext",
    "bash -exc \"echo \\\"$A\\\" && eval 'b $(c)'\" && sh -c 'trap \"rm -f $x\" EXIT; a' <<'E'\n'\nE\n",
    "f() { local x=(1 \"2 3\" $'\\u00e9\\x41'); [[ $1 =~ ^(a|b c)$ && -f ~/x ]] && ((x++)); }; time f @(a|b) [!c]?",
    "\u{0}\u{0}a \\\n  b\u{0}c # note \u{0}d\ne 'f\u{0}g' \"h\\\u{0}\"\"",
    "env -u A B=\"$C\" timeout -k 5 30s xargs -0 -I{} cp {} \"$D\"/日本語 |& tee -a log.txt",
    "function g { select y in a; do break; done; } ; until $(h); do (i; j) || { k & } done; coproc l",
    "ab[\"]\"]+=c d=$(( (1<<2) + ${#e[@]} )) exec 3<>/dev/tcp/x/80 {fd}>&- <<< \"${!f} ${g//\\//_}\" &>> h",
    "pip install -r requirements.txt \\\r\n  && npm ci\r\n# end\r\n",
];

/// A pseudo-random sequence (xorshift), the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// A sample with a few random edits.
fn mutated(random: &mut Random) -> String {
    const TOKENS: &[&str] = &[
        "'",
        "\"",
        "`",
        "$(",
        ")",
        "(",
        "{",
        "}",
        "${",
        "$",
        "\\",
        "\\\n",
        "\n",
        "\0",
        " ",
        ";",
        ";;",
        "&&",
        "||",
        "|",
        "&",
        "<<E\n",
        "E\n",
        "<(",
        ">",
        "if ",
        "then ",
        "fi",
        " do ",
        "done",
        "case x in ",
        "esac",
        "[[ ",
        "]]",
        "((",
        "))",
        "#",
        "é",
        "日",
        "$'",
        "=",
        "[",
        "]",
        "*",
        "~",
        ",",
        "..",
        "!",
        "f() ",
        "sh -c \"",
        "eval ",
        "time ",
        "\r\n",
        "@(",
        "$((",
        "<<-'E'\n",
        "2>&1",
        "=(",
    ];
    let mut text: Vec<char> = SAMPLES[random.below(SAMPLES.len())].chars().collect();
    for _ in 0..=random.below(6) {
        let (at, len) = (random.below(text.len() + 1), random.below(12));
        let end = (at + len).min(text.len());
        match random.below(4) {
            0 => drop(text.drain(at..end)),
            1 => drop(text.splice(at..at, TOKENS[random.below(TOKENS.len())].chars())),
            2 => {
                let other: Vec<char> = SAMPLES[random.below(SAMPLES.len())].chars().collect();
                let from = random.below(other.len());
                drop(text.splice(at..end, other[from..(from + 20).min(other.len())].iter().copied()));
            }
            _ => {
                let piece: Vec<char> = text[at..end].to_vec();
                let to = random.below(text.len() + 1);
                drop(text.splice(to..to, piece));
            }
        }
    }
    text.into_iter().collect()
}

/// Checks everything of a script whose text stands at `base` in a file with the text `file`.
fn check(script: &Script, file: &str, outer: TextRange) {
    for command in script.all_commands() {
        check_command(script, command, file, outer);
    }
    let root = script.root().unwrap();
    assert_eq!(root.descendants().count(), script.all_commands().len());
    for error in script.errors() {
        within(error.range, outer, file);
    }
    for nested in script.nested() {
        within(nested.range(), outer, file);
        check(nested.script(), file, nested.range());
    }
}

fn check_command(script: &Script, command: Command<'_>, file: &str, outer: TextRange) {
    let range = command.range();
    within(range, outer, file);
    let of_function_body = command.parent().is_some_and(|parent| parent.kind() != crate::shell::CommandKind::Simple);
    if of_function_body && !in_heredoc(command) {
        within(range, command.parent().unwrap().range(), file);
    }
    assert!(command.pipeline().commands().any(|other| other == command));
    assert_eq!(command.pipeline().commands().nth(command.position()), Some(command));
    assert!(command.pipeline().range().contains_range(range));
    within(command.operator_range(), outer, file);
    let mut end = range.start();
    for word in command.words().iter() {
        within(word.range(), range, file);
        assert!(word.range().start() >= end, "words are in order");
        end = word.range().end();
        check_word(word, file);
    }
    for assignment in command.assignments() {
        within(assignment.range(), range, file);
        check_word(assignment.value(), file);
    }
    for redirect in command.redirects() {
        within(redirect.range(), range, file);
        within(redirect.target().range(), redirect.range(), file);
        let _ = (redirect.descriptor(), redirect.writes_file());
        if let Some(heredoc) = redirect.heredoc() {
            within(heredoc.body().range(), outer, file);
            check_word(heredoc.body(), file);
        }
    }
    for scope in command.own_scopes() {
        within(scope.range(), outer, file);
        assert_eq!(scope.owner(), Some(command));
        scope.patterns().iter().for_each(|word| check_word(word, file));
        assert!(scope.commands().all(|inner| inner.parent() == Some(command)));
    }
    assert_eq!(command.scopes().last().unwrap().kind(), crate::shell::ScopeKind::Script);
    let _ = (command.is_checked(), command.affects_script(), command.is_conditional(), script.settings_at(command));
    if let Some(program) = command.program() {
        let spec = OptionSpec::new("o", &["option"]);
        for argument in &program.arguments(&spec) {
            within(argument.range, argument.word.range(), file);
            if let Some(value) = &argument.value {
                within(value.range, value.word.range(), file);
            }
        }
    }
}

/// Whether the command is in a substitution of a heredoc's body, which comes after the command that it belongs to.
fn in_heredoc(command: Command<'_>) -> bool {
    command.scopes().any(|scope| scope.owner().is_some_and(|owner| owner.range().end() <= scope.range().start()))
}

fn check_word(word: Word<'_>, file: &str) {
    let mut end = word.range().start();
    for part in word.parts() {
        assert!(part.range().start() >= end, "parts are in order");
        within(part.range(), word.range(), file);
        end = part.range().end();
        check_part(part, file);
    }
    let unquoted = word.unquoted();
    assert!(!unquoted.contains('\0'));
    if let Some(literal) = word.literal() {
        assert_eq!(literal, unquoted);
        assert!(!word.may_split());
    }
}

fn check_part(part: Part<'_>, file: &str) {
    assert!(!part.range().is_empty() || part.text().is_empty());
    for inner in part.parts() {
        within(inner.range(), part.range(), file);
        check_part(inner, file);
    }
    if let Some(parameter) = part.parameter() {
        within(parameter.name_range(), part.range(), file);
    }
    if let Some(scope) = part.scope() {
        within(scope.range(), part.range(), file);
    }
}

#[track_caller]
fn within(inner: TextRange, outer: TextRange, file: &str) {
    assert!(outer.contains_range(inner), "{inner:?} is not in {outer:?} of {file:?}");
    for offset in [inner.start(), inner.end()] {
        assert!(file.is_char_boundary(usize::from(offset)), "{offset:?} is within a character of {file:?}");
    }
}

fn check_text(text: &str) {
    let file = format!("{}{text}", " ".repeat(BASE as usize));
    let script = parse(text, BASE.into());
    check(&script, &file, TextRange::at(BASE.into(), TextSize::of(text)));
}

#[test]
fn samples_are_sound() {
    for text in SAMPLES {
        check_text(text);
        assert_eq!(parse(text, 0.into()).errors(), [], "{text}");
    }
}

#[test]
fn every_prefix_and_suffix_is_sound() {
    for text in SAMPLES {
        for (at, _) in text.char_indices() {
            check_text(&text[..at]);
            check_text(&text[at..]);
        }
    }
}

/// `DLINT_MUTATIONS` is how many texts are tried, `DLINT_SEED` makes them others.
#[test]
fn mutations_are_sound() {
    let number = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ number("DLINT_SEED").unwrap_or_default());
    for _ in 0..number("DLINT_MUTATIONS").unwrap_or(2000) {
        let text = mutated(&mut random);
        let outcome = std::panic::catch_unwind(|| check_text(&text));
        assert!(outcome.is_ok(), "on {text:?}");
    }
}
