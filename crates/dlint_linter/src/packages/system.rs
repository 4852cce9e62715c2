//! Package managers of operating systems. Source of what is said here: their manual pages.

use dlint_syntax::shell::{Arguments, OptionSpec};

use super::{Action, Cache, Confirmation, Family, Manager, Pins, Switch, pins};

const CHANGING: &[Action] =
    &[Action::Install, Action::Swap, Action::Remove, Action::Upgrade, Action::DistributionUpgrade];

const APT_PINS: Pins =
    Pins { read: pins::apt, by_option: Switch::NONE, local: &[], by_project: &[], form: "name=version" };

/// `apt-get clean` removes archives, which Debian's and Ubuntu's images never keep, but not the lists.
const APT_CACHE: Cache = Cache {
    what: "package lists",
    paths: &["/var/lib/apt/lists"],
    mounts: &["/var/cache/apt", "/var/lib/apt"],
    left_by: &[Action::Refresh],
    off: Switch::NONE,
    add: "",
    moved_by: (&[], &[]),
    clean: "rm -rf /var/lib/apt/lists/*",
    is_waste: true,
};

pub(super) const APT_GET: Manager = Manager {
    name: "apt-get",
    family: Family::Apt,
    programs: &["apt-get"],
    options: OptionSpec::new(
        "toca",
        &["target-release", "default-release", "option", "config-file", "host-architecture", "build-profiles"],
    ),
    subcommands: &[
        ("install", Action::Install),
        ("reinstall", Action::Install),
        ("satisfy", Action::Install),
        ("build-dep", Action::Install),
        ("remove", Action::Remove),
        ("purge", Action::Remove),
        ("autoremove", Action::Remove),
        ("auto-remove", Action::Remove),
        ("autopurge", Action::Remove),
        ("upgrade", Action::Upgrade),
        ("dist-upgrade", Action::DistributionUpgrade),
        ("full-upgrade", Action::DistributionUpgrade),
        ("dselect-upgrade", Action::Upgrade),
        ("update", Action::Refresh),
        ("dist-clean", Action::Clean),
        ("distclean", Action::Clean),
    ],
    confirmation: Some(Confirmation {
        actions: CHANGING,
        answer: Switch {
            short: "y",
            long: &["yes", "assume-yes", "assume-no", "force-yes"],
            variables: &[],
            marks: &["Assume-Yes", "assume-yes", "APT::Get::Assume"],
        },
        twice: Some(('q', "quiet")),
        add: "-y",
    }),
    pins: Some(APT_PINS),
    cache: Some(APT_CACHE),
    keeps_lists: true,
    recommends: Some(Switch {
        short: "",
        // Who says that they are wanted has answered too.
        long: &["no-install-recommends", "no-recommends", "install-recommends"],
        variables: &[],
        marks: &["Install-Recommends", "install-recommends=", "::install-recommends"],
    }),
    dry: Switch {
        short: "sh",
        long: &["simulate", "just-print", "dry-run", "recon", "no-act", "print-uris", "help", "version"],
        variables: &[],
        marks: &[],
    },
    ..Manager::NONE
};

pub(super) const APT: Manager = Manager { name: "apt", programs: &["apt"], in_scripts: Some("apt-get"), ..APT_GET };

pub(super) const APTITUDE: Manager = Manager {
    name: "aptitude",
    programs: &["aptitude"],
    options: OptionSpec::new("towFO", &["target-release", "default-release", "width", "display-format", "sort"]),
    subcommands: &[
        ("install", Action::Install),
        ("reinstall", Action::Install),
        ("build-dep", Action::Install),
        ("remove", Action::Remove),
        ("purge", Action::Remove),
        ("upgrade", Action::Upgrade),
        ("safe-upgrade", Action::Upgrade),
        ("full-upgrade", Action::DistributionUpgrade),
        ("dist-upgrade", Action::DistributionUpgrade),
        ("update", Action::Refresh),
    ],
    confirmation: Some(Confirmation {
        actions: CHANGING,
        answer: Switch { short: "y", long: &["assume-yes"], variables: &[], marks: &["Assume-Yes"] },
        twice: None,
        add: "-y",
    }),
    recommends: Some(Switch {
        short: "Rr",
        long: &["without-recommends", "with-recommends"],
        variables: &[],
        marks: &["Install-Recommends", "Recommends-Important"],
    }),
    ..APT_GET
};

