#![allow(clippy::unwrap_used)]

use super::testing::{with_project, with_project_at, with_service};
use super::{Project, Service, Sources};
use crate::check::NoFiles;
use crate::document::Document;
use crate::language::Language;

fn partial(text: &str) -> Vec<(String, bool)> {
    with_project(text, |project| {
        project.services.iter().map(|service| (service.name.to_string(), service.is_partial())).collect()
    })
}

#[test]
fn services_with_their_places() {
    let text = "x-a: {image: no}\nservices:\n  web: {image: a}\n  \"db\":\n    image: b\n  x-c: {image: c}\n";
    with_project(text, |project| {
        let found: Vec<_> = project.services.iter().map(|it| (it.name.as_ref(), &text[it.name_place.range])).collect();
        // Below `services` Compose takes a name with `x-` for a service like any other.
        assert_eq!(found, [("web", "web"), ("db", "\"db\""), ("x-c", "x-c")]);
        assert!(!project.is_partial);
        assert!(project.service("db").unwrap().image().unwrap().is("b"));
    });
}

#[test]
fn services_through_aliases_and_merge_keys() {
    let text =
        "x-s: &s {image: a}\nx-all: &all {c: {image: c}}\nservices:\n  a: *s\n  b: {<<: *s, user: u}\n  <<: *all\n";
    with_project(text, |project| {
        let found: Vec<_> = project
            .services
            .iter()
            .map(|it: &Service<'_>| {
                let image = it.image().unwrap();
                let text_of = |place: super::Place| &text[place.range];
                (
                    it.name.as_ref(),
                    it.alias.map(text_of),
                    text_of(image.place),
                    image.alias.map(text_of),
                    it.is_partial(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("a", Some("*s"), "a", Some("*s"), false),
                ("b", None, "a", Some("*s"), false),
                ("c", Some("*all"), "c", Some("*all"), false),
            ]
        );
    });
}

#[test]
fn partial_where_the_rest_is_elsewhere() {
    let whole = |text: &str| {
        let services = partial(text);
        assert!(!services.is_empty(), "{text}");
        services.iter().all(|(_, partial)| !partial)
    };
    assert!(whole("services: {a: {image: x}}"));
    assert!(whole("services: {a: {build: .}}"));
    assert!(whole("services: {a: !override {image: x}}"));
    assert!(whole("include: [b.yml]\nservices: {a: {image: x}}"), "what is included says nothing of this service");
    assert!(whole("services: {a: {image: x}}\n---\nservices: {a: {user: y}}"), "two documents are one service");
    assert!(whole("services: {a: {extends: b}, b: {image: x}}"));
    for text in [
        "services: {a: {image: x, extends: b}}",
        "services: {a: {image: x, extends: {service: b, file: remote.yml}}}",
        "services: {a: {provider: {type: x}}}",
        "services: {a: {user: x}}",
        "services: {a: }",
        "services: {a: text}",
        "services: {a: *nowhere}",
    ] {
        assert!(!whole(text), "{text}");
    }
    assert_eq!(
        partial("services: {a: {image: x}}\n---\nservices: {b: {image: y}, c: {user: z}}"),
        [("a".into(), false), ("b".into(), false), ("c".into(), true)]
    );
}

#[test]
fn partial_by_the_file_name() {
    let of = |path: &str| with_project_at(path, "services: {a: {image: x}}", |it| it.services[0].is_partial());
    assert!(of("a/compose.override.yaml") && of("docker-compose-override.yml") && of("Compose.Override.yml"));
    assert!(!of("compose.yaml") && !of("a.override.d/compose.yaml"));
}

#[test]
fn lacks_only_what_is_certainly_absent() {
    let text = "services: {a: {image: x, healthcheck: !reset null}}";
    with_service(text, |service| {
        assert!(service.lacks("user"));
        assert!(!service.lacks("image"));
        assert!(!service.lacks("healthcheck") && service.healthcheck().is_none());
    });
    with_service("services: {a: {extends: x}}", |service| assert!(!service.lacks("user")));
}

#[test]
fn several_documents_share_the_top_level() {
    let text = "services: {a: {image: x, volumes: [vol:/v]}}\nvolumes: {vol: {driver_opts: {o: bind, device: /a}}}\n---\n\
                volumes: {vol: {driver_opts: {o: bind, device: /b}}}\n";
    with_service(text, |service| assert_eq!(service.host_paths()[0].path, "/b"));
}

#[test]
fn many_volumes_take_linear_time() {
    use std::fmt::Write as _;
    let mut text = "services:\n  a:\n    image: x\n    volumes:\n".to_owned();
    for at in 0..20_000 {
        writeln!(text, "      - vol{at}:/v{at}").unwrap();
    }
    text.push_str("volumes:\n");
    for at in 0..20_000 {
        writeln!(text, "  vol{at}: {{driver_opts: {{o: bind, device: /srv/{at}}}}}").unwrap();
    }
    with_service(&text, |service| {
        let paths = service.host_paths();
        assert_eq!((paths.len(), paths[19_999].path.as_str()), (20_000, "/srv/19999"));
    });
}

#[test]
fn wrong_types_are_absent() {
    for value in ["[]", "[[a]]", "{a: b}", "text", "5", "~", "", "*nowhere", "!reset x", "[{a: [b]}, ~, *nowhere]"] {
        for key in [
            "image",
            "build",
            "user",
            "privileged",
            "network_mode",
            "restart",
            "command",
            "entrypoint",
            "profiles",
            "extends",
            "depends_on",
            "environment",
            "labels",
            "healthcheck",
            "ports",
            "volumes",
            "secrets",
            "configs",
            "deploy",
            "mem_limit",
        ] {
            let text = format!("services:\n  a:\n    {key}: {value}\nsecrets: {value}\nvolumes: {value}\n");
            let document = Document::parse("compose.yaml", text.as_str(), Language::Compose);
            let sources = Sources::new(&document);
            if let Some(project) = Project::load(&sources, &NoFiles) {
                project.services.iter().for_each(read_everything);
            }
        }
    }
    let text = "services: {a: {image: [x], user: {a: b}, ports: text, volumes: {a: b}, environment: text}}";
    with_service(text, |service| {
        assert!(service.image().is_none() && service.user().is_none());
        assert!(service.ports().is_empty() && service.mounts().is_empty() && service.environment().is_empty());
    });
}

/// Calls every accessor.
fn read_everything(service: &Service<'_>) {
    let _ = (service.image(), service.build(), service.user(), service.privileged(), service.use_api_socket());
    let _ = (service.network_mode(), service.restart(), service.command(), service.entrypoint(), service.profiles());
    let _ = (service.extends(), service.depends_on(), service.environment(), service.labels(), service.limits());
    let _ = (service.healthcheck().map(super::Healthcheck::disabled), service.port_errors(), service.mount_errors());
    let _ = (service.is_partial(), service.host_paths());
    for port in service.ports() {
        let _ = (port.is_wildcard(), port.published_ports(), port.target_ports(), port.protocol(), port.bind_to("::1"));
    }
    if let Some(build) = service.build() {
        let _ = (build.dockerfile_path(), build.target_stage(&dlint_syntax::dockerfile::Model::default()).is_some());
    }
}
