//! What may be typed where nothing in the file says it: parser directives, images, users, Compose files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dlint_linter::check::Files;
use dlint_linter::image::Reference;
use dlint_syntax::dockerfile::{Base, Dockerfile, Kind, Model};

use super::completion::{Completion, CompletionKind, List};
use super::instructions::{PLATFORMS, SIGNALS};

/// Images that files mostly start from, and services mostly run.
const IMAGES: [&str; 36] = [
    "alpine",
    "amazonlinux",
    "busybox",
    "caddy",
    "composer",
    "debian",
    "docker",
    "eclipse-temurin",
    "elasticsearch",
    "fedora",
    "gcr.io/distroless/base-debian12",
    "gcr.io/distroless/static-debian12",
    "golang",
    "gradle",
    "grafana/grafana",
    "haproxy",
    "httpd",
    "mariadb",
    "maven",
    "memcached",
    "mongo",
    "mysql",
    "nginx",
    "node",
    "php",
    "postgres",
    "prom/prometheus",
    "python",
    "rabbitmq",
    "redis",
    "ruby",
    "rust",
    "tomcat",
    "traefik",
    "ubuntu",
    "valkey/valkey",
];

/// The user that images bring for the program that they are for.
///
/// Source: the Dockerfiles of the images.
const USERS: [(&str, &str); 9] = [
    ("httpd", "www-data"),
    ("memcached", "memcache"),
    ("mongo", "mongodb"),
    ("mysql", "mysql"),
    ("nginx", "nginx"),
    ("node", "node"),
    ("php", "www-data"),
    ("postgres", "postgres"),
    ("redis", "redis"),
];

/// The directives, with what they do and values that they mostly have.
///
/// Source: Docker documentation, "Dockerfile reference", "Parser directives".
const DIRECTIVES: [(&str, &str, &[&str]); 3] = [
    ("syntax", "The frontend image that builds the file.", &["docker/dockerfile:1", "docker/dockerfile:1-labs"]),
    ("escape", "The character that escapes others and continues lines.", &["`", "\\"]),
    (
        "check",
        "Settings of BuildKit's own checks: which are skipped, and whether they fail the build.",
        &["skip=all", "error=true"],
    ),
];

/// The directive that may be typed at a place, or its value; `None` where none can stand.
pub(super) fn directives(text: &str, file: &Dockerfile, at: usize) -> Option<Vec<Completion>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = text.get(start..at)?.trim_start().strip_prefix('#')?.trim_start();
    // A sentence is a comment.
    if rest.split('=').next().is_some_and(|name| name.trim_end().contains(char::is_whitespace)) {
        return None;
    }
    // Only directives stand before a directive.
    let above = text.get(..start)?.lines().count();
    let before = file.directives.iter().filter(|it| usize::from(it.range.start()) < start);
    if before.clone().count() != above {
        return None;
    }
    let Some((name, value)) = rest.split_once('=') else {
        let mut list = List::new(at - rest.len()..at);
        let is_there = |name: &str| {
            let mut names = before.clone().filter_map(|it| text.get(std::ops::Range::<usize>::from(it.name)));
            names.any(|it| it.eq_ignore_ascii_case(name))
        };
        for (name, about, _) in DIRECTIVES.iter().filter(|it| !is_there(it.0)) {
            list.add_as(CompletionKind::Keyword, *name, format!("{name}="), "directive", *about);
        }
        return Some(list.all);
    };
    let value = value.trim_start();
    let mut list = List::new(at - value.len()..at);
    let known = DIRECTIVES.iter().find(|it| it.0.eq_ignore_ascii_case(name.trim()));
    for value in known.map_or(&[][..], |it| it.2) {
        list.add(CompletionKind::Value, *value, "", "");
    }
    Some(list.all)
}

/// Images that are not among those that the file has.
pub(super) fn images(list: &mut List) {
    for name in IMAGES {
        if !list.all.iter().any(|it| it.label == name) {
            list.add(CompletionKind::Value, name, "image", "");
        }
    }
}

