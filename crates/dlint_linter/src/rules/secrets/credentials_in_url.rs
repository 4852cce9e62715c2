//! `credentials-in-url`: a user and a password are part of a URL.

use dlint_syntax::dockerfile::{Instruction, Kind};
use dlint_syntax::text::range;

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "credentials-in-url",
    summary: "A URL with a user and a password in it",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0021", "tally:tally/secrets-in-code", "cis:4.10"],
    docs: include_str!("credentials_in_url.md"),
    on: &[On::Instruction(instruction), On::Document(document)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    if matches!(instruction.kind, Kind::Onbuild(Some(_))) {
        return;
    }
    let Some((file, _)) = cx.document.dockerfile() else { return };
    for found in cx.url_credentials_in(instruction.range) {
        let (userinfo, password) = (range(found.userinfo), range(found.password));
        if file.comments.iter().any(|comment| comment.range.contains_range(userinfo)) {
            continue;
        }
        cx.report(userinfo, format!("this `{}` URL has a password in it", found.scheme)).hide(password).help(
            "Take the credentials out, hand them over in a secret mount (a `.netrc`, a Git credential helper), \
             and replace them",
        );
    }
}

/// Anywhere in a Compose file or a `daemon.json`: variables, commands, labels, proxies.
fn document(document: &Document, cx: &mut Context<'_>) {
    let Some(yaml) = document.yaml() else { return };
    let comments = yaml.comments();
    for found in cx.url_credentials_in(document.range()) {
        let (userinfo, password) = (range(found.userinfo), range(found.password));
        let before = comments.partition_point(|comment| comment.range.start() <= userinfo.start());
        let is_comment = before.checked_sub(1).and_then(|last| comments.get(last)).is_some_and(|it| it.range.contains_range(userinfo));
        if !is_comment {
            cx.report(userinfo, format!("this `{}` URL has a password in it", found.scheme)).hide(password).help(
                "Take the password out, hand it over as a secret or in a variable whose value is not in the repository, and replace it",
            );
        }
    }
}
