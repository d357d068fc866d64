//! Conversions from what was read to what is sent: which member comes from which.

use std::collections::BTreeSet;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Report, Tag, did_you_mean, listed};
use crate::ir::{Change, Conversion, Field, Presence, Shape, Taken, Type, TypeId, TypeRef, Types};
use crate::names::words;

/// The conversions that `sdk.toml` asks for, sorted by what they make.
pub(super) fn conversions(types: &Types, declared: &BTreeSet<&str>, (config, report): (&Config, &mut Report)) -> Vec<Conversion> {
    let mut found = Vec::new();
    for (to, setting) in &config.converts {
        let (to_id, from_id) = (object(types, to), object(types, &setting.from));
        for (wire, at) in [
            (to, config.key(["convert", to]).filter(|_| to_id.is_none())),
            (&setting.from, config.value(["convert", to, "from"]).filter(|_| from_id.is_none())),
        ] {
            // That there is no such schema was told when `sdk.toml` was checked.
            let Some(at) = at.filter(|_| declared.contains(wire.as_str())) else { continue };
            let message = format!("no operation uses an object `{wire}`");
            report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help("only objects that are sent and read can be converted"));
        }
        if let (Some(to_id), Some(from_id)) = (to_id, from_id) {
            found.push((to_id, from_id, to, setting));
        }
    }
    let known: Vec<(TypeId, TypeId)> = found.iter().map(|(to, from, _, _)| (*to, *from)).collect();
    let mut conversions = Vec::new();
    for (to_id, from_id, to, setting) in found {
        let (Some(to_fields), Some(from_fields)) = (fields(types, to_id), fields(types, from_id)) else { continue };
        let pairs = Pairs { types, known: &known, name: to, setting, from: from_fields, config };
        let taken: Vec<Option<Taken>> = to_fields.iter().map(|field| pairs.taken(field, report)).collect();
        pairs.unused(to_fields, report);
        pairs.twice(&taken, report);
        conversions.push(Conversion { from: from_id, to: to_id, fallible: false, fields: taken });
    }
    settle(types, &mut conversions);
    conversions
}

/// The struct that a schema has become.
fn object(types: &Types, wire: &str) -> Option<TypeId> {
    types.iter().find(|(_, ty)| ty.wire == wire && matches!(ty.shape, Shape::Struct(_))).map(|(id, _)| id)
}

fn fields(types: &Types, id: TypeId) -> Option<&[Field]> {
    match types.get(id) {
        Some(Type { shape: Shape::Struct(shape), .. }) => Some(&shape.fields),
        _ => None,
    }
}

struct Pairs<'a> {
    types: &'a Types,
    /// What is converted to what: target and source.
    known: &'a [(TypeId, TypeId)],
    /// The schema of the target.
    name: &'a str,
    setting: &'a config::Convert,
    from: &'a [Field],
    config: &'a Config,
}

