//! How bad a security finding is: CVSS v3.1 base vectors and what follows from them.

use std::cell::RefCell;

use cvss::v3::Vector;

use crate::diagnostic::Level;
use dlint_syntax::hash::HashMap;

/// A CVSS v3.1 base vector. Score and rating are computed from it.
///
/// Source: FIRST, "Common Vulnerability Scoring System v3.1: Specification Document", sections 5 and 7.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cvss {
    vector: &'static str,
}

/// The qualitative rating of a score (specification, section 5); ordered from the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// 0.0
    None,
    /// 0.1 to 3.9
    Low,
    /// 4.0 to 6.9
    Medium,
    /// 7.0 to 8.9
    High,
    /// 9.0 to 10.0
    Critical,
}

impl Rating {
    /// All ratings, from the least.
    pub const ALL: [Self; 5] = [Self::None, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// Its name on the command line and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// From where on findings count: a level, or a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// Findings of at least this level.
    Level(Level),
    /// Findings with at least this rating.
    Rating(Rating),
}

impl Threshold {
    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Level(level) => level.name(),
            Self::Rating(rating) => rating.name(),
        }
    }

    /// The words for it, from the least: levels, then ratings. A rating of none is no threshold.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Level::ALL.map(Level::name).into_iter().chain(Rating::ALL.map(Rating::name).into_iter().skip(1))
    }

    /// The threshold of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        let level = Level::ALL.into_iter().find(|level| level.name() == name).map(Self::Level);
        level.or_else(|| Rating::ALL.into_iter().skip(1).find(|rating| rating.name() == name).map(Self::Rating))
    }
}

thread_local! {
    /// The scores that were asked for: every finding of a rule has the same, and powers take their time.
    static SCORES: RefCell<HashMap<&'static str, f64>> = RefCell::default();
}

impl Cvss {
    /// A vector, written in full: `CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H`. A test checks that every vector of a
    /// rule can be read.
    pub const fn new(vector: &'static str) -> Self {
        Self { vector }
    }

    /// The vector as written.
    pub const fn vector(self) -> &'static str {
        self.vector
    }

    /// The base score, 0.0 to 10.0, in tenths. A vector that cannot be read scores 0.
    pub fn score(self) -> f64 {
        let known = SCORES.with_borrow(|scores| scores.get(self.vector).copied());
        known.unwrap_or_else(|| {
            let score = self.vector.parse::<Vector>().map_or(0.0, |vector| vector.base_score().value());
            SCORES.with_borrow_mut(|scores| scores.insert(self.vector, score));
            score
        })
    }

    /// The score as a word.
    pub fn rating(self) -> Rating {
        let score = self.score();
        if score >= 9.0 {
            Rating::Critical
        } else if score >= 7.0 {
            Rating::High
        } else if score >= 4.0 {
            Rating::Medium
        } else if score > 0.0 {
            Rating::Low
        } else {
            Rating::None
        }
    }

    /// Whether the vector can be read.
    pub fn is_valid(self) -> bool {
        self.vector.starts_with("CVSS:3.1/") && self.vector.parse::<Vector>().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cvss, Rating};

    // Scores worked out with the calculator at first.org.
    #[test]
    fn scores_follow_the_specification() {
        let of = |vector| {
            let cvss = Cvss::new(vector);
            assert!(cvss.is_valid());
            (format!("{:.1}", cvss.score()), cvss.rating())
        };
        assert_eq!(of("CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"), ("9.3".to_owned(), Rating::Critical));
        assert_eq!(of("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H"), ("8.8".to_owned(), Rating::High));
        assert_eq!(of("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:L"), ("5.3".to_owned(), Rating::Medium));
        assert_eq!(of("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:L/A:N"), ("2.5".to_owned(), Rating::Low));
        assert_eq!(of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N"), ("0.0".to_owned(), Rating::None));
        assert!(!Cvss::new("AV:L").is_valid());
    }
}
