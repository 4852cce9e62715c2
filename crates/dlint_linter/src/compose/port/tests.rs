#![allow(clippy::unwrap_used)]

use super::{PortErrorKind, Protocol};
use crate::compose::testing::with_service;
use crate::compose::{Port, Scalar, Syntax};

fn with_port<T>(port: &str, test: impl FnOnce(&str, Result<Port, super::PortError>) -> T) -> T {
    let text = format!("services:\n  a:\n    image: x\n    ports:\n      - {port}\n");
    with_service(&text, |service| {
        let port = service.ports().last().cloned().ok_or_else(|| service.port_errors().pop().unwrap());
        test(&text, port)
    })
}

/// Host address, published, target, protocol: each as value and as written; `?` is unknown, `-` is absent.
fn parts(port: &str) -> String {
    with_port(port, |text, port| {
        let port = port.unwrap();
        let part = |scalar: &Scalar| format!("{}={}", scalar.known().unwrap_or("?"), &text[scalar.place.range]);
        let optional = |scalar: Option<&Scalar>| scalar.map_or("-".to_owned(), part);
        [
            optional(port.host_ip.as_ref()),
            optional(port.published.as_ref()),
            part(&port.target),
            optional(port.protocol_part()),
        ]
        .join(" ")
    })
}

#[test]
fn short_syntax() {
    for (port, expected) in [
        ("80", "- - 80=80 -"),
        ("\"80\"", "- - 80=80 -"),
        ("8080:80", "- 8080=8080 80=80 -"),
        ("'8080:80/udp'", "- 8080=8080 80=80 udp=udp"),
        ("127.0.0.1:8080:80/TCP", "127.0.0.1=127.0.0.1 8080=8080 80=80 TCP=TCP"),
        ("127.0.0.1::80", "127.0.0.1=127.0.0.1 - 80=80 -"),
        ("':80'", "- - 80=80 -"),
        ("'::80'", "- - 80=80 -"),
        ("3000-3005", "- - 3000-3005=3000-3005 -"),
        ("3000-3005:4000-4005", "- 3000-3005=3000-3005 4000-4005=4000-4005 -"),
        ("4000-4001:80", "- 4000-4001=4000-4001 80=80 -"),
        ("'[::1]:80:81'", "::1=[::1] 80=80 81=81 -"),
        ("'::1:80:81'", "::1=::1 80=80 81=81 -"),
        ("':::80:81'", "::=:: 80=80 81=81 -"),
        ("22:22", "- 22=22 22=22 -"),
        ("0x50", "- - 80=0x50 -"),
        ("8080:80/", "- 8080=8080 80=80 -"),
    ] {
        assert_eq!(parts(port), expected, "{port}");
    }
}

#[test]
fn short_syntax_with_variables() {
    for (port, expected, is_wildcard) in [
        ("${P}", "- - ?=${P} -", None),
        ("${P}:80", "- ?=${P} 80=80 -", None),
        ("${P:-8080}:80", "- 8080=${P:-8080} 80=80 -", Some(true)),
        ("8080:${P}", "- 8080=8080 ?=${P} -", Some(true)),
        ("'8080:${P}/udp'", "- 8080=8080 ?=${P} udp=udp", Some(true)),
        ("'8080:80/${P}'", "- 8080=8080 80=80 ?=${P}", Some(true)),
        ("${IP}:80:81", "?=${IP} 80=80 81=81 -", None),
        ("${IP:-127.0.0.1}:80:81", "127.0.0.1=${IP:-127.0.0.1} 80=80 81=81 -", Some(false)),
        ("${IP:-}:80:81", "- 80=80 81=81 -", Some(true)),
        ("127.0.0.1:${P}:81", "127.0.0.1=127.0.0.1 ?=${P} 81=81 -", Some(false)),
        ("127.0.0.1:${PORTS}", "127.0.0.1=127.0.0.1 ?=${PORTS} ?=${PORTS} -", Some(false)),
        ("80${P}:80", "- ?=80${P} 80=80 -", None),
        ("'[${IP}]:80:81'", "?=[${IP}] 80=80 81=81 -", None),
    ] {
        assert_eq!(parts(port), expected, "{port}");
        assert_eq!(with_port(port, |_, port| port.unwrap().is_wildcard()), is_wildcard, "{port}");
    }
    assert_eq!(with_port("8080:${P}", |_, port| port.unwrap().protocol()), None, "the variable may hold one");
    assert_eq!(with_port("${P}:80", |_, port| port.unwrap().protocol()), Some(Protocol::Tcp));
}

