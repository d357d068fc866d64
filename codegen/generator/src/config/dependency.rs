use super::table::{Table, invalid};
use crate::source::Cursor;
use std::collections::BTreeMap;

/// A crate that something written by hand stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// What version will do, as Cargo writes it: `0.42`.
    pub version: String,
    /// Its features that are needed, none by default.
    pub features: Vec<String>,
}

/// `dependencies` of a table: a version, or a table with `version` and `features`, by name of the crate.
pub(super) fn read(table: &mut Table<'_, '_>) -> BTreeMap<String, Dependency> {
    let mut found = BTreeMap::new();
    let Some(mut all) = table.table("dependencies") else { return found };
    let names: Vec<(String, Cursor<'_>)> = all.at.entries().map(|(name, at)| (name.to_owned(), at)).collect();
    for (name, at) in names {
        if !is_crate(&name) {
            all.report.push(invalid(&at, format!("`{name}` cannot be the name of a crate")));
            continue;
        }
        if name == "tms-runtime" {
            all.report.push(invalid(&at, format!("every crate stands on `{name}` already")).help("remove it"));
            continue;
        }
        let (version, features) = if at.node().as_map().is_some() {
            let Some(mut one) = all.table(&name) else { continue };
            one.only(&["version", "features"]);
            (one.needed("version"), one.texts("features"))
        } else {
            (all.text(&name), Vec::new())
        };
        let Some(version) = version else { continue };
        if !is_version(&version) {
            all.report.push(invalid(&at, format!("`{version}` is no version")).help("for example `1.2`"));
            continue;
        }
        found.insert(name, Dependency { version, features });
    }
    found
}

fn is_crate(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

fn is_version(text: &str) -> bool {
    let digits = text.trim_start_matches(['=', '~', '^']);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c))
}
