use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Name, Spot};
use crate::xsd::{Kind, MAX_CHAIN, Most, Part, Schemas};

/// An element as a part of a type's content.
#[derive(Clone, Debug)]
pub(super) struct Leaf<'s> {
    pub(super) name: Name<'s>,
    /// What is declared of it.
    pub(super) element: Part<'s>,
    /// Where it stands: the declaration, or what refers to it.
    pub(super) at: Part<'s>,
    pub(super) optional: bool,
    pub(super) many: bool,
    /// The group it is of, if that may be a type of its own, and how many elements that has.
    pub(super) group: Option<(Part<'s>, usize)>,
    /// What the documentation says beside its own words.
    pub(super) note: Option<String>,
}

/// Several elements of which one, or a mixed series, stands in the content.
#[derive(Clone, Debug)]
pub(super) struct Choice<'s> {
    pub(super) leaves: Vec<Leaf<'s>>,
    pub(super) optional: bool,
    pub(super) many: bool,
    /// What the schema calls it: a group, or the head of a substitution group.
    pub(super) name: Option<&'s str>,
    pub(super) at: Part<'s>,
}

/// What becomes one member of a struct.
#[derive(Clone, Debug)]
pub(super) enum Slot<'s> {
    Element(Leaf<'s>),
    Choice(Choice<'s>),
}

/// Reads the content models of a type.
pub(super) struct Reader<'a, 's> {
    schemas: &'a Schemas<'s>,
    /// How often each group was put in place of a reference to it.
    groups: BTreeMap<(Spot, &'s str), usize>,
    /// Groups of groups that are open.
    depth: usize,
    /// There are elements of which the schema does not say what they are.
    pub(super) open: bool,
}

/// More often no honest type uses the same group, and one that uses itself must end.
const MAX_USES: usize = 16;

impl<'a, 's> Reader<'a, 's> {
    pub(super) fn new(schemas: &'a Schemas<'s>) -> Self {
        Self { schemas, groups: BTreeMap::new(), depth: 0, open: false }
    }

    /// The content that a part of a complex type stands for: a sequence, a choice, a reference to a group.
    pub(super) fn slots(&mut self, part: Part<'s>) -> Vec<Slot<'s>> {
        let occurs = part.occurs();
        if occurs.most == Most::Never {
            return Vec::new();
        }
        let many = occurs.most == Most::Many;
        let slots = match part.at.local() {
            "element" => self.element(part, occurs.min == 0, many).into_iter().collect(),
            "sequence" | "all" => in_a_row(part.children().flat_map(|child| self.slots(child)).collect()),
            "choice" if many => part.children().flat_map(|child| self.slots(child)).collect(),
            "choice" => self.choice(part),
            "group" => self.group(part),
            "any" => {
                self.open = true;
                Vec::new()
            }
            _ => Vec::new(),
        };
        match (many, occurs.min == 0) {
            _ if part.at.local() == "element" => slots,
            (true, _) => repeated(part, &slots).into_iter().collect(),
            (false, true) => slots.into_iter().map(optional).collect(),
            (false, false) => slots,
        }
    }

    fn element(&mut self, at: Part<'s>, optional: bool, many: bool) -> Option<Slot<'s>> {
        let leaf = |name, element| Leaf { name, element, at, optional, many, group: None, note: None };
        let Some(name) = at.name("ref") else {
            let name = Name { namespace: at.namespace(), local: at.attr("name")? };
            return Some(Slot::Element(leaf(name, at)));
        };
        let substitutes = self.schemas.substitutes(name);
        Some(match substitutes.as_slice() {
            [] => Slot::Element(leaf(name, self.schemas.find(Kind::Element, name).unwrap_or(at))),
            [(name, element)] => Slot::Element(leaf(*name, *element)),
            several => {
                let leaves = several.iter().map(|(name, element)| leaf(*name, *element)).collect();
                Slot::Choice(Choice { leaves, optional, many, name: Some(name.local), at })
            }
        })
    }

    fn group(&mut self, at: Part<'s>) -> Vec<Slot<'s>> {
        let group = at.name("ref").and_then(|name| self.schemas.find(Kind::Group, name));
        let Some(group) = group.filter(|_| self.depth < MAX_CHAIN) else { return Vec::new() };
        let uses = self.groups.entry((group.at.spot(), group.target)).or_default();
        *uses += 1;
        if *uses > MAX_USES {
            return Vec::new();
        }
        let open = std::mem::take(&mut self.open);
        self.depth += 1;
        let mut slots: Vec<Slot<'s>> = group.children().flat_map(|child| self.slots(child)).collect();
        self.depth -= 1;
        if self.depth == 0 && !self.open {
            mark(at, group, &mut slots);
        }
        self.open |= open;
        if let [Slot::Choice(choice)] = slots.as_mut_slice() {
            choice.name = choice.name.or(group.attr("name"));
        }
        slots
    }

    /// One of several alternatives.
    fn choice(&mut self, part: Part<'s>) -> Vec<Slot<'s>> {
        let arms: Vec<Vec<Slot<'s>>> = part.children().map(|child| self.slots(child)).collect();
        let empty = arms.iter().any(Vec::is_empty);
        let mut arms: Vec<Vec<Slot<'s>>> = arms.into_iter().filter(|arm| !arm.is_empty()).collect();
        let slots = match (arms.len(), single_elements(&arms)) {
            (0, _) => Vec::new(),
            (1, _) => arms.pop().unwrap_or_default(),
            (_, Some(leaves)) => {
                let optional = leaves.iter().any(|leaf| leaf.optional);
                vec![Slot::Choice(Choice { leaves, optional, many: false, name: None, at: part })]
            }
            (_, None) => alternatives(&arms),
        };
        if empty { slots.into_iter().map(optional).collect() } else { slots }
    }
}

/// Marks the elements of a group that can be told from what is around them: a row of several elements of which each may be
/// absent, and which stands there once.
fn mark<'s>(at: Part<'s>, group: Part<'s>, slots: &mut [Slot<'s>]) {
    let occurs = at.occurs();
    let is_row = group.children().all(|part| part.at.local() == "sequence");
    let may_be_absent = |slot: &Slot<'s>| matches!(slot, Slot::Element(leaf) if leaf.optional);
    if (occurs.min, occurs.most) != (1, Most::Once) || !is_row || slots.len() < 2 || !slots.iter().all(may_be_absent) {
        return;
    }
    let count = slots.len();
    for slot in slots {
        if let Slot::Element(leaf) = slot {
            leaf.group = Some((group, count));
        }
    }
}

/// The elements of alternatives each of which is one element or the choice of one, if they are.
fn single_elements<'s>(arms: &[Vec<Slot<'s>>]) -> Option<Vec<Leaf<'s>>> {
    let mut leaves: Vec<Leaf<'s>> = Vec::new();
    for arm in arms {
        match arm.as_slice() {
            [Slot::Element(leaf)] if !leaf.many => leaves.push(leaf.clone()),
            [Slot::Choice(choice)] if !choice.many => {
                leaves.extend(choice.leaves.iter().map(|leaf| Leaf { optional: leaf.optional || choice.optional, ..leaf.clone() }));
            }
            _ => return None,
        }
    }
    let names: BTreeSet<Name<'s>> = leaves.iter().map(|leaf| leaf.name).collect();
    (names.len() == leaves.len()).then_some(leaves)
}

/// Alternatives that are more than single elements: all their members, each of them optional.
fn alternatives<'s>(arms: &[Vec<Slot<'s>>]) -> Vec<Slot<'s>> {
    let note = (arms.iter().map(|arm| leaves(arm).count()).sum::<usize>() <= MAX_SHOWN).then(|| shown(arms));
    let mut uses: BTreeMap<Name<'s>, usize> = BTreeMap::new();
    arms.iter().flat_map(|arm| leaves(arm)).for_each(|leaf| *uses.entry(leaf.name).or_default() += 1);
    let mut slots: Vec<Slot<'s>> = Vec::new();
    let mut places: BTreeMap<Name<'s>, usize> = BTreeMap::new();
    for slot in arms.iter().flatten() {
        // What several alternatives hold is one member, and so cannot be part of a choice.
        if let Slot::Choice(choice) = slot
            && choice.leaves.iter().all(|leaf| uses.get(&leaf.name) == Some(&1))
        {
            slots.push(Slot::Choice(Choice { optional: true, ..choice.clone() }));
            continue;
        }
        let in_series = matches!(slot, Slot::Choice(Choice { many: true, .. }));
        for leaf in leaves_of(slot) {
            let many = leaf.many || in_series;
            if let Some(Slot::Element(known)) = places.get(&leaf.name).and_then(|place| slots.get_mut(*place)) {
                known.many |= many;
                continue;
            }
            places.insert(leaf.name, slots.len());
            slots.push(Slot::Element(Leaf { optional: true, many, group: None, note: note.clone(), ..leaf.clone() }));
        }
    }
    slots
}

