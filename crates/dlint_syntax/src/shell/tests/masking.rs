//! Bytes that the shell does not see.

use super::{command, commands, place, read, words};

#[test]
fn masked_bytes_are_nothing() {
    // A continuation of a Dockerfile and a comment line within it, as they are masked.
    let text = "apt-get \0\0\0\0\0\0install\0\0 cu\0\0rl && \0\0\0rm x\0";
    let script = read(text);
    let install = command(&script, "apt-get");
    assert_eq!(install.words().len(), 3);
    assert_eq!(install.words().get(1).unwrap().range(), place(text, "install"));
    let curl = install.words().get(2).unwrap();
    assert_eq!(curl.literal().unwrap(), "curl");
    assert_eq!(curl.range(), place(text, "cu\0\0rl"));
    assert_eq!(command(&script, "rm").range(), place(text, "rm x"));
}

#[test]
fn masked_bytes_are_nothing_within_quotes_and_operators() {
    let script = read("echo 'a\0b' \"c\0d\" e\\\0f \"g\\\0\\h\" &\0& i >\0> j |\0| k");
    assert_eq!(
        command(&script, "echo").words().iter().map(|word| word.literal().unwrap().into_owned()).collect::<Vec<_>>(),
        ["echo", "ab", "cd", "ef", "g\\h"]
    );
    assert_eq!(commands(&script).len(), 3);
    assert_eq!(command(&script, "i").redirects().count(), 1);
}

#[test]
fn a_comment_goes_on_after_a_masked_continuation() {
    // BuildKit joins the lines before the shell looks for the end of the comment.
    assert_eq!(commands(&read("a # note \0\0b\nc")), ["a", "c"]);
    // In a script of its own lines it ends with its line, whatever its last character.
    assert_eq!(commands(&read("a # note \\\nb")), ["a", "b"]);
}

#[test]
fn masked_bytes_around_reserved_words() {
    let script = read("if\0 a\0;\0then \0\0b; fi\0\0; for x in\0 1; do\0 c; done\0");
    assert_eq!(commands(&script), ["a", "b", "c"]);
    assert_eq!(script.compounds().count(), 2);
}

#[test]
fn masked_indentation_of_a_heredoc() {
    let text = "cat <<E\n\0\0x\n\0\0E\n\0\0y";
    let script = read(text);
    assert_eq!(commands(&script), ["cat <<E", "y"]);
    let body = command(&script, "cat").redirects().next().unwrap().heredoc().unwrap().body();
    assert_eq!(body.literal().unwrap(), "x\n");
}

#[test]
fn continuations_within_a_process_substitution() {
    for text in ["a <\\\n(b)", "a <\0(b)", "a 2<\\\n(b)", "for x in >\0(b); do a; done"] {
        assert!(commands(&read(text)).contains(&"b"), "{text}");
    }
}

#[test]
fn a_hash_joined_to_a_word_is_no_comment() {
    assert_eq!(words(&command(&read("a b\0#c d"), "a")), ["a", "b\0#c", "d"]);
}
