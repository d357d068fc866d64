use super::call::Call;
use super::{Soap, Unsupported};
use crate::check::wsdl::{Bound, Style, parts, soap_child, soap_children};
use crate::diagnostic::Tag;
use crate::source::namespaces::{MIME_BINDING, WSDL};
use crate::source::{Name, XmlCursor};

/// Which message of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Input,
    Output,
}

/// A message as a binding lays it out.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout<'s> {
    pub(super) body: Vec<Part<'s>>,
    /// Elements in the header.
    pub(super) headers: Vec<(Name<'s>, XmlCursor<'s>)>,
    /// Of the element around the parts of an rpc message.
    pub(super) namespace: &'s str,
}

/// A part of a message in the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'s> {
    pub(super) name: &'s str,
    pub(super) content: Content<'s>,
    pub(super) at: XmlCursor<'s>,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content<'s> {
    Element(Name<'s>),
    Type(Name<'s>),
}

impl<'s> Layout<'s> {
    /// What it says, without regard to where.
    pub(super) fn shape(&self) -> (Vec<(&'s str, Content<'s>)>, Vec<Name<'s>>, &'s str) {
        let body = self.body.iter().map(|part| (part.name, part.content)).collect();
        (body, self.headers.iter().map(|(name, _)| *name).collect(), self.namespace)
    }
}

impl Side {
    pub(super) fn local(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
        }
    }
}

impl<'s> Soap<'_, 's> {
    /// Where everything of a message goes; `None` if the operation has no such message.
    pub(super) fn layout(&self, call: &Call<'s>, bound: &Bound<'s>, side: Side) -> Result<Option<Layout<'s>>, Unsupported> {
        let Some(declared) = call.site.at.child(WSDL, side.local()) else { return Ok(None) };
        let Some(message) = self.definitions.message_of(&declared) else { return Ok(None) };
        let Some(bound) = bound.side(side.local()) else {
            return Ok(Some(Layout { body: body(message, &|_| true)?, ..Layout::default() }));
        };
        if let Some(mime) = bound.children().find(|at| at.namespace() == MIME_BINDING) {
            let what = format!("`{}` has attachments (`mime:{}`)", call.site.id, mime.local());
            return Err(unsupported(&mime, what).help("attachments are not supported"));
        }
        let mut headers = Vec::new();
        let mut taken = Vec::new();
        for at in soap_children(&bound, "header") {
            literal(call, bound_style(call), &at)?;
            let (Some(message_of_header), Some(part)) = (self.definitions.message_of(&at), at.attr("part")) else { continue };
            if message_of_header.spot() == message.spot() {
                taken.push(part);
            }
            let Some(part) = parts(message_of_header).into_iter().find(|known| known.name == part) else {
                let what = format!("`{}` names a part for its header that the message does not have: `{part}`", call.site.id);
                return Err(Unsupported::at(Tag::UnsupportedMessage, at.attr_location("part"), what));
            };
            match content(&part.at)? {
                Content::Element(name) => headers.push((name, at)),
                Content::Type(_) => {
                    let what = format!("`{}` has a header that is no element: `{}`", call.site.id, part.name);
                    return Err(unsupported(&part.at, what));
                }
            }
        }
        let soap_body = soap_child(&bound, "body");
        if let Some(at) = &soap_body {
            literal(call, bound_style(call), at)?;
        }
        let named: Option<Vec<&str>> = soap_body.and_then(|at| at.attr("parts")).map(|names| names.split_ascii_whitespace().collect());
        let wanted = |name: &str| named.as_ref().map_or(!taken.contains(&name), |named| named.contains(&name));
        let namespace = soap_body.and_then(|at| at.attr("namespace")).unwrap_or_default();
        Ok(Some(Layout { body: body(message, &wanted)?, headers, namespace }))
    }
}

fn bound_style(call: &Call<'_>) -> &'static str {
    match call.site.bound.first().map(Bound::style) {
        Some(Style::Rpc) => "rpc",
        _ => "document",
    }
}

fn literal(call: &Call<'_>, style: &str, at: &XmlCursor<'_>) -> Result<(), Unsupported> {
    if at.attr("use") != Some("encoded") {
        return Ok(());
    }
    let message = format!("`{}` is {style}/encoded", call.site.id);
    let help = "only `use=\"literal\"` is supported: ask the service for a description by XML Schema";
    Err(Unsupported::at(Tag::UnsupportedEncoding, at.attr_location("use"), message).help(help))
}

fn body<'s>(message: XmlCursor<'s>, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Part<'s>>, Unsupported> {
    let parts = parts(message).into_iter().filter(|part| wanted(part.name));
    parts.map(|part| Ok(Part { name: part.name, content: content(&part.at)?, at: part.at })).collect()
}

fn content<'s>(part: &XmlCursor<'s>) -> Result<Content<'s>, Unsupported> {
    let name = |attribute| part.attr(attribute).and_then(|text| part.name(text).ok());
    let found = name("element").map(Content::Element).or_else(|| name("type").map(Content::Type));
    found.ok_or_else(|| {
        let what = format!("part `{}` has neither `element` nor `type`", part.attr("name").unwrap_or_default());
        Unsupported::at(Tag::MissingAttribute, part.location(), what)
    })
}

pub(super) fn unsupported(at: &XmlCursor<'_>, message: String) -> Unsupported {
    Unsupported::at(Tag::UnsupportedMessage, at.location(), message)
}
