//! Derived types with everything their bases bring.

use super::{Admits, Attribute, Complex, Content, Particle, Presence, Process, Simple, Term, Type, TypeId, Wildcard};

/// A type as it is written.
#[derive(Clone, Debug)]
pub(super) enum Draft {
    Simple(Simple),
    Complex(DraftComplex),
}

/// A complex type as it is written: without what its base brings.
#[derive(Clone, Debug)]
pub(super) struct DraftComplex {
    pub(super) is_abstract: bool,
    pub(super) mixed: bool,
    pub(super) derivation: Derivation,
    pub(super) content: Content,
    pub(super) attributes: Vec<Attribute>,
    pub(super) any_attribute: bool,
    pub(super) open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derivation {
    None,
    Extension(TypeId),
    Restriction(TypeId),
}

impl DraftComplex {
    /// `xs:anyType`: anything at all.
    pub(super) fn any_type() -> Self {
        let any = Term::Any(Wildcard { admits: Admits::Any, process: Process::Lax });
        let content = Content::Elements(Particle { min: 0, max: None, term: any });
        Self {
            is_abstract: false,
            mixed: true,
            derivation: Derivation::None,
            content,
            attributes: Vec::new(),
            any_attribute: true,
            open: false,
        }
    }
}

/// Every type, whole. The error says which derivation makes no sense.
pub(super) fn all(drafts: Vec<Option<Draft>>) -> Result<Vec<Type>, String> {
    let drafts: Vec<Draft> = drafts.into_iter().collect::<Option<_>>().ok_or("a type was met and not read")?;
    let mut types = Vec::with_capacity(drafts.len());
    for index in 0..drafts.len() {
        types.push(whole(&drafts, TypeId(index), drafts.len())?);
    }
    Ok(types)
}

/// `left`: how many bases there can still be.
fn whole(drafts: &[Draft], id: TypeId, left: usize) -> Result<Type, String> {
    let left = left.checked_sub(1).ok_or("a type is derived from itself")?;
    let draft = match &drafts[id.0] {
        Draft::Complex(draft) => draft,
        Draft::Simple(simple) => {
            if let Simple::Restriction { base, .. } = simple {
                whole(drafts, *base, left)?;
            }
            return Ok(Type::Simple(simple.clone()));
        }
    };
    let (base_id, is_extension) = match draft.derivation {
        Derivation::None => return Ok(Type::Complex(complex(draft, None, draft.content.clone(), draft.attributes.clone(), draft.mixed))),
        Derivation::Extension(base) => (base, true),
        Derivation::Restriction(base) => (base, false),
    };
    let base = whole(drafts, base_id, left)?;
    let content = match (&base, &draft.content, is_extension) {
        (Type::Simple(_), Content::Text(_), true) => Content::Text(base_id),
        (Type::Complex(Complex { content: Content::Text(inner), .. }), Content::Text(_), true) => Content::Text(*inner),
        (_, own @ Content::Text(_), false) => own.clone(),
        (Type::Complex(Complex { content: Content::Elements(inherited), .. }), Content::Elements(own), true) => {
            let parts = vec![inherited.clone(), own.clone()];
            Content::Elements(Particle { min: 1, max: Some(1), term: Term::Sequence(parts) })
        }
        // Extending simple content by attributes alone is written either way.
        (Type::Complex(Complex { content: Content::Text(inner), .. }), Content::Elements(_), true) => Content::Text(*inner),
        (Type::Complex(_), own @ Content::Elements(_), false) => own.clone(),
        _ => return Err("a type is derived from one of another kind".to_owned()),
    };
    let Type::Complex(base) = base else {
        return Ok(Type::Complex(complex(draft, Some(base_id), content, draft.attributes.clone(), draft.mixed)));
    };
    let own = |name| draft.attributes.iter().any(|a| a.name == name);
    let mut attributes: Vec<Attribute> = base.attributes.iter().filter(|a| !own(a.name.clone())).cloned().collect();
    attributes.extend(draft.attributes.iter().filter(|a| a.presence != Presence::Prohibited).cloned());
    let mut derived = complex(draft, Some(base_id), content, attributes, draft.mixed || (is_extension && base.mixed));
    derived.any_attribute |= is_extension && base.any_attribute;
    Ok(Type::Complex(derived))
}

fn complex(draft: &DraftComplex, base: Option<TypeId>, content: Content, attributes: Vec<Attribute>, mixed: bool) -> Complex {
    let DraftComplex { is_abstract, any_attribute, open, .. } = *draft;
    Complex { is_abstract, mixed, base, content, attributes, any_attribute, open }
}
