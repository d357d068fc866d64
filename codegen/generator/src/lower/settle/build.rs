use std::collections::BTreeMap;

use super::naming::TypeName;
use super::reach::reach;
use super::{Graph, boxes, naming, replaced};
use crate::config::Config;
use crate::diagnostic::Report;
use crate::ir::{self, ArmRule, Ident, MemberKind, Presence, Prim, StructRole, Tagging, TypeId, TypeRef, Types};
use crate::lower::clash::{Clash, report_clash};
use crate::lower::draft::{Access, Arm, Draft, Field, Part, Shape, Union, Word, without_null};
use crate::lower::texts::{Look, look};
use crate::names::{Claim, Given, Kind, camel_of, distinct, plural, spelled, words};
use crate::source::{Sources, Spot};

/// A type that an operation, or the client itself, uses.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Root {
    /// Module of the operation's resource; `None` for what every build needs.
    pub(in crate::lower) module: Option<Ident>,
    pub(in crate::lower) way: Way,
    pub(in crate::lower) ty: TypeRef,
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum Way {
    In,
    Out,
}

/// The final types, and where each draft went.
pub(in crate::lower) fn build(
    graph: &Graph,
    roots: &[Root],
    context: (&Sources, &Config, &mut Report),
) -> (Types, BTreeMap<TypeId, TypeId>) {
    let (sources, config, report) = context;
    let reached = reach(graph, roots);
    let names = naming::type_names(graph, &reached.keys().copied().collect(), config, report);
    let mut order: Vec<(&TypeName, TypeId)> = names.iter().map(|(id, name)| (name, *id)).collect();
    order.sort_by_key(|(name, _)| &name.name);
    let places: BTreeMap<TypeId, TypeId> = order.iter().enumerate().map(|(index, (_, id))| (*id, TypeId(index))).collect();
    let mut builder = Builder { graph, names: &names, places: &places, config, report };
    let mut types = Types::default();
    for (name, id) in order {
        let (Some(draft), Some(reach)) = (graph.draft(id), reached.get(&id)) else { continue };
        types.0.push(ir::Type {
            wire: name.usual.clone(),
            name: name.name.clone(),
            docs: draft.docs.clone(),
            shape: builder.shape(draft, name, reach.role()),
            used_by: reach.used_by(),
            origin: origin(sources, &draft.origin),
        });
    }
    boxes::break_cycles(&mut types);
    boxes::let_end(&mut types);
    (types, places)
}

/// A place as the IR keeps it.
pub(in crate::lower) fn origin(sources: &Sources, spot: &Spot) -> ir::Origin {
    let file = sources.file(spot.file).map_or_else(String::new, |file| file.name.clone());
    ir::Origin { file, pointer: spot.pointer.as_str().to_owned() }
}

struct Builder<'a> {
    graph: &'a Graph,
    names: &'a BTreeMap<TypeId, TypeName>,
    places: &'a BTreeMap<TypeId, TypeId>,
    config: &'a Config,
    report: &'a mut Report,
}

