//! What there is to say about the instructions of a Dockerfile, and their flags: the one place where hover and completion read it.

/// Where the pages of the reference are.
const REFERENCE: &str = "https://docs.docker.com/reference/dockerfile/";

/// An instruction.
#[derive(Debug)]
pub(crate) struct Instruction {
    /// Its name.
    pub(crate) name: &'static str,
    /// How it is written.
    pub(crate) usage: &'static str,
    /// What it does.
    pub(crate) description: &'static str,
    /// Its flags.
    pub(crate) flags: &'static [Flag],
}

/// A flag of an instruction.
#[derive(Debug)]
pub(crate) struct Flag {
    /// Its name, without the dashes.
    pub(crate) name: &'static str,
    /// Whether it takes a value.
    pub(crate) takes_value: bool,
    /// What it does.
    pub(crate) description: &'static str,
    /// Values that it may have, where they can be counted.
    pub(crate) values: &'static [&'static str],
}

impl Instruction {
    /// The address of its description.
    pub(crate) fn link(&self) -> String {
        format!("{REFERENCE}#{}", self.name.to_ascii_lowercase())
    }

    /// Its flag of that name.
    pub(crate) fn flag(&self, name: &str) -> Option<&'static Flag> {
        self.flags.iter().find(|flag| flag.name == name)
    }
}

const fn value(name: &'static str, description: &'static str) -> Flag {
    Flag { name, takes_value: true, description, values: &[] }
}

