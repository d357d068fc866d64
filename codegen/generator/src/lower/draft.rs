use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::name::Name;
use crate::ir::{Docs, Member, QName, TypeId, TypeRef};
use crate::source::{Cursor, Spot};

/// A named type under construction. References between drafts are [`TypeRef::Named`] with indexes into [`Drafts`].
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) label: Label,
    pub(super) docs: Docs,
    pub(super) origin: Spot,
    pub(super) nullable: bool,
    pub(super) shape: Shape,
}

/// Where the name of a type comes from.
#[derive(Clone, Debug)]
pub(super) enum Label {
    /// The document names it.
    Component(String),
    /// Its place names it.
    Anonymous(Name),
}

#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// Noticed, not looked at yet.
    Pending,
    Struct(Vec<Field>),
    Words(Vec<Word>),
    Union(Union),
    /// The named bits of an integer.
    Flags(Vec<(String, i64)>),
    Form(Vec<Part>),
    /// It needs no type of its own: a scalar, a list, a map, or another draft.
    Alias(TypeRef),
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) wire: String,
    /// Other names it may come under.
    pub(super) aliases: Vec<String>,
    pub(super) docs: Docs,
    pub(super) ty: TypeRef,
    pub(super) required: bool,
    pub(super) access: Access,
    pub(super) deprecated: bool,
    /// How it stands in XML.
    pub(super) xml: Option<Member>,
    pub(super) origin: Spot,
}

/// A part of a multipart form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) wire: String,
    pub(super) docs: Docs,
    pub(super) ty: TypeRef,
    pub(super) required: bool,
    /// It is sent as JSON.
    pub(super) json: bool,
    pub(super) origin: Spot,
}

/// Which way a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    Both,
    /// Only in answers.
    Read,
    /// Only in requests.
    Write,
}

#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) wire: String,
    pub(super) aliases: Vec<String>,
    /// The name the document suggests.
    pub(super) hint: Option<String>,
    pub(super) docs: Docs,
}

#[derive(Clone, Debug)]
pub(super) struct Union {
    pub(super) arms: Vec<Arm>,
    /// The member that tells the arms apart.
    pub(super) tag: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Arm {
    pub(super) ty: TypeRef,
    /// The name the document suggests.
    pub(super) hint: Option<String>,
    /// Values of the tag that choose this arm.
    pub(super) values: Vec<String>,
    /// The element that chooses this arm; all arms of a union have one, or none.
    pub(super) element: Option<QName>,
}

/// All drafts. Each place of the document has at most one.
#[derive(Debug, Default)]
pub(super) struct Drafts<'s> {
    items: Vec<Draft>,
    by_spot: BTreeMap<Spot, TypeId>,
    queue: VecDeque<(TypeId, Cursor<'s>)>,
    /// What of the queue is still to be looked at.
    deferred: BTreeSet<TypeId>,
}

impl<'s> Drafts<'s> {
    /// The draft of a place, if it was seen before.
    pub(super) fn find(&self, spot: &Spot) -> Option<TypeId> {
        self.by_spot.get(spot).copied()
    }

    /// Opens a draft for a place.
    pub(super) fn open(&mut self, label: Label, docs: Docs, origin: Spot) -> TypeId {
        let id = TypeId(self.items.len());
        self.by_spot.insert(origin.clone(), id);
        self.items.push(Draft { label, docs, origin, nullable: false, shape: Shape::Pending });
        id
    }

    /// Opens a draft that no single place of the document stands for.
    pub(super) fn made(&mut self, name: Name, docs: Docs, origin: Spot, shape: Shape) -> TypeId {
        let id = TypeId(self.items.len());
        self.items.push(Draft { label: Label::Anonymous(name), docs, origin, nullable: false, shape });
        id
    }

    /// The form of a place, if it was made with these very parts. Its name is the first of all that are wanted for it.
    pub(super) fn form(&mut self, spot: &Spot, name: &Name, form: &Shape) -> Option<TypeId> {
        let same = |draft: &Draft| draft.origin == *spot && matches!((&draft.shape, form), (Shape::Form(a), Shape::Form(b)) if a == b);
        let index = self.items.iter().position(same)?;
        if let Some(Draft { label: Label::Anonymous(known), .. }) = self.items.get_mut(index)
            && name < known
        {
            *known = name.clone();
        }
        Some(TypeId(index))
    }

    /// Remembers to look at a draft later.
    pub(super) fn defer(&mut self, id: TypeId, at: Cursor<'s>) {
        self.deferred.insert(id);
        self.queue.push_back((id, at));
    }

    /// The next draft to look at.
    pub(super) fn next(&mut self) -> Option<(TypeId, Cursor<'s>)> {
        loop {
            let (id, at) = self.queue.pop_front()?;
            if self.deferred.remove(&id) {
                return Some((id, at));
            }
        }
    }

    /// Lets whoever stands at the place of a deferred draft name it and look at it now. False if it is no longer deferred.
    pub(super) fn take_over(&mut self, id: TypeId, name: &Name) -> bool {
        let deferred = self.deferred.remove(&id);
        if let Some(draft) = self.items.get_mut(id.0)
            && deferred
            && matches!(draft.label, Label::Anonymous(_))
        {
            draft.label = Label::Anonymous(name.clone());
        }
        deferred
    }

    pub(super) fn fill(&mut self, id: TypeId, shape: Shape, nullable: bool) {
        if let Some(draft) = self.items.get_mut(id.0) {
            draft.shape = shape;
            draft.nullable = nullable;
        }
    }

    /// The members of a struct.
    pub(super) fn fields(&mut self, id: TypeId) -> Option<&mut Vec<Field>> {
        match &mut self.items.get_mut(id.0)?.shape {
            Shape::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// All drafts, once none is pending.
    pub(super) fn into_items(self) -> Vec<Draft> {
        self.items
    }
}

/// `T` as `Option<T>`, once.
pub(super) fn nullable(ty: TypeRef) -> TypeRef {
    if matches!(ty, TypeRef::Nullable(_) | TypeRef::Json) { ty } else { TypeRef::Nullable(Box::new(ty)) }
}

/// `Option<T>` as `T`, and whether it was one.
pub(super) fn without_null(ty: TypeRef) -> (TypeRef, bool) {
    match ty {
        TypeRef::Nullable(inner) => (*inner, true),
        ty => (ty, false),
    }
}
