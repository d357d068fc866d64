//! From a request to what goes over the wire: route, credentials, limit, judge, faults, behaviour, judge again.

use crate::answer::Answer;
use crate::behaviour::{Behaviour, SeedError};
use crate::call::{Call, Incoming};
use crate::clock::Clock;
use crate::fault::{self, Fault, Manner, Script, Source, Timing};
use crate::judge::{self, Leniency, Problem, Reason, Refusal, Verdict};
use crate::limit::Limiter;
use crate::log::Request;
use crate::spec::{Lookup, Operation, PathTexts, Spec, Template};
use crate::store::{Collection, Store};
use http::header::{ALLOW, RETRY_AFTER};
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
    pub(crate) spec: Arc<Spec>,
    behaviour: Box<dyn Behaviour>,
    leniency: Leniency,
    token: String,
    secret_headers: Vec<String>,
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
    limiter: Limiter,
}

impl Engine {
    pub(crate) fn new(
        spec: Arc<Spec>,
        behaviour: Box<dyn Behaviour>,
        leniency: Leniency,
        token: String,
        clock: Clock,
        limiter: Limiter,
    ) -> Arc<Self> {
        let mut store = Store::default();
        behaviour.seed(&mut store);
        let hits = spec.operations().iter().map(|o| (o.id().to_owned(), 0)).collect();
        let (requests, verdicts, script) = (Vec::new(), Vec::new(), Script::default());
        let state = Mutex::new(State { store, script, requests, verdicts, hits, limiter });
        let secret_headers = spec.credential_headers();
        Arc::new(Self { spec, behaviour, leniency, token, secret_headers, clock, state })
    }

    /// A panic in a test that holds the lock must not take the other tests' mock with it.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Adds a record as if it had been there all along.
    pub(crate) fn seed(&self, collection: Collection, scope: &str, fields: Value) -> Result<String, SeedError> {
        let mut state = self.state();
        self.behaviour.insert(&mut state.store, collection, scope, fields, self.clock.now())
    }

    /// Back to how it started.
    pub(crate) fn reset(&self) {
        let mut state = self.state();
        state.store = Store::default();
        self.behaviour.seed(&mut state.store);
        state.script.clear();
        state.requests.clear();
        state.verdicts.clear();
        state.hits.values_mut().for_each(|hits| *hits = 0);
        state.limiter.reset();
    }

    pub(crate) fn handle(&self, incoming: &Incoming) -> Outcome {
        let mut state = self.state();
        let mut request = Request::new(incoming, &self.secret_headers);
        let outcome = self.process(incoming, &mut request, &mut state);
        request.status = match &outcome.delivery {
            Delivery::Whole(answer) | Delivery::Truncated(answer, _) => Some(answer.status),
            Delivery::Reset => None,
        };
        state.requests.push(request);
        outcome
    }

    fn process(&self, incoming: &Incoming, request: &mut Request, state: &mut State) -> Outcome {
        let (operation, arguments) = match self.route(incoming) {
            Ok(found) => found,
            Err(refusal) => return at_once(self.refuse(incoming, refusal, state)),
        };
        request.operation = Some(operation.id().to_owned());
        let refused = |problems| Refusal { operation: Some(operation.id().to_owned()), problems, allowed: Vec::new() };
        if let Err(problem) = judge::check_credentials(operation, incoming, &self.token) {
            return at_once(self.refuse(incoming, refused(vec![problem]), state));
        }
        if let Err(seconds) = state.limiter.admit(&self.token, self.clock.now()) {
            return at_once(self.too_many(seconds));
        }
        let homonyms = |key: &str| self.behaviour.query_homonyms(key);
        match judge::read_call(operation, arguments, incoming, &homonyms, self.leniency) {
            Ok(call) => self.perform(operation, &call, incoming, state),
            Err(refusal) => at_once(self.refuse(incoming, refusal, state)),
        }
    }

