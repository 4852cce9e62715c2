//! `docker-socket-mount`: whoever can talk to a container runtime's socket is root on the host.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "docker-socket-mount",
    summary: "A container runtime's socket is mounted, which gives the container the host",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "compose-lint:CL-0001",
        "kics:d6355c88",
        "semgrep:exposing-docker-socket-volume",
        "semgrep:dockerfile-dockerd-socket-mount",
        "cis:5.32",
        "owasp:1",
    ],
    docs: include_str!("docker_socket_mount.md"),
    on: &[On::Instruction(instruction), On::Service(service)],
};

const HELP: &str = "Put a proxy that allows only the calls you need in front of the socket, or use a rootless or remote builder";

const PROXY_HELP: &str =
    "This is a proxy for the socket: keep it off every network but its clients', and allow only the calls they need";

/// File names of the sockets of container runtimes and of the system manager.
const SOCKETS: [&str; 6] = ["docker.sock", "containerd.sock", "crio.sock", "podman.sock", "buildkitd.sock", "cri-dockerd.sock"];

/// Directories that hold such sockets.
const HOLDERS: [&str; 9] = [
    "/", "/var", "/run", "/var/run", "/run/containerd", "/var/run/containerd", "/run/podman", "/run/crio", "/run/systemd",
];

enum Access {
    Socket,
    Folder,
}

/// What a host path gives access to.
fn access(path: &str) -> Option<Access> {
    let lower = path.to_ascii_lowercase();
    if lower.starts_with("//./pipe/docker_engine") {
        return Some(Access::Socket);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if path.starts_with(['/', '~']) && (SOCKETS.contains(&name) || path.ends_with("/systemd/private")) {
        return Some(Access::Socket);
    }
    HOLDERS.contains(&path).then_some(Access::Folder)
}

/// Whether a path of the host is such a socket or holds one.
pub(crate) fn gives_socket(path: &str) -> bool {
    access(path).is_some()
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let mut report = |range: TextRange, what: &str| {
        cx.report(range, format!("{what} is where containers expect the host's Docker socket")).help(HELP).level(Level::Warning);
    };
    match &instruction.kind {
        Kind::Volume(paths) => {
            for path in paths.iter().filter(|path| matches!(access(&path.text), Some(Access::Socket))) {
                report(path.range, &format!("the volume `{}`", path.text));
            }
        }
        Kind::Run(run) => {
            for mount in &run.mounts {
                let target = mount.option(&["target", "dst", "destination"]).and_then(|option| option.value.as_ref());
                if let Some(target) = target.filter(|target| matches!(access(&target.text), Some(Access::Socket))) {
                    report(target.range, &format!("the mount's target `{}`", target.text));
                }
            }
        }
        _ => {}
    }
}

/// Whether the service is one of the proxies that let through only some calls.
fn is_socket_proxy(service: &Service<'_>) -> bool {
    let image = service.image();
    image.as_ref().and_then(Scalar::known).is_some_and(|image| Reference::new(image).name.contains("socket-proxy"))
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let name = &service.name;
    for host in service.host_paths() {
        let Some(access) = access(&host.path) else { continue };
        let what = match access {
            Access::Socket => format!("`{}`", host.path),
            Access::Folder => format!("`{}`, which holds the Docker socket", host.path),
        };
        let mut report = cx.report_at(host.place, format!("service `{name}` gets {what}, and with it controls the host"));
        report.help(match host.read_only {
            _ if is_socket_proxy(service) => PROXY_HELP.to_owned(),
            Some(true) => format!("{HELP}. Read-only does not help: it protects the file, not what is said through it"),
            _ => HELP.to_owned(),
        });
        if is_socket_proxy(service) {
            report.level(Level::Info);
        }
        if let Some(declared) = host.declared {
            report.related_at(declared, "the path is written here");
        }
        if let Some(alias) = host.alias {
            report.related_at(alias, "comes in here");
        }
    }
    if let Some(socket) = service.use_api_socket().filter(Scalar::is_true) {
        let message = format!("service `{name}` gets the Docker socket and your registry credentials by `use_api_socket`");
        cx.report_at(socket.place, message).help(HELP);
    }
}
