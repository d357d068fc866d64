//! SOAP services: the WSDL and its schemas read by the mock itself, requests judged by them, answers in the version asked.
//!
//! Both versions are held to the letter: content type, envelope, action, every element in its place. The document is served
//! with the mock's own address in it: `GET <address>?WSDL`, and its schemas beside it.

mod fault;
mod files;
mod judge;
mod message;
mod name;
mod pages;
mod schema;
mod service;
mod write;
mod wsdl;
mod xml;

pub use fault::SoapFault;
pub use service::{Call, Service, Types};

pub(crate) use xml::parse as parse_xml;

use crate::answer::Answer;
use crate::api::{Act, Api, Reading, variable};
use crate::behaviour::SeedError;
use crate::call::Incoming;
use crate::judge::{Problem, Reason, Refusal};
use crate::operation::Operation;
use crate::spec::SpecError;
use crate::store::{Collection, Store};
use fault::reply;
use files::Files;
use http::{Method, StatusCode};
use jiff::Timestamp;
use judge::Judge;
use message::{Announced, Broken, Manner, Version};
use roxmltree::Node;
use schema::Schemas;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use write::Writer;
use wsdl::{Definition, SoapOperation};

/// A document, as read.
#[derive(Debug)]
struct Document {
    files: Files,
    definition: Definition,
}

/// One SOAP service being mocked.
pub(crate) struct Soap {
    document: Arc<Document>,
    service: Box<dyn Service>,
    token: String,
    operations: Vec<Operation>,
}

impl Soap {
    /// Reads the WSDL in a folder, once per process.
    pub(crate) fn load(folder: &Path, service: Box<dyn Service>, token: String) -> Result<Self, SpecError> {
        static LOADED: Mutex<BTreeMap<PathBuf, Arc<Document>>> = Mutex::new(BTreeMap::new());
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        let document = match loaded.get(folder) {
            Some(document) => document.clone(),
            None => {
                let files = Files::load(folder)?;
                let definition = Definition::read(&files)?;
                let document = Arc::new(Document { files, definition });
                loaded.insert(folder.to_owned(), document.clone());
                document
            }
        };
        let operations = document
            .definition
            .operations
            .iter()
            .map(|o| Operation::new(&o.name, Method::POST, pages::path(&document.definition.location), ""))
            .collect();
        Ok(Self { document, service, token, operations })
    }

    /// The operations that the service does not know.
    pub(crate) fn unanswered(&self) -> Vec<String> {
        self.operations.iter().map(Operation::id).filter(|id| !self.service.knows(id)).map(str::to_owned).collect()
    }

    fn schemas(&self) -> &Schemas {
        &self.document.definition.schemas
    }

    #[cfg(test)]
    pub(crate) fn types(&self) -> Types<'_> {
        Types(self.schemas())
    }

    fn judge<'a>(&'a self, incoming: &Incoming, version: Version, store: &Store) -> Result<Allowed<'a>, Box<Refused>> {
        let early = |Broken { problem, manner }| {
            let fault = self.service.refuse(std::slice::from_ref(&problem));
            let fault = match manner {
                Manner::Fault => fault,
                Manner::VersionMismatch => SoapFault::client(&problem.message).version_mismatch(),
                Manner::MustUnderstand => SoapFault::client(&problem.message).must_understand(),
            };
            refused(None, vec![problem], fault)
        };
        let announced = message::announced(incoming, version).map_err(early)?;
        let document = message::document(incoming).map_err(early)?;
        let payload = message::payload(&document, version).map_err(early)?;
        let operation = self.dispatch(payload, &announced).map_err(|(operation, problem)| {
            let fault = self.service.refuse(std::slice::from_ref(&problem));
            refused(operation, vec![problem], fault)
        })?;
        let (credentials, arguments) = self.arguments(operation, payload, store).map_err(|problems| {
            let fault = self.service.refuse(&problems);
            refused(Some(operation.name.clone()), problems, fault)
        })?;
        let call = Call { operation: &operation.name, arguments, credentials, token: &self.token, types: Types(self.schemas()) };
        Ok(Allowed { soap: self, operation, version, call })
    }

    /// The operation of the body's element, which must be the one that the action names.
    fn dispatch(&self, payload: Node<'_, '_>, announced: &Announced) -> Result<&SoapOperation, (Option<String>, Problem)> {
        let version = announced.version;
        let name = name::QName::of(payload);
        let place = match version {
            Version::V11 => "header SOAPAction",
            Version::V12 => "header Content-Type",
        };
        let bad_action = |message: String| Problem::new(Reason::BadAction, place, message);
        let all = &self.document.definition.operations;
        let known = |action: &&String| all.iter().any(|o| o.actions.get(&version) == Some(*action));
        if let Some(action) = announced.action.as_ref().filter(|action| !known(action)) {
            return Err((None, bad_action(format!("no operation has the action `{action}`"))));
        }
        let unknown = || (None, Problem::new(Reason::UnknownOperation, "body", format!("no operation takes `{name}`")));
        let operation = all.iter().find(|o| o.input.name == name).ok_or_else(unknown)?;
        let own = operation.actions.get(&version).ok_or_else(unknown)?;
        match &announced.action {
            Some(action) if action != own => {
                Err((Some(operation.name.clone()), bad_action(format!("`{action}` is not the action of `{}`", operation.name))))
            }
            _ => Ok(operation),
        }
    }

    /// Credentials and arguments of a call, or everything that is wrong with them. Who is not let in is told nothing else.
    fn arguments(
        &self,
        operation: &SoapOperation,
        payload: Node<'_, '_>,
        store: &Store,
    ) -> Result<(Value, Map<String, Value>), Vec<Problem>> {
        let members = self.schemas().members(operation.input.ty);
        let wanted = self.service.credentials().filter(|name| members.iter().any(|m| m.element.name.local == *name));
        let at = |place: &str| format!("body /{}/{}{place}", operation.input.name.local, wanted.unwrap_or_default());
        if wanted.is_some_and(|name| !xml::elements(payload).any(|node| node.tag_name().name() == name)) {
            return Err(vec![Problem::new(Reason::Unauthorized, at(""), "the credentials are missing")]);
        }
        let mut judge = Judge::new(self.schemas(), self.service.refuses_empty());
        let value = judge.root(payload, &operation.input);
        if !judge.problems.is_empty() {
            return Err(judge.problems);
        }
        let Value::Object(mut arguments) = value else { return Ok((Value::Null, Map::new())) };
        let Some(wanted) = wanted else { return Ok((Value::Null, arguments)) };
        let credentials = arguments.remove(wanted).unwrap_or_default();
        match self.service.admit(&operation.name, &credentials, &self.token, store) {
            Ok(()) => Ok((credentials, arguments)),
            Err((place, message)) => Err(vec![Problem::new(Reason::Unauthorized, at(&format!("/{place}")), message)]),
        }
    }
}

