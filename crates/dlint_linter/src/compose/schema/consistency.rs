//! What Compose refuses of a project that is well-formed: keys of one service or resource that do not go together.
//!
//! Source: Compose file reference, at the keys; compose-go's `validation` and `loader` packages.

use super::fault::{Fault, FaultKind};
use crate::compose::references::ADDITIONAL_CONTEXTS;
use crate::compose::volume::is_absolute;
use crate::compose::{Field, Node, Project, Scalar, Service, normalized_name, parse_size};
use crate::go::parse_float;
use crate::text::shorten;

/// Checks the services and top-level resources that the checked file says something of.
pub(crate) fn consistency(project: &Project<'_>, faults: &mut Vec<Fault>) {
    // Of what it includes, a project tells where that file is not checked itself.
    for service in project.services.iter().filter(|service| service.own.is_some() || !project.is_told_elsewhere()) {
        of_service(service, faults);
        contexts_without_build(service, project, faults);
        if project.starts(service) == Some(true) {
            files_without_names(service, faults);
        }
    }
    for (section, ways) in [("secrets", &["file", "environment"][..]), ("configs", &["file", "environment", "content"])]
    {
        for root in std::iter::once(&project.root).chain(&project.included) {
            for field in fields(root, section) {
                sources(&field, section, ways, project.is_partial, faults);
            }
        }
    }
    for field in fields(&project.root, "volumes") {
        external(&field, faults);
    }
    name(&project.root, faults);
}

/// Of the project's name something has to be left once Compose has taken out what such a name cannot have.
fn name(root: &Node<'_>, faults: &mut Vec<Fault>) {
    let Some(field) = root.field("name") else { return };
    let (Some(name), Some(written)) = (field.value.scalar(), field.value.text()) else { return };
    if written.is_empty() || name.known().is_none_or(|name| !normalized_name(name).is_empty()) {
        return;
    }
    let message = format!("nothing is left of the project's name `{}`", shorten(written));
    let help = "Use lower-case letters, digits, `-` and `_`, and begin with a letter or digit";
    faults.push(Fault::new(FaultKind::InvalidValue, name.place, message).help(help));
}

fn fields<'a>(root: &Node<'a>, section: &str) -> Vec<Field<'a>> {
    root.get(section).map(|it| it.fields()).unwrap_or_default()
}

fn conflict(place: crate::compose::Place, message: String, other: &Field<'_>) -> Fault {
    Fault::new(FaultKind::Conflict, place, message).related(other.key_place, "the other one")
}

/// The context of another service is what that one builds.
fn contexts_without_build(service: &Service<'_>, project: &Project<'_>, faults: &mut Vec<Fault>) {
    let contexts = service.references().iter().filter(|reference| reference.key == ADDITIONAL_CONTEXTS);
    for reference in contexts.filter(|_| !project.is_incomplete && !project.is_partial) {
        let Some(other) = project.service(&reference.name).filter(|other| !other.body.mentions("build")) else {
            continue;
        };
        let message = format!("service `{}` has no `build`, so it is no build context", shorten(&reference.name));
        let fault = Fault::new(FaultKind::InvalidValue, reference.place, message);
        let fault = fault.related(other.name_place, "the service").help("Write `docker-image://` before an image");
        faults.push(Fault { is_late: true, ..fault });
    }
}

/// Compose looks for a file of variables or labels under the empty name too, where it starts the service.
fn files_without_names(service: &Service<'_>, faults: &mut Vec<Fault>) {
    for key in ["env_file", "label_file"] {
        let Some(list) = service.field(key).map(|field| field.value) else { continue };
        for item in if list.is_sequence() { list.items() } else { vec![list] } {
            let is_optional = item.scalar_of("required").is_some_and(|it| it.boolean() == Some(false));
            let Some(path) = item.get("path").unwrap_or(item).scalar().filter(|it| it.is("") && !is_optional) else {
                continue;
            };
            let message = format!("`{key}` names no file");
            let fault = Fault::new(FaultKind::InvalidValue, path.place, message);
            faults.push(Fault { is_late: true, ..fault.help("Name the file, or leave the key out") });
        }
    }
}

fn of_service(service: &Service<'_>, faults: &mut Vec<Fault>) {
    for devices in device_requests(service) {
        if let (Some(count), Some(ids)) = (devices.field("count"), devices.field("device_ids")) {
            let message = "`count` and `device_ids` exclude each other".to_owned();
            faults.push(conflict(count.key_place, message, &ids));
        }
    }
    let from = faults.len();
    keys(service, faults);
    // `docker compose config --no-consistency` lets them pass.
    faults[from..].iter_mut().for_each(|fault| fault.is_late = true);
}

