use super::dependency::{self, Dependency};
use super::table::Table;
use std::collections::BTreeMap;

/// An example written by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// Features that it needs, beside all resources and the async client.
    pub features: Vec<String>,
    /// Crates that it stands on.
    pub dependencies: BTreeMap<String, Dependency>,
}

/// `[examples.<name>]`
pub(super) fn read(mut table: Table<'_, '_>) -> Example {
    table.only(&["features", "dependencies"]);
    Example { features: table.texts("features"), dependencies: dependency::read(&mut table) }
}