impl Api for Soap {
    fn base(&self) -> &str {
        pages::path(&self.document.definition.location)
    }

    fn operations(&self) -> &[Operation] {
        &self.operations
    }

    fn token(&self) -> &str {
        &self.token
    }

    fn credentials(&self) -> Vec<(String, String)> {
        let own = self.service.variables(&self.token);
        own.into_iter().map(|(name, value)| (variable(self.service.name(), name), value)).collect()
    }

    fn base_variable(&self) -> String {
        variable(self.service.name(), "BASE_URL")
    }

    fn secret_headers(&self) -> &[String] {
        &[]
    }

    fn seed(&self, store: &mut Store) {
        self.service.seed(store);
    }

    fn insert(&self, store: &mut Store, collection: Collection, scope: &str, fields: Value, now: Timestamp) -> Result<String, SeedError> {
        self.service.insert(Types(self.schemas()), store, collection, scope, fields, now)
    }

    fn read<'a>(&'a self, incoming: &Incoming, store: &Store, _: Timestamp, _: crate::api::Admit<'_>) -> Reading<'a> {
        if let Some(answer) = pages::serve(incoming, self.base(), &self.document.files, &self.operations) {
            return Reading::Turned { operation: None, answer };
        }
        let plain = |problem: Problem| {
            let answer = Answer::bytes(problem.reason.status(), "text/plain; charset=utf-8", problem.message.clone());
            Reading::Refused(Refusal { operation: None, problems: vec![problem], allowed: Vec::new() }, answer)
        };
        if incoming.path != self.base() {
            return plain(Problem::new(Reason::UnknownPath, "path", format!("the service is at {}", self.base())));
        }
        if incoming.method != Method::POST {
            return plain(Problem::new(Reason::WrongMethod, "method", "requests are POST, the document is GET"));
        }
        let version = match message::version(incoming) {
            Ok(version) => version,
            Err(problem) => return plain(problem),
        };
        match self.judge(incoming, version, store) {
            Ok(allowed) => Reading::Allowed(Box::new(allowed)),
            Err(refused) => Reading::Refused(refused.refusal, refused.fault.answer(version, StatusCode::INTERNAL_SERVER_ERROR)),
        }
    }
}

/// A request that is turned away.
struct Refused {
    refusal: Refusal,
    fault: SoapFault,
}

fn refused(operation: Option<String>, problems: Vec<Problem>, fault: SoapFault) -> Box<Refused> {
    Box::new(Refused { refusal: Refusal { operation, problems, allowed: Vec::new() }, fault })
}

/// A judged call.
struct Allowed<'a> {
    soap: &'a Soap,
    operation: &'a SoapOperation,
    version: Version,
    call: Call<'a>,
}

impl Allowed<'_> {
    /// The body of a success, held to the document like a client's request.
    fn body(&self, result: Option<Value>) -> Result<String, String> {
        let Some(output) = &self.operation.output else { return Ok(String::new()) };
        let schemas = self.soap.schemas();
        let mut object = Map::new();
        match (schemas.members(output.ty).first(), result) {
            (Some(member), Some(value)) => drop(object.insert(member.element.name.local.clone(), value)),
            (None, Some(_)) => return Err("the response has no room for a result".to_owned()),
            (_, None) => {}
        }
        let body = Writer::write(schemas, &|builtin| self.soap.service.blank(builtin), output, &Value::Object(object))?;
        let envelope = self.version.envelope(&body);
        let document = xml::parse(&envelope)?;
        let payload = message::payload(&document, self.version).map_err(|broken| broken.problem.message)?;
        let mut judge = Judge::new(schemas, false);
        judge.root(payload, output);
        match judge.problems.first() {
            Some(problem) => Err(format!("{}: {}", problem.place, problem.message)),
            None => Ok(body),
        }
    }
}

impl Act for Allowed<'_> {
    fn operation(&self) -> &str {
        &self.operation.name
    }

    fn act(&self, store: &mut Store, now: Timestamp) -> Result<Answer, Vec<Problem>> {
        match self.soap.service.answer(&self.call, store, now) {
            Err(fault) => Ok(fault.answer(self.version, StatusCode::INTERNAL_SERVER_ERROR)),
            Ok(result) => match self.body(result) {
                Ok(body) => Ok(reply(self.version, StatusCode::OK, &body)),
                Err(message) => Err(vec![Problem::new(Reason::BadAnswer, "answer", message)]),
            },
        }
    }

    fn refuse(&self, status: StatusCode, problems: &[Problem]) -> Answer {
        self.soap.service.refuse(problems).answer(self.version, status)
    }
}
