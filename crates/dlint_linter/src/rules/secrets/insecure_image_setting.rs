//! `insecure-image-setting`: a server is told to ask nobody for a password.

use dlint_syntax::dockerfile::{Instruction, Kind, NothingKnown, expand};

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::reach::reach;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::secrets::{Given, given};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "insecure-image-setting",
    summary: "A server is told to ask nobody for a password",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("insecure_image_setting.md"),
    on: &[On::Instruction(instruction), On::Service(service)],
};

/// Whoever is on the host, or in the project's networks.
const LOCAL: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L");

/// Which values of a variable switch the check off.
enum Off {
    /// This one, in any case.
    Is(&'static str),
    /// Any that is not empty.
    Given,
    /// Any that says yes.
    Yes,
    /// Any that says no.
    No,
    /// The empty one.
    Empty,
}

/// Variables of images, the values that open them, and what is open then.
///
/// Source: the images' documentation.
const SETTINGS: [(&str, Off, &str); 20] = [
    ("ALLOW_ANONYMOUS_LOGIN", Off::Yes, "the server"),
    ("ALLOW_EMPTY_PASSWORD", Off::Yes, "the server"),
    ("ARANGO_NO_AUTH", Off::Given, "ArangoDB"),
    ("AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED", Off::Yes, "Weaviate"),
    ("DISABLE_SECURITY_PLUGIN", Off::Yes, "OpenSearch"),
    ("INFLUXDB_HTTP_AUTH_ENABLED", Off::No, "InfluxDB"),
    ("JUPYTER_TOKEN", Off::Empty, "Jupyter, and with it a shell,"),
    ("MARIADB_ALLOW_EMPTY_PASSWORD", Off::Given, "MariaDB"),
    ("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", Off::Given, "MariaDB"),
    ("ME_CONFIG_BASICAUTH", Off::No, "the administration of MongoDB"),
    ("ME_CONFIG_BASICAUTH_ENABLED", Off::No, "the administration of MongoDB"),
    ("MYSQL_ALLOW_EMPTY_PASSWORD", Off::Given, "MySQL"),
    ("NEO4J_AUTH", Off::Is("none"), "Neo4j"),
    ("OPENSEARCH_SECURITY_DISABLED", Off::Yes, "OpenSearch"),
    ("PLUGINS_SECURITY_DISABLED", Off::Yes, "OpenSearch"),
    ("POSTGRES_HOST_AUTH_METHOD", Off::Is("trust"), "PostgreSQL"),
    ("SURREAL_UNAUTHENTICATED", Off::Yes, "SurrealDB"),
    ("XPACK_SECURITY_ENABLED", Off::No, "Elasticsearch"),
    ("plugins.security.disabled", Off::Yes, "OpenSearch"),
    ("xpack.security.enabled", Off::No, "Elasticsearch"),
];

fn is_setting(name: &str) -> bool {
    SETTINGS.iter().any(|(key, ..)| *key == name)
}

/// What a variable opens.
fn opened(name: &str, value: &str) -> Option<&'static str> {
    let (_, off, what) = SETTINGS.iter().find(|(key, ..)| *key == name)?;
    let lower = value.trim().to_ascii_lowercase();
    let is_off = match off {
        Off::Is(word) => lower == *word,
        Off::Given => !lower.is_empty(),
        Off::Yes => ["1", "on", "true", "yes"].contains(&lower.as_str()),
        Off::No => ["0", "false", "no", "off"].contains(&lower.as_str()),
        Off::Empty => lower.is_empty(),
    };
    is_off.then_some(what)
}

const HELP: &str = "Delete the variable, and give the server a password from a secret";

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Env(env) = &instruction.kind else { return };
    let Some((file, _)) = cx.document.dockerfile() else { return };
    for pair in env.pairs.iter().filter(|pair| is_setting(&pair.key.text)) {
        let value = expand(&pair.value, file.escape, &NothingKnown).value;
        if let Some(what) = value.known().and_then(|value| opened(&pair.key.text, value)) {
            cx.report(pair.range, format!("with `{}`, {what} lets in everybody without a password", pair.key.text)).help(HELP);
        }
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if !service.environment().iter().any(|pair| pair.key.known().is_some_and(is_setting)) {
        return;
    }
    let find = |name: &str| service.environment().iter().find(|pair| pair.key.is(name)).and_then(|pair| pair.value.as_ref());
    let has_password = find("MYSQL_ROOT_PASSWORD").or_else(|| find("MARIADB_ROOT_PASSWORD")).is_some_and(|value| !value.is(""));
    let found: Vec<(Given, &str)> = given(service.environment(), is_setting, cx)
        .filter_map(|it| opened(&it.name, &it.text).map(|what| (it, what)))
        // The switch only says that there may be none.
        .filter(|(it, _)| !(has_password && it.name.contains("ALLOW_EMPTY")))
        .collect();
    let reach = reach(service);
    for (it, what) in found {
        let who = reach.who();
        let message = format!("with `{}` of service `{}`, {what} lets in {who} without a password", it.name, service.name);
        let mut report = cx.report(it.place, message);
        report.help(HELP);
        reach.weigh(&mut report, LOCAL);
        if let Some(alias) = it.alias {
            report.related_at(alias, "comes in here");
        }
    }
}