impl Builder<'_> {
    fn shape(&mut self, draft: &Draft, name: &TypeName, role: StructRole) -> ir::Shape {
        match &draft.shape {
            Shape::Struct(fields) => ir::Shape::Struct(ir::Struct { fields: self.fields(name, fields, role), role }),
            Shape::Words(words) => ir::Shape::Words(ir::Words { words: self.words(draft, name, words) }),
            Shape::Union(union) => ir::Shape::Union(self.union(draft, union, name)),
            Shape::Flags(flags) => ir::Shape::Flags(ir::Flags { flags: self.flags(draft, name, flags) }),
            Shape::Form(parts) => ir::Shape::Form(ir::Form { parts: self.parts(name, parts) }),
            // Neither is ever referred to: aliases are dissolved and every draft is filled.
            Shape::Alias(_) | Shape::Pending => ir::Shape::Struct(ir::Struct { fields: Vec::new(), role }),
        }
    }

    fn ty(&self, ty: &TypeRef) -> TypeRef {
        replaced(ty, &mut |id| self.places.get(&id).map_or(TypeRef::Json, |id| TypeRef::Named(*id)))
    }

    fn fields(&mut self, owner: &TypeName, fields: &[Field], role: StructRole) -> Vec<ir::Field> {
        let texts = field_texts(fields);
        let texts: Vec<(&str, &Spot)> = texts.iter().zip(fields).map(|(text, field)| (text.as_str(), &field.origin)).collect();
        let names = self.inner_names(Kind::Field, "field", &owner.usual, &texts);
        let build = |(field, given): (&Field, Given)| {
            let (ty, nullable) = without_null(self.ty(&field.ty));
            let presence = match field.xml {
                Some(_) => element_presence(field.required, nullable),
                None => presence(role, field.required, nullable, field.access),
            };
            ir::Field {
                wire: field.wire.clone(),
                aliases: field.aliases.clone(),
                name: given.name,
                docs: field.docs.clone(),
                ty,
                presence,
                xml: field.xml.clone(),
                deprecated: field.deprecated,
            }
        };
        fields.iter().zip(names).map(build).collect()
    }

    fn words(&mut self, draft: &Draft, owner: &TypeName, words: &[Word]) -> Vec<ir::Word> {
        let texts: Vec<(&str, &Spot)> = words.iter().map(|word| (word.hint.as_deref().unwrap_or(&word.wire), &draft.origin)).collect();
        let names = self.inner_names(Kind::Variant, "word", &owner.usual, &texts);
        let build = |(word, given): (&Word, Given)| ir::Word {
            wire: word.wire.clone(),
            aliases: word.aliases.clone(),
            name: given.name,
            docs: word.docs.clone(),
        };
        words.iter().zip(names).map(build).collect()
    }

    fn flags(&mut self, draft: &Draft, owner: &TypeName, flags: &[(String, i64)]) -> Vec<ir::Flag> {
        let texts: Vec<(&str, &Spot)> = flags.iter().map(|(wire, _)| (wire.as_str(), &draft.origin)).collect();
        let names = self.inner_names(Kind::Constant, "flag", &owner.usual, &texts);
        flags.iter().zip(names).map(|((wire, bits), given)| ir::Flag { wire: wire.clone(), name: given.name, bits: *bits }).collect()
    }

    fn parts(&mut self, owner: &TypeName, parts: &[Part]) -> Vec<ir::FormPart> {
        let text = |part: &Part| part.wire.strip_suffix("[]").unwrap_or(&part.wire).to_owned();
        let texts: Vec<String> = parts.iter().map(text).collect();
        let texts: Vec<(&str, &Spot)> = texts.iter().zip(parts).map(|(text, part)| (text.as_str(), &part.origin)).collect();
        let names = self.inner_names(Kind::Field, "part", &owner.usual, &texts);
        let build = |(part, given): (&Part, Given)| {
            let ty = without_null(part.ty.clone()).0;
            ir::FormPart {
                wire: part.wire.clone(),
                name: given.name,
                docs: part.docs.clone(),
                json: part.json || matches!(look(self.graph, &ty), Look::Object | Look::Nested),
                ty: self.ty(&ty),
                required: part.required,
            }
        };
        parts.iter().zip(names).map(build).collect()
    }

    fn union(&mut self, draft: &Draft, union: &Union, owner: &TypeName) -> ir::Union {
        let lists = union.arms.iter().filter(|arm| matches!(arm.ty, TypeRef::List(_))).count();
        let texts: Vec<String> = union.arms.iter().map(|arm| self.arm_text(arm, &owner.name, lists == 1)).collect();
        let texts: Vec<(&str, &Spot)> = texts.iter().map(|text| (text.as_str(), &draft.origin)).collect();
        let names = self.inner_names(Kind::Variant, "alternative", &owner.usual, &texts);
        let build = |(arm, given): (&Arm, Given)| ir::Variant {
            name: given.name,
            ty: self.ty(&arm.ty),
            rule: ArmRule(arm.values.clone()),
            element: arm.element.clone(),
        };
        let arms = union.arms.iter().zip(names).map(build).collect();
        let by_element = union.arms.iter().any(|arm| arm.element.is_some());
        let otherwise = if by_element { Tagging::Element } else { Tagging::Untagged };
        ir::Union { tagging: union.tag.clone().map_or(otherwise, Tagging::Member), arms }
    }

    /// Names inside a type; `Type.text` in `[rename]` overrules.
    fn inner_names(&mut self, kind: Kind, what: &'static str, owner: &str, texts: &[(&str, &Spot)]) -> Vec<Given> {
        let keys: Vec<String> = texts.iter().map(|(text, _)| format!("{owner}.{text}")).collect();
        let chosen = |key: &String| self.config.rename.get(key).map(String::as_str);
        let claims: Vec<Claim<'_>> = texts.iter().zip(&keys).map(|((text, _), key)| Claim { text, chosen: chosen(key) }).collect();
        let given = distinct(kind, &claims);
        for (((text, at), key), given) in texts.iter().zip(&keys).zip(&given) {
            if let Some((_, other)) = given.clash.and_then(|index| texts.get(index)) {
                let wanted = spelled(kind, text);
                report_clash(
                    &Clash { what, table: "rename", key, wanted: &wanted, given: given.name.as_str(), at, other },
                    self.config,
                    self.report,
                );
            }
        }
        given
    }

    /// What to call an alternative: as the document hints, or after its type without what the union is called.
    fn arm_text(&self, arm: &Arm, union: &Ident, only_list: bool) -> String {
        if let Some(hint) = &arm.hint {
            return hint.clone();
        }
        match &arm.ty {
            TypeRef::List(_) if only_list => "List".to_owned(),
            TypeRef::List(inner) => {
                let mut words = words(&self.type_text(inner, union));
                if let Some(last) = words.last_mut() {
                    *last = plural(last);
                }
                camel_of(&words)
            }
            ty => self.type_text(ty, union),
        }
    }

    fn type_text(&self, ty: &TypeRef, union: &Ident) -> String {
        match ty {
            TypeRef::Named(id) => {
                let name = self.names.get(id).map_or("Object", |name| name.name.bare());
                let rest = name.strip_prefix(union.bare()).filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
                rest.unwrap_or(name).to_owned()
            }
            TypeRef::List(inner) | TypeRef::Tokens(inner) => format!("{}List", self.type_text(inner, union)),
            TypeRef::Map(_) => "Map".to_owned(),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.type_text(inner, union),
            TypeRef::Json => "Value".to_owned(),
            TypeRef::Prim(prim) => match prim {
                Prim::Bool => "Bool",
                Prim::I32 | Prim::I64 | Prim::U64 => "Integer",
                Prim::F32 | Prim::F64 | Prim::Decimal => "Number",
                Prim::String | Prim::Secret => "Text",
                Prim::DateTime => "DateTime",
                Prim::Date => "Date",
                Prim::Base64 => "Bytes",
                Prim::File => "File",
                Prim::Xml => "Xml",
            }
            .to_owned(),
        }
    }
}

