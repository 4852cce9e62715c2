//! Every example on a rule's page is run.
//!
//! A page (`rules/<topic>/<name>.md`) has fenced blocks with these words after the language (`dockerfile`, `yaml` for
//! Compose, `json` for `daemon.json`):
//!
//! * `bad`: the rule reports something. A `text report` block follows and says exactly what; if a safe fix exists, a
//!   block of the same language with the word `fixed` follows and says what becomes of the example (`unsafe-fixed` for
//!   unsafe fixes).
//! * `good`: the rule is silent.
//! * `file=PATH`: another file of the project, in any language, for the next `bad` or `good` block; on such a block, its own path.
//! * `broken`: the example has other syntax errors, and is to have them.
//! * `bytes`: `\xff` in the text stands for that byte.
//! * `repeat=N`: the last character of the text stands for that many of it.
//! * `toml options` before a block: the rule's options.
//!
//! `DLINT_UPDATE=1 cargo test --test pages` rewrites the `report`, `fixed` and `unsafe-fixed` blocks. Read the
//! difference before you keep it.
#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_linter::fix::fix_document;
use dlint_linter::rule::{FixAvailability, On, RuleSet};
use dlint_linter::rules::{RULES, topic};
use dlint_linter::{Category, Config, Diagnostic, Document, Language, Rule, RuleId, Safety, check};
use support::{MemoryFiles, draw};

struct Block {
    /// The words after the fence.
    info: Vec<String>,
    text: String,
    /// The lines of the fences, from 0.
    open: usize,
    close: usize,
}

impl Block {
    fn is(&self, word: &str) -> bool {
        self.info.iter().any(|it| it == word)
    }

    fn file(&self) -> Option<&str> {
        self.info.iter().find_map(|word| word.strip_prefix("file="))
    }

    fn language(&self) -> Option<Language> {
        match self.info.first()?.as_str() {
            "dockerfile" => Some(Language::Dockerfile),
            "yaml" => Some(Language::Compose),
            "json" => Some(Language::Daemon),
            _ => None,
        }
    }

    /// The text that is meant: with `\xff` and the like for bytes where the block says `bytes`, and its last character
    /// repeated where it says `repeat=N`.
    fn bytes(&self) -> Vec<u8> {
        if let Some(count) = self.info.iter().find_map(|word| word.strip_prefix("repeat=")) {
            let text = self.text.trim_end();
            let (before, last) = text.split_at(text.len() - 1);
            return format!("{before}{}\n", last.repeat(count.parse().unwrap())).into_bytes();
        }
        let mut bytes = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((before, after)) = rest.split_once("\\x").filter(|_| self.is("bytes")) {
            bytes.extend(before.as_bytes());
            bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
            rest = &after[2..];
        }
        bytes.extend(rest.as_bytes());
        bytes
    }

    fn default_path(&self) -> &'static str {
        match self.language() {
            Some(Language::Dockerfile) => "Dockerfile",
            Some(Language::Compose) | None => "compose.yaml",
            Some(Language::Daemon) => "daemon.json",
        }
    }
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str, Vec<String>)> = None;
    let mut text = String::new();
    for (number, line) in page.lines().enumerate() {
        match &open {
            None => {
                let ticks = line.len() - line.trim_start_matches('`').len();
                if ticks >= 3 {
                    let info = line[ticks..].split_whitespace().map(str::to_owned).collect();
                    open = Some((number, &line[..ticks], info));
                    text.clear();
                }
            }
            Some((start, fence, info)) if line == *fence => {
                blocks.push(Block { info: info.clone(), text: text.clone(), open: *start, close: number });
                open = None;
            }
            Some(_) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    blocks
}

fn page_path(rule: &Rule) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/rules/{}/{}.md", topic(rule), rule.name.replace('-', "_")))
}

/// A place on a page, and what should stand there.
struct Expectation {
    block: usize,
    word: &'static str,
    text: String,
}

struct Outcome {
    problems: Vec<String>,
    expectations: Vec<Expectation>,
    with_fix: bool,
    without_fix: bool,
    bad: usize,
    good: usize,
}

fn only(rule: RuleId) -> Config {
    let mut enabled = RuleSet::empty();
    enabled.insert(rule);
    let mut config = Config::default();
    config.enabled = enabled;
    config
}

/// Whether the rule is about what the program that reads the file refuses, so that its examples are broken on purpose.
fn is_about_refusal(rule: RuleId) -> bool {
    rule.rule().category == Category::Syntax || rule.rule().on.iter().any(|on| matches!(on, On::Syntax(_)))
}