pub(super) const APK: Manager = Manager {
    name: "apk",
    family: Family::Apk,
    programs: &["apk"],
    options: OptionSpec::new(
        "pXt",
        &[
            "root",
            "repository",
            "virtual",
            "arch",
            "cache-dir",
            "cache-max-age",
            "keys-dir",
            "repositories-file",
            "progress-fd",
            "wait",
            "timeout",
        ],
    ),
    subcommands: &[
        ("add", Action::Install),
        ("del", Action::Remove),
        ("upgrade", Action::Upgrade),
        ("fix", Action::Other),
        ("update", Action::Refresh),
        ("cache clean", Action::Clean),
        ("cache purge", Action::Clean),
    ],
    pins: Some(Pins { read: pins::apk, by_option: Switch::NONE, local: &[], by_project: &[], form: "name=version" }),
    cache: Some(Cache {
        what: "package index",
        paths: &["/var/cache/apk", "/etc/apk/cache"],
        mounts: &[],
        left_by: &[Action::Install, Action::Upgrade, Action::Refresh],
        off: Switch { short: "", long: &["no-cache", "no-network"], variables: &[], marks: &[] },
        add: "--no-cache",
        moved_by: (&[], &["cache-dir", "root", "p"]),
        clean: "rm -rf /var/cache/apk/*",
        is_waste: true,
    }),
    dry: Switch { short: "sh", long: &["simulate", "help", "version"], variables: &[], marks: &[] },
    ..Manager::NONE
};

const DNF_CACHE: Cache = Cache {
    what: "repository metadata",
    paths: &["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"],
    mounts: &[],
    left_by: &[Action::Install, Action::Swap, Action::Upgrade, Action::DistributionUpgrade, Action::Refresh],
    off: Switch::NONE,
    add: "",
    moved_by: (&[], &["installroot"]),
    clean: "dnf clean all",
    is_waste: true,
};

pub(super) const DNF: Manager = Manager {
    name: "dnf",
    family: Family::Dnf,
    programs: &["dnf", "dnf5", "dnf-3"],
    options: OptionSpec::new(
        "cdexR",
        &[
            "config",
            "debuglevel",
            "errorlevel",
            "exclude",
            "excludepkgs",
            "installroot",
            "releasever",
            "setopt",
            "repo",
            "repoid",
            "enablerepo",
            "disablerepo",
            "enable-repo",
            "disable-repo",
            "randomwait",
            "rpmverbosity",
            "disableexcludes",
            "disableexcludepkgs",
            "disableplugin",
            "enableplugin",
            "repofrompath",
            "advisory",
            "bz",
            "cve",
            "sec-severity",
            "forcearch",
            "comment",
            "downloaddir",
            "destdir",
            "from-repo",
            "color",
        ],
    ),
    subcommands: &[
        ("install", Action::Install),
        ("in", Action::Install),
        ("localinstall", Action::Install),
        ("reinstall", Action::Install),
        ("rei", Action::Install),
        ("groupinstall", Action::Install),
        ("group install", Action::Install),
        ("module install", Action::Install),
        ("builddep", Action::Install),
        ("downgrade", Action::Install),
        ("swap", Action::Swap),
        ("remove", Action::Remove),
        ("rm", Action::Remove),
        ("erase", Action::Remove),
        ("autoremove", Action::Remove),
        ("groupremove", Action::Remove),
        ("group remove", Action::Remove),
        ("upgrade", Action::Upgrade),
        ("up", Action::Upgrade),
        ("update", Action::Upgrade),
        ("upgrade-minimal", Action::Upgrade),
        ("update-minimal", Action::Upgrade),
        ("distro-sync", Action::DistributionUpgrade),
        ("makecache", Action::Refresh),
        ("mc", Action::Refresh),
        ("check-update", Action::Refresh),
        ("check-upgrade", Action::Refresh),
        ("clean all", Action::Clean),
        ("clean metadata", Action::Clean),
    ],
    confirmation: Some(Confirmation {
        actions: CHANGING,
        answer: Switch {
            short: "y",
            long: &["assumeyes", "assumeno", "downloadonly"],
            variables: &[],
            marks: &["assumeyes", "defaultyes"],
        },
        twice: None,
        add: "-y",
    }),
    // Groups have no versions.
    pins: Some(Pins {
        read: pins::rpm,
        by_option: Switch::NONE,
        local: &[],
        by_project: &["groupinstall", "group install"],
        form: "name-version",
    }),
    cache: Some(DNF_CACHE),
    dry: Switch { short: "h", long: &["help", "version"], variables: &[], marks: &[] },
    ..Manager::NONE
};

pub(super) const YUM: Manager = Manager {
    name: "yum",
    family: Family::Yum,
    programs: &["yum"],
    cache: Some(Cache {
        paths: &["/var/cache/yum", "/var/cache/dnf", "/var/cache/libdnf5"],
        clean: "yum clean all",
        ..DNF_CACHE
    }),
    ..DNF
};

/// It never asks: `-y` is there so that scripts for `dnf` work.
pub(super) const MICRODNF: Manager = Manager {
    name: "microdnf",
    family: Family::Microdnf,
    programs: &["microdnf"],
    confirmation: None,
    cache: Some(Cache {
        paths: &["/var/cache/yum", "/var/cache/dnf", "/var/cache/libdnf5"],
        clean: "microdnf clean all",
        ..DNF_CACHE
    }),
    ..DNF
};

