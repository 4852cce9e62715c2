//! What things are, for an editor that colours by meaning: only where that says more than the grammar of an editor can know.

use dlint_linter::Document;
use dlint_linter::compose::{NoEnvironment, interpolate};
use dlint_linter::document::Tree;
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Model};
use dlint_syntax::text::range;
use dlint_syntax::yaml::{View, Yaml};

use super::occurrences::{Role, occurrences};

/// A piece of one line, with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it is; never empty.
    pub(crate) range: TextRange,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Whether it is declared here.
    pub(crate) is_declaration: bool,
}

/// What a piece is. The numbers are those of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// An instruction, or `AS`.
    Keyword,
    /// A flag, or an option of a mount.
    Parameter,
    /// A variable.
    Variable,
    /// A stage.
    Stage,
    /// A parser directive.
    Directive,
    /// An anchor, or an alias to one.
    Anchor,
}

/// The tokens of a document, in order; they do not overlap.
pub(crate) fn tokens(document: &Document) -> Vec<Token> {
    let text = document.text();
    let mut found = Vec::new();
    match document.tree() {
        Tree::Dockerfile(parts) => in_dockerfile(text, &parts.0, &parts.1, &mut found),
        Tree::Compose(yaml) => in_compose(yaml, &mut found),
        Tree::Daemon(_) => {}
    }
    // A name that goes on in the next line is left to the grammar.
    let is_on_a_line = |it: &Token| {
        let slice = text.get(std::ops::Range::<usize>::from(it.range));
        slice.is_some_and(|slice| !slice.is_empty() && !slice.contains(['\n', '\r']))
    };
    found.retain(is_on_a_line);
    found.sort_by_key(|it| (it.range.start(), it.range.end()));
    let mut tokens: Vec<Token> = Vec::with_capacity(found.len());
    for it in found {
        if tokens.last().is_none_or(|last| last.range.end() <= it.range.start()) {
            tokens.push(it);
        }
    }
    tokens
}

fn in_dockerfile(text: &str, file: &Dockerfile, model: &Model, found: &mut Vec<Token>) {
    let mut add = |range, kind, is_declaration| found.push(Token { range, kind, is_declaration });
    for directive in &file.directives {
        add(directive.name, TokenKind::Directive, false);
    }
    for instruction in &file.instructions {
        of_instruction(instruction, model, &mut add);
    }
    for stage in &model.stages {
        let Kind::From(from) = &stage.from(file).kind else { continue };
        if let Some(name) = &from.name {
            add(name.range, TokenKind::Stage, true);
        }
        if let Some(keyword) = from.as_keyword {
            add(keyword, TokenKind::Keyword, false);
        }
        if let (Base::Stage(_), Some(image)) = (&stage.base, &from.image)
            && !image.text.contains('$')
        {
            add(image.range, TokenKind::Stage, false);
        }
    }
    for it in occurrences(text, file, model, None) {
        let is_declaration = matches!(it.role, Role::Argument { .. } | Role::Environment);
        // A shell has variables of its own, which its grammar knows.
        if it.role != Role::InShell || it.origin.is_some() {
            add(it.range, TokenKind::Variable, is_declaration);
        }
    }
}