#[test]
fn refuses_what_compose_refuses() {
    for (port, kind, place) in [
        ("'80:'", PortErrorKind::NoTarget, "80:"),
        ("''", PortErrorKind::NoTarget, ""),
        ("8080:80/foo", PortErrorKind::InvalidProtocol, "foo"),
        ("8080:80/tcp/udp", PortErrorKind::InvalidProtocol, "tcp/udp"),
        ("8080:0", PortErrorKind::NoTarget, "0"),
        ("0-1", PortErrorKind::NoTarget, "0-1"),
        ("{target: 0}", PortErrorKind::NoTarget, "0"),
        ("127.0.0.1:80", PortErrorKind::InvalidPublished, "127.0.0.1"),
        ("localhost:80:80", PortErrorKind::InvalidIp, "localhost"),
        ("'*:80:80'", PortErrorKind::InvalidIp, "*"),
        ("1:22:22", PortErrorKind::InvalidIp, "1"),
        ("80:http", PortErrorKind::InvalidTarget, "http"),
        ("70000:80", PortErrorKind::InvalidPublished, "70000"),
        ("90-80:80", PortErrorKind::InvalidPublished, "90-80"),
        ("+80:80", PortErrorKind::InvalidPublished, "+80"),
        ("80-81:80-83", PortErrorKind::RangeMismatch, "80-81:80-83"),
        ("80.5", PortErrorKind::InvalidTarget, "80.5"),
        ("é:80", PortErrorKind::InvalidPublished, "é"),
        ("[80]", PortErrorKind::WrongType, "[80]"),
        ("{published: 80}", PortErrorKind::NoTarget, "{published: 80}"),
        ("{target: 80, host_ip: ''}", PortErrorKind::InvalidIp, "''"),
        ("{target: 80-81}", PortErrorKind::InvalidTarget, "80-81"),
        ("{target: 80, published: x}", PortErrorKind::InvalidPublished, "x"),
    ] {
        with_port(port, |text, result| {
            let error = result.unwrap_err();
            assert_eq!((error.kind, &text[error.place.range]), (kind, place), "{port}");
        });
    }
    assert_eq!(parts("é${P}:80"), "- ?=é${P} 80=80 -", "text beside a variable");
}

#[test]
fn long_syntax() {
    let port = "{target: 80, host_ip: 127.0.0.1, published: '8080-8081', protocol: udp, mode: host}";
    assert_eq!(parts(port), "127.0.0.1=127.0.0.1 8080-8081='8080-8081' 80=80 udp=udp");
    with_port(port, |_, port| {
        let port = port.unwrap();
        assert_eq!(port.syntax, Syntax::Long);
        assert_eq!(port.published_ports(), Some(8080..=8081));
        assert_eq!(port.protocol(), Some(Protocol::Udp));
        assert_eq!((port.is_wildcard(), port.is_loopback()), (Some(false), Some(true)));
    });
    assert_eq!(parts("{target: '${T}'}"), "- - ?='${T}' -");
    assert_eq!(with_port("{target: 80, published: '${P}'}", |_, port| port.unwrap().is_wildcard()), Some(true));
    assert_eq!(with_port("{target: 80, host_ip: '${P}'}", |_, port| port.unwrap().is_wildcard()), None);
}

