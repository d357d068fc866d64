use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::{Prim, TypeId, TypeRef};
use crate::lower::draft::{Arm, Draft, Label, Shape, Union, without_null};
use crate::source::Location;

/// Brings all unions into a form that can be read; those with one arm become aliases. True if there were such.
pub(super) fn tidy(drafts: &mut [Draft], report: &mut Report) -> bool {
    let mut again = false;
    for index in 0..drafts.len() {
        let Some(Draft { shape: Shape::Union(union), nullable, .. }) = drafts.get(index) else { continue };
        // Elements tell their arms apart by themselves.
        if union.arms.iter().any(|arm| arm.element.is_some()) {
            continue;
        }
        let mut null = *nullable;
        let mut arms = Vec::new();
        flatten(drafts, &union.arms, &mut BTreeSet::from([TypeId(index)]), &mut arms, &mut null);
        let open = arms.iter().any(|arm| arm.ty == TypeRef::Json);
        let arms = without_needless(drafts, arms);
        let tag = union.tag.clone().filter(|tag| tag_works(drafts, index, tag, &arms, report));
        let shape = match arms.as_slice() {
            [] => Shape::Alias(TypeRef::Json),
            [_] if open => Shape::Alias(TypeRef::Json),
            [only] => Shape::Alias(only.ty.clone()),
            _ if tag.is_none() => {
                Shape::Union(Union { arms: arms.into_iter().map(|arm| Arm { values: Vec::new(), ..arm }).collect(), tag })
            }
            _ => Shape::Union(Union { arms, tag }),
        };
        again |= matches!(shape, Shape::Alias(_)) || null != *nullable;
        let lent = if let Shape::Alias(TypeRef::Named(only)) = &shape { Some(*only) } else { None };
        let Some(draft) = drafts.get_mut(index) else { continue };
        draft.shape = shape;
        draft.nullable = null;
        let label = draft.label.clone();
        if let Some(only) = lent.and_then(|id| drafts.get_mut(id.0)) {
            lend(&label, &mut only.label);
        }
    }
    again
}

/// What a union turns out to be may take its name, which says less about the place: `GetUserFault` for `GetUserFaultNotFound`.
fn lend(union: &Label, only: &mut Label) {
    if let (Label::Anonymous(union), Label::Anonymous(only)) = (union, only)
        && only.text.starts_with(&union.text)
    {
        *only = union.clone();
    }
}

/// Takes null out of the arms and puts the arms of an untagged union in place of the union.
fn flatten(drafts: &[Draft], from: &[Arm], trail: &mut BTreeSet<TypeId>, into: &mut Vec<Arm>, null: &mut bool) {
    for arm in from {
        let (ty, nullable) = without_null(arm.ty.clone());
        *null |= nullable;
        if let TypeRef::Named(id) = ty
            && let Some(Draft { shape: Shape::Union(Union { arms, tag: None }), .. }) = drafts.get(id.0)
        {
            if trail.len() < MAX_UNIONS_DEEP && trail.insert(id) {
                flatten(drafts, arms, trail, into, null);
            }
            continue;
        }
        match into.iter_mut().find(|known| known.ty == ty) {
            Some(known) => {
                known.values.extend(arm.values.iter().filter(|value| !known.values.contains(value)).cloned().collect::<Vec<_>>());
            }
            None => into.push(Arm { ty, hint: arm.hint.clone(), values: arm.values.clone(), element: arm.element.clone() }),
        }
    }
}

/// Drops arms that others include: what is none of the arms is kept as JSON anyway, and a list of words is open.
fn without_needless(drafts: &[Draft], mut arms: Vec<Arm>) -> Vec<Arm> {
    let is_words =
        |ty: &TypeRef| matches!(ty, TypeRef::Named(id) if matches!(drafts.get(id.0), Some(Draft { shape: Shape::Words(_), .. })));
    let has = |arms: &[Arm], wanted: Prim| arms.iter().any(|arm| arm.ty == TypeRef::Prim(wanted));
    let words = arms.iter().any(|arm| is_words(&arm.ty));
    let (i64, f64) = (has(&arms, Prim::I64), has(&arms, Prim::F64));
    if arms.iter().all(|arm| arm.ty == TypeRef::Json) {
        return Vec::new();
    }
    arms.retain(|arm| match &arm.ty {
        TypeRef::Json => false,
        TypeRef::Prim(Prim::String) => !words,
        TypeRef::Prim(Prim::I32) => !i64 && !f64,
        TypeRef::Prim(Prim::I64 | Prim::F32) => !f64,
        _ => true,
    });
    arms
}

/// Whether each arm is an object that holds the tag, and each has a value of its own to be told by.
fn tag_works(drafts: &[Draft], index: usize, tag: &str, arms: &[Arm], report: &mut Report) -> bool {
    let holds = |arm: &Arm| {
        let TypeRef::Named(id) = &arm.ty else { return false };
        let Some(Draft { shape: Shape::Struct(fields), .. }) = drafts.get(id.0) else { return false };
        fields.iter().any(|field| field.wire == tag)
    };
    let mut seen = BTreeSet::new();
    let fault = if !arms.iter().all(holds) {
        format!("not every alternative is an object with a member `{tag}`")
    } else if !arms.iter().all(|arm| !arm.values.is_empty() && arm.values.iter().all(|value| seen.insert(value))) {
        format!("two alternatives have the same value of `{tag}`")
    } else {
        return true;
    };
    if let Some(draft) = drafts.get(index) {
        let message = format!("alternatives are told apart by trying them: {fault}");
        report.push(Diagnostic::new(Tag::UntaggedUnion, message, Location::key(&draft.origin)));
    }
    false
}

/// Unions of unions: more than any honest document has.
const MAX_UNIONS_DEEP: usize = 50;
