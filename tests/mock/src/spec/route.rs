//! From a request line to an operation.

use super::operation::Operation;
use super::parameter::{Parameter, Place, Shape};
use super::template::{Exactness, Letters, PathTexts, Template};
use http::Method;
use std::collections::BTreeMap;

/// Every path of the API; templates that differ only in placeholder names are one path.
#[derive(Debug)]
pub(crate) struct Routes {
    paths: BTreeMap<String, Path>,
}

#[derive(Debug)]
struct Path {
    exactness: Exactness,
    /// Any template of this path: they all match the same requests.
    template: Template,
    /// Indices into the operations.
    methods: BTreeMap<String, usize>,
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
            let path = paths.entry(template.skeleton()).or_insert_with(|| Path {
                exactness: template.exactness(),
                template: template.clone(),
                methods: BTreeMap::new(),
            });
            if path.methods.insert(operation.method().to_string(), index).is_some() {
                return Err(format!("two operations answer {} {}", operation.method(), template.text()));
            }
        }
        Ok(Self { paths })
    }

    /// Of several paths that fit, one whose placeholders may hold what stands there goes first, then the most exact one.
    pub(crate) fn lookup<'s>(&self, operations: &'s [Operation], method: &Method, path: &str, letters: Letters) -> Lookup<'s> {
        let fitting = self.paths.values().filter_map(|p| Some((p.takes(&p.template.matches(path, letters)?, operations), &p.exactness, p)));
        let Some((_, _, best)) = fitting.max_by_key(|(takes, exactness, _)| (*takes, *exactness)) else {
            return Lookup::UnknownPath;
        };
        match best.methods.get(method.as_str()).and_then(|index| operations.get(*index)) {
            Some(operation) => {
                let arguments = operation.template().matches(path, letters).unwrap_or_default();
                Lookup::Found { operation, arguments }
            }
            None => Lookup::WrongMethod { allowed: best.methods.keys().cloned().collect() },
        }
    }
}

impl Path {
    /// Whether some operation of this path may have these placeholders.
    fn takes(&self, texts: &PathTexts, operations: &[Operation]) -> bool {
        let fits = |operation: &Operation| {
            // The names of placeholders may differ from operation to operation; their order does not.
            operation.template().names().zip(texts).all(|(name, (_, text))| match operation.parameter(Place::Path, name) {
                Some(Parameter { shape: Shape::Scalar(scalar), schema, .. }) => schema.accepts(&scalar.read(text)),
                _ => true,
            })
        };
        self.methods.values().filter_map(|index| operations.get(*index)).any(fits)
    }
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
        assert_eq!(found(&Method::GET, "/result/A/ff"), r#"read [("code", "A"), ("hash", "ff")]"#);
        assert_eq!(found(&Method::POST, "/result/A/7"), r#"add [("code", "A"), ("run_id", "7")]"#);
        assert_eq!(found(&Method::PUT, "/result/A/7"), r#"allowed ["GET", "POST"]"#);
    }

    #[test]
    fn a_literal_goes_before_a_placeholder() {
        assert_eq!(found(&Method::GET, "/result/A/latest"), r#"latest [("code", "A")]"#);
        assert_eq!(found(&Method::POST, "/result/A/latest"), r#"allowed ["GET"]"#);
        assert_eq!(found(&Method::GET, "/result"), "unknown");
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
    fn the_prefix_comes_from_the_first_server() {
        assert_eq!(spec(PATHS).expect("a good spec").base(), "/v1");
        let relative = PATHS.replace("https://host.example/v1/", "/api");
        assert_eq!(spec(&relative).expect("a good spec").base(), "/api");
    }
}
