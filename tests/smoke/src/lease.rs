//! Mock servers that one test after another uses.

use std::fmt;
use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tms_mock::{Mock, qase};

/// Servers of Qase nobody uses at the moment. Reading the document takes longer than most tests: as many servers are started as
/// tests run at the same time.
static IDLE: Mutex<Vec<Mock>> = Mutex::new(Vec::new());

/// A mock server as if freshly started, for one test alone.
pub struct Lease(Option<Mock>);

impl Lease {
    /// A server of Qase.
    ///
    /// # Panics
    /// When none can be started.
    #[must_use]
    pub fn qase() -> Self {
        let idle = idle().pop();
        Self(Some(idle.unwrap_or_else(|| qase::mock().start().unwrap_or_else(|error| panic!("the mock server does not start: {error}")))))
    }

    /// Stops the server.
    pub fn stop(mut self) {
        drop(self.0.take());
    }
}

impl Deref for Lease {
    type Target = Mock;

    fn deref(&self) -> &Mock {
        self.0.as_ref().expect("only `stop` and `drop` take the server, and both end the lease")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(mock) = self.0.take() {
            mock.reset();
            idle().push(mock);
        }
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

fn idle() -> MutexGuard<'static, Vec<Mock>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}
