//! What a run came to, counted.

use std::collections::BTreeMap;

use dlint_linter::severity::Threshold;
use dlint_linter::suppress::Suppressor;
use dlint_linter::{Checked, Language, Level, RuleId, Safety};

use crate::discover::Note;
use crate::paths::display;

/// How many findings there are, by what people ask for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    /// By level, in the order of [`Level::ALL`].
    levels: [usize; 4],
    /// By rating, in the order of [`Rating::ALL`]; findings without one are not among them.
    ratings: [usize; 5],
    /// By rule.
    pub(crate) rules: BTreeMap<RuleId, usize>,
    /// How many `--fix` would mend.
    pub(crate) safe: usize,
    /// How many more `--unsafe-fixes` would mend.
    pub(crate) risky: usize,
    /// How many findings comments suppress; they are in none of the other numbers.
    pub(crate) commented: usize,
    /// How many the configuration suppresses, for services; they are in none of the other numbers.
    pub(crate) configured: usize,
    /// How many findings the baseline has; they are in none of the other numbers.
    pub(crate) known: usize,
}

impl Counts {
    /// Counts findings.
    pub(crate) fn of(checked: &Checked) -> Self {
        let commented = checked.suppressed.iter().filter(|it| it.by == Suppressor::Comment).count();
        let configured = checked.suppressed.len() - commented;
        let mut counts = Self { commented, configured, ..Self::default() };
        for diagnostic in &checked.diagnostics {
            counts.levels[diagnostic.level as usize] += 1;
            if let Some(cvss) = diagnostic.cvss {
                counts.ratings[cvss.rating() as usize] += 1;
            }
            *counts.rules.entry(diagnostic.rule).or_default() += 1;
            match diagnostic.fixes.iter().map(|fix| fix.safety).min() {
                Some(Safety::Safe) => counts.safe += 1,
                Some(Safety::Unsafe) => counts.risky += 1,
                Some(Safety::Display) | None => {}
            }
        }
        counts
    }

    /// Adds the findings of another file.
    pub(crate) fn add(&mut self, other: &Self) {
        for (sum, count) in self.levels.iter_mut().zip(other.levels) {
            *sum += count;
        }
        for (sum, count) in self.ratings.iter_mut().zip(other.ratings) {
            *sum += count;
        }
        for (&rule, count) in &other.rules {
            *self.rules.entry(rule).or_default() += count;
        }
        self.safe += other.safe;
        self.risky += other.risky;
        self.commented += other.commented;
        self.configured += other.configured;
        self.known += other.known;
    }

    /// The number of findings of a level.
    pub(crate) fn level(&self, level: Level) -> usize {
        self.levels[level as usize]
    }

    /// The number of findings.
    pub(crate) fn total(&self) -> usize {
        self.levels.iter().sum()
    }

    /// Whether there is a finding at or above a level or rating.
    pub(crate) fn reaches(&self, threshold: Threshold) -> bool {
        let counts = match threshold {
            Threshold::Level(level) => &self.levels[level as usize..],
            Threshold::Rating(rating) => &self.ratings[rating as usize..],
        };
        counts.iter().any(|&count| count > 0)
    }
}

/// What a run came to.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// The findings.
    pub(crate) counts: Counts,
    /// How many files were linted, by language, in the order of [`Language::ALL`].
    files: [usize; 3],
    /// How many of them have findings.
    pub(crate) affected: usize,
    /// How many fixes were made, or would be.
    pub(crate) fixed: usize,
    /// In how many files.
    pub(crate) fixed_files: usize,
    /// What was left out.
    pub(crate) skipped: Vec<Note>,
    /// What could not be linted.
    pub(crate) problems: Vec<Note>,
}

impl Summary {
    /// Before the first file.
    pub(crate) fn new(skipped: Vec<Note>, problems: Vec<Note>) -> Self {
        Self { skipped, problems, ..Self::default() }
    }

    /// Adds a file that was linted.
    pub(crate) fn add(&mut self, language: Language, counts: &Counts, fixed: usize) {
        self.files[language as usize] += 1;
        self.counts.add(counts);
        self.affected += usize::from(counts.total() > 0);
        self.fixed += fixed;
        self.fixed_files += usize::from(fixed > 0);
    }

    /// How many files of a language were linted.
    pub(crate) fn files_of(&self, language: Language) -> usize {
        self.files[language as usize]
    }

    /// How many files were linted.
    pub(crate) fn files(&self) -> usize {
        self.files.iter().sum()
    }

