use crate::ir::{Field, Presence, Shape, Type, TypeId, TypeRef, Types};

/// Boxes one link of every chain by which a type would hold itself.
pub(super) fn break_cycles(types: &mut Types) {
    let mut marks = vec![Mark::New; types.0.len()];
    for start in 0..types.0.len() {
        if marks.get(start) != Some(&Mark::New) {
            continue;
        }
        let mut stack = vec![(start, 0)];
        set(&mut marks, start, Mark::Open);
        while let Some((at, slot)) = stack.pop() {
            let Some(target) = slot_target(types, at, slot) else {
                set(&mut marks, at, Mark::Done);
                continue;
            };
            stack.push((at, slot + 1));
            match target.and_then(|id| Some((id.0, *marks.get(id.0)?))) {
                Some((_, Mark::Open)) => box_slot(types, at, slot),
                Some((next, Mark::New)) => {
                    set(&mut marks, next, Mark::Open);
                    stack.push((next, 0));
                }
                _ => {}
            }
        }
    }
}

/// Makes optional what would keep a value from ever being finished: members that need a value of their own struct.
pub(super) fn let_end(types: &mut Types) {
    let mut finite = vec![false; types.0.len()];
    loop {
        let is_finite = |ty: &TypeRef| target(ty).is_none_or(|id| finite.get(id.0).copied().unwrap_or(true));
        let ends = |ty: &Type| match &ty.shape {
            Shape::Struct(shape) => shape.fields.iter().all(|field| field.presence != Presence::Required || is_finite(&field.ty)),
            Shape::Union(union) => union.arms.iter().any(|arm| is_finite(&arm.ty)),
            Shape::Words(_) | Shape::Flags(_) | Shape::Form(_) => true,
        };
        let now: Vec<bool> = types.0.iter().map(ends).collect();
        if now != finite {
            finite = now;
            continue;
        }
        let needed = |field: &Field| field.presence == Presence::Required && !is_finite(&field.ty);
        let in_a_circle = |field: &Field| matches!(field.ty, TypeRef::Boxed(_));
        let endless = |wanted: &dyn Fn(&Field) -> bool| {
            let field = |(index, ty): (usize, &Type)| match &ty.shape {
                Shape::Struct(shape) => Some((index, shape.fields.iter().position(wanted)?)),
                _ => None,
            };
            types.0.iter().enumerate().find_map(field)
        };
        let found = endless(&|field| needed(field) && in_a_circle(field)).or_else(|| endless(&needed));
        let Some((index, field)) = found else { return };
        if let Some(Shape::Struct(shape)) = types.0.get_mut(index).map(|ty| &mut ty.shape)
            && let Some(field) = shape.fields.get_mut(field)
        {
            field.presence = Presence::Optional;
        }
    }
}

/// The type of which a value of this type needs one.
fn target(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Boxed(inner) => target(inner),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

fn set(marks: &mut [Mark], at: usize, mark: Mark) {
    if let Some(place) = marks.get_mut(at) {
        *place = mark;
    }
}

/// The type that the field or arm number `slot` holds directly; the outer `None` says that there is no such slot.
fn slot_target(types: &Types, at: usize, slot: usize) -> Option<Option<TypeId>> {
    let ty = match &types.0.get(at)?.shape {
        Shape::Struct(shape) => &shape.fields.get(slot)?.ty,
        Shape::Union(union) => &union.arms.get(slot)?.ty,
        Shape::Words(_) | Shape::Flags(_) | Shape::Form(_) => return None,
    };
    Some(if let TypeRef::Named(id) = ty { Some(*id) } else { None })
}

fn box_slot(types: &mut Types, at: usize, slot: usize) {
    let Some(ty) = types.0.get_mut(at) else { return };
    let place = match &mut ty.shape {
        Shape::Struct(shape) => shape.fields.get_mut(slot).map(|field| &mut field.ty),
        Shape::Union(union) => union.arms.get_mut(slot).map(|arm| &mut arm.ty),
        Shape::Words(_) | Shape::Flags(_) | Shape::Form(_) => None,
    };
    if let Some(place) = place {
        *place = TypeRef::Boxed(Box::new(place.clone()));
    }
}