const fn choice(name: &'static str, values: &'static [&'static str], description: &'static str) -> Flag {
    Flag { name, takes_value: true, description, values }
}

const fn switch(name: &'static str, description: &'static str) -> Flag {
    Flag { name, takes_value: false, description, values: &[] }
}

const CHOWN: Flag = value("chown", "The user and group that own the copy, by name or number: `USER[:GROUP]`.");
const CHMOD: Flag = value("chmod", "The permissions of the copy: octal digits, or as `chmod` takes them (`u=rwX`).");
const LINK: Flag =
    switch("link", "Makes the copy a layer of its own, which is reused even if the layers before it change.");
const EXCLUDE: Flag = value("exclude", "A pattern of files that are not copied. May stand several times.");

/// The platforms that images are mostly built for, and the variables that name one.
pub(crate) const PLATFORMS: [&str; 6] =
    ["$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64", "linux/arm/v7", "windows/amd64"];

/// The instructions, in the order of their names.
pub(crate) static INSTRUCTIONS: [Instruction; 18] = [
    Instruction {
        name: "ADD",
        usage: "ADD [FLAGS] SOURCE... DESTINATION",
        description: "Puts files into the image, and besides what `COPY` can do fetches URLs and Git repositories and unpacks local \
                      archives.",
        flags: &[
            value(
                "checksum",
                "The digest that the fetched file has to have: `sha256:...`. Another one fails the build.",
            ),
            CHMOD,
            CHOWN,
            EXCLUDE,
            switch("keep-git-dir", "Keeps the `.git` folder of a repository."),
            LINK,
            switch("unpack", "Says whether an archive is unpacked, instead of by where it is from."),
        ],
    },
    Instruction {
        name: "ARG",
        usage: "ARG NAME[=DEFAULT]...",
        description: "Declares a variable that the build may be given (`--build-arg`). It holds from here to the end of the stage and not in \
                      the container. Before the first `FROM` it holds in `FROM` lines only; a stage that declares it again takes its value over.",
        flags: &[],
    },
    Instruction {
        name: "CMD",
        usage: "CMD [\"PROGRAM\", \"ARGUMENT\"...]",
        description: "What the container runs if it is started without a command; after an `ENTRYPOINT`, the arguments of that. The last one \
                      counts.",
        flags: &[],
    },
    Instruction {
        name: "COPY",
        usage: "COPY [FLAGS] SOURCE... DESTINATION",
        description: "Puts files of the build context, or with `--from` of another stage or image, into the image.",
        flags: &[
            CHMOD,
            CHOWN,
            EXCLUDE,
            value("from", "The stage, image or named context to copy from, instead of the build context."),
            LINK,
            switch("parents", "Keeps the folders of the sources' paths."),
        ],
    },
    Instruction {
        name: "ENTRYPOINT",
        usage: "ENTRYPOINT [\"PROGRAM\", \"ARGUMENT\"...]",
        description: "The program that the container is: it is run with the container's command, or else `CMD`, as its arguments. In shell form \
                      it gets neither arguments nor signals. It resets a `CMD` of the base image.",
        flags: &[],
    },
    Instruction {
        name: "ENV",
        usage: "ENV NAME=VALUE...",
        description: "Sets variables, for the instructions after it, the stages that start from this one, and the container.",
        flags: &[],
    },
    Instruction {
        name: "EXPOSE",
        usage: "EXPOSE PORT[/PROTOCOL]...",
        description: "Says on which ports the container listens. It publishes nothing: that is for who starts the container.",
        flags: &[],
    },
    Instruction {
        name: "FROM",
        usage: "FROM [--platform=PLATFORM] IMAGE [AS NAME]",
        description: "Starts a stage from an image, an earlier stage, or `scratch`, which is nothing. The last stage is what is built where no \
                      target is named.",
        flags: &[value(
            "platform",
            "The platform of the image: `linux/arm64`, or `$BUILDPLATFORM` for that of the machine that builds.",
        )],
    },
    Instruction {
        name: "HEALTHCHECK",
        usage: "HEALTHCHECK [FLAGS] CMD COMMAND | HEALTHCHECK NONE",
        description: "The command by which Docker tells whether the container works: 0 is healthy, 1 is not. `NONE` switches off that of the \
                      base image.",
        flags: &[
            value("interval", "The time between two checks (`30s`, the default)."),
            value("timeout", "How long a check may take before it counts as failed (`30s`, the default)."),
            value(
                "start-period",
                "The time that the container gets to start, in which failures do not count (`0s`, the default).",
            ),
            value("start-interval", "The time between two checks during the start (`5s`, the default)."),
            value("retries", "How many checks in a row have to fail (3, the default)."),
        ],
    },
    Instruction {
        name: "LABEL",
        usage: "LABEL NAME=VALUE...",
        description: "Notes about the image, which `docker inspect` shows and tools read.",
        flags: &[],
    },
    Instruction {
        name: "MAINTAINER",
        usage: "MAINTAINER NAME",
        description: "Who looks after the image. Deprecated: write `LABEL org.opencontainers.image.authors=...`.",
        flags: &[],
    },
    Instruction {
        name: "ONBUILD",
        usage: "ONBUILD INSTRUCTION",
        description: "Puts an instruction off: it runs at the start of builds that have this image as their base.",
        flags: &[],
    },
    Instruction {
        name: "RUN",
        usage: "RUN [FLAGS] COMMAND",
        description: "Runs a command in the image and keeps what it changes as a layer: with the shell, or as a JSON array without one. A \
                      heredoc (`<<EOF`) is a script of several lines.",
        flags: &[
            value("device", "A device of the builder that the command may use, by its CDI name."),
            value(
                "mount",
                "Files that are there while the command runs, and in no layer: `type=bind`, `cache`, `tmpfs`, `secret` or `ssh`.",
            ),
            choice(
                "network",
                &["default", "none", "host"],
                "The network that the command has: `default`, `none`, or the `host`'s, which the build must allow.",
            ),
            choice(
                "security",
                &["sandbox", "insecure"],
                "`insecure` lifts the builder's protection, which the build must allow; `sandbox` is the default.",
            ),
        ],
    },
    Instruction {
        name: "SHELL",
        usage: "SHELL [\"PROGRAM\", \"ARGUMENT\"...]",
        description: "The shell of the instructions in shell form from here on. On Linux it is `[\"/bin/sh\", \"-c\"]` before.",
        flags: &[],
    },
    Instruction {
        name: "STOPSIGNAL",
        usage: "STOPSIGNAL SIGNAL",
        description: "The signal that asks the container to stop, by name or number. `SIGTERM` is the default.",
        flags: &[],
    },
    Instruction {
        name: "USER",
        usage: "USER USER[:GROUP]",
        description: "As whom the instructions after it and the container run, by name or number.",
        flags: &[],
    },
    Instruction {
        name: "VOLUME",
        usage: "VOLUME [\"PATH\"...]",
        description: "Folders whose content outlives the container: each container gets a new volume there, unless it is given one.",
        flags: &[],
    },
    Instruction {
        name: "WORKDIR",
        usage: "WORKDIR PATH",
        description: "The folder in which the instructions after it and the container run. It is made if it is missing; a relative one is taken \
                      from the one before.",
        flags: &[],
    },
];

/// An option of a mount, with the types that have it.
#[derive(Debug)]
pub(crate) struct MountOption {
    /// Its name.
    pub(crate) name: &'static str,
    /// The types of mounts that have it; empty for all.
    pub(crate) types: &'static [&'static str],
    /// What it does.
    pub(crate) description: &'static str,
}

