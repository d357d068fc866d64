use super::binding::soap_version;
use super::definitions::Definitions;
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean};
use crate::ir::SoapVersion;
use crate::source::namespaces::{HTTP_BINDING, WSDL};
use crate::source::{Name, XmlCursor};

/// A port type that can be reached by SOAP.
#[derive(Clone, Debug)]
pub(crate) struct Contact<'s> {
    pub(crate) name: Name<'s>,
    /// The port type.
    pub(crate) at: XmlCursor<'s>,
    /// The bindings to use, at most one for each version of SOAP, in the order of versions.
    pub(crate) bindings: Vec<Binding<'s>>,
}

/// A binding to SOAP over HTTP.
#[derive(Clone, Debug)]
pub(crate) struct Binding<'s> {
    pub(crate) version: SoapVersion,
    pub(crate) at: XmlCursor<'s>,
    /// The element that says it is one to SOAP.
    pub(crate) soap: XmlCursor<'s>,
    /// Where services offer it.
    pub(crate) ports: Vec<XmlCursor<'s>>,
}

/// What `transport` says of SOAP over HTTP.
const TRANSPORTS: [&str; 4] = [
    "http://schemas.xmlsoap.org/soap/http",
    "http://schemas.xmlsoap.org/soap/http/",
    "http://www.w3.org/2003/05/soap/bindings/HTTP/",
    "http://www.w3.org/2003/05/soap/bindings/HTTP",
];

/// The port types that services offer by SOAP, in the order in which they do; all that are bound where no service names a binding.
pub(crate) fn contacts<'s>(definitions: &Definitions<'s>, report: &mut Report) -> Vec<Contact<'s>> {
    let mut contacts = Vec::new();
    let mut offered = false;
    for port in definitions.services().flat_map(|service| service.all(WSDL, "port").collect::<Vec<_>>()) {
        let binding = port.attr("binding").and_then(|text| definitions.binding(port.name(text).ok()?));
        offered |= binding.is_some();
        match binding {
            Some(binding) => take(definitions, binding, Some(port), &mut contacts, report),
            None => lost(definitions, &port, report),
        }
    }
    if !offered {
        definitions.bindings().for_each(|binding| take(definitions, binding, None, &mut contacts, report));
    }
    contacts.iter_mut().for_each(|contact| contact.bindings.sort_by_key(|binding| binding.version));
    contacts
}

fn take<'s>(
    definitions: &Definitions<'s>,
    at: XmlCursor<'s>,
    port: Option<XmlCursor<'s>>,
    contacts: &mut Vec<Contact<'s>>,
    report: &mut Report,
) {
    let place = port.unwrap_or(at);
    let Some((soap, version)) = soap_binding(&at, &place, report) else { return };
    let Some(name) = reference(&at, "type", report) else { return };
    let Some(port_type) = definitions.port_type(name) else { return unknown(definitions, &at, "type", "port type", name, report) };
    let index = contacts.iter().position(|contact| contact.name == name).unwrap_or_else(|| {
        contacts.push(Contact { name, at: port_type, bindings: Vec::new() });
        contacts.len() - 1
    });
    let Some(contact) = contacts.get_mut(index) else { return };
    match contact.bindings.iter_mut().find(|binding| binding.version == version) {
        Some(known) if known.at.spot() == at.spot() => known.ports.extend(port),
        Some(known) => {
            let used = known.at.attr("name").unwrap_or_default();
            let message = format!("this port is not used: `{used}` binds `{}` to the same version of SOAP", name.local);
            report.push(Diagnostic::new(Tag::IgnoredPort, message, place.location()).also(known.at.location(), "this one is used"));
        }
        None => contact.bindings.push(Binding { version, at, soap, ports: port.into_iter().collect() }),
    }
}

/// Reports a port whose binding is not there. Others read such files all the same, by the bindings that there are.
fn lost(definitions: &Definitions<'_>, port: &XmlCursor<'_>, report: &mut Report) {
    let binding = port.attr("binding").unwrap_or_default();
    let near = did_you_mean(binding.rsplit(':').next().unwrap_or_default(), definitions.names("binding"));
    let message = format!("this port is not used: there is no binding `{binding}`");
    let help = near.map(|near| format!("did you mean `{near}`?"));
    report.push(Diagnostic::new(Tag::IgnoredPort, message, port.attr_location("binding")).maybe_help(help));
}

/// The element that binds to SOAP over HTTP; a warning if there is none.
fn soap_binding<'s>(at: &XmlCursor<'s>, place: &XmlCursor<'s>, report: &mut Report) -> Option<(XmlCursor<'s>, SoapVersion)> {
    let found = at.children().filter(|child| child.local() == "binding").find_map(|child| Some((child, soap_version(child.namespace())?)));
    let message = match found {
        Some((soap, version)) => {
            let transport = soap.attr("transport").filter(|transport| !transport.is_empty());
            if transport.is_none_or(|transport| TRANSPORTS.contains(&transport)) {
                return Some((soap, version));
            }
            format!("this port is not used: it carries SOAP over `{}`, not over HTTP", transport.unwrap_or_default())
        }
        None => match at.children().find(|child| child.is(HTTP_BINDING, "binding")) {
            Some(http) => format!("this port is not used: it is plain HTTP ({}), not SOAP", http.attr("verb").unwrap_or("no verb")),
            None => "this port is not used: it is bound to something other than SOAP".to_owned(),
        },
    };
    report.push(Diagnostic::new(Tag::IgnoredPort, message, place.location()));
    None
}

/// The name in an attribute that must be there.
pub(super) fn reference<'s>(at: &XmlCursor<'s>, attribute: &str, report: &mut Report) -> Option<Name<'s>> {
    let Some(text) = at.attr(attribute) else {
        let message = format!("`{}` lacks the attribute `{attribute}`", at.local());
        report.push(Diagnostic::new(Tag::MissingAttribute, message, at.location()));
        return None;
    };
    match at.name(text) {
        Ok(name) => Some(name),
        Err(prefix) => {
            let message = format!("nothing declares the prefix `{}`", prefix.0);
            report.push(Diagnostic::new(Tag::UnknownPrefix, message, at.attr_location(attribute)));
            None
        }
    }
}

/// Reports a name that nothing has.
pub(super) fn unknown(definitions: &Definitions<'_>, at: &XmlCursor<'_>, attribute: &str, noun: &str, name: Name<'_>, report: &mut Report) {
    let near = did_you_mean(name.local, definitions.names(noun)).map(|near| {
        if near == name.local { format!("there is a {noun} `{near}` in another namespace") } else { format!("did you mean `{near}`?") }
    });
    let message = format!("there is no {noun} `{name}`");
    report.push(Diagnostic::new(Tag::UnknownName, message, at.attr_location(attribute)).maybe_help(near));
}
