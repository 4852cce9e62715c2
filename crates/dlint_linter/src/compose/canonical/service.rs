//! A service in canonical form.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use super::{Item, Value, of_node, of_scalar, values};
use crate::check::Files;
use crate::compose::dotenv::{self, Variables};
use crate::compose::host_path::is_relative;
use crate::compose::unique::{self, last_of_each};
use crate::compose::{
    Command, CommandForm, Field, Mount, MountKind, Node, Pair, Place, Port, Scalar, Service, Syntax, split_command_line,
};
use crate::go::parse_float;

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

/// Keys with values, as a mapping of strings.
fn pairs(node: &Node<'_>) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    for pair in Pair::read_all(node) {
        let Some(key) = pair.key.known() else { continue };
        let value = pair.value.as_ref().map_or(Item::text("", pair.place), |value| of_scalar(value, None));
        entries.insert(key.to_owned(), value);
    }
    Item { value: Value::Map(entries.into_iter().collect()), place: Some(node.place()) }
}

/// Build arguments; one without value is the variable of the shell, and none where that is not set.
fn arguments(node: &Node<'_>) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    for pair in Pair::read_all(node) {
        let Some(key) = pair.key.known() else { continue };
        let item = match &pair.value {
            Some(value) => of_scalar(value, None),
            None => match node.layer().env.get(key) {
                dlint_syntax::dockerfile::Lookup::Set(text) => Item::text(text, pair.place),
                _ => continue,
            },
        };
        entries.insert(key.to_owned(), item);
    }
    Item { value: Value::Map(entries.into_iter().collect()), place: Some(node.place()) }
}

/// The labels: those of the files first, and then those of `labels`, which hold.
fn labels(service: &Service<'_>, files: &dyn Files) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    let list = service.field("label_file").map(|field| field.value);
    let named = list.map(|list| if list.is_sequence() { list.items() } else { vec![list] }).unwrap_or_default();
    for (node, path) in named.iter().filter_map(|node| Some((node, node.scalar()?))) {
        let Some(text) = path.known().and_then(|name| files.text(&node.join(name))) else { continue };
        // What they refer to is looked for in the file alone.
        for variable in dotenv::parse(&text, &Variables::closed()) {
            if let Some(dlint_syntax::dockerfile::Value::Known(text)) = variable.value {
                entries.insert(variable.name, Item::text(text, path.place));
            }
        }
    }
    for pair in service.labels() {
        let Some(key) = pair.key.known() else { continue };
        let value = pair.value.as_ref().map_or(Item::text("", pair.place), |value| of_scalar(value, None));
        entries.insert(key.to_owned(), value);
    }
    Item::added(Value::Map(entries.into_iter().collect()))
}

/// A scalar of any kind as a string.
fn text(node: &Node<'_>) -> Item {
    node.scalar().map_or_else(|| of_node(node), |scalar| of_scalar(&scalar, Some(node)))
}

/// The networks of a service; none are the default one, unless something else says where it is.
fn networks(node: &Node<'_>, has_other: bool) -> Item {
    let Item { value, place } = names(node);
    let mut networks = match value {
        Value::Map(entries) if has_other || !entries.is_empty() => entries,
        Value::Map(_) => vec![("default".to_owned(), Item::added(Value::Null))],
        value => return Item { value, place },
    };
    for (name, item) in &mut networks {
        let (Some(written), Value::Map(entries)) = (node.get(name), &mut item.value) else { continue };
        for (key, item) in entries {
            match (key.as_str(), written.get(key)) {
                ("aliases" | "link_local_ips", Some(list)) => {
                    *item = strings(&list, &["services", "", "networks", "", key]);
                }
                ("driver_opts", Some(options)) => *item = pairs(&options),
                _ => {}
            }
        }
    }
    Item { value: Value::Map(networks), place }
}

/// A list of names, or a mapping from them, as a mapping.
fn names(node: &Node<'_>) -> Item {
    if node.is_mapping() {
        return of_node(node);
    }
    let name = |scalar: Scalar| {
        let item = Item { value: Value::Null, place: Some(scalar.place) };
        Some((scalar.known()?.to_owned(), item))
    };
    Item { value: Value::Map(node.scalars().into_iter().filter_map(name).collect()), place: Some(node.place()) }
}

