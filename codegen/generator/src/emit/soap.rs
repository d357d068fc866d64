//! What the crate of a SOAP service has besides: its namespaces, its versions, how empty elements are written.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::own;
use crate::ir::{Api, Arg, Operation, Output, Protocol, QName, SchemePlace, Shape, Soap, SoapInput, SoapVersion, Wire};

/// Does the API speak SOAP?
pub(super) fn speaks(api: &Api) -> bool {
    matches!(api.protocol, Protocol::Soap { .. })
}

/// The versions of SOAP that any operation has, in the order of the type.
pub(super) fn versions(api: &Api) -> Vec<SoapVersion> {
    let mut versions: Vec<_> = exchanges(api).flat_map(|(_, soap)| soap.versions.iter().copied()).collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}

/// An array of versions; `ty` is the runtime's type of them.
pub(super) fn version_array(ty: &TokenStream, versions: &[SoapVersion]) -> TokenStream {
    let versions = versions.iter().map(|version| match version {
        SoapVersion::V11 => quote! { #ty::V11 },
        SoapVersion::V12 => quote! { #ty::V12 },
    });
    quote! { &[#(#versions),*] }
}

/// `const NAMESPACE`, its companions and `const SOAP`
pub(super) fn facts(api: &Api) -> TokenStream {
    let Protocol::Soap { omit_empty } = api.protocol else { return TokenStream::new() };
    let versions = version_array(&quote! { SoapVersion }, &versions(api));
    let namespaces = Namespaces::of(api).constants();
    quote! {
        #namespaces
        /// How the service speaks SOAP.
        pub const SOAP: Soap = Soap { versions: #versions, omit_empty: #omit_empty };
    }
}

fn exchanges(api: &Api) -> impl Iterator<Item = (&Operation, &Soap)> {
    api.resources.iter().flat_map(|resource| &resource.operations).filter_map(|op| match &op.wire {
        Wire::Soap(soap) => Some((op, soap)),
        Wire::Rest(_) => None,
    })
}

/// The XML namespaces of an API: a constant of the crate for each.
pub(crate) struct Namespaces {
    /// In order of first use, with the name of the constant.
    all: Vec<(String, String)>,
}

/// The constant of the namespace most operations are in.
const MAIN: &str = "NAMESPACE";

impl Namespaces {
    pub(crate) fn of(api: &Api) -> Self {
        let elements: Vec<&str> = exchanges(api).flat_map(|(op, soap)| elements(op, soap)).collect();
        let members: Vec<&str> = members(api).collect();
        let main = commonest(elements.iter().copied().filter(|namespace| !namespace.is_empty()))
            .or_else(|| commonest(members.iter().copied().filter(|namespace| !namespace.is_empty())));
        let mut names = Self { all: Vec::new() };
        for namespace in main.into_iter().chain(elements).chain(members) {
            names.add(namespace);
        }
        names
    }

    /// The expression for a namespace.
    pub(crate) fn expression(&self, namespace: &str) -> TokenStream {
        match self.name(namespace) {
            Some(name) => {
                let name = own(name);
                quote! { crate::#name }
            }
            None => quote! { #namespace },
        }
    }

    /// The same as text.
    pub(crate) fn text(&self, namespace: &str) -> String {
        self.name(namespace).map_or_else(|| format!("{namespace:?}"), |name| format!("crate::{name}"))
    }

    /// The name of the constant for a namespace; the empty one has none.
    pub(crate) fn name(&self, namespace: &str) -> Option<&str> {
        self.all.iter().find(|(known, _)| known == namespace).map(|(_, name)| name.as_str())
    }

    fn add(&mut self, namespace: &str) {
        if namespace.is_empty() || self.name(namespace).is_some() {
            return;
        }
        let last = namespace.rsplit(['/', ':', '#', '?']).find(|part| part.chars().any(|c| c.is_ascii_alphanumeric()));
        let words: Vec<&str> =
            last.unwrap_or_default().split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let base = if self.all.is_empty() { MAIN.to_owned() } else { format!("{MAIN}_{}", words.join("_").to_ascii_uppercase()) };
        let taken = |name: &str| self.all.iter().any(|(_, known)| known == name);
        let numbered = (2..).map(|n| format!("{}_{n}", base.trim_end_matches('_')));
        let name = std::iter::once(base.clone()).filter(|name| !name.ends_with('_')).chain(numbered).find(|name| !taken(name));
        self.all.push((namespace.to_owned(), name.unwrap_or(base)));
    }

    fn constants(&self) -> TokenStream {
        let constants = self.all.iter().map(|(namespace, name)| {
            let docs = if name == MAIN { " The XML namespace of the service." } else { " Another XML namespace of the service." };
            let name = own(name);
            quote! {
                #[doc = #docs]
                pub const #name: &str = #namespace;
            }
        });
        quote! { #(#constants)* }
    }
}

/// The most frequent one, the first of several.
pub(super) fn commonest<'a>(all: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (place, one) in all.enumerate() {
        counts.entry(one).or_insert((0, std::cmp::Reverse(place))).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(one, _)| one)
}

/// The namespaces of what stands in the bodies of an operation.
fn elements<'a>(op: &'a Operation, soap: &'a Soap) -> Vec<&'a str> {
    let mut elements: Vec<&QName> = match &soap.input {
        SoapInput::Wrapped { element, .. } | SoapInput::Bare(element) => vec![element],
        SoapInput::Empty => Vec::new(),
    };
    if let Output::Xml { element, .. } = &op.output {
        elements.push(element);
    }
    elements.into_iter().map(|element| element.namespace.as_str()).collect()
}

/// The namespaces of arguments, headers, credentials, fault details and members.
fn members(api: &Api) -> impl Iterator<Item = &str> {
    let in_operations = exchanges(api).flat_map(|(op, soap)| {
        let args = op.args.iter().filter_map(|Arg { xml, .. }| xml.as_ref());
        let child = if let Output::Xml { child: Some((_, child)), .. } = &op.output { Some(child) } else { None };
        let details = soap.details.iter().map(|detail| detail.element.namespace.as_str());
        args.chain(child).map(|member| member.namespace.as_str()).chain(details)
    });
    let in_schemes = api.schemes.iter().filter_map(|scheme| match &scheme.place {
        SchemePlace::Element { name, .. } => Some(name.namespace.as_str()),
        _ => None,
    });
    let in_types = api.types.iter().flat_map(|(_, ty)| match &ty.shape {
        Shape::Struct(shape) => shape.fields.iter().filter_map(|field| field.xml.as_ref()).map(|xml| xml.namespace.as_str()).collect(),
        Shape::Union(shape) => shape.arms.iter().filter_map(|arm| arm.element.as_ref()).map(|name| name.namespace.as_str()).collect(),
        Shape::Words(_) | Shape::Flags(_) | Shape::Form(_) => Vec::new(),
    });
    in_operations.chain(in_schemes).chain(in_types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_namespace_has_a_name_of_its_own() {
        let mut names = Namespaces { all: Vec::new() };
        for (namespace, expected) in [
            ("urn:shop", Some("NAMESPACE")),
            ("", None),
            ("http://a.test/types", Some("NAMESPACE_TYPES")),
            ("http://b.test/types/", Some("NAMESPACE_TYPES_2")),
            ("http://b.test/v1.2#My-Types", Some("NAMESPACE_MY_TYPES")),
            ("http://tempuri.org/", Some("NAMESPACE_TEMPURI_ORG")),
            ("urn:gr\u{f6}\u{df}e", Some("NAMESPACE_GR_E")),
            ("://", Some("NAMESPACE_2")),
            ("::", Some("NAMESPACE_3")),
            ("http://a.test/2", Some("NAMESPACE_2_2")),
            ("urn:shop", Some("NAMESPACE")),
        ] {
            names.add(namespace);
            assert_eq!(names.name(namespace), expected, "{namespace:?}");
        }
    }

    #[test]
    fn the_first_of_the_commonest_is_taken() {
        assert_eq!(commonest([].into_iter()), None);
        assert_eq!(commonest(["b", "a", "a", "b", "c"].into_iter()), Some("b"));
        assert_eq!(commonest(["c", "a", "b", "a"].into_iter()), Some("a"));
    }
}
