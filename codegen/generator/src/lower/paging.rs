use crate::config::{self, Config, PagingStyle};
use crate::ir::{ArgId, Field, Ident, Operation, Output, Paging, Place, Presence, Prim, Shape, Total, TypeRef, Types};

/// Page size asked for when neither the caller nor `sdk.toml` says one.
const SIZE: u32 = 100;

/// How an operation is paged: by the first style whose parameters it has and whose list stands in its answer.
pub(super) fn paging(operation: &Operation, types: &Types, config: &Config) -> Option<Paging> {
    config.paging.iter().find_map(|(_, style)| by_style(operation, types, style))
}

fn by_style(operation: &Operation, types: &Types, style: &config::Paging) -> Option<Paging> {
    let (Output::Json { ty, optional: false, .. } | Output::Xml { ty, .. }) = &operation.output else { return None };
    let list = list(types, ty, &style.items)?;
    let (items, items_optional, item) = (list.path, list.optional, list.item);
    let total = match &style.total {
        Some(config::Total::Member(wire)) => total(types, ty, wire),
        Some(config::Total::Header(name)) => Some(Total::Header(name.clone())),
        None => None,
    };
    let size = style.size.unwrap_or(SIZE);
    Some(match &style.style {
        PagingStyle::Offset { offset, limit } => {
            let (offset, limit) = (counter(operation, offset)?, counter(operation, limit)?);
            Paging::Offset { offset, limit, size, items, items_optional, total, item }
        }
        PagingStyle::Page { page, limit, first } => {
            let size_arg = match limit {
                Some(limit) => Some(counter(operation, limit)?),
                None => None,
            };
            Paging::Page { page: counter(operation, page)?, size_arg, first: *first, size, items, items_optional, total, item }
        }
        PagingStyle::Token { token, next, .. } => {
            let next = field(types, ty, next).filter(|field| field.ty == TypeRef::Prim(Prim::String))?;
            Paging::Token {
                token: argument(operation, token, &[Prim::String])?,
                items,
                items_optional,
                next: next.name.clone(),
                next_optional: next.presence != Presence::Required,
                item,
            }
        }
    })
}

struct List {
    path: Vec<Ident>,
    optional: bool,
    item: TypeRef,
}

/// The list at a path of the answer. All but the last step must always be there.
fn list(types: &Types, output: &TypeRef, path: &str) -> Option<List> {
    let mut found = List { path: Vec::new(), optional: false, item: TypeRef::Json };
    let mut at = output;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        if found.optional {
            return None;
        }
        let field = field(types, at, step)?;
        found.path.push(field.name.clone());
        found.optional = field.presence != Presence::Required;
        at = &field.ty;
    }
    let TypeRef::List(item) = at else { return None };
    found.item = (**item).clone();
    Some(found)
}

/// The number at a path of the answer.
fn total(types: &Types, output: &TypeRef, wire: &str) -> Option<Total> {
    let mut path = Vec::new();
    let mut at = output;
    for step in wire.split('.') {
        let field = field(types, at, step).filter(|field| field.presence != Presence::Patch)?;
        path.push(field.name.clone());
        at = &field.ty;
    }
    (*at == TypeRef::Prim(Prim::I64)).then_some(Total::Path(path))
}

fn field<'t>(types: &'t Types, ty: &TypeRef, wire: &str) -> Option<&'t Field> {
    let TypeRef::Named(id) = ty else { return None };
    let Shape::Struct(shape) = &types.get(*id)?.shape else { return None };
    shape.fields.iter().find(|field| field.wire == wire)
}

fn counter(operation: &Operation, wire: &str) -> Option<ArgId> {
    argument(operation, wire, &[Prim::I64, Prim::I32])
}

/// The optional argument in the query, or in the element of a SOAP request, that paging sets.
fn argument(operation: &Operation, wire: &str, allowed: &[Prim]) -> Option<ArgId> {
    let fits = |ty: &TypeRef| matches!(ty, TypeRef::Prim(prim) if allowed.contains(prim));
    let found =
        |arg: &crate::ir::Arg| arg.wire == wire && matches!(arg.place, Place::Query(_) | Place::Element) && !arg.required && fits(&arg.ty);
    operation.args.iter().position(found).map(ArgId)
}