/// A list, or the one scalar, as a list without what it says twice. `path`: the keys that lead to it.
fn strings(node: &Node<'_>, path: &[&str]) -> Item {
    let items = if node.is_sequence() { unique::of(node.items(), path) } else { vec![node.clone()] };
    let scalars = items.iter().filter_map(Node::scalar);
    let items = scalars.map(|scalar| of_scalar(&scalar, None)).collect();
    Item { value: Value::List(items), place: Some(node.place()) }
}

fn granted(node: &Node<'_>, folder: Option<&str>) -> Item {
    let items = node.items().into_iter().map(|item| {
        if item.is_mapping() {
            let entries = item.fields().into_iter().map(|field| {
                let mode = field.value.scalar().and_then(|it| it.known()?.parse::<u32>().ok());
                let written = field.value.view().and_then(dlint_syntax::yaml::View::scalar);
                let item = match (field.name.as_ref(), mode, written) {
                    ("mode", Some(mode), Some(dlint_syntax::yaml::Scalar::Int(_))) => {
                        Item::text(format!("0{mode:o}"), field.value.place())
                    }
                    _ => of_node(&field.value),
                };
                (field.name.to_string(), item)
            });
            let mut entries: Vec<(String, Item)> = entries.collect();
            let source = item.scalar_of("source").and_then(|source| source.known().map(str::to_owned));
            if let (Some(folder), Some(source), None) = (folder, source, item.get("target")) {
                entries.push(("target".to_owned(), Item::added(Value::Text(format!("{folder}/{source}")))));
            }
            return Item { value: Value::Map(entries), place: Some(item.place()) };
        }
        let Some(source) = item.scalar() else { return of_node(&item) };
        let target =
            folder.zip(source.known()).map(|(folder, name)| Item::added(Value::Text(format!("{folder}/{name}"))));
        map(vec![("source", Some(of_scalar(&source, Some(&item)))), ("target", target)], source.place)
    });
    Item { value: Value::List(items.collect()), place: Some(node.place()) }
}

fn logging(node: &Node<'_>) -> Item {
    let entries = node.fields().into_iter().map(|field| {
        let item = if field.name == "options" { pairs(&field.value) } else { of_node(&field.value) };
        (field.name.to_string(), item)
    });
    Item { value: Value::Map(entries.collect()), place: Some(node.place()) }
}

/// Named build contexts; one that is a folder of this machine is given from the project's folder.
fn contexts(node: &Node<'_>) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    for pair in Pair::read_all(node) {
        let (Some(key), Some(value)) = (pair.key.known(), &pair.value) else { continue };
        let item = match value.known() {
            Some(path) if !path.contains(':') => Item::text(path_text(&node.join(path)), value.place),
            _ => of_scalar(value, None),
        };
        entries.insert(key.to_owned(), item);
    }
    Item { value: Value::Map(entries.into_iter().collect()), place: Some(node.place()) }
}

/// `host=address`, whichever sign and form it is written with.
fn hosts(node: &Node<'_>) -> Item {
    let mut items: Vec<(String, Place)> = Vec::new();
    let mut of_field = |field: &Field<'_>| {
        for address in field.value.one_or_many() {
            let text = format!("{}={}", field.name, address.known().unwrap_or("${…}").trim_matches(['[', ']']));
            items.push((text, address.place));
        }
    };
    if node.is_mapping() {
        node.fields().iter().for_each(&mut of_field);
    } else {
        for item in node.items() {
            if let Some(field) = item.as_pair() {
                of_field(field);
            }
        }
        for item in node.items() {
            let Some(text) = item.scalar().and_then(|it| it.known().map(str::to_owned)) else { continue };
            let (host, address) = text.split_once('=').or_else(|| text.split_once(':')).unwrap_or((&text, ""));
            items.push((format!("{host}={}", address.trim_matches(['[', ']'])), item.place()));
        }
    }
    items.sort_by(|one, other| one.0.cmp(&other.0));
    items.dedup_by(|one, other| one.0 == other.0);
    let items = items.into_iter().map(|(text, place)| Item::text(text, place)).collect();
    Item { value: Value::List(items), place: Some(node.place()) }
}

