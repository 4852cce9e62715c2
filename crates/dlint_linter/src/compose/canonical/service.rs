//! A service in canonical form.

mod lists;
mod published;

use std::collections::BTreeMap;
use std::path::Path;

use super::{Item, Value, of_node, of_scalar, values};
use crate::check::Files;
use crate::compose::unique::last_of_each;
use crate::compose::{Command, CommandForm, Field, Mount, Node, Place, Scalar, Service, split_command_line};
use crate::go::parse_float;
use lists::{arguments, contexts, environment, granted, hosts, labels, names, networks, pairs, strings};
use published::{mount, published};

/// The keys that are read as sizes in bytes.
const SIZES: [&str; 6] =
    ["mem_limit", "mem_reservation", "memswap_limit", "shm_size", "mem_swappiness_bytes", "memory"];

pub(super) fn of_service(service: &Service<'_>, files: &dyn Files) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    let has_other_network = ["network_mode", "provider"].iter().any(|key| service.field(key).is_some());
    for field in service.body.fields() {
        let item = match field.name.as_ref() {
            "build" => build(service, &field),
            "command" | "entrypoint" => command(&field),
            // Read below; files of variables and labels are read into `environment` and `labels`.
            "depends_on" | "env_file" | "environment" | "label_file" | "labels" | "ports" | "volumes" => continue,
            "healthcheck" => healthcheck(service, &field),
            "annotations" | "sysctls" => pairs(&field.value),
            "networks" => networks(&field.value, has_other_network),
            "models" => names(&field.value),
            "expose"
            | "dns"
            | "dns_opt"
            | "dns_search"
            | "tmpfs"
            | "cap_add"
            | "cap_drop"
            | "group_add"
            | "volumes_from"
            | "security_opt"
            | "links"
            | "external_links"
            | "device_cgroup_rules" => strings(&field.value, &["services", "", &field.name]),
            "secrets" => granted(&field.value, Some("/run/secrets")),
            "configs" => granted(&field.value, None),
            "extra_hosts" => hosts(&field.value),
            "logging" => logging(&field.value),
            "stop_grace_period" => span(&field.value),
            key if SIZES.contains(&key) => size(&field.value),
            "cpus" | "pids_limit" | "scale" => number(&field.value),
            "profiles" => strings(&field.value, &["services", "", "profiles"]),
            "deploy" => deploy(&field.value, service.field("scale").map(|scale| scale.value)),
            _ => of_node(&field.value),
        };
        entries.insert(field.name.to_string(), item);
    }
    let list = |items: Vec<Item>| Item::added(Value::List(items));
    // What a range holds may be published again by itself.
    let ports = service.field("ports").map(|field| field.value.items()).unwrap_or_default();
    let ports = last_of_each(ports.iter().flat_map(published), |(key, _)| key.clone());
    let ports: Vec<Item> = ports.into_iter().map(|(_, item)| item).collect();
    let written = service.field("volumes").map(|field| field.value.items()).unwrap_or_default();
    let block = |it: &Mount| written.iter().find(|node| node.place() == it.place);
    let mounts: Vec<Item> = service.mounts().iter().map(|it| mount(it, block(it))).collect();
    for (key, items) in [("ports", ports), ("volumes", mounts)] {
        if !items.is_empty() {
            entries.insert(key.to_owned(), list(items));
        }
    }
    let labels = labels(service, files);
    if labels != Item::added(Value::Map(Vec::new())) {
        entries.insert("labels".to_owned(), labels);
    }
    let dependencies = dependencies(service);
    if !dependencies.is_empty() {
        entries.insert("depends_on".to_owned(), Item::added(Value::Map(dependencies.into_iter().collect())));
    }
    let environment = environment(service, files);
    if !environment.is_empty() {
        entries.insert("environment".to_owned(), Item::added(Value::Map(environment.into_iter().collect())));
    }
    if service.field("networks").is_none() && !has_other_network {
        let default = vec![("default".to_owned(), Item::added(Value::Null))];
        entries.insert("networks".to_owned(), Item::added(Value::Map(default)));
    }
    Item { value: Value::Map(entries.into_iter().collect()), place: Some(service.name_place) }
}

fn map(entries: Vec<(&str, Option<Item>)>, place: Place) -> Item {
    let entries = entries.into_iter().filter_map(|(key, item)| Some((key.to_owned(), item?)));
    Item { value: Value::Map(entries.collect()), place: Some(place) }
}

