//! From a request line to an operation.

use super::operation::Operation;
use super::template::{Exactness, PathTexts, Template};
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

    pub(crate) fn lookup<'s>(&self, operations: &'s [Operation], method: &Method, path: &str) -> Lookup<'s> {
        let fitting = self.paths.values().filter(|p| p.template.matches(path).is_some());
        let Some(best) = fitting.max_by(|a, b| a.exactness.cmp(&b.exactness)) else {
            return Lookup::UnknownPath;
        };
        match best.methods.get(method.as_str()).and_then(|index| operations.get(*index)) {
            Some(operation) => {
                let arguments = operation.template().matches(path).unwrap_or_default();
                Lookup::Found { operation, arguments }
            }
            None => Lookup::WrongMethod { allowed: best.methods.keys().cloned().collect() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lookup;
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
        match spec.lookup(method, path) {
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