    fn route(&self, incoming: &Incoming) -> Result<(&Operation, PathTexts), Refusal> {
        let unknown = || Refusal {
            operation: None,
            problems: vec![Problem::new(Reason::UnknownPath, "path", format!("no operation has {}", incoming.path))],
            allowed: Vec::new(),
        };
        let path = incoming.path.strip_prefix(self.spec.base()).ok_or_else(unknown)?;
        let documented = match self.leniency {
            Leniency::Strict => None,
            Leniency::Homonyms => self.documented_path(incoming, path),
        };
        match self.spec.lookup(&incoming.method, documented.as_deref().unwrap_or(path)) {
            Lookup::Found { operation, arguments } => Ok((operation, arguments)),
            Lookup::UnknownPath => Err(unknown()),
            Lookup::WrongMethod { allowed } => {
                let message = format!("{} has {}", incoming.path, allowed.join(", "));
                let problems = vec![Problem::new(Reason::WrongMethod, "method", message)];
                Err(Refusal { operation: None, problems, allowed })
            }
        }
    }

    /// The documented path for another spelling of it.
    fn documented_path(&self, incoming: &Incoming, path: &str) -> Option<String> {
        let homonyms = self.behaviour.path_homonyms().iter().filter(|h| h.method == incoming.method);
        homonyms.into_iter().find_map(|homonym| {
            let arguments = Template::parse(homonym.from).ok()?.matches(path)?;
            let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
            let fill = |text: String, (name, value): &(String, String)| text.replace(&format!("{{{name}}}"), &encode(value));
            Some(arguments.iter().fold(homonym.to.to_owned(), fill))
        })
    }

    fn perform(&self, operation: &Operation, call: &Call, incoming: &Incoming, state: &mut State) -> Outcome {
        let fault = state.script.take(operation.id()).unwrap_or_else(Fault::pass);
        let acted = match fault.timing {
            Timing::AfterActing => self.act(operation, call, incoming, state),
            Timing::InsteadOfActing => Answer::empty(StatusCode::OK),
        };
        let mut answer = match fault.source {
            Source::Behaviour => acted,
            Source::Own(answer) => answer,
        };
        if let Err(why) = fault::rewrite(&mut answer, fault.edits) {
            let problem = Problem::new(Reason::BadFault, "fault", why);
            answer = self.own_failure(operation, incoming, vec![problem], state);
        }
        answer.headers.extend(fault.headers);
        let delivery = match fault.delivery {
            Manner::Whole => Delivery::Whole(answer),
            Manner::Truncated(keep) => Delivery::Truncated(answer, keep),
            Manner::Reset => Delivery::Reset,
        };
        Outcome { delay: fault.delay, delivery }
    }

    fn act(&self, operation: &Operation, call: &Call, incoming: &Incoming, state: &mut State) -> Answer {
        let answer = self.behaviour.answer(call, &mut state.store, self.clock.now());
        let problems = judge::check_answer(operation, &answer);
        if !problems.is_empty() {
            return self.own_failure(operation, incoming, problems, state);
        }
        if answer.status.is_success() {
            *state.hits.entry(operation.id().to_owned()).or_default() += 1;
        }
        answer
    }

    fn refuse(&self, incoming: &Incoming, refusal: Refusal, state: &mut State) -> Answer {
        let status = refusal.problems.first().map_or(StatusCode::BAD_REQUEST, |p| self.behaviour.status(p));
        let mut answer = self.behaviour.refuse(status, &refusal.problems);
        if let (false, Ok(value)) = (refusal.allowed.is_empty(), HeaderValue::from_str(&refusal.allowed.join(", "))) {
            answer.headers.insert(ALLOW, value);
        }
        state.verdicts.push(Verdict { operation: refusal.operation, request: incoming.line(), problems: refusal.problems });
        answer
    }

    fn too_many(&self, seconds: u64) -> Answer {
        let problem = Problem::new(Reason::TooManyRequests, "", format!("too many requests: wait {seconds} seconds"));
        self.behaviour.refuse(problem.reason.status(), &[problem]).header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    fn own_failure(&self, operation: &Operation, incoming: &Incoming, problems: Vec<Problem>, state: &mut State) -> Answer {
        let answer = self.behaviour.refuse(StatusCode::INTERNAL_SERVER_ERROR, &problems);
        state.verdicts.push(Verdict { operation: Some(operation.id().to_owned()), request: incoming.line(), problems });
        answer
    }

    /// Signatures of the operations that the behaviour does not know.
    pub(crate) fn unanswered(spec: &Spec, behaviour: &dyn Behaviour) -> Vec<String> {
        spec.operations().iter().map(Operation::signature).filter(|s| !behaviour.knows(s)).collect()
    }
}

fn at_once(answer: Answer) -> Outcome {
    Outcome { delay: Duration::ZERO, delivery: Delivery::Whole(answer) }
}
