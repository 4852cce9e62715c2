//! What may be typed in a `daemon.json`.

use dlint_linter::Document;
use dlint_linter::daemon::{Format, Key, State, Type, keys};
use dlint_linter::logging::{LogDriver, drivers, find_driver};
use dlint_syntax::text::range;

use super::{Completion, CompletionKind, List};
use crate::features::yaml_context;
use crate::hover::of_daemon_key;

/// The log driver where none is named.
pub(super) const LOG_DRIVER: &str = "json-file";

/// Values of keys that may have others, too, with what they are.
///
/// Source: Docker documentation, "dockerd", "Select a storage driver".
const OPEN: [(&str, &[(&str, &str)]); 3] = [
    (
        "storage-driver",
        &[
            ("overlay2", "Layers as folders over each other; the usual one."),
            ("fuse-overlayfs", "The same in user space, for a daemon without root's rights on an old kernel."),
            ("btrfs", "Layers as subvolumes of a Btrfs file system."),
            ("zfs", "Layers as data sets of ZFS."),
            ("vfs", "Each layer as a full copy."),
        ],
    ),
    (
        "exec-opts",
        &[
            ("native.cgroupdriver=systemd", "Control groups are made by systemd."),
            ("native.cgroupdriver=cgroupfs", "Control groups are made without systemd."),
        ],
    ),
    ("default-runtime", &[("runc", "The runtime that comes with Docker.")]),
];

/// What may be typed at a byte.
pub(super) fn completions(document: &Document, at: usize) -> Vec<Completion> {
    let Some(context) = yaml_context::json(document.text(), at) else { return Vec::new() };
    let mut list = List::new(context.typed.clone());
    // The quote that an editor put behind is replaced, too.
    if document.text().get(at..).is_some_and(|rest| rest.starts_with('"')) && !context.typed.is_empty() {
        list.range = range(context.typed.start..at + 1);
    }
    let path: Vec<&str> = context.path.iter().map(String::as_str).filter(|it| *it != "[]").collect();
    let is_there = |name: &str| context.siblings.iter().any(|it| it == name);
    if context.may_be_key {
        if path == ["log-opts"] {
            let driver = document.yaml().and_then(|yaml| yaml.roots().next()?.get("log-driver")?.text());
            let driver = find_driver(driver.unwrap_or(LOG_DRIVER));
            let options = driver.into_iter().flat_map(LogDriver::all_options);
            for option in options.filter(|option| !is_there(option.name)) {
                let text = format!("\"{}\": ", option.name);
                list.add_as(CompletionKind::Key, option.name, text, "log option", option.description);
            }
        }
        let children: Vec<&'static Key> = if path.is_empty() {
            keys::all().collect()
        } else {
            keys::at(&path).map_or(&[][..], |key| key.children()).iter().collect()
        };
        let is_offered = |key: &&&Key| matches!(key.state, State::Current) && !is_there(key.name);
        for key in children.iter().filter(is_offered) {
            let text = format!("\"{}\": ", key.name);
            list.add_as(CompletionKind::Key, key.name, text, key.ty.described(), of_daemon_key(key));
        }
        return list.all;
    }
    if let Some(key) = keys::at(&path) {
        values(&mut list, &key.ty);
    }
    let mut add = |value: &str, about: &str| list.add(CompletionKind::Value, format!("\"{value}\""), "", about);
    if path == ["log-driver"] {
        for driver in drivers() {
            add(driver.name, driver.description);
        }
    }
    for (_, values) in OPEN.iter().filter(|(key, _)| path == [*key]) {
        values.iter().for_each(|(value, about)| add(value, about));
    }
    list.all
}

fn values(list: &mut List, ty: &Type) {
    match ty {
        Type::Bool => {
            list.add(CompletionKind::Value, "true", "", "");
            list.add(CompletionKind::Value, "false", "", "");
        }
        Type::String(Format::Choice(choices)) => {
            for choice in *choices {
                list.add(CompletionKind::Value, format!("\"{}\"", choice.value), "", choice.description);
            }
        }
        Type::List(of) => values(list, of),
        Type::Either(types) => types.iter().for_each(|ty| values(list, ty)),
        _ => {}
    }
}
