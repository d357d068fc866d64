use std::collections::BTreeMap;

use crate::check::wsdl::{Contact, SoapSite};
use crate::config::Config;
use crate::diagnostic::Report;
use crate::ir::{Arg, Docs, Ident};
use crate::lower::group::{Bound, Callable, Group};
use crate::lower::xsd::docs::docs;
use crate::names::{Kind, ident, spelled};
use crate::source::{Location, Spot};

/// An operation and what it is called.
#[derive(Debug)]
pub(super) struct Call<'s> {
    pub(super) site: SoapSite<'s>,
    /// What the method is called after.
    text: String,
    pub(super) method: Ident,
    pub(super) ty: Ident,
}

impl Callable for Call<'_> {
    fn id(&self) -> &str {
        &self.site.id
    }

    fn text(&self) -> &str {
        &self.text
    }

    fn spot(&self) -> Spot {
        self.site.at.spot()
    }

    fn ty(&self) -> &Ident {
        &self.ty
    }

    fn name(&mut self, method: Ident, ty: Ident) {
        self.method = method;
        self.ty = ty;
    }

    fn declares(&self, _: &Arg) -> Location {
        self.site.at.location()
    }
}

/// All operations that nothing speaks against yet, by resource, sorted by module.
pub(super) fn groups<'s>(contacts: &[Contact<'s>], sites: &[SoapSite<'s>], config: &Config, report: &mut Report) -> Vec<Group<Call<'s>>> {
    let mut by_module: BTreeMap<String, Vec<SoapSite<'s>>> = BTreeMap::new();
    for site in sites.iter().filter(|site| !report.blocks_operation(&site.at.spot())) {
        let module = config.operation(&site.id).map_or_else(|| usual_module(site.port_type), |(module, _)| module.to_owned());
        by_module.entry(module).or_default().push(site.clone());
    }
    let groups = by_module.into_iter().map(|(module, sites)| {
        let about = config.resources.get(&module).and_then(|resource| resource.about.clone());
        let docs = match about {
            Some(about) => Docs { summary: about, ..Docs::default() },
            None => contact_docs(contacts, &sites),
        };
        let (module, ty) = (Ident::lossy(&module), ident(Kind::Call, &module));
        let mut group = Group { module, ty, docs, bound: Bound::default(), calls: calls(sites) };
        group.name_calls(config, report);
        group
    });
    groups.collect()
}

/// Operations of one resource. Those of one name are called after what tells them apart.
fn calls(sites: Vec<SoapSite<'_>>) -> Vec<Call<'_>> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for site in &sites {
        *uses.entry(short(site)).or_default() += 1;
    }
    let text = |site: &SoapSite<'_>| Some(short(site)).filter(|text| uses.get(text) == Some(&1)).unwrap_or_else(|| site.id.clone());
    let texts: Vec<String> = sites.iter().map(text).collect();
    let call = |(site, text): (_, String)| Call { site, method: ident(Kind::Method, &text), ty: ident(Kind::Call, &text), text };
    sites.into_iter().zip(texts).map(call).collect()
}

/// The name of an operation, with that of its input where the port type has several of the name.
fn short(site: &SoapSite<'_>) -> String {
    match site.overload {
        Some(overload) if overload.starts_with(site.name) => overload.to_owned(),
        Some(overload) => format!("{}.{overload}", site.name),
        None => site.name.to_owned(),
    }
}

/// What the port type of all these operations says of itself.
fn contact_docs(contacts: &[Contact<'_>], sites: &[SoapSite<'_>]) -> Docs {
    let mut used = contacts.iter().filter(|contact| sites.iter().any(|site| site.port_type == contact.name.local));
    match (used.next(), used.next()) {
        (Some(contact), None) => docs(&contact.at),
        _ => Docs::default(),
    }
}

/// The module of a port type without a word in `sdk.toml`: `ServiceSoap` becomes `service`.
fn usual_module(port_type: &str) -> String {
    const ENDINGS: [&str; 6] = ["Soap12", "Soap", "SOAP", "PortType", "Port_Type", "Port"];
    let mut name = port_type;
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).map(|name| name.trim_end_matches(['_', '-', '.']))
        && !shorter.is_empty()
    {
        name = shorter;
    }
    spelled(Kind::Module, name)
}

#[cfg(test)]
mod tests {
    use super::usual_module;

    #[test]
    fn the_module_is_what_the_port_type_is_about() {
        for (port_type, module) in [
            ("ServiceSoap", "service"),
            ("GlobalWeatherSoap12", "global_weather"),
            ("StockQuotePortType", "stock_quote"),
            ("Hello_PortType", "hello"),
            ("Soap", "soap"),
            ("ServiceSoapPort", "service"),
            ("Types", "types_api"),
        ] {
            assert_eq!(usual_module(port_type), module, "{port_type}");
        }
    }
}
