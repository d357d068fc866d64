//! Every request of the vectors, which are written by hand: the document admits it.

use super::call;
use super::mock;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use tms_mock::Mock;

fn vectors() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors/qtest-manager");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("vectors").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let yaml = files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    yaml.flat_map(|path| {
        let text = std::fs::read_to_string(path).expect("text");
        serde_yaml::from_str::<Vec<Value>>(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    })
    .collect()
}

fn encoded(pairs: &[Value]) -> String {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs.iter().map(|pair| (text(&pair[0]), text(&pair[1])))).finish()
}

#[test]
fn printed_requests_are_admitted() {
    assert_eq!(send_all().1.len(), 190);
}

/// Operations that a printed request succeeds with.
pub(super) fn reached() -> BTreeSet<String> {
    let (mock, _) = send_all();
    mock.hits().into_iter().filter(|(_, hits)| *hits > 0).map(|(id, _)| id).collect()
}

/// Sends them; answers with the operations they are meant for.
fn send_all() -> (Mock, BTreeSet<String>) {
    let mock = mock();
    let mut reached = BTreeSet::new();
    for vector in vectors() {
        let (name, request) = (vector["name"].as_str().expect("a name"), &vector["request"]);
        let query = encoded(request["query"].as_array().expect("a query"));
        let target = format!("{}?{query}", request["path"].as_str().expect("a path"));
        let mut sent = call(&mock, request["method"].as_str().expect("a method"), target.trim_end_matches('?'));
        for (header, value) in request["headers"].as_object().into_iter().flatten() {
            let value = value.as_str().expect("text");
            // The token is that of the vector.
            if header != "Authorization" || !value.starts_with("Bearer") {
                sent = sent.header(header, value);
            }
        }
        sent = match (&request["body"], &request["form"], &request["base64"]) {
            (_, Value::Array(pairs), _) => sent.text(&encoded(pairs)),
            (_, _, Value::String(base64)) => sent.bytes(STANDARD.decode(base64).expect("base64")),
            (Value::Null, ..) => sent,
            (body, ..) => sent.json(body),
        };
        sent.now();
        let verdicts: Vec<String> = mock.verdicts().iter().map(ToString::to_string).collect();
        assert!(verdicts.is_empty(), "{name}: {verdicts:?}");
        let operation = mock.requests().pop().and_then(|request| request.operation).expect(name);
        assert_eq!(operation, vector["operation"], "{name}");
        reached.insert(operation);
    }
    (mock, reached)
}