fn errors_of_syntax(document: &Document) -> Vec<Diagnostic> {
    let mut config = Config::default();
    config.select(&[]).unwrap();
    check(document, &config, &dlint_linter::NoFiles)
}

fn run(rule: RuleId, page: &[Block]) -> Outcome {
    let mut outcome = Outcome {
        problems: Vec::new(),
        expectations: Vec::new(),
        with_fix: false,
        without_fix: false,
        bad: 0,
        good: 0,
    };
    let mut files = MemoryFiles::default();
    let mut config = only(rule);
    for (index, block) in page.iter().enumerate() {
        if block.is("options") {
            let options = format!("[{}]\n{}", rule.rule().name, block.text);
            config.options = toml::from_str(&options).unwrap_or_else(|error| panic!("{}: {error}", rule.rule().name));
            continue;
        }
        let Some(language) = block.language() else {
            if let Some(path) = block.file() {
                files.insert(path, &block.text);
            }
            continue;
        };
        if block.is("bad") || block.is("good") {
            let path = block.file().unwrap_or(block.default_path());
            let document = Arc::new(Document::parse_bytes(path, block.bytes(), language));
            files.insert(path, document.text());
            example(rule, block, index, &document, &config, &files, &mut outcome);
            files = MemoryFiles::default();
            config = only(rule);
        } else if let Some(path) = block.file() {
            files.insert(path, &block.text);
        }
    }
    outcome
}

fn example(
    rule: RuleId,
    block: &Block,
    index: usize,
    document: &Arc<Document>,
    config: &Config,
    files: &MemoryFiles,
    outcome: &mut Outcome,
) {
    let line = block.open + 1;
    let diagnostics = check(document, config, files);
    // A bad example of such a rule is broken on purpose; nothing else is, unless it says so.
    let may_be_broken = block.is("broken") || (is_about_refusal(rule) && block.is("bad"));
    if !may_be_broken {
        let errors = errors_of_syntax(document);
        if !errors.is_empty() {
            outcome.problems.push(format!("line {line}: the example itself is broken:\n{}", draw(document, &errors)));
        }
    }
    let repeated = check(document, config, files);
    assert_eq!(draw(document, &diagnostics), draw(document, &repeated), "check is not deterministic");
    if block.is("good") {
        outcome.good += 1;
        if !diagnostics.is_empty() {
            outcome
                .problems
                .push(format!("line {line}: a good example is reported:\n{}", draw(document, &diagnostics)));
        }
        return;
    }
    outcome.bad += 1;
    if diagnostics.is_empty() {
        outcome.problems.push(format!("line {line}: a bad example is not reported"));
    }
    outcome.expectations.push(Expectation { block: index, word: "report", text: draw(document, &diagnostics) });
    for diagnostic in &diagnostics {
        let has_fix = diagnostic.fixes.iter().any(|fix| fix.safety != Safety::Display);
        outcome.with_fix |= has_fix;
        outcome.without_fix |= !has_fix;
    }
    for (limit, word) in [(Safety::Safe, "fixed"), (Safety::Unsafe, "unsafe-fixed")] {
        let applicable = |d: &&Diagnostic| d.fixes.iter().any(|fix| fix.safety == limit);
        if diagnostics.iter().any(|d| applicable(&d)) {
            outcome
                .problems
                .extend(laws(document, config, files, limit).into_iter().map(|law| format!("line {line}: {law}")));
            let fixed = fix_document(document, config, files, limit);
            outcome.expectations.push(Expectation { block: index, word, text: fixed.document.text().to_string() });
        }
    }
}

/// The laws that every fix keeps: it converges, removes its findings, is idempotent, and adds no error.
fn laws(document: &Arc<Document>, config: &Config, files: &MemoryFiles, limit: Safety) -> Vec<String> {
    let mut broken = Vec::new();
    let fixed = fix_document(document, config, files, limit);
    let could = |d: &&Diagnostic| d.fixes.iter().any(|fix| fix.safety <= limit);
    if fixed.remaining.iter().any(|d| could(&d)) {
        broken.push("a fix does not remove its finding, or does not converge".to_owned());
    }
    let again = fix_document(&fixed.document, config, files, limit);
    if !again.applied.is_empty() {
        broken.push("a fix is not idempotent".to_owned());
    }
    let mut everything = config.clone();
    everything.enabled = RuleId::all().collect();
    let serious = |document: &Document| {
        check(document, &everything, files).iter().filter(|d| d.level >= dlint_linter::Level::Error).count()
    };
    if serious(&fixed.document) > serious(document) {
        broken.push("a fix adds an error".to_owned());
    }
    broken
}

