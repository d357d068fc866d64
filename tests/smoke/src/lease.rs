//! Mock servers that one test after another uses.

use std::fmt;
use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tms_mock::{Builder, Mock, qacomplete, qacomplete_automation, qacomplete_soap, qase, qtest_manager};

/// Servers of an API nobody uses at the moment. Reading the document takes longer than most tests: as many servers are started
/// as tests run at the same time.
struct Pool {
    mock: fn() -> Builder,
    idle: Mutex<Vec<Mock>>,
}

static QASE: Pool = Pool::new(qase::mock);
static QACOMPLETE: Pool = Pool::new(qacomplete::bare);
static QACOMPLETE_AUTOMATION: Pool = Pool::new(qacomplete_automation::bare);
static QACOMPLETE_SOAP: Pool = Pool::new(qacomplete_soap::bare);
static QTEST_MANAGER: Pool = Pool::new(qtest_manager::mock);

/// A mock server as if freshly started, for one test alone.
pub struct Lease {
    pool: &'static Pool,
    mock: Option<Mock>,
}

impl Pool {
    const fn new(mock: fn() -> Builder) -> Self {
        Self { mock, idle: Mutex::new(Vec::new()) }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Mock>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lease(&'static self) -> Lease {
        let idle = self.idle().pop();
        let started = || (self.mock)().start().unwrap_or_else(|error| panic!("the mock server does not start: {error}"));
        Lease { pool: self, mock: Some(idle.unwrap_or_else(started)) }
    }
}

impl Lease {
    /// A server of Qase.
    ///
    /// # Panics
    /// When none can be started.
    #[must_use]
    pub fn qase() -> Self {
        QASE.lease()
    }

    /// A server of QAComplete, with nothing in its projects.
    ///
    /// # Panics
    /// When none can be started.
    #[must_use]
    pub fn qacomplete() -> Self {
        QACOMPLETE.lease()
    }

    /// A server of QAComplete Test Automation, without hosts.
    ///
    /// # Panics
    /// When none can be started.
    #[must_use]
    pub fn qacomplete_automation() -> Self {
        QACOMPLETE_AUTOMATION.lease()
    }

    /// A server of QAComplete's SOAP service, with nothing in its projects.
    ///
    /// # Panics
    /// When none can be started.
    #[must_use]
    pub fn qacomplete_soap() -> Self {
        QACOMPLETE_SOAP.lease()
    }

    /// A server of qTest Manager, whose project 1 was worked in.
    ///
    /// # Panics
    /// When none can be started.
    #[must_use]
    pub fn qtest_manager() -> Self {
        QTEST_MANAGER.lease()
    }

    /// Stops the server.
    pub fn stop(mut self) {
        drop(self.mock.take());
    }
}

impl Deref for Lease {
    type Target = Mock;

    fn deref(&self) -> &Mock {
        self.mock.as_ref().expect("only `stop` and `drop` take the server, and both end the lease")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(mock) = self.mock.take() {
            mock.reset();
            self.pool.idle().push(mock);
        }
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.mock, f)
    }
}
