//! Where the next page of a list is: pure rules, used by emitted `Paged` implementations.

use crate::error::excerpt;
use http::HeaderMap;
use std::fmt;

/// Where the next page is.
#[derive(Clone, PartialEq, Eq)]
pub enum Cursor {
    /// There is no further page.
    End,
    /// The next page starts at this entry, counted from 0.
    Offset(i64),
    /// The next page has this number.
    Page(i64),
    /// The server's own word for the next page.
    Token(String),
}

impl Cursor {
    /// The page after one that started at `offset` and brought `count` entries.
    ///
    /// `limit` is the page size asked for and `total` the server's count of all entries. Servers cap page sizes and
    /// miscount, so both are hints: the list ends on an empty page, or on a short page that also reaches `total`.
    #[must_use]
    pub fn offset(offset: i64, count: usize, limit: Option<i64>, total: Option<i64>) -> Self {
        let next = offset.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
        if is_last(next, count, limit, total) { Self::End } else { Self::Offset(next) }
    }

    /// The page after page number `page`, which brought `count` entries; `first` is the number of the first page.
    ///
    /// `size` is the page size asked for and `total` the server's count of all entries, both hints as for
    /// [`offset`](Self::offset).
    #[must_use]
    pub fn page(page: i64, first: i64, count: usize, size: Option<i64>, total: Option<i64>) -> Self {
        let count_here = i64::try_from(count).unwrap_or(i64::MAX);
        let pages_before = page.saturating_sub(first);
        let seen = size.map_or(0, |size| pages_before.saturating_mul(size)).saturating_add(count_here);
        // More than there are: the pages before were no longer than this one.
        let is_capped = total.is_some_and(|total| seen > total);
        let seen = if is_capped { pages_before.saturating_add(1).saturating_mul(count_here) } else { seen };
        if is_last(seen, count, size, total) { Self::End } else { Self::Page(page.saturating_add(1)) }
    }

    /// The page a server's token names; an absent or empty token ends the list.
    #[must_use]
    pub fn token(token: Option<impl Into<String>>) -> Self {
        match token.map(Into::into) {
            Some(token) if !token.is_empty() => Self::Token(token),
            _ => Self::End,
        }
    }

    /// How many entries there are in all, as a header says; `None` if it does not.
    #[must_use]
    pub fn total(headers: &HeaderMap, name: &str) -> Option<i64> {
        headers.get(name)?.to_str().ok()?.trim().parse().ok()
    }

    /// The offset, if that is what this cursor is.
    #[must_use]
    pub fn as_offset(&self) -> Option<i64> {
        if let Self::Offset(offset) = self { Some(*offset) } else { None }
    }

    /// The page number, if that is what this cursor is.
    #[must_use]
    pub fn as_page(&self) -> Option<i64> {
        if let Self::Page(page) = self { Some(*page) } else { None }
    }

    /// The token, if that is what this cursor is.
    #[must_use]
    pub fn as_token(&self) -> Option<&str> {
        if let Self::Token(token) = self { Some(token) } else { None }
    }
}

/// A full page may have a successor whatever the total says; a short one ends the list unless the total knows more. One that is
/// longer than asked for and holds all there is comes from a service that does not page.
fn is_last(seen: i64, count: usize, limit: Option<i64>, total: Option<i64>) -> bool {
    let here = i64::try_from(count).unwrap_or(i64::MAX);
    let full = limit.is_some_and(|limit| here >= limit);
    let whole = limit.is_some_and(|limit| here > limit) && total.is_some_and(|total| here >= total);
    count == 0 || whole || (!full && total.is_none_or(|total| seen >= total))
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("End"),
            Self::Offset(offset) => write!(f, "Offset({offset})"),
            Self::Page(page) => write!(f, "Page({page})"),
            Self::Token(token) => write!(f, "Token({:?})", excerpt::of(token.as_bytes(), 40)),
        }
    }
}

/// Notices a cursor that repeats: whatever the period, by comparing with a remembered one that moves on at powers
/// of two (Brent's rule), so memory stays constant over any number of pages.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    remembered: Option<Cursor>,
    steps: u64,
    span: u64,
}

