//! `disabled-tls-verification`: certificates are not checked.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind, NothingKnown, Word, expand};
use dlint_syntax::shell::{OptionSpec, Program};

use crate::compose::{Pair, Scalar, Service};
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::hosts::{host_of, is_own};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::verification::is_verified;

/// The rule.
pub const RULE: Rule = Rule {
    name: "disabled-tls-verification",
    summary: "Certificates are not checked, so that anybody may answer",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "checkov:CKV2_DOCKER_2",
        "checkov:CKV2_DOCKER_3",
        "checkov:CKV2_DOCKER_4",
        "checkov:CKV2_DOCKER_5",
        "checkov:CKV2_DOCKER_6",
        "checkov:CKV2_DOCKER_12",
        "checkov:CKV2_DOCKER_13",
        "checkov:CKV2_DOCKER_14",
        "checkov:CKV2_DOCKER_15",
        "checkov:CKV2_DOCKER_16",
    ],
    docs: include_str!("disabled_tls_verification.md"),
    on: &[On::Command(command), On::Instruction(instruction), On::Service(service), On::Daemon(daemon)],
};

const HELP: &str = "Leave it out; if the server has a certificate of your own authority, install that authority's \
                    certificate (`ca-certificates`, `--cacert`)";

/// Values that say no.
const OFF: &[&str] = &["false", "0", "no", "off"];

/// What switches the check off, and in which program.
struct Switch {
    place: TextRange,
    what: String,
}

/// What a variable does, if it switches the check off: the program that looks at it. Sources: the documentation of
/// each program. Git looks only at whether the variable is there, whatever its value.
fn switch_of(name: &str, value: &str) -> Option<&'static str> {
    let (_, when, program) = SWITCHES.iter().find(|switch| switch.0.eq_ignore_ascii_case(name))?;
    let value = value.trim();
    let switches = match when {
        When::Zero => value == "0",
        When::Off => ["0", "none"].iter().chain(OFF).any(|off| value.eq_ignore_ascii_case(off)),
        When::Given => !value.is_empty(),
    };
    switches.then_some(*program)
}

/// With which value a variable switches the check off.
#[derive(Clone, Copy)]
enum When {
    Zero,
    Off,
    Given,
}

const SWITCHES: [(&str, When, &str); 12] = [
    ("NODE_TLS_REJECT_UNAUTHORIZED", When::Zero, "Node.js"),
    ("PYTHONHTTPSVERIFY", When::Zero, "Python"),
    ("GIT_SSL_NO_VERIFY", When::Given, "Git"),
    ("NPM_CONFIG_STRICT_SSL", When::Off, "npm"),
    ("YARN_ENABLE_STRICT_SSL", When::Off, "Yarn"),
    ("YARN_STRICT_SSL", When::Off, "Yarn"),
    ("PIP_TRUSTED_HOST", When::Given, "pip"),
    ("UV_INSECURE_HOST", When::Given, "uv"),
    ("CONDA_SSL_VERIFY", When::Off, "conda"),
    ("GOINSECURE", When::Given, "Go"),
    ("PERL_LWP_SSL_VERIFY_HOSTNAME", When::Off, "Perl"),
    ("BUNDLE_SSL_VERIFY_MODE", When::Off, "Bundler"),
];

fn report(place: TextRange, what: &str, cx: &mut Context<'_>) {
    cx.report(place, message(what)).help(HELP);
}

fn message(what: &str) -> String {
    format!("{what} takes any certificate: whoever is between you and the server can answer in its place")
}

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    for assignment in node.command.assignments() {
        if let Some(program) = assignment.value().literal().and_then(|value| switch_of(assignment.name(), &value)) {
            report(assignment.range(), program, cx);
        }
    }
    let Some(program) = node.program else { return };
    let words = node.command.words();
    let before = words.iter().take(program.index).filter(|word| word.text().contains('='));
    for word in before.chain(if program.is_any(&["export", "env"]) { program.words.iter().collect() } else { Vec::new() }) {
        let text = word.unquoted();
        if let Some(name) = text.split_once('=').and_then(|(name, value)| switch_of(name, value)) {
            report(word.range(), name, cx);
        }
    }
    if let Some(download) = node.download() {
        // What is checked against a digest or a signature may come over any connection.
        if let Some(place) = download.insecure().filter(|_| !download.is_local() && !is_verified(node.run)) {
            report(place, &format!("`{}`", program.name), cx);
        }
    } else if let Some(Switch { place, what }) = switch_in(program) {
        report(place, &what, cx);
    }
}