#[test]
fn wildcard_in_every_spelling() {
    for port in [
        "80",
        "0.0.0.0:80:80",
        "'[::]:80:80'",
        "'0:0:0:0:0:0:0:0:80:80'",
        "'::ffff:0.0.0.0:80:80'",
        "'[::ffff:0:0]:80:80'",
        "{target: 80, host_ip: '::'}",
    ] {
        assert_eq!(with_port(port, |_, port| port.unwrap().is_wildcard()), Some(true), "{port}");
    }
    for port in ["127.0.0.1:80:80", "'[::1]:80:80'", "10.0.0.1:80:80", "'[::ffff:127.0.0.1]:80:80'"] {
        assert_eq!(with_port(port, |_, port| port.unwrap().is_wildcard()), Some(false), "{port}");
    }
    assert_eq!(with_port("'[::ffff:127.0.0.1]:80:80'", |_, port| port.unwrap().is_loopback()), Some(true));
    assert_eq!(with_port("10.0.0.1:80:80", |_, port| port.unwrap().is_loopback()), Some(false));
}

#[test]
fn ephemeral_ports_are_no_published_ports() {
    for port in ["80", "':80'", "127.0.0.1::80", "0:80", "{target: 80}", "{target: 80, published: ''}"] {
        assert_eq!(with_port(port, |_, port| port.unwrap().published_ports()), None, "{port}");
    }
    assert_eq!(with_port("3000-3005", |_, port| port.unwrap().target_ports()), Some(3000..=3005));
}

#[test]
fn binds_to_an_address() {
    for (port, expected) in [
        ("8080:80", "127.0.0.1:8080:80"),
        ("\"8080:80\"", "\"127.0.0.1:8080:80\""),
        ("80", "127.0.0.1::80"),
        ("':80'", "'127.0.0.1::80'"),
        ("'::80'", "'127.0.0.1::80'"),
        ("0.0.0.0:8080:80", "127.0.0.1:8080:80"),
        ("'[::]:8080:80'", "'127.0.0.1:8080:80'"),
        ("8080:${P}", "127.0.0.1:8080:${P}"),
        ("{target: 80}", "{host_ip: 127.0.0.1, target: 80}"),
        ("{target: 80, host_ip: \"0.0.0.0\"}", "{target: 80, host_ip: \"127.0.0.1\"}"),
        ("target: 80\n        published: 80", "host_ip: 127.0.0.1\n        target: 80\n        published: 80"),
    ] {
        let fixed = with_port(port, |text, port| {
            let edit = port.unwrap().bind_to("127.0.0.1").unwrap();
            let mut fixed = text.to_owned();
            fixed.replace_range(std::ops::Range::<usize>::from(edit.range), &edit.text);
            let start = text.find(port_start(text)).unwrap();
            fixed[start..].trim_end().to_owned()
        });
        assert_eq!(fixed, expected, "{port}");
    }
    for port in
        ["${P:-80}:80", "${IP:-0.0.0.0}:80:80", "0x50", "\"\\x38:80\"", "{target: 80, host_ip: '${P}'}", "'[]:80:80'"]
    {
        with_port(port, |_, read| assert!(read.unwrap().bind_to("127.0.0.1").is_none(), "{port}"));
    }
}

fn port_start(text: &str) -> &str {
    text.split_once("- ").unwrap().1
}

#[test]
fn ports_from_elsewhere_are_not_edited() {
    let text = "x: &p ['80:80']\ny: &q 81:81\nz: &r {ports: ['82:82']}\nservices:\n  a: {image: x, ports: *p}\n  \
                b: {image: x, ports: [*q]}\n  c: {image: x, <<: *r}\n";
    crate::compose::testing::with_project(text, |project| {
        let found: Vec<_> = project
            .services
            .iter()
            .map(|service| {
                let port = service.ports().last().cloned().unwrap();
                assert!(port.bind_to("127.0.0.1").is_none());
                (&text[port.place.range], &text[port.alias.unwrap().range])
            })
            .collect();
        assert_eq!(found, [("'80:80'", "*p"), ("81:81", "*q"), ("'82:82'", "*r")]);
    });
}
