//! Stateful mock server that judges requests by the spec files alone.
//!
//! It reads the document itself and shares no code with the generator or the runtime, so that a misreading there cannot
//! hide here. Requests that the document does not allow are refused in the API's own error shape, with a [`Verdict`] that
//! says what is wrong; everything else is acted on: what was created can be read, listed, changed and deleted.
//!
//! REST APIs are judged by OpenAPI documents, SOAP services by WSDL and XML Schema ([`soap`]).
//!
//! ```
//! use tms_mock::{Mock, qase};
//!
//! let mock = qase::mock().start()?;
//! mock.seed(qase::CASES, "DEMO", serde_json::json!({ "title": "Login with a wrong password" }))?;
//! println!("{} with token {}", mock.url(), mock.token());
//! // ... point a client at it ...
//! mock.assert_no_verdicts();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod api;
mod behaviour;
mod blob;
mod call;
mod clock;
mod elsewhere;
mod engine;
mod fault;
mod judge;
mod limit;
mod log;
mod mock;
mod operation;
pub mod qacomplete;
pub mod qacomplete_automation;
pub mod qacomplete_soap;
pub mod qase;
pub mod qtest_manager;
mod rest;
mod serve;
mod server;
pub mod soap;
mod spec;
mod store;
mod upload;

pub use answer::{Answer, Payload};
pub use behaviour::{Behaviour, PathHomonym, SeedError};
pub use blob::Blob;
pub use call::Call;
pub use clock::Clock;
pub use fault::Fault;
pub use judge::{Leniency, Problem, Reason, Verdict};
pub use limit::{Allowance, RateLimit};
pub use log::Request;
pub use mock::{Builder, Mock, StartError};
pub use operation::Operation;
pub use serve::serve;
pub use spec::{Letters, Offsets, SpecError};
pub use store::{Collection, Filter, Page, Record, Store, Test};
pub use upload::Upload;

impl Mock {
    /// A mock of Qase, with the samples of its document as data.
    #[must_use]
    pub fn qase() -> Builder {
        qase::mock()
    }

    /// A mock of qTest Manager, with a project that was worked in.
    #[must_use]
    pub fn qtest_manager() -> Builder {
        qtest_manager::mock()
    }

    /// A mock of QAComplete's REST API, with data that the documented samples fit.
    #[must_use]
    pub fn qacomplete() -> Builder {
        qacomplete::mock()
    }

    /// A mock of QAComplete's Test Automation API; hosts that register find a run waiting.
    #[must_use]
    pub fn qacomplete_automation() -> Builder {
        qacomplete_automation::mock()
    }

    /// A mock of QAComplete's SOAP service, with data that the documented samples fit.
    #[must_use]
    pub fn qacomplete_soap() -> Builder {
        qacomplete_soap::mock()
    }
}