impl Guard {
    /// Whether the list may go on to `next`.
    pub(crate) fn admits(&mut self, next: &Cursor) -> bool {
        let moved = match (&self.remembered, next) {
            (Some(Cursor::Offset(before)), Cursor::Offset(next)) => next > before,
            (Some(Cursor::Page(before)), Cursor::Page(next)) => next > before,
            (before, next) => before.as_ref() != Some(next),
        };
        let counts = !matches!(next, Cursor::Token(_));
        self.steps += 1;
        if counts || self.steps > self.span {
            self.remembered = Some(next.clone());
            self.span = (self.span * 2).max(1);
            self.steps = 0;
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets() {
        // (offset, entries, limit, total) -> next
        type Row = (i64, usize, Option<i64>, Option<i64>, Cursor);
        let table: [Row; 12] = [
            (0, 10, Some(10), Some(25), Cursor::Offset(10)),
            (10, 10, Some(10), Some(25), Cursor::Offset(20)),
            (20, 5, Some(10), Some(25), Cursor::End),
            (0, 0, Some(10), Some(25), Cursor::End),
            (0, 10, Some(10), Some(10), Cursor::Offset(10)), // a full page is believed more than the total
            (0, 5, Some(10), Some(25), Cursor::Offset(5)),   // the server caps the page size
            (0, 30, Some(10), Some(30), Cursor::End),        // the server does not page
            (0, 30, Some(10), Some(90), Cursor::Offset(30)), // the server has pages of its own
            (0, 5, Some(10), None, Cursor::End),
            (0, 5, None, None, Cursor::End),
            (0, 5, None, Some(9), Cursor::Offset(5)),
            (i64::MAX, 5, Some(5), None, Cursor::Offset(i64::MAX)),
        ];
        for (offset, count, limit, total, expected) in table {
            let next = Cursor::offset(offset, count, limit, total);
            assert_eq!(next, expected, "offset {offset}, {count} entries, limit {limit:?}, total {total:?}");
        }
    }

    #[test]
    fn pages() {
        type Row = (i64, i64, usize, Option<i64>, Option<i64>, Cursor);
        let table: [Row; 11] = [
            (2, 1, 60, Some(100), Some(150), Cursor::Page(3)), // the server caps the page size
            (3, 1, 30, Some(100), Some(150), Cursor::Page(4)), // and this is its last page, which nobody can know
            (2, 1, 60, Some(100), Some(120), Cursor::End),
            (1, 1, 10, Some(10), Some(25), Cursor::Page(2)),
            (1, 1, 30, Some(10), Some(30), Cursor::End), // the server does not page
            (1, 1, 30, Some(10), None, Cursor::Page(2)), // perhaps it does
            (3, 1, 5, Some(10), Some(25), Cursor::End),
            (2, 0, 5, Some(10), Some(25), Cursor::End),
            (1, 1, 5, Some(10), Some(25), Cursor::Page(2)),
            (1, 1, 0, Some(10), Some(25), Cursor::End),
            (1, 1, 5, None, None, Cursor::End),
        ];
        for (page, first, count, size, total, expected) in table {
            let next = Cursor::page(page, first, count, size, total);
            assert_eq!(next, expected, "page {page} of {first}.., {count} entries, size {size:?}, total {total:?}");
        }
        assert_eq!(Cursor::token(Some("")), Cursor::End);
        assert_eq!(Cursor::token(None::<String>), Cursor::End);
        assert_eq!(Cursor::token(Some("n")), Cursor::Token("n".into()));
    }

    #[test]
    fn totals() {
        for (text, expected) in [("25", Some(25)), (" 0 ", Some(0)), ("many", None), ("", None), ("2.5", None)] {
            let headers = HeaderMap::from_iter([(http::HeaderName::from_static("x-item-total"), http::HeaderValue::from_static(text))]);
            assert_eq!(Cursor::total(&headers, "X-Item-Total"), expected, "{text:?}");
        }
        assert_eq!(Cursor::total(&HeaderMap::new(), "X-Item-Total"), None);
    }

    #[test]
    fn guard_stops_what_repeats() {
        let cycle = |period: u64| {
            let mut guard = Guard::default();
            (0..1000).position(|n| !guard.admits(&Cursor::Token((n % period).to_string())))
        };
        for period in 1..20 {
            assert!(cycle(period).is_some_and(|at| at < 100), "a cycle of {period} tokens was not noticed");
        }
        let mut guard = Guard::default();
        assert!((0..1000).all(|n| guard.admits(&Cursor::Token(n.to_string()))), "different tokens are all admitted");
        let mut guard = Guard::default();
        let admitted: Vec<bool> = [10, 20, 20].iter().map(|&n| guard.admits(&Cursor::Offset(n))).collect();
        assert_eq!(admitted, [true, true, false], "an offset has to grow");
    }
}
