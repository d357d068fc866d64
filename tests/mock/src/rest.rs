//! A REST API: route, credentials, limit, judge; behaviour, judge again.

use crate::answer::Answer;
use crate::api::{Act, Admit, Api, Reading, variable};
use crate::behaviour::{Behaviour, SeedError};
use crate::call::{Call, Incoming};
use crate::judge::{self, Keys, Leniency, Problem, Reason, Refusal};
use crate::limit::Allowance;
use crate::operation::Operation;
use crate::spec::{Lookup, Operation as Documented, PathTexts, Spec, Template};
use crate::store::{Collection, Store};
use http::header::{ALLOW, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use serde_json::Value;
use std::sync::Arc;

/// One REST API being mocked.
pub(crate) struct Rest {
    spec: Arc<Spec>,
    behaviour: Box<dyn Behaviour>,
    leniency: Leniency,
    token: String,
    operations: Vec<Operation>,
    secret_headers: Vec<String>,
}

impl Rest {
    pub(crate) fn new(spec: Arc<Spec>, behaviour: Box<dyn Behaviour>, leniency: Leniency, token: String) -> Self {
        let operations = spec.operations().iter().map(|o| Operation::new(o.id(), o.method().clone(), o.base(), o.path())).collect();
        let secret_headers = spec.credential_headers();
        Self { spec, behaviour, leniency, token, operations, secret_headers }
    }

    /// Signatures of the operations that the behaviour does not know.
    pub(crate) fn unanswered(&self) -> Vec<String> {
        self.spec
            .operations()
            .iter()
            .map(Documented::signature)
            .filter(|s| !self.behaviour.shows_examples() && !self.behaviour.knows(s))
            .map(str::to_owned)
            .collect()
    }

    fn judge(&self, incoming: &Incoming, store: &Store, now: Timestamp, admit: Admit<'_>) -> Result<Reading<'_>, Refusal> {
        let (operation, arguments) = self.route(incoming)?;
        let refused = |problems| Refusal { operation: Some(operation.id().to_owned()), problems, allowed: Vec::new() };
        let keys = Keys {
            is_token: &|token| self.behaviour.takes(token, &self.token, store, now),
            is_login: &|scheme, login, password| self.behaviour.admits(scheme, login, password, &self.token, store),
        };
        let caller = judge::check_credentials(operation, incoming, &keys).map_err(|problem| refused(vec![problem]))?;
        if let Err(seconds) = admit() {
            return Ok(Reading::Turned { operation: Some(operation.id().to_owned()), answer: self.too_many(operation, seconds) });
        }
        let habits = (self.behaviour.as_ref(), self.leniency);
        let call = judge::read_call(operation, arguments, incoming, habits, store, caller)?;
        Ok(Reading::Allowed(Box::new(Allowed { rest: self, operation, call })))
    }

    fn route(&self, incoming: &Incoming) -> Result<(&Documented, PathTexts), Refusal> {
        let unknown = || Refusal {
            operation: None,
            problems: vec![Problem::new(Reason::UnknownPath, "path", format!("no operation has {}", incoming.path))],
            allowed: Vec::new(),
        };
        let letters = self.behaviour.letters();
        let path = letters.strip(&incoming.path, self.spec.base());
        let documented = path.filter(|_| self.leniency.takes_homonyms()).and_then(|path| self.documented_path(incoming, path));
        match self.spec.lookup(&incoming.method, documented.as_deref().unwrap_or(&incoming.path), letters) {
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
            let arguments = Template::parse(homonym.from).ok()?.matches(path, self.behaviour.letters())?;
            let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
            let fill = |text: String, (name, value): &(String, String)| text.replace(&format!("{{{name}}}"), &encode(value));
            Some(format!("{}{}", self.spec.base(), arguments.iter().fold(homonym.to.to_owned(), fill)))
        })
    }

    fn too_many(&self, operation: &Documented, seconds: u64) -> Answer {
        let problem = Problem::new(Reason::TooManyRequests, "", format!("too many requests: wait {seconds} seconds"));
        let answer = self.behaviour.refuse_at(operation.signature(), problem.reason.status(), &[problem]);
        answer.header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    fn refuse(&self, refusal: &Refusal) -> Answer {
        let status = refusal.problems.first().map_or(StatusCode::BAD_REQUEST, |p| self.behaviour.status(p));
        let operation = refusal.operation.as_ref().and_then(|id| self.spec.operations().iter().find(|o| o.id() == id));
        let answer = match operation {
            Some(operation) => self.behaviour.refuse_at(operation.signature(), status, &refusal.problems),
            None => self.behaviour.refuse(status, &refusal.problems),
        };
        match HeaderValue::from_str(&refusal.allowed.join(", ")) {
            Ok(value) if !refusal.allowed.is_empty() => answer.header(ALLOW, value),
            _ => answer,
        }
    }
}

impl Api for Rest {
    fn base(&self) -> &str {
        self.spec.base()
    }

    fn operations(&self) -> &[Operation] {
        &self.operations
    }

    fn token(&self) -> &str {
        &self.token
    }

    fn credentials(&self) -> Vec<(String, String)> {
        self.behaviour.variables(&self.token)
    }

    fn base_variable(&self) -> String {
        variable(self.behaviour.name(), "BASE_URL")
    }

    fn secret_headers(&self) -> &[String] {
        &self.secret_headers
    }

    fn seed(&self, store: &mut Store) {
        self.behaviour.seed(store);
    }

    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
        self.behaviour.insert(store, collection, scope, fields, now)
    }

    fn elsewhere(&self, path: &str, query: Option<&str>, store: &Store) -> Option<Answer> {
        self.behaviour.elsewhere(path, query, store)
    }

    fn limit_headers(&self, allowance: &Allowance) -> Vec<(&'static str, u64)> {
        self.behaviour.limit_headers(allowance)
    }

    fn read<'a>(&'a self, incoming: &Incoming, store: &Store, now: Timestamp, admit: Admit<'_>) -> Reading<'a> {
        self.judge(incoming, store, now, admit).unwrap_or_else(|refusal| {
            let answer = self.refuse(&refusal);
            Reading::Refused(refusal, answer)
        })
    }
}

/// A judged call.
struct Allowed<'a> {
    rest: &'a Rest,
    operation: &'a Documented,
    call: Call,
}

impl Act for Allowed<'_> {
    fn operation(&self) -> &str {
        self.operation.id()
    }

    fn act(&self, store: &mut Store, now: Timestamp) -> Result<Answer, Vec<Problem>> {
        let behaviour = self.rest.behaviour.as_ref();
        let answer = match behaviour.knows(self.call.signature()) {
            true => behaviour.answer(&self.call, store, now),
            false => self.operation.answers.example().clone(),
        };
        let problems = judge::check_answer(self.operation, &answer);
        if problems.is_empty() { Ok(answer) } else { Err(problems) }
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        self.rest.behaviour.refuse_at(self.operation.signature(), status, problems)
    }
}
