//! Which types an operation brings along.

use std::collections::BTreeSet;

use super::{Api, Body, Operation, Output, Shape, TypeId, TypeRef, Wire};

/// The named types that `operations` use, directly or through others.
pub(super) fn reached<'a>(api: &'a Api, operations: impl Iterator<Item = &'a Operation>) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&TypeRef> = operations.flat_map(uses).collect();
    while let Some(used) = open.pop() {
        match used {
            TypeRef::Named(id) if found.insert(*id) => open.extend(api.types.get(*id).into_iter().flat_map(|ty| parts(&ty.shape))),
            TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Tokens(inner) => {
                open.push(inner);
            }
            TypeRef::Named(_) | TypeRef::Prim(_) | TypeRef::Json => {}
        }
    }
    found
}

fn uses(operation: &Operation) -> Vec<&TypeRef> {
    let mut used: Vec<&TypeRef> = operation.args.iter().map(|arg| &arg.ty).collect();
    match &operation.body {
        Some(Body::Json { ty, .. } | Body::Form(ty) | Body::Multipart(ty) | Body::Xml(ty)) => used.push(ty),
        Some(Body::File { .. } | Body::Text { .. }) | None => {}
    }
    if let Output::Json { ty, .. } | Output::Xml { ty, .. } = &operation.output {
        used.push(ty);
    }
    if let Wire::Soap(soap) = &operation.wire {
        used.extend(soap.details.iter().map(|detail| &detail.ty));
    }
    used.push(&operation.fault);
    used
}

fn parts(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Struct(shape) => shape.fields.iter().map(|field| &field.ty).collect(),
        Shape::Union(union) => union.arms.iter().map(|arm| &arm.ty).collect(),
        Shape::Form(form) => form.parts.iter().map(|part| &part.ty).collect(),
        Shape::Words(_) | Shape::Flags(_) => Vec::new(),
    }
}