/// Longer lists of alternatives help nobody.
const MAX_SHOWN: usize = 12;

fn shown(arms: &[Vec<Slot<'_>>]) -> String {
    let arm = |arm: &Vec<Slot<'_>>| leaves(arm).map(|leaf| format!("`{}`", leaf.name.local)).collect::<Vec<_>>().join(" with ");
    format!("One of these may be given: {}.", arms.iter().map(arm).collect::<Vec<_>>().join("; or "))
}

/// Members in a row. Those of the same name become one list; a choice that shares names with other members becomes one with them.
pub(super) fn in_a_row(slots: Vec<Slot<'_>>) -> Vec<Slot<'_>> {
    let mut row: Vec<Option<Slot<'_>>> = Vec::new();
    let mut places: BTreeMap<Name<'_>, usize> = BTreeMap::new();
    for slot in slots {
        let met: BTreeSet<usize> = leaves_of(&slot).filter_map(|leaf| places.get(&leaf.name).copied()).collect();
        let mut parts: Vec<Slot<'_>> = met.iter().filter_map(|place| row.get_mut(*place)?.take()).collect();
        parts.push(slot);
        let Some(slot) = parts.into_iter().reduce(join) else { continue };
        let place = met.first().copied().unwrap_or(row.len());
        leaves_of(&slot).for_each(|leaf| {
            places.insert(leaf.name, place);
        });
        match row.get_mut(place) {
            Some(free) => *free = Some(slot),
            None => row.push(Some(slot)),
        }
    }
    row.into_iter().flatten().collect()
}

/// Two members that share a name as one.
fn join<'s>(one: Slot<'s>, other: Slot<'s>) -> Slot<'s> {
    let part = |slot: &Slot<'s>| if let Slot::Choice(choice) = slot { Some((choice.at, choice.name)) } else { None };
    let of_choice = part(&one).or_else(|| part(&other));
    match (one, other, of_choice) {
        (Slot::Element(one), Slot::Element(other), _) => {
            Slot::Element(Leaf { many: true, optional: one.optional && other.optional, group: None, ..one })
        }
        (one, _, None) => one,
        (one, other, Some((at, name))) => {
            let leaves = distinct([&one, &other].into_iter().flat_map(leaves_of));
            Slot::Choice(Choice { leaves, optional: true, many: true, name, at })
        }
    }
}

/// A series of what stands in a group: a list if it is one element, a mixed list if there are several, since their order matters.
fn repeated<'s>(at: Part<'s>, slots: &[Slot<'s>]) -> Option<Slot<'s>> {
    let mut all = distinct(leaves(slots));
    let name = if let [Slot::Choice(choice)] = slots { choice.name } else { None };
    match all.len() {
        0 | 1 => all.pop().map(|only| Slot::Element(Leaf { many: true, group: None, ..only })),
        _ => Some(Slot::Choice(Choice { leaves: all, optional: true, many: true, name, at })),
    }
}

/// The first leaf of each name.
fn distinct<'a, 's: 'a>(leaves: impl Iterator<Item = &'a Leaf<'s>>) -> Vec<Leaf<'s>> {
    let mut seen = BTreeSet::new();
    leaves.filter(|leaf| seen.insert(leaf.name)).cloned().collect()
}

fn optional(slot: Slot<'_>) -> Slot<'_> {
    match slot {
        Slot::Element(leaf) => Slot::Element(Leaf { optional: true, ..leaf }),
        Slot::Choice(choice) => Slot::Choice(Choice { optional: true, ..choice }),
    }
}

fn leaves<'a, 's>(slots: &'a [Slot<'s>]) -> impl Iterator<Item = &'a Leaf<'s>> {
    slots.iter().flat_map(leaves_of)
}

fn leaves_of<'a, 's>(slot: &'a Slot<'s>) -> impl Iterator<Item = &'a Leaf<'s>> {
    let all = match slot {
        Slot::Element(leaf) => std::slice::from_ref(leaf),
        Slot::Choice(choice) => choice.leaves.as_slice(),
    };
    all.iter()
}
