//! Hostile texts take no more than linear time. The bounds are wide: they tell linear from quadratic, no more.

use std::time::{Duration, Instant};

use super::super::*;

/// How long the long texts are, in bytes.
const LENGTH: usize = 200_000;
/// How many the many things are.
const COUNT: usize = 20_000;

fn quickly(name: &str, text: &str) -> Dockerfile {
    let start = Instant::now();
    let file = parse(text);
    let late = convert_errors(&file);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(3), "{name} took {took:?} ({} errors later)", late.len());
    file
}

fn numbered(text: impl Fn(usize) -> String) -> String {
    (0..COUNT).map(text).collect::<Vec<_>>().concat()
}

#[test]
fn a_very_long_line() {
    for word in ["x", "x ", "\"", "$", "${a:-", "[", "<<a ", "a=b ", "--a ", "\\", "'", "\u{e9}"] {
        let long = word.repeat(LENGTH / word.len());
        for keyword in ["RUN", "ENV a=", "COPY", "FROM", "RUN [\"", "RUN --mount=", ""] {
            if keyword.is_empty() && word != "x" {
                continue;
            }
            quickly(&format!("{keyword} {word}"), &format!("FROM a\n{keyword} {long}\n"));
        }
    }
}

#[test]
fn many_instructions() {
    let file = quickly("instructions", &format!("FROM a\n{}", "COPY --from=b c d\n".repeat(COUNT)));
    assert_eq!(file.instructions.len(), COUNT + 1);
    quickly("stages", &"FROM a AS b\n".repeat(COUNT));
    let unlike = numbered(|n| format!("FROM b{n} AS c{n}\n"));
    quickly("stages with names", &unlike);
    quickly("unknown", &format!("FROM a\n{}", "RNU x\n".repeat(COUNT)));
}

#[test]
fn many_lines_of_one_instruction() {
    quickly("continuations", &format!("FROM a\nRUN x{}\n", " \\\n y".repeat(COUNT)));
    quickly("words", &format!("FROM a\nENV{}\n", " \\\n a=\"$b\"".repeat(COUNT)));
    quickly("comments", &format!("FROM a\nRUN x \\\n{} y\n", "# c\n\n".repeat(COUNT)));
    quickly("JSON", &format!("FROM a\nRUN [\"x\"{}]\n", ", \\\n \"y\\n\"".repeat(COUNT)));
    quickly("letters", &format!("FROM a\nUSER {}\n", "a\\\n".repeat(COUNT)));
}

#[test]
fn many_heredocs() {
    quickly("bodies", &format!("FROM a\n{}", "RUN <<E\nx\nE\n".repeat(COUNT)));
    quickly("on a line", &format!("FROM a\nRUN{}\n{}", " <<E".repeat(COUNT), "E\n".repeat(COUNT)));
    let mended = numbered(|n| format!("RUN <<E{n}\nx\n E{n}\n"));
    quickly("without an end", &format!("FROM a\n{mended}"));
    let (markers, ends) = (numbered(|n| format!(" <<E{n}")), numbered(|n| format!("E{n}\n")));
    quickly("sources", &format!("FROM a\nCOPY{markers} /x/\n{ends}"));
}

#[test]
fn deep_nesting() {
    quickly("variables", &format!("FROM a\nUSER {}{}\n", "${a:-".repeat(COUNT), "}".repeat(COUNT)));
    quickly("JSON", &format!("FROM a\nRUN {}{}\n", "[".repeat(COUNT), "]".repeat(COUNT)));
    quickly("triggers", &format!("FROM a\n{} RUN x\n", "ONBUILD ".repeat(COUNT)));
}
