use super::replaced;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::{TypeId, TypeRef};
use crate::lower::draft::{Draft, Shape, nullable};
use crate::source::Location;

/// Replaces every reference to an alias by what it stands for. An alias that stands for itself becomes any JSON value.
pub(super) fn dissolve(drafts: &mut [Draft], report: &mut Report) {
    for index in 0..drafts.len() {
        let Some(Draft { shape: Shape::Alias(target), origin, .. }) = drafts.get(index) else { continue };
        if resolved(drafts, target).is_none() {
            let message = "this schema becomes any JSON value: it holds nothing but itself";
            report.push(Diagnostic::new(Tag::SchemaAsJson, message, Location::key(origin)));
            if let Some(draft) = drafts.get_mut(index) {
                draft.shape = Shape::Alias(TypeRef::Json);
            }
        }
    }
    for index in 0..drafts.len() {
        let Some(mut shape) = drafts.get(index).map(|draft| draft.shape.clone()) else { continue };
        shape.each_type(&mut |ty| *ty = resolved(drafts, ty).unwrap_or(TypeRef::Json));
        if let Some(draft) = drafts.get_mut(index) {
            draft.shape = shape;
        }
    }
}

/// A type without aliases; `None` if it never ends.
pub(super) fn resolved(drafts: &[Draft], ty: &TypeRef) -> Option<TypeRef> {
    inner(drafts, ty, 0)
}

fn inner(drafts: &[Draft], ty: &TypeRef, depth: usize) -> Option<TypeRef> {
    if depth > MAX_ALIASES {
        return None;
    }
    let mut endless = false;
    let ty = replaced(ty, &mut |id: TypeId| {
        let Some(draft) = drafts.get(id.0) else { return TypeRef::Json };
        let ty = match &draft.shape {
            Shape::Alias(target) => inner(drafts, target, depth + 1).unwrap_or_else(|| {
                endless = true;
                TypeRef::Json
            }),
            _ => TypeRef::Named(id),
        };
        if draft.nullable { nullable(ty) } else { ty }
    });
    (!endless).then_some(ty)
}

/// Aliases of aliases: more than any honest document has.
const MAX_ALIASES: usize = 100;

impl Shape {
    /// Runs over all types this shape uses.
    pub(super) fn each_type(&mut self, change: &mut impl FnMut(&mut TypeRef)) {
        match self {
            Self::Struct(fields) => fields.iter_mut().for_each(|field| change(&mut field.ty)),
            Self::Union(union) => union.arms.iter_mut().for_each(|arm| change(&mut arm.ty)),
            Self::Form(parts) => parts.iter_mut().for_each(|part| change(&mut part.ty)),
            Self::Alias(target) => change(target),
            Self::Pending | Self::Words(_) | Self::Flags(_) => {}
        }
    }

    /// The types this shape uses.
    pub(super) fn types(&self) -> Vec<&TypeRef> {
        match self {
            Self::Struct(fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::Union(union) => union.arms.iter().map(|arm| &arm.ty).collect(),
            Self::Form(parts) => parts.iter().map(|part| &part.ty).collect(),
            Self::Alias(target) => vec![target],
            Self::Pending | Self::Words(_) | Self::Flags(_) => Vec::new(),
        }
    }
}
