use crate::diagnostic::{Diagnostic, Tag, did_you_mean};
use crate::source::namespaces::{SCHEMA, SCHEMA_DRAFTS, XML};
use crate::source::{Attribute, Element, FileId, Location, Scope, Span, XmlTree};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How deep elements may be nested: what follows walks trees by recursion.
const MAX_DEPTH: usize = 128;

/// Prefixes that are looked through for the one that was meant.
const MAX_CANDIDATES: usize = 100;

/// An XML file that was parsed.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) tree: XmlTree,
    /// Faults that do not keep the rest from being used.
    pub(super) problems: Vec<Diagnostic>,
}

/// Parses XML. A document type definition, and with it every entity of one's own, is refused.
pub(super) fn parse(text: &str, file: FileId) -> Result<Parsed, Box<Diagnostic>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = false;
    let mut builder = Builder::new(text, file);
    loop {
        let start = offset(reader.buffer_position());
        let event = reader.read_event().map_err(|error| broken(file, offset(reader.error_position()), text, &error.to_string()))?;
        let span = Span { start, end: offset(reader.buffer_position()) };
        match event {
            Event::Start(tag) => builder.open(&tag, span)?,
            Event::Empty(tag) => {
                builder.open(&tag, span)?;
                builder.open.pop();
            }
            Event::End(_) => {
                builder.open.pop();
            }
            Event::Text(piece) => builder.text(&piece.xml10_content(), span)?,
            Event::CData(piece) => builder.text(&piece.xml10_content(), span)?,
            Event::GeneralRef(name) => {
                let text = resolved(&name).ok_or_else(|| unknown_entity(file, span, &name))?;
                builder.text(&text, span)?;
            }
            Event::DocType(_) => {
                let message = "a document type definition is not read";
                let help = "remove `<!DOCTYPE …>`, and write its entities out";
                return Err(Box::new(Diagnostic::new(Tag::DocumentType, message, Location::text(file, span)).help(help)));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return builder.finish(),
        }
    }
}

