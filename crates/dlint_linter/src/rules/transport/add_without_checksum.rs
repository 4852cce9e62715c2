//! `add-without-checksum`: what `ADD` downloads is taken as it comes.

use dlint_syntax::dockerfile::{Kind, Source, Word};

use crate::diagnostic::{Category, Level};
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
            match Remote::of(&word.text) {
                Some(Remote::File) => {
                    cx.report(word.range, "whatever this address gives on the day of the build goes into the image")
                        .help("Give the file's digest: `ADD --checksum=sha256:… URL DESTINATION`");
                }
                Some(Remote::Repository { commit: false }) => {
                    cx.report(place_of_reference(word), "whatever this repository holds on the day of the build \
                                                         goes into the image")
                        .help("Name the full commit after a `#`, or give it as `--checksum`");
                }
                _ => {}
            }
        }
    }
}

enum Remote {
    File,
    Repository { commit: bool },
}

impl Remote {
    /// What an address is for BuildKit. Source: <https://docs.docker.com/reference/dockerfile/#add>.
    fn of(url: &str) -> Option<Self> {
        let (address, fragment) = url.split_once('#').unwrap_or((url, ""));
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let is_git = address.starts_with("git://")
            || address.starts_with("ssh://")
            || address.starts_with("git@")
            || (is_web && address.strip_suffix(".git").is_some());
        if is_git {
            let reference = fragment.split(':').next().unwrap_or_default();
            // A variable may hold a commit.
            let commit = is_commit(reference) || reference.contains('$') || query.contains("commit=") || query.contains("checksum=");
            return Some(Self::Repository { commit });
        }
        is_web.then_some(Self::File)
    }
}

fn is_commit(reference: &str) -> bool {
    matches!(reference.len(), 40 | 64) && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The branch or tag that is named, or the whole.
fn place_of_reference(word: &Word) -> dlint_syntax::TextRange {
    match word.text.find('#') {
        Some(hash) => word.sub_range(hash + 1..word.text.len()),
        None => word.range,
    }
}

/// Whether a later `RUN` of the stage checks digests or signatures; of which file is not asked.
fn is_verified_later(node: &StageNode<'_>, added: usize, cx: &Context<'_>) -> bool {
    cx.runs().of_stage(node.stage.index).iter().any(|run| run.at > added && is_verified(run))
}
