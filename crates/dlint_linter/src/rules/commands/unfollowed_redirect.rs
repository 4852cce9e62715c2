//! `unfollowed-redirect`: curl is sent elsewhere, and does not go.

use crate::diagnostic::{Category, Level};
use crate::downloads::{Tool};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unfollowed-redirect",
    summary: "A download from an address that redirects, without following it",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["tally:tally/curl-should-follow-redirects"],
    docs: include_str!("unfollowed_redirect.md"),
    on: &[On::Download(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(download) = node.download().filter(|it| it.tool == Tool::Curl) else { return };
    let arguments = &download.arguments;
    let follows = arguments.has_short('L')
        || ["location", "location-trusted", "follow"].iter().any(|name| arguments.has_long(name));
    // Who looks at the headers may want to know where it leads.
    let is_look = [('I', "head"), ('i', "include"), ('D', "dump-header"), ('w', "write-out"), ('K', "config")]
        .iter()
        .any(|(letter, name)| arguments.has(*letter, name))
        || (arguments.has('v', "verbose") && download.to_stdout());
    if follows || is_look || download.may_hide_options(node) || cx.mentions("curlrc") {
        return;
    }
    let Some((word, url)) = download.urls.iter().find(|(_, url)| redirects(url)) else { return };
    let host = url.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(url);
    let edit = node.add_after(cx.document.text(), download.program, "-L");
    let mut report = cx.report(word.range(), format!("`{host}` redirects to another address here, and `curl` does not go there"));
    report.help("Add `-L`, with which `curl` follows");
    if let Some(edit) = edit {
        report.unsafe_fix("Add `-L`", edit);
    }
}

/// Whether an address is known to have its files elsewhere.
fn redirects(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let has = |part: &str| path.contains(part);
    match host {
        "github.com" | "www.github.com" => has("/releases/download/") || has("/releases/latest") || has("/archive/") || has("/raw/") || has("/tarball/") || has("/zipball/"),
        "api.github.com" => has("/tarball") || has("/zipball"),
        "raw.github.com" | "aka.ms" | "git.io" | "bit.ly" | "tinyurl.com" | "downloads.sourceforge.net" => true,
        "sourceforge.net" => path.ends_with("/download"),
        "go.microsoft.com" => path.starts_with("fwlink"),
        "golang.org" => path.starts_with("dl/"),
        // The list itself is here, also as JSON.
        "go.dev" => path.strip_prefix("dl/").is_some_and(|file| !file.is_empty() && !file.starts_with('?')),
        _ => false,
    }
}
