use super::args::Item;
use crate::config::Config;
use crate::ir::{Docs, QName, Scheme, SchemePlace, TypeRef};
use crate::names::{Claim, Kind, distinct};
use std::collections::BTreeMap;

/// The credentials that requests hold, by their name in `sdk.toml`.
#[derive(Debug, Default)]
pub(super) struct Credentials {
    found: BTreeMap<String, Credential>,
}

#[derive(Debug)]
struct Credential {
    name: QName,
    ty: TypeRef,
    docs: Docs,
}

impl Credentials {
    /// Takes the first child of a request out if `sdk.toml` says that it is a credential, and tells which.
    ///
    /// It must be the same element with the same type in all operations; what is not stays an argument.
    pub(super) fn take(&mut self, items: &mut Vec<Item>, config: &Config) -> Option<String> {
        let item = items.first().filter(|item| item.is_single() && !item.in_header)?;
        let (scheme, _) = config.auth.iter().find(|(_, auth)| auth.element.as_deref() == Some(&item.wire))?;
        let (name, ty) = (item.qname(), item.ty.clone());
        let known =
            self.found.entry(scheme.clone()).or_insert_with(|| Credential { name: name.clone(), ty: ty.clone(), docs: item.docs.clone() });
        if known.name != name || known.ty != ty {
            return None;
        }
        items.remove(0);
        Some(scheme.clone())
    }

    /// All that were found.
    pub(super) fn schemes(self, config: &Config) -> Vec<Scheme> {
        let setting = |wire: &str| config.auth.get(wire);
        let names: Vec<&String> = self.found.keys().collect();
        let claims: Vec<Claim<'_>> =
            names.iter().map(|wire| Claim { text: wire, chosen: setting(wire).and_then(|auth| auth.setter.as_deref()) }).collect();
        let setters: Vec<_> = distinct(Kind::Setter, &claims).into_iter().map(|given| given.name).collect();
        let scheme = |((wire, credential), setter): ((String, Credential), _)| Scheme {
            setter,
            env: setting(&wire).and_then(|auth| auth.env.clone()),
            place: SchemePlace::Element { name: credential.name, ty: credential.ty },
            docs: credential.docs,
            wire,
        };
        self.found.into_iter().zip(setters).map(scheme).collect()
    }
}
