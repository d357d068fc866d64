//! The span of a call: what it says, and what it does not.

mod support;

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use support::api::{self, SECRET, case, get};
use support::both::block_on;
use support::service::{self, ACCESS, LOGIN, PASSWORD, REFRESH, tokens};
use tms_runtime::{Async, Blocking, MemoryTransport};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes everything it is told into one text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn write(&self, kind: &str, visit: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(String::new());
        visit(&mut fields);
        let mut log = self.0.lock().expect("nobody panicked");
        let _ = writeln!(log, "{kind}{}", fields.0);
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("tms_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(span.metadata().name(), |fields| span.record(fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.write("record", |fields| values.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write("event", |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn one_span_per_call() {
    let script = || {
        let memory = MemoryTransport::new();
        let refused = http::Response::builder().status(429).header("retry-after", "2").body("");
        memory.answer(refused.expect("a valid answer")).json(200, case(1));
        memory
    };
    let expected = "call operation=\"cases.get\" method=\"GET\" path=\"/case/{code}/{id}\"\n\
                    event message=sending again attempt=1 outcome=Answer(429, Some(2s)) wait=2s\n\
                    record status=200\nrecord attempts=2\n";
    let run_async = || {
        let client = api::builder::<Async>(&api::API).transport(Arc::new(script())).build().expect("a client");
        block_on(client.send(&get(1))).expect("an answer")
    };
    let run_blocking = || {
        let client = api::builder::<Blocking>(&api::API).transport(Arc::new(script())).build().expect("a client");
        client.send(&get(1)).expect("an answer")
    };
    for run in [&run_async as &dyn Fn() -> api::Case, &run_blocking] {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), run);
        let log = log.0.lock().expect("nobody panicked").clone();
        assert!(!log.contains(SECRET), "a secret in: {log}");
        assert_eq!(log, expected);
    }
}

#[test]
fn a_login_is_a_call_of_its_own() {
    let script = || {
        let memory = MemoryTransport::new();
        memory.json(200, tokens(1, 300)).json(401, "{}").json(200, tokens(2, 300)).json(200, case(1));
        memory
    };
    let login = "call operation=\"login\" method=\"POST\" path=\"(token)\"\nrecord status=200\nrecord attempts=1\n";
    let expected = format!(
        "call operation=\"cases.get\" method=\"GET\" path=\"/case/{{code}}/{{id}}\"\n{login}{login}record status=200\nrecord attempts=1\n"
    );
    let run_async = || {
        let client = service::builder::<Async>(&LOGIN).transport(Arc::new(script())).build().expect("a client");
        block_on(client.send(&get(1))).expect("an answer")
    };
    let run_blocking = || {
        let client = service::builder::<Blocking>(&LOGIN).transport(Arc::new(script())).build().expect("a client");
        client.send(&get(1)).expect("an answer")
    };
    for run in [&run_async as &dyn Fn() -> api::Case, &run_blocking] {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), run);
        let log = log.0.lock().expect("nobody panicked").clone();
        for secret in [PASSWORD, ACCESS, REFRESH] {
            assert!(!log.contains(secret), "a secret in: {log}");
        }
        assert_eq!(log, expected);
    }
}