    /// The last lines of a report for people.
    pub(crate) fn lines(&self) -> Vec<String> {
        const SHOWN: usize = 5;
        let mut lines = Vec::new();
        let files = self.files();
        let kinds: Vec<String> = Language::ALL
            .into_iter()
            .filter(|&language| self.files_of(language) > 0)
            .map(|language| count_of(self.files_of(language), language))
            .collect();
        let kinds = list(&kinds);
        if files == 0 {
            // There is nothing to say about findings; why there are no files is said elsewhere.
        } else if self.counts.total() == 0 {
            lines.push(format!("No findings in {kinds}"));
        } else {
            let levels: Vec<String> = Level::ALL
                .into_iter()
                .rev()
                .filter(|&level| self.counts.level(level) > 0)
                .map(|level| count_of_level(self.counts.level(level), level))
                .collect();
            let levels = list(&levels);
            let place = if files == 1 { kinds } else { format!("{} of {files} files ({kinds})", self.affected) };
            lines.push(format!("Found {levels} in {place}"));
        }
        match (self.counts.safe, self.counts.risky) {
            (0, 0) => {}
            (safe, 0) => lines.push(format!("`--fix` can mend {safe}")),
            (0, risky) => lines.push(format!("`--fix --unsafe-fixes` can mend {risky}")),
            (safe, risky) => lines.push(format!("`--fix` can mend {safe}, `--fix --unsafe-fixes` {risky} more")),
        }
        match self.counts.commented {
            0 => {}
            1 => lines.push("1 finding is ignored by a comment".to_owned()),
            n => lines.push(format!("{n} findings are ignored by comments")),
        }
        match self.counts.configured {
            0 => {}
            1 => lines.push("1 finding is ignored by the configuration for its service".to_owned()),
            n => lines.push(format!("{n} findings are ignored by the configuration for their services")),
        }
        match self.counts.known {
            0 => {}
            1 => lines.push("1 finding of the baseline is not shown".to_owned()),
            n => lines.push(format!("{n} findings of the baseline are not shown")),
        }
        for note in self.skipped.iter().take(SHOWN) {
            lines.push(format!("Skipped `{}`, which {}", display(&note.path), note.message));
        }
        if self.skipped.len() > SHOWN {
            lines.push(format!("Skipped {} more", self.skipped.len() - SHOWN));
        }
        match self.problems.len() {
            0 => {}
            1 => lines.push("1 file could not be linted".to_owned()),
            n => lines.push(format!("{n} files could not be linted")),
        }
        lines
    }

    /// What fixing did, as a sentence; `would` if it only tried.
    pub(crate) fn fixed_line(&self, would: bool) -> String {
        let verb = if would { "Would fix" } else { "Fixed" };
        let findings = counted(self.fixed, "finding");
        format!("{verb} {findings} in {}", counted(self.fixed_files, "file"))
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn count_of_level(count: usize, level: Level) -> String {
    match level {
        Level::Info => format!("{count} info"),
        _ => counted(count, level.name()),
    }
}

fn count_of(count: usize, language: Language) -> String {
    match language {
        Language::Daemon if count > 1 => format!("{count} daemon.json files"),
        _ => counted(count, language.title()),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use dlint_linter::Language;

    use super::{Counts, Note, Summary};

    fn counts(levels: [usize; 4]) -> Counts {
        Counts { levels, ..Counts::default() }
    }

    #[test]
    fn sentences() {
        let mut summary = Summary::default();
        summary.add(Language::Dockerfile, &counts([0; 4]), 0);
        assert_eq!(summary.lines(), ["No findings in 1 Dockerfile"]);
        summary.add(Language::Compose, &counts([0, 2, 1, 3]), 2);
        summary.add(Language::Compose, &counts([1, 0, 0, 0]), 0);
        summary.counts.safe = 2;
        summary.counts.risky = 1;
        summary.skipped.push(Note { path: PathBuf::from("x"), message: "is a link out of the project".to_owned() });
        assert_eq!(
            summary.lines(),
            [
                "Found 3 errors, 1 warning, 2 info and 1 hint in 2 of 3 files (1 Dockerfile and 2 Compose files)",
                "`--fix` can mend 2, `--fix --unsafe-fixes` 1 more",
                "Skipped `x`, which is a link out of the project",
            ]
        );
        assert_eq!(summary.fixed_line(false), "Fixed 2 findings in 1 file");
    }
}
