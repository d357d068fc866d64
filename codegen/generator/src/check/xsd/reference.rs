use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Tag, did_you_mean};
use crate::source::namespaces::{SOAP_ENCODING, SOAP12_ENCODING, XML};
use crate::source::{Name, UnknownPrefix};
use crate::xsd::{Builtin, Kind, Part, builtin, is_well_known};

/// What kind of type a place needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Any,
    Simple,
    Complex,
}

/// Checks the names in the attributes of a part.
pub(super) fn check<'s>(walk: &mut Walk<'_, 's>, part: Part<'s>) {
    for (attribute, kind, need) in references(part) {
        for text in part.attr(attribute).unwrap_or_default().split_ascii_whitespace() {
            match part.resolve(text) {
                Ok(name) => target(walk, part, attribute, (kind, need), name),
                Err(UnknownPrefix(prefix)) => {
                    let near = did_you_mean(prefix, part.at.scope().prefixes().take(100)).map(|near| format!("did you mean `{near}`?"));
                    let message = format!("nothing declares the prefix `{prefix}`");
                    walk.report.push(Diagnostic::new(Tag::UnknownPrefix, message, part.at.attr_location(attribute)).maybe_help(near));
                }
            }
        }
    }
}

/// The attributes of a part that name components.
fn references(part: Part<'_>) -> Vec<(&'static str, Kind, Need)> {
    let parent = part.at.parent().map(|parent| parent.local()).unwrap_or_default();
    match part.at.local() {
        "element" => {
            vec![("type", Kind::Type, Need::Any), ("ref", Kind::Element, Need::Any), ("substitutionGroup", Kind::Element, Need::Any)]
        }
        "attribute" => vec![("type", Kind::Type, Need::Simple), ("ref", Kind::Attribute, Need::Any)],
        "group" => vec![("ref", Kind::Group, Need::Any)],
        "attributeGroup" => vec![("ref", Kind::AttributeGroup, Need::Any)],
        "extension" | "restriction" => match parent {
            "simpleType" => vec![("base", Kind::Type, Need::Simple)],
            "complexContent" => vec![("base", Kind::Type, Need::Complex)],
            _ => vec![("base", Kind::Type, Need::Any)],
        },
        "list" => vec![("itemType", Kind::Type, Need::Simple)],
        "union" => vec![("memberTypes", Kind::Type, Need::Simple)],
        _ => Vec::new(),
    }
}

/// The names in the attributes of a part.
pub(super) fn names<'s>(part: Part<'s>) -> impl Iterator<Item = (&'static str, Kind, Name<'s>)> {
    references(part)
        .into_iter()
        .flat_map(move |(attribute, kind, _)| part.names(attribute).into_iter().map(move |name| (attribute, kind, name)))
}

fn target<'s>(walk: &mut Walk<'_, 's>, part: Part<'s>, attribute: &str, (kind, need): (Kind, Need), name: Name<'s>) {
    let place = || part.at.attr_location(attribute);
    if let Some(found) = walk.schemas.find(kind, name) {
        let fault = match (need, found.at.local()) {
            (Need::Simple, "complexType") => "a simple type is needed here",
            (Need::Complex, "simpleType") => "a complex type is needed here",
            _ => return,
        };
        let diagnostic = Diagnostic::new(Tag::RefKind, format!("{fault}; `{}` is none", name.local), place());
        walk.report.push(diagnostic.also(found.at.attr_location("name"), "defined here"));
        return;
    }
    match (kind, builtin(name).filter(|_| kind == Kind::Type), need) {
        (_, Some(Builtin::Any), Need::Simple) => {
            walk.report.push(Diagnostic::new(Tag::RefKind, format!("a simple type is needed here; `{}` is none", name.local), place()));
        }
        (_, Some(Builtin::Simple(_) | Builtin::List(_)), Need::Complex) => {
            walk.report.push(Diagnostic::new(Tag::RefKind, format!("a complex type is needed here; `{}` is none", name.local), place()));
        }
        (_, Some(_), _) => {}
        (Kind::Attribute, None, _) if name.namespace == XML || is_well_known(name.namespace) => {}
        (Kind::Element, None, _) if is_well_known(name.namespace) => {}
        (_, None, _) if [SOAP_ENCODING, SOAP12_ENCODING].contains(&name.namespace) => {
            let message = format!("`{}` of SOAP's own encoding is not supported", name.local);
            let help = "describe a list by an element with `maxOccurs=\"unbounded\"`";
            walk.report.push(Diagnostic::new(Tag::UnsupportedEncoding, message, place()).help(help));
        }
        (_, None, _) => {
            let diagnostic = unknown(walk, kind, name, place());
            walk.report.push(diagnostic);
        }
    }
}

fn unknown<'s>(walk: &mut Walk<'_, 's>, kind: Kind, name: Name<'s>, place: crate::source::Location) -> Diagnostic {
    let Name { namespace, local } = name;
    let message = format!("{} `{local}` is not defined", kind.noun());
    let scope = if namespace.is_empty() { "no namespace".to_owned() } else { format!("the namespace `{namespace}`") };
    let diagnostic = Diagnostic::new(Tag::UnknownName, message, place).note(format!("it was looked for in {scope}"));
    let sources = |part: Part<'s>| part.at.sources().describe(&part.at.attr_location("name"));
    if let Some((other, part)) = walk.schemas.named(kind, local).next() {
        let owner = if other.namespace.is_empty() { "no namespace".to_owned() } else { format!("`{}`", other.namespace) };
        return diagnostic.help(format!("{} of that name in {owner} is defined at {}", with_article(kind), sources(part)));
    }
    if let Some((near, part)) = walk.near(kind, name) {
        return diagnostic.help(format!("{} `{near}` is defined at {}", with_article(kind), sources(part)));
    }
    let other = Kind::ALL.into_iter().find_map(|other| Some((other, walk.schemas.find(other, name)?)));
    diagnostic.maybe_help(other.map(|(other, part)| format!("`{local}` is {}, defined at {}", with_article(other), sources(part))))
}

fn with_article(kind: Kind) -> &'static str {
    match kind {
        Kind::Element => "an element",
        Kind::Type => "a type",
        Kind::Attribute => "an attribute",
        Kind::Group => "a group",
        Kind::AttributeGroup => "an attribute group",
    }
}
