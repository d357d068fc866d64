use std::collections::BTreeMap;

use crate::ir::{TypeId, TypeRef};
use crate::lower::draft::{Draft, Label, Shape};
use crate::names::{Kind, spelled};

/// Makes one of equal anonymous types: all but one become aliases of it. True if there were such.
///
/// An anonymous type that equals the one the document defines under the very name it would get is that one. So are equal types
/// that two files of the document define under the same name.
pub(super) fn share(drafts: &mut [Draft]) -> bool {
    let mut groups: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    let mut components: BTreeMap<(String, String), TypeId> = BTreeMap::new();
    let mut namesakes: BTreeMap<(&str, String), Vec<TypeId>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let Some(key) = key(&draft.shape) else { continue };
        match &draft.label {
            Label::Anonymous(_) => groups.entry(key).or_default().push(TypeId(index)),
            Label::Component(name) => {
                namesakes.entry((name, key.clone())).or_default().push(TypeId(index));
                components.insert((spelled(Kind::Type, name), key), TypeId(index));
            }
        }
    }
    let namesakes: Vec<Vec<TypeId>> = namesakes.into_values().filter(|ids| ids.len() > 1).collect();
    let mut changed = false;
    for ids in namesakes {
        let place = |id: &TypeId| drafts.get(id.0).map(|draft| draft.origin.clone());
        let Some(first) = ids.iter().min_by_key(|id| place(id)).copied() else { continue };
        changed |= alias(drafts, ids, first);
    }
    for (key, ids) in groups {
        let component = ids.iter().find_map(|id| components.get(&(wanted(drafts, *id)?, key.clone())).copied());
        let Some(chosen) = component.or_else(|| ids.iter().min_by_key(|id| rank(drafts, **id)).copied()) else { continue };
        changed |= alias(drafts, ids, chosen);
    }
    changed
}

/// Lets `ids` stand for `chosen`, which is one of them or equal to them. True if there were others.
fn alias(drafts: &mut [Draft], ids: Vec<TypeId>, chosen: TypeId) -> bool {
    let mut changed = false;
    for id in ids.into_iter().filter(|id| *id != chosen) {
        if let Some(draft) = drafts.get_mut(id.0) {
            draft.shape = Shape::Alias(TypeRef::Named(chosen));
            changed = true;
        }
    }
    changed
}

/// The name an anonymous type would get.
fn wanted(drafts: &[Draft], id: TypeId) -> Option<String> {
    let Label::Anonymous(name) = &drafts.get(id.0)?.label else { return None };
    Some(spelled(Kind::Type, &name.text))
}

/// Which of several equal types lends its name: the shortest, so that it says least about where it is used.
fn rank(drafts: &[Draft], id: TypeId) -> (usize, String, String) {
    let Some(Draft { label: Label::Anonymous(name), origin, .. }) = drafts.get(id.0) else {
        return (usize::MAX, String::new(), String::new());
    };
    (name.text.len(), name.text.clone(), origin.pointer.as_str().to_owned())
}

/// Everything about a shape that matters to a reader of its values.
fn key(shape: &Shape) -> Option<String> {
    Some(match shape {
        Shape::Struct(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|field| (&field.wire, &field.aliases, &field.ty, field.required, field.access, field.deprecated, &field.xml))
                .collect();
            format!("struct {fields:?}")
        }
        Shape::Words(words) => format!("words {:?}", words.iter().map(|word| (&word.wire, &word.aliases, &word.hint)).collect::<Vec<_>>()),
        Shape::Union(union) => {
            format!("union {:?} {:?}", union.tag, union.arms.iter().map(|arm| (&arm.ty, &arm.values, &arm.element)).collect::<Vec<_>>())
        }
        Shape::Flags(flags) => format!("flags {flags:?}"),
        // Forms are told apart by their names.
        Shape::Form(_) | Shape::Alias(_) | Shape::Pending => return None,
    })
}