/// The types of mounts, with what they are.
pub(crate) const MOUNT_TYPES: [(&str, &str); 5] = [
    ("bind", "Files of the build context, or with `from` of another stage or image."),
    ("cache", "A folder that is kept from build to build."),
    ("secret", "A secret that the build is given, as a file or a variable."),
    ("ssh", "Access to keys of an SSH agent."),
    ("tmpfs", "An empty folder in memory."),
];

/// The options of mounts.
pub(crate) const MOUNT_OPTIONS: [MountOption; 12] = [
    MountOption { name: "type", types: &[], description: "What kind of mount it is; `bind` is the default." },
    MountOption { name: "target", types: &[], description: "Where it is in the container." },
    MountOption {
        name: "source",
        types: &["bind", "cache"],
        description: "The path in the context or the stage that is mounted; its root is the default.",
    },
    MountOption {
        name: "from",
        types: &["bind", "cache"],
        description: "The stage, image or named context that the files are from.",
    },
    MountOption {
        name: "readwrite",
        types: &["bind"],
        description: "Allows the command to write. What it writes is lost.",
    },
    MountOption { name: "readonly", types: &["bind", "cache"], description: "Forbids the command to write." },
    MountOption {
        name: "id",
        types: &["cache", "secret", "ssh"],
        description: "The name by which the cache, secret or agent is known; that of the target is the default.",
    },
    MountOption {
        name: "sharing",
        types: &["cache"],
        description: "What happens if two builds want the cache: `shared`, `private` or `locked`.",
    },
    MountOption { name: "mode", types: &["cache", "secret", "ssh"], description: "The permissions, in octal digits." },
    MountOption { name: "required", types: &["secret", "ssh"], description: "Fails the build if it is not given." },
    MountOption { name: "env", types: &["secret"], description: "The variable that holds the secret." },
    MountOption { name: "size", types: &["tmpfs"], description: "The most that it may hold." },
];

/// The signals that containers are mostly stopped with.
pub(crate) const SIGNALS: [&str; 8] =
    ["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGWINCH"];

/// The protocols of ports.
pub(crate) const PROTOCOLS: [&str; 3] = ["tcp", "udp", "sctp"];

/// The instruction of that name, in any case.
pub(crate) fn find(name: &str) -> Option<&'static Instruction> {
    INSTRUCTIONS.iter().find(|instruction| instruction.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use dlint_syntax::dockerfile::{self, ErrorKind};

    use super::INSTRUCTIONS;

    /// Whether the parser knows the first word, and the flag behind it.
    fn is_known(text: &str) -> bool {
        let file = dockerfile::parse(&format!("FROM a\n{text}\n"));
        !file.errors.iter().any(|it| matches!(it.kind, ErrorKind::UnknownInstruction | ErrorKind::UnknownFlag))
    }

    #[test]
    fn the_parser_knows_all_of_them() {
        assert!(INSTRUCTIONS.is_sorted_by_key(|it| it.name));
        for instruction in &INSTRUCTIONS {
            assert!(is_known(&format!("{} x", instruction.name)), "{}", instruction.name);
            for flag in instruction.flags {
                assert!(is_known(&format!("{} --{}=1 x y", instruction.name, flag.name)), "{}", flag.name);
            }
        }
        assert!(!is_known("COPY --nonsense=1 x y"));
    }
}
