//! `sdk.toml`: what a standard spec cannot say about the crate to be generated.

mod convert;
mod dependency;
mod example;
mod feature;
mod handle;
mod job;
mod module;
mod package;
mod paging;
mod read;
mod table;
mod target;

pub use convert::Convert;
pub use dependency::Dependency;
pub use example::Example;
pub(crate) use feature::own_features;
pub use handle::Handle;
pub use job::Job;
pub use module::Module;
pub(crate) use package::from_file_name;
pub use paging::{Paging, PagingStyle, Total};
pub(crate) use read::read;
pub(crate) use target::{Half, Target};

use crate::source::{FileId, Location, Pointer, Spot};
use std::collections::BTreeMap;

/// What a document is written in; some settings make sense in one language only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// OpenAPI: REST.
    OpenApi,
    /// WSDL with XML Schema: SOAP.
    Wsdl,
}

/// The settings of one API. All names of tags, operations, schemas and parameters are the document's own.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `sdk.toml` among the sources; `None` if there is none and all is default.
    pub file: Option<FileId>,
    /// Cargo package to generate.
    pub package: String,
    /// Human name of the API.
    pub title: Option<String>,
    /// One line saying what the crate is.
    pub about: Option<String>,
    /// How docs introduce an operation's `x-source`.
    pub source: Option<String>,
    /// By name of the security scheme.
    pub auth: BTreeMap<String, Auth>,
    /// How often the API may be called.
    pub rate_limit: Option<RateLimit>,
    /// The wrapper around answers.
    pub envelope: Option<Envelope>,
    /// Ways of paging with their names, in the order in which they are tried.
    pub paging: Vec<(String, Paging)>,
    /// By name of the kind of job.
    pub jobs: BTreeMap<String, Job>,
    /// By name of the handle.
    pub handles: BTreeMap<String, Handle>,
    /// By module name.
    pub resources: BTreeMap<String, Resource>,
    /// Rust names by `Schema`, `Schema.field` or `operationId.parameter`.
    pub rename: BTreeMap<String, String>,
    /// Operations that may be repeated although their method, or SOAP, says otherwise.
    pub idempotent: Vec<String>,
    /// Operations that may not be repeated although their method says so.
    pub only_refused: Vec<String>,
    /// Operations whose answer may stand on another host.
    pub elsewhere: Vec<String>,
    /// By name of the module written by hand.
    pub modules: BTreeMap<String, Module>,
    /// By name of the example written by hand.
    pub examples: BTreeMap<String, Example>,
    /// By the schema of what is sent.
    pub converts: BTreeMap<String, Convert>,
    /// Texts that nothing may show, as `Type.Member` or `Operation.Argument`.
    pub secrets: Vec<String>,
    /// What only SOAP needs to know.
    pub soap: Soap,
}

/// What a WSDL cannot say about its service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Soap {
    /// The service refuses elements without content.
    pub omit_empty: bool,
    /// Children of requests and answers that are always there although the schema lets them out, as `Name` or `Operation.Name`.
    pub required: Vec<String>,
}

/// How a credential appears on the client builder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Auth {
    /// Builder method.
    pub setter: Option<String>,
    /// Environment variable shown in docs and examples.
    pub env: Option<String>,
    /// The client name to renew the tokens of a login with, if that is not the one of the login.
    pub refresh_client: Option<String>,
    /// SOAP: the child of a request's element that holds the credential.
    pub element: Option<String>,
}

/// `requests` per window of `seconds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests allowed in one window.
    pub requests: u32,
    /// Length of the window in seconds.
    pub seconds: u32,
}

/// `{"status": true, "result": …}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Member that is `false` when a 2xx answer is a failure all the same.
    pub ok: Option<String>,
    /// Member that holds what the caller asked for.
    pub value: String,
}

/// A group of operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// The tag whose operations belong to it; the module name says so too if it is one.
    pub tag: Option<String>,
    /// The handle it is reached by, if that is not the client.
    pub under: Option<String>,
    /// Path parameters bound by the handle, beside those of the one above.
    pub args: Vec<String>,
    /// The cargo feature that compiles it in; without one it is called after the module.
    pub feature: Option<String>,
    /// What the resource is about, where no tag says so, or too little.
    pub about: Option<String>,
    /// Method names by `operationId`, or by the name of a SOAP operation.
    pub operations: BTreeMap<String, String>,
}

impl Config {
    /// Settings for a spec without `sdk.toml`.
    pub fn for_package(package: impl Into<String>) -> Self {
        Self { package: package.into(), ..Self::default() }
    }

    /// The key under which something stands in `sdk.toml`, as a place for diagnostics: `["resources", "cases", "tag"]`.
    pub fn key<'a>(&self, steps: impl IntoIterator<Item = &'a str>) -> Option<Location> {
        self.spot(steps).map(|spot| Location::key(&spot))
    }

    /// The value that stands under a key of `sdk.toml`, as a place for diagnostics.
    pub fn value<'a>(&self, steps: impl IntoIterator<Item = &'a str>) -> Option<Location> {
        self.spot(steps).map(|spot| Location::value(&spot))
    }

    /// The method name that `sdk.toml` gives to an operation, and the resource it gives it in.
    pub fn operation(&self, id: &str) -> Option<(&str, &str)> {
        self.resources.iter().find_map(|(module, resource)| Some((module.as_str(), resource.operations.get(id)?.as_str())))
    }

    /// The feature that compiles the resource or module of this name in.
    pub fn feature(&self, module: &str) -> String {
        let chosen = self.resources.get(module).and_then(|resource| resource.feature.clone());
        chosen.unwrap_or_else(|| feature::of_module(module))
    }

    fn spot<'a>(&self, steps: impl IntoIterator<Item = &'a str>) -> Option<Spot> {
        Some(Spot { file: self.file?, pointer: Pointer::root().join(steps) })
    }
}
