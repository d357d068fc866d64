use crate::check::wsdl::{Contact, soap_child};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::ir::{Api, Docs, Protocol, RateLimit, Scheme, Server, SoapVersion, Types};
use crate::lower::xsd::docs::docs;
use crate::source::XmlCursor;
use crate::source::namespaces::WSDL;

/// Everything of an API but its operations and types.
pub(super) fn head(root: XmlCursor<'_>, contacts: &[Contact<'_>], schemes: Vec<Scheme>, config: &Config, report: &mut Report) -> Api {
    let service = root.child(WSDL, "service");
    let name = service.and_then(|service| service.attr("name")).or_else(|| root.attr("name")).map(str::to_owned);
    let title = config.title.clone().or(name).unwrap_or_else(|| config.package.clone());
    let own = docs(&root);
    let said = if own == Docs::default() { service.map(|service| docs(&service)).unwrap_or_default() } else { own };
    Api {
        package: config.package.clone(),
        about: config.about.clone().unwrap_or_else(|| format!("Typed client for the {title} API")),
        version: String::new(),
        protocol: Protocol::Soap { omit_empty: config.soap.omit_empty },
        origin: root.sources().file(root.file()).map_or_else(String::new, |file| file.name.clone()),
        docs: Docs { source: config.source.clone(), ..said },
        servers: servers(root, contacts, report),
        schemes,
        rate_limit: config.rate_limit.map(|limit| RateLimit { requests: limit.requests, seconds: limit.seconds }),
        envelope: None,
        fault: None,
        types: Types::default(),
        resources: Vec::new(),
        handles: Vec::new(),
        conversions: Vec::new(),
        modules: Vec::new(),
        examples: Vec::new(),
        quickstart: None,
        title,
    }
}

/// The addresses of all ports that are used, each once. The first is the default; what is not there is worth a warning.
fn servers(root: XmlCursor<'_>, contacts: &[Contact<'_>], report: &mut Report) -> Vec<Server> {
    let mut servers: Vec<Server> = Vec::new();
    for contact in contacts {
        for binding in &contact.bindings {
            let addresses: Vec<_> = binding.ports.iter().filter_map(address).collect();
            if let (Some(first), Some((_, at))) = (servers.first(), addresses.first())
                && !addresses.iter().any(|(url, _)| *url == first.url)
            {
                let version = match binding.version {
                    SoapVersion::V11 => "1.1",
                    SoapVersion::V12 => "1.2",
                };
                let message = format!("`{}` is not at the first address, `{}`, by SOAP {version}", contact.name.local, first.url);
                let help = "give the client that is to call it the `base_url` of this address";
                report.push(Diagnostic::new(Tag::OtherAddress, message, at.attr_location("location")).help(help));
            }
            for (url, at) in addresses {
                if !servers.iter().any(|server| server.url == url) {
                    servers.push(Server { url: url.to_owned(), docs: server_docs(&at) });
                }
            }
        }
    }
    if servers.is_empty() {
        let message = "no port has an address: whoever builds the client must say where the service is";
        report.push(Diagnostic::new(Tag::NoServer, message, root.location()));
    }
    servers
}

/// The URL of a port and the element that holds it.
fn address<'s>(port: &XmlCursor<'s>) -> Option<(&'s str, XmlCursor<'s>)> {
    let at = soap_child(port, "address")?;
    let url = at.attr("location").filter(|url| url.starts_with("http://") || url.starts_with("https://"))?;
    Some((url, at))
}

/// What the port, or else its service, says of itself.
fn server_docs(address: &XmlCursor<'_>) -> Docs {
    let around = address.around().skip(1).take(2);
    around.map(|at| docs(&at)).find(|docs| *docs != Docs::default()).unwrap_or_default()
}
