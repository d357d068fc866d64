//! Namespaces that standards define.

/// XML Schema.
pub(crate) const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// Drafts of XML Schema; what they have in common with it is all that old documents use.
pub(crate) const SCHEMA_DRAFTS: [&str; 2] = ["http://www.w3.org/1999/XMLSchema", "http://www.w3.org/2000/10/XMLSchema"];
/// What `xml:lang` is in.
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// WSDL 1.1.
pub(crate) const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
/// Encoding of SOAP 1.1.
pub(crate) const SOAP_ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";
/// Encoding of SOAP 1.2.
pub(crate) const SOAP12_ENCODING: &str = "http://www.w3.org/2003/05/soap-encoding";
/// Bindings of WSDL to SOAP 1.1.
pub(crate) const SOAP11_BINDING: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
/// Bindings of WSDL to SOAP 1.2.
pub(crate) const SOAP12_BINDING: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
/// Bindings of WSDL to plain HTTP.
pub(crate) const HTTP_BINDING: &str = "http://schemas.xmlsoap.org/wsdl/http/";
/// Attachments in WSDL.
pub(crate) const MIME_BINDING: &str = "http://schemas.xmlsoap.org/wsdl/mime/";
