use super::table::{Table, invalid};

/// A handle on the way to others: `client.project(11873).defects()`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handle {
    /// Path parameters that it binds, each by all the names it has in paths.
    pub args: Vec<Vec<String>>,
}

/// `[handles.<name>]`
pub(super) fn read(name: &str, mut table: Table<'_, '_>) -> Handle {
    table.only(&["args"]);
    table.module_name(name);
    table.demand("args");
    let args = table.lists("args");
    if let (true, Some(at)) = (args.is_empty(), table.at.get("args")) {
        table.report.push(invalid(&at, "`args` is empty: a handle binds at least one path parameter".to_owned()));
    }
    Handle { args }
}
