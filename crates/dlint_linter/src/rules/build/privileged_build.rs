//! `privileged-build`: a build step runs without the limits of a container.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::compose::{Scalar, Service};
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "privileged-build",
    summary: "A build step runs without the limits of a container",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("privileged_build.md"),
    on: &[On::Instruction(instruction), On::Service(service), On::Daemon(daemon)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    if !matches!(instruction.kind, Kind::Run(_)) {
        return;
    }
    let is_insecure = |value: &dlint_syntax::dockerfile::Word| value.text == "insecure";
    if let Some(flag) = instruction.flag("security").filter(|flag| flag.value.as_ref().is_some_and(is_insecure)) {
        cx.report(flag.range, "this step runs with every right: what it runs controls the machine that builds")
            .help("Find out which right the step needs, and do that part outside of the build");
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(build) = service.field("build") else { return };
    let name = &service.name;
    if let Some(privileged) = build.value.scalar_of("privileged").filter(Scalar::is_true) {
        value::report(cx, &privileged, format!("the build of service `{name}` runs with every right: what it runs controls the machine that builds"))
            .help("Delete the key; BuildKit does not heed it, an older builder does");
    }
    for entitlement in build.value.get("entitlements").map(|it| it.strings()).unwrap_or_default() {
        if entitlement.is("security.insecure") {
            value::report(cx, &entitlement, format!("every step of the build of service `{name}` may ask for every right, and then controls the machine that builds"))
                .help("Find out which right the step needs, and do that part outside of the build");
        }
    }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for entitlements in config.members("builder").into_iter().filter(|member| member.name == "entitlements") {
        if let Some(insecure) = entitlements.member("security-insecure").filter(|it| it.as_bool() == Some(true)) {
            cx.report(insecure.range, "every build may ask for every right, and then controls the machine that builds")
                .level(Level::Warning)
                .help("Delete the key, and build what needs it with a builder of its own");
        }
    }
}
