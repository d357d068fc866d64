use super::draft::{Draft, Shape, without_null};
use super::settle::Graph;
use crate::ir::{Arg, Place, Prim, QueryStyle, TypeRef};

/// How a value looks outside JSON: in a path, a query, a header or a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// One text.
    Scalar,
    /// Several texts.
    Texts,
    /// Names and texts.
    Object,
    /// More than that.
    Nested,
}

/// How values of a type look.
pub(super) fn look(graph: &Graph, ty: &TypeRef) -> Look {
    match ty {
        TypeRef::Prim(_) | TypeRef::Tokens(_) => Look::Scalar,
        TypeRef::Json => Look::Nested,
        TypeRef::Map(_) => Look::Object,
        TypeRef::List(inner) => match look(graph, inner) {
            Look::Scalar => Look::Texts,
            Look::Texts | Look::Object | Look::Nested => Look::Nested,
        },
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => look(graph, inner),
        TypeRef::Named(id) => match graph.draft(*id) {
            Some(Draft { shape: Shape::Words(_) | Shape::Flags(_), .. }) => Look::Scalar,
            Some(Draft { shape: Shape::Struct(_), .. }) => Look::Object,
            Some(Draft { shape: Shape::Union(union), .. }) => {
                let looks: Vec<Look> = union.arms.iter().map(|arm| arm_look(&arm.ty)).collect();
                let all = |allowed: &[Look]| looks.iter().all(|look| allowed.contains(look));
                if all(&[Look::Scalar]) {
                    Look::Scalar
                } else if all(&[Look::Scalar, Look::Texts]) {
                    Look::Texts
                } else {
                    Look::Nested
                }
            }
            _ => Look::Nested,
        },
    }
}

/// Arms are not looked into further: what is nested deeper is no text anyway.
fn arm_look(ty: &TypeRef) -> Look {
    match ty {
        TypeRef::Prim(_) => Look::Scalar,
        TypeRef::List(inner) if matches!(**inner, TypeRef::Prim(_)) => Look::Texts,
        _ => Look::Nested,
    }
}

/// Brings an argument into a form that its place can hold. False if that was only possible by taking it as text.
pub(super) fn fit(graph: &Graph, arg: &mut Arg) -> bool {
    arg.ty = with_texts(without_null(arg.ty.clone()).0, arg.place);
    let fits = match (look(graph, &arg.ty), arg.place) {
        (_, Place::Query(QueryStyle::Json)) => true,
        (Look::Scalar, Place::Query(QueryStyle::Deep)) => {
            arg.place = Place::Query(QueryStyle::Repeat);
            true
        }
        (Look::Scalar, _) => true,
        (Look::Texts, place) => place != Place::Query(QueryStyle::Deep),
        (Look::Object, place) => matches!(place, Place::Query(QueryStyle::Repeat | QueryStyle::Deep)),
        (Look::Nested, _) => false,
    };
    if !fits {
        arg.ty = TypeRef::Prim(Prim::String);
        if matches!(arg.place, Place::Query(_)) {
            arg.place = Place::Query(QueryStyle::Repeat);
        }
    }
    fits
}

/// A value of any kind can only be a text where there is nothing but text.
fn with_texts(ty: TypeRef, place: Place) -> TypeRef {
    match ty {
        ty if place == Place::Query(QueryStyle::Json) => ty,
        TypeRef::Json => TypeRef::Prim(Prim::String),
        TypeRef::List(inner) => TypeRef::List(Box::new(with_texts(without_null(*inner).0, place))),
        ty => ty,
    }
}
