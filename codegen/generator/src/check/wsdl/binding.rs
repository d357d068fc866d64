use crate::ir::SoapVersion;
use crate::source::XmlCursor;
use crate::source::namespaces::{SOAP11_BINDING, SOAP12_BINDING, WSDL};

/// An operation as a binding puts it on the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound<'s> {
    pub(crate) version: SoapVersion,
    /// The operation in the binding.
    pub(crate) at: XmlCursor<'s>,
    /// What the binding says for all its operations.
    pub(crate) soap: XmlCursor<'s>,
}

/// How messages are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// The body holds what the parts say.
    Document,
    /// The body holds an element named after the operation, and that the parts.
    Rpc,
}

/// The version of SOAP that elements of a namespace bind to.
pub(crate) fn soap_version(namespace: &str) -> Option<SoapVersion> {
    match namespace {
        SOAP11_BINDING => Some(SoapVersion::V11),
        SOAP12_BINDING => Some(SoapVersion::V12),
        _ => None,
    }
}

impl<'s> Bound<'s> {
    /// What is said of the operation as a whole.
    fn operation(&self) -> Option<XmlCursor<'s>> {
        soap_child(&self.at, "operation")
    }

    /// The `SOAPAction`.
    pub(crate) fn action(&self) -> &'s str {
        self.operation().and_then(|at| at.attr("soapAction")).unwrap_or_default()
    }

    /// The style of the operation, or of its binding.
    pub(crate) fn style(&self) -> Style {
        let own = self.operation().and_then(|at| at.attr("style"));
        if own.or_else(|| self.soap.attr("style")) == Some("rpc") { Style::Rpc } else { Style::Document }
    }

    /// What is said of a message: of `input` or `output`.
    pub(crate) fn side(&self, local: &str) -> Option<XmlCursor<'s>> {
        self.at.child(WSDL, local)
    }
}

/// The first child of this name in a namespace of SOAP; some files mix the namespaces of the two versions.
pub(crate) fn soap_child<'s>(at: &XmlCursor<'s>, local: &str) -> Option<XmlCursor<'s>> {
    soap_children(at, local).next()
}

/// The children of this name in a namespace of SOAP.
pub(crate) fn soap_children<'s>(at: &XmlCursor<'s>, local: &str) -> impl Iterator<Item = XmlCursor<'s>> {
    at.children().filter(move |child| child.local() == local && soap_version(child.namespace()).is_some())
}