/// Values of Compose keys that the schema leaves open.
pub(super) fn of_compose(list: &mut List, path: &[&str], is_quoted: bool) {
    match path {
        ["services", _, "stop_signal"] => SIGNALS.iter().for_each(|it| list.add(CompletionKind::Value, *it, "", "")),
        ["services", _, "platform"] | ["services", _, "build", "platforms", "[]"] => {
            for platform in PLATFORMS.iter().filter(|it| !it.starts_with('$')) {
                list.add(CompletionKind::Value, *platform, "", "");
            }
        }
        ["services", _, "security_opt", "[]"] => {
            for (option, about) in SECURITY {
                list.add(CompletionKind::Value, option, "", about);
            }
        }
        ["services", _, "healthcheck", "test", "[]"] => {
            for (word, about) in TESTS {
                let text = if is_quoted { word.to_owned() } else { format!("\"{word}\"") };
                list.add_as(CompletionKind::Keyword, word, text, "", about);
            }
        }
        ["volumes", _, "driver"] => list.add(CompletionKind::Value, "local", "", ""),
        _ => {}
    }
}

/// Options of `security_opt`.
///
/// Source: Docker documentation, "Running containers", "Security configuration".
const SECURITY: [(&str, &str); 4] = [
    ("no-new-privileges:true", "No program gets more rights than who starts it, as `sudo` would."),
    ("apparmor=unconfined", "No AppArmor profile."),
    ("label=disable", "No labels of SELinux."),
    ("seccomp=unconfined", "No filter of system calls."),
];

/// How the test of a health check may begin.
const TESTS: [(&str, &str); 3] = [
    ("CMD", "The command follows, word by word."),
    ("CMD-SHELL", "The command follows as one text, for the shell of the container."),
    ("NONE", "No check, not even the image's."),
];

/// The users that a stage may run as: those that the file names and creates, that of its base image, and root.
pub(super) fn users(list: &mut List, text: &str, file: &Dockerfile, model: &Model, index: usize) {
    let mut names: BTreeSet<String> = BTreeSet::from(["nobody".to_owned(), "root".to_owned()]);
    // What is being typed is itself a user in the tree.
    let others = file.instructions.iter().enumerate().filter(|(at, _)| *at != index);
    for word in others.filter_map(|(_, it)| if let Kind::User(word) = &it.kind { word.as_ref() } else { None }) {
        let user = word.text.split(':').next().unwrap_or_default();
        names.extend((!user.is_empty() && !user.contains('$')).then(|| user.to_owned()));
    }
    if let Some(stage) = model.stage_of(index) {
        if let Base::Image(image) = model.root_base(stage) {
            let image = Reference::new(image);
            let name = image.familiar_name();
            names.extend(USERS.iter().filter(|(of, _)| *of == name).map(|(_, user)| (*user).to_owned()));
            let is_nonroot = name.starts_with("gcr.io/distroless/");
            names.extend(is_nonroot.then(|| "nonroot".to_owned()));
        }
        for stage in model.chain(stage).take(MOST_STAGES) {
            let own = file.instructions.get(stage.instructions.clone()).unwrap_or_default();
            for instruction in own {
                let text = text.get(std::ops::Range::<usize>::from(instruction.range)).unwrap_or_default();
                if let Kind::Run(run) = &instruction.kind
                    && (text.contains("useradd") || text.contains("adduser"))
                {
                    names.extend(created(run.form.script()));
                }
            }
        }
    }
    for name in names {
        list.add(CompletionKind::Value, name, "user", "");
    }
}

/// How many stages upwards are looked through.
const MOST_STAGES: usize = 50;

/// The users that a script creates.
fn created(script: &dlint_syntax::shell::Script) -> Vec<String> {
    let creates = |name: &str| matches!(name, "useradd" | "adduser");
    let commands = script.commands_deep().filter(|it| it.program().is_some_and(|program| creates(&program.name)));
    // With two operands `adduser` adds a user to a group, so that the name is the last or the only one.
    let name = |command: dlint_syntax::shell::Command<'_>| command.words().iter().last()?.literal().map(String::from);
    commands.filter_map(name).filter(|name| !name.is_empty() && !name.starts_with('-')).collect()
}

/// The other Compose files in the folder of one.
pub(super) fn compose_files(list: &mut List, own: &Path, files: &dyn Files) {
    let paths: Vec<PathBuf> = files.compose_files(own.parent().unwrap_or(Path::new("")));
    for name in paths.iter().filter(|path| *path != own).filter_map(|path| path.file_name()?.to_str()) {
        list.add(CompletionKind::Reference, name, "Compose file", "");
    }
}