fn build(service: &Service<'_>, field: &Field<'_>) -> Item {
    let Some(build) = service.build() else { return of_node(&field.value) };
    let path = build.context_path().map(|path| path_text(&path));
    let context = match (path, &build.context) {
        (Some(path), Some(written)) => Item::text(path, written.place),
        (Some(path), None) => Item::added(Value::Text(path)),
        (None, Some(written)) => of_scalar(written, Some(&field.value)),
        (None, None) => Item::added(Value::Null),
    };
    let mut entries = vec![("context".to_owned(), context)];
    if build.dockerfile.is_none() && build.dockerfile_inline.is_none() {
        entries.push(("dockerfile".to_owned(), Item::added(Value::Text("Dockerfile".to_owned()))));
    }
    if field.value.is_mapping() {
        for inner in field.value.fields().into_iter().filter(|it| it.name != "context") {
            let item = match inner.name.as_ref() {
                "args" => arguments(&inner.value),
                "labels" => pairs(&inner.value),
                "provenance" | "sbom" => text(&inner.value),
                "secrets" => granted(&inner.value, None),
                "shm_size" => size(&inner.value),
                "additional_contexts" => contexts(&inner.value),
                "extra_hosts" => hosts(&inner.value),
                _ => of_node(&inner.value),
            };
            entries.push((inner.name.to_string(), item));
        }
    }
    Item { value: Value::Map(entries), place: Some(build.place) }
}

/// A path without `.` and `..`, with `/`.
fn path_text(path: &Path) -> String {
    values::clean(&path.to_string_lossy())
}

fn command(field: &Field<'_>) -> Item {
    let Some(command) = Command::read(field) else { return of_node(&field.value) };
    let place = Some(command.place);
    let words = match &command.form {
        CommandForm::List(_) => return of_node(&field.value),
        CommandForm::Text(text) => text.known().and_then(|text| split_command_line(text).ok()).map(|line| line.words),
    };
    let Some(words) = words else { return of_node(&field.value) };
    let items = words.into_iter().map(|word| Item::text(word, command.place)).collect();
    Item { value: Value::List(items), place }
}

fn healthcheck(service: &Service<'_>, field: &Field<'_>) -> Item {
    let Some(check) = service.healthcheck() else { return of_node(&field.value) };
    // An empty one is as good as none.
    let says_something = |test: &&Command| test.list().is_none_or(|words| !words.is_empty());
    let test = check.test.as_ref().filter(says_something).map(|test| match &test.form {
        CommandForm::Text(text) => {
            let words = vec![Item::added(Value::Text("CMD-SHELL".to_owned())), of_scalar(text, None)];
            Item { value: Value::List(words), place: Some(test.place) }
        }
        CommandForm::List(words) => {
            let words = words.iter().map(|word| of_scalar(word, None)).collect();
            Item { value: Value::List(words), place: Some(test.place) }
        }
    });
    let time = |scalar: &Option<Scalar>| scalar.as_ref().map(span_of);
    let disable = check
        .disable
        .as_ref()
        .and_then(|it| it.is_true().then_some(Item { value: Value::Bool(true), place: Some(it.place) }));
    let entries = vec![
        ("disable", disable),
        ("test", test),
        ("interval", time(&check.interval)),
        ("timeout", time(&check.timeout)),
        ("start_period", time(&check.start_period)),
        ("start_interval", time(&check.start_interval)),
        ("retries", check.retries.as_ref().map(number_of)),
    ];
    map(entries, check.place)
}

fn span(node: &Node<'_>) -> Item {
    node.scalar().map_or_else(|| of_node(node), |scalar| span_of(&scalar))
}

fn span_of(scalar: &Scalar) -> Item {
    match scalar.duration() {
        Some(span) => Item::text(values::duration(span.as_nanos()), scalar.place),
        None => of_scalar(scalar, None),
    }
}

fn size(node: &Node<'_>) -> Item {
    let Some(scalar) = node.scalar() else { return of_node(node) };
    match scalar.size() {
        Some(bytes) => Item::text(bytes.to_string(), scalar.place),
        None => of_scalar(&scalar, Some(node)),
    }
}

fn number(node: &Node<'_>) -> Item {
    node.scalar().map_or_else(|| of_node(node), |scalar| number_of(&scalar))
}

fn number_of(scalar: &Scalar) -> Item {
    let number = scalar.known().and_then(parse_float);
    match number {
        Some(number) => Item { value: Value::Number(number.to_string()), place: Some(scalar.place) },
        None => of_scalar(scalar, None),
    }
}

