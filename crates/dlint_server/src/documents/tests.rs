//! What is open, what is due, and what is kept.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::Arc;

use dlint_linter::Language;
use tower_lsp_server::ls_types::Uri;

use super::{Found, Job, State, folder_at, folder_of};

fn detect(path: &Path, id: &str, _: &str) -> Option<Language> {
    (id == "dockerfile" || path.ends_with("Dockerfile")).then_some(Language::Dockerfile)
}

fn uri(name: &str) -> Uri {
    format!("file:///w/{name}").parse().unwrap()
}

#[test]
fn the_text_that_was_changed_goes_first_and_others_wait() {
    let mut state = State::default();
    for name in ["a/Dockerfile", "b/Dockerfile", "notes.txt"] {
        state.open(&uri(name), String::new(), 1, "FROM x".to_owned(), &detect);
    }
    let mut done = Vec::new();
    while let Some(Job::Lint(snapshot, _)) = state.next(true) {
        done.push(snapshot.uri.clone());
    }
    assert_eq!(done.len(), 2, "no lint of what is not for dlint");
    state.change(&uri("b/Dockerfile"), 2, |_| "FROM y".to_owned(), &detect);
    let Some(Job::Lint(first, _)) = state.next(false) else { panic!("a job") };
    assert_eq!((first.uri.clone(), &*first.text), (uri("b/Dockerfile"), "FROM y"));
    assert!(state.next(false).is_none() && state.has_later());
    assert!(matches!(state.next(true), Some(Job::Lint(second, _)) if second.uri == uri("a/Dockerfile")));
}

#[test]
fn what_was_found_in_an_older_text_is_dropped() {
    let mut state = State::default();
    let it = uri("Dockerfile");
    state.open(&it, String::new(), 1, String::new(), &detect);
    state.change(&it, 2, |_| "FROM x".to_owned(), &detect);
    let found = |version| Found { version, diagnostics: Arc::from([]) };
    assert!(!state.keep(&it, found(1)));
    assert!(state.keep(&it, found(2)));
    state.close(&it);
    assert!(!state.keep(&it, found(2)));
    assert!(matches!(state.next(false), Some(Job::Clear(_))));
}

#[test]
fn a_file_belongs_to_the_nearest_folder() {
    let folders = ["/w".into(), "/w/sub".into()];
    assert_eq!(folder_of(Path::new("/w/sub/x/Dockerfile"), &folders), Path::new("/w/sub"));
    assert_eq!(folder_of(Path::new("/w/Dockerfile"), &folders), Path::new("/w"));
    assert_eq!(folder_of(Path::new("/other/Dockerfile"), &folders), Path::new("/other"));
    assert_eq!(folder_at(&"file:///w/a%20b".parse().unwrap()).unwrap(), Path::new("/w/a b"));
    assert_eq!(folder_at(&"vscode-vfs://github/a/b".parse().unwrap()), None);
}
