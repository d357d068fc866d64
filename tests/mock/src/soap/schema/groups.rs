//! Content models and groups.

use super::super::name::QName;
use super::super::xml;
use super::read::Reader;
use super::sources::Source;
use super::{Admits, Attribute, Particle, Process, Term, Wildcard};
use crate::spec::SpecError;
use roxmltree::Node;
use std::sync::Arc;

impl<'a> Reader<'a> {
    /// One particle: `element`, `sequence`, `choice`, `all`, `any` or a reference to a group.
    pub(super) fn particle(&mut self, source: Source<'a>, node: Node<'a, 'a>) -> Result<Particle, SpecError> {
        let (min, max) = occurs(node).map_err(|message| self.sources.error(source, node, message))?;
        let term = match node.tag_name().name() {
            "element" => Term::Element(Arc::new(match self.reference(source, node, "ref")? {
                Some(name) => return Ok(Particle { min, max, term: Term::Element(self.global_element(source, node, &name)?) }),
                None => {
                    let form = node.attribute("form").or_else(|| source.node.attribute("elementFormDefault"));
                    let namespace = if form == Some("qualified") { source.namespace } else { "" };
                    let name = node.attribute("name").ok_or_else(|| self.sources.error(source, node, "an element needs a name"))?;
                    self.element(source, node, QName::new(namespace, name))?
                }
            })),
            "sequence" => Term::Sequence(self.parts(source, node)?),
            "choice" => Term::Choice(self.parts(source, node)?),
            "all" => Term::All(self.parts(source, node)?),
            "group" => Term::Sequence(vec![self.group(source, node)?]),
            _ => Term::Any(wildcard(source, node)),
        };
        Ok(Particle { min, max, term })
    }

    fn parts(&mut self, source: Source<'a>, node: Node<'a, 'a>) -> Result<Vec<Particle>, SpecError> {
        let known = ["element", "sequence", "choice", "all", "group", "any"];
        let parts = xml::schema_elements(node).filter(|n| known.contains(&n.tag_name().name()));
        let parts: Result<Vec<Particle>, SpecError> = parts.map(|part| self.particle(source, part)).collect();
        Ok(parts?.into_iter().filter(|part| part.max != Some(0)).collect())
    }

    fn group(&mut self, source: Source<'a>, node: Node<'a, 'a>) -> Result<Particle, SpecError> {
        let name = self.reference(source, node, "ref")?.ok_or_else(|| self.sources.error(source, node, "`ref` is missing"))?;
        let global = self.sources.get("group", &name);
        let global = global.ok_or_else(|| self.sources.error(source, node, format!("there is no group `{name}`")))?;
        self.enter(source, node, &name)?;
        let model = self.model(global.source, global.node);
        self.open.pop();
        model
    }

    /// The attributes of a group; answers whether others may stand beside them.
    pub(super) fn attribute_group(&mut self, source: Source<'a>, node: Node<'a, 'a>, out: &mut Vec<Attribute>) -> Result<bool, SpecError> {
        let name = self.reference(source, node, "ref")?.ok_or_else(|| self.sources.error(source, node, "`ref` is missing"))?;
        let global = self.sources.get("attributeGroup", &name);
        let global = global.ok_or_else(|| self.sources.error(source, node, format!("there is no attribute group `{name}`")))?;
        self.enter(source, node, &name)?;
        let any = self.attributes(global.source, global.node, out);
        self.open.pop();
        any
    }

    fn enter(&mut self, source: Source<'a>, node: Node<'a, 'a>, name: &QName) -> Result<(), SpecError> {
        if self.open.contains(name) {
            return Err(self.sources.error(source, node, format!("group `{name}` holds itself")));
        }
        self.open.push(name.clone());
        Ok(())
    }
}

fn occurs(node: Node<'_, '_>) -> Result<(u32, Option<u32>), String> {
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| format!("`{text}` is no number of occurrences"));
    let min = node.attribute("minOccurs").map_or(Ok(1), number)?;
    let max = match node.attribute("maxOccurs") {
        None => Some(1),
        Some("unbounded") => None,
        Some(text) => Some(number(text)?),
    };
    Ok((min, max))
}

fn wildcard(source: Source<'_>, node: Node<'_, '_>) -> Wildcard {
    let admits = match node.attribute("namespace").map(str::trim) {
        None | Some("##any") => Admits::Any,
        Some("##other") => Admits::Other(source.namespace.to_owned()),
        Some(list) => Admits::Only(
            list.split_whitespace()
                .map(|word| match word {
                    "##targetNamespace" => source.namespace.to_owned(),
                    "##local" => String::new(),
                    other => other.to_owned(),
                })
                .collect(),
        ),
    };
    let process = match node.attribute("processContents") {
        Some("lax") => Process::Lax,
        Some("skip") => Process::Skip,
        _ => Process::Strict,
    };
    Wildcard { admits, process }
}