/// Devices that are reserved, with the options of their drivers as strings.
fn devices(node: &Node<'_>) -> Item {
    let device = |node: Node<'_>| {
        let entries = node.fields().into_iter().map(|field| {
            let item = match field.name.as_ref() {
                "options" => pairs(&field.value),
                "count" if field.value.scalar().is_some_and(|count| count.is("all")) => {
                    Item { value: Value::Number("-1".to_owned()), place: Some(field.value.place()) }
                }
                "count" => number(&field.value),
                _ => of_node(&field.value),
            };
            (field.name.to_string(), item)
        });
        let mut entries: Vec<_> = entries.collect();
        if !node.mentions("count") && !node.mentions("device_ids") {
            entries.push(("count".to_owned(), Item::added(Value::Number("-1".to_owned()))));
        }
        Item { value: Value::Map(entries), place: Some(node.place()) }
    };
    Item { value: Value::List(node.items().into_iter().map(device).collect()), place: Some(node.place()) }
}

/// `scale` says how many there are too, where something else is said of how they run.
fn deploy(node: &Node<'_>, scale: Option<Node<'_>>) -> Item {
    let resources = |node: &Node<'_>| {
        let entries = node.fields().into_iter().map(|field| {
            let item = match field.name.as_ref() {
                "memory" => size(&field.value),
                "cpus" | "pids" => number(&field.value),
                "devices" => devices(&field.value),
                _ => of_node(&field.value),
            };
            (field.name.to_string(), item)
        });
        Item { value: Value::Map(entries.collect()), place: Some(node.place()) }
    };
    let entries = node.fields().into_iter().map(|field| {
        let item = match field.name.as_ref() {
            "labels" => pairs(&field.value),
            "replicas" => number(&field.value),
            "restart_policy" | "update_config" | "rollback_config" => {
                let inner = field.value.fields().into_iter().map(|it| {
                    let item = match it.name.as_ref() {
                        "delay" | "window" | "monitor" => span(&it.value),
                        "max_attempts" | "max_failure_ratio" | "parallelism" => number(&it.value),
                        _ => of_node(&it.value),
                    };
                    (it.name.to_string(), item)
                });
                Item { value: Value::Map(inner.collect()), place: Some(field.value.place()) }
            }
            "placement" => {
                let inner = field.value.fields().into_iter().map(|it| {
                    let is_number = it.name == "max_replicas_per_node";
                    (it.name.to_string(), if is_number { number(&it.value) } else { of_node(&it.value) })
                });
                Item { value: Value::Map(inner.collect()), place: Some(field.value.place()) }
            }
            "resources" => {
                let kinds = field.value.fields().into_iter().map(|it| (it.name.to_string(), resources(&it.value)));
                Item { value: Value::Map(kinds.collect()), place: Some(field.value.place()) }
            }
            _ => of_node(&field.value),
        };
        (field.name.to_string(), item)
    });
    let scale = scale.map(|scale| ("replicas".to_owned(), number(&scale)));
    let entries = entries.filter(|(name, _)| scale.is_none() || name != "replicas").collect::<Vec<_>>();
    Item { value: Value::Map(entries.into_iter().chain(scale).collect()), place: Some(node.place()) }
}

/// A scalar of any kind as a string.
fn text(node: &Node<'_>) -> Item {
    node.scalar().map_or_else(|| of_node(node), |scalar| of_scalar(&scalar, Some(node)))
}

fn logging(node: &Node<'_>) -> Item {
    let entries = node.fields().into_iter().map(|field| {
        let item = if field.name == "options" { pairs(&field.value) } else { of_node(&field.value) };
        (field.name.to_string(), item)
    });
    Item { value: Value::Map(entries.collect()), place: Some(node.place()) }
}

fn dependencies(service: &Service<'_>) -> BTreeMap<String, Item> {
    let mut found = BTreeMap::new();
    for it in service.depends_on() {
        let Some(name) = it.service.known() else { continue };
        let started = || Item::added(Value::Text("service_started".to_owned()));
        let flag = |scalar: &Option<Scalar>| scalar.as_ref().and_then(|it| it.boolean().map(|value| (value, it.place)));
        let required = flag(&it.required).map_or(Item::added(Value::Bool(true)), |(value, place)| Item {
            value: Value::Bool(value),
            place: Some(place),
        });
        let restart = flag(&it.restart)
            .filter(|(value, _)| *value)
            .map(|(value, place)| Item { value: Value::Bool(value), place: Some(place) });
        let condition = it.condition.as_ref().map_or_else(started, |condition| of_scalar(condition, None));
        let entries = vec![("condition", Some(condition)), ("restart", restart), ("required", Some(required))];
        found.insert(name.to_owned(), map(entries, it.place));
    }
    for (name, place, restart) in service.implied_dependencies() {
        found.entry(name).or_insert_with(|| {
            let entries = vec![
                ("condition", Some(Item::added(Value::Text("service_started".to_owned())))),
                ("restart", restart.then(|| Item::added(Value::Bool(true)))),
                ("required", Some(Item::added(Value::Bool(true)))),
            ];
            map(entries, place)
        });
    }
    found
}
