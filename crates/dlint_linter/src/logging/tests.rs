use dlint_syntax::TextRange;

use super::{FaultKind, Given, check, drivers, find_driver};

fn faults(driver: &str, options: &[(&str, &str)]) -> Vec<(FaultKind, bool, String)> {
    let range = TextRange::empty(0.into());
    let options: Vec<_> = options
        .iter()
        .map(|&(name, value)| Given { name, value: Some(value), name_range: range, value_range: range })
        .collect();
    let driver = find_driver(driver).expect("a driver");
    check(driver, &options, Some(range)).into_iter().map(|it| (it.kind, it.is_early, it.message)).collect()
}

#[test]
fn tables_are_sorted_and_well_described() {
    assert!(drivers().is_sorted_by(|a, b| a.name < b.name));
    for driver in drivers() {
        assert!(driver.options.is_sorted_by(|a, b| a.name < b.name), "{}", driver.name);
        assert!(driver.link.starts_with("https://docs.docker.com/engine/logging/"), "{}", driver.name);
        let names: Vec<_> = driver.all_options().map(|option| option.name).collect();
        for option in driver.all_options() {
            assert_eq!(
                names.iter().filter(|name| **name == option.name).count(),
                1,
                "{}: {}",
                driver.name,
                option.name
            );
            assert!(option.description.ends_with('.'), "{}: {}", driver.name, option.name);
            assert!(
                option.instead.is_none_or(|name| driver.option(name).is_some()),
                "{}: {}",
                driver.name,
                option.name
            );
        }
    }
    let names: Vec<_> = drivers().iter().map(|driver| driver.name).collect();
    assert_eq!(
        names,
        [
            "awslogs",
            "etwlogs",
            "fluentd",
            "gcplogs",
            "gelf",
            "journald",
            "json-file",
            "local",
            "none",
            "splunk",
            "syslog"
        ]
    );
}

#[test]
fn what_works_has_no_fault() {
    for (driver, options) in [
        ("json-file", &[("max-size", "10m"), ("max-file", "3"), ("compress", "true"), ("tag", "{{.Name}}")][..]),
        ("json-file", &[("max-size", "1.5 GB"), ("labels", "a,b"), ("env-regex", "^A")]),
        ("json-file", &[("max-size", "")]),
        ("local", &[("max-size", "10k"), ("max-file", "1"), ("compress", "false"), ("labels", "a")]),
        ("none", &[("anything", "goes")]),
        ("etwlogs", &[("anything", "goes")]),
        ("journald", &[("tag", "x"), ("mode", "non-blocking"), ("max-buffer-size", "4m"), ("cache-disabled", "1")]),
        (
            "syslog",
            &[("syslog-address", "tcp+tls://h:6514"), ("syslog-facility", "local7"), ("syslog-format", "rfc5424micro")],
        ),
        ("syslog", &[("syslog-address", "unixgram:///dev/log"), ("syslog-facility", "23")]),
        ("syslog", &[("syslog-address", "udp://[::1]:514")]),
        (
            "gelf",
            &[("gelf-address", "udp://h:12201"), ("gelf-compression-type", "none"), ("gelf-compression-level", "-1")],
        ),
        ("gelf", &[("gelf-address", "tcp://h:12201"), ("gelf-tcp-max-reconnect", "0")]),
        ("fluentd", &[("fluentd-address", "h"), ("fluentd-retry-wait", "1s"), ("fluentd-buffer-limit", "1m")]),
        ("fluentd", &[("fluentd-address", "unix:///s"), ("fluentd-async-reconnect-interval", "0s")]),
        ("splunk", &[("splunk-token", "t"), ("splunk-url", "https://h:8088/"), ("splunk-gzip-level", "9")]),
        ("awslogs", &[("awslogs-group", "g"), ("awslogs-create-group", "true"), ("tag", "x")]),
        ("gcplogs", &[("gcp-project", "p"), ("labels", "x")]),
    ] {
        assert_eq!(faults(driver, options), [], "{driver} {options:?}");
    }
}

#[test]
fn what_does_not_work_has_one_fault() {
    use FaultKind::{Deprecated, Ineffective, Invalid, Unknown};
    for (driver, options, kind, is_early) in [
        ("json-file", &[("max-size", "10 megabytes")][..], Invalid, false),
        ("json-file", &[("max-size", "0")], Invalid, false),
        ("json-file", &[("max-size", "-1")], Invalid, false),
        ("json-file", &[("max-size", "1m"), ("max-file", "0")], Invalid, false),
        ("json-file", &[("max-size", "1m"), ("max-file", "three")], Invalid, false),
        ("json-file", &[("max-file", "3")], Ineffective, false),
        ("json-file", &[("compress", "true"), ("max-size", "1m")], Invalid, false),
        ("json-file", &[("compress", "yes")], Invalid, false),
        ("json-file", &[("max-files", "3")], Unknown, true),
        ("json-file", &[("mode", "nonblocking")], Invalid, true),
        ("json-file", &[("max-buffer-size", "4m")], Invalid, true),
        ("json-file", &[("max-buffer-size", "4m"), ("mode", "blocking")], Invalid, true),
        ("local", &[("max-file", "1")], Invalid, false),
        ("journald", &[("max-size", "1m")], Unknown, true),
        ("awslogs", &[("awslogs-region", "eu-west-1")], Invalid, true),
        ("awslogs", &[("awslogs-group", "g"), ("labels", "x")], Unknown, true),
        ("awslogs", &[("awslogs-group", "g"), ("awslogs-format", "json")], Invalid, true),
        ("gcplogs", &[("tag", "x")], Unknown, true),
        ("gelf", &[("gelf-address", "http://h:1")], Invalid, true),
        ("gelf", &[("gelf-address", "udp://h")], Invalid, true),
        ("gelf", &[("gelf-address", "udp://h:1"), ("gelf-tcp-max-reconnect", "1")], Invalid, true),
        ("gelf", &[("gelf-address", "tcp://h:1"), ("gelf-compression-type", "gzip")], Invalid, true),
        ("gelf", &[("tag", "x")], Invalid, true),
        ("fluentd", &[("fluentd-address", "h:port")], Invalid, true),
        ("fluentd", &[("fluentd-address", "http://h:1")], Invalid, true),
        ("fluentd", &[("fluentd-retry-wait", "5")], Invalid, true),
        ("fluentd", &[("fluentd-async-reconnect-interval", "1m")], Invalid, true),
        ("fluentd", &[("fluentd-async-connect", "true")], Deprecated, false),
        ("splunk", &[("splunk-url", "https://h:8088/services/collector")], Invalid, false),
        ("splunk", &[("splunk-url", "h:8088")], Invalid, false),
        ("splunk", &[("splunk-format", "xml")], Invalid, false),
        ("syslog", &[("syslog-address", "h:514")], Invalid, true),
        ("syslog", &[("syslog-facility", "24")], Invalid, true),
    ] {
        let faults = faults(driver, options);
        let kinds: Vec<_> = faults.iter().map(|it| (it.0, it.1)).collect();
        assert_eq!(kinds, [(kind, is_early)], "{driver} {options:?}: {faults:?}");
    }
}

#[test]
fn options_that_exclude_each_other() {
    let both = [("awslogs-group", "g"), ("awslogs-datetime-format", "%Y"), ("awslogs-multiline-pattern", "^x")];
    assert_eq!(faults("awslogs", &both).len(), 1);
    let all = [both[0], both[1], both[2], ("awslogs-format", "json/emf")];
    assert_eq!(faults("awslogs", &all).len(), 3);
}
