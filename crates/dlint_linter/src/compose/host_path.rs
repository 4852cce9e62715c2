//! What a service can see of the host's files, by whatever way.

use std::path::Path;

use super::node::{Field, Node};
use super::place::Place;
use super::scalar::Scalar;
use super::service::Service;
use super::volume::{Mount, MountKind, has_drive};

/// A path of the host that a service can see.
#[derive(Debug, Clone)]
pub struct HostPath {
    /// The path without `.`, `..` and doubled slashes, with `/` for the `\` of Windows. A relative one is relative to the
    /// folder of the project and has no `./` in front; `~` is kept.
    pub path: String,
    /// Where the service says it: the source of a mount, the name of a secret.
    pub place: Place,
    /// The whole entry of the service.
    pub entry_place: Place,
    /// The alias or merge key by which the entry came into the service.
    pub alias: Option<Place>,
    /// Where the path itself is written, if that is in a top-level entry.
    pub declared: Option<Place>,
    /// How the service comes to it.
    pub way: HostPathWay,
    /// Whether the service can only read. `None` where a variable decides.
    pub read_only: Option<bool>,
    /// The path in the container, if it is known.
    pub target: Option<String>,
    /// The propagation, if it is said.
    pub propagation: Option<Scalar>,
}

/// How a service comes to a path of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostPathWay {
    /// A bind mount.
    Bind,
    /// A volume whose top-level entry is a local bind mount.
    Volume,
    /// A secret from a file.
    Secret,
    /// A config from a file.
    Config,
}

impl HostPath {
    /// Whether it is `path` or lies under it. `path` is normalised and has no slash at its end.
    pub fn is_at_or_under(&self, path: &str) -> bool {
        match self.path.strip_prefix(path) {
            Some(rest) => rest.is_empty() || rest.starts_with('/') || path == "/",
            None => false,
        }
    }

    /// Whether it is `path` or a folder that holds it. `path` is normalised and has no slash at its end.
    pub fn is_or_contains(&self, path: &str) -> bool {
        match path.strip_prefix(self.path.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with('/') || self.path == "/",
            None => false,
        }
    }
}

/// The path with `.`, `..` and doubled slashes taken out. See [`HostPath::path`].
pub fn normalize_host_path(path: &str) -> String {
    let is_name = |part: &str| !matches!(part, "" | "." | "..");
    if path.strip_prefix('/').is_some_and(|rest| !rest.contains('\\') && rest.split('/').all(is_name)) {
        return path.to_owned();
    }
    let slashed = path.replace('\\', "/");
    // \\.\pipe\name is no path in a tree.
    if let Some(pipe) = slashed.strip_prefix("//./") {
        return format!("//./{}", pipe.to_ascii_lowercase());
    }
    // A backslash is a part of a name everywhere but on Windows.
    let path = if has_drive(path) || path.starts_with(r"\\") { slashed.as_str() } else { path };
    let root = usize::from(path.starts_with('/'));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    // Neither the home folder nor a drive is a folder whose parent can be told.
                    if parts.len() == 1 && root == 0 && (last.starts_with('~') || has_drive(last)) {
                        if last.starts_with('~') {
                            parts.push("..");
                        }
                    } else {
                        parts.pop();
                    }
                }
                None if root == 1 => {}
                _ => parts.push(".."),
            },
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (root, joined.is_empty()) {
        (1, _) => format!("/{joined}"),
        (_, true) => ".".to_owned(),
        _ => joined,
    }
}

/// Whether a path is relative to the folder of the file that names it.
pub(super) fn is_relative(path: &str) -> bool {
    !path.starts_with(['/', '~']) && !path.starts_with(r"\\") && !has_drive(path)
}

/// A path that is relative to one folder, relative to the project's. What is not relative stays as it is.
fn rebased(path: &str, folder: &Path, project: &Path) -> String {
    if is_relative(path)
        && folder != project
        && let Some(way) = pathdiff::diff_paths(folder, project)
    {
        return normalize_host_path(&way.join(path).to_string_lossy());
    }
    normalize_host_path(path)
}

