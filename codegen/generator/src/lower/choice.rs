use super::Lower;
use super::draft::{Arm, Shape, Union, nullable};
use super::name::Name;
use super::object::Members;
use super::schema::{has_properties, is_null, is_nullable, says_something, types};
use super::words::{distinct, only_value, words, words_or_text};
use crate::ir::{Docs, Prim, TypeRef};
use crate::source::Cursor;

impl<'s> Lower<'_, 's> {
    /// The shape of a schema with `oneOf` or `anyOf`.
    pub(super) fn one_of(&mut self, at: &Cursor<'s>, name: &Name) -> Shape {
        let mut base = Members::default();
        self.gather(at, name, &mut base, &mut Vec::new());
        self.choice(at, name, base)
    }

    /// The shape of the alternatives of `at`, each of which has the members of `base` as well.
    pub(super) fn choice(&mut self, at: &Cursor<'s>, name: &Name, mut base: Members<'s>) -> Shape {
        base.choices.clear();
        let arms = alternatives(at);
        if !base.properties.is_empty() && !self.cover(&arms, &base, name) {
            return self.with_base(at, &arms, name, &base);
        }
        match arms.as_slice() {
            [] if !base.properties.is_empty() => return Shape::Struct(self.fields(base)),
            [] => {
                let ty = types(at).first().map_or(TypeRef::Json, |ty| self.of_type(at, ty, name));
                return Shape::Alias(ty);
            }
            [only] => return self.instead(only, name),
            _ => {}
        }
        if let Some(shape) = self.same_scalar(&arms, name) {
            return shape;
        }
        let tag = self.tag(at, &arms, name);
        let mut union = Union { arms: Vec::new(), tag };
        for (index, arm) in arms.iter().enumerate() {
            let hint = if arm.get("$ref").is_some() { None } else { Some(hint(arm, index, &arms)) };
            let ty = self.schema(arm, &hint.as_ref().map_or_else(|| name.clone(), |hint| arm_name(arm, name, hint)));
            let values = self.tag_values(at, arm, union.tag.as_deref(), name);
            union.arms.push(Arm { ty, hint: hint.filter(|_| has_properties(arm) || arm.str("title").is_some()), values, element: None });
        }
        Shape::Union(union)
    }

    /// Whether each alternative already has all members of `base`.
    fn cover(&mut self, arms: &[Cursor<'s>], base: &Members<'s>, name: &Name) -> bool {
        !arms.is_empty()
            && arms.iter().all(|arm| {
                let mut members = Members::default();
                self.gather(arm, name, &mut members, &mut Vec::new());
                base.properties.iter().all(|property| members.property(&property.wire).is_some())
            })
    }

    /// Alternatives merged with the members they share.
    fn with_base(&mut self, at: &Cursor<'s>, arms: &[Cursor<'s>], name: &Name, base: &Members<'s>) -> Shape {
        let tag = self.tag(at, arms, name);
        let mut union = Union { arms: Vec::new(), tag };
        for (index, arm) in arms.iter().enumerate() {
            let hint = match arm.follow().map(|target| self.name_of(&target)) {
                Ok((_, Some(component))) => component,
                _ => hint(arm, index, arms),
            };
            let mut members = base.clone();
            self.gather(arm, name, &mut members, &mut Vec::new());
            let is_object = members.properties.len() > base.properties.len() || has_properties(arm);
            let ty = if is_object {
                let fields = self.fields(members);
                let docs = super::docs::member_docs(arm);
                TypeRef::Named(self.drafts.made(name.child(&hint), docs, arm.spot(), Shape::Struct(fields)))
            } else {
                self.schema(arm, &name.child(&hint))
            };
            let values = self.tag_values(at, arm, union.tag.as_deref(), name);
            union.arms.push(Arm { ty, hint: Some(hint), values, element: None });
        }
        match union.arms.as_slice() {
            [] => Shape::Struct(self.fields(base.clone())),
            [only] => Shape::Alias(only.ty.clone()),
            _ => Shape::Union(union),
        }
    }

    /// The shape of alternatives that are one scalar type after all: a number in two forms, lists of words, texts.
    fn same_scalar(&mut self, arms: &[Cursor<'s>], name: &Name) -> Option<Shape> {
        let targets: Vec<Cursor<'s>> = arms.iter().map(|arm| arm.follow().ok()).collect::<Option<_>>()?;
        let with_null = |ty| if targets.iter().any(is_nullable) { nullable(ty) } else { ty };
        let integers = targets.iter().filter(|target| types(target) == ["integer"]).count();
        if integers > 0 && targets.iter().all(|target| types(target) == ["integer"] || is_digits(target)) {
            return Some(Shape::Alias(with_null(TypeRef::Prim(Prim::I64))));
        }
        let truths = targets.iter().filter(|target| types(target) == ["boolean"]).count();
        if truths > 0 && targets.iter().all(|target| types(target) == ["boolean"] || is_truth(target)) {
            return Some(Shape::Alias(with_null(TypeRef::Prim(Prim::Bool))));
        }
        if !targets.iter().all(is_text) {
            return None;
        }
        let lists: Vec<usize> = targets.iter().enumerate().filter(|(_, at)| lists_words(at)).map(|(index, _)| index).collect();
        match lists.as_slice() {
            [] => Some(Shape::Alias(with_null(TypeRef::Prim(common(&targets))))),
            [only] => {
                let only = arms.get(*only)?;
                Some(self.instead(only, name))
            }
            _ => Some(words_or_text(distinct(targets.iter().flat_map(words)))),
        }
    }

    /// The member that tells alternatives apart: declared, or found to have another fixed value in each.
    fn tag(&mut self, at: &Cursor<'s>, arms: &[Cursor<'s>], name: &Name) -> Option<String> {
        if let Some(tag) = at.get("discriminator").and_then(|discriminator| discriminator.str("propertyName")) {
            return Some(tag.to_owned());
        }
        let mut all = Vec::new();
        for arm in arms {
            let mut members = Members::default();
            self.gather(arm, name, &mut members, &mut Vec::new());
            all.push(members);
        }
        let first = all.first()?;
        let fixed = |members: &Members<'s>, wire: &str| {
            let value = only_value(&members.property(wire)?.at.follow().ok()?)?;
            members.required.contains(wire).then_some(value)
        };
        let tells = |wire: &str| {
            let values: Option<std::collections::BTreeSet<String>> = all.iter().map(|members| fixed(members, wire)).collect();
            values.is_some_and(|values| values.len() == all.len())
        };
        first.properties.iter().map(|property| property.wire.as_str()).find(|wire| tells(wire)).map(str::to_owned)
    }

    /// The values of the tag that choose an alternative: those mapped to it, or its fixed value, or its name.
    fn tag_values(&mut self, at: &Cursor<'s>, arm: &Cursor<'s>, tag: Option<&str>, name: &Name) -> Vec<String> {
        let (Some(tag), Ok(target)) = (tag, arm.follow()) else { return Vec::new() };
        let spot = target.spot();
        let mapping = at.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
        let leads_here = |reference: &str| {
            let named = || at.resolve(&format!("#/components/schemas/{reference}")).ok();
            at.resolve(reference).ok().filter(|found| !found.pointer().is_root()).or_else(named).is_some_and(|found| found.spot() == spot)
        };
        let mapped: Vec<String> = mapping
            .iter()
            .flat_map(Cursor::entries)
            .filter(|(_, to)| to.as_str().is_some_and(leads_here))
            .map(|(value, _)| value.to_owned())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let mut members = Members::default();
        self.gather(arm, name, &mut members, &mut Vec::new());
        let fixed = members.property(tag).and_then(|property| only_value(&property.at.follow().ok()?));
        fixed.or_else(|| self.name_of(&target).1).into_iter().collect()
    }

    /// The shape of a schema that allows several JSON types.
    pub(super) fn by_type(&mut self, at: &Cursor<'s>, several: &[&str], name: &Name) -> Shape {
        let number = several.contains(&"number");
        let mut arms = Vec::new();
        for ty in several.iter().filter(|ty| !(number && **ty == "integer")) {
            let ty = if *ty == "object" && has_properties(at) {
                let fields = self.own_fields(at, name);
                TypeRef::Named(self.drafts.made(name.child("object"), Docs::default(), at.spot(), Shape::Struct(fields)))
            } else {
                self.of_type(at, ty, name)
            };
            arms.push(Arm { ty, hint: None, values: Vec::new(), element: None });
        }
        Shape::Union(Union { arms, tag: None })
    }
}

