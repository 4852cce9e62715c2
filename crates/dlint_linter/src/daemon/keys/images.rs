//! Images: where they come from, and how they are stored.

use super::super::key::{Format, Key, Type};

const TEXT: Type = Type::String(Format::Text);
const STORAGE: &str = "https://docs.docker.com/engine/storage/drivers/select-storage-driver/";
const LIMIT: i64 = i64::MAX;

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "insecure-registries",
        Type::List(&Type::String(Format::Registry)),
        "Registries with which the daemon talks although it cannot verify them: over plain HTTP, or with a certificate \
         that nobody vouches for. A host with or without port, or a network. Where the key is absent, that is \
         `127.0.0.0/8` and `::1/128`; from Docker 29.10 on a list replaces these two, before it was added to them.",
    )
    .reloadable()
    .link("https://docs.docker.com/reference/cli/dockerd/#insecure-registries"),
    Key::new(
        "max-concurrent-downloads",
        Type::Integer(0, LIMIT),
        "How many layers of an image are pulled at a time; 0 is the default.",
    )
    .default("3")
    .reloadable(),
    Key::new(
        "max-concurrent-uploads",
        Type::Integer(0, LIMIT),
        "How many layers of an image are pushed at a time; 0 is the default.",
    )
    .default("5")
    .reloadable(),
    Key::new(
        "max-download-attempts",
        Type::Integer(0, LIMIT),
        "How often a pull is tried when the connection is lost; 0 is the default.",
    )
    .default("5")
    .reloadable(),
    Key::new(
        "registry-mirrors",
        Type::List(&Type::String(Format::Mirror)),
        "Mirrors of Docker Hub, as URLs, in the order in which they are asked before Docker Hub itself. They are not \
         asked for images of other registries.",
    )
    .reloadable()
    .link("https://docs.docker.com/docker-hub/image-library/mirror/"),
    Key::new(
        "storage-driver",
        // Not a choice: with the containerd image store, it may be any snapshotter that is installed.
        TEXT,
        "How the layers of images and containers are stored: `overlay2`, `fuse-overlayfs`, `btrfs`, `zfs` or `vfs`; \
         with the containerd image store a snapshotter. To change it hides all images and containers that were stored \
         before.",
    )
    .link(STORAGE),
    Key::new(
        "storage-opts",
        Type::List(&Type::String(Format::Pair)),
        "Options of the storage driver: `overlay2.size=20G`, `zfs.fsname=…`, `btrfs.min_space=…`.",
    )
    .link("https://docs.docker.com/reference/cli/dockerd/#options-per-storage-driver"),
];
