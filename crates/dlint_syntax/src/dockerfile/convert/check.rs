//! `# check=`: settings of BuildKit's build checks.

use crate::dockerfile::error::{ErrorKind, SyntaxError, shown};
use crate::dockerfile::mount::is_boolean;
use crate::dockerfile::tree::{Directive, DirectiveKind};
use crate::suggest::nearest;

const OPTIONS: [&str; 3] = ["skip", "error", "experimental"];

/// What is wrong with a directive, if it is `# check=`.
/// Source: <https://docs.docker.com/reference/dockerfile/#check>.
pub(super) fn errors(directive: &Directive) -> Option<SyntaxError> {
    if directive.kind != DirectiveKind::Check {
        return None;
    }
    // BuildKit takes no more than what stands before the first blank.
    let text = directive.value.text.split(' ').next().unwrap_or_default();
    let mut start = 0;
    for part in text.splitn(OPTIONS.len(), ';') {
        let place = |from: usize, to: usize| directive.value.sub_range(start + from..start + to);
        let invalid = |range, message| SyntaxError::new(ErrorKind::InvalidCheckDirective, range, message);
        let Some((name, value)) = part.split_once('=') else {
            let message = format!("`{}` has no value", shown(part));
            return Some(
                invalid(place(0, part.len()), message)
                    .help("Write `skip=RULE`, `error=true` or both, separated by `;`"),
            );
        };
        let value_place = place(name.len() + 1, part.len());
        match name.trim() {
            "skip" | "experimental" => {}
            "error" if is_boolean(value.trim()) => {}
            "error" => {
                let message = format!("`{}` is neither `true` nor `false`", shown(value));
                return Some(invalid(value_place, message));
            }
            other => {
                let message = format!("`{}` is not an option of `check`", shown(other));
                return Some(
                    invalid(place(0, name.len()), message)
                        .help("Its options are `skip`, `error` and `experimental`")
                        .suggestion(nearest(other, OPTIONS)),
                );
            }
        }
        start += part.len() + 1;
    }
    None
}
