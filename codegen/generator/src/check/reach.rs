use super::schema::resolve_mapping;
use super::sites::{METHODS, operations};
use super::wsdl;
use crate::diagnostic::Report;
use crate::source::{Cursor, Sources, Spot};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Rules out the operations that reach, by references, a place of which the report says something that rules operations out.
///
/// Problems inside an operation need no help; this is for those in components, in what paths share, and in other files.
pub fn block_users(sources: &Sources, report: &mut Report) {
    if sources.wsdl().is_some() {
        return wsdl::block_users(sources, report);
    }
    let bad: Vec<Spot> = report.ruling().filter_map(|diagnostic| diagnostic.location().spot().cloned()).collect();
    if bad.is_empty() {
        return;
    }
    let edges = edges(sources);
    let owners = owners(sources);
    let mut seen: BTreeSet<Spot> = BTreeSet::new();
    let mut waiting = bad;
    while let Some(spot) = waiting.pop() {
        if !seen.insert(spot.clone()) {
            continue;
        }
        // The place itself and everything around it: operations and paths it is part of, and what others refer to.
        let mut around = Some((spot.pointer.clone(), None));
        while let Some((pointer, inner)) = around {
            let target = Spot { file: spot.file, pointer };
            let hit = owners.get(&target).into_iter().flatten().filter(|owner| owner.is_hit(inner.as_deref()));
            hit.for_each(|owner| report.block(owner.operation.clone()));
            let users = edges.range((target.clone(), first_of(sources, &target))..).take_while(|(to, _)| *to == target);
            waiting.extend(users.map(|(_, from)| from.clone()));
            let step = target.pointer.last().map(Cow::into_owned);
            around = target.pointer.parent().map(|parent| (parent, step));
        }
    }
}

/// An operation, as what an operation object or a path item stands for.
struct Owner {
    operation: Spot,
    is_path: bool,
}

impl Owner {
    /// Whether a problem under a key of the object is one of the operation: of a path, what its operations share.
    fn is_hit(&self, key: Option<&str>) -> bool {
        !self.is_path || !key.is_some_and(|key| METHODS.contains(&key))
    }
}

fn owners(sources: &Sources) -> BTreeMap<Spot, Vec<Owner>> {
    let mut owners: BTreeMap<Spot, Vec<Owner>> = BTreeMap::new();
    for site in operations(sources) {
        let operation = site.operation.spot();
        for (spot, is_path) in [(operation.clone(), false), (site.item.spot(), true), (site.entry.spot(), true)] {
            owners.entry(spot).or_default().push(Owner { operation: operation.clone(), is_path });
        }
    }
    owners
}

/// The least spot there is, to begin a range with.
fn first_of(sources: &Sources, or: &Spot) -> Spot {
    sources.files().next().map_or_else(|| or.clone(), |(file, _)| Sources::root_spot(file))
}

/// All references of all files, as pairs of target and place.
fn edges(sources: &Sources) -> BTreeSet<(Spot, Spot)> {
    let mut edges = BTreeSet::new();
    for (file, _) in sources.files() {
        if let Some(root) = sources.root_of(file) {
            collect(&root, &mut edges);
        }
    }
    edges
}

fn collect(at: &Cursor<'_>, edges: &mut BTreeSet<(Spot, Spot)>) {
    for item in at.items() {
        collect(&item, edges);
    }
    for (name, value) in at.entries() {
        match (name, value.as_str()) {
            ("$ref", Some(text)) => edges.extend(at.resolve(text).ok().map(|target| (target.spot(), at.spot()))),
            ("discriminator", None) => {
                for (_, target) in value.get("mapping").iter().flat_map(|mapping| mapping.entries().collect::<Vec<_>>()) {
                    let target = target.as_str().and_then(|text| resolve_mapping(&target, text));
                    edges.extend(target.map(|target| (target.spot(), at.spot())));
                }
            }
            _ => collect(&value, edges),
        }
    }
}