/// An entry of `ports`. Compose hands on what only the engine refuses.
fn published(node: &Node<'_>) -> Vec<(Option<String>, Item)> {
    if let Ok(entry) = Port::read(node) {
        return port(&entry);
    }
    if !node.is_mapping() {
        return Vec::new();
    }
    let mut entries: BTreeMap<String, Item> = ["mode", "protocol"]
        .into_iter()
        .zip(["ingress", "tcp"])
        .map(|(key, value)| (key.to_owned(), Item::added(Value::Text(value.to_owned()))))
        .collect();
    entries.extend(node.fields().iter().map(|field| {
        let item = if field.name == "target" { number(&field.value) } else { text(&field.value) };
        (field.name.to_string(), item)
    }));
    vec![(None, Item { value: Value::Map(entries.into_iter().collect()), place: Some(node.place()) })]
}

/// One entry for each port of a range, unless the engine may choose of it.
fn port(port: &Port) -> Vec<(Option<String>, Item)> {
    let text = |scalar: &Scalar| of_scalar(scalar, None);
    let (targets, published) = (port.target_ports(), port.published_ports());
    let mut items = Vec::new();
    let key = |target: &Item, published: &Option<Item>| {
        let host = port.host_ip.as_ref().map_or("0.0.0.0", |ip| ip.known().unwrap_or_default());
        let text = |item: &Item| match &item.value {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            _ => None,
        };
        let published = published.as_ref().map_or(Some(String::new()), text)?;
        let kind = if port.is_number() { "int" } else { "" };
        Some(format!("{host} {kind}{published} {} {:?}", text(target)?, port.protocol()?))
    };
    let one = |target: Item, published: Option<Item>| {
        let key = key(&target, &published);
        let protocol =
            port.protocol_part().map_or(Item::added(Value::Text("tcp".to_owned())), |scalar| match scalar.known() {
                Some(name) if port.syntax == Syntax::Short => Item::text(name.to_ascii_lowercase(), scalar.place),
                Some(name) => Item::text(name, scalar.place),
                None => text(scalar),
            });
        let mode = port.mode.as_ref().map_or(Item::added(Value::Text("ingress".to_owned())), text);
        let entries = vec![
            ("mode", Some(mode)),
            ("name", port.name.as_ref().map(text)),
            ("app_protocol", port.app_protocol.as_ref().map(text)),
            ("host_ip", port.host_ip.as_ref().filter(|ip| !ip.is("")).map(text)),
            ("target", Some(target)),
            ("published", published),
            ("protocol", Some(protocol)),
        ];
        (key, map(entries, port.place))
    };
    let Some(targets) = targets else {
        return vec![one(text(&port.target), port.published.as_ref().map(text))];
    };
    for (index, target) in targets.clone().enumerate() {
        let item = Item { value: Value::Number(target.to_string()), place: Some(port.target.place) };
        let host = match (&published, &port.published) {
            (Some(ports), Some(written)) if targets.len() > 1 => {
                Some(Item::text((usize::from(*ports.start()) + index).to_string(), written.place))
            }
            (Some(ports), Some(written)) if ports.start() == ports.end() => {
                Some(Item::text(ports.start().to_string(), written.place))
            }
            (_, Some(written)) => Some(text(written)),
            _ => None,
        };
        items.push(one(item, host));
    }
    items
}