/// Keys that do not go together, at which Compose looks when it has put the project together.
fn keys(service: &Service<'_>, faults: &mut Vec<Fault>) {
    if let (Some(mode), Some(networks)) = (service.field("network_mode"), service.field("networks"))
        && !(networks.value.fields().is_empty() && networks.value.items().is_empty())
    {
        let message = "`network_mode` and `networks` exclude each other".to_owned();
        faults.push(conflict(mode.key_place, message, &networks).help("Keep the one that is meant"));
    }
    build(service, faults);
    limits(service, faults);
    scale(service, faults);
    if let Some(check) = service.healthcheck()
        && let Some(first) = check.test.as_ref().and_then(|test| test.list()?.first())
        && first.known().is_some_and(|word| !matches!(word, "CMD" | "CMD-SHELL" | "NONE"))
    {
        let message = "the test of a health check has to begin with `CMD`, `CMD-SHELL` or `NONE`".to_owned();
        faults.push(
            Fault::new(FaultKind::InvalidValue, first.place, message)
                .help("Put `CMD` before it, or write the test as one text, which a shell runs"),
        );
    }
    watch(service, faults);
    mounts(service, faults);
}

/// What Compose refuses of a mount in the long syntax, whatever the project defines.
fn mounts(service: &Service<'_>, faults: &mut Vec<Fault>) {
    for node in service.field("volumes").map(|list| list.value.items()).unwrap_or_default() {
        let Some(kind) = node.scalar_of("type") else { continue };
        let source = node.scalar_of("source");
        match (kind.known(), &source) {
            (Some("bind"), None) if !node.mentions("source") => {
                let message = "a mount of the type `bind` needs the key `source`".to_owned();
                faults.push(Fault::new(FaultKind::MissingKey, kind.place, message));
            }
            (Some("volume"), Some(source)) if source.known().is_some_and(is_absolute) => {
                let message = format!("`{}` is a path, and no name of a volume", shorten(source.text()));
                faults.push(
                    Fault::new(FaultKind::InvalidValue, source.place, message)
                        .related(kind.place, "it is taken for a name because of the type")
                        .help("Write `type: bind` to mount a folder of the host"),
                );
            }
            _ => {}
        }
    }
}

fn device_requests<'a>(service: &Service<'a>) -> Vec<Node<'a>> {
    let reserved = || service.field("deploy")?.value.get("resources")?.get("reservations")?.get("devices");
    let mut requests = reserved().map(|list| list.items()).unwrap_or_default();
    requests.extend(service.field("gpus").map(|gpus| gpus.value.items()).unwrap_or_default());
    requests
}

fn build(service: &Service<'_>, faults: &mut Vec<Fault>) {
    let Some(build) = service.field("build").map(|build| build.value) else { return };
    let is_set = |field: &Field<'_>| field.value.scalar().is_some_and(|it| !it.is(""));
    if let (Some(file), Some(inline)) =
        (build.field("dockerfile").filter(is_set), build.field("dockerfile_inline").filter(is_set))
    {
        let message = "`dockerfile` and `dockerfile_inline` exclude each other".to_owned();
        faults.push(conflict(file.key_place, message, &inline));
    }
    platforms(service, &build, faults);
}

/// An image that is built for some platforms is run on one of them.
fn platforms(service: &Service<'_>, build: &Node<'_>, faults: &mut Vec<Fault>) {
    let (Some(platform), Some(platforms)) = (service.scalar("platform"), build.field("platforms")) else { return };
    let Some(wanted) = platform.known().filter(|text| !text.is_empty()) else { return };
    let built = platforms.value.scalars();
    if built.is_empty() || built.iter().any(|it| it.known().is_none_or(|text| text == wanted)) {
        return;
    }
    let message = format!("the service runs on `{}`, for which `build.platforms` builds no image", shorten(wanted));
    let fault = Fault::new(FaultKind::Conflict, platform.place, message);
    let fault = fault.related(platforms.key_place, "the platforms that are built for");
    faults.push(fault.help("Add it to `build.platforms`, in the same spelling"));
}

/// What reads a limit.
type Reader<'r> = &'r dyn Fn(&Scalar) -> Option<f64>;

