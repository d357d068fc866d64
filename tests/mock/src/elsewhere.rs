//! The second address: another host, which redirects lead to and which must not see credentials.

use crate::answer::Answer;
use crate::api::Api;
use crate::call::Incoming;
use crate::engine::{Engine, Outcome, at_once};
use crate::judge::{Problem, Reason, Verdict};
use crate::log::Request;
use crate::server::Handle;
use crate::store::Store;
use http::{Method, StatusCode};
use std::sync::Arc;

/// Where uploads can be downloaded, by number.
const UPLOADS: &str = "/uploads/";

/// Answers what the API has elsewhere, and every upload.
pub(crate) struct Elsewhere(pub(crate) Arc<Engine>);

impl Handle for Elsewhere {
    fn handle(&self, incoming: &Incoming) -> Outcome {
        let api = self.0.api.as_ref();
        let mut state = self.0.state();
        let leaked = api.secret_headers().iter().find(|name| incoming.headers.contains_key(name.as_str()));
        if let Some(name) = leaked {
            let problem = Problem::new(Reason::Leaked, format!("header {name}"), "credentials went to another host");
            state.verdicts.push(Verdict { operation: None, request: incoming.line(), problems: vec![problem] });
        }
        let answer = match incoming.method {
            Method::GET => found(api, incoming, &state.store).unwrap_or_else(|| Answer::empty(StatusCode::NOT_FOUND)),
            _ => Answer::empty(StatusCode::METHOD_NOT_ALLOWED),
        };
        let mut request = Request::new(incoming, api.secret_headers());
        request.status = Some(answer.status);
        state.elsewhere.push(request);
        at_once(answer)
    }
}

fn found(api: &dyn Api, incoming: &Incoming, store: &Store) -> Option<Answer> {
    let Some(number) = incoming.path.strip_prefix(UPLOADS) else {
        return api.elsewhere(&incoming.path, incoming.query.as_deref(), store);
    };
    let upload = store.upload(number.parse().ok()?)?;
    let content_type = upload.content_type.as_deref().unwrap_or("application/octet-stream");
    Some(Answer::bytes(StatusCode::OK, content_type, upload.content.clone()))
}

/// The path of an upload at the second address.
pub(crate) fn upload_path(number: usize) -> String {
    format!("{UPLOADS}{number}")
}
