use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, spelled, spelled_out};
use crate::ir::Ident;

/// A name wanted in a scope.
#[derive(Clone, Debug)]
pub(crate) struct Claim<'a> {
    /// The text to make a name from.
    pub(crate) text: &'a str,
    /// The name the user chose for it, which is taken as it is.
    pub(crate) chosen: Option<&'a str>,
}

/// The name a claim got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// The name; no other claim of the scope has it.
    pub(crate) name: Ident,
    /// Index of the claim that has the name this one would have had.
    pub(crate) clash: Option<usize>,
}

/// Gives each claim a name of its own. Who gives way depends on the texts alone, never on their order: a text that is already
/// spelled like the name keeps it, then the alphabetically first; the others are spelled out, then numbered.
pub(crate) fn distinct(kind: Kind, claims: &[Claim<'_>]) -> Vec<Given> {
    let mut order: Vec<(usize, &Claim<'_>, String)> =
        claims.iter().enumerate().map(|(index, claim)| (index, claim, plain(kind, claim))).collect();
    order.sort_by(|(a_index, a, a_name), (b_index, b, b_name)| {
        let key = |claim: &Claim<'_>, name: &str| (claim.chosen.is_none(), claim.text != name);
        key(a, a_name).cmp(&key(b, b_name)).then(a.text.cmp(b.text)).then(a_index.cmp(b_index))
    });
    // A name made up for one claim must not be the plain name of another.
    let plain_names: BTreeSet<String> = order.iter().map(|(_, _, name)| name.clone()).collect();
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    let mut given: BTreeMap<usize, Given> = BTreeMap::new();
    for (index, claim, name) in order {
        let clash = owners.get(&name).copied();
        let name = if clash.is_none() { name } else { other(kind, claim.text, &name, &owners, &plain_names) };
        given.insert(index, Given { name: Ident::lossy(&name), clash });
        owners.insert(name, index);
    }
    given.into_values().collect()
}

fn plain(kind: Kind, claim: &Claim<'_>) -> String {
    claim.chosen.map_or_else(|| spelled(kind, claim.text), str::to_owned)
}

fn other(kind: Kind, text: &str, name: &str, owners: &BTreeMap<String, usize>, plain: &BTreeSet<String>) -> String {
    let free = |name: &String| !owners.contains_key(name) && !plain.contains(name);
    let out = spelled_out(kind, text);
    if free(&out) {
        return out;
    }
    let apart = if kind.is_camel() && !name.ends_with(|c: char| c.is_ascii_digit()) { "" } else { "_" };
    (2u32..).map(|number| format!("{name}{apart}{number}")).find(free).unwrap_or(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(kind: Kind, texts: &[&str]) -> Vec<String> {
        let claims: Vec<_> = texts.iter().map(|text| Claim { text, chosen: None }).collect();
        distinct(kind, &claims).iter().map(|given| given.name.to_string()).collect()
    }

    #[test]
    fn clashing_names_do_not_depend_on_order() {
        assert_eq!(names(Kind::Field, &["_id", "id", "Id"]), ["underscore_id", "id", "id_2"]);
        assert_eq!(names(Kind::Field, &["Id", "id", "_id"]), ["id_2", "id", "underscore_id"]);
        assert_eq!(names(Kind::Variant, &["a", "A", "A2"]), ["A3", "A", "A2"]);
    }

    #[test]
    fn a_chosen_name_is_kept() {
        let claims = [Claim { text: "id", chosen: None }, Claim { text: "identity", chosen: Some("id") }];
        let given = distinct(Kind::Field, &claims);
        assert_eq!(given.iter().map(|given| given.name.as_str()).collect::<Vec<_>>(), ["id_2", "id"]);
        assert_eq!(given.first().and_then(|given| given.clash), Some(1));
    }
}
