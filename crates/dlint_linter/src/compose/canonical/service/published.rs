//! Ports and mounts.

use std::collections::BTreeMap;

use super::{map, number, of_node, of_scalar, pairs, path_text, size, text};
use crate::compose::canonical::{Item, Value, values};
use crate::compose::host_path::is_relative;
use crate::compose::{Mount, MountKind, Node, Port, Scalar, Syntax};

/// An entry of `ports`. Compose hands on what only the engine refuses.
pub(super) fn published(node: &Node<'_>) -> Vec<(Option<String>, Item)> {
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

pub(super) fn mount(mount: &Mount, written: Option<&Node<'_>>) -> Item {
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
