//! `unknown-runtime`: a service asks for a runtime that the daemon does not have.

use dlint_syntax::suggest::nearest;

use crate::beside::daemon;
use crate::compose::Project;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-runtime",
    summary: "A service asks for a runtime that the daemon does not have",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_runtime.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    if !cx.mentions("runtime") {
        return;
    }
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        let Some(runtime) = service.string("runtime") else { continue };
        let Some(name) = runtime.known().filter(|name| !is_built_in(name)) else { continue };
        let Some(document) = daemon(&project.folder, cx.files) else { return };
        let Some(config) = DaemonConfig::new(&document) else { return };
        let known: Vec<String> = config.members("runtimes").iter().map(|it| it.name.to_owned()).collect();
        if known.iter().any(|it| it == name) {
            continue;
        }
        let path = document.path().display();
        let message = format!("the runtime `{name}` is not among those of `{path}`");
        let near = nearest(name, known.iter().map(String::as_str));
        value::report(cx, &runtime, message).help(match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Add it to `runtimes` there".to_owned(),
        });
    }
}

/// What every daemon has: `runc`, the names of containerd's shims, and the paths of such.
fn is_built_in(name: &str) -> bool {
    name.is_empty() || name == "runc" || name.starts_with("io.containerd.") || name.contains('/')
}
