//! Every request of the vectors, which are transcribed from the documentation: it is let in and acted on as printed.

use super::form;
use crate::client::{Reply, Send, send, start};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use tms_mock::{Mock, qacomplete_automation as automation};

struct Vector {
    file: String,
    value: Value,
}

impl Vector {
    fn name(&self) -> String {
        format!("{}: {}", self.file, self.value["name"].as_str().expect("a name"))
    }
}

fn vectors(api: &str) -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors").join(api);
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("vectors").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut all = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let text = std::fs::read_to_string(path).expect("text");
        let list: Vec<Value> = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file = path.file_stem().expect("a name").to_string_lossy().into_owned();
        all.extend(list.into_iter().map(|value| Vector { file: file.clone(), value }));
    }
    all
}

fn send_printed(mock: &Mock, base: &str, vector: &Value) -> Reply {
    let request = &vector["request"];
    let path = request["path"].as_str().expect("a path").strip_prefix(base).expect("the prefix");
    let pairs = request["query"].as_array().into_iter().flatten().map(|pair| (pair[0].as_str(), pair[1].as_str()));
    let query = pairs.fold(form_urlencoded::Serializer::new(String::new()), |mut query, (name, value)| {
        query.append_pair(name.expect("text"), value.expect("text"));
        query
    });
    let query = { query }.finish();
    let target = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let mut sent: Send<'_> = send(mock, request["method"].as_str().expect("a method"), &target).without("Token").without("Accept");
    for name in ["Authorization", "Accept"] {
        if let Some(value) = request["headers"][name].as_str() {
            sent = sent.header(name, value);
        }
    }
    match (&request["parts"], &request["body"]) {
        (Value::Array(parts), _) => {
            let parts: Vec<(&str, Option<&str>, &[u8])> = parts
                .iter()
                .map(|part| {
                    (part["name"].as_str().expect("a name"), part["filename"].as_str(), part["text"].as_str().unwrap_or("").as_bytes())
                })
                .collect();
            form(sent, &parts).now()
        }
        (_, Value::Null) => sent.now(),
        (_, body) => sent.json(body).now(),
    }
}

/// What has to be there, or not, before a request.
fn prepare(mock: &Mock, vector: &Vector) {
    let operation = vector.value["operation"].as_str().expect("an operation");
    let host =
        json!({ "id": 143, "host_name": "RACK11-W7X64", "agents": ["junit"], "security_token": "d2e1ffd1-3c74-4ccf-738b-10997283e35f" });
    let run = json!({ "id": 2316, "items": [{ "steps": 1 }] });
    let status = vector.value["reply"]["status"].as_u64();
    match (vector.file.as_str(), operation) {
        ("automations", "createAutomation") => {
            super::ask(mock, "DELETE", "/v2/projects/11953/tests/2693/automations/testcomplete", None);
        }
        ("automation_attachments", "createAutomationAttachment") => {
            super::ask(mock, "DELETE", "/v2/projects/11953/tests/2693/automations/testcomplete/attachment", None);
        }
        ("test_set_items", "updateTestSetItems") => {
            super::ask(mock, "DELETE", "/v1/projects/11873/testsets/182/items/2", None);
        }
        ("hosts", "registerHost") if status == Some(200) => {}
        ("hosts" | "runs", _) => {
            mock.seed(automation::HOSTS, "", host).expect("seeded");
            mock.seed(automation::RUNS, "143", run).expect("seeded");
        }
        _ => {}
    }
}

/// Replies that speak of things no server can know by the request: faults that come by themselves, and the like.
fn is_staged(vector: &Vector) -> bool {
    let status = vector.value["reply"]["status"].as_u64().unwrap_or_default();
    matches!(status, 302 | 303 | 401 | 403 | 408) || (status == 500 && vector.value["operation"] != "registerHost")
}

fn check(api: &str, mock: &Mock, base: &str, count: usize) {
    let mut reached = BTreeSet::new();
    let mut wrong = Vec::new();
    for mut vector in vectors(api) {
        mock.reset();
        if vector.value["operation"] == "createUser" {
            // The printed address is that of the user who asks.
            vector.value["request"]["body"]["Email"] = json!("new@example.com");
        }
        prepare(mock, &vector);
        let hits = mock.hits();
        let reply = send_printed(mock, base, &vector.value);
        let expected = vector.value["reply"]["status"].as_u64().expect("a status");
        let body = String::from_utf8_lossy(&reply.body);
        if let Some(verdict) = mock.verdicts().first() {
            wrong.push(format!("{}: {verdict}", vector.name()));
        } else if u64::from(reply.status) != expected && !is_staged(&vector) {
            wrong.push(format!("{}: {} instead of {expected}: {body}", vector.name(), reply.status));
        }
        reached.extend(mock.hits().into_iter().filter(|(id, count)| count > &hits[id]).map(|(id, _)| id));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all: BTreeSet<String> = mock.operations().iter().map(|operation| operation.id().to_owned()).collect();
    let missed: Vec<_> = all.difference(&reached).collect();
    assert!(missed.is_empty() && all.len() == count, "never hit, of {}: {missed:?}", all.len());
}

#[test]
fn all_requests_of_the_rest_api_are_acted_on() {
    check("qacomplete", &super::mock(), "/rest-api/service/api", 104);
}

#[test]
fn all_requests_of_test_automation_are_acted_on() {
    check("qacomplete-automation", &start(Mock::qacomplete_automation()), "/rest-api/service/automation", 10);
}
