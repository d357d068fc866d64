//! Pages of a list.

/// A slice of a filtered list, with its counters.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// How many there are in all.
    pub total: usize,
    /// How many match the filters.
    pub filtered: usize,
    /// What stands on this page.
    pub entities: Vec<T>,
}

impl<T> Page<T> {
    /// Cuts `limit` items out of the matching ones, from `offset` on.
    pub fn cut(total: usize, matching: Vec<T>, offset: usize, limit: usize) -> Self {
        let filtered = matching.len();
        Self { total, filtered, entities: matching.into_iter().skip(offset).take(limit).collect() }
    }
}
