use crate::ir::{Presence, Shape, TypeId, TypeRef, Types};

/// Boxes one link of every chain by which a type would hold itself. A required link is made optional: no finite value has it.
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
        Shape::Words(_) => return None,
    };
    Some(if let TypeRef::Named(id) = ty { Some(*id) } else { None })
}

fn box_slot(types: &mut Types, at: usize, slot: usize) {
    let Some(ty) = types.0.get_mut(at) else { return };
    let place = match &mut ty.shape {
        Shape::Struct(shape) => shape.fields.get_mut(slot).map(|field| {
            if field.presence == Presence::Required {
                field.presence = Presence::Optional;
            }
            &mut field.ty
        }),
        Shape::Union(union) => union.arms.get_mut(slot).map(|arm| &mut arm.ty),
        Shape::Words(_) => None,
    };
    if let Some(place) = place {
        *place = TypeRef::Boxed(Box::new(place.clone()));
    }
}