fn switch_in(program: &Program<'_>) -> Option<Switch> {
    let name = program.name.as_ref();
    // Most programs are none of them, and their words need not be read.
    let is_known = matches!(
        name,
        "apk" | "apt" | "apt-get" | "aria2c" | "bun" | "composer" | "conda" | "dnf" | "dnf5" | "git" | "mamba" | "microdnf" | "micromamba" | "npm" | "pnpm" | "tdnf" | "uv"
            | "yarn" | "yum" | "yum-config-manager"
    );
    if !is_known && !name.starts_with("pip") && !name.starts_with("python") {
        return None;
    }
    let words: Vec<_> = program.words.iter().map(|word| (word.range(), word.unquoted())).collect();
    let found = |test: &dyn Fn(&str) -> bool| {
        words.iter().find(|(_, text)| test(text)).map(|(place, _)| Switch { place: *place, what: format!("`{name}`") })
    };
    // A setting and its value, as one word or as two.
    let setting = |key: &str, off: &[&str]| {
        words.iter().enumerate().find_map(|(index, (place, text))| {
            let lower = text.to_ascii_lowercase();
            let rest = lower.trim_start_matches('-').strip_prefix(key)?;
            let value = match rest.strip_prefix('=') {
                Some(value) => value.to_owned(),
                None if rest.is_empty() => words.get(index + 1)?.1.to_ascii_lowercase(),
                None => return None,
            };
            off.contains(&value.as_str()).then(|| Switch { place: *place, what: format!("`{name}`") })
        })
    };
    match name {
        _ if name.starts_with("pip") || name == "uv" || name.starts_with("python") => {
            let may_be_pip = !name.starts_with("python") || words.iter().any(|(_, text)| text == "pip");
            let hosts = program.arguments(&OptionSpec::new("", &["trusted-host", "allow-insecure-host"]));
            let option = hosts.iter().find(|it| {
                let is_own = it.value.as_ref().is_some_and(|value| is_own(host_of(&value.text)));
                (it.is_long("trusted-host") || it.is_long("allow-insecure-host")) && !is_own
            });
            let is_setting = |text: &str| text == "global.trusted-host" || text == "install.trusted-host";
            let is_own_set = words.windows(2).any(|pair| is_setting(&pair[0].1) && is_own(host_of(&pair[1].1)));
            let set = || found(&|text| is_setting(text) && !is_own_set);
            option.map(|it| Switch { place: it.word.range(), what: "`pip`".to_owned() }).or_else(set).filter(|_| may_be_pip)
        }
        "npm" | "yarn" | "pnpm" | "bun" => {
            setting("strict-ssl", OFF).or_else(|| setting("enablestrictssl", OFF)).or_else(|| found(&|text| text == "--no-strict-ssl"))
        }
        "git" => setting("http.sslverify", OFF),
        "yum-config-manager" | "dnf" | "dnf5" | "yum" | "microdnf" | "tdnf" => found(&|text| {
            let lower = if text.contains('=') { text.to_ascii_lowercase() } else { return false };
            lower.split_once("sslverify=").is_some_and(|(_, value)| OFF.contains(&value))
        }),
        "apt-get" | "apt" => found(&|text| {
            let lower = if text.contains("::") { text.to_ascii_lowercase() } else { return false };
            lower.contains("::verify-peer=false") || lower.contains("::verify-peer=0")
        }),
        "conda" | "mamba" | "micromamba" => setting("ssl_verify", OFF).or_else(|| found(&|text| text == "--insecure")),
        "composer" => setting("disable-tls", &["true", "1"]),
        "aria2c" => setting("check-certificate", OFF),
        "apk" => found(&|text| text == "--no-check-certificate"),
        _ => None,
    }
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    match &instruction.kind {
        Kind::Env(env) => env.pairs.iter().for_each(|pair| variable(&pair.key, &pair.value, pair.range, cx)),
        Kind::Arg(declarations) => {
            for declaration in declarations {
                if let Some(default) = &declaration.default {
                    variable(&declaration.name, default, declaration.range, cx);
                }
            }
        }
        _ => {}
    }
}

fn variable(key: &Word, value: &Word, place: TextRange, cx: &mut Context<'_>) {
    let Some((file, _)) = cx.document.dockerfile() else { return };
    if !SWITCHES.iter().any(|switch| switch.0.eq_ignore_ascii_case(&key.text)) {
        return;
    }
    let value = expand(value, file.escape, &NothingKnown).value;
    if let Some(program) = value.known().and_then(|value| switch_of(&key.text, value)) {
        report(place, program, cx);
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for pair in service.environment() {
        let value = pair.value.as_ref().and_then(Scalar::known);
        if let (Some(key), Some(value)) = (pair.key.known(), value)
            && let Some(program) = switch_of(key, value)
        {
            cx.report_at(pair.place, message(program)).help(HELP);
        }
    }
    let Some(logging) = service.field("logging") else { return };
    let options = logging.value.get("options").map(|options| Pair::read_all(&options)).unwrap_or_default();
    for pair in options {
        let value = pair.value.as_ref().and_then(Scalar::known);
        if let Some(driver) = pair.key.known().zip(value).and_then(|(key, value)| log_driver(key, value)) {
            cx.report_at(pair.place, message(driver)).help(LOG_HELP);
        }
    }
}

const LOG_HELP: &str = "Delete the option, and give the driver the certificate of your own authority, if it is that (`syslog-tls-ca-cert`, `splunk-capath`)";

/// The log driver that an option keeps from checking. `syslog-tls-skip-verify` does so by being there. Source: moby, `daemon/logger`.
fn log_driver(key: &str, value: &str) -> Option<&'static str> {
    match key {
        "syslog-tls-skip-verify" if !value.is_empty() => Some("the log driver `syslog`"),
        "splunk-insecureskipverify" if ["1", "t", "true"].contains(&value.to_ascii_lowercase().as_str()) => Some("the log driver `splunk`"),
        _ => None,
    }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for option in config.log_options() {
        if let Some(driver) = option.value.and_then(|value| log_driver(option.name, value)) {
            cx.report(option.name_range.cover(option.value_range), message(driver)).help(LOG_HELP);
        }
    }
}
