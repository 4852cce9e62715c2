//! Images that their publishers have given up, and registries that were shut or moved.

use std::sync::LazyLock;

use dlint_syntax::hash::HashMap;

use super::Reference;
use super::lifecycle::short_name;

/// An image that is no longer published, or a family of them.
#[derive(Debug, Clone, Copy)]
pub struct Deprecated {
    /// The image's name, or what its name begins with where that ends in `/`.
    name: &'static str,
    /// What became of it, after the image's name.
    pub fate: &'static str,
    /// What to use in its place.
    pub instead: &'static str,
}

/// What is known of an image that is given up.
pub fn deprecated(image: &Reference<'_>) -> Option<&'static Deprecated> {
    let name = short_name(image);
    // A name that ends with `/` is that of a family.
    let families = name.match_indices('/').map(|(slash, _)| &name[..=slash]);
    let found = std::iter::once(name).chain(families).find_map(|name| BY_NAME.get(name).copied())?;
    let tag = image.tag.unwrap_or_default();
    let is_published = match found.name {
        // Builds of versions to come are still made.
        "openjdk" => tag.contains("-ea"),
        // Of its free images only the newest of each is still published.
        "bitnami/" => matches!(tag, "" | "latest") || image.digest.is_some(),
        _ => false,
    };
    (!is_published).then_some(found)
}

const fn official(name: &'static str, instead: &'static str) -> Deprecated {
    Deprecated { name, fate: "is an official image of Docker Hub that is deprecated and no longer updated", instead }
}

const fn moved(name: &'static str, instead: &'static str) -> Deprecated {
    Deprecated { name, fate: "is no longer updated under this name", instead }
}

const fn abandoned(name: &'static str, instead: &'static str) -> Deprecated {
    Deprecated { name, fate: "was given up by its publisher and is no longer updated", instead }
}

const fn shut(name: &'static str, instead: &'static str) -> Deprecated {
    Deprecated { name, fate: "is in a registry that was shut", instead }
}

const fn frozen(name: &'static str, instead: &'static str) -> Deprecated {
    Deprecated { name, fate: "is in a registry that gets no new images", instead }
}

static BY_NAME: LazyLock<HashMap<&str, &Deprecated>> =
    LazyLock::new(|| DEPRECATED.iter().map(|it| (it.name, it)).collect());

/// What is given up.
///
/// Sources: the notes "deprecated" of the Docker Official Images (github.com/docker-library/docs) and the publishers' own
/// announcements, as of 2026-05-01.
const DEPRECATED: [Deprecated; 76] = [
    official("adoptopenjdk", "`eclipse-temurin`"),
    official("celery", "`python`, with Celery installed"),
    official("centos", "another distribution: `almalinux`, `rockylinux`, or `quay.io/centos/centos:stream10`"),
    official("clefos", "another distribution, such as `almalinux`"),
    official("consul", "`hashicorp/consul`"),
    official("django", "`python`, with Django installed"),
    official("emqx", "`emqx/emqx`"),
    official("euleros", "another distribution, such as `openeuler/openeuler`"),
    official("express-gateway", "another gateway"),
    official("fsharp", "`mcr.microsoft.com/dotnet/sdk`"),
    official("glassfish", "the image of Eclipse GlassFish"),
    official("hipache", "another proxy, such as `traefik`"),
    official("iojs", "`node`"),
    official("java", "`eclipse-temurin`"),
    official("jenkins", "`jenkins/jenkins`"),
    official("jobber", "another scheduler"),
    official("known", "another image of it"),
    official("mono", "`mcr.microsoft.com/dotnet/sdk`, where the program runs on it"),
    official("nats-streaming", "`nats`, with JetStream"),
    official("nuxeo", "the images of its maker"),
    official("openjdk", "`eclipse-temurin`, `amazoncorretto`, `sapmachine` or `ibm-semeru-runtimes`"),
    official("opensuse", "`opensuse/leap` or `opensuse/tumbleweed`"),
    official("owncloud", "`owncloud/server`"),
    official("php-zendserver", "`php`"),
    official("piwik", "`matomo`"),
    official("plone", "`plone/plone-backend`"),
    official("rails", "`ruby`, with Rails installed"),
    official("sentry", "`getsentry/sentry`"),
    official("sl", "another distribution, such as `almalinux`"),
    official("swarm", "the swarm mode of Docker"),
    official("thrift", "a compiler that the distribution packages"),
    official("ubuntu-debootstrap", "`ubuntu`"),
    official("ubuntu-upstart", "`ubuntu`"),
    official("vault", "`hashicorp/vault`"),
    Deprecated {
        name: "bitnami/",
        fate: "is gone: Bitnami withdrew the versions of its free images in September 2025",
        instead: "another publisher's image; a frozen copy is under `bitnamilegacy/`",
    },
    Deprecated {
        name: "bitnamilegacy/",
        fate: "is a frozen copy of a Bitnami image, which gets no fixes",
        instead: "another publisher's image",
    },
    moved("adoptopenjdk/", "`eclipse-temurin`"),
    moved("bitwardenrs/server", "`vaultwarden/server`"),
    moved("circleci/android", "`cimg/android`"),
    moved("circleci/golang", "`cimg/go`"),
    moved("circleci/node", "`cimg/node`"),
    moved("circleci/openjdk", "`cimg/openjdk`"),
    moved("circleci/php", "`cimg/php`"),
    moved("circleci/postgres", "`cimg/postgres`"),
    moved("circleci/python", "`cimg/python`"),
    moved("circleci/ruby", "`cimg/ruby`"),
    moved("containous/whoami", "`traefik/whoami`"),
    abandoned("docker/compose", "`docker`, which has Compose as a plugin"),
    abandoned("dockercloud/haproxy", "`haproxy` or another proxy"),
    abandoned("grafana/agent", "`grafana/alloy`"),
    abandoned("grafana/promtail", "`grafana/alloy`"),
    abandoned("jaegertracing/all-in-one", "`jaegertracing/jaeger`"),
    moved("jrcs/letsencrypt-nginx-proxy-companion", "`nginxproxy/acme-companion`"),
    moved("jwilder/nginx-proxy", "`nginxproxy/nginx-proxy`"),
    moved("linuxserver/letsencrypt", "`linuxserver/swag`"),
    moved("lscr.io/linuxserver/letsencrypt", "`lscr.io/linuxserver/swag`"),
    moved("microsoft/aspnetcore", "`mcr.microsoft.com/dotnet/aspnet`"),
    moved("microsoft/aspnetcore-build", "`mcr.microsoft.com/dotnet/sdk`"),
    moved("microsoft/dotnet", "`mcr.microsoft.com/dotnet/sdk` or `mcr.microsoft.com/dotnet/runtime`"),
    moved("microsoft/mssql-server-linux", "`mcr.microsoft.com/mssql/server`"),
    moved("microsoft/nanoserver", "`mcr.microsoft.com/windows/nanoserver`"),
    moved("microsoft/windowsservercore", "`mcr.microsoft.com/windows/servercore`"),
    abandoned("mysql/mysql-server", "`mysql`, or `container-registry.oracle.com/mysql/community-server`"),
    moved("portainer/portainer", "`portainer/portainer-ce`"),
    abandoned("tiangolo/uvicorn-gunicorn", "`python`, with the server installed"),
    abandoned("tiangolo/uvicorn-gunicorn-fastapi", "`python`, with FastAPI installed"),
    abandoned("tiangolo/uvicorn-gunicorn-starlette", "`python`, with Starlette installed"),
    moved("mcr.microsoft.com/dotnet/core/", "the image of that name under `mcr.microsoft.com/dotnet/`"),
    moved("mcr.microsoft.com/vscode/devcontainers/", "the image of that name under `mcr.microsoft.com/devcontainers/`"),
    frozen("k8s.gcr.io/", "the image of that name in `registry.k8s.io`"),
    frozen("gcr.io/google-containers/", "the image of that name in `registry.k8s.io`"),
    frozen("gcr.io/google_containers/", "the image of that name in `registry.k8s.io`"),
    shut("docker.bintray.io/", "the image in its publisher's new registry"),
    frozen("docker.pkg.github.com/", "the image of that name in `ghcr.io`"),
    moved("quay.io/coreos/flannel", "`ghcr.io/flannel-io/flannel`"),
    moved("quay.io/coreos/prometheus-operator", "`quay.io/prometheus-operator/prometheus-operator`"),
];

#[cfg(test)]
mod tests {
    use super::{Reference, deprecated};

    #[test]
    fn names_families_and_exceptions() {
        let is = |image: &str| deprecated(&Reference::new(image)).is_some();
        for image in [
            "openjdk:8-alpine",
            "docker.io/library/java:8",
            "k8s.gcr.io/pause:3.2",
            "bitnami/redis:7.0",
            "mcr.microsoft.com/dotnet/core/sdk:3.1",
            "arm64v8/openjdk:11",
        ] {
            assert!(is(image), "{image}");
        }
        for image in [
            "openjdk:26-ea-slim",
            "bitnami/redis:latest",
            "bitnami/redis",
            "k8s.gcr.io",
            "example/java:8",
            "eclipse-temurin:21",
        ] {
            assert!(!is(image), "{image}");
        }
    }
}
