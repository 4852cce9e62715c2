//! `missing-file`: a file that is named is not there.

use std::path::{Path, PathBuf};

use crate::check::FileKind;
use crate::compose::{Mount, MountKind, ProblemKind, Project, named_files, normalize_path, report_problems};
use crate::diagnostic::{Category, Level};
use crate::ignored::is_left_out;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-file",
    summary: "A file that is named is not there",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_file.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::MissingFile, cx);
    for file in named_files(project) {
        let text = file.name.known().unwrap_or_default();
        let message = match cx.files.kind(&file.path) {
            FileKind::Missing => format!("the file `{text}` of {} is not there", described(file.key)),
            FileKind::Folder => format!("`{text}` is a folder, and {} has to be a file", described(file.key)),
            _ => continue,
        };
        let mut report = cx.report_at(file.name.place, message);
        // Such a file is often made where the project is started.
        report.level(if file.key.ends_with("_file") { Level::Info } else { Level::Hint });
        if file.key == "env_file" {
            report.help("Compose refuses the project without it; write `required: false` if it may be missing");
        }
    }
    builds(project, cx);
    mounts(project, cx);
}

/// How many folders that are not there are told of. Nobody has more.
const MOST: usize = 100;

/// What services are built from.
fn builds(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut left = MOST;
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        let Some(build) = service.build() else { continue };
        let Some(context) = build.context_path() else { continue };
        let (path, message, place, level) = match cx.files.kind(&context) {
            FileKind::Missing => {
                let text = build.context.as_ref().and_then(|it| it.known()).unwrap_or(".");
                let message = format!("the build context `{text}` of service `{}` is not there", service.name);
                (context, message, build.context.as_ref().map_or(build.place, |it| it.place), Level::Warning)
            }
            FileKind::Folder => {
                let Some(path) = build.dockerfile_path() else { continue };
                if cx.files.kind(&path) != FileKind::Missing {
                    continue;
                }
                let named = build.dockerfile.as_ref();
                let name = named.and_then(|it| it.known()).filter(|name| !name.is_empty()).unwrap_or("Dockerfile");
                // BuildKit looks for that too.
                if name == "Dockerfile" && cx.files.kind(&path.with_file_name("dockerfile")) != FileKind::Missing {
                    continue;
                }
                let message = format!("service `{}` is built from `{}`, which is not there", service.name, shown(&path));
                let place = named.or(build.context.as_ref()).map_or(build.place, |it| it.place);
                (path, message, place, Level::Error)
            }
            _ => continue,
        };
        left -= 1;
        if left == 0 {
            return;
        }
        if !is_left_out(&path, cx.files) {
            cx.report_at(place, message).level(level);
        }
    }
}

/// How many mounted files are looked for.
const MOST_LOOKS: usize = 1000;

/// Files that are mounted. Docker makes a folder of that name where there is none, and the program finds that.
fn mounts(project: &Project<'_>, cx: &mut Context<'_>) {
    let (mut left, mut looked) = (MOST, 0);
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        for mount in service.mounts() {
            let Some((source, path)) = mounted_file(mount) else { continue };
            if looked == MOST_LOOKS || left == 0 {
                return;
            }
            looked += 1;
            if cx.files.kind(&path) != FileKind::Missing {
                continue;
            }
            left -= 1;
            if !is_left_out(&path, cx.files) {
                let message = format!("`{}` is not there: Docker makes a folder of that name, and mounts it", shorten(source));
                value::report_at(cx, mount.place, mount.alias, message)
                    .level(Level::Info)
                    .help("Put the file there before the first start, or write `create_host_path: false` in the long form, so that Docker says that it is missing");
            }
        }
    }
}

/// The file that a mount is about, as it is written and as a path, if both its names are those of a file of settings.
fn mounted_file(mount: &Mount) -> Option<(&str, PathBuf)> {
    let source = mount.source.as_ref()?.known()?;
    let is_file = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
    };
    let is_wanted = mount.kind == MountKind::Bind && mount.creates_source() && source.starts_with('.') && is_file(source);
    (is_wanted && mount.clean_target().is_some_and(|target| is_file(&target))).then(|| (source, mount.folder().join(source)))
}

/// Extensions that files have and folders do not.
const EXTENSIONS: [&str; 24] = [
    "cfg", "cnf", "conf", "config", "crt", "ini", "js", "json", "key", "lua", "pem", "php", "properties", "py", "rb", "sh", "sql",
    "template", "toml", "txt", "xml", "yaml", "yml", "env",
];

fn shown(path: &Path) -> String {
    normalize_path(path).display().to_string()
}

fn described(key: &str) -> String {
    if key.contains(' ') { key.to_owned() } else { format!("`{key}`") }
}
