//! "Did you mean": the known name that is nearest to an unknown one.

/// Longer words, in bytes, are not like any name; comparing them would take long.
const LONGEST: usize = 64;

/// The candidate nearest to `word`, ignoring ASCII case, if it is near enough to be worth proposing: at most two edits
/// (insertion, deletion, substitution, swap of neighbours), and fewer than half the characters of the word.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let length = word.chars().count();
    let allowed = (length.saturating_sub(1) / 2).min(2);
    let letters = letters(&word);
    candidates
        .into_iter()
        // Each edit changes the length by one at most, and the set of letters by two.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .filter(|candidate| (self::letters(candidate) ^ letters).count_ones() as usize <= 2 * allowed)
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_ascii_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The set of the characters of a text, without regard to ASCII case; several may share a bit.
fn letters(text: &str) -> u64 {
    text.chars().fold(0, |set, char| set | 1 << (u32::from(char.to_ascii_lowercase()) % 64))
}

/// Whether two names are the same but for capitals and what stands between their words: `memLimit`, `mem-limit`, `mem_limit`.
pub fn is_alike(one: &str, other: &str) -> bool {
    plain(one).eq(plain(other))
}

/// The characters of a name that tell it from others.
fn plain(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b' ' | b'.')).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn proposes_only_near_names() {
        let names = ["FROM", "RUN", "COPY", "EXPOSE"];
        assert_eq!(nearest("FORM", names), Some("FROM"));
        assert_eq!(nearest("copi", names), Some("COPY"));
        assert_eq!(nearest("EXPOES", names), Some("EXPOSE"));
        assert_eq!(nearest("BOGUS", names), None);
        assert_eq!(nearest("X", names), None);
    }
}
