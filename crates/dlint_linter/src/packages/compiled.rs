//! Languages that are compiled: Go, Rust, Java, .NET. Source of what is said here: their documentation.

use dlint_syntax::shell::{Arguments, OptionSpec};

use super::{Action, BUILDING, Cache, Family, Manager, Pins, Switch, long, pins};

pub(super) const GO: Manager = Manager {
    name: "go",
    family: Family::Go,
    programs: &["go"],
    options: OptionSpec::single_dash(&[
        "o",
        "tags",
        "ldflags",
        "gcflags",
        "asmflags",
        "gccgoflags",
        "mod",
        "modfile",
        "overlay",
        "C",
        "p",
        "exec",
        "pgo",
        "buildmode",
        "buildvcs",
        "compiler",
        "covermode",
        "coverpkg",
        "coverprofile",
        "installsuffix",
        "pkgdir",
        "toolexec",
        "run",
        "count",
        "timeout",
        "bench",
        "parallel",
        "cpu",
        "vet",
    ]),
    subcommands: &[
        ("install", Action::Install),
        ("get", Action::Install),
        ("run", Action::Install),
        ("mod download", Action::Sync),
        ("mod vendor", Action::Sync),
        ("build", Action::Build),
        ("test", Action::Build),
        ("generate", Action::Build),
        ("vet", Action::Build),
        ("clean", Action::Clean),
    ],
    pins: Some(Pins {
        read: pins::go,
        by_option: Switch::NONE,
        local: &[],
        by_project: &["install", "run"],
        form: "path@version",
    }),
    cache: Some(Cache {
        what: "modules",
        paths: &["/go/pkg/mod", "~/go/pkg/mod", "~/.cache/go-build"],
        mounts: &[],
        left_by: BUILDING,
        off: Switch::NONE,
        add: "",
        moved_by: (&["GOMODCACHE", "GOPATH", "GOCACHE"], &[]),
        clean: "go clean -modcache",
        is_waste: false,
    }),
    ..Manager::NONE
};

pub(super) const CARGO: Manager = Manager {
    name: "cargo",
    family: Family::Cargo,
    programs: &["cargo"],
    options: OptionSpec::new(
        "pjFZC",
        &[
            "version",
            "vers",
            "git",
            "branch",
            "tag",
            "rev",
            "path",
            "root",
            "registry",
            "index",
            "features",
            "target",
            "target-dir",
            "profile",
            "bin",
            "example",
            "manifest-path",
            "config",
            "color",
            "package",
            "jobs",
            "recipe-path",
        ],
    ),
    subcommands: &[
        ("install", Action::Install),
        ("binstall", Action::Install),
        ("build", Action::Build),
        ("b", Action::Build),
        ("test", Action::Build),
        ("check", Action::Build),
        ("run", Action::Build),
        ("fetch", Action::Sync),
        ("chef cook", Action::Build),
    ],
    pins: Some(Pins {
        read: pins::cargo,
        by_option: Switch { short: "", long: &["version", "vers", "rev", "tag", "branch"], variables: &[], marks: &[] },
        local: &["path", "offline"],
        by_project: &[],
        form: "name@version",
    }),
    cache: Some(Cache {
        what: "registry",
        paths: &["/usr/local/cargo/registry", "~/.cargo/registry"],
        mounts: &[],
        left_by: BUILDING,
        off: Switch::NONE,
        add: "",
        moved_by: (&["CARGO_HOME"], &[]),
        clean: "rm -rf \"$CARGO_HOME/registry\"",
        is_waste: false,
    }),
    // `--version` has a value here.
    dry: Switch { short: "Vh", long: &["help", "dry-run", "list"], variables: &[], marks: &[] },
    ..Manager::NONE
};

pub(super) const MAVEN: Manager = Manager {
    name: "mvn",
    family: Family::Maven,
    programs: &["mvn", "mvnw"],
    options: OptionSpec::new("fPDsTlgt", &["file", "settings", "threads", "projects"]),
    by_letters: Some(built),
    cache: Some(Cache {
        what: "artifacts",
        paths: &["~/.m2/repository", "~/.m2"],
        mounts: &[],
        left_by: BUILDING,
        off: Switch::NONE,
        add: "",
        moved_by: (&["MAVEN_CONFIG"], &[]),
        clean: "rm -rf ~/.m2/repository",
        is_waste: false,
    }),
    ..Manager::NONE
};

pub(super) const GRADLE: Manager = Manager {
    name: "gradle",
    family: Family::Gradle,
    programs: &["gradle", "gradlew"],
    options: OptionSpec::new(
        "pPDgIbcx",
        &["project-dir", "build-file", "gradle-user-home", "init-script", "project-cache-dir"],
    ),
    by_letters: Some(built),
    cache: Some(Cache {
        what: "artifacts",
        paths: &["~/.gradle/caches", "~/.gradle"],
        mounts: &[],
        left_by: BUILDING,
        off: Switch::NONE,
        add: "",
        moved_by: (&["GRADLE_USER_HOME"], &["gradle-user-home"]),
        clean: "rm -rf ~/.gradle/caches",
        is_waste: false,
    }),
    ..Manager::NONE
};

/// Any goal or task builds.
fn built(arguments: &Arguments<'_>) -> Action {
    if arguments.operands().next().is_some() { Action::Build } else { Action::Other }
}

pub(super) const DOTNET: Manager = Manager {
    name: "dotnet",
    family: Family::Dotnet,
    programs: &["dotnet"],
    options: OptionSpec::new(
        "corfvasp",
        &[
            "configuration",
            "output",
            "runtime",
            "framework",
            "verbosity",
            "arch",
            "os",
            "source",
            "version",
            "tool-path",
            "configfile",
        ],
    ),
    subcommands: &[
        ("restore", Action::Sync),
        ("build", Action::Build),
        ("publish", Action::Build),
        ("test", Action::Build),
        ("tool install", Action::Install),
    ],
    pins: Some(Pins {
        read: pins::cargo,
        by_option: long(&["version"]),
        local: &[],
        by_project: &[],
        form: "name --version version",
    }),
    cache: Some(Cache {
        what: "packages",
        paths: &["~/.nuget/packages", "~/.nuget"],
        mounts: &[],
        left_by: BUILDING,
        off: Switch::NONE,
        add: "",
        moved_by: (&["NUGET_PACKAGES"], &[]),
        clean: "dotnet nuget locals all --clear",
        is_waste: false,
    }),
    dry: Switch { short: "h", long: &["help", "info", "list-sdks", "list-runtimes"], variables: &[], marks: &[] },
    ..Manager::NONE
};