pub(super) const TDNF: Manager = Manager {
    name: "tdnf",
    family: Family::Tdnf,
    programs: &["tdnf"],
    cache: Some(Cache { paths: &["/var/cache/tdnf"], clean: "tdnf clean all", ..DNF_CACHE }),
    ..DNF
};

pub(super) const ZYPPER: Manager = Manager {
    name: "zypper",
    family: Family::Zypper,
    programs: &["zypper"],
    options: OptionSpec::new(
        "RcDrtp",
        &[
            "root",
            "config",
            "reposd-dir",
            "cache-dir",
            "raw-cache-dir",
            "solv-cache-dir",
            "pkg-cache-dir",
            "plus-repo",
            "plus-content",
            "installroot",
            "repo",
            "type",
            "from",
            "download",
            "userdata",
        ],
    ),
    subcommands: &[
        ("install", Action::Install),
        ("in", Action::Install),
        ("source-install", Action::Install),
        ("si", Action::Install),
        ("install-new-recommends", Action::Install),
        ("inr", Action::Install),
        ("remove", Action::Remove),
        ("rm", Action::Remove),
        ("update", Action::Upgrade),
        ("up", Action::Upgrade),
        ("patch", Action::Upgrade),
        ("dist-upgrade", Action::DistributionUpgrade),
        ("dup", Action::DistributionUpgrade),
        ("refresh", Action::Refresh),
        ("ref", Action::Refresh),
        ("refresh-services", Action::Refresh),
        ("clean", Action::Clean),
        ("cc", Action::Clean),
    ],
    confirmation: Some(Confirmation {
        actions: CHANGING,
        answer: Switch {
            short: "ny",
            long: &["non-interactive", "no-confirm", "quiet-install"],
            variables: &["ZYPP_NON_INTERACTIVE"],
            marks: &[],
        },
        twice: None,
        add: "-y",
    }),
    pins: Some(Pins {
        read: pins::rpm,
        by_option: Switch { short: "", long: &["oldpackage"], variables: &[], marks: &[] },
        local: &[],
        by_project: &[],
        form: "name=version",
    }),
    cache: Some(Cache {
        what: "repository metadata and packages",
        paths: &["/var/cache/zypp"],
        mounts: &[],
        left_by: &[Action::Install, Action::Upgrade, Action::DistributionUpgrade, Action::Refresh],
        off: Switch::NONE,
        add: "",
        moved_by: (&[], &["root", "R", "installroot", "cache-dir"]),
        clean: "zypper clean --all",
        is_waste: true,
    }),
    dry: Switch { short: "h", long: &["dry-run", "help", "version"], variables: &[], marks: &[] },
    ..Manager::NONE
};

pub(super) const PACMAN: Manager = Manager {
    name: "pacman",
    family: Family::Pacman,
    programs: &["pacman"],
    options: OptionSpec::new(
        "br",
        &[
            "dbpath",
            "root",
            "cachedir",
            "config",
            "arch",
            "ignore",
            "ignoregroup",
            "overwrite",
            "gpgdir",
            "hookdir",
            "logfile",
            "color",
            "assume-installed",
            "print-format",
            "sysroot",
        ],
    ),
    by_letters: Some(pacman),
    keeps_lists: true,
    confirmation: Some(Confirmation {
        actions: CHANGING,
        answer: Switch { short: "p", long: &["noconfirm", "print"], variables: &[], marks: &[] },
        twice: None,
        add: "--noconfirm",
    }),
    cache: Some(Cache {
        what: "downloaded packages",
        paths: &["/var/cache/pacman"],
        mounts: &[],
        left_by: &[Action::Install, Action::Upgrade, Action::DistributionUpgrade],
        off: Switch::NONE,
        add: "",
        moved_by: (&[], &["cachedir", "root", "r", "sysroot"]),
        clean: "rm -rf /var/cache/pacman/pkg/*",
        is_waste: true,
    }),
    dry: Switch { short: "hp", long: &["print", "help", "version"], variables: &[], marks: &[] },
    ..Manager::NONE
};

/// pacman's operation is a capital letter, modified by small ones: `-Syu`.
fn pacman(arguments: &Arguments<'_>) -> Action {
    let has = |letter, name| arguments.has(letter, name);
    let names = arguments.operands().next().is_some();
    if has('R', "remove") {
        Action::Remove
    } else if has('U', "upgrade") {
        Action::Install
    } else if !has('S', "sync") || has('s', "search") || has('i', "info") || has('l', "list") || has('g', "groups") {
        Action::Other
    } else if has('c', "clean") {
        // One `c` keeps what is installed. And `--noconfirm` takes the answers that are offered, of which the one to whether all
        // is to be removed is no.
        let times = arguments.iter().filter(|it| it.is_short('c') || it.is_long("clean")).count();
        if times > 1 && !arguments.has_long("noconfirm") { Action::Clean } else { Action::Other }
    } else if names {
        Action::Install
    } else if has('u', "sysupgrade") {
        Action::Upgrade
    } else if has('y', "refresh") {
        Action::Refresh
    } else {
        Action::Other
    }
}
