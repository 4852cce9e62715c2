//! `add-without-checksum`: what `ADD` downloads is taken as it comes.

use dlint_syntax::dockerfile::{Kind, Source};

use crate::diagnostic::{Category, Level};
use crate::remote::{Remote, reference_in};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::stage::StageNode;
use crate::verification::is_verified;

/// The rule.
pub const RULE: Rule = Rule {
    name: "add-without-checksum",
    summary: "`ADD` of a URL without a checksum, or of a Git repository without a commit",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:4.9", "cis:4.12", "kics:Curl or Wget Instead of Add"],
    docs: include_str!("add_without_checksum.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let Kind::Add(add) = &instruction.kind else { continue };
        if instruction.flag("checksum").is_some() || is_verified_later(node, index, cx) {
            continue;
        }
        for source in &add.sources {
            let Source::Path(word) = source else { continue };
            match Remote::of_add(&word.text) {
                Some(Remote::File) => {
                    cx.report(word.range, "whatever this address gives on the day of the build goes into the image")
                        .help("Give the file's digest: `ADD --checksum=sha256:… URL DESTINATION`");
                }
                Some(Remote::Repository { has_commit: false }) => {
                    cx.report(word.sub_range(reference_in(&word.text)), "whatever this repository holds on the day of the build \
                                                         goes into the image")
                        .help("Name the full commit after a `#`, or give it as `--checksum`");
                }
                _ => {}
            }
        }
    }
}

/// Whether a later `RUN` of the stage checks digests or signatures; of which file is not asked.
fn is_verified_later(node: &StageNode<'_>, added: usize, cx: &Context<'_>) -> bool {
    cx.runs().of_stage(node.stage.index).iter().any(|run| run.at > added && is_verified(run))
}
