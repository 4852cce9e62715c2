//! `invalid-runtime`: a runtime that the daemon does not take, or does not know.

use dlint_syntax::suggest::nearest;

use crate::daemon::{DaemonConfig, Json, Setting, is_template};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-runtime",
    summary: "A runtime that the daemon does not take, or does not know",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_runtime.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let runtimes = config.members("runtimes");
    for runtime in &runtimes {
        if runtime.name == "runc" {
            cx.report(runtime.key_range, "the name `runc` is reserved for the daemon's own runtime")
                .help("Choose another name, and make it the `default-runtime`");
        } else if matches!(runtime.json(), Json::Object | Json::Null) {
            check(runtime, cx);
        }
    }
    default_runtime(config, &runtimes, cx);
}

/// Source: `setupRuntimes` in moby, `daemon/runtime_unix.go`.
fn check(runtime: &Setting<'_>, cx: &mut Context<'_>) {
    let has_text = |setting: &Setting<'_>| matches!(setting.json(), Json::String(text) if !text.is_empty());
    let is_odd = |name: &str| runtime.member(name).is_some_and(|it| !matches!(it.json(), Json::String(_)));
    if is_odd("path") || is_odd("runtimeType") {
        // Told as a wrong type.
        return;
    }
    let path = runtime.member("path").filter(has_text);
    let shim = runtime.member("runtimeType").filter(has_text);
    let name = shorten(runtime.name);
    let of_shim = runtime.member("options").filter(|options| !options.members().is_empty());
    let of_program = runtime.member("runtimeArgs").filter(|args| args.strings().next().is_some());
    match (path, shim) {
        (None, None) => {
            cx.report(runtime.key_range, format!("the runtime `{name}` has neither a `path` nor a `runtimeType`"));
        }
        (Some(path), Some(shim)) => {
            cx.report(shim.range, format!("the runtime `{name}` has both a `path` and a `runtimeType`"))
                .related(path.range, "the path")
                .help("Keep `path` for a program that stands in for runc, `runtimeType` for a containerd shim");
        }
        (Some(path), None) => {
            if let Some(options) = of_shim {
                cx.report(options.key_range, format!("the runtime `{name}` has a `path`, and takes no `options`"))
                    .related(path.range, "the path")
                    .help("Use `runtimeArgs`");
            }
        }
        (None, Some(shim)) => {
            if let Some(args) = of_program {
                let message = format!("the runtime `{name}` has a `runtimeType`, and takes no `runtimeArgs`");
                cx.report(args.key_range, message)
                    .related(shim.range, "the type")
                    .help("Use `options`");
            }
        }
    }
}

fn default_runtime(config: &DaemonConfig<'_>, runtimes: &[Setting<'_>], cx: &mut Context<'_>) {
    let name = config.setting("default-runtime").and_then(|it| Some((it, it.as_str()?)));
    let Some((setting, name)) = name else { return };
    // A containerd shim is found by its name: at least two words with a dot.
    let is_shim = name.contains('.') && !name.contains('/') && !name.starts_with('.');
    if name == "runc" || is_shim || is_template(name) || runtimes.iter().any(|runtime| runtime.name == name) {
        return;
    }
    let mut report =
        cx.report(setting.value_range(), format!("the default runtime `{}` is not among `runtimes`", shorten(name)));
    match nearest(name, runtimes.iter().map(|runtime| runtime.name)) {
        Some(near) => report.help(format!("Did you mean `{near}`?")),
        None if name.contains('/') => report.help("Give it a name in `runtimes`"),
        None => report.help("Define it in `runtimes`, unless the command line of `dockerd` does with `--add-runtime`"),
    };
}
