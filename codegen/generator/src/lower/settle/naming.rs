use std::collections::{BTreeMap, BTreeSet};

use super::Graph;
use crate::config::Config;
use crate::diagnostic::Report;
use crate::ir::{Ident, TypeId};
use crate::lower::clash::{Clash, report_clash, report_namesake};
use crate::lower::draft::{Draft, Label};
use crate::lower::name::Name;
use crate::names::{Claim, Kind, distinct, spelled};

/// What a type is called.
#[derive(Clone, Debug)]
pub(super) struct TypeName {
    /// What `[rename]` knows it by: the name the document gives it, or the one it gets without a word in `[rename]`.
    pub(super) usual: String,
    pub(super) name: Ident,
}

/// Names for all types that are generated. What the document names comes first; the rest takes what is free.
pub(super) fn type_names(graph: &Graph, ids: &BTreeSet<TypeId>, config: &Config, report: &mut Report) -> BTreeMap<TypeId, TypeName> {
    let drafts: Vec<(TypeId, &Draft)> = ids.iter().filter_map(|id| Some((*id, graph.draft(*id)?))).collect();
    let mut names = components(&drafts, config, report);
    let mut taken: BTreeMap<String, TypeId> = names.iter().map(|(id, name)| (name.name.as_str().to_owned(), *id)).collect();
    let mut anonymous: Vec<(TypeId, &Draft, &Name)> = Vec::new();
    for (id, draft) in drafts {
        if let Label::Anonymous(name) = &draft.label {
            anonymous.push((id, draft, name));
        }
    }
    anonymous.sort_by_key(|(_, draft, name)| (*name, draft.origin.pointer.as_str(), draft.origin.file));
    for (id, draft, name) in anonymous {
        let wanted = spelled(Kind::Type, &name.text);
        let other = name.fallback.iter().map(|name| spelled(Kind::Type, name));
        let found = std::iter::once(wanted.clone()).chain(other).find(|name| !taken.contains_key(name));
        let mut numbered = (2u32..).map(|number| format!("{wanted}{number}"));
        let usual = found.clone().or_else(|| numbered.find(|name| !taken.contains_key(name))).unwrap_or_default();
        let chosen = config.rename.get(&usual);
        if let (None, None, Some(owner)) = (found, chosen, taken.get(&wanted).and_then(|owner| graph.draft(*owner))) {
            let clash = Clash {
                what: "type",
                table: "rename",
                key: &usual,
                wanted: &wanted,
                given: &usual,
                at: &draft.origin,
                other: &owner.origin,
            };
            report_clash(&clash, config, report);
        }
        let name = chosen.unwrap_or(&usual);
        names.insert(id, TypeName { usual: usual.clone(), name: Ident::lossy(name) });
        taken.insert(name.clone(), id);
        taken.insert(usual, id);
    }
    names
}

fn components(drafts: &[(TypeId, &Draft)], config: &Config, report: &mut Report) -> BTreeMap<TypeId, TypeName> {
    let mut named: Vec<(TypeId, &Draft, &str)> = Vec::new();
    for (id, draft) in drafts {
        if let Label::Component(name) = &draft.label {
            named.push((*id, draft, name));
        }
    }
    named.sort_by_key(|(_, draft, name)| (*name, draft.origin.file, draft.origin.pointer.as_str()));
    let claims: Vec<Claim<'_>> =
        named.iter().map(|(_, _, name)| Claim { text: name, chosen: config.rename.get(*name).map(String::as_str) }).collect();
    let given = distinct(Kind::Type, &claims);
    for ((_, draft, name), given) in named.iter().zip(&given) {
        if let Some((_, other, namesake)) = given.clash.and_then(|index| named.get(index)) {
            if namesake == name {
                report_namesake(name, given.name.as_str(), &draft.origin, &other.origin, config, report);
                continue;
            }
            let wanted = spelled(Kind::Type, name);
            let clash = Clash {
                what: "type",
                table: "rename",
                key: name,
                wanted: &wanted,
                given: given.name.as_str(),
                at: &draft.origin,
                other: &other.origin,
            };
            report_clash(&clash, config, report);
        }
    }
    named.iter().zip(given).map(|((id, _, usual), given)| (*id, TypeName { usual: (*usual).to_owned(), name: given.name })).collect()
}