struct Builder<'t> {
    text: &'t str,
    file: FileId,
    tree: XmlTree,
    /// The elements that are not yet closed.
    open: Vec<u32>,
    scopes: Vec<Arc<Scope>>,
    /// Each namespace once.
    namespaces: BTreeMap<Box<str>, Arc<str>>,
    unknown: Vec<UnknownPrefix>,
    rooted: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, file: FileId) -> Self {
        let (open, scopes, unknown) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, file, tree: XmlTree::default(), open, scopes, namespaces: BTreeMap::new(), unknown, rooted: false }
    }

    fn open(&mut self, tag: &BytesStart<'_>, span: Span) -> Result<(), Box<Diagnostic>> {
        if self.open.is_empty() && std::mem::replace(&mut self.rooted, true) {
            return Err(self.broken(span, "there is a second root element"));
        }
        if self.open.len() >= MAX_DEPTH {
            let message = format!("elements are nested more than {MAX_DEPTH} deep");
            return Err(Box::new(Diagnostic::new(Tag::NestingLimit, message, Location::text(self.file, span))));
        }
        let written = self.attributes(tag, span)?;
        self.scopes.truncate(self.open.len());
        let scope = self.scope(&written);
        self.scopes.push(scope.clone());
        let name = tag.name().into_inner();
        let (namespace, local, known) = self.expanded(&scope, name, true);
        let mut element = Element::new(namespace, local, span, scope.clone());
        let id = self.tree.len();
        if !known {
            let start = span.start + 1;
            self.unknown.push(UnknownPrefix { id, attribute: false, name: name.into(), span: Span { start, end: start + name.len() } });
        }
        for Written { name, value, name_span, value_span } in written {
            if is_declaration(&name) {
                continue;
            }
            let (namespace, local, known) = self.expanded(&scope, &name, false);
            let local = local.into();
            if !known {
                self.unknown.push(UnknownPrefix { id, attribute: true, name: name.clone(), span: name_span });
            }
            element.attributes.push(Attribute { name, namespace, local, value, name_span, value_span });
        }
        self.open.push(self.tree.push(self.open.last().copied(), element));
        Ok(())
    }

    fn attributes(&self, tag: &BytesStart<'_>, span: Span) -> Result<Vec<Written>, Box<Diagnostic>> {
        let raw = tag.attributes_raw();
        let behind_name = span.start + 1 + tag.name().into_inner().len();
        let place = |part: &str| {
            let within = (part.as_ptr() as usize).saturating_sub(raw.as_ptr() as usize);
            Span { start: behind_name + within, end: behind_name + within + part.len() }
        };
        let mut written: Vec<Written> = Vec::new();
        let mut names: BTreeMap<Box<str>, Span> = BTreeMap::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(span, &error.to_string()))?;
            let name = attribute.key.into_inner();
            let (name_span, value_span) = (place(name), place(&attribute.value));
            if let Some(first) = names.insert(name.into(), name_span) {
                let message = format!("attribute `{name}` is already there");
                let diagnostic = Diagnostic::new(Tag::Syntax, message, Location::text(self.file, name_span)).label("again here");
                return Err(Box::new(diagnostic.also(Location::text(self.file, first), "first here")));
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| self.broken(value_span, &error.to_string()))?;
            if attribute.value.contains('<') {
                return Err(self.broken(value_span, "`<` must be written as `&lt;` in an attribute"));
            }
            self.legal(&value, value_span)?;
            written.push(Written { name: name.into(), value: value.into(), name_span, value_span });
        }
        Ok(written)
    }

    fn scope(&mut self, written: &[Written]) -> Arc<Scope> {
        let outer = self.scopes.last().cloned();
        let mut prefixes = Vec::new();
        for attribute in written.iter().filter(|attribute| is_declaration(&attribute.name)) {
            let prefix = attribute.name.strip_prefix("xmlns:").unwrap_or_default();
            prefixes.push((prefix.into(), self.namespace(&attribute.value)));
        }
        match outer {
            Some(outer) if prefixes.is_empty() => outer,
            Some(_) => Arc::new(Scope::new(outer, prefixes)),
            None => {
                prefixes.push(("xml".into(), self.namespace(XML)));
                Arc::new(Scope::new(None, prefixes))
            }
        }
    }

    fn namespace(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.namespaces.get(name) {
            return known.clone();
        }
        let namespace: Arc<str> = if SCHEMA_DRAFTS.contains(&name) { SCHEMA.into() } else { name.into() };
        self.namespaces.insert(name.into(), namespace.clone());
        namespace
    }

    /// Namespace and local part of a name, and whether its prefix is known.
    fn expanded<'n>(&mut self, scope: &Scope, name: &'n str, is_element: bool) -> (Arc<str>, &'n str, bool) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let found = if prefix.is_empty() && !is_element { None } else { scope.namespace(prefix).cloned() };
        let known = found.is_some() || prefix.is_empty();
        (found.unwrap_or_else(|| self.namespace("")), local, known)
    }

    fn text(&mut self, text: &str, span: Span) -> Result<(), Box<Diagnostic>> {
        self.legal(text, span)?;
        match self.open.last() {
            Some(id) => self.tree.push_text(*id, text),
            None if text.trim().is_empty() => {}
            None => return Err(self.broken(span, "there is text outside the root element")),
        }
        Ok(())
    }

    fn legal(&self, text: &str, span: Span) -> Result<(), Box<Diagnostic>> {
        let illegal = |c: &char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
        match text.chars().find(illegal) {
            Some(c) => Err(self.broken(span, &format!("the character U+{:04X} is not allowed in XML", u32::from(c)))),
            None => Ok(()),
        }
    }

    fn broken(&self, span: Span, why: &str) -> Box<Diagnostic> {
        broken(self.file, span.start, self.text, why)
    }

    fn finish(self) -> Result<Parsed, Box<Diagnostic>> {
        if !self.open.is_empty() || !self.rooted {
            let why = if self.rooted { "the file ends before all elements are closed" } else { "there is no element" };
            return Err(broken(self.file, self.text.trim_end().len().saturating_sub(1), self.text, why));
        }
        let problems = self.unknown.iter().map(|unknown| self.unknown_prefix(unknown)).collect();
        Ok(Parsed { tree: self.tree, problems })
    }

    fn unknown_prefix(&self, unknown: &UnknownPrefix) -> Diagnostic {
        let UnknownPrefix { id, attribute, name, span } = unknown;
        let prefix = name.split(':').next().unwrap_or_default();
        let spot = self.tree.spot(*id, self.file);
        let spot = if *attribute { spot.child(&format!("@{name}")) } else { spot };
        let near = did_you_mean(prefix, self.tree.prefixes(*id).take(MAX_CANDIDATES)).map(|near| format!("did you mean `{near}`?"));
        let message = format!("nothing declares the prefix `{prefix}`");
        Diagnostic::new(Tag::UnknownPrefix, message, Location::Text(spot, *span)).maybe_help(near)
    }
}

/// An element, or an attribute of one, whose prefix nothing declares.
struct UnknownPrefix {
    id: u32,
    attribute: bool,
    /// As written.
    name: Box<str>,
    span: Span,
}

struct Written {
    name: Box<str>,
    value: Box<str>,
    name_span: Span,
    value_span: Span,
}

fn is_declaration(name: &str) -> bool {
    name == "xmlns" || name.starts_with("xmlns:")
}

/// What a character reference, or one of the five entities that XML itself defines, stands for.
fn resolved(name: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten().map(String::from);
    }
    quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned)
}

fn unknown_entity(file: FileId, span: Span, name: &str) -> Box<Diagnostic> {
    let message = format!("`&{name};` stands for nothing");
    let help = "XML itself knows `&lt;`, `&gt;`, `&amp;`, `&quot;`, `&apos;` and numbers such as `&#228;`";
    Box::new(Diagnostic::new(Tag::Syntax, message, Location::text(file, span)).help(help))
}

fn broken(file: FileId, start: usize, text: &str, why: &str) -> Box<Diagnostic> {
    let start = start.min(text.len());
    let end = start + text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let why = why.strip_prefix("syntax error: ").or_else(|| why.strip_prefix("ill-formed document: ")).unwrap_or(why);
    Box::new(Diagnostic::new(Tag::Syntax, "this is not valid XML", Location::text(file, Span { start, end })).label(why))
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