/// A limit that is said twice has to be the same; where `deploy` has limits and not this one, it says 0.
fn limits(service: &Service<'_>, faults: &mut Vec<Fault>) {
    let Some(resources) = service.field("deploy").and_then(|deploy| deploy.value.get("resources")) else { return };
    let number = |scalar: &Scalar| scalar.known().and_then(parse_float);
    #[allow(clippy::cast_precision_loss, reason = "sizes are compared with each other only")]
    let size = |scalar: &Scalar| {
        let text = scalar.known()?;
        text.parse::<i64>().map(|bytes| bytes as f64).ok().or_else(|| parse_size(text).map(|bytes| bytes as f64))
    };
    let keys: [(&str, &str, &str, Reader<'_>); 4] = [
        ("cpus", "limits", "cpus", &number),
        ("mem_limit", "limits", "memory", &size),
        ("mem_reservation", "reservations", "memory", &size),
        ("pids_limit", "limits", "pids", &number),
    ];
    for (key, group, other, read) in keys {
        let (Some(own), Some(group_field)) = (service.field(key), resources.field(group)) else { continue };
        if group_field.value.is_null() {
            continue;
        }
        let Some(value) = own.value.scalar().and_then(|it| read(&it)).filter(|value| *value != 0.0) else { continue };
        let path = format!("deploy.resources.{group}.{other}");
        if let Some(field) = group_field.value.field(other) {
            if field.value.scalar().is_some_and(|it| read(&it).is_some_and(|it| (it - value).abs() > 1e-9)) {
                let message = format!("`{key}` and `{path}` say different things");
                faults.push(conflict(own.key_place, message, &field).help("Keep one of them"));
            }
        } else {
            let message =
                format!("`{key}` is set beside `deploy.resources.{group}`, which has no `{other}` and so says 0");
            let help = format!("Move it to `{path}`");
            faults.push(conflict(own.key_place, message, &group_field).help(help));
        }
    }
}

fn scale(service: &Service<'_>, faults: &mut Vec<Fault>) {
    let number = |field: &Field<'_>| field.value.scalar().and_then(|it| it.known()?.parse::<i64>().ok());
    let scale = service.field("scale");
    let replicas = service.field("deploy").and_then(|deploy| deploy.value.field("replicas"));
    if let (Some(scale), Some(replicas)) = (&scale, &replicas)
        && let (Some(one), Some(other)) = (number(scale), number(replicas))
        && one != other
    {
        let message = "`scale` and `deploy.replicas` say different things".to_owned();
        faults.push(conflict(scale.key_place, message, replicas).help("Keep one of them"));
    }
    let many = scale.or(replicas).filter(|field| number(field).is_some_and(|count| count > 1));
    if let (Some(many), Some(name)) = (many, service.field("container_name")) {
        let message = "a service with a fixed name for its container can run only once".to_owned();
        faults.push(conflict(name.key_place, message, &many).help("Leave `container_name` out"));
    }
}

fn watch(service: &Service<'_>, faults: &mut Vec<Fault>) {
    let rules = service.field("develop").and_then(|develop| develop.value.get("watch"));
    for rule in rules.map(|it| it.items()).unwrap_or_default() {
        let Some(action) = rule.scalar_of("action") else { continue };
        // Compose says "non-rebuild actions", and takes `restart` without a target too.
        let copies = action.known().is_some_and(|it| !matches!(it, "rebuild" | "restart"));
        if copies && rule.scalar_of("target").is_none_or(|it| it.is("")) {
            let message = format!("the action `{}` needs the key `target`", action.known().unwrap_or_default());
            faults.push(Fault::new(FaultKind::MissingKey, action.place, message));
        }
    }
}

/// Where a secret or config comes from: exactly one way.
fn sources(field: &Field<'_>, section: &str, ways: &[&str], is_partial: bool, faults: &mut Vec<Fault>) {
    let body = &field.value;
    if !body.is_mapping() {
        return;
    }
    let said: Vec<Field<'_>> = ways.iter().filter_map(|way| body.field(way)).collect();
    // Compose looks at secrets once more, and then only an external one may come from nowhere.
    let may_be_external = |field: Field<'_>| field.value.scalar().is_none_or(|it| it.boolean() != Some(false));
    let is_elsewhere = match section {
        "secrets" if said.is_empty() => body.field("external").is_some_and(may_be_external),
        _ => body.mentions("external") || body.mentions("driver"),
    };
    if is_elsewhere {
        return;
    }
    let what = if section == "secrets" { "secret" } else { "config" };
    match said.as_slice() {
        [] if is_partial => {}
        [] => {
            let message = format!("the {what} `{}` says nothing of where it comes from", field.name);
            let help = format!("Give it one of {}", super::validate::listed(ways));
            let fault = Fault::new(FaultKind::MissingKey, field.key_place, message).help(help);
            // With a driver it may be, until Compose looks once more.
            faults.push(Fault { is_late: body.mentions("driver") || body.mentions("external"), ..fault });
        }
        [one, other, ..] => {
            let message = format!("`{}` and `{}` exclude each other", one.name, other.name);
            faults.push(conflict(one.key_place, message, other));
        }
        [_] => {}
    }
}

/// A volume that Compose does not make has no properties here.
fn external(field: &Field<'_>, faults: &mut Vec<Fault>) {
    let Some(external) = field.value.field("external") else { return };
    let is_external =
        external.value.is_mapping() || external.value.scalar().is_some_and(|it| it.boolean() == Some(true));
    if !is_external {
        return;
    }
    let is_property = |it: &Field<'_>| !matches!(it.name.as_ref(), "external" | "name") && !it.name.starts_with("x-");
    if let Some(property) = field.value.fields().into_iter().find(is_property) {
        let message =
            format!("the volume `{}` is made elsewhere, so it cannot have `{}` here", field.name, property.name);
        faults.push(conflict(property.key_place, message, &external));
    }
}
