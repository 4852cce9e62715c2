//! What is known about images of some standing, where no registry can be asked.

use super::Reference;

/// Whether containers of an image run as somebody other than root although no `USER` is said: the image sets one, or,
/// where its own entrypoint is kept, that entrypoint gives up root before it starts the program.
pub fn runs_unprivileged(image: &Reference<'_>, keeps_entrypoint: bool) -> bool {
    let name = image.familiar_name();
    let tag = image.tag.unwrap_or_default();
    if tag == "nonroot" || tag.ends_with("-nonroot") || tag.starts_with("nonroot-") || tag.contains("rootless") {
        return true;
    }
    if tag.contains("chiseled") && name.starts_with("mcr.microsoft.com/") {
        return true;
    }
    // `ContainerUser`, since the first version that was an image of its own. Source: Microsoft, "What's new for containers in Windows
    // Server, version 1709".
    let is_nanoserver = name.ends_with("/nanoserver") || tag.contains("nanoserver");
    if is_nanoserver && !tag.contains("sac2016") {
        return true;
    }
    if UNPRIVILEGED_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || name.ends_with("-unprivileged") {
        return true;
    }
    UNPRIVILEGED.contains(&name) || (keeps_entrypoint && gives_up_root(image))
}

/// Whether the entrypoint of an image gives up root before it starts the program.
pub fn gives_up_root(image: &Reference<'_>) -> bool {
    DROPPING.contains(&image.familiar_name())
}

/// Publishers whose images all set an unprivileged user.
const UNPRIVILEGED_PREFIXES: [&str; 9] = [
    "cgr.dev/chainguard/",
    "chainguard/",
    "bitnami/",
    "bitnamilegacy/",
    "dhi.io/",
    "jupyter/",
    "quay.io/jupyter/",
    "selenium/",
    "registry.access.redhat.com/ubi9/nodejs",
];

/// Images whose configuration sets an unprivileged user.
const UNPRIVILEGED: [&str; 25] = [
    "apache/kafka",
    "confluentinc/cp-kafka",
    "curlimages/curl",
    "docker.elastic.co/elasticsearch/elasticsearch",
    "docker.elastic.co/kibana/kibana",
    "docker.elastic.co/logstash/logstash",
    "elasticsearch",
    "grafana/grafana",
    "grafana/grafana-oss",
    "grafana/loki",
    "haproxy",
    "jenkins/agent",
    "jenkins/jenkins",
    "kibana",
    "logstash",
    "memcached",
    "opensearchproject/opensearch",
    "percona",
    "prom/alertmanager",
    "prom/node-exporter",
    "prom/prometheus",
    "quay.io/keycloak/keycloak",
    "solr",
    "sonarqube",
    "varnish",
];

/// Official images whose entrypoint starts as root and gives that up.
const DROPPING: [&str; 12] = [
    "cassandra",
    "couchdb",
    "ghost",
    "influxdb",
    "mariadb",
    "mongo",
    "mysql",
    "postgres",
    "rabbitmq",
    "redis",
    "valkey/valkey",
    "zookeeper",
];

/// Whether an image brings a health check of its own.
pub fn has_healthcheck(image: &Reference<'_>) -> bool {
    const IMAGES: [&str; 10] = [
        "gitlab/gitlab-ce",
        "gitlab/gitlab-ee",
        "gotify/server",
        "itzg/minecraft-server",
        "jellyfin/jellyfin",
        "louislam/uptime-kuma",
        "mysql/mysql-server",
        "pihole/pihole",
        "plexinc/pms-docker",
        "vaultwarden/server",
    ];
    IMAGES.contains(&image.familiar_name())
}

/// Whether an image is known to bring no health check.
pub fn has_no_healthcheck(image: &Reference<'_>) -> bool {
    const IMAGES: [&str; 30] = [
        "alpine",
        "buildpack-deps",
        "busybox",
        "caddy",
        "cassandra",
        "debian",
        "eclipse-mosquitto",
        "eclipse-temurin",
        "golang",
        "haproxy",
        "httpd",
        "mariadb",
        "memcached",
        "mongo",
        "mysql",
        "nats",
        "nginx",
        "node",
        "php",
        "postgres",
        "python",
        "rabbitmq",
        "redis",
        "registry",
        "ruby",
        "rust",
        "tomcat",
        "traefik",
        "ubuntu",
        "wordpress",
    ];
    IMAGES.contains(&image.familiar_name())
}

/// Whether an image is one of Docker's official ones. A name without `/` alone does not tell: what is built on the same
/// machine is called so, too.
pub fn is_official(image: &Reference<'_>) -> bool {
    let name = image.familiar_name();
    !name.contains('/') && OFFICIAL.split(' ').any(|official| official == name)
}

/// Source: the folder `library` of github.com/docker-library/official-images, former ones included.
const OFFICIAL: &str = "\
     adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux \
     backdrop bash bonita buildpack-deps busybox caddy cassandra centos chronograf cirros clearlinux \
     clefos clickhouse clojure composer consul convertigo couchbase couchdb crate crux dart debian docker \
     drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang fedora flink \
     fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe hitch httpd \
     hylang ibm-semeru-runtimes ibmjava influxdb irssi java jenkins jetty joomla jruby julia kapacitor \
     kibana kong krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached \
     mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node \
     notary odoo open-liberty openjdk oraclelinux orientdb percona perl photon php phpmyadmin plone \
     postfixadmin postgres pypy python r-base rabbitmq rakudo-star redis redmine registry rethinkdb \
     rocket.chat rockylinux ros ruby rust sapmachine silverpeas sl solr sonarqube spark spiped storm \
     swift swipl teamspeak telegraf tomcat tomee traefik ubuntu unit varnish vault websphere-liberty \
     wordpress xwiki yourls znc zookeeper";
