//! Stories: calls one after the other, each with what it must answer. The tables are in `fixtures`.
//!
//! `call` is method and target; `body` JSON, or `raw` and `type` a file, or `files` (names and contents) a form; `headers`
//! are sent besides. Expected are `status` (200), values by pointer in `is` (null: not there; `*`: anything), lengths in
//! `len`, headers in `head`, the `bytes` of the body. `keep` remembers values: `{name}` in later calls is such a value, as a
//! text within a text, or `{name text}`. Where `verdict` stands, the call breaks the document. `times` is how often it is
//! sent; the last answer counts.

use crate::client::{Reply, Send};
use crate::qacomplete::form;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tms_mock::Mock;

type Kept = BTreeMap<String, Value>;

/// A story and how its calls are sent.
pub(crate) struct Story<'s> {
    /// Where its table is, without `.yaml`.
    pub(crate) file: &'s str,
    pub(crate) mock: &'s Mock,
    /// A request with the right credentials.
    pub(crate) call: for<'a> fn(&'a Mock, &'a str, &str) -> Send<'a>,
    /// Where failures may say why, by pointer.
    pub(crate) messages: &'s [&'s str],
}

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

fn steps(story: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/{story}.yaml"));
    let text = std::fs::read_to_string(path).expect("a story");
    serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{story}: {e}"))
}

/// A value with what was kept in place of its names.
fn filled(value: &Value, kept: &Kept) -> Value {
    match value {
        Value::String(text) => {
            let whole = text.strip_prefix('{').and_then(|rest| kept.get(rest.strip_suffix('}')?));
            whole.cloned().unwrap_or_else(|| Value::from(filled_text(text, kept)))
        }
        Value::Array(list) => list.iter().map(|value| filled(value, kept)).collect(),
        Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), filled(value, kept))).collect(),
        other => other.clone(),
    }
}

fn filled_text(text: &str, kept: &Kept) -> String {
    kept.iter().fold(text.to_owned(), |text, (name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.replace(&format!("{{{name}}}"), &value).replace(&format!("{{{name} text}}"), &value)
    })
}

impl Story<'_> {
    fn request<'a>(&'a self, step: &'a Value, kept: &Kept) -> Send<'a> {
        let line = filled_text(step["call"].as_str().expect("a call"), kept);
        let (method, target) = line.split_once(' ').expect("a method and a target");
        let method = METHODS.into_iter().find(|known| *known == method).expect("a method");
        let mut request = (self.call)(self.mock, method, target);
        for (name, value) in step["headers"].as_object().into_iter().flatten() {
            request = request.header(name, value.as_str().expect("text"));
        }
        match (&step["raw"], &step["files"], &step["body"]) {
            (Value::String(raw), ..) => request.text(raw).header("Content-Type", step["type"].as_str().expect("a type")),
            (_, Value::Array(files), _) => {
                let text = |value: &'a Value| value.as_str().expect("text");
                let part = |file: &'a Value| ("file[]", Some(text(&file[0])), text(&file[1]).as_bytes());
                form(request, &files.iter().map(part).collect::<Vec<_>>())
            }
            (_, _, Value::Null) => request,
            (_, _, body) => request.json(&filled(body, kept)),
        }
    }

    /// What differs from what is expected.
    fn differences(&self, step: &Value, reply: &Reply, kept: &Kept) -> Vec<String> {
        let body = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
        let mut found = Vec::new();
        let mut differs = |what: &str, is: &Value, wanted: &Value| match wanted.as_str() {
            Some("*") if !is.is_null() => {}
            _ if is == wanted => {}
            _ => found.push(format!("{what}: {is}, not {wanted}")),
        };
        let status = step["status"].as_u64().unwrap_or(200);
        differs("status", &Value::from(reply.status), &Value::from(status));
        let at = |pointer: &str| body.pointer(pointer).cloned().unwrap_or_default();
        let empty = Map::new();
        for (pointer, wanted) in step["is"].as_object().unwrap_or(&empty) {
            differs(pointer, &at(pointer), &filled(wanted, kept));
        }
        for (pointer, wanted) in step["len"].as_object().unwrap_or(&empty) {
            differs(&format!("length of {pointer}"), &at(pointer).as_array().map(Vec::len).into(), wanted);
        }
        for (name, wanted) in step["head"].as_object().unwrap_or(&empty) {
            differs(name, &reply.header(name).into(), wanted);
        }
        if let Some(bytes) = step["bytes"].as_str() {
            differs("bytes", &Value::from(String::from_utf8_lossy(&reply.body)), &Value::from(bytes));
        }
        if status >= 400 {
            let message = self.messages.iter().map(|pointer| at(pointer)).find(|message| !message.is_null());
            differs("message", &message.unwrap_or_default(), &Value::from("*"));
        }
        if !found.is_empty() {
            found.push(format!("answered: {}", String::from_utf8_lossy(&reply.body)));
        }
        found
    }

    /// Plays it; answers with the operations that it reached with success.
    pub(crate) fn play(&self) -> BTreeSet<String> {
        let (mut kept, mut wrong) = (Kept::new(), Vec::new());
        for step in &steps(self.file) {
            let before = self.mock.verdicts().len();
            let times = step["times"].as_u64().unwrap_or(1);
            let mut reply = self.request(step, &kept).now();
            for _ in 1..times {
                reply = self.request(step, &kept).now();
            }
            let line = filled_text(step["call"].as_str().unwrap_or_default(), &kept);
            let verdicts: Vec<String> = self.mock.verdicts()[before..].iter().map(ToString::to_string).collect();
            let mut found = self.differences(step, &reply, &kept);
            if verdicts.is_empty() == (step["verdict"] == true) {
                found.push(format!("verdicts: {verdicts:?}"));
            }
            if !found.is_empty() {
                wrong.push(format!("{}: {line}\n  {}", self.file, found.join("\n  ")));
            }
            let body = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
            for (name, pointer) in step["keep"].as_object().into_iter().flatten() {
                let value = body.pointer(pointer.as_str().expect("a pointer"));
                kept.insert(name.clone(), value.cloned().unwrap_or_default());
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        self.mock.hits().into_iter().filter(|(_, hits)| *hits > 0).map(|(id, _)| id).collect()
    }
}
