//! From drafts to final types: aliases dissolved, unions tidied, equal shapes shared, names given, cycles boxed.

mod alias;
mod arms;
mod boxes;
mod build;
mod intern;
mod naming;
mod reach;

pub(super) use build::{Root, Way, build, origin};

use super::draft::{Draft, Drafts};
use crate::diagnostic::Report;
use crate::ir::{TypeId, TypeRef};

/// Drafts whose references are final but for their names and order.
#[derive(Debug)]
pub(super) struct Graph {
    drafts: Vec<Draft>,
}

impl Graph {
    pub(super) fn new(drafts: Drafts<'_>, report: &mut Report) -> Self {
        let mut drafts = drafts.into_items();
        // Each round turns at least one draft into an alias, or finds a value that may be null, or is the last.
        loop {
            alias::dissolve(&mut drafts, report);
            let tidied = arms::tidy(&mut drafts, report);
            if !tidied && !intern::share(&mut drafts) {
                return Self { drafts };
            }
        }
    }

    /// A type written in terms of all drafts, in terms of those that remain.
    pub(super) fn resolved(&self, ty: &TypeRef) -> TypeRef {
        alias::resolved(&self.drafts, ty).unwrap_or(TypeRef::Json)
    }

    pub(super) fn draft(&self, id: TypeId) -> Option<&Draft> {
        self.drafts.get(id.0)
    }
}

/// Rebuilds a type with its named types replaced.
pub(super) fn replaced(ty: &TypeRef, named: &mut impl FnMut(TypeId) -> TypeRef) -> TypeRef {
    match ty {
        TypeRef::Named(id) => named(*id),
        TypeRef::List(inner) => TypeRef::List(Box::new(replaced(inner, named))),
        TypeRef::Map(inner) => TypeRef::Map(Box::new(replaced(inner, named))),
        TypeRef::Nullable(inner) => super::draft::nullable(replaced(inner, named)),
        TypeRef::Boxed(inner) => TypeRef::Boxed(Box::new(replaced(inner, named))),
        TypeRef::Tokens(inner) => TypeRef::Tokens(Box::new(replaced(inner, named))),
        TypeRef::Prim(prim) => TypeRef::Prim(*prim),
        TypeRef::Json => TypeRef::Json,
    }
}

/// The named type inside a type, if there is one.
pub(super) fn named(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Tokens(inner) => {
            named(inner)
        }
        TypeRef::Prim(_) | TypeRef::Json => None,
    }
}
