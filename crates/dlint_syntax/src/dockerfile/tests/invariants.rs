//! What holds for every text.

use super::super::*;
use crate::text::TextSize;

/// Texts that have everything once.
const TRICKY: &[&str] = &[
    "",
    "\u{feff}# syntax=docker/dockerfile:1\r\n# escape=`\r\nFROM a AS b\r\nRUN dir `\r\n  # note\r\n\r\n  c:\\ ` \r\n\r\n",
    "#!/usr/bin/env x\n# escape=\\\nFR\\\nOM --plat\\\nform=linux/\\\namd64 alp\\\n# c\nine AS \\\n  n\\\name\n\\",
    "FROM a\nRUN <<A <<-'B' cat \\\n && x\nbody \u{e9}\nA\n\tb\n\tB\nCOPY <<\"C\" <<D /x/\nC\n$x\nD\nRUN <<E\nno end",
    "FROM a\nENV a=\"b \\\n c\" d='\\\n$e' f=${g:-\"h${i}\"}\nLABEL x y z\\\n w\nARG q r=s t=\"u v\"\n",
    "FROM a\nRUN --mount=type=cache,\"target=/a,b\",id=\"x\" --network=none --device=d [\"a\\u00e9\\n\", \"\\ud83d\\ude00b\"]\n",
    "FROM a\nHEALTHCHECK --interval=1s --retries=\"3\" \\\n CMD [\"x\" \\\n , \"y\"]\nONBUILD COPY --from=\\\nx <<E /y\nz\nE\n",
    "COPY [\"a\", 1]\nFOO bar\nEXPOSE\u{a0}80\n\u{2003}USER \u{2003}x\u{2003}\nVOLUME [\"\", \" \"]\nSHELL [\"/bin/sh\", \"-c\"]\n\r\r\n\r",
    "FROM a\nRUN << \\\n E cat\nE\nRUN <<F\nx\n F \nONBUILD ONBUILD RUN <<G\nADD <<\n",
    "FROM a\nADD --chmod=7\u{e0}55 --link=x --checksum --checksum=y \"a b c\nSTOPSIGNAL \\\n\\\n# c\n9\nCMD \\\n\n\n\nRUN x",
];

/// Checks a text; gives its tree.
fn check(text: &str) -> Dockerfile {
    let file = parse(text);
    let mut at = TextSize::new(0);
    for token in &file.tokens {
        assert_eq!(token.range.start(), at, "tokens have a gap or overlap in {text:?}: {:?}", file.tokens);
        assert!(!token.range.is_empty(), "empty token in {text:?}");
        at = token.range.end();
        let _ = &text[token.range];
    }
    assert_eq!(usize::from(at), text.len(), "tokens do not reach the end of {text:?}");
    for error in file.errors.iter().chain(&convert_errors(&file)) {
        let _ = &text[error.range];
        assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{}", error.message);
        if let Some((place, _)) = &error.related {
            let _ = &text[*place];
        }
    }
    for instruction in &file.instructions {
        check_instruction(text, instruction);
    }
    file
}

