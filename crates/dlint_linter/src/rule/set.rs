//! Sets of rules.

use super::RuleId;

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleSet([u64; RuleSet::WORDS]);

impl RuleSet {
    const WORDS: usize = 8;
    /// How many rules a set can hold.
    pub const CAPACITY: usize = Self::WORDS * 64;

    /// No rule.
    pub const fn empty() -> Self {
        Self([0; Self::WORDS])
    }

    const fn with(mut self, index: usize) -> Self {
        self.0[index / 64] |= 1 << (index % 64);
        self
    }

    /// Adds a rule.
    pub fn insert(&mut self, rule: RuleId) {
        *self = self.with(usize::from(rule.0));
    }

    /// Removes a rule.
    pub fn remove(&mut self, rule: RuleId) {
        let index = usize::from(rule.0);
        self.0[index / 64] &= !(1 << (index % 64));
    }

    /// Whether it holds a rule.
    pub fn contains(&self, rule: RuleId) -> bool {
        let index = usize::from(rule.0);
        self.0[index / 64] & (1 << (index % 64)) != 0
    }

    /// The rules that one of the sets holds.
    #[must_use]
    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut words = self.0;
        for (word, other) in words.iter_mut().zip(other.0) {
            *word |= other;
        }
        Self(words)
    }

    /// The rules that both sets hold.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut words = self.0;
        for (word, other) in words.iter_mut().zip(other.0) {
            *word &= other;
        }
        Self(words)
    }

    /// Whether it holds no rule.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Its rules, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = RuleId> + '_ {
        self.0.iter().enumerate().flat_map(|(index, &word)| {
            let mut word = word;
            std::iter::from_fn(move || {
                if word == 0 {
                    return None;
                }
                let bit = word.trailing_zeros() as usize;
                word &= word - 1;
                Some(RuleId((index * 64 + bit) as u16))
            })
        })
    }
}

impl FromIterator<RuleId> for RuleSet {
    fn from_iter<I: IntoIterator<Item = RuleId>>(rules: I) -> Self {
        let mut set = Self::empty();
        for rule in rules {
            set.insert(rule);
        }
        set
    }
}
