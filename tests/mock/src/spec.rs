//! What an OpenAPI 3.0 document says, read from its raw tree.
//!
//! Nothing here comes from the generator or the runtime: a misreading there must not be repeated here.

mod answer;
mod body;
mod document;
mod example;
mod files;
mod media;
mod operation;
mod outline;
mod parameter;
mod route;
mod schema;
mod security;
mod server;
mod template;

pub(crate) use answer::Documented;
pub(crate) use body::{Media, RequestBody};
pub use document::{Offsets, SpecError};
pub(crate) use media::MediaRange;
pub(crate) use operation::Operation;
pub(crate) use outline::snake_case;
pub(crate) use parameter::{Encoding, Parameter, Place, Scalar, Shape};
pub(crate) use route::Lookup;
pub(crate) use schema::moment;
pub(crate) use security::Credential;
pub use template::Letters;
pub(crate) use template::{PathTexts, Template};

use document::{Document, Node, Pointer};
use route::Routes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// An API as its document describes it.
#[derive(Debug)]
pub(crate) struct Spec {
    base: String,
    operations: Vec<Operation>,
    routes: Routes,
}

impl Spec {
    /// Reads `openapi.yaml`, `openapi.yml` or `openapi.json` in `folder`, once per process: compiling the schemas takes
    /// longer than most tests that start a mock.
    pub(crate) fn load(folder: &Path, offsets: Offsets) -> Result<Arc<Self>, SpecError> {
        static LOADED: Mutex<BTreeMap<PathBuf, Arc<Spec>>> = Mutex::new(BTreeMap::new());
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(spec) = loaded.get(folder) {
            return Ok(spec.clone());
        }
        let spec = Arc::new(Self::read(&Document::in_folder(folder, offsets)?)?);
        loaded.insert(folder.to_owned(), spec.clone());
        Ok(spec)
    }

    fn read(document: &Document) -> Result<Self, SpecError> {
        let version = document.root().get("openapi").and_then(|v| v.as_str()).unwrap_or_default();
        if !version.starts_with("3.0") {
            let found = if version.is_empty() { "no `openapi` version" } else { version };
            return Err(document.error(&Pointer::root(), format!("the mock reads OpenAPI 3.0, found {found}")));
        }
        let operations = operation::read_all(document)?;
        let routes = Routes::new(&operations).map_err(|message| document.error(&Pointer::root().key("paths"), message))?;
        let root = Node { value: document.root(), at: Pointer::root() };
        Ok(Self { base: server::path(document, &[&root])?, operations, routes })
    }

    /// Path prefix of the first server, without a closing slash: `/v1`, or empty.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Names of the headers that carry credentials.
    pub(crate) fn credential_headers(&self) -> Vec<String> {
        let all = self.operations.iter().flat_map(|o| o.security.iter().flatten());
        let named = all.filter_map(|credential| match credential {
            Credential::Header(name) => Some(name.clone()),
            _ => None,
        });
        named.chain(["authorization".to_owned(), "cookie".to_owned()]).collect()
    }

    /// Finds the operation for a method and a whole path.
    pub(crate) fn lookup(&self, method: &http::Method, path: &str, letters: Letters) -> Lookup<'_> {
        self.routes.lookup(&self.operations, method, path, letters)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Small documents for the unit tests of this crate.

    use super::{Document, Spec, SpecError};

    /// Reads a document given as text.
    pub(crate) fn spec(yaml: &str) -> Result<Spec, SpecError> {
        Spec::read(&Document::parse("test.yaml", yaml)?)
    }
}
