//! `unverified-download`: what is downloaded into a file is not compared with anything.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::verification::is_verified;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unverified-download",
    summary: "A download whose digest or signature is not checked",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:4.11", "cis:4.12"],
    docs: include_str!("unverified_download.md"),
    on: &[On::Download(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(download) = node.download() else { return };
    // What is printed may be a version number, or goes into a pipe, which is another rule's matter.
    let unpackers = ["tar", "bsdtar", "unzip", "cpio", "gunzip", "dpkg"];
    let after = node.command.pipeline().commands().skip(node.command.position() + 1);
    let unpacks = after.filter_map(|command| command.program()).any(|program| program.is_any(&unpackers));
    if (download.to_stdout() && !unpacks) || download.only_looks() || download.is_local() || is_verified(node.run) {
        return;
    }
    if let Some((url, _)) = download.urls.first() {
        cx.report(url.range(), "whatever this address gives on the day of the build goes into the image").help(
            "Check it in the same instruction: `echo \"DIGEST  FILE\" | sha256sum -c`, `gpg --verify`, \
             `cosign verify-blob`",
        );
    }
}
