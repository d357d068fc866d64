use std::collections::BTreeSet;

use super::clash::{Clash, report_clash};
use crate::config::Config;
use crate::diagnostic::Report;
use crate::ir::{Arg, Docs, Ident};
use crate::names::{Claim, Kind, distinct, ident, spelled};
use crate::source::{Location, Spot};

/// The operations that become one resource.
#[derive(Debug)]
pub(super) struct Group<C> {
    pub(super) module: Ident,
    pub(super) ty: Ident,
    pub(super) docs: Docs,
    pub(super) bound: Bound,
    pub(super) calls: Vec<C>,
}

/// Path parameters that the handle of a resource binds.
#[derive(Clone, Debug, Default)]
pub(super) struct Bound {
    /// The handle above it.
    pub(super) under: Option<String>,
    /// How many of the keys come from there: the first ones.
    pub(super) inherited: usize,
    /// Wire names.
    pub(super) keys: Vec<String>,
}

/// An operation of the document, of whatever protocol.
pub(super) trait Callable {
    /// What `sdk.toml` calls it.
    fn id(&self) -> &str;

    /// What its method is called after.
    fn text(&self) -> &str {
        self.id()
    }

    /// Where it is declared.
    fn spot(&self) -> Spot;

    /// The type of the operation value.
    fn ty(&self) -> &Ident;

    /// Takes its names.
    fn name(&mut self, method: Ident, ty: Ident);

    /// Where an argument is declared.
    fn declares(&self, arg: &Arg) -> Location;
}

impl<C: Callable> Group<C> {
    /// Names methods and types of the operations; each must be one of a kind.
    pub(super) fn name_calls(&mut self, config: &Config, report: &mut Report) {
        let claim = |call: &C| (call.text().to_owned(), call.id().to_owned(), call.spot());
        let calls: Vec<(String, String, Spot)> = self.calls.iter().map(claim).collect();
        let chosen = |id: &str| config.operation(id).map(|(_, method)| method);
        let claims: Vec<Claim<'_>> = calls.iter().map(|(text, id, _)| Claim { text, chosen: chosen(id) }).collect();
        let methods = distinct(Kind::Method, &claims);
        let table = format!("resources.{}.operations", self.module.bare());
        for ((text, id, at), given) in calls.iter().zip(&methods) {
            if let Some((_, _, other)) = given.clash.and_then(|index| calls.get(index)) {
                let wanted = spelled(Kind::Method, text);
                let given = given.name.as_str();
                report_clash(&Clash { what: "method", table: &table, key: id, wanted: &wanted, given, at, other }, config, report);
            }
        }
        let mut taken = BTreeSet::from([self.ty.clone()]);
        for (call, given) in self.calls.iter_mut().zip(methods) {
            let mut ty = ident(Kind::Call, given.name.bare());
            while taken.contains(&ty) {
                ty = Ident::lossy(&format!("{}Call", ty.bare()));
            }
            taken.insert(ty.clone());
            call.name(given.name, ty);
        }
    }
}