/// The alternatives of a schema that describe a value; null and mere restrictions are none.
fn alternatives<'s>(at: &Cursor<'s>) -> Vec<Cursor<'s>> {
    let own = types(at);
    let restricts = |arm: &Cursor<'s>| {
        (!says_something(arm) && limits(arm))
            || (!own.is_empty() && types(arm) == own && without_type(arm) && arm.str("format") == at.str("format"))
    };
    let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| at.get(key));
    lists.flat_map(|list| list.items().collect::<Vec<_>>()).filter(|arm| !is_null(arm) && !restricts(arm)).collect()
}

/// Whether a schema restricts values without saying what they are; one that does neither stands for any value.
fn limits(arm: &Cursor<'_>) -> bool {
    const REMARKS: [&str; 8] = ["title", "description", "example", "examples", "default", "deprecated", "nullable", "externalDocs"];
    arm.entries().any(|(key, _)| !REMARKS.contains(&key) && !key.starts_with("x-"))
}

fn without_type(arm: &Cursor<'_>) -> bool {
    const OTHERS: [&str; 8] = ["properties", "items", "allOf", "oneOf", "anyOf", "enum", "const", "additionalProperties"];
    OTHERS.iter().all(|key| arm.node().get(key).is_none())
}

/// Whether a schema has alternatives that describe a value.
pub(super) fn has_alternatives(at: &Cursor<'_>) -> bool {
    !alternatives(at).is_empty()
}

