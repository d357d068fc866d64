//! Child elements laid along a content model.
//!
//! Content models are deterministic, so that the next element always decides. Where one does not fit it is set aside with a
//! reason and the rest is laid anew: one mistake is one problem.

use super::super::name::QName;
use super::super::schema::{Element, Particle, Process, Schemas, Term};
use crate::judge::Reason;
use roxmltree::Node;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What an element counts as.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// A declared one, and whether there may be several.
    Element(Arc<Element>, bool),
    /// One that a wildcard admits.
    Any(Process),
    /// One that a type known in part does not name.
    Unnamed,
}

/// The children of an element, in their places.
pub(super) struct Aligned<'n> {
    pub(super) placed: Vec<(Node<'n, 'n>, Place)>,
    /// What is wrong, and the child it concerns.
    pub(super) problems: Vec<(Reason, String, Option<String>)>,
}

impl<'n> Aligned<'n> {
    pub(super) fn new(schemas: &Schemas, model: &Particle, children: &[Node<'n, 'n>], open: bool) -> Self {
        let (mut problems, mut unnamed) = (Vec::new(), Vec::new());
        // What was meant by an element that does not fit, so that it does not count as missing, too.
        let mut meant: BTreeSet<QName> = BTreeSet::new();
        let mut rest: Vec<(Node<'n, 'n>, QName)> = Vec::new();
        for child in children {
            let name = QName::of(*child);
            match knows(schemas, model, &name) {
                true => rest.push((*child, name)),
                false if open => unnamed.push((*child, Place::Unnamed)),
                false => {
                    let message = unknown(schemas, model, &name, &mut meant);
                    problems.push((Reason::UnknownElement, message, Some(name.local)));
                }
            }
        }
        loop {
            let names: Vec<&QName> = rest.iter().map(|(_, name)| name).collect();
            let mut walk = Walk { schemas, names: &names, next: 0, places: Vec::new(), missing: Vec::new() };
            walk.particle(model, false);
            let (places, stuck, missing) = (walk.places, walk.next, walk.missing);
            if stuck == rest.len() {
                let missing = missing.into_iter().filter(|(names, _)| names.is_disjoint(&meant));
                problems.extend(missing.map(|(_, message)| (Reason::MissingElement, message, None)));
                let placed = rest.into_iter().map(|(node, _)| node).zip(places).chain(unnamed).collect();
                return Self { placed, problems };
            }
            let (_, name) = rest.remove(stuck);
            let again = rest[..stuck].iter().any(|(_, earlier)| *earlier == name);
            problems.push(match again {
                true => (Reason::DuplicateElement, "it may not come again".to_owned(), Some(name.local.clone())),
                false => (Reason::WrongOrder, order(model, rest[..stuck].last().map(|(_, n)| n), &name), Some(name.local.clone())),
            });
            meant.insert(name);
        }
    }
}

struct Walk<'a> {
    schemas: &'a Schemas,
    names: &'a [&'a QName],
    next: usize,
    places: Vec<Place>,
    /// The names that would have done, and what to say.
    missing: Vec<(BTreeSet<QName>, String)>,
}

