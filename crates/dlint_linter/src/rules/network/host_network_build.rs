//! `host-network-build`: a build step is in the network of the machine that builds.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "host-network-build",
    summary: "A build step is in the network of the machine that builds",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("host_network_build.md"),
    on: &[On::Instruction(instruction), On::Service(service)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    if !matches!(instruction.kind, Kind::Run(_)) {
        return;
    }
    if let Some(flag) = instruction.flag("network").filter(|flag| flag.value.as_ref().is_some_and(|it| it.text == "host")) {
        cx.report(flag.range, "this step reaches everything that listens on the machine that builds, on \
                               `localhost` too")
            .help("Leave the flag out: the default network reaches the internet as well");
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(build) = service.field("build") else { return };
    let name = &service.name;
    if let Some(network) = build.value.scalar_of("network").filter(|network| network.is("host")) {
        value::report(cx, &network, format!("the build of service `{name}` reaches everything that listens on the machine that builds, on `localhost` too"))
            .help("Delete the key: the default network reaches the internet as well");
    }
    for entitlement in build.value.get("entitlements").map(|it| it.strings()).unwrap_or_default() {
        if entitlement.is("network.host") {
            value::report(cx, &entitlement, format!("every step of the build of service `{name}` may ask for the network of the machine that builds"))
                .help("Delete the entry if no step has `--network=host`");
        }
    }
}
