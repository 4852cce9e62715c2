//! `unsorted-packages`: a list of packages in no order.

use dlint_syntax::TextRange;
use dlint_syntax::shell::Word;

use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::packages::Action;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unsorted-packages",
    summary: "A list of packages that is not in alphabetical order",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["tally:tally/sort-packages"],
    docs: include_str!("unsorted_packages.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    if call.action != Action::Install || !call.manager.is_system() {
        return;
    }
    let packages: Vec<Word<'_>> = call.operands().filter(|word| word.pattern().is_some()).collect();
    let key = |word: &Word<'_>| {
        let text = word.unquoted();
        let name = text.split(['=', '<', '>', '~', '@', '/']).next().unwrap_or(&text).to_lowercase();
        (name, text.into_owned())
    };
    let Some(pair) = packages.windows(2).find(|pair| key(&pair[0]).0 > key(&pair[1]).0) else { return };
    let (before, after) = (pair[0], pair[1]);
    let fix = sorted(node, &packages, key, cx);
    let message = format!("`{}` stands after `{}`: the packages are not in order", after.unquoted(), before.unquoted());
    let mut report = cx.report(after.range(), message);
    report.help("Sort them, so that doubles stand out and changes are easy to read");
    if let Some(fix) = fix {
        report.fix(fix);
    }
}

/// The words in order, each in the place of another. Not where a comment stands between them, which belongs to one.
fn sorted<K: Ord>(
    node: &CommandNode<'_, '_>,
    packages: &[Word<'_>],
    key: impl Fn(&Word<'_>) -> K,
    cx: &Context<'_>,
) -> Option<Fix> {
    let whole = packages.first()?.range().cover(packages.last()?.range());
    let within = |place: TextRange| whole.contains_range(place);
    if node.run.file.comments.iter().any(|comment| within(comment.range)) {
        return None;
    }
    let mut ordered = packages.to_vec();
    ordered.sort_by_key(key);
    let moves = packages.iter().zip(&ordered).filter(|(old, new)| old.range() != new.range());
    let edits = moves.map(|(old, new)| Edit::replace(old.range(), cx.text(new.range()))).collect();
    Some(Fix::safe("Sort the packages", edits))
}