fn mount(mount: &Mount, written: Option<&Node<'_>>) -> Item {
    let kind = match mount.kind {
        MountKind::Bind => "bind",
        MountKind::Volume | MountKind::Anonymous | MountKind::Unknown => "volume",
        MountKind::Tmpfs => "tmpfs",
        MountKind::Npipe => "npipe",
        MountKind::Cluster => "cluster",
        MountKind::Image => "image",
    };
    let source = mount.source.as_ref().map(|source| match source.known() {
        Some(path) if mount.kind == MountKind::Bind && is_relative(path) => {
            Item::text(path_text(&mount.folder().join(path)), source.place)
        }
        _ => of_scalar(source, None),
    });
    let target = mount.target.as_ref().map(|target| match target.known() {
        Some(path) => Item::text(values::clean(path), target.place),
        None => of_scalar(target, None),
    });
    let read_only =
        (mount.read_only == Some(true)).then_some(Item { value: Value::Bool(true), place: Some(mount.place) });
    let mut entries = vec![
        ("type", Some(Item::text(kind, mount.place))),
        ("source", source),
        ("target", target),
        ("read_only", read_only),
    ];
    let block = |key: &str| {
        let node = written?.get(key)?;
        let inner = node.fields().into_iter().map(|field| {
            let item = match (key, field.name.as_ref()) {
                ("tmpfs", "size") => size(&field.value),
                ("volume", "labels") => pairs(&field.value),
                _ => of_node(&field.value),
            };
            (field.name.to_string(), item)
        });
        Some(Item { value: Value::Map(inner.collect()), place: Some(node.place()) })
    };
    entries
        .push(("consistency", written.and_then(|node| node.scalar_of("consistency")).map(|it| of_scalar(&it, None))));
    let nocopy = mount.options.iter().find(|it| it.is("nocopy"));
    if let Some(item) = block(kind) {
        entries.push((kind, Some(item)));
    } else if let (MountKind::Volume | MountKind::Anonymous, Some(option)) = (mount.kind, nocopy) {
        let nocopy = Item { value: Value::Bool(true), place: Some(option.place) };
        entries.push((kind, Some(map(vec![("nocopy", Some(nocopy))], option.place))));
    } else if mount.kind == MountKind::Bind {
        let created = mount.syntax == Syntax::Short;
        let bind = vec![
            ("propagation", mount.propagation.as_ref().map(|it| of_scalar(it, None))),
            ("selinux", mount.selinux.as_ref().map(|it| of_scalar(it, None))),
            ("create_host_path", created.then(|| Item::added(Value::Bool(true)))),
        ];
        entries.push(("bind", Some(map(bind, mount.place))));
    }
    map(entries, mount.place)
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

/// The variables of the container: those of the files first, and then those of `environment`, which hold.
fn environment(service: &Service<'_>, files: &dyn Files) -> BTreeMap<String, Item> {
    let mut found: BTreeMap<String, Item> = BTreeMap::new();
    let own = service.environment();
    let list = service.field("env_file");
    for entry in list
        .map(|field| if field.value.is_sequence() { field.value.items() } else { vec![field.value] })
        .unwrap_or_default()
    {
        let (path, is_raw) = if entry.is_mapping() {
            (entry.scalar_of("path"), entry.scalar_of("format").is_some_and(|format| format.is("raw")))
        } else {
            (entry.scalar(), false)
        };
        let Some(path) = path else { continue };
        let Some(text) = path.known().and_then(|name| files.text(&entry.join(name))) else { continue };
        // A file may refer to what the service sets, to the project's variables, to itself and to the files before it.
        let mut outer = Variables::default();
        for pair in own {
            if let (Some(name), Some(value)) = (pair.key.known(), &pair.value) {
                outer.set(name, value.value.clone());
            }
        }
        let mut earlier = Variables::default();
        for (name, item) in &found {
            if let Value::Text(text) = &item.value {
                earlier.set(name, dlint_syntax::dockerfile::Value::Known(text.as_str().into()));
            }
        }
        let env = &entry.layer().env;
        let outer = outer.over(Rc::clone(env));
        let variables = if is_raw { dotenv::parse_raw(&text) } else { dotenv::parse_after(&text, &outer, earlier) };
        for variable in variables {
            let value = variable.value.or_else(|| match env.get(&variable.name) {
                dlint_syntax::dockerfile::Lookup::Set(text) => Some(dlint_syntax::dockerfile::Value::Known(text)),
                _ => None,
            });
            let item = match value {
                Some(dlint_syntax::dockerfile::Value::Known(text)) => Item::text(text, path.place),
                Some(dlint_syntax::dockerfile::Value::Unknown) => {
                    Item { value: Value::Unknown("${…}".to_owned()), place: Some(path.place) }
                }
                None => continue,
            };
            found.insert(variable.name, item);
        }
    }
    for pair in own {
        let Some(key) = pair.key.known() else { continue };
        let item = match &pair.value {
            Some(value) => of_scalar(value, None),
            None => match service.body.layer().env.get(key) {
                dlint_syntax::dockerfile::Lookup::Set(text) => Item::text(text, pair.place),
                _ => Item { value: Value::Null, place: Some(pair.place) },
            },
        };
        found.insert(key.to_owned(), item);
    }
    found
}
