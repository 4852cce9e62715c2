use super::{CgroupDriver, DaemonConfig, Listener, ListenerError, TlsMode};
use crate::document::Document;
use crate::language::Language;

fn read(text: &str, with: impl FnOnce(&DaemonConfig<'_>)) {
    let document = Document::parse("daemon.json", text, Language::Daemon);
    let config = DaemonConfig::new(&document).expect("a value");
    with(&config);
}

#[test]
fn nothing_is_configured() {
    for text in ["", "\n \n", "\u{feff}", "\u{feff}\n"] {
        let document = Document::parse("daemon.json", text, Language::Daemon);
        assert!(DaemonConfig::new(&document).is_none_or(|config| config.values.is_empty()), "{text:?}");
    }
    for text in ["null", "{}", "\u{feff}{}\n"] {
        read(text, |config| {
            assert!(config.entries.is_empty() && config.unknown.is_empty() && config.mistyped.is_empty(), "{text:?}");
        });
    }
}

#[test]
fn null_and_empty_are_absent() {
    read(
        r#"{"icc": null, "log-driver": "", "hosts": null, "log-opts": {"max-size": null}, "builder": {"gc": null}}"#,
        |config| {
            assert!(config.unknown.is_empty() && config.mistyped.is_empty());
            assert!(config.is_on("icc"));
            assert_eq!(config.log_driver(), "json-file");
            assert!(config.setting("hosts").is_none());
        },
    );
}

#[test]
fn the_last_of_equal_keys_counts_and_objects_are_put_together() {
    let text = r#"{"icc": false, "icc": true, "log-opts": {"a": "1", "b": "1"}, "log-opts": {"b": "2"}}"#;
    read(text, |config| {
        assert_eq!(config.bool("icc"), Some(true));
        let options: Vec<_> = config.members("log-opts").iter().map(|it| (it.name, it.as_str())).collect();
        assert_eq!(options, [("a", Some("1")), ("b", Some("2"))]);
    });
}

#[test]
fn defaults() {
    read("{}", |config| {
        assert!(config.is_on("icc") && config.is_on("iptables") && config.is_on("userland-proxy"));
        assert!(!config.is_on("live-restore") && !config.is_on("no-new-privileges") && !config.is_on("nonsense"));
        assert_eq!(config.tls(), TlsMode::Off);
        assert_eq!(config.cgroup_driver(), None);
        assert!(config.swarm_hint().is_none());
    });
}

#[test]
fn values_know_their_path_and_unknown_keys_their_place() {
    let text = r#"{
        "builder": {"GC": {"Enabled": true, "polcy": []}},
        "runtimes": {"kata": {"runtimeType": "x", "nope": 1}},
        "default-address-pools": [{"base": "10.0.0.0/8", "size": "24"}],
        "proxies": {"Http-Proxy": "http://p:1"},
        "features": {"buildkti": true},
        "foo": {"debug": true},
        "bar": {"baz": 1}
    }"#;
    read(text, |config| {
        let paths: Vec<_> = config.values.iter().map(|value| &*value.path).filter(|path| path.contains('.')).collect();
        assert_eq!(
            paths,
            [
                "builder.GC.Enabled",
                "builder.GC",
                "runtimes.kata.runtimeType",
                "runtimes.kata",
                "default-address-pools.base"
            ]
        );
        let unknown: Vec<_> = config.unknown.iter().map(|it| (&*it.parent, it.setting.name, it.is_refused)).collect();
        assert_eq!(
            unknown,
            [
                ("builder.GC", "polcy", false),
                ("runtimes.kata", "nope", false),
                ("proxies", "Http-Proxy", true),
                ("features", "buildkti", false),
                ("", "foo", false),
                ("", "bar", true),
            ]
        );
        let mistyped: Vec<_> = config.mistyped.iter().map(|it| &*it.path).collect();
        assert_eq!(mistyped, ["default-address-pools.size"]);
    });
}

