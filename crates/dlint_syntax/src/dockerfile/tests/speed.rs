//! Hostile texts come to an end. In quadratic time most of these would not, within anybody's patience.

use super::super::*;

/// How long the long texts are, in bytes.
const LENGTH: usize = 200_000;
/// How many the many things are.
const COUNT: usize = 20_000;

fn ends(name: &str, text: &str) -> Dockerfile {
    let file = parse(text);
    let late = convert_errors(&file);
    assert!(late.len() <= text.len(), "{name}");
    Model::new(&file);
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
            ends(&format!("{keyword} {word}"), &format!("FROM a\n{keyword} {long}\n"));
        }
    }
}

#[test]
fn many_instructions() {
    let file = ends("instructions", &format!("FROM a\n{}", "COPY --from=b c d\n".repeat(COUNT)));
    assert_eq!(file.instructions.len(), COUNT + 1);
    ends("stages", &"FROM a AS b\n".repeat(COUNT));
    let unlike = numbered(|n| format!("FROM b{n} AS c{n}\n"));
    ends("stages with names", &unlike);
    ends("unknown", &format!("FROM a\n{}", "RNU x\n".repeat(COUNT)));
}

#[test]
fn many_lines_of_one_instruction() {
    ends("continuations", &format!("FROM a\nRUN x{}\n", " \\\n y".repeat(COUNT)));
    ends("words", &format!("FROM a\nENV{}\n", " \\\n a=\"$b\"".repeat(COUNT)));
    ends("comments", &format!("FROM a\nRUN x \\\n{} y\n", "# c\n\n".repeat(COUNT)));
    ends("JSON", &format!("FROM a\nRUN [\"x\"{}]\n", ", \\\n \"y\\n\"".repeat(COUNT)));
    ends("letters", &format!("FROM a\nUSER {}\n", "a\\\n".repeat(COUNT)));
}

#[test]
fn many_heredocs() {
    ends("bodies", &format!("FROM a\n{}", "RUN <<E\nx\nE\n".repeat(COUNT)));
    ends("on a line", &format!("FROM a\nRUN{}\n{}", " <<E".repeat(COUNT), "E\n".repeat(COUNT)));
    let mended = numbered(|n| format!("RUN <<E{n}\nx\n E{n}\n"));
    ends("without an end", &format!("FROM a\n{mended}"));
    let (markers, bodies) = (numbered(|n| format!(" <<E{n}")), numbered(|n| format!("E{n}\n")));
    ends("sources", &format!("FROM a\nCOPY{markers} /x/\n{bodies}"));
}

#[test]
fn deep_nesting() {
    ends("variables", &format!("FROM a\nUSER {}{}\n", "${a:-".repeat(COUNT), "}".repeat(COUNT)));
    ends("JSON", &format!("FROM a\nRUN {}{}\n", "[".repeat(COUNT), "]".repeat(COUNT)));
    ends("triggers", &format!("FROM a\n{} RUN x\n", "ONBUILD ".repeat(COUNT)));
}
