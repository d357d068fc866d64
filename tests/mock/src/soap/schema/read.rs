//! From `xs:schema` nodes to declarations.
//!
//! Types are numbered when they are first met and read later, so that recursive ones need no care.

use super::super::name::QName;
use super::super::xml::{self, XML, XSD};
use super::builtin;
use super::flatten::{self, Derivation, Draft, DraftComplex};
use super::sources::{Global, Source, Sources};
use super::{Attribute, Content, Element, Facets, Particle, Presence, Schemas, Simple, TypeId};
use crate::spec::SpecError;
use roxmltree::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads declarations.
pub(crate) struct Reader<'a> {
    pub(super) sources: &'a Sources<'a>,
    drafts: Vec<Option<Draft>>,
    named: BTreeMap<QName, TypeId>,
    elements: BTreeMap<QName, Arc<Element>>,
    queue: Vec<(TypeId, Global<'a>)>,
    /// Groups being read, to stop one that holds itself.
    pub(super) open: Vec<QName>,
}

impl<'a> Reader<'a> {
    /// Reads everything that is declared.
    pub(crate) fn read(sources: &'a Sources<'a>) -> Result<Schemas, SpecError> {
        let mut reader =
            Self { sources, drafts: Vec::new(), named: BTreeMap::new(), elements: BTreeMap::new(), queue: Vec::new(), open: Vec::new() };
        for builtin in builtin::ALL {
            let id = reader.push(Some(Draft::Simple(Simple::Builtin(builtin))));
            reader.named.insert(QName::new(XSD, builtin.name), id);
        }
        let any = reader.push(Some(Draft::Complex(DraftComplex::any_type())));
        reader.named.insert(QName::new(XSD, "anyType"), any);
        let names: Vec<QName> = sources.all("complexType").map(|(name, _)| name.clone()).collect();
        for name in &names {
            reader.type_named(name);
        }
        let elements: Vec<(QName, Global<'a>)> = sources.all("element").map(|(name, global)| (name.clone(), *global)).collect();
        for (name, global) in elements {
            let element = reader.element(global.source, global.node, name.clone())?;
            reader.elements.insert(name, Arc::new(element));
        }
        // Particles name global elements, so these are all there before the first type is read.
        while let Some((id, global)) = reader.queue.pop() {
            let draft = reader.type_body(global.source, global.node)?;
            reader.drafts[id.0] = Some(draft);
        }
        let types = flatten::all(reader.drafts).map_err(|message| SpecError::new("schema", "", message))?;
        Ok(Schemas { types, named: reader.named, elements: reader.elements })
    }

    fn push(&mut self, draft: Option<Draft>) -> TypeId {
        self.drafts.push(draft);
        TypeId(self.drafts.len() - 1)
    }

    /// A number for a type to be read later.
    fn defer(&mut self, source: Source<'a>, node: Node<'a, 'a>) -> TypeId {
        let id = self.push(None);
        self.queue.push((id, Global { source, node }));
        id
    }

    fn type_named(&mut self, name: &QName) -> Option<TypeId> {
        if let Some(id) = self.named.get(name) {
            return Some(*id);
        }
        let global = self.sources.get("complexType", name)?;
        let id = self.defer(global.source, global.node);
        self.named.insert(name.clone(), id);
        Some(id)
    }

    /// The name that an attribute of a node holds.
    pub(super) fn reference(&self, source: Source<'a>, node: Node<'a, 'a>, attribute: &str) -> Result<Option<QName>, SpecError> {
        node.attribute(attribute).map(|text| self.name(source, node, text)).transpose()
    }

    /// The name that a text means in a schema.
    fn name(&self, source: Source<'a>, node: Node<'a, 'a>, text: &str) -> Result<QName, SpecError> {
        let undeclared = || self.sources.error(source, node, format!("the prefix of `{text}` is not declared"));
        let mut name = QName::resolve(text, node).ok_or_else(undeclared)?;
        if name.namespace.is_empty() {
            // An included schema without a namespace means that of its includer.
            source.namespace.clone_into(&mut name.namespace);
        }
        Ok(name)
    }

    /// The type that an attribute (`type`, `base`, `itemType`) names.
    fn type_reference(&mut self, source: Source<'a>, node: Node<'a, 'a>, attribute: &str) -> Result<Option<TypeId>, SpecError> {
        let Some(name) = self.reference(source, node, attribute)? else { return Ok(None) };
        match self.type_named(&name) {
            Some(id) => Ok(Some(id)),
            None => Err(self.sources.error(source, node, format!("there is no type `{name}`"))),
        }
    }

    pub(super) fn global_element(&self, source: Source<'a>, node: Node<'a, 'a>, name: &QName) -> Result<Arc<Element>, SpecError> {
        self.elements.get(name).cloned().ok_or_else(|| self.sources.error(source, node, format!("there is no element `{name}`")))
    }

    /// An element declaration.
    pub(super) fn element(&mut self, source: Source<'a>, node: Node<'a, 'a>, name: QName) -> Result<Element, SpecError> {
        let inline = xml::schema_elements(node).find(|n| matches!(n.tag_name().name(), "complexType" | "simpleType"));
        let head = self.reference(source, node, "substitutionGroup")?;
        let ty = match (self.type_reference(source, node, "type")?, inline, &head) {
            (Some(ty), ..) => ty,
            (None, Some(inline), _) => self.defer(source, inline),
            (None, None, head) => self.type_of_head(head.as_ref()),
        };
        let flag = |attribute: &str| matches!(node.attribute(attribute), Some("true" | "1"));
        let fixed = node.attribute("fixed").map(str::to_owned);
        Ok(Element { name, ty, nillable: flag("nillable"), is_abstract: flag("abstract"), fixed, head })
    }

    /// An element without a type has that of the head of its group, or any.
    fn type_of_head(&mut self, head: Option<&QName>) -> TypeId {
        let any = self.named[&QName::new(XSD, "anyType")];
        let Some(global) = head.and_then(|head| self.sources.get("element", head)) else { return any };
        self.type_reference(global.source, global.node, "type").ok().flatten().unwrap_or(any)
    }

    fn type_body(&mut self, source: Source<'a>, node: Node<'a, 'a>) -> Result<Draft, SpecError> {
        if node.tag_name().name() == "simpleType" {
            return self.simple(source, node).map(Draft::Simple);
        }
        let flag = |node: Node<'_, '_>, attribute: &str| matches!(node.attribute(attribute), Some("true" | "1"));
        let content = xml::schema_elements(node).find(|n| matches!(n.tag_name().name(), "complexContent" | "simpleContent"));
        let is_mixed = flag(node, "mixed") || content.is_some_and(|content| flag(content, "mixed"));
        let is_simple = content.is_some_and(|content| content.tag_name().name() == "simpleContent");
        let step = content.and_then(|c| xml::schema_elements(c).find(|n| matches!(n.tag_name().name(), "extension" | "restriction")));
        if content.is_some() && step.is_none() {
            return Err(self.sources.error(source, node, "neither an extension nor a restriction"));
        }
        let body = step.unwrap_or(node);
        let derivation = match step {
            None => Derivation::None,
            Some(step) => {
                let base =
                    self.type_reference(source, step, "base")?.ok_or_else(|| self.sources.error(source, step, "`base` is missing"))?;
                if step.tag_name().name() == "extension" { Derivation::Extension(base) } else { Derivation::Restriction(base) }
            }
        };
        let content = match (is_simple, derivation) {
            (true, Derivation::Restriction(base)) => {
                let facets = Facets::read(body).map_err(|message| self.sources.error(source, body, message))?;
                let base = match xml::schema_elements(body).find(|n| n.tag_name().name() == "simpleType") {
                    Some(inline) => self.defer(source, inline),
                    None => base,
                };
                Content::Text(self.push(Some(Draft::Simple(Simple::Restriction { base, facets }))))
            }
            (true, Derivation::Extension(base)) => Content::Text(base),
            _ => Content::Elements(self.model(source, body)?),
        };
        let mut attributes = Vec::new();
        let any_attribute = self.attributes(source, body, &mut attributes)?;
        Ok(Draft::Complex(DraftComplex {
            is_abstract: flag(node, "abstract"),
            mixed: is_mixed,
            derivation,
            content,
            attributes,
            any_attribute,
            open: is_partial(node),
        }))
    }

    /// The content model directly in a complex type, a derivation step or a group.
    pub(super) fn model(&mut self, source: Source<'a>, body: Node<'a, 'a>) -> Result<Particle, SpecError> {
        let model = xml::schema_elements(body).find(|n| matches!(n.tag_name().name(), "sequence" | "choice" | "all" | "group"));
        model.map_or_else(|| Ok(Particle::empty()), |model| self.particle(source, model))
    }

    fn simple(&mut self, source: Source<'a>, node: Node<'a, 'a>) -> Result<Simple, SpecError> {
        let kinds = ["restriction", "list", "union"];
        let step = xml::schema_elements(node).find(|n| kinds.contains(&n.tag_name().name()));
        let step = step.ok_or_else(|| self.sources.error(source, node, "a simple type is a restriction, a list or a union"))?;
        let inline: Vec<Node<'a, 'a>> = xml::schema_elements(step).filter(|n| n.tag_name().name() == "simpleType").collect();
        let missing = || self.sources.error(source, step, "no type is named");
        match step.tag_name().name() {
            "restriction" => {
                let named = self.type_reference(source, step, "base")?;
                let base = named.or_else(|| Some(self.defer(source, *inline.first()?))).ok_or_else(missing)?;
                let facets = Facets::read(step).map_err(|message| self.sources.error(source, step, message))?;
                Ok(Simple::Restriction { base, facets })
            }
            "list" => {
                let named = self.type_reference(source, step, "itemType")?;
                Ok(Simple::List(named.or_else(|| Some(self.defer(source, *inline.first()?))).ok_or_else(missing)?))
            }
            _ => {
                let mut members = Vec::new();
                for text in step.attribute("memberTypes").unwrap_or_default().split_whitespace() {
                    let name = self.name(source, step, text)?;
                    let id = self.type_named(&name);
                    members.push(id.ok_or_else(|| self.sources.error(source, step, format!("there is no type `{name}`")))?);
                }
                members.extend(inline.into_iter().map(|node| self.defer(source, node)).collect::<Vec<_>>());
                Ok(Simple::Union(members))
            }
        }
    }

    /// The attributes directly in a node, groups included; answers whether others may stand beside them.
    pub(super) fn attributes(&mut self, source: Source<'a>, body: Node<'a, 'a>, out: &mut Vec<Attribute>) -> Result<bool, SpecError> {
        let mut any = false;
        for node in xml::schema_elements(body) {
            match node.tag_name().name() {
                "anyAttribute" => any = true,
                "attribute" => out.push(self.attribute(source, node)?),
                "attributeGroup" => any |= self.attribute_group(source, node, out)?,
                _ => {}
            }
        }
        Ok(any)
    }

    fn attribute(&mut self, source: Source<'a>, node: Node<'a, 'a>) -> Result<Attribute, SpecError> {
        let presence = match node.attribute("use") {
            Some("required") => Presence::Required,
            Some("prohibited") => Presence::Prohibited,
            _ => Presence::Optional,
        };
        let (declaration, name) = match self.reference(source, node, "ref")? {
            None => {
                let form = node.attribute("form").or_else(|| source.node.attribute("attributeFormDefault"));
                let namespace = if form == Some("qualified") { source.namespace } else { "" };
                (Global { source, node }, QName::new(namespace, node.attribute("name").unwrap_or_default()))
            }
            Some(name) => match self.sources.get("attribute", &name) {
                Some(global) => (global, name),
                None if name.namespace == XML => (Global { source, node }, name),
                None => return Err(self.sources.error(source, node, format!("there is no attribute `{name}`"))),
            },
        };
        let (source, declared) = (declaration.source, declaration.node);
        let inline = xml::schema_elements(declared).find(|n| n.tag_name().name() == "simpleType");
        let ty = match (self.type_reference(source, declared, "type")?, inline) {
            (Some(ty), _) => ty,
            (None, Some(inline)) => self.defer(source, inline),
            (None, None) => self.named[&QName::new(XSD, "anySimpleType")],
        };
        let fixed = node.attribute("fixed").or_else(|| declared.attribute("fixed")).map(str::to_owned);
        Ok(Attribute { name, ty, presence, fixed })
    }
}

/// Whether the documentation of a type says that it is known in part only (`specs/DIALECT.md`, `x-provenance`).
fn is_partial(node: Node<'_, '_>) -> bool {
    let notes = xml::schema_elements(node).filter(|n| n.tag_name().name() == "annotation").flat_map(xml::schema_elements);
    let mut provenance = notes.filter(|n| n.attribute("source") == Some("x-provenance"));
    provenance.any(|n| xml::text(n).trim_start().starts_with("partial"))
}