/// What to name fields after. XML may use one name for an element and an attribute, or in several namespaces: no word of `[rename]`
/// could tell these apart.
fn field_texts(fields: &[Field]) -> Vec<String> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let text = |field: &Field, uses: usize| match field.xml.as_ref().map(|member| &member.kind) {
        _ if uses == 1 => field.wire.clone(),
        Some(MemberKind::Attribute) => format!("{} attribute", field.wire),
        _ => format!("{} {uses}", field.wire),
    };
    let texts = fields.iter().map(|field| {
        let uses = uses.entry(&field.wire).or_default();
        *uses += 1;
        text(field, *uses)
    });
    texts.collect()
}

/// Which Rust type wraps a member: strict about what is sent, lenient about what is received.
fn presence(role: StructRole, required: bool, nullable: bool, access: Access) -> Presence {
    let required = required
        && match access {
            Access::Both => true,
            Access::Read => role == StructRole::Output,
            Access::Write => role == StructRole::Input,
        };
    match (required, nullable, role) {
        (true, false, _) => Presence::Required,
        (true, true, StructRole::Output) => Presence::Optional,
        (true, true, _) => Presence::Nullable,
        (false, true, StructRole::Input) => Presence::Patch,
        (false, _, _) => Presence::Optional,
    }
}

/// The same for XML, where absent, nil and empty are three things whichever way a value travels.
fn element_presence(required: bool, nillable: bool) -> Presence {
    match (required, nillable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, true) => Presence::Patch,
        (false, false) => Presence::Optional,
    }
}