fn check_instruction(text: &str, instruction: &Instruction) {
    let inside = |place: crate::TextRange| {
        let _ = &text[place];
        assert!(instruction.range.contains_range(place), "{place:?} is not in {:?} in {text:?}", instruction.range);
    };
    inside(instruction.keyword.range);
    inside(instruction.arguments);
    for flag in &instruction.flags {
        inside(flag.range);
        check_word(text, &flag.name, inside);
        flag.value.iter().for_each(|value| check_word(text, value, inside));
    }
    for heredoc in &instruction.heredocs {
        inside(heredoc.marker);
        inside(heredoc.body);
        heredoc.end.into_iter().for_each(inside);
    }
    let word = |word: &Word| check_word(text, word, inside);
    let form = |form: &Form| match form {
        Form::Shell(shell) => {
            inside(shell.range);
            assert_eq!(shell.text().len(), usize::from(shell.range.len()));
        }
        Form::Exec(words) => words.iter().for_each(word),
    };
    let script = |form: &Form| {
        let script = form.script();
        for command in script.all_commands() {
            inside(command.range());
            command.words().iter().for_each(|word| inside(word.range()));
        }
    };
    match &instruction.kind {
        Kind::From(from) => from.image.iter().chain(&from.name).for_each(word),
        Kind::Run(run) => {
            form(&run.form);
            script(&run.form);
            for option in run.mounts.iter().flat_map(|mount| &mount.options) {
                inside(option.range);
                word(&option.key);
                option.value.iter().for_each(word);
            }
        }
        Kind::Cmd(command) | Kind::Entrypoint(command) => form(command),
        Kind::Shell(words) | Kind::Expose(words) | Kind::Volume(words) => words.iter().for_each(word),
        Kind::Healthcheck(check) => {
            check.kind.iter().for_each(word);
            check.command.iter().for_each(form);
        }
        Kind::Copy(copy) | Kind::Add(copy) => {
            for source in &copy.sources {
                match source {
                    Source::Path(path) => word(path),
                    Source::Heredoc(index) => assert!(*index < instruction.heredocs.len()),
                }
            }
            copy.destination.iter().for_each(word);
        }
        Kind::Env(pairs) | Kind::Label(pairs) => {
            for pair in &pairs.pairs {
                inside(pair.range);
                word(&pair.key);
                word(&pair.value);
            }
        }
        Kind::Arg(arguments) => {
            for argument in arguments {
                inside(argument.range);
                word(&argument.name);
                argument.default.iter().for_each(word);
            }
        }
        Kind::User(rest) | Kind::Workdir(rest) | Kind::Stopsignal(rest) | Kind::Maintainer(rest) => {
            rest.iter().for_each(word);
        }
        Kind::Onbuild(trigger) => {
            if let Some(trigger) = trigger {
                inside(trigger.range);
                check_instruction(text, trigger);
            }
        }
        Kind::Unknown => {}
    }
}

fn check_word(text: &str, word: &Word, inside: impl Fn(crate::TextRange)) {
    inside(word.range);
    let mut before = word.range.start();
    for (at, c) in word.text.char_indices() {
        let place = word.sub_range(at..at + c.len_utf8());
        let written = &text[place];
        assert!(word.range.contains_range(place), "{word:?} in {text:?}");
        assert!(place.start() >= before, "{word:?} in {text:?}");
        assert!(written.starts_with('\\') || written == c.to_string(), "{written:?} is not {c:?} in {text:?}");
        before = place.end();
    }
    for reference in expand(word, Escape::Backslash, &NothingKnown).references {
        inside(reference.range);
        inside(reference.name_range);
        assert!(reference.range.contains_range(reference.name_range));
    }
}

#[test]
fn hold_for_every_prefix_of_tricky_texts() {
    for text in TRICKY {
        for (end, _) in text.char_indices().chain([(text.len(), ' ')]) {
            check(&text[..end]);
        }
    }
}

/// A small generator of pseudo-random numbers (SplitMix64), so that a failure can be repeated from its seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("less than a usize")
    }
}

fn mutate(text: &str, random: &mut Random) -> String {
    const PARTS: &[&str] = &[
        "\\", "\n", "\\\n", "\r\n", "`", "\"", "'", "$", "${", "}", "<<E", "\nE\n", "[", "]", ",", "=", " --", "#",
        "\n# ", " ", "\t", "\u{e9}", "\u{a0}", "\u{feff}", "FROM a\n", "ONBUILD ", "RUN ", "COPY ", "ENV ", "--mount=",
        "\\u00e9", "\r",
    ];
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(chars.len() + 1);
        match random.below(4) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 => {
                let until = (at + random.below(12)).min(chars.len());
                drop(chars.drain(at..until));
            }
            2 => {
                let until = (at + random.below(30)).min(chars.len());
                let copy = chars[at..until].to_vec();
                let to = random.below(chars.len() + 1);
                drop(chars.splice(to..to, copy));
            }
            _ => drop(chars.splice(at..at, PARTS[random.below(PARTS.len())].chars())),
        }
    }
    chars.into_iter().collect()
}

/// `DLINT_MUTATIONS` sets how many, `DLINT_SEED` where the numbers begin.
#[test]
fn hold_for_mutations() {
    let number = |name: &str, default| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let mut random = Random(number("DLINT_SEED", 1));
    for _ in 0..number("DLINT_MUTATIONS", 3_000) {
        let text = TRICKY[random.below(TRICKY.len())];
        let mutated = mutate(text, &mut random);
        check(&mutated);
    }
}
