use super::Soap;
use super::call::Call;
use crate::diagnostic::{Diagnostic, Tag};
use crate::ir::{Arg, ArgId, Docs, Ident, Member, MemberKind, Place, Prim, QName, TypeRef};
use crate::lower::clash::{Clash, report_clash};
use crate::names::{Claim, Kind, distinct, spelled};
use crate::source::{Name, Spot};

/// A value that a request or an answer holds by name.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) wire: String,
    pub(super) member: Member,
    pub(super) ty: TypeRef,
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) docs: Docs,
    pub(super) at: Spot,
    /// It stands in the header rather than the body.
    pub(super) in_header: bool,
}

/// The arguments of an operation, required ones first, and those of the body in the order of the wire.
pub(super) struct Args {
    pub(super) args: Vec<Arg>,
    pub(super) children: Vec<ArgId>,
}

impl<'s> Soap<'_, 's> {
    /// The values in an element, or `None` if it cannot be taken apart.
    pub(super) fn items(&mut self, element: Name<'s>) -> Option<Vec<Item>> {
        let children = self.xsd.members(element)?;
        let item = |child: crate::lower::xsd::Child<'s>| Item {
            wire: child.wire,
            member: child.member,
            ty: child.ty,
            required: child.required,
            nullable: child.nullable,
            docs: child.docs,
            at: child.at.at.spot(),
            in_header: false,
        };
        Some(children.into_iter().map(item).collect())
    }

    /// Makes arguments of values. What the service demands although the schema does not is in `sdk.toml`, and so are secrets.
    pub(super) fn args(&mut self, call: &Call<'s>, items: Vec<Item>) -> Args {
        let mut items: Vec<(usize, Item)> = items.into_iter().enumerate().collect();
        for (_, item) in &mut items {
            self.seen.item(&call.site.id, &item.wire);
            item.required = (item.required && !item.nullable) || self.demands(call, &item.wire);
            self.hide(call, item);
        }
        items.sort_by_key(|(_, item)| !item.required);
        let names = self.names(call, &items);
        let mut children: Vec<(usize, ArgId)> = Vec::new();
        let mut args = Vec::new();
        for (index, ((order, item), name)) in items.into_iter().zip(names).enumerate() {
            let Item { wire, member, ty, required, docs, in_header, .. } = item;
            let place = if in_header { Place::SoapHeader } else { Place::Element };
            if !in_header {
                children.push((order, ArgId(index)));
            }
            args.push(Arg { wire, name, docs, ty, required, from_handle: false, place, xml: Some(member) });
        }
        children.sort_unstable();
        Args { args, children: children.into_iter().map(|(_, id)| id).collect() }
    }

    /// Whether `sdk.toml` says that a value is always there.
    pub(super) fn demands(&self, call: &Call<'s>, wire: &str) -> bool {
        let full = format!("{}.{wire}", call.site.id);
        self.config.soap.required.iter().any(|name| *name == full || name == wire)
    }

    /// Makes a text secret that `sdk.toml` says is.
    fn hide(&mut self, call: &Call<'s>, item: &mut Item) {
        let full = format!("{}.{}", call.site.id, item.wire);
        let Some(index) = self.config.secrets.iter().position(|name| *name == full) else { return };
        if item.ty == TypeRef::Prim(Prim::String) {
            item.ty = TypeRef::Prim(Prim::Secret);
            return;
        }
        if let Some(at) = self.config.value(["secrets", &index.to_string()]) {
            let message = format!("`{full}` is no text: nothing else can be secret");
            self.xsd.report.push(Diagnostic::new(Tag::InvalidConfigValue, message, at));
        }
    }

    /// Names of the arguments; `Operation.Argument` in `[rename]` overrules.
    fn names(&mut self, call: &Call<'s>, items: &[(usize, Item)]) -> Vec<Ident> {
        let spelled_like =
            |item: &Item| items.iter().filter(|(_, other)| spelled(Kind::Arg, &other.wire) == spelled(Kind::Arg, &item.wire)).count();
        let texts: Vec<(String, String)> = items
            .iter()
            .map(|(_, item)| {
                let text = if item.in_header && spelled_like(item) > 1 { format!("{} header", item.wire) } else { item.wire.clone() };
                (text, format!("{}.{}", call.site.id, item.wire))
            })
            .collect();
        let chosen = |key: &str| self.config.rename.get(key).map(String::as_str);
        let claims: Vec<Claim<'_>> = texts.iter().map(|(text, key)| Claim { text, chosen: chosen(key) }).collect();
        let given = distinct(Kind::Arg, &claims);
        for (((text, key), (_, item)), given) in texts.iter().zip(items).zip(&given) {
            if let Some((_, other)) = given.clash.and_then(|index| items.get(index)) {
                let (wanted, given) = (spelled(Kind::Arg, text), given.name.as_str());
                let clash = Clash { what: "argument", table: "rename", key, wanted: &wanted, given, at: &item.at, other: &other.at };
                report_clash(&clash, self.config, self.xsd.report);
            }
        }
        given.into_iter().map(|given| given.name).collect()
    }
}

impl Item {
    /// Its name on the wire.
    pub(super) fn qname(&self) -> QName {
        QName { namespace: self.member.namespace.clone(), local: self.wire.clone() }
    }

    /// Whether it is a single element.
    pub(super) fn is_single(&self) -> bool {
        self.member.kind == MemberKind::Element && !matches!(self.ty, TypeRef::List(_))
    }
}
