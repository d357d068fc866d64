use std::collections::{BTreeMap, BTreeSet};

use super::{Graph, Root, Way, named};
use crate::ir::{Ident, StructRole, TypeId};

/// Who uses a type, and which way its values travel.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    modules: BTreeSet<Ident>,
    always: bool,
    input: bool,
    output: bool,
}

impl Reach {
    pub(super) fn used_by(&self) -> Vec<Ident> {
        if self.always { Vec::new() } else { self.modules.iter().cloned().collect() }
    }

    pub(super) fn role(&self) -> StructRole {
        match (self.input, self.output) {
            (true, false) => StructRole::Input,
            (true, true) => StructRole::Both,
            (false, _) => StructRole::Output,
        }
    }
}

/// What the operations reach, by type.
pub(super) fn reach(graph: &Graph, roots: &[Root]) -> BTreeMap<TypeId, Reach> {
    let mut reached: BTreeMap<TypeId, Reach> = BTreeMap::new();
    let mut by_use: BTreeMap<(Way, Option<&Ident>), Vec<TypeId>> = BTreeMap::new();
    for root in roots {
        by_use.entry((root.way, root.module.as_ref())).or_default().extend(named(&root.ty));
    }
    for ((way, module), start) in by_use {
        for id in closure(graph, start) {
            let reach = reached.entry(id).or_default();
            match module {
                Some(module) => {
                    reach.modules.insert(module.clone());
                }
                None => reach.always = true,
            }
            reach.input |= way == Way::In;
            reach.output |= way == Way::Out;
        }
    }
    reached
}

fn closure(graph: &Graph, mut open: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id)
            && let Some(draft) = graph.draft(id)
        {
            open.extend(draft.shape.types().into_iter().filter_map(named));
        }
    }
    seen
}
