use super::args::{Args, Item};
use super::call::Call;
use super::layout::{Content, Layout, Side, unsupported};
use super::{Soap, Unsupported};
use crate::check::wsdl::{Bound, Style};
use crate::diagnostic::{Diagnostic, Tag};
use crate::ir::{self, Auth, Body, Docs, Member, MemberKind, QName, Retry, SoapDetail, SoapInput, TypeRef, Wire};
use crate::lower::draft::without_null;
use crate::lower::group::{Callable, Group};
use crate::lower::xsd::docs::docs;
use crate::source::namespaces::WSDL;
use crate::source::{Name, XmlCursor};
use crate::xsd::Kind;

/// What is sent.
struct Request {
    input: SoapInput,
    args: Args,
    body: Option<Body>,
    scheme: Option<String>,
    /// What the element in the body says of itself.
    docs: Docs,
}

impl<'s> Soap<'_, 's> {
    /// An operation whose types are drafts still; `None`, and a report, if it cannot be done.
    pub(super) fn operation(&mut self, group: &Group<Call<'s>>, call: &Call<'s>) -> Option<ir::Operation> {
        match self.try_operation(group, call) {
            Ok(operation) => Some(operation),
            Err(unsupported) => {
                unsupported.tell(call.spot(), self.xsd.report);
                None
            }
        }
    }

    fn try_operation(&mut self, group: &Group<Call<'s>>, call: &Call<'s>) -> Result<ir::Operation, Unsupported> {
        let Some(bound) = call.site.bound.first() else {
            return Err(unsupported(&call.site.at, format!("no binding says how `{}` is called", call.site.id)));
        };
        let versions = self.versions(call, bound);
        let sides: Vec<&str> = call.site.at.children().map(|at| at.local()).filter(|local| matches!(*local, "input" | "output")).collect();
        if sides.first() != Some(&"input") {
            let what = format!("`{}` begins with a message of the service: only requests and one-way messages are supported", call.site.id);
            return Err(unsupported(&call.site.at, what));
        }
        let layout = self.layout(call, bound, Side::Input)?.unwrap_or_default();
        let answer = self.layout(call, bound, Side::Output)?;
        let Request { input, args, body, scheme, docs: element_docs } = self.request(call, bound, &layout)?;
        let output = self.output(call, bound, answer.as_ref())?;
        let own = docs(&call.site.at);
        let idempotent = self.config.idempotent.contains(&call.site.id);
        Ok(ir::Operation {
            id: call.site.id.clone(),
            name: format!("{}.{}", group.module.bare(), call.method.bare()),
            method: call.method.clone(),
            ty: call.ty.clone(),
            docs: if own == Docs::default() { element_docs } else { own },
            deprecated: None,
            wire: Wire::Soap(ir::Soap { action: bound.action().to_owned(), versions, input, details: self.details(call) }),
            args: args.args,
            body,
            body_optional: false,
            output,
            fault: TypeRef::Json,
            paging: None,
            job: None,
            auth: scheme.map_or(Auth::None, |scheme| Auth::AnyOf(vec![vec![scheme]])),
            retry: if idempotent { Retry::Idempotent } else { Retry::OnlyRefused },
            origin: origin(&call.site.at),
        })
    }

    /// The versions of SOAP that say the same of an operation as the first one.
    fn versions(&mut self, call: &Call<'s>, first: &Bound<'s>) -> Vec<ir::SoapVersion> {
        let mut versions = vec![first.version];
        for other in call.site.bound.iter().skip(1) {
            let looks = |bound: &Bound<'s>| {
                [Side::Input, Side::Output]
                    .map(|side| self.layout(call, bound, side).map(|layout| layout.map(|layout| layout.shape())).ok())
            };
            if other.action() == first.action() && other.style() == first.style() && looks(other) == looks(first) {
                versions.push(other.version);
                continue;
            }
            let message = format!("`{}` is not called by this port: another one says something else of it", call.site.id);
            let diagnostic = Diagnostic::new(Tag::IgnoredPort, message, other.at.location());
            self.xsd.report.push(diagnostic.also(first.at.location(), "this is what counts"));
        }
        versions
    }

    fn request(&mut self, call: &Call<'s>, bound: &Bound<'s>, layout: &Layout<'s>) -> Result<Request, Unsupported> {
        let mut docs = Docs::default();
        let headers = self.headers(layout);
        let (input, mut items, body) = match bound.style() {
            Style::Rpc => {
                let element = QName { namespace: layout.namespace.to_owned(), local: call.site.name.to_owned() };
                (SoapInput::Wrapped { element, children: Vec::new() }, self.parts(call, layout)?, None)
            }
            Style::Document => match self.root(call, layout)? {
                None => (SoapInput::Empty, Vec::new(), None),
                Some(name) => {
                    docs = self.element_docs(name);
                    match self.items(name) {
                        Some(items) => (SoapInput::Wrapped { element: qname(name), children: Vec::new() }, items, None),
                        None => {
                            let ty = self.xsd.element(name).map_or(TypeRef::Json, |element| without_null(element.ty).0);
                            (SoapInput::Bare(qname(name)), Vec::new(), Some(Body::Xml(ty)))
                        }
                    }
                }
            },
        };
        let scheme = self.credentials.take(&mut items, self.config);
        items.extend(headers);
        let args = self.args(call, items);
        let input = match input {
            SoapInput::Wrapped { element, .. } => SoapInput::Wrapped { element, children: args.children.clone() },
            other => other,
        };
        Ok(Request { input, args, body, scheme, docs })
    }

    /// The element that a document message has in its body.
    pub(super) fn root(&self, call: &Call<'s>, layout: &Layout<'s>) -> Result<Option<Name<'s>>, Unsupported> {
        match layout.body.as_slice() {
            [] => Ok(None),
            [part] => match part.content {
                Content::Element(name) => Ok(Some(name)),
                Content::Type(_) => {
                    let what = format!("`{}` is of style `document`, but part `{}` is no element", call.site.id, part.name);
                    Err(unsupported(&part.at, what).help("write `element=` instead of `type=`, or bind the operation with `style=\"rpc\"`"))
                }
            },
            [_, second, ..] => {
                let what = format!("`{}` has {} parts in its body, where style `document` allows one", call.site.id, layout.body.len());
                Err(unsupported(&second.at, what))
            }
        }
    }

    /// The parts of an rpc message.
    pub(super) fn parts(&mut self, call: &Call<'s>, layout: &Layout<'s>) -> Result<Vec<Item>, Unsupported> {
        let mut items = Vec::new();
        for part in &layout.body {
            let Content::Type(name) = part.content else {
                let what = format!("`{}` is of style `rpc`, but part `{}` is an element", call.site.id, part.name);
                return Err(unsupported(&part.at, what)
                    .help("write `type=` instead of `element=`, or bind the operation with `style=\"document\"`"));
            };
            let (kind, ty) = self.xsd.typed_member(name, "").unwrap_or((MemberKind::Element, TypeRef::Json));
            items.push(Item {
                wire: part.name.to_owned(),
                member: Member { namespace: String::new(), kind },
                ty,
                required: true,
                nullable: false,
                docs: docs(&part.at),
                at: part.at.spot(),
                in_header: false,
            });
        }
        Ok(items)
    }

    /// Entries of the header: optional, unless the binding says otherwise.
    fn headers(&mut self, layout: &Layout<'s>) -> Vec<Item> {
        let mut items = Vec::new();
        for (name, at) in &layout.headers {
            let Some(element) = self.xsd.element(*name) else { continue };
            items.push(Item {
                wire: name.local.to_owned(),
                member: Member { namespace: name.namespace.to_owned(), kind: MemberKind::Element },
                ty: without_null(element.ty).0,
                required: matches!(at.attr_in(WSDL, "required"), Some("true" | "1")),
                nullable: false,
                docs: element.docs,
                at: at.spot(),
                in_header: true,
            });
        }
        items
    }

    /// Details of declared faults.
    fn details(&mut self, call: &Call<'s>) -> Vec<SoapDetail> {
        let mut details: Vec<SoapDetail> = Vec::new();
        for fault in call.site.at.all(WSDL, "fault") {
            let parts = self.definitions.message_of(&fault).map(crate::check::wsdl::parts).unwrap_or_default();
            for part in parts {
                let Some(name) = part.at.attr("element").and_then(|text| part.at.name(text).ok()) else {
                    let message = format!("the detail of this fault is not read: part `{}` is no element", part.name);
                    self.xsd.report.push(Diagnostic::new(Tag::IgnoredPart, message, part.at.location()));
                    continue;
                };
                if details.iter().any(|known| known.element == qname(name)) {
                    continue;
                }
                if let Some(element) = self.xsd.element(name) {
                    details.push(SoapDetail { element: qname(name), ty: without_null(element.ty).0 });
                }
            }
        }
        details
    }

    /// What an element of a schema says of itself.
    fn element_docs(&self, name: Name<'s>) -> Docs {
        self.xsd.schemas.find(Kind::Element, name).map(|part| docs(&part.at)).unwrap_or_default()
    }
}

pub(super) fn qname(name: Name<'_>) -> QName {
    QName { namespace: name.namespace.to_owned(), local: name.local.to_owned() }
}

/// A place of the document as the IR keeps it.
pub(super) fn origin(at: &XmlCursor<'_>) -> ir::Origin {
    crate::lower::settle::origin(at.sources(), &at.spot())
}