/// The paths of the host that a service can see, in the order in which it names them: mounts, secrets, configs. What
/// a variable decides is left out.
pub(super) fn of_service(service: &Service<'_>) -> Vec<HostPath> {
    let mut paths: Vec<HostPath> = service.mounts().iter().filter_map(|mount| of_mount(service, mount)).collect();
    for (key, way) in [("secrets", HostPathWay::Secret), ("configs", HostPathWay::Config)] {
        let Some(field) = service.field(key) else { continue };
        for item in field.value.items() {
            let (source, target) = if item.is_mapping() {
                (item.scalar_of("source"), item.scalar_of("target"))
            } else {
                (item.scalar(), None)
            };
            let Some(source) = source else { continue };
            let node = declaration(service, key, &source).and_then(|entry| entry.value.get("file"));
            let Some((node, file)) = node.and_then(|node| node.scalar().map(|file| (node, file))) else { continue };
            let Some(path) = file.known().filter(|path| !path.is_empty()) else { continue };
            paths.push(HostPath {
                path: rebased(path, node.folder(), service.folder()),
                place: source.place,
                entry_place: item.place(),
                alias: item.via().or(field.alias).or(source.alias),
                declared: Some(file.place),
                way,
                read_only: Some(true),
                target: target.as_ref().and_then(Scalar::known).map(str::to_owned),
                propagation: None,
            });
        }
    }
    paths
}

fn of_mount(service: &Service<'_>, mount: &Mount) -> Option<HostPath> {
    let source = mount.source.as_ref()?;
    let path = |text: &str, folder: &Path, declared, way, read_only| HostPath {
        path: rebased(text, folder, service.folder()),
        place: source.place,
        entry_place: mount.place,
        alias: mount.alias.or(source.alias),
        declared,
        way,
        read_only,
        target: mount.target.as_ref().and_then(Scalar::known).map(str::to_owned),
        propagation: mount.propagation.clone(),
    };
    match mount.kind {
        MountKind::Bind | MountKind::Npipe => {
            Some(path(source.known()?, mount.folder(), None, HostPathWay::Bind, mount.read_only))
        }
        MountKind::Volume => {
            let volume = declaration(service, "volumes", source)?;
            let (device, is_read_only) = local_bind(&volume)?;
            let read_only = if is_read_only { Some(true) } else { mount.read_only };
            let folder = volume.value.folder();
            Some(path(device.known()?, folder, Some(device.place), HostPathWay::Volume, read_only))
        }
        _ => None,
    }
}

/// The top-level entry that a service names.
fn declaration<'a>(service: &Service<'a>, section: &str, name: &Scalar) -> Option<Field<'a>> {
    service.top_level(section, name.known()?)
}

