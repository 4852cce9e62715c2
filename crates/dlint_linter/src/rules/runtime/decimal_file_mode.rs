//! `decimal-file-mode`: permissions that were meant in octal and are read in decimal.

use dlint_syntax::yaml;

use crate::compose::{Node, Project};
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "decimal-file-mode",
    summary: "Permissions without a leading zero, which are read as a decimal number",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("decimal_file_mode.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in project.services_as_written() {
        for key in ["secrets", "configs"] {
            for item in service.get(key).map(crate::compose::Node::items).unwrap_or_default() {
                check(&item, cx);
            }
        }
        let builds = service.get("build").and_then(|build| build.get("secrets"));
        let mounts = service.get("volumes").map(crate::compose::Node::items).unwrap_or_default();
        let tmpfs = mounts.into_iter().filter_map(|mount| mount.get("tmpfs"));
        for item in builds.map(|list| list.items()).unwrap_or_default().into_iter().chain(tmpfs) {
            check(&item, cx);
        }
    }
}

fn check(item: &Node<'_>, cx: &mut Context<'_>) {
    let Some(field) = item.field("mode") else { return };
    let Some((text, yaml::Scalar::Int(number))) = field.value.text().zip(field.value.view().and_then(yaml::View::scalar))
    else {
        return;
    };
    let Some(octal) = meant(text, number) else { return };
    let message = format!("`{text}` is read as a decimal number, so the mode is `{number:04o}`", text = shorten(text));
    let mut report = value::report_at(cx, field.value.place(), field.alias.or(item.via()), message);
    report.help(format!("Write `{octal}`: only a leading zero makes it octal"));
    let title = format!("Replace with `{octal}`");
    report.fix(Fix::unsafe_(title, vec![Edit::replace(field.value.place().range, octal)]));
}

/// The mode in octal, if that is what is meant by a number.
fn meant(text: &str, number: i128) -> Option<String> {
    let is_octal = matches!(text.len(), 3 | 4)
        && !text.starts_with('0')
        && text.bytes().all(|digit| matches!(digit, b'0'..=b'7'));
    let in_octal = u32::from_str_radix(text, 8).ok()?;
    let in_decimal = u32::try_from(number).ok()?;
    // 420 is 0644: somebody knows what a decimal number does here.
    (is_octal && (is_usual(in_octal) || !is_usual(in_decimal))).then(|| format!("0{text}"))
}

/// Whether nobody but the owner may do what the owner may not, and no digit is an odd one.
fn is_usual(mode: u32) -> bool {
    let digits = [mode >> 6 & 7, mode >> 3 & 7, mode & 7];
    mode < 0o2000 && digits.is_sorted_by(|one, next| one & next == *next) && digits.iter().all(|digit| ![1, 2, 3].contains(digit))
}
