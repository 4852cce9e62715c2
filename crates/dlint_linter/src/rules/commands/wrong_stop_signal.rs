//! `wrong-stop-signal`: a program is stopped with a signal at which it does not end, or not in order.

use dlint_syntax::dockerfile::{Form, Kind, Value};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wrong-stop-signal",
    summary: "A program is stopped with a signal at which it does not end in order",
    category: Category::Reliability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/prefer-systemd-sigrtmin-plus-3", "tally:tally/prefer-nginx-sigquit"],
    docs: include_str!("wrong_stop_signal.md"),
    on: &[On::Stage(stage)],
};

/// Images that set no signal.
///
/// Source: their Dockerfiles.
const WITHOUT_SIGNAL: [&str; 11] = [
    "alpine", "debian", "ubuntu", "fedora", "centos", "rockylinux", "almalinux", "archlinux", "amazonlinux", "opensuse/leap",
    "opensuse/tumbleweed",
];

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let end = &node.stage.end;
    let Some(index) = end.entrypoint.or(end.cmd).filter(|index| node.stage.instructions.contains(index)) else { return };
    let (Kind::Entrypoint(Form::Exec(words)) | Kind::Cmd(Form::Exec(words))) = &node.file.instructions[index].kind else { return };
    let Some(program) = words.first() else { return };
    let base = node.base_image().map_or("", |base| base.familiar_name());
    let (name, wanted, what) = match program.text.rsplit('/').next().unwrap_or_default() {
        "systemd" => ("systemd", "SIGRTMIN+3", "starts itself anew"),
        // In Alpine that is BusyBox's. Elsewhere, as `/init`, it is s6-overlay's or a script.
        "init" if base != "alpine" && is_system_init(&program.text) && WITHOUT_SIGNAL.contains(&base) => ("systemd", "SIGRTMIN+3", "starts itself anew"),
        "nginx" => ("nginx", "SIGQUIT", "drops the requests that it is answering"),
        _ => return,
    };
    match &end.stopsignal {
        None if !WITHOUT_SIGNAL.contains(&base) => return,
        Some(signal) if !matches!(&signal.value, Value::Known(text) if is_term(text)) => return,
        _ => {}
    }
    let codes: &[&str] = match name {
        "nginx" => &["tally:tally/prefer-nginx-sigquit"],
        _ => &["tally:tally/prefer-systemd-sigrtmin-plus-3"],
    };
    cx.report(program.range, format!("at `SIGTERM`, with which Docker stops a container, {name} {what}"))
        .codes(codes)
        .help(format!("Add `STOPSIGNAL {wanted}`"));
}

/// Whether a path is the one at which a distribution has its init system.
fn is_system_init(path: &str) -> bool {
    matches!(path, "/sbin/init" | "/usr/sbin/init")
}

fn is_term(signal: &str) -> bool {
    matches!(signal.to_ascii_uppercase().as_str(), "SIGTERM" | "TERM" | "15")
}
