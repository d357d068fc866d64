//! What both REST APIs have in common on the wire: errors, pages, moments, names of agents.

use crate::answer::Answer;
use crate::call::Call;
use crate::judge::{Problem, Reason};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

/// A moment that is not set.
pub(crate) const UNSET: &str = "0001-01-01T00:00:00.0000000";
/// Page size where the caller names none.
const PAGE_SIZE: usize = 25;

/// Long and short names of the agents.
const AGENTS: [(&str, &str); 5] = [
    ("TestComplete/TestExecute", "testcomplete"),
    ("JUnit (Selenium)", "junit"),
    ("NUnit (Selenium)", "nunit"),
    ("TestNG (Selenium)", "testng"),
    ("ReadyAPI / SoapUI OS", "readyapi"),
];

/// A call that the document allows and the data does not.
#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    message: String,
}

/// What a call answers with; null for an empty body.
pub(crate) type Done = Result<Value, Failure>;

impl Failure {
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message: message.into() }
    }

    pub(crate) fn denied() -> Self {
        Self { status: StatusCode::FORBIDDEN, message: "Access is denied.".to_owned() }
    }

    pub(crate) fn absent(message: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, message: message.into() }
    }

    /// Adding what is there already is an error of the server.
    pub(crate) fn exists(message: impl Into<String>) -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, message: message.into() }
    }
}

/// The answer of a call.
pub(crate) fn answer(done: Done) -> Answer {
    match done {
        Ok(Value::Null) => Answer::empty(StatusCode::OK),
        Ok(value) => Answer::json(StatusCode::OK, value),
        Err(Failure { status, message }) => errors(status, &[message]),
    }
}

/// The documented error body.
pub(crate) fn errors(status: StatusCode, messages: &[String]) -> Answer {
    let errors: Vec<Value> = messages.iter().map(|message| json!({ "message": message, "code": status.as_u16() })).collect();
    Answer::json(status, json!({ "errors": errors }))
}

/// Problems in the documented error body.
pub(crate) fn refuse(status: StatusCode, problems: &[Problem]) -> Answer {
    let text = |problem: &Problem| match problem.place.as_str() {
        "" => problem.message.clone(),
        place => format!("{place}: {}", problem.message),
    };
    errors(status, &problems.iter().map(text).collect::<Vec<_>>())
}

/// The documented statuses are few: a wrong method is an error of the server, other faults of a request are 400.
pub(crate) fn status(problem: &Problem) -> StatusCode {
    match problem.reason {
        Reason::WrongMethod => StatusCode::INTERNAL_SERVER_ERROR,
        Reason::BadContentType | Reason::NotAcceptable => StatusCode::BAD_REQUEST,
        reason => reason.status(),
    }
}

/// One page of a list. Where no entries are asked for, none are mentioned.
pub(crate) fn page(call: &Call, all: &[Value], acl: i64) -> Value {
    let number = |name, default| call.query(name).and_then(Value::as_u64).map_or(default, |n| usize::try_from(n).unwrap_or(usize::MAX));
    let (offset, limit) = (number("offset", 0), number("limit", PAGE_SIZE));
    let results: Vec<&Value> = all.iter().skip(offset).take(limit).collect();
    let result_set = json!({ "count": results.len(), "offset": offset, "limit": limit, "total": all.len() });
    let mut page = json!({ "metadata": { "result_set": result_set, "permissions": { "acl": acl } } });
    if limit > 0 {
        page["results"] = json!(results);
    }
    page
}

/// `2015-05-26T10:54:21.0930000`
pub(crate) fn moment(now: Timestamp) -> String {
    now.strftime("%Y-%m-%dT%H:%M:%S.%6f0").to_string()
}

/// The long name of an agent, however it is written.
pub(crate) fn agent(text: &str) -> Option<&'static str> {
    // In a path `+` may stand for a blank.
    let text = text.replace('+', " ");
    let named = AGENTS.iter().find(|(long, short)| long.eq_ignore_ascii_case(&text) || short.eq_ignore_ascii_case(&text));
    named.map(|(long, _)| *long)
}

/// Seconds as `hh:mm:ss`.
pub(crate) fn clock(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
