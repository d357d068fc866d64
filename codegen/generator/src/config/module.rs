use super::table::Table;

/// A module written by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// The feature that compiles it in, or `always`; without one it is called after the module.
    pub feature: Option<String>,
    /// Features that it cannot do without.
    pub needs: Vec<String>,
}

impl Module {
    /// What stands for a feature where a module needs none.
    pub const ALWAYS: &str = "always";
}

/// `[modules.<name>]`
pub(super) fn read(mut table: Table<'_, '_>) -> Module {
    table.only(&["feature", "needs"]);
    Module { feature: table.text("feature"), needs: table.texts("needs") }
}
