//! Groups of elements that several types have.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Xsd;
use super::content::Slot;
use super::docs::docs;
use crate::ir::{Docs, Member, MemberKind, TypeId, TypeRef};
use crate::lower::draft::{Access, Field, Shape};
use crate::lower::name::Name;
use crate::source::FileId;
use crate::xsd::Part;

/// The groups that may become types of their own, and which fields of which drafts they are.
#[derive(Debug, Default)]
pub(super) struct Shared<'s> {
    groups: BTreeMap<Key<'s>, (Part<'s>, Vec<Use>)>,
}

/// The place of a group, and the namespace its schema defines names in.
type Key<'s> = (FileId, u32, &'s str);

/// A draft, and which of its fields are those of the group.
type Use = (TypeId, Range<usize>);

impl<'s> Shared<'s> {
    /// Notes the groups among the members of a type.
    pub(super) fn note(&mut self, owner: TypeId, slots: &[Slot<'s>]) {
        let mut start = 0;
        while start < slots.len() {
            let end = run(slots, start).map_or(start + 1, |(group, end)| {
                let (_, uses) = self.groups.entry(key(group)).or_insert((group, Vec::new()));
                uses.push((owner, start..end));
                end
            });
            start = end;
        }
    }
}

/// The group that begins at a member and is there as it is defined, and where it ends.
fn run<'s>(slots: &[Slot<'s>], start: usize) -> Option<(Part<'s>, usize)> {
    let group = |slot: &Slot<'s>| if let Slot::Element(leaf) = slot { leaf.group } else { None };
    let (first, count) = group(slots.get(start)?)?;
    let members = slots.get(start..start.checked_add(count)?)?;
    let whole = members.iter().all(|slot| group(slot).is_some_and(|(part, _)| key(part) == key(first)));
    whole.then_some((first, start + count))
}

fn key(group: Part<'_>) -> Key<'_> {
    (group.at.file(), group.at.id(), group.target)
}

impl Xsd<'_, '_> {
    /// Makes a type of each group that several types have, and one member of its members.
    pub(super) fn share_groups(&mut self) {
        let mut places: BTreeMap<TypeId, Vec<(Range<usize>, Field)>> = BTreeMap::new();
        for (group, uses) in std::mem::take(&mut self.shared).groups.into_values() {
            let [(owner, members), _, ..] = uses.as_slice() else { continue };
            let fields = self.drafts.fields(*owner).and_then(|fields| fields.get(members.clone())).unwrap_or_default().to_vec();
            let local = group.attr("name").unwrap_or_default();
            // A type may have the name of a group.
            let name = Name::new(local).or(&format!("{local} group"));
            let id = self.drafts.made(name, docs(&group.at), group.at.spot(), Shape::Struct(fields));
            for (owner, members) in uses {
                let field = Field {
                    wire: local.to_owned(),
                    docs: Docs::default(),
                    ty: TypeRef::Boxed(Box::new(TypeRef::Named(id))),
                    required: false,
                    aliases: Vec::new(),
                    access: Access::Both,
                    deprecated: false,
                    xml: Some(Member { namespace: String::new(), kind: MemberKind::Group }),
                    origin: group.at.spot(),
                };
                places.entry(owner).or_default().push((members, field));
            }
        }
        for (owner, mut groups) in places {
            groups.sort_by_key(|(members, _)| std::cmp::Reverse(members.start));
            let Some(fields) = self.drafts.fields(owner) else { continue };
            for (members, field) in groups {
                fields.splice(members, [field]);
            }
        }
    }
}
