//! The parts of [`show`](super::show) that are about XML and SOAP.

use super::{Api, Member, MemberKind, Operation, QName, Soap, SoapInput, Wire};

/// Writes names in XML; those in the namespace that most of the API is in go without it.
#[derive(Debug)]
pub(super) struct XmlNames<'a> {
    home: &'a str,
}

impl<'a> XmlNames<'a> {
    /// The home is the namespace of the first request.
    pub(super) fn new(api: &'a Api) -> Self {
        let element = |operation: &'a Operation| match &operation.wire {
            Wire::Soap(Soap { input: SoapInput::Wrapped { element, .. } | SoapInput::Bare(element), .. }) => Some(element),
            _ => None,
        };
        let first = api.resources.iter().flat_map(|resource| &resource.operations).find_map(element);
        Self { home: first.map_or("", |element| &element.namespace) }
    }

    /// The home, for the head of the text.
    pub(super) fn home(&self) -> &'a str {
        self.home
    }

    /// `Bug`, or `{urn:other}Bug`.
    pub(super) fn qname(&self, name: &QName) -> String {
        if name.namespace == self.home { name.local.clone() } else { format!("{{{}}}{}", name.namespace, name.local) }
    }

    /// How a member stands in XML.
    pub(super) fn member(&self, member: Option<&Member>) -> String {
        let Some(Member { namespace, kind }) = member else { return String::new() };
        let (kind, usual) = match kind {
            MemberKind::Element => ("element".to_owned(), self.home),
            MemberKind::Array(item) => (format!("array of {item}"), self.home),
            MemberKind::Attribute => ("attribute".to_owned(), ""),
            MemberKind::Text => ("text".to_owned(), namespace.as_str()),
            MemberKind::Choice => ("choice".to_owned(), namespace.as_str()),
            MemberKind::Group => ("group".to_owned(), namespace.as_str()),
        };
        match namespace.as_str() {
            namespace if namespace == usual => kind,
            "" => format!("{kind} in no namespace"),
            namespace => format!("{kind} in {namespace}"),
        }
    }

    /// `soap 1.1 1.2 "urn:x#Add" children of Add`
    pub(super) fn soap(&self, soap: &Soap) -> String {
        let input = match &soap.input {
            SoapInput::Empty => "nothing".to_owned(),
            SoapInput::Wrapped { element, .. } => format!("children of {}", self.qname(element)),
            SoapInput::Bare(element) => self.qname(element),
        };
        let versions: Vec<String> = soap.versions.iter().map(|version| format!("{version:?}")).collect();
        format!("soap {} {:?} {input}", versions.join(" "), soap.action)
    }

    /// ` or detail Oops: OopsType` for each declared fault.
    pub(super) fn details(&self, soap: &Soap, ty: impl Fn(&super::TypeRef) -> String) -> String {
        soap.details.iter().map(|detail| format!(" or detail {}: {}", self.qname(&detail.element), ty(&detail.ty))).collect()
    }
}
