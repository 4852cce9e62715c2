//! The keys of `build`.

use super::mounts::GRANTS;
use super::shapes::{
    BOOLEAN, BOOLEAN_OR_TEXT, BUILD_ULIMITS, BYTES, CONTEXTS, ENVIRONMENT, HOSTS, PAIRS, SSH, STRING, STRINGS, usually,
};
use super::{Object, USUAL, keys};

/// How an image is built.
pub(super) static BUILD: Object = Object {
    name: "a build",
    keys: keys! {
        "additional_contexts" CONTEXTS, "build/#additional_contexts",
            "Further folders, images or repositories that the Dockerfile may take files from, by name.", [since("2.17.0")];
        "args" ENVIRONMENT, "build/#args",
            "Values for the `ARG`s of the Dockerfile, as a mapping or a list of `KEY=VALUE`. They are not secret: the image's history shows \
             them.";
        "cache_from" STRINGS, "build/#cache_from",
            "Where the builder may take cached layers from: an image, or `type=TYPE,KEY=VALUE`.";
        "cache_to" STRINGS, "build/#cache_to",
            "Where the builder puts its cache for later builds.";
        "context" STRING, "build/#context",
            "The folder or Git repository whose files the build sees. The default is the folder of the Compose file.";
        "dockerfile" STRING, "build/#dockerfile",
            "The Dockerfile, relative to the context. The default is `Dockerfile`.";
        "dockerfile_inline" STRING, "build/#dockerfile_inline",
            "The text of a Dockerfile. Excludes `dockerfile`.", [since("2.17.0")];
        "entitlements" STRINGS, "build/#entitlements",
            "Further rights of the build: `network.host`, `security.insecure`.", [since("2.27.1")];
        "extra_hosts" HOSTS, "build/#extra_hosts",
            "Additional names in `/etc/hosts` during the build, as `NAME=ADDRESS`.";
        "isolation" STRING, "build/#isolation",
            "How the build of a Windows image is isolated.";
        "labels" PAIRS, "build/#labels",
            "Labels of the built image, as a mapping or a list of `KEY=VALUE`.";
        "network" usually(&["none", "host", "default"]), "build/#network",
            "The network that `RUN` instructions see: `none`, `host`, or a network's name.";
        "no_cache" BOOLEAN, "build/#no_cache",
            "Whether every step is built anew.";
        "no_cache_filter" STRINGS, "build/#no_cache_filter",
            "The stages that are built anew, while the others may come from the cache.", [since("5.0.0")];
        "platforms" STRINGS, "build/#platforms",
            "The platforms that the image is built for; the service's `platform` must be among them.";
        "privileged" BOOLEAN, "build/#privileged",
            "Whether the build runs with extended rights on the host.", [since("2.15.0")];
        "provenance" BOOLEAN_OR_TEXT, "build/#provenance",
            "Whether, or how (`mode=max`), the builder attests how the image came about.", [since("2.39.0")];
        "pull" BOOLEAN, "build/#pull",
            "Whether the images of `FROM` are pulled even where they are there already.";
        "sbom" BOOLEAN_OR_TEXT, "build/#sbom",
            "Whether, or how (`generator=IMAGE`), the builder lists what is in the image.", [since("2.39.0")];
        "secrets" GRANTS, "build/#secrets",
            "The secrets that `RUN --mount=type=secret` may use, by name or as a mapping.";
        "shm_size" BYTES, "build/#shm_size",
            "The size of `/dev/shm` during the build.";
        "ssh" SSH, "build/#ssh",
            "SSH agents and keys that `RUN --mount=type=ssh` may use: `default`, or `ID=PATH`.";
        "tags" STRINGS, "build/#tags",
            "Further names of the built image, beside the service's `image`.";
        "target" STRING, "build/#target",
            "The stage of the Dockerfile that is built. The default is the last one.";
        "ulimits" BUILD_ULIMITS, "build/#ulimits",
            "Limits of each process during the build: a number, or `soft` and `hard`.", [since("2.23.1")];
    },
    ..USUAL
};