/// The device of a volume that is a bind mount by the local driver, and whether the volume is read-only.
///
/// Source: Docker documentation, "docker volume create", "Driver-specific options".
fn local_bind(volume: &Field<'_>) -> Option<(Scalar, bool)> {
    let body = &volume.value;
    let is_external = match body.get("external") {
        Some(value) => value.is_mapping() || value.scalar().is_none_or(|it| it.boolean() != Some(false)),
        None => false,
    };
    let driver = body.scalar_of("driver");
    if is_external || driver.is_some_and(|driver| !driver.is("local")) {
        return None;
    }
    let options: Node<'_> = body.get("driver_opts")?;
    let o = options.scalar_of("o");
    let mut words = o.as_ref().and_then(Scalar::known).unwrap_or_default().split(',').map(str::trim);
    let is_none = options.scalar_of("type").is_some_and(|kind| kind.is("none"));
    if !is_none && !words.clone().any(|word| matches!(word, "bind" | "rbind")) {
        return None;
    }
    Some((options.scalar_of("device")?, words.any(|word| word == "ro")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{HostPathWay, normalize_host_path};
    use crate::compose::testing::with_service;

    #[test]
    fn normalises_paths() {
        for (path, normal) in [
            ("/", "/"),
            ("//var//run/./docker.sock", "/var/run/docker.sock"),
            ("/var/lib/../run/", "/var/run"),
            ("/../..", "/"),
            ("./data", "data"),
            (".", "."),
            ("./", "."),
            ("a/..", "."),
            ("../x/../..", "../.."),
            ("~/.ssh/", "~/.ssh"),
            ("~/a/../../b", "~/../b"),
            ("~", "~"),
            (r"C:\Users\me\..\x", "C:/Users/x"),
            (r"C:\..", "C:"),
            ("c:/a/./b", "c:/a/b"),
            (r"\\.\pipe\docker_engine", "//./pipe/docker_engine"),
            ("//./Pipe/Docker_engine", "//./pipe/docker_engine"),
            (r"/a\b/c", r"/a\b/c"),
        ] {
            assert_eq!(normalize_host_path(path), normal, "{path}");
        }
    }

    #[test]
    fn finds_paths_by_every_way() {
        let text = "\
services:
  a:
    image: x
    volumes:
      - /var/run/../run/docker.sock:/s:ro
      - type: bind
        source: ./data
        target: /d
      - { type: npipe, source: '\\\\.\\pipe\\docker_engine', target: x }
      - local:/l
      - plain:/p
      - remote:/r
      - readonly:/o
      - ${UNKNOWN}/x:/x
      - /anonymous
    secrets: [key, {source: env, target: t}]
    configs: [conf]
volumes:
  local: { driver_opts: { type: none, device: /etc/, o: 'rbind' } }
  plain: {}
  remote: { driver: nfs, driver_opts: { o: bind, device: /etc } }
  readonly: { driver: local, driver_opts: { type: ext4, o: 'bind,ro', device: /root } }
secrets:
  key: { file: ~/.key }
  env: { environment: X }
configs:
  conf: { file: ./conf }
";
        with_service(text, |service| {
            let found: Vec<_> = service
                .host_paths()
                .iter()
                .cloned()
                .map(|it| {
                    let declared = it.declared.map(|place| &text[place.range]);
                    (it.path, &text[it.place.range], declared, it.way, it.read_only, it.target)
                })
                .collect();
            let of = |path: &str, range, declared, way, read_only, target: Option<&str>| {
                (path.to_owned(), range, declared, way, Some(read_only), target.map(str::to_owned))
            };
            assert_eq!(
                found,
                [
                    of(
                        "/var/run/docker.sock",
                        "/var/run/../run/docker.sock",
                        None,
                        HostPathWay::Bind,
                        true,
                        Some("/s")
                    ),
                    of("data", "./data", None, HostPathWay::Bind, false, Some("/d")),
                    of(
                        "//./pipe/docker_engine",
                        r"'\\.\pipe\docker_engine'",
                        None,
                        HostPathWay::Bind,
                        false,
                        Some("x")
                    ),
                    of("/etc", "local", Some("/etc/"), HostPathWay::Volume, false, Some("/l")),
                    of("/root", "readonly", Some("/root"), HostPathWay::Volume, true, Some("/o")),
                    of("~/.key", "key", Some("~/.key"), HostPathWay::Secret, true, None),
                    of("conf", "conf", Some("./conf"), HostPathWay::Config, true, None),
                ]
            );
        });
    }

    #[test]
    fn external_volumes_are_not_ours() {
        let text = "services:\n  a:\n    image: x\n    volumes: [vol:/v]\nvolumes:\n  vol: {external: true, driver_opts: \
                    {o: bind, device: /etc}}\n";
        with_service(text, |service| assert!(service.host_paths().is_empty()));
    }

    #[test]
    fn relations_respect_folder_boundaries() {
        let text = "services:\n  a:\n    image: x\n    volumes: [/var/run:/r, /:/h, /va:/v]\n";
        with_service(text, |service| {
            let paths = service.host_paths();
            let [run, root, va] = paths else { panic!("three paths") };
            assert!(run.is_or_contains("/var/run/docker.sock") && root.is_or_contains("/var/run/docker.sock"));
            assert!(!va.is_or_contains("/var/run/docker.sock"));
            assert!(run.is_at_or_under("/var") && run.is_at_or_under("/var/run") && run.is_at_or_under("/"));
            assert!(!run.is_at_or_under("/va") && !run.is_at_or_under("/var/run/docker"));
        });
    }
}
