//! `missing-build-secret`: a `RUN` that mounts a secret which the service does not give.


use dlint_syntax::hash::{HashSet, HashSetExt};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Kind, Mount};

use crate::build::{built, dockerfile};
use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-build-secret",
    summary: "The Dockerfile mounts a secret that the service does not give its build",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_build_secret.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in built(project) {
        check(service, cx);
    }
}

fn check(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(build) = service.build() else { return };
    let Some(dockerfile) = dockerfile(service, cx) else { return };
    if !dockerfile.document.text().contains("type=s") {
        return;
    }
    let Some((file, model)) = dockerfile.sound() else { return };
    let Some(target) = build.target_stage(model) else { return };
    let Some(given) = given(service) else { return };
    let mut missing: Vec<Missing> = Vec::new();
    for stage in model.chain(target) {
        for instruction in file.instructions.get(stage.instructions.clone()).into_iter().flatten() {
            let Kind::Run(run) = &instruction.kind else { continue };
            for mount in &run.mounts {
                let kind = mount.kind();
                let Some(id) = id(mount, &kind).filter(|id| !given.contains(&(kind.to_string(), id.clone()))) else { continue };
                let name = if kind == "ssh" { format!("the SSH agent `{id}`") } else { format!("the secret `{id}`") };
                if missing.len() < MOST && !missing.iter().any(|it| it.name == name) {
                    let help = if kind == "ssh" { "`build.ssh`" } else { "`build.secrets`" };
                    missing.push(Missing { name, help, range: mount.range, is_required: is_required(mount) });
                }
            }
        }
    }
    let Some(first) = missing.first() else { return };
    let names: Vec<&str> = missing.iter().map(|it| it.name.as_str()).collect();
    let names = names.join(" and ");
    let message = format!("the Dockerfile of service `{}` mounts {names}, which its build does not get", service.name);
    // Without it, the file is not there, and the command may do without.
    let level = if missing.iter().any(|it| it.is_required) { Level::Warning } else { Level::Info };
    let mut report = cx.report_at(build.key_place, message);
    report.level(level).help(format!("Name what is missing under {}", first.help));
    for it in missing.iter().filter(|_| !dockerfile.is_inline) {
        report.aside_in(&dockerfile.document, it.range, "needed here");
    }
}

/// What a Dockerfile needs and does not get.
struct Missing {
    name: String,
    help: &'static str,
    range: TextRange,
    is_required: bool,
}

/// How many are named.
const MOST: usize = 5;

fn is_required(mount: &Mount) -> bool {
    let option = mount.option(&["required"]);
    option.is_some_and(|it| it.value.as_ref().is_none_or(|value| value.text.eq_ignore_ascii_case("true")))
}

/// The name of what a mount needs; `None` for other mounts, and where a variable decides.
fn id(mount: &Mount, kind: &str) -> Option<String> {
    let text = |names: &[&str]| mount.option(names).and_then(|option| option.value.as_ref()).map(|it| it.text.as_str());
    let id = match kind {
        "ssh" => text(&["id"]).unwrap_or("default"),
        "secret" => text(&["id", "source", "src"])
            .or_else(|| text(&["target", "dst", "destination"])?.rsplit('/').next())?,
        _ => return None,
    };
    (!id.is_empty() && !id.contains('$')).then(|| id.to_owned())
}

/// What the service gives its build, by kind; `None` where a variable decides.
fn given(service: &Service<'_>) -> Option<HashSet<(String, String)>> {
    let build = service.field("build")?.value;
    let mut given = HashSet::new();
    for item in build.get("secrets").map(|it| it.items()).unwrap_or_default() {
        let name = item.scalar().or_else(|| item.scalar_of("target")).or_else(|| item.scalar_of("source"))?;
        given.insert(("secret".to_owned(), name.known()?.to_owned()));
    }
    if let Some(ssh) = build.get("ssh") {
        let single = ssh.scalar();
        let names = ssh.fields().iter().map(|field| field.name.to_string()).collect::<Vec<_>>();
        for name in names {
            given.insert(("ssh".to_owned(), name));
        }
        for item in ssh.one_or_many().into_iter().chain(single) {
            let name = item.known()?.split('=').next().unwrap_or_default().to_owned();
            given.insert(("ssh".to_owned(), name));
        }
    }
    Some(given)
}
