use std::collections::{BTreeMap, BTreeSet};

use crate::check::wsdl::SoapSite;
use crate::config::{Config, Half, Target};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean};
use crate::ir::{Api, Prim, Shape, TypeRef};

/// What the elements of requests and answers hold, by operation.
#[derive(Debug, Default)]
pub(super) struct Seen {
    items: BTreeMap<String, BTreeSet<String>>,
}

impl Seen {
    /// Notes a value of an operation.
    pub(super) fn item(&mut self, operation: &str, wire: &str) {
        self.items.entry(operation.to_owned()).or_default().insert(wire.to_owned());
    }
}

/// Reports what `sdk.toml` names and the document does not have.
pub(super) fn check(sites: &[SoapSite<'_>], seen: &Seen, api: &Api, config: &Config, report: &mut Report) {
    let operations: BTreeSet<&str> = sites.iter().map(|site| site.id.as_str()).collect();
    let lowered: BTreeSet<&str> = api.resources.iter().flat_map(|resource| &resource.operations).map(|op| op.id.as_str()).collect();
    let values: BTreeSet<&str> = seen.items.values().flatten().map(String::as_str).collect();
    // Of operations that were left out nothing is known: what is said of them may be right.
    let all = operations.len() == lowered.len();
    let mut names = Names { config, report, seen, operations, lowered, members: members(api) };
    if all {
        names.schemes(api);
        names.paging(&values);
        names.required(&values);
    }
    names.operations();
    names.rename();
    names.secrets();
}

/// The members of each struct, and whether they are secret.
fn members(api: &Api) -> BTreeMap<&str, BTreeMap<&str, bool>> {
    let mut all: BTreeMap<&str, BTreeMap<&str, bool>> = BTreeMap::new();
    for (_, ty) in api.types.iter() {
        if let Shape::Struct(shape) = &ty.shape {
            let members = shape.fields.iter().map(|field| (field.wire.as_str(), field.ty == TypeRef::Prim(Prim::Secret)));
            all.entry(ty.wire.as_str()).or_default().extend(members);
        }
    }
    all
}

struct Names<'a> {
    config: &'a Config,
    report: &'a mut Report,
    seen: &'a Seen,
    operations: BTreeSet<&'a str>,
    lowered: BTreeSet<&'a str>,
    members: BTreeMap<&'a str, BTreeMap<&'a str, bool>>,
}

impl<'a> Names<'a> {
    fn schemes(&mut self, api: &Api) {
        let found: BTreeSet<&str> = api.schemes.iter().map(|scheme| scheme.wire.as_str()).collect();
        for (name, auth) in self.config.auth.iter().filter(|(name, _)| !found.contains(name.as_str())) {
            let (Some(element), Some(at)) = (&auth.element, self.config.value(["auth", name, "element"])) else { continue };
            let message = format!("no request begins with an element `{element}`");
            let help = "a credential is the first child of the element in the body of requests, and of the same type in all of them";
            self.report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).help(help));
        }
    }

    fn paging(&mut self, values: &BTreeSet<&str>) {
        for (style, paging) in &self.config.paging {
            for (key, name) in paging.style.parameters() {
                let target = Target { noun: "argument", name, place: &["paging", style, key], half: Half::Value };
                self.config.demand(&target, values, self.report);
            }
        }
    }

    fn required(&mut self, values: &BTreeSet<&str>) {
        for (index, name) in self.config.soap.required.iter().enumerate() {
            let split = name.rsplit_once('.').filter(|(operation, _)| self.operations.contains(operation));
            let (known, noun, name) = match split {
                Some((operation, wire)) => (self.values(operation), format!("argument of `{operation}` called"), wire),
                None => (values.clone(), "argument".to_owned(), name.as_str()),
            };
            let place = ["soap", "required", &index.to_string()];
            self.config.demand(&Target { noun: &noun, name, place: &place, half: Half::Value }, &known, self.report);
        }
    }

    fn operations(&mut self) {
        for (module, resource) in &self.config.resources {
            for id in resource.operations.keys() {
                let place = ["resources", module, "operations", id];
                self.config.demand(&Target { noun: "operation", name: id, place: &place, half: Half::Key }, &self.operations, self.report);
            }
        }
        for (index, id) in self.config.idempotent.iter().enumerate() {
            let place = ["retry", "idempotent", &index.to_string()];
            self.config.demand(&Target { noun: "operation", name: id, place: &place, half: Half::Value }, &self.operations, self.report);
        }
    }

    /// Members of types and arguments of operations; whether the types are there is checked with all other names.
    fn rename(&mut self) {
        for key in self.config.rename.keys() {
            let Some((owner, member)) = key.rsplit_once('.').filter(|_| !self.operations.contains(key.as_str())) else { continue };
            let known: BTreeSet<&str> = match self.members.get(owner) {
                Some(members) => members.keys().copied().collect(),
                None if self.lowered.contains(owner) => self.values(owner),
                None => continue,
            };
            if known.contains(member) || known.is_empty() {
                continue;
            }
            let near = did_you_mean(member, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let message = format!("`{owner}` has no member `{member}`");
            let Some(location) = self.config.key(["rename", key]) else { continue };
            self.report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, location).maybe_help(near));
        }
    }

    fn secrets(&mut self) {
        for (index, name) in self.config.secrets.iter().enumerate() {
            let Some(at) = self.config.value(["secrets", &index.to_string()]) else { continue };
            let Some((owner, member)) = name.rsplit_once('.') else {
                let message = format!("`{name}` is neither `Type.Member` nor `Operation.Argument`");
                self.report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at));
                continue;
            };
            match self.members.get(owner).map(|members| members.get(member)) {
                Some(Some(true)) => {}
                Some(Some(false)) => {
                    let message = format!("`{name}` is no text: nothing else can be secret");
                    self.report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at));
                }
                _ if self.values(owner).contains(member) => {}
                None if self.operations.contains(owner) && !self.lowered.contains(owner) => {}
                _ => {
                    let members = self.members.get(owner);
                    let known = members.map_or_else(|| self.values(owner), |members| members.keys().copied().collect());
                    let near = did_you_mean(member, known).map(|near| format!("did you mean `{owner}.{near}`?"));
                    let message = format!("the document has no type or operation with a member `{name}`");
                    self.report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).maybe_help(near));
                }
            }
        }
    }

    fn values(&self, operation: &str) -> BTreeSet<&'a str> {
        let seen: &'a Seen = self.seen;
        seen.items.get(operation).into_iter().flatten().map(String::as_str).collect()
    }
}
