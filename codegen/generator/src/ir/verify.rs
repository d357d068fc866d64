//! Proves the invariants that emission relies on.

use std::collections::BTreeSet;

use super::{
    Api, Arg, Body, Field, Ident, Key, MemberKind, Operation, Output, Paging, Place, Presence, Resource, Rest, Segment, Shape, Soap,
    SoapInput, Struct, Type, TypeRef, Wire,
};

/// Checks that every reference resolves and every name is used once where it must be.
///
/// # Errors
/// One line per broken invariant: each is a fault of this crate, never of a specification.
pub fn verify(api: &Api) -> Result<(), Vec<String>> {
    let mut faults = Vec::new();
    unique(&mut faults, "type", api.types.iter().map(|(_, ty)| ty.name.as_str()));
    unique(
        &mut faults,
        "resource",
        api.resources
            .iter()
            .map(|r| &r.module)
            .chain(api.handles.iter().map(|h| &h.module))
            .chain(api.modules.iter().map(|m| &m.name))
            .map(Ident::as_str),
    );
    for (_, ty) in api.types.iter() {
        let mut check = |used: &TypeRef| resolves(api, used, &format!("type {}", ty.name), &mut faults);
        match &ty.shape {
            Shape::Struct(shape) => {
                shape.fields.iter().for_each(|field| check(&field.ty));
                groups(api, ty, shape, &mut faults);
            }
            Shape::Union(union) => union.arms.iter().for_each(|arm| check(&arm.ty)),
            Shape::Form(form) => form.parts.iter().for_each(|part| check(&part.ty)),
            Shape::Words(_) | Shape::Flags(_) => {}
        }
        match &ty.shape {
            Shape::Struct(shape) => unique(&mut faults, ty.name.as_str(), shape.fields.iter().map(|field| field.name.as_str())),
            Shape::Words(words) => unique(&mut faults, ty.name.as_str(), words.words.iter().map(|word| word.name.as_str())),
            Shape::Union(union) => unique(&mut faults, ty.name.as_str(), union.arms.iter().map(|arm| arm.name.as_str())),
            Shape::Flags(flags) => unique(&mut faults, ty.name.as_str(), flags.flags.iter().map(|flag| flag.name.as_str())),
            Shape::Form(form) => unique(&mut faults, ty.name.as_str(), form.parts.iter().map(|part| part.name.as_str())),
        }
    }
    for resource in &api.resources {
        under(api, resource, &mut faults);
        unique(&mut faults, resource.module.as_str(), resource.operations.iter().map(|op| op.method.as_str()));
        let items = std::iter::once(&resource.ty).chain(resource.operations.iter().map(|op| &op.ty));
        unique(&mut faults, resource.module.as_str(), items.map(Ident::as_str));
        for operation in &resource.operations {
            self::operation(api, operation, &mut faults);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn under(api: &Api, resource: &Resource, faults: &mut Vec<String>) {
    let Some(under) = &resource.under else { return };
    let names = |keys: &[Key]| keys.iter().map(|key| key.name.clone()).collect::<Vec<_>>();
    let above = api.handles.iter().find(|handle| handle.module == *under).map(|handle| names(&handle.keys));
    if above.is_none_or(|above| !names(&resource.keys).starts_with(&above)) {
        faults.push(format!("{}: the handle `{under}` is not there or binds something else", resource.module));
    }
}

/// A group is a struct of elements that all may be missing, and of which the struct around it has none.
fn groups(api: &Api, ty: &Type, shape: &Struct, faults: &mut Vec<String>) {
    let name = |field: &Field| Some((field.xml.as_ref()?.namespace.clone(), field.wire.clone()));
    let is_element = |field: &&Field| field.xml.as_ref().is_some_and(|xml| matches!(xml.kind, MemberKind::Element | MemberKind::Array(_)));
    let is_optional = |field: &Field| match field.presence {
        Presence::Optional | Presence::Patch => true,
        Presence::Required => matches!(field.ty, TypeRef::List(_)),
        Presence::Nullable => false,
    };
    let mut elements: BTreeSet<_> = shape.fields.iter().filter(is_element).filter_map(name).collect();
    for field in shape.fields.iter().filter(|field| field.xml.as_ref().is_some_and(|xml| xml.kind == MemberKind::Group)) {
        let inner = if let TypeRef::Boxed(inner) = &field.ty { Some(&**inner) } else { None };
        let members = match inner {
            Some(TypeRef::Named(id)) => api.types.get(*id),
            _ => None,
        };
        let fits = match members.map(|members| &members.shape) {
            Some(Shape::Struct(group)) => group
                .fields
                .iter()
                .all(|member| is_element(&member) && is_optional(member) && name(member).is_some_and(|name| elements.insert(name))),
            _ => false,
        };
        if !fits || field.presence != Presence::Optional {
            faults.push(format!("type {}: `{}` cannot be a group", ty.name, field.name));
        }
    }
}

fn operation(api: &Api, op: &Operation, faults: &mut Vec<String>) {
    unique(faults, &op.name, op.args.iter().map(|arg| arg.name.as_str()));
    for arg in &op.args {
        resolves(api, &arg.ty, &op.name, faults);
    }
    match &op.body {
        Some(Body::Json { ty, .. } | Body::Form(ty) | Body::Xml(ty)) => resolves(api, ty, &op.name, faults),
        Some(Body::Multipart(form)) => {
            let is_form = |id| matches!(api.types.get(id).map(|ty| &ty.shape), Some(Shape::Form(_)));
            if !matches!(form, TypeRef::Named(id) if is_form(*id)) {
                faults.push(format!("{}: the body is no form", op.name));
            }
        }
        Some(Body::File { .. } | Body::Text { .. }) | None => {}
    }
    if let Output::Json { ty, .. } | Output::Xml { ty, .. } = &op.output {
        resolves(api, ty, &op.name, faults);
    }
    resolves(api, &op.fault, &op.name, faults);
    match &op.wire {
        Wire::Rest(rest) => path(op, rest, faults),
        Wire::Soap(soap) => {
            soap.details.iter().for_each(|detail| resolves(api, &detail.ty, &op.name, faults));
            elements(op, soap, faults);
        }
    }
    paging(op, faults);
    if let Some(job) = &op.job {
        let polls = api.resources.iter().filter(|resource| resource.module == job.module).flat_map(|resource| &resource.operations);
        let mut same = polls.filter(|poll| poll.ty == job.poll && poll.fault == op.fault);
        let args = |poll: &Operation| poll.args.iter().filter(|arg| arg.required).count();
        if !same.any(|poll| args(poll) == job.args.len()) {
            faults.push(format!("{}: no operation asks for its job", op.name));
        }
    }
}

fn elements(op: &Operation, soap: &Soap, faults: &mut Vec<String>) {
    let children: &[_] = if let SoapInput::Wrapped { children, .. } = &soap.input { children } else { &[] };
    for (index, arg) in op.args.iter().enumerate() {
        let count = children.iter().filter(|id| id.0 == index).count();
        if count != usize::from(arg.place == Place::Element) || arg.xml.is_none() {
            faults.push(format!("{}: argument `{}` stands {count} times in the request", op.name, arg.wire));
        }
    }
    if matches!(soap.input, SoapInput::Bare(_)) != matches!(op.body, Some(Body::Xml(_))) || soap.versions.is_empty() {
        faults.push(format!("{}: body or version is missing", op.name));
    }
}

fn path(op: &Operation, rest: &Rest, faults: &mut Vec<String>) {
    let mut used = BTreeSet::new();
    for segment in &rest.path {
        let Segment::Arg(id) = segment else { continue };
        match op.args.get(id.0) {
            Some(Arg { place: Place::Path, .. }) => {
                used.insert(*id);
            }
            _ => faults.push(format!("{}: the path names argument {} which is no path argument", op.name, id.0)),
        }
    }
    let declared = op.args.iter().filter(|arg| arg.place == Place::Path).count();
    if used.len() != declared {
        faults.push(format!("{}: {declared} path arguments, {} of them in the path", op.name, used.len()));
    }
}

fn paging(op: &Operation, faults: &mut Vec<String>) {
    let ids = match &op.paging {
        Some(Paging::Offset { offset, limit, .. }) => vec![*offset, *limit],
        Some(Paging::Page { page, size_arg, .. }) => std::iter::once(*page).chain(*size_arg).collect(),
        Some(Paging::Token { token, .. }) => vec![*token],
        None => Vec::new(),
    };
    if ids.iter().any(|id| op.args.get(id.0).is_none()) {
        faults.push(format!("{}: paging names an argument that is not there", op.name));
    }
}

fn resolves(api: &Api, used: &TypeRef, place: &str, faults: &mut Vec<String>) {
    match used {
        TypeRef::Named(id) if api.types.get(*id).is_none() => faults.push(format!("{place}: type {} does not exist", id.0)),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Tokens(inner) => {
            resolves(api, inner, place, faults);
        }
        TypeRef::Named(_) | TypeRef::Prim(_) | TypeRef::Json => {}
    }
}

fn unique<'a>(faults: &mut Vec<String>, place: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            faults.push(format!("{place}: the name `{name}` is used twice"));
        }
    }
}
