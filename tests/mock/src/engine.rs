//! From a request to what goes over the wire: the API judges it and acts on it, scripted faults come between.

use crate::answer::Answer;
use crate::api::{Act, Api, Reading};
use crate::behaviour::SeedError;
use crate::call::Incoming;
use crate::clock::Clock;
use crate::fault::{self, Fault, Manner, Script, Source, Timing};
use crate::judge::{Problem, Reason, Refusal, Verdict};
use crate::limit::Limiter;
use crate::log::Request;
use crate::server::Handle;
use crate::store::{Collection, Store};
use http::{HeaderValue, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the server does with a request.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) delay: Duration,
    pub(crate) delivery: Delivery,
}

#[derive(Debug)]
pub(crate) enum Delivery {
    Whole(Answer),
    /// Only the first bytes of the body, then the connection ends.
    Truncated(Answer, usize),
    Reset,
}

/// One API being mocked.
pub(crate) struct Engine {
    pub(crate) api: Box<dyn Api>,
    clock: Clock,
    state: Mutex<State>,
}

/// Everything that changes while the mock runs.
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) script: Script,
    pub(crate) requests: Vec<Request>,
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) hits: BTreeMap<String, usize>,
    /// Requests to the second address.
    pub(crate) elsewhere: Vec<Request>,
    limiter: Limiter,
}

impl Engine {
    pub(crate) fn new(api: Box<dyn Api>, clock: Clock, limiter: Limiter) -> Arc<Self> {
        let mut store = Store::default();
        api.seed(&mut store);
        let hits = api.operations().iter().map(|o| (o.id().to_owned(), 0)).collect();
        let (requests, verdicts, elsewhere, script) = (Vec::new(), Vec::new(), Vec::new(), Script::default());
        let state = Mutex::new(State { store, script, requests, verdicts, hits, elsewhere, limiter });
        Arc::new(Self { api, clock, state })
    }

    /// A panic in a test that holds the lock must not take the other tests' mock with it.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a record as if it had been there all along.
    pub(crate) fn seed(&self, collection: Collection, scope: &str, fields: Value) -> Result<String, SeedError> {
        let mut state = self.state();
        self.api.insert(&mut state.store, collection, scope, fields, self.clock.now())
    }

    /// Back to how it started.
    pub(crate) fn reset(&self) {
        let mut state = self.state();
        state.store = Store::default();
        self.api.seed(&mut state.store);
        state.script.clear();
        state.requests.clear();
        state.verdicts.clear();
        state.elsewhere.clear();
        state.hits.values_mut().for_each(|hits| *hits = 0);
        state.limiter.reset();
    }

    fn process(&self, incoming: &Incoming, request: &mut Request, state: &mut State) -> Outcome {
        let now = self.clock.now();
        let State { limiter, store, .. } = &mut *state;
        let mut admit = || limiter.admit(self.api.token(), now);
        match self.api.read(incoming, store, now, &mut admit) {
            Reading::Allowed(call) => {
                request.operation = Some(call.operation().to_owned());
                self.perform(call.as_ref(), incoming, state)
            }
            Reading::Refused(Refusal { operation, problems, .. }, answer) => {
                request.operation.clone_from(&operation);
                state.verdicts.push(Verdict { operation, request: incoming.line(), problems });
                at_once(answer)
            }
            Reading::Turned { operation, answer } => {
                request.operation = operation;
                at_once(answer)
            }
        }
    }

    fn perform(&self, call: &dyn Act, incoming: &Incoming, state: &mut State) -> Outcome {
        let fault = state.script.take(call.operation()).unwrap_or_else(Fault::pass);
        let acted = match fault.timing {
            Timing::AfterActing => self.act(call, incoming, state),
            Timing::InsteadOfActing => Answer::empty(StatusCode::OK),
        };
        let mut answer = match fault.source {
            Source::Behaviour => acted,
            Source::Own(answer) => answer,
            Source::SeeOther(template) => match fault::see_other(&template, &acted) {
                Ok(answer) => answer,
                Err(why) => own_failure(call, incoming, vec![Problem::new(Reason::BadFault, "fault", why)], state),
            },
            Source::Refusal(status, message) => call.refuse(status, &[Problem::new(Reason::Scripted, "", message)]),
        };
        if let Err(why) = fault::rewrite(&mut answer, fault.edits) {
            answer = own_failure(call, incoming, vec![Problem::new(Reason::BadFault, "fault", why)], state);
        }
        answer.headers.extend(fault.headers);
        let delivery = match fault.delivery {
            Manner::Whole => Delivery::Whole(answer),
            Manner::Truncated(keep) => Delivery::Truncated(answer, keep),
            Manner::Reset => Delivery::Reset,
        };
        Outcome { delay: fault.delay, delivery }
    }

    fn tell_limit(&self, outcome: &mut Outcome, state: &State) {
        let Delivery::Whole(answer) = &mut outcome.delivery else { return };
        let allowance = state.limiter.allowance(self.api.token(), self.clock.now());
        for (name, number) in allowance.map(|allowance| self.api.limit_headers(&allowance)).unwrap_or_default() {
            // A fault may tell something else.
            answer.headers.entry(name).or_insert(HeaderValue::from(number));
        }
    }

    fn act(&self, call: &dyn Act, incoming: &Incoming, state: &mut State) -> Answer {
        let answer = match call.act(&mut state.store, self.clock.now()) {
            Ok(answer) => answer,
            Err(problems) => return own_failure(call, incoming, problems, state),
        };
        if answer.status.is_success() {
            *state.hits.entry(call.operation().to_owned()).or_default() += 1;
        }
        answer
    }
}

impl Handle for Engine {
    fn handle(&self, incoming: &Incoming) -> Outcome {
        let mut state = self.state();
        let mut request = Request::new(incoming, self.api.secret_headers());
        let mut outcome = self.process(incoming, &mut request, &mut state);
        self.tell_limit(&mut outcome, &state);
        request.status = match &outcome.delivery {
            Delivery::Whole(answer) | Delivery::Truncated(answer, _) => Some(answer.status),
            Delivery::Reset => None,
        };
        state.requests.push(request);
        outcome
    }
}

fn own_failure(call: &dyn Act, incoming: &Incoming, problems: Vec<Problem>, state: &mut State) -> Answer {
    let answer = call.refuse(StatusCode::INTERNAL_SERVER_ERROR, &problems);
    state.verdicts.push(Verdict { operation: Some(call.operation().to_owned()), request: incoming.line(), problems });
    answer
}

pub(crate) fn at_once(answer: Answer) -> Outcome {
    Outcome { delay: Duration::ZERO, delivery: Delivery::Whole(answer) }
}
