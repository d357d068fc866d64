use super::dependency::{self, Dependency};
use super::table::Table;
use std::collections::BTreeMap;

/// A module written by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// The feature that compiles it in, or `always`; without one it is called after the module.
    pub feature: Option<String>,
    /// Features that it cannot do without.
    pub needs: Vec<String>,
    /// Crates that it stands on; then `all` does not bring it along.
    pub dependencies: BTreeMap<String, Dependency>,
}

impl Module {
    /// What stands for a feature where a module needs none.
    pub const ALWAYS: &str = "always";
}

/// `[modules.<name>]`
pub(super) fn read(mut table: Table<'_, '_>) -> Module {
    table.only(&["feature", "needs", "dependencies"]);
    Module { feature: table.text("feature"), needs: table.texts("needs"), dependencies: dependency::read(&mut table) }
}
