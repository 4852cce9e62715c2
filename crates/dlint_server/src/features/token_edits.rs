//! From one list of what pieces of a text are to the next: the one edit that is smallest.

/// Some entries of a list that are others in the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListEdit<T> {
    /// The first of them.
    pub(crate) start: usize,
    /// How many there are.
    pub(crate) deleted: usize,
    /// What stands there instead.
    pub(crate) inserted: Vec<T>,
}

/// The edit that makes `new` of `old`; nothing where they are the same. What stays is before it and behind it: entries that are told
/// from where the one before begins are the same wherever they stand, so that one place of a text is one place of the list.
pub(crate) fn edit<T: PartialEq + Clone>(old: &[T], new: &[T]) -> Option<ListEdit<T>> {
    let same = |pair: &(&T, &T)| pair.0 == pair.1;
    let start = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
    if old_rest.is_empty() && new_rest.is_empty() {
        return None;
    }
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
    let inserted = new_rest.get(..new_rest.len() - end)?.to_vec();
    Some(ListEdit { start, deleted: old_rest.len() - end, inserted })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::edit;

    #[test]
    fn an_edit_makes_one_list_of_the_other() {
        for (old, new, size) in [
            (&[1, 2, 3][..], &[1, 9, 3][..], 2),
            (&[1, 1], &[1, 1, 1], 1),
            (&[1, 1, 1], &[1, 1], 1),
            (&[], &[1], 1),
            (&[1, 2], &[], 2),
            (&[1, 2, 1, 2], &[1, 2], 2),
        ] {
            let it = edit(old, new).unwrap();
            assert_eq!(it.deleted + it.inserted.len(), size, "{old:?} {new:?}");
            let mut list = old.to_vec();
            list.splice(it.start..it.start + it.deleted, it.inserted);
            assert_eq!(list, new);
        }
        assert_eq!(edit(&[1, 2], &[1, 2]), None);
        assert_eq!(edit::<u8>(&[], &[]), None);
    }
}