fn of_instruction(instruction: &Instruction, model: &Model, add: &mut impl FnMut(TextRange, TokenKind, bool)) {
    match &instruction.kind {
        Kind::Unknown => return,
        Kind::Onbuild(Some(trigger)) => of_instruction(trigger, model, add),
        Kind::Healthcheck(check) => {
            let is_word = |text: &str| text.eq_ignore_ascii_case("CMD") || text.eq_ignore_ascii_case("NONE");
            if let Some(kind) = check.kind.as_ref().filter(|kind| is_word(&kind.text)) {
                add(kind.range, TokenKind::Keyword, false);
            }
        }
        Kind::Run(run) => {
            for option in run.mounts.iter().flat_map(|mount| &mount.options) {
                add(option.key.range, TokenKind::Parameter, false);
                if let Some(value) = option.value.as_ref().filter(|_| option.key.text.eq_ignore_ascii_case("from"))
                    && model.stage_named(&value.text, false).is_some()
                {
                    add(value.range, TokenKind::Stage, false);
                }
            }
        }
        _ => {}
    }
    add(instruction.keyword.range, TokenKind::Keyword, false);
    for flag in &instruction.flags {
        // With its dashes.
        add(TextRange::new(flag.range.start(), flag.name.range.end()), TokenKind::Parameter, false);
        if let Some(value) = flag.value.as_ref().filter(|_| flag.name.text == "from")
            && model.stage_named(&value.text, true).is_some()
        {
            add(value.range, TokenKind::Stage, false);
        }
    }
}

fn in_compose(yaml: &Yaml, found: &mut Vec<Token>) {
    let mut add = |range, kind, is_declaration| found.push(Token { range, kind, is_declaration });
    for view in yaml.roots().flat_map(View::walk) {
        if let Some((_, range)) = view.anchor() {
            add(range, TokenKind::Anchor, true);
        }
        if view.alias().is_some() {
            add(view.range(), TokenKind::Anchor, false);
            continue;
        }
        for value in view.own_entries().map(|entry| entry.value).chain(view.items()) {
            if value.alias().is_some() || value.text().is_none_or(|text| !text.contains('$')) {
                continue;
            }
            // As it is written: what escapes give is no variable that a person sees.
            let source = yaml.text().get(std::ops::Range::<usize>::from(value.range())).unwrap_or_default();
            for variable in interpolate(source, &NoEnvironment).references {
                add(range(variable.name_range) + value.range().start(), TokenKind::Variable, false);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use dlint_linter::{Document, Language};

    use super::{TokenKind, tokens};

    fn of(language: Language, text: &str) -> String {
        let document = Document::parse("x", text, language);
        let name = |kind| match kind {
            TokenKind::Keyword => "K",
            TokenKind::Parameter => "P",
            TokenKind::Variable => "V",
            TokenKind::Stage => "S",
            TokenKind::Directive => "D",
            TokenKind::Anchor => "A",
        };
        let all = tokens(&document);
        let words = all.iter().map(|it| {
            let sign = if it.is_declaration { "*" } else { "" };
            format!("{}{sign}:{}", name(it.kind), document.slice(it.range))
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dockerfiles() {
        let of = |text| of(Language::Dockerfile, text);
        assert_eq!(
            of("# syntax=a\nARG V=1\nFROM b:$V AS one\nFROM one\nCOPY --link --from=one a ${W:-b}\n"),
            "D:syntax K:ARG V*:V K:FROM V:V K:AS S*:one K:FROM S:one K:COPY P:--link P:--from S:one V:W"
        );
        assert_eq!(
            of(
                "FROM a AS one\nARG V\nRUN --mount=type=bind,from=one X=1 echo $V $X\nONBUILD run x\nHEALTHCHECK CMD y\nWHAT $V"
            ),
            "K:FROM K:AS S*:one K:ARG V*:V K:RUN P:--mount V:V K:ONBUILD K:run K:HEALTHCHECK K:CMD"
                .replace("P:--mount ", "P:--mount P:type P:from S:one ")
        );
        assert_eq!(of("FROM a\nRUN x $\\\n"), "K:FROM K:RUN");
    }

    #[test]
    fn compose_files() {
        let text = "x: &a\n  b: \"$$ ${C:-$D} $E\"\ns:\n  <<: *a\n  t: [*a, '$F']\n  u: |\n    x $G\n";
        assert_eq!(of(Language::Compose, text), "A*:&a V:C V:D V:E A:*a A:*a V:F V:G");
        assert_eq!(of(Language::Compose, "a: ${\nb: *\n"), "");
    }
}