/// What to call an alternative that has no name: its title, the member only it has, or its number.
fn hint(arm: &Cursor<'_>, index: usize, arms: &[Cursor<'_>]) -> String {
    if let Some(title) = arm.str("title").filter(|title| !title.trim().is_empty() && title.len() <= MAX_TITLE) {
        return title.to_owned();
    }
    let has = |arm: &Cursor<'_>, wire: &str| arm.get("properties").is_some_and(|all| all.get(wire).is_some());
    let own = arm.get("properties").and_then(|properties| {
        let others = || arms.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, arm)| arm);
        properties.entries().map(|(wire, _)| wire.to_owned()).find(|wire| others().all(|other| !has(other, wire)))
    });
    own.unwrap_or_else(|| format!("variant{}", index + 1))
}

/// The name of the type of an alternative; lists and maps pass it on to what they hold.
fn arm_name(arm: &Cursor<'_>, name: &Name, hint: &str) -> Name {
    if has_properties(arm) || arm.str("title").is_some() {
        name.child(hint)
    } else if lists_words(arm) {
        name.child("word")
    } else {
        name.clone()
    }
}

/// A text of digits: an integer in its other form.
fn is_digits(at: &Cursor<'_>) -> bool {
    const PATTERNS: [&str; 6] = [r"^-?\d+$", r"^\d+$", "^[0-9]+$", "^-?[0-9]+$", r"^[+-]?\d+$", r"^[1-9]\d*$"];
    types(at) == ["string"] && at.str("pattern").is_some_and(|pattern| PATTERNS.contains(&pattern))
}

/// The texts `true` and `false`: a truth value in its other form.
fn is_truth(at: &Cursor<'_>) -> bool {
    let words = words(at);
    let is_one = |text: &str| text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    types(at) == ["string"] && !words.is_empty() && words.iter().all(|word| is_one(&word.wire))
}

fn is_text(at: &Cursor<'_>) -> bool {
    let listed = || {
        at.node().get("enum").and_then(|values| values.as_list()).is_some_and(|values| values.iter().all(|value| value.as_str().is_some()))
    };
    let listed = types(at).is_empty() && at.get("allOf").is_none() && listed();
    (types(at) == ["string"] && without_combinations(at)) || listed
}

fn without_combinations(at: &Cursor<'_>) -> bool {
    ["allOf", "oneOf", "anyOf"].iter().all(|key| at.node().get(key).is_none())
}

fn lists_words(at: &Cursor<'_>) -> bool {
    at.node().get("enum").is_some() || at.node().get("const").is_some()
}

/// The type that can hold texts of all these formats.
fn common(targets: &[Cursor<'_>]) -> Prim {
    let prims: std::collections::BTreeSet<Prim> =
        targets.iter().map(|at| super::schema::text(at.str("format").unwrap_or_default())).collect();
    match prims.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => *only,
        [Prim::DateTime, Prim::Date] => Prim::DateTime,
        _ => Prim::String,
    }
}

/// Longer titles are sentences, not names.
const MAX_TITLE: usize = 40;
