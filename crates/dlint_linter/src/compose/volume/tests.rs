#![allow(clippy::unwrap_used)]

use super::{Mount, MountError, MountErrorKind, MountKind};
use crate::compose::Scalar;
use crate::compose::testing::with_service;

fn with_mount<T>(mount: &str, test: impl FnOnce(&str, Result<Mount, MountError>) -> T) -> T {
    let text = format!("services:\n  a:\n    image: x\n    volumes:\n      - {mount}\n");
    with_service(&text, |service| {
        let mount = service.mounts().last().cloned().ok_or_else(|| service.mount_errors().pop().unwrap());
        test(&text, mount)
    })
}

/// Source and target as value and as written.
fn parts(mount: &str) -> (MountKind, String, String, Option<bool>) {
    with_mount(mount, |text, mount| {
        let mount = mount.unwrap();
        let part = |scalar: Option<&Scalar>| {
            scalar.map_or("-".to_owned(), |it| format!("{}={}", it.known().unwrap_or("?"), &text[it.place.range]))
        };
        (mount.kind, part(mount.source.as_ref()), part(mount.target.as_ref()), mount.read_only)
    })
}

#[test]
fn short_syntax() {
    use MountKind::{Anonymous, Bind, Unknown, Volume};
    for (mount, kind, source, target, read_only) in [
        ("data:/d", Volume, "data=data", "/d=/d", Some(false)),
        ("\"./x:/d:ro\"", Bind, "./x=./x", "/d=/d", Some(true)),
        ("/var/run/docker.sock:/s", Bind, "/var/run/docker.sock=/var/run/docker.sock", "/s=/s", Some(false)),
        ("~/x:/d:rw,z", Bind, "~/x=~/x", "/d=/d", Some(false)),
        ("/d", Anonymous, "-", "/d=/d", Some(false)),
        ("d", Anonymous, "-", "d=d", Some(false)),
        ("'a:'", Anonymous, "-", "a:=a:", Some(false)),
        (r"C:\data:/d", Bind, r"C:\data=C:\data", "/d=/d", Some(false)),
        (r"c:/data:D:\app:ro", Bind, "c:/data=c:/data", r"D:\app=D:\app", Some(true)),
        (r"\\.\pipe\x:\\.\pipe\x", Bind, r"\\.\pipe\x=\\.\pipe\x", r"\\.\pipe\x=\\.\pipe\x", Some(false)),
        ("${D}:/d", Unknown, "?=${D}", "/d=/d", Some(false)),
        ("${D}/x:/d", Bind, "?=${D}/x", "/d=/d", Some(false)),
        ("./${D}:/d", Bind, "?=./${D}", "/d=/d", Some(false)),
        ("${D:-/a:/b}:/d", Bind, "/a=${D:-/a:/b}", "/b=${D:-/a:/b}", Some(false)),
        ("${D:-./x}:/d", Bind, "./x=${D:-./x}", "/d=/d", Some(false)),
        ("data:/d:${O}", Volume, "data=data", "/d=/d", None),
        ("data:${T}", Volume, "data=data", "?=${T}", None),
        ("${M}", Unknown, "-", "?=${M}", None),
    ] {
        assert_eq!(parts(mount), (kind, source.into(), target.into(), read_only), "{mount}");
    }
}

#[test]
fn options() {
    with_mount("./x:/d:ro,rshared,Z,foo", |text, mount| {
        let mount = mount.unwrap();
        assert_eq!(
            mount.options.iter().map(|it| &text[it.place.range]).collect::<Vec<_>>(),
            ["ro", "rshared", "Z", "foo"]
        );
        assert!(mount.propagation.unwrap().is("rshared") && mount.selinux.unwrap().is("Z"));
        assert_eq!(mount.read_only, Some(true));
    });
}

#[test]
fn long_syntax() {
    use MountKind::{Anonymous, Bind, Image, Npipe, Tmpfs, Unknown, Volume};
    for (mount, kind, source) in [
        ("{type: bind, source: rel, target: /d}", Bind, "rel=rel"),
        ("{type: volume, source: data, target: /d}", Volume, "data=data"),
        ("{type: volume, source: /data, target: /d}", Bind, "/data=/data"),
        ("{type: volume, target: /d}", Anonymous, "-"),
        ("{type: tmpfs, target: /d}", Tmpfs, "-"),
        ("{type: npipe, source: x, target: /d}", Npipe, "x=x"),
        ("{type: image, source: x, target: /d}", Image, "x=x"),
        ("{type: '${T}', source: x, target: /d}", Unknown, "x=x"),
        ("{source: ./x, target: /d}", Bind, "./x=./x"),
        ("{source: '${X}', target: /d}", Unknown, "?='${X}'"),
    ] {
        assert_eq!(parts(mount), (kind, source.into(), "/d=/d".into(), Some(false)), "{mount}");
    }
    let mount = "{type: bind, source: /x, target: /d, read_only: 'yes', bind: {propagation: rshared, selinux: z}}";
    with_mount(mount, |text, mount| {
        let mount = mount.unwrap();
        assert_eq!(mount.read_only, Some(true));
        assert_eq!(&text[mount.propagation.unwrap().place.range], "rshared");
        assert_eq!(&text[mount.selinux.unwrap().place.range], "z");
    });
    assert_eq!(parts("{type: bind, source: /x, target: /d, read_only: '${R}'}").3, None);
}

#[test]
fn refuses_what_compose_refuses() {
    for (mount, kind, place) in [
        ("''", MountErrorKind::Empty, ""),
        ("'abc:'", MountErrorKind::EmptySection, ":"),
        ("'::a'", MountErrorKind::EmptySection, ""),
        ("'a1::b'", MountErrorKind::EmptySection, ":"),
        ("/a:/b:ro:rw", MountErrorKind::TooManyColons, ":rw"),
        ("[a]", MountErrorKind::WrongType, "[a]"),
    ] {
        with_mount(mount, |text, result| {
            let error = result.unwrap_err();
            assert_eq!((error.kind, &text[error.place.range]), (kind, place), "{mount}");
        });
    }
}
