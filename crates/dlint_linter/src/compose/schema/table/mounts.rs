//! The keys of `volumes`, `secrets` and `configs` of a service.

use super::shapes::{BOOLEAN, FILE_MODE, PAIRS_UNIQUE, STRING, TMPFS_MODE, TMPFS_SIZE, enumeration, usually};
use super::{Object, USUAL, keys, list};
use crate::compose::schema::{Format, Shape, Types};

pub(super) const MOUNTS: Shape = list!(Shape::scalar(Types::STRING, Format::Mount).or(Shape::object(&MOUNT)));

pub(crate) static MOUNT: Object = Object {
    name: "a mount",
    keys: keys! {
        "bind" Shape::object(&BIND), "services/#volumes",
            "Options of a mount of the type `bind`.";
        "consistency" STRING, "services/#volumes",
            "How closely the container and the host must agree; it is for old versions of Docker Desktop.";
        "image" Shape::object(&IMAGE), "services/#volumes",
            "Options of a mount of the type `image`.";
        "read_only" BOOLEAN, "services/#volumes",
            "Whether the container cannot write to it.";
        "source" STRING, "services/#volumes",
            "What is mounted: a path of the host, the name of a volume, an image. A `tmpfs` has none.";
        "target" STRING, "services/#volumes",
            "The path in the container.", [required()];
        "tmpfs" Shape::object(&TMPFS), "services/#volumes",
            "Options of a mount of the type `tmpfs`.";
        "type" enumeration(&["bind", "volume", "tmpfs", "cluster", "npipe", "image"]), "services/#volumes",
            "What kind of mount it is: `volume`, `bind` (a path of the host), `tmpfs` (in memory), `image`, `npipe` (Windows) or `cluster` \
             (Swarm).", [required()];
        "volume" Shape::object(&VOLUME), "services/#volumes",
            "Options of a mount of the type `volume`.";
    },
    ..USUAL
};

static BIND: Object = Object {
    name: "`bind`",
    keys: keys! {
        "create_host_path" BOOLEAN, "services/#volumes",
            "Whether a folder is made on the host where there is nothing.";
        "propagation" usually(&["rprivate", "private", "rshared", "shared", "rslave", "slave"]), "services/#volumes",
            "How mounts made later are passed on: `rprivate`, `private`, `rshared`, `shared`, `rslave` or `slave`.";
        "recursive" enumeration(&["enabled", "disabled", "writable", "readonly"]), "services/#volumes",
            "Whether mounts below the source come along, and how.";
        "selinux" enumeration(&["z", "Z"]), "services/#volumes",
            "The SELinux label: `z` shares the files among containers, `Z` keeps them to this one.";
    },
    ..USUAL
};

static VOLUME: Object = Object {
    name: "`volume`",
    keys: keys! {
        "labels" PAIRS_UNIQUE, "services/#volumes",
            "Labels of the volume, where it is created for this mount.";
        "nocopy" BOOLEAN, "services/#volumes",
            "Whether an empty volume stays empty, and is not filled with what the image has at the target.";
        "subpath" STRING, "services/#volumes",
            "The folder of the volume that is mounted instead of the whole.", [since("2.24.0")];
    },
    ..USUAL
};

static TMPFS: Object = Object {
    name: "`tmpfs`",
    keys: keys! {
        "mode" TMPFS_MODE, "services/#volumes",
            "The file mode of the root, in octal: `0o1777`.", [since("2.14.0")];
        "size" TMPFS_SIZE, "services/#volumes",
            "The most bytes that it may hold: a number, or a size such as `64m`.";
    },
    ..USUAL
};

static IMAGE: Object = Object {
    name: "`image`",
    keys: keys! {
        "subpath" STRING, "services/#volumes",
            "The folder of the image that is mounted instead of the whole.", [since("2.35.0")];
    },
    ..USUAL
};

/// The secrets or configs that a service or a build may read.
pub(super) const GRANTS: Shape = list!(STRING.or(Shape::object(&GRANT)));

static GRANT: Object = Object {
    name: "a secret or config of a service",
    keys: keys! {
        "gid" STRING, "services/#secrets",
            "The number of the group that owns the file, as a string. Compose ignores it where the source is a file.";
        "mode" FILE_MODE, "services/#secrets",
            "The file mode, in octal: `0o440`. Compose ignores it where the source is a file.";
        "source" STRING, "services/#secrets",
            "The name of the secret or config at the top level.", [required()];
        "target" STRING, "services/#secrets",
            "The file in the container. A secret's relative path is below `/run/secrets`.";
        "uid" STRING, "services/#secrets",
            "The number of the user that owns the file, as a string. Compose ignores it where the source is a file.";
    },
    // What has no source is looked for under the empty name.
    is_read_late: true,
    ..USUAL
};
