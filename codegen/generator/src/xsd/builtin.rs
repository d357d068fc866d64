use crate::ir::Prim;
use crate::source::Name;
use crate::source::namespaces::{SCHEMA, SOAP_ENCODING, SOAP12_ENCODING, WSDL, XML};

/// A type that needs no definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    /// Any content.
    Any,
    /// A text.
    Simple(Prim),
    /// A list of texts.
    List(Prim),
}

/// Types of the serializers of .NET, which services use without saying where they are defined.
const SERIALIZATION: [&str; 2] = ["http://schemas.microsoft.com/2003/10/Serialization/", "http://microsoft.com/wsdl/types/"];
const MIME: &str = "http://www.w3.org/2005/05/xmlmime";

/// The built-in type of this name.
pub(crate) fn builtin(name: Name<'_>) -> Option<Builtin> {
    let Name { namespace, local } = name;
    match namespace {
        SCHEMA => schema(local),
        // Arrays and structs of the encoding are no types of the data itself.
        SOAP_ENCODING | SOAP12_ENCODING if !matches!(local, "anyType") => schema(local),
        _ if SERIALIZATION.contains(&namespace) => match local {
            "char" => Some(Builtin::Simple(Prim::I32)),
            "guid" | "duration" => Some(Builtin::Simple(Prim::String)),
            _ => None,
        },
        MIME if matches!(local, "base64Binary") => Some(Builtin::Simple(Prim::Base64)),
        _ => None,
    }
}

/// Whether a namespace needs no file.
pub(crate) fn is_well_known(namespace: &str) -> bool {
    [SCHEMA, XML, SOAP_ENCODING, SOAP12_ENCODING, MIME, WSDL].contains(&namespace) || SERIALIZATION.contains(&namespace)
}

fn schema(local: &str) -> Option<Builtin> {
    Some(Builtin::Simple(match local {
        "anyType" => return Some(Builtin::Any),
        "NMTOKENS" | "IDREFS" | "ENTITIES" => return Some(Builtin::List(Prim::String)),
        "boolean" => Prim::Bool,
        "int" | "short" | "byte" | "unsignedShort" | "unsignedByte" => Prim::I32,
        "long" | "unsignedInt" | "integer" | "nonNegativeInteger" | "positiveInteger" | "nonPositiveInteger" | "negativeInteger" => {
            Prim::I64
        }
        "unsignedLong" => Prim::U64,
        "decimal" => Prim::Decimal,
        "float" => Prim::F32,
        "double" => Prim::F64,
        "dateTime" | "dateTimeStamp" => Prim::DateTime,
        "date" => Prim::Date,
        "base64Binary" | "base64" => Prim::Base64,
        "string" | "normalizedString" | "token" | "language" | "Name" | "NCName" | "NMTOKEN" | "ID" | "IDREF" | "ENTITY" | "QName"
        | "NOTATION" | "anyURI" | "hexBinary" | "time" | "duration" | "dayTimeDuration" | "yearMonthDuration" | "gYear" | "gYearMonth"
        | "gMonth" | "gMonthDay" | "gDay" | "anySimpleType" | "anyAtomicType" => Prim::String,
        _ => return None,
    }))
}
