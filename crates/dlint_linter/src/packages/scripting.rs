//! Ruby and PHP: RubyGems, Bundler, Composer and PECL. Source of what is said here: their documentation.

use dlint_syntax::shell::OptionSpec;

use super::{Action, Cache, Development, Family, INSTALLING, Lock, Manager, Pins, Switch, long, pins};

pub(super) const GEM: Manager = Manager {
    name: "gem",
    family: Family::Gem,
    programs: &["gem"],
    options: OptionSpec::new(
        "vinPsBpg",
        &[
            "version",
            "install-dir",
            "bindir",
            "platform",
            "trust-policy",
            "source",
            "build-root",
            "http-proxy",
            "document",
            "config-file",
            "file",
        ],
    ),
    subcommands: &[("install", Action::Install), ("i", Action::Install), ("update", Action::Upgrade)],
    pins: Some(Pins {
        read: pins::gem,
        by_option: Switch { short: "v", long: &["version"], variables: &[], marks: &[] },
        local: &["local", "file"],
        by_project: &[],
        form: "name:version",
    }),
    ..Manager::NONE
};

pub(super) const BUNDLER: Manager = Manager {
    name: "bundle",
    family: Family::Bundler,
    programs: &["bundle", "bundler"],
    options: OptionSpec::new(
        "j",
        &["jobs", "gemfile", "path", "without", "with", "retry", "binstubs", "shebang", "trust-policy", "version"],
    ),
    subcommands: &[
        ("", Action::Sync),
        ("install", Action::Sync),
        ("add", Action::Install),
        ("update", Action::Upgrade),
    ],
    cache: Some(Cache {
        what: "downloads",
        paths: &["/usr/local/bundle/cache"],
        mounts: &[],
        left_by: INSTALLING,
        off: Switch { short: "", long: &[], variables: &["BUNDLE_NO_CACHE"], marks: &[] },
        add: "",
        moved_by: (&["BUNDLE_PATH", "GEM_HOME"], &["path"]),
        clean: "rm -rf /usr/local/bundle/cache",
        is_waste: false,
    }),
    development: Some(Development {
        without: Switch {
            short: "",
            long: &["without"],
            variables: &["BUNDLE_WITHOUT", "BUNDLE_ONLY"],
            marks: &["without", "BUNDLE_WITHOUT", "config set only"],
        },
        values: &[],
        add: "",
    }),
    lock: Some(Lock {
        files: &["Gemfile.lock", "gems.locked"],
        frozen: Switch {
            short: "",
            long: &["deployment", "frozen"],
            variables: &["BUNDLE_DEPLOYMENT", "BUNDLE_FROZEN"],
            marks: &["deployment", "frozen"],
        },
        subcommands: &["add"],
        instead: "BUNDLE_DEPLOYMENT=1 bundle install",
    }),
    dry: Switch { short: "hv", long: &["help", "version", "dry-run"], variables: &[], marks: &[] },
    ..Manager::NONE
};

pub(super) const COMPOSER: Manager = Manager {
    name: "composer",
    family: Family::Composer,
    programs: &["composer", "composer.phar"],
    options: OptionSpec::new(
        "d",
        &[
            "working-dir",
            "prefer-install",
            "ignore-platform-req",
            "apcu-autoloader-prefix",
            "repository",
            "audit-format",
        ],
    ),
    subcommands: &[
        ("install", Action::Sync),
        ("i", Action::Sync),
        ("require", Action::Install),
        ("global require", Action::Install),
        ("update", Action::Upgrade),
        ("upgrade", Action::Upgrade),
        ("remove", Action::Remove),
        ("clear-cache", Action::Clean),
        ("clearcache", Action::Clean),
        ("cc", Action::Clean),
    ],
    pins: Some(Pins {
        read: pins::composer,
        by_option: Switch::NONE,
        local: &[],
        by_project: &[],
        form: "vendor/name:version",
    }),
    cache: Some(Cache {
        what: "downloads",
        paths: &["~/.composer/cache", "~/.cache/composer", "~/.composer"],
        mounts: &[],
        left_by: INSTALLING,
        off: long(&["no-cache"]),
        add: "--no-cache",
        moved_by: (&["COMPOSER_CACHE_DIR", "COMPOSER_HOME", "XDG_CACHE_HOME"], &[]),
        clean: "composer clear-cache",
        is_waste: true,
    }),
    development: Some(Development {
        without: Switch { short: "", long: &["no-dev"], variables: &["COMPOSER_NO_DEV"], marks: &[] },
        values: &[],
        add: "--no-dev",
    }),
    dry: Switch { short: "hV", long: &["help", "version", "dry-run"], variables: &[], marks: &[] },
    ..Manager::NONE
};

pub(super) const PECL: Manager = Manager {
    name: "pecl",
    family: Family::Pecl,
    programs: &["pecl"],
    options: OptionSpec::new("DdR", &["configureoptions", "installroot"]),
    subcommands: &[("install", Action::Install), ("upgrade", Action::Upgrade)],
    pins: Some(Pins { read: pins::pecl, by_option: Switch::NONE, local: &[], by_project: &[], form: "name-version" }),
    ..Manager::NONE
};