impl Walk<'_> {
    /// Takes as many elements as the particle can hold; says what it lacks.
    fn particle(&mut self, particle: &Particle, many: bool) {
        let many = many || particle.repeats();
        let mut count = 0;
        while particle.max.is_none_or(|max| count < max) && self.starts(&particle.term) {
            self.term(&particle.term, many);
            count += 1;
        }
        match &particle.term {
            _ if count >= particle.min || particle.emptiable() => {}
            // What comes later may be there all the same.
            Term::Sequence(_) | Term::All(_) => self.term(&particle.term, many),
            term => self.lacks(term),
        }
    }

    fn starts(&self, term: &Term) -> bool {
        self.names.get(self.next).is_some_and(|name| starts(self.schemas, term, name))
    }

    fn term(&mut self, term: &Term, many: bool) {
        match term {
            Term::Element(element) => {
                let declared = self.schemas.substitute(element, self.names[self.next]).unwrap_or_else(|| element.clone());
                self.take(Place::Element(declared, many));
            }
            Term::Any(wildcard) => self.take(Place::Any(wildcard.process)),
            Term::Sequence(parts) => parts.iter().for_each(|part| self.particle(part, many)),
            Term::Choice(parts) => {
                if let Some(part) = parts.iter().find(|part| self.starts(&part.term)) {
                    self.particle(part, many);
                }
            }
            Term::All(parts) => {
                let mut left: Vec<&Particle> = parts.iter().collect();
                while let Some(at) = left.iter().position(|part| self.starts(&part.term)) {
                    self.particle(left.remove(at), many);
                }
                left.into_iter().filter(|part| !part.emptiable()).for_each(|part| self.lacks(&part.term));
            }
        }
    }

    fn take(&mut self, place: Place) {
        self.places.push(place);
        self.next += 1;
    }

    /// Notes the elements that the term needs and that are not there.
    fn lacks(&mut self, term: &Term) {
        match term {
            Term::Element(element) => {
                let names = BTreeSet::from([element.name.clone()]);
                self.missing.push((names, format!("`{}` is missing", element.name.local)));
            }
            Term::Any(_) => self.missing.push((BTreeSet::new(), "an element of another schema is missing".to_owned())),
            Term::Sequence(parts) | Term::All(parts) => {
                parts.iter().filter(|part| !part.emptiable()).for_each(|part| self.lacks(&part.term));
            }
            Term::Choice(parts) => {
                let mut names = Vec::new();
                parts.iter().for_each(|part| collect(&part.term, &mut names));
                let list = names.iter().map(|name| format!("`{}`", name.local)).collect::<Vec<_>>().join(", ");
                self.missing.push((names.into_iter().collect(), format!("one of {list} is missing")));
            }
        }
    }
}

/// Whether an element of this name can be the first of a term.
fn starts(schemas: &Schemas, term: &Term, name: &QName) -> bool {
    match term {
        Term::Element(element) => schemas.substitute(element, name).is_some(),
        Term::Any(wildcard) => wildcard.admits(name),
        Term::Choice(parts) | Term::All(parts) => parts.iter().any(|part| starts(schemas, &part.term, name)),
        Term::Sequence(parts) => {
            let reachable = parts.iter().position(|part| !part.emptiable()).map_or(parts.len(), |at| at + 1);
            parts[..reachable].iter().any(|part| starts(schemas, &part.term, name))
        }
    }
}

/// Whether an element of this name can stand anywhere in a model.
fn knows(schemas: &Schemas, particle: &Particle, name: &QName) -> bool {
    match &particle.term {
        Term::Element(_) | Term::Any(_) => starts(schemas, &particle.term, name),
        Term::Choice(parts) | Term::All(parts) | Term::Sequence(parts) => parts.iter().any(|part| knows(schemas, part, name)),
    }
}

fn collect(term: &Term, names: &mut Vec<QName>) {
    match term {
        Term::Element(element) => names.push(element.name.clone()),
        Term::Any(_) => {}
        Term::Choice(parts) | Term::All(parts) | Term::Sequence(parts) => parts.iter().for_each(|part| collect(&part.term, names)),
    }
}

/// What to say of an element that the model does not have; `meant` takes the one it resembles.
fn unknown(schemas: &Schemas, model: &Particle, name: &QName, meant: &mut BTreeSet<QName>) -> String {
    let mut names = Vec::new();
    collect(&model.term, &mut names);
    let same = |wanted: &&QName| wanted.local.eq_ignore_ascii_case(&name.local);
    let found = names.iter().find(same);
    meant.extend(found.cloned());
    match found {
        Some(wanted) if wanted == name => "it is abstract: another of its group must stand for it".to_owned(),
        Some(wanted) if wanted.local == name.local => {
            format!("it is of namespace `{}`, and the schema has it in `{}`", name.namespace, wanted.namespace)
        }
        Some(wanted) => format!("the schema spells it `{}`", wanted.local),
        None if schemas.element(name).is_some() => "the schema does not have it here".to_owned(),
        None => "the schema has no such element here".to_owned(),
    }
}

fn order(model: &Particle, before: Option<&QName>, name: &QName) -> String {
    let mut names = Vec::new();
    collect(&model.term, &mut names);
    let place = |wanted: &QName| names.iter().position(|n| n == wanted);
    match before.filter(|before| place(before) > place(name)) {
        Some(before) => format!("it belongs before `{}`", before.local),
        None => "it does not belong at this place".to_owned(),
    }
}
