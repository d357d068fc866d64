//! How a long list is cut into requests: by number, by bytes, or by whatever else a service counts.

/// How many of the first entries fit into one request: all their sums stay within the limits.
///
/// Each entry says what it counts for against each limit; an entry counts 1 against the limit of their number. One entry is
/// always taken, as it fits nowhere else better.
///
/// ```
/// use tms_runtime::chunk::fitting;
///
/// // At most 3 entries, at most 100 bytes.
/// let sizes = [40, 50, 20, 500, 1].map(|bytes| [1, bytes]);
/// let (mut rest, mut chunks) = (&sizes[..], Vec::new());
/// while !rest.is_empty() {
///     let (chunk, others) = rest.split_at(fitting(&[3, 100], rest));
///     chunks.push(chunk.len());
///     rest = others;
/// }
/// assert_eq!(chunks, [2, 1, 1, 1]);
/// ```
pub fn fitting<'a, const N: usize>(limits: &[u64; N], entries: impl IntoIterator<Item = &'a [u64; N]>) -> usize {
    let mut sums = [0_u64; N];
    let fits = |entry: &&[u64; N]| {
        for (sum, count) in sums.iter_mut().zip(*entry) {
            *sum = sum.saturating_add(*count);
        }
        sums.iter().zip(limits).all(|(sum, limit)| sum <= limit)
    };
    let mut entries = entries.into_iter().peekable();
    let any = entries.peek().is_some();
    entries.take_while(fits).count().max(usize::from(any))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits() {
        type Row<'a> = (&'a [[u64; 2]], [u64; 2], usize);
        let table: [Row<'_>; 9] = [
            (&[], [3, 100], 0),
            (&[[1, 1]], [3, 100], 1),
            (&[[1, 500], [1, 1]], [3, 100], 1),
            (&[[1, 1], [1, 500]], [3, 100], 1),
            (&[[1, 50], [1, 50], [1, 1]], [3, 100], 2),
            (&[[1, 0]; 9], [3, 100], 3),
            (&[[1, 0]; 9], [0, 0], 1),
            (&[[1, u64::MAX]; 2], [3, u64::MAX], 2),
            (&[[1, 0], [1, 0], [0, 0], [0, 0]], [2, 100], 4),
        ];
        for (entries, limits, expected) in table {
            assert_eq!(fitting(&limits, entries), expected, "{entries:?} within {limits:?}");
        }
    }

    #[test]
    fn chunks_are_whole_and_as_long_as_they_can_be() {
        for seed in 0..500 {
            let mut random = fastrand::Rng::with_seed(seed);
            let entries: Vec<[u64; 2]> = (0..random.usize(0..60)).map(|_| [1, random.u64(0..40)]).collect();
            let limits = [random.u64(1..8), random.u64(0..80)];
            let (mut rest, mut taken) = (entries.as_slice(), 0);
            while !rest.is_empty() {
                let (chunk, others) = rest.split_at(fitting(&limits, rest));
                let sum = |entries: &[[u64; 2]], at: usize| entries.iter().map(|entry| entry[at]).sum::<u64>();
                let within = |entries: &[[u64; 2]]| (0..2).all(|at| sum(entries, at) <= limits[at]);
                assert!(chunk.len() == 1 || within(chunk), "seed {seed}: {chunk:?} exceeds {limits:?}");
                assert!(others.is_empty() || !within(&rest[..=chunk.len()]), "seed {seed}: {chunk:?} could be longer");
                taken += chunk.len();
                rest = others;
            }
            assert_eq!(taken, entries.len(), "seed {seed}");
        }
    }
}