#[test]
fn what_is_no_json_is_left_out() {
    read("{'debug': true, icc: false, \"ip\": 1.2.3.4, \"mtu\": 0x10, \"hosts\": [&a b]}", |config| {
        let names: Vec<_> = config.entries.iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["debug", "icc", "ip", "mtu", "hosts"]);
        assert!(config.mistyped.is_empty());
    });
    read("{\n// note: \"x\"\n\"debug\": true, /* { */\n\"icc\": false # }\n}", |config| {
        let names: Vec<_> = config.entries.iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["debug", "icc"]);
        assert!(config.unknown.is_empty());
    });
}

#[test]
fn listeners() {
    let tcp = |host: &str, port| Ok(Listener::Tcp { host: host.to_owned(), port });
    for (text, expected) in [
        ("unix:///var/run/docker.sock", Ok(Listener::Unix("/var/run/docker.sock".to_owned()))),
        ("unix://", Ok(Listener::Unix(String::new()))),
        ("", Ok(Listener::Unix(String::new()))),
        ("fd://", Ok(Listener::Fd)),
        ("fd://3", Ok(Listener::Fd)),
        ("npipe:////./pipe/docker_engine", Ok(Listener::Pipe("//./pipe/docker_engine".to_owned()))),
        ("tcp://0.0.0.0:2375", tcp("0.0.0.0", Some(2375))),
        ("0.0.0.0:2375", tcp("0.0.0.0", Some(2375))),
        (" :2375 ", tcp("", Some(2375))),
        ("tcp://", tcp("", None)),
        ("tcp://10.0.0.1", tcp("10.0.0.1", None)),
        ("tcp://[::]:2376", tcp("::", Some(2376))),
        ("tcp://[::1]", tcp("::1", None)),
        ("tcp://h:0", Err(ListenerError::Port)),
        ("tcp://h:65536", Err(ListenerError::Port)),
        ("tcp://h:+1", Err(ListenerError::Port)),
        ("tcp://h:http", Err(ListenerError::Port)),
        ("tcp://h:2375/", Err(ListenerError::Path)),
        ("/var/run/docker.sock", Err(ListenerError::Path)),
        ("unix:/var/run/docker.sock", Err(ListenerError::Path)),
        ("TCP://h:1", Err(ListenerError::Scheme)),
        ("http://h:1", Err(ListenerError::Scheme)),
        ("unix://tcp://h", Err(ListenerError::Nested)),
    ] {
        assert_eq!(Listener::parse(text), expected, "{text}");
    }
    for (text, reachable) in [
        ("tcp://0.0.0.0:2375", true),
        ("tcp://[::]:1", true),
        ("tcp://docker.example:1", true),
        ("tcp://:2375", false),
        ("tcp://127.0.0.2:1", false),
        ("tcp://[::1]:1", false),
        ("tcp://localhost:1", false),
        ("unix:///a", false),
    ] {
        assert_eq!(Listener::parse(text).map(|it| it.is_reachable()), Ok(reachable), "{text}");
    }
}

#[test]
fn tls_and_others() {
    for (text, mode) in [
        (r#"{"tls": true}"#, TlsMode::Verified),
        (r#"{"tls": true, "tlsverify": false}"#, TlsMode::Unverified),
        (r#"{"tlsverify": false}"#, TlsMode::Unverified),
        (r#"{"tls": false, "tlsverify": true}"#, TlsMode::Verified),
        (r#"{"tls": false}"#, TlsMode::Off),
        (r#"{"tls": "yes"}"#, TlsMode::Off),
    ] {
        read(text, |config| assert_eq!(config.tls(), mode, "{text}"));
    }
    read(r#"{"exec-opts": ["Native.Cgroupdriver = systemd"], "features": {"cdi": false}}"#, |config| {
        assert_eq!(config.cgroup_driver().map(|it| it.0), Some(CgroupDriver::Systemd));
        assert_eq!((config.feature("cdi"), config.feature("buildkit")), (Some(false), None));
    });
    read(r#"{"node-generic-resources": [], "swarm-default-advertise-addr": ""}"#, |config| {
        assert!(config.swarm_hint().is_none());
    });
    read(r#"{"hosts": ["fd://", "${HOST}", 1, "tcp://a:b"]}"#, |config| {
        let listeners: Vec<_> = config.listeners().into_iter().map(|it| it.0).collect();
        assert_eq!(listeners, [Listener::Fd]);
    });
}
