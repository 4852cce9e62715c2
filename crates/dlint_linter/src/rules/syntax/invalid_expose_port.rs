//! `invalid-expose-port`: a port that `EXPOSE` cannot read.

use dlint_syntax::dockerfile::{EXPOSE_HELP, Instruction, Kind, invalid_exposed_port};

use crate::compose::Service;
use crate::diagnostic::{Category, Edit, Level};
use crate::language::Language;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-expose-port",
    summary: "An exposed port that is none",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["hadolint:DL3011", "hadolint:DL1000", "buildkit:ExposeInvalidFormat", "trivy:DS-0008", "semgrep:invalid-port", "dockerfile-utils:INVALID_PORT", "dockerfile-utils:INVALID_PROTO", "kics:UNIX Ports Out Of Range"],
    docs: include_str!("invalid_expose_port.md"),
    on: &[On::Syntax(&[Language::Dockerfile]), On::Instruction(instruction), On::Service(service)],
};

/// What stands before the port of the container is passed over.
fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Expose(ports) = &instruction.kind else { return };
    for port in ports {
        let Some((_, container)) = port.text.rsplit_once(':') else { continue };
        if port.text.contains(['$', '"', '\'', '\\']) || invalid_exposed_port(&port.text).is_some() {
            continue;
        }
        cx.report(port.range, format!("`{}` has a port or address of the host, which `EXPOSE` does not publish", shorten(&port.text)))
            .level(Level::Warning)
            .help("Write only the port of the container, and publish it with `docker run --publish`")
            .safe_fix(format!("Write `{container}`"), Edit::replace(port.range, container));
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for port in service.list("expose") {
        let Some(text) = port.known() else { continue };
        if let Some(wrong) = invalid_exposed_port(text) {
            let mut report = value::report(cx, &port, wrong.message);
            report.help(EXPOSE_HELP);
            if let Some(suggestion) = wrong.suggestion {
                value::propose_one(&mut report, &port, &suggestion);
            }
        } else if text.contains(':') {
            value::report(cx, &port, format!("`{}` has a port of the host, which `expose` does not publish", shorten(text)))
                .help("Write it under `ports`, or only the port of the container")
                .level(Level::Warning);
        }
    }
}