/// The block after `after` that holds what is expected, before the next example begins.
fn expected<'b>(page: &'b [Block], after: usize, word: &str) -> Option<&'b Block> {
    page[after + 1..].iter().take_while(|block| !block.is("bad") && !block.is("good")).find(|block| block.is(word))
}

#[test]
fn every_example_on_a_page_is_true() {
    let update = std::env::var_os("DLINT_UPDATE").is_some();
    let mut report = String::new();
    for rule in RuleId::all() {
        let path = page_path(rule.rule());
        let page = std::fs::read_to_string(&path).unwrap();
        let blocks = blocks(&page);
        let outcome = run(rule, &blocks);
        let mut problems = outcome.problems;
        // What another program finds, no example can show.
        let is_external = rule.rule().on.iter().all(|on| matches!(on, On::External(_)));
        if !is_external && (outcome.bad == 0 || outcome.good == 0) {
            problems.push("a page needs a bad example and a good one".to_owned());
        }
        match rule.rule().fix {
            FixAvailability::Always if outcome.without_fix => problems.push("`fix` is not always".to_owned()),
            FixAvailability::None if outcome.with_fix => problems.push("`fix` is not none".to_owned()),
            FixAvailability::Sometimes if !(outcome.with_fix && outcome.without_fix) => {
                problems.push("`fix: Sometimes` wants an example with a fix and one without".to_owned());
            }
            _ => {}
        }
        if update {
            std::fs::write(&path, rewrite(&page, &blocks, &outcome.expectations)).unwrap();
        } else {
            for expectation in &outcome.expectations {
                let found = expected(&blocks, expectation.block, expectation.word).map_or("(no block)\n", |b| &b.text);
                if found != expectation.text {
                    problems.push(format!(
                        "line {}: `{}` should be\n{}but is\n{found}",
                        blocks[expectation.block].open + 1,
                        expectation.word,
                        expectation.text
                    ));
                }
            }
        }
        for problem in problems {
            writeln!(report, "{}: {problem}", path.display()).unwrap();
        }
    }
    assert!(report.is_empty(), "{report}\n`DLINT_UPDATE=1 cargo test --test pages` rewrites the expected blocks");
}

/// The page with the expected blocks rewritten, or added after their example where there are none.
fn rewrite(page: &str, blocks: &[Block], expectations: &[Expectation]) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for expectation in expectations.iter().rev() {
        let text: Vec<String> = expectation.text.lines().map(str::to_owned).collect();
        if let Some(block) = expected(blocks, expectation.block, expectation.word) {
            lines.splice(block.open + 1..block.close, text);
        } else {
            let example = &blocks[expectation.block];
            let after = match expected(blocks, expectation.block, "report") {
                Some(report) if expectation.word != "report" => report.close,
                _ => example.close,
            };
            let language = if expectation.word == "report" { "text" } else { example.info[0].as_str() };
            let mut insert = vec![String::new(), format!("```{language} {}", expectation.word)];
            insert.extend(text);
            insert.push("```".to_owned());
            lines.splice(after + 1..=after, insert);
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn rules_keep_the_conventions() {
    for rule in RULES {
        let name = rule.name;
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}: kebab-case");
        for prefix in ["no-", "require-", "prefer-", "avoid-"] {
            assert!(!name.starts_with(prefix), "{name}: a name says what is wrong, not what to do");
        }
        assert!(rule.docs.starts_with(&format!("# {name}\n\n")), "{name}: the page starts with its name");
        assert_eq!(rule.category == Category::Security, rule.cvss.is_some(), "{name}: CVSS where it is security");
        assert!(rule.cvss.is_none_or(dlint_linter::severity::Cvss::is_valid), "{name}: the vector cannot be read");
        assert!(!rule.summary.ends_with('.') && rule.summary.len() <= 90, "{name}: a summary is one short line");
        assert!(rule.aliases.iter().all(|alias| alias.contains(':')), "{name}: an alias is tool:code");
        assert!(!rule.on.is_empty(), "{name}: looks at nothing");
        let module = page_path(rule).with_extension("rs");
        assert!(module.exists(), "{name}: {} is missing", module.display());
    }
    assert!(RULES.is_sorted_by_key(|rule| rule.name), "RULES is sorted");
}
