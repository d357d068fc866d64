//! What a SOAP service does with a call that its document allows: the part each one brings itself.

use super::fault::SoapFault;
use super::schema::{Schemas, TypeId};
use crate::behaviour::SeedError;
use crate::judge::Problem;
use crate::store::{Collection, Store};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// The habits and the data of one service. The core knows none; everything vendor-specific is behind this trait.
pub trait Service: Send + Sync + 'static {
    /// What the service is called: environment variables begin with it.
    fn name(&self) -> &'static str;

    /// Fills an empty store with the data a fresh server has.
    fn seed(&self, store: &mut Store);

    /// Whether [`answer`](Self::answer) knows this operation.
    fn knows(&self, operation: &str) -> bool;

    /// The element of a request that carries credentials. Operations whose input has none are open.
    fn credentials(&self) -> Option<&'static str> {
        None
    }

    /// Whether these credentials are let in: what is wrong with them otherwise.
    ///
    /// # Errors
    /// With the place below the credentials' element, and the message.
    fn admit(&self, _operation: &str, _credentials: &Value, _token: &str, _store: &Store) -> Result<(), (String, String)> {
        Ok(())
    }

    /// What a client needs to know to be let in, by the second half of names of environment variables.
    fn variables(&self, _token: &str) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Acts on a judged call: what stands in the response's element, if anything.
    ///
    /// # Errors
    /// If the data do not allow it.
    fn answer(&self, call: &Call<'_>, store: &mut Store, now: Timestamp) -> Result<Option<Value>, SoapFault>;

    /// Adds a record that a test brings along; answers with its key. `types` knows what the document declares.
    ///
    /// # Errors
    /// If the collection is unknown, the scope is missing, or the fields do not fit.
    fn insert(
        &self,
        types: Types<'_>,
        store: &mut Store,
        collection: Collection,
        scope: &str,
        fields: Value,
        now: Timestamp,
    ) -> Result<String, SeedError>;

    /// Puts problems into the service's own fault.
    fn refuse(&self, problems: &[Problem]) -> SoapFault;

    /// Whether an element that is there must have content.
    fn refuses_empty(&self) -> bool {
        false
    }

    /// What the service writes for a value of a built-in type (`int`) that is not set; None where it leaves the element out.
    fn blank(&self, _builtin: &str) -> Option<&'static str> {
        None
    }
}

/// A request that the document allows.
#[derive(Debug)]
pub struct Call<'a> {
    pub(crate) operation: &'a str,
    pub(crate) arguments: Map<String, Value>,
    pub(crate) credentials: Value,
    pub(crate) token: &'a str,
    pub(crate) types: Types<'a>,
}

impl<'a> Call<'a> {
    /// The operation's name.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// The arguments that were sent, credentials aside.
    #[must_use]
    pub fn arguments(&self) -> &Map<String, Value> {
        &self.arguments
    }

    /// The credentials that were sent, if the operation takes any.
    #[must_use]
    pub fn credentials(&self) -> &Value {
        &self.credentials
    }

    /// The secret that opens the mock.
    #[must_use]
    pub fn token(&self) -> &str {
        self.token
    }

    /// What the document declares.
    #[must_use]
    pub fn types(&self) -> Types<'a> {
        self.types
    }
}

/// What the document says about types.
#[derive(Clone, Copy, Debug)]
pub struct Types<'a>(pub(crate) &'a Schemas);

impl Types<'_> {
    /// Whether a named complex type takes an element of this name.
    #[must_use]
    pub fn admits(&self, name: &str, element: &str) -> bool {
        let Some(ty) = self.0.any_named(name) else { return false };
        self.0.is_open(ty) || self.0.members(ty).iter().any(|m| m.element.name.local == element)
    }

    /// The elements of a named complex type, in order: name and built-in type, empty for a complex one.
    #[must_use]
    pub fn fields(&self, name: &str) -> Vec<(String, &'static str)> {
        let Some(ty) = self.0.any_named(name) else { return Vec::new() };
        let builtin = |ty: TypeId| self.0.builtin(ty).unwrap_or_default();
        self.0.members(ty).into_iter().map(|m| (m.element.name.local.clone(), builtin(m.element.ty))).collect()
    }
}
