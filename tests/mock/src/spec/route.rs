//! From a request line to an operation.

use super::operation::Operation;
use super::parameter::{Parameter, Place, Shape};
use super::template::{Exactness, Letters, PathTexts, Template};
use http::Method;
use std::collections::BTreeMap;

/// Every path of the API; templates of one server that differ only in placeholder names are one path.
#[derive(Debug)]
pub(crate) struct Routes {
    paths: BTreeMap<String, Path>,
}

#[derive(Debug)]
struct Path {
    /// Path of the server.
    base: String,
    exactness: Exactness,
    /// Any template of this path: they all match the same requests.
    template: Template,
    /// Indices into the operations. Several of one method are told apart by what their placeholders may hold.
    methods: BTreeMap<String, Vec<usize>>,
}

/// The outcome of a look-up.
#[derive(Debug)]
pub(crate) enum Lookup<'s> {
    Found { operation: &'s Operation, arguments: PathTexts },
    WrongMethod { allowed: Vec<String> },
    UnknownPath,
}

impl Routes {
    pub(crate) fn new(operations: &[Operation]) -> Result<Self, String> {
        let mut paths: BTreeMap<String, Path> = BTreeMap::new();
        for (index, operation) in operations.iter().enumerate() {
            let template = operation.template();
            let path = paths.entry(format!("{}{}", operation.base(), template.skeleton())).or_insert_with(|| Path {
                base: operation.base().to_owned(),
                exactness: template.exactness(),
                template: template.clone(),
                methods: BTreeMap::new(),
            });
            let twins = path.methods.entry(operation.method().to_string()).or_default();
            if twins.iter().filter_map(|index| operations.get(*index)).any(|twin| !excludes(twin, operation)) {
                return Err(format!("two operations answer {} {}", operation.method(), template.text()));
            }
            twins.push(index);
        }
        Ok(Self { paths })
    }

    /// Of several paths that fit, one whose placeholders may hold what stands there goes first, then the most exact one.
    pub(crate) fn lookup<'s>(&self, operations: &'s [Operation], method: &Method, path: &str, letters: Letters) -> Lookup<'s> {
        let fitting = self.paths.values().filter_map(|candidate| {
            let texts = candidate.template.matches(letters.strip(path, &candidate.base)?, letters)?;
            let takes = candidate.methods.values().flatten().filter_map(|index| operations.get(*index)).any(|o| takes(o, &texts));
            Some((takes, &candidate.exactness, candidate, texts))
        });
        let Some((_, _, best, texts)) = fitting.max_by_key(|(takes, exactness, ..)| (*takes, *exactness)) else {
            return Lookup::UnknownPath;
        };
        let Some(twins) = best.methods.get(method.as_str()) else {
            return Lookup::WrongMethod { allowed: best.methods.keys().cloned().collect() };
        };
        let mut twins = twins.iter().filter_map(|index| operations.get(*index));
        let first = twins.clone().next();
        match twins.find(|twin| takes(twin, &texts)).or(first) {
            Some(operation) => {
                let named = operation.template().names().zip(texts);
                Lookup::Found { operation, arguments: named.map(|(name, (_, text))| (name.to_owned(), text)).collect() }
            }
            None => Lookup::UnknownPath,
        }
    }
}

/// Whether the placeholders of an operation may hold these texts. Their names may differ from those of other operations of
/// the path; their order does not.
fn takes(operation: &Operation, texts: &PathTexts) -> bool {
    operation.template().names().zip(texts).all(|(name, (_, text))| holds(operation, name, text))
}

fn holds(operation: &Operation, name: &str, text: &str) -> bool {
    match operation.parameter(Place::Path, name) {
        Some(Parameter { shape: Shape::Scalar(scalar), schema, .. }) => schema.accepts(&scalar.read(text)),
        _ => true,
    }
}

/// Whether some placeholder tells the two apart: one of them takes numbers there, or words, that the other refuses.
fn excludes(one: &Operation, other: &Operation) -> bool {
    const PROBES: [&str; 6] = ["7", "108781", "DEMO", "Ab1", "login", "5f3a9c0b7d2e4a6f8c1b3d5e7f9a0b2c4d6e8f01"];
    let mut names = one.template().names().zip(other.template().names());
    names.any(|(first, second)| {
        let taken = PROBES.map(|text| (holds(one, first, text), holds(other, second, text)));
        !taken.contains(&(true, true)) && taken.contains(&(true, false)) && taken.contains(&(false, true))
    })
}

#[cfg(test)]
mod tests {
    use super::{Letters, Lookup};
    use crate::spec::testing::spec;
    use http::Method;

    const PATHS: &str = r##"
openapi: 3.0.3
info: {title: t, version: "1"}
servers: [{url: "https://host.example/v1/"}]
paths:
  /result/{code}/{hash}:
    parameters: [{name: code, in: path, required: true, schema: {type: string}}]
    get: {operationId: read, parameters: [{name: hash, in: path, required: true, schema: {type: string}}], responses: {200: {description: ok}}}
  /result/{code}/{run_id}:
    parameters: [{name: code, in: path, required: true, schema: {type: string}}]
    post: {operationId: add, parameters: [{name: run_id, in: path, required: true, schema: {type: integer}}], responses: {200: {description: ok}}}
  /result/{code}/latest:
    parameters: [{name: code, in: path, required: true, schema: {type: string}}]
    get: {operationId: latest, responses: {200: {description: ok}}}
"##;

