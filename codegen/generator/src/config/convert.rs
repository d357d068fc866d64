use super::table::Table;
use std::collections::BTreeMap;

/// A type that is made from another: what is sent, from what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Convert {
    /// The schema it is made from.
    pub from: String,
    /// Members of that schema by members of this one, where they are not called alike.
    pub rename: BTreeMap<String, String>,
}

/// `[convert.<Schema>]`
pub(super) fn read(mut table: Table<'_, '_>) -> Option<Convert> {
    table.only(&["from", "rename"]);
    let rename = table.table("rename").map(|mut rename| rename.all_texts().into_iter().collect()).unwrap_or_default();
    Some(Convert { from: table.needed("from")?, rename })
}
