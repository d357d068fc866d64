use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::source::Name;
use crate::xsd::{Kind, MAX_CHAIN, Part, Schemas};

type Key<'s> = (Kind, Name<'s>);

/// Where one definition needs another one in order to mean anything.
struct Link<'s> {
    to: Key<'s>,
    at: Part<'s>,
    attribute: &'static str,
}

/// An open definition: its links, and how many of them are done.
struct Frame<'s> {
    key: Key<'s>,
    links: Vec<Link<'s>>,
    done: usize,
    height: usize,
}

/// Reports definitions that never end: types derived from themselves, groups that consist of themselves.
pub(super) fn check(schemas: &Schemas<'_>, report: &mut Report) {
    // None is for what is open still.
    let mut heights: BTreeMap<Key<'_>, Option<usize>> = BTreeMap::new();
    for (kind, name, part) in schemas.components() {
        if heights.contains_key(&(kind, name)) {
            continue;
        }
        heights.insert((kind, name), None);
        let mut open = vec![Frame { key: (kind, name), links: links(kind, part), done: 0, height: 0 }];
        while let Some(frame) = open.last_mut() {
            let Some(link) = frame.links.get(frame.done) else {
                let (key, height) = (frame.key, frame.height + 1);
                heights.insert(key, Some(height));
                open.pop();
                if let Some(outer) = open.last_mut() {
                    outer.height = outer.height.max(height);
                }
                continue;
            };
            frame.done += 1;
            match heights.get(&link.to) {
                Some(None) => report.push(endless(link)),
                Some(Some(height)) => {
                    if *height == MAX_CHAIN {
                        report.push(too_long(link));
                    }
                    frame.height = frame.height.max(*height);
                }
                None => {
                    let Some(part) = schemas.find(link.to.0, link.to.1) else { continue };
                    // It is looked at first, and then this link again.
                    frame.done -= 1;
                    let key = link.to;
                    heights.insert(key, None);
                    open.push(Frame { key, links: links(key.0, part), done: 0, height: 0 });
                }
            }
        }
    }
}

fn endless(link: &Link<'_>) -> Diagnostic {
    let message = format!("{} `{}` is part of its own definition", link.to.0.noun(), link.to.1.local);
    Diagnostic::new(Tag::DefinitionCycle, message, link.at.at.attr_location(link.attribute))
}

fn too_long(link: &Link<'_>) -> Diagnostic {
    let message = format!("{}s are built on each other more than {MAX_CHAIN} deep", link.to.0.noun());
    Diagnostic::new(Tag::DefinitionCycle, message, link.at.at.attr_location(link.attribute))
}

fn links(kind: Kind, part: Part<'_>) -> Vec<Link<'_>> {
    let mut found = Vec::new();
    // What redefines a component names the old one.
    if !part.redefines() {
        collect(kind, part, &mut found);
    }
    found
}

/// Goes inwards as far as the definition itself goes: an element inside may well refer back.
fn collect<'s>(kind: Kind, part: Part<'s>, found: &mut Vec<Link<'s>>) {
    let attribute = match (kind, part.at.local()) {
        (Kind::Type, "extension" | "restriction") => Some("base"),
        (Kind::Type, "union") => Some("memberTypes"),
        (Kind::Type, "list") => Some("itemType"),
        (Kind::Group, "group") | (Kind::AttributeGroup, "attributeGroup") => Some("ref"),
        _ => None,
    };
    if let Some(attribute) = attribute {
        found.extend(part.names(attribute).into_iter().map(|name| Link { to: (kind, name), at: part, attribute }));
    }
    let goes_on = |child: &Part<'s>| match kind {
        Kind::Type => {
            matches!(child.at.local(), "simpleContent" | "complexContent" | "extension" | "restriction" | "simpleType" | "list" | "union")
        }
        Kind::Group => matches!(child.at.local(), "sequence" | "choice" | "all" | "group"),
        Kind::AttributeGroup => child.at.local() == "attributeGroup",
        Kind::Element | Kind::Attribute => false,
    };
    for child in part.children().filter(goes_on) {
        collect(kind, child, found);
    }
}