    fn found(method: &Method, path: &str) -> String {
        let spec = spec(PATHS).expect("a good spec");
        match spec.lookup(method, path, Letters::Exact) {
            Lookup::Found { operation, arguments } => format!("{} {arguments:?}", operation.id()),
            Lookup::WrongMethod { allowed } => format!("allowed {allowed:?}"),
            Lookup::UnknownPath => "unknown".to_owned(),
        }
    }

    #[test]
    fn twin_templates_are_told_apart_by_method() {
        assert_eq!(found(&Method::GET, "/v1/result/A/ff"), r#"read [("code", "A"), ("hash", "ff")]"#);
        assert_eq!(found(&Method::POST, "/v1/result/A/7"), r#"add [("code", "A"), ("run_id", "7")]"#);
        assert_eq!(found(&Method::PUT, "/v1/result/A/7"), r#"allowed ["GET", "POST"]"#);
    }

    #[test]
    fn a_literal_goes_before_a_placeholder() {
        assert_eq!(found(&Method::GET, "/v1/result/A/latest"), r#"latest [("code", "A")]"#);
        assert_eq!(found(&Method::POST, "/v1/result/A/latest"), r#"allowed ["GET"]"#);
        assert_eq!(found(&Method::GET, "/v1/result"), "unknown");
    }

    #[test]
    fn a_number_is_no_word() {
        const WORDS: &str = r##"
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /{kind}/folders:
    parameters: [{name: kind, in: path, required: true, schema: {type: string}}]
    get: {operationId: folders, responses: {200: {description: ok}}}
  /tests/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {operationId: test, responses: {200: {description: ok}}}
"##;
        let spec = spec(WORDS).expect("a good spec");
        for (path, id) in [("/tests/folders", "folders"), ("/tests/17", "test"), ("/bugs/folders", "folders"), ("/tests/x", "test")] {
            let Lookup::Found { operation, .. } = spec.lookup(&Method::GET, path, Letters::Exact) else { panic!("{path} is unknown") };
            assert_eq!(operation.id(), id, "{path}");
        }
    }

    #[test]
    fn twins_with_the_same_method_are_refused() {
        let twice = PATHS.replace("    post:", "    get:");
        let error = spec(&twice).expect_err("two operations at one place");
        assert!(error.to_string().contains("two operations answer GET"), "{error}");
    }

    #[test]
    fn placeholders_that_exclude_each_other_tell_twins_apart() {
        const TWINS: &str = r##"
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /field/{code}: {get: {operationId: fields, parameters: [{name: code, in: path, required: true, schema: {type: string, pattern: "^[A-Z]+$"}}], responses: {200: {description: ok}}}}
  /field/{id}: {get: {operationId: field, parameters: [{name: id, in: path, required: true, schema: {type: integer}}], responses: {200: {description: ok}}}}
"##;
        let spec = spec(TWINS).expect("a good spec");
        for (path, expected) in [("/field/DEMO", "fields code"), ("/field/7", "field id"), ("/field/a1", "fields code")] {
            let Lookup::Found { operation, arguments } = spec.lookup(&Method::GET, path, Letters::Exact) else {
                panic!("{path} is unknown")
            };
            assert_eq!(format!("{} {}", operation.id(), arguments[0].0), expected, "{path}");
        }
    }

    #[test]
    fn operations_may_have_a_server_of_their_own() {
        let moved = PATHS
            .replace("    get: {operationId: latest,", "    servers: [{url: \"https://host.example/v2\"}]\n    get: {operationId: latest,");
        let spec = spec(&moved).expect("a good spec");
        for (path, id) in [("/v2/result/A/latest", Some("latest")), ("/v1/result/A/latest", Some("read")), ("/v2/result/A/7", None)] {
            let found = match spec.lookup(&Method::GET, path, Letters::Exact) {
                Lookup::Found { operation, .. } => Some(operation.id()),
                _ => None,
            };
            assert_eq!(found, id, "{path}");
        }
        assert_eq!(
            spec.operations().iter().map(super::Operation::signature).find(|s| s.contains("latest")),
            Some("GET /v2/result/{}/latest")
        );
        for (url, says) in [("v2", "neither a URL nor a path"), ("https://host.example/{version}", "only in the name of a host")] {
            let error = super::super::testing::spec(&moved.replace("https://host.example/v2", url)).expect_err(url).to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn the_prefix_comes_from_the_first_server() {
        assert_eq!(spec(PATHS).expect("a good spec").base(), "/v1");
        let relative = PATHS.replace("https://host.example/v1/", "/api");
        assert_eq!(spec(&relative).expect("a good spec").base(), "/api");
    }
}
