//! Time, as a value.

use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Where a manual clock starts: 2026-01-01T00:00:00Z in milliseconds.
const EPOCH_MS: u64 = 1_767_225_600_000;

/// The mock's clock: the machine's, or one that a test moves.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    Manual(Arc<AtomicU64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`advance`](Self::advance) moves it. Clones share their time.
    #[must_use]
    pub fn manual() -> Self {
        Self(Source::Manual(Arc::new(AtomicU64::new(EPOCH_MS))))
    }

    /// Moves a manual clock (to the millisecond). The machine's clock cannot be moved: nothing happens.
    pub fn advance(&self, by: Duration) {
        if let Source::Manual(ms) = &self.0 {
            ms.fetch_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::SeqCst);
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp::now(),
            Source::Manual(ms) => {
                let ms = i64::try_from(ms.load(Ordering::SeqCst)).unwrap_or(i64::MAX);
                Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
            }
        }
    }
}