impl Pairs<'_> {
    /// Where a member of the target is taken from; `None` if it has no source and can do without.
    fn taken(&self, field: &Field, report: &mut Report) -> Option<Taken> {
        let chosen = self.setting.rename.get(&field.wire);
        let is_source = |source: &&Field| match chosen {
            Some(wire) => source.wire == *wire,
            None => bare(&source.wire) == bare(&field.wire),
        };
        let Some(source) = self.from.iter().find(is_source) else {
            self.lacking(field, chosen, report);
            return None;
        };
        let change = self.change(&source.ty, &field.ty).filter(|_| source.presence != Presence::Patch);
        if change.is_none() {
            let message =
                format!("`{}` cannot be made from `{}.{}`: they are of different types", field.wire, self.setting.from, source.wire);
            let help = "add a conversion for the type inside, or name another member under `rename`";
            self.report(message, help, report);
        }
        Some(Taken { field: source.name.clone(), presence: source.presence, change: change? })
    }

    /// Reports a member whose source is not there, unless it can do without.
    fn lacking(&self, field: &Field, chosen: Option<&String>, report: &mut Report) {
        let names = || self.from.iter().map(|field| field.wire.as_str());
        if let (Some(wire), Some(at)) = (chosen, self.config.value(["convert", self.name, "rename", &field.wire])) {
            let help = match did_you_mean(wire, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it has: {}", listed(names())),
            };
            let message = format!("`{}` has no member `{wire}`", self.setting.from);
            report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).help(help));
        } else if matches!(field.presence, Presence::Required | Presence::Nullable) {
            let message = format!("`{}` must be sent, and `{}` has nothing of that name", field.wire, self.setting.from);
            self.report(message, "name the member it is made from under `rename`", report);
        }
    }

    /// Reports renamed members that the target does not have.
    fn unused(&self, to: &[Field], report: &mut Report) {
        for wire in self.setting.rename.keys().filter(|wire| to.iter().all(|field| field.wire != **wire)) {
            if let Some(at) = self.config.key(["convert", self.name, "rename", wire]) {
                let near = did_you_mean(wire, to.iter().map(|field| field.wire.as_str())).map(|near| format!("did you mean `{near}`?"));
                let message = format!("`{}` has no member `{wire}`", self.name);
                report.push(Diagnostic::new(Tag::UnknownConfigTarget, message, at).maybe_help(near));
            }
        }
    }

    /// Reports a member from which two are made: a value can go to one place.
    fn twice(&self, taken: &[Option<Taken>], report: &mut Report) {
        let mut seen = BTreeSet::new();
        for taken in taken.iter().flatten().filter(|taken| !seen.insert(&taken.field)) {
            let wire = self.from.iter().find(|field| field.name == taken.field).map_or("", |field| field.wire.as_str());
            let message = format!("two members of `{}` are made from `{}.{wire}`", self.name, self.setting.from);
            self.report(message, "name another member for one of them under `rename`", report);
        }
    }

    fn report(&self, message: String, help: &str, report: &mut Report) {
        if let Some(at) = self.config.key(["convert", self.name]) {
            report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at).help(help));
        }
    }

    /// What has to be done to a value; `None` if it cannot be done.
    fn change(&self, from: &TypeRef, to: &TypeRef) -> Option<Change> {
        match (from, to) {
            (from, to) if from == to => Some(Change::Same),
            (TypeRef::Named(from), TypeRef::Named(to)) if self.known.contains(&(*to, *from)) => {
                self.types.get(*to).map(|_| Change::Convert { to: *to, fallible: false })
            }
            (TypeRef::List(from), TypeRef::List(to)) => match self.change(from, to)? {
                Change::Convert { to, fallible } => Some(Change::Each { to, fallible }),
                Change::Same | Change::Each { .. } => None,
            },
            _ => None,
        }
    }
}

/// A name without regard to how its words are put together: `IsAdAccount` and `is_a_d_account` are alike.
fn bare(wire: &str) -> String {
    words(wire).concat()
}

/// Finds out which conversions can fail: those that need what may be missing, and those that hold such.
fn settle(types: &Types, conversions: &mut [Conversion]) {
    loop {
        let failing: Vec<TypeId> = conversions.iter().filter(|conversion| conversion.fallible).map(|conversion| conversion.to).collect();
        let mut changed = false;
        for conversion in &mut *conversions {
            let Some(targets) = fields(types, conversion.to) else { continue };
            let mut fails = false;
            for (target, taken) in targets.iter().zip(&mut conversion.fields) {
                let Some(taken) = taken else { continue };
                fails |= target.presence == Presence::Required && taken.presence != Presence::Required;
                if let Change::Convert { to, fallible } | Change::Each { to, fallible } = &mut taken.change {
                    *fallible = failing.contains(to);
                    fails |= *fallible;
                }
            }
            changed |= fails != conversion.fallible;
            conversion.fallible = fails;
        }
        if !changed {
            return;
        }
    }
}
