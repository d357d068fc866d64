use super::definitions::{Definitions, parts};
use super::port::{contacts, reference, unknown};
use super::site::{SoapSite, sites};
use super::uses::naming_messages;
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean};
use crate::source::namespaces::WSDL;
use crate::source::{Sources, XmlCursor};
use crate::xsd::{Kind, Schemas, builtin};

/// Checks that the document is a WSDL, and that whatever its operations name is there.
pub(crate) fn run(sources: &Sources, schemas: &Schemas<'_>, report: &mut Report) {
    let Some(root) = sources.wsdl() else { return };
    if !root.is(WSDL, "definitions") {
        let message = format!("this is no WSDL document: its root is `{}`", root.local());
        let help = match root.local() {
            "description" => "only WSDL 1.1 is read, not 2.0: ask the service for the older form",
            "schema" => "this is a schema: name the WSDL file that uses it",
            _ => "the root of a WSDL 1.1 document is `definitions` in the namespace `http://schemas.xmlsoap.org/wsdl/`",
        };
        report.push(Diagnostic::new(Tag::NotWsdl, message, root.location()).help(help));
        return;
    }
    let definitions = Definitions::new(sources);
    let contacts = contacts(&definitions, report);
    if contacts.is_empty() {
        let message = "nothing here can be called by SOAP";
        let help = "there must be a `service` with a `port` whose `binding` is one to SOAP over HTTP";
        report.push(Diagnostic::new(Tag::NoSoapPort, message, root.location()).help(help));
    }
    let sites = sites(&contacts);
    for site in &sites {
        messages(&definitions, site, schemas, report);
    }
}

fn messages<'s>(definitions: &Definitions<'s>, site: &SoapSite<'s>, schemas: &Schemas<'s>, report: &mut Report) {
    for at in naming_messages(site) {
        let Some(name) = reference(&at, "message", report) else { continue };
        let Some(message) = definitions.message(name) else {
            unknown(definitions, &at, "message", "message", name, report);
            continue;
        };
        for part in parts(message) {
            for (attribute, kind) in [("element", Kind::Element), ("type", Kind::Type)] {
                if part.at.attr(attribute).is_some() {
                    defined(&part.at, attribute, kind, schemas, report);
                }
            }
        }
    }
}

fn defined<'s>(at: &XmlCursor<'s>, attribute: &str, kind: Kind, schemas: &Schemas<'s>, report: &mut Report) {
    let Some(name) = reference(at, attribute, report) else { return };
    if schemas.find(kind, name).is_some() || (kind == Kind::Type && builtin(name).is_some()) {
        return;
    }
    let known = schemas.components().filter(|(other, _, _)| *other == kind).map(|(_, name, _)| name.local);
    let near = did_you_mean(name.local, known).map(|near| {
        if near == name.local {
            "there is one of this name in another namespace: check the prefix, and `targetNamespace` of the schema".to_owned()
        } else {
            format!("did you mean `{near}`?")
        }
    });
    let message = format!("there is no {} `{name}`", kind.noun());
    report.push(Diagnostic::new(Tag::UnknownName, message, at.attr_location(attribute)).maybe_help(near));
}
