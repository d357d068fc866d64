//! One span per call, behind the feature `tracing`; without it everything here is nothing.

use crate::operation::Info;
use crate::retry::Outcome;
use http::StatusCode;
use std::time::Duration;

/// The span of a call: operation, method, path template, status and attempts. Never arguments, bodies or credentials.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn call(info: &Info) -> Self {
        let span = tracing::info_span!(
            "call",
            operation = info.name,
            method = info.method.as_str(),
            path = info.path,
            status = tracing::field::Empty,
            attempts = tracing::field::Empty,
        );
        Self { span }
    }

    pub(crate) fn retry(&self, attempt: u32, outcome: Outcome, wait: Duration) {
        self.span.in_scope(|| tracing::debug!(attempt, ?outcome, ?wait, "sending again"));
    }

    pub(crate) fn end(&self, status: Option<StatusCode>, attempts: u32) {
        if let Some(status) = status {
            self.span.record("status", status.as_u16());
        }
        self.span.record("attempts", attempts);
    }

    #[cfg(feature = "async")]
    pub(crate) fn around<T>(&self, future: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        self.span.in_scope(work)
    }
}

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn call(_info: &Info) -> Self {
        Self {}
    }

    pub(crate) fn retry(&self, _attempt: u32, _outcome: Outcome, _wait: Duration) {}

    pub(crate) fn end(&self, _status: Option<StatusCode>, _attempts: u32) {}

    #[cfg(feature = "async")]
    pub(crate) fn around<T>(&self, future: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
        future
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }
}
