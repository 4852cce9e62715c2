//! `weak-default-credential`: a server that starts with a password that is easily guessed.

use dlint_syntax::dockerfile::{Instruction, Kind as What, NothingKnown, Word, expand};

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::image_mentions;
use crate::reach::reach;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::secrets::{Given, Kind, WordsNear, given, is_secret_name, is_weak, looks_secret};
use crate::severity::Cvss;
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "weak-default-credential",
    summary: "A password that is easily guessed",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["buildkit:SecretsUsedInArgOrEnv", "hadolint:DL3064"],
    docs: include_str!("weak_default_credential.md"),
    on: &[On::Instruction(instruction), On::Service(service)],
};

/// Whoever is on the host, or has the image.
const LOCAL: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N");

/// Variables by which images get the password of their server, and words of the images' names; what other services have under such a name is for
/// logging in there.
///
/// Source: the images' documentation.
const SERVERS: [(&str, &[&str]); 27] = [
    ("ARANGO_ROOT_PASSWORD", &["arango"]),
    ("CLICKHOUSE_PASSWORD", &["clickhouse"]),
    ("COUCHDB_PASSWORD", &["couch"]),
    ("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN", &["influx"]),
    ("DOCKER_INFLUXDB_INIT_PASSWORD", &["influx"]),
    ("ELASTIC_PASSWORD", &["elasticsearch"]),
    ("GF_SECURITY_ADMIN_PASSWORD", &["grafana"]),
    ("KC_BOOTSTRAP_ADMIN_PASSWORD", &["keycloak"]),
    ("KEYCLOAK_ADMIN_PASSWORD", &["keycloak"]),
    ("MARIADB_PASSWORD", &["mariadb"]),
    ("MARIADB_ROOT_PASSWORD", &["mariadb"]),
    ("ME_CONFIG_BASICAUTH_PASSWORD", &["mongo-express"]),
    ("MINIO_ROOT_PASSWORD", &["minio"]),
    ("MINIO_SECRET_KEY", &["minio"]),
    ("MONGO_INITDB_ROOT_PASSWORD", &["mongo"]),
    ("MSSQL_SA_PASSWORD", &["mssql", "azure-sql"]),
    ("MYSQL_PASSWORD", &["mysql", "mariadb", "percona"]),
    ("MYSQL_ROOT_PASSWORD", &["mysql", "mariadb", "percona"]),
    ("NEO4J_AUTH", &["neo4j"]),
    ("OPENSEARCH_INITIAL_ADMIN_PASSWORD", &["opensearch"]),
    ("PGADMIN_DEFAULT_PASSWORD", &["pgadmin"]),
    ("POSTGRESQL_PASSWORD", &["postgres"]),
    ("POSTGRES_PASSWORD", &["postgres", "postgis", "timescale", "pgvector", "supabase"]),
    ("RABBITMQ_DEFAULT_PASS", &["rabbitmq"]),
    ("REDIS_PASSWORD", &["redis", "valkey"]),
    ("SA_PASSWORD", &["mssql", "azure-sql"]),
    ("SURREAL_PASS", &["surreal"]),
];

const HELP: &str = "Take it from a secret, or from a variable without a default, so that whoever starts it has to choose";

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    match &instruction.kind {
        What::Env(env) => env.pairs.iter().for_each(|pair| variable(&pair.key, &pair.value, cx)),
        What::Arg(declarations) => {
            for declaration in declarations {
                if let Some(value) = &declaration.default {
                    variable(&declaration.name, value, cx);
                }
            }
        }
        _ => {}
    }
}

fn variable(key: &Word, value: &Word, cx: &mut Context<'_>) {
    let Some((file, _)) = cx.document.dockerfile().filter(|_| is_secret_name(&key.text)) else { return };
    let expansion = expand(value, file.escape, &NothingKnown);
    if expansion.value.known().is_some_and(|text| looks_secret(&key.text, text) == Some(Kind::Weak)) {
        let message = format!("`{}` is set to a password that is easily guessed", shorten(&key.text));
        cx.report(value.range, message)
            .hide(value.range)
            .cvss(LOCAL)
            .help("Leave it out of the image, and let whoever starts the container set it");
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let is_server = |name: &str| SERVERS.iter().any(|(key, images)| *key == name && image_mentions(service, images));
    let near = WordsNear::new(service);
    let is_known = |it: &Given| {
        // `neo4j/password`
        let value = if it.name == "NEO4J_AUTH" { it.text.split('/').nth(1).unwrap_or_default() } else { &it.text };
        !value.is_empty() && (is_weak(value) || near.may_guess(value, None))
    };
    let found: Vec<Given> = given(service.environment(), is_server, cx).filter(is_known).collect();
    if found.is_empty() {
        return;
    }
    let reach = reach(service);
    for it in found {
        let who = reach.who();
        let message = format!("`{}` of service `{}` is a password that is easily guessed, and {who} may try", it.name, service.name);
        let mut report = cx.report(it.place, message);
        report.hide(it.place).help(HELP);
        reach.weigh(&mut report, LOCAL);
        if let Some(alias) = it.alias {
            report.related_at(alias, "comes in here");
        }
    }
}
