use super::args::Item;
use super::call::Call;
use super::layout::Layout;
use super::operation::qname;
use super::{Soap, Unsupported};
use crate::check::wsdl::{Bound, Style};
use crate::diagnostic::{Diagnostic, Tag};
use crate::ir::{Docs, MemberKind, Output, QName, TypeRef};
use crate::lower::draft::{Access, Field, Shape, nullable};
use crate::lower::name::Name as TypeName;

impl<'s> Soap<'_, 's> {
    /// What an operation returns: the one value in the element of its answer, or the element as a whole.
    pub(super) fn output(&mut self, call: &Call<'s>, bound: &Bound<'s>, layout: Option<&Layout<'s>>) -> Result<Output, Unsupported> {
        let Some(layout) = layout else { return Ok(Output::Empty) };
        for (name, at) in &layout.headers {
            let message = format!("the header `{}` of answers is not read", name.local);
            self.xsd.report.push(Diagnostic::new(Tag::IgnoredPart, message, at.location()));
        }
        if bound.style() == Style::Rpc {
            let namespace = if layout.namespace.is_empty() { self.request_namespace(call, bound) } else { layout.namespace.to_owned() };
            let element = QName { namespace, local: format!("{}Response", call.site.name) };
            let items = self.parts(call, layout)?;
            return Ok(match <[Item; 1]>::try_from(items) {
                Ok([item]) => self.child(call, element, item),
                Err(items) if items.is_empty() => Output::Empty,
                Err(items) => Output::Xml { ty: self.answer(call, items), element, child: None },
            });
        }
        let Some(name) = self.root(call, layout)? else { return Ok(Output::Empty) };
        let items = self.items(name);
        if items.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Output::Empty);
        }
        if let Some(Ok([item])) = items.map(<[Item; 1]>::try_from) {
            return Ok(self.child(call, qname(name), item));
        }
        let ty = self.xsd.element(name).map_or(TypeRef::Json, |element| element.ty);
        Ok(Output::Xml { ty, element: qname(name), child: None })
    }

    /// The value of the one child that an answer has. A list may always be missing: then it is empty.
    fn child(&mut self, call: &Call<'s>, element: QName, item: Item) -> Output {
        self.seen.item(&call.site.id, &item.wire);
        let is_list = matches!(item.member.kind, MemberKind::Array(_)) || matches!(item.ty, TypeRef::List(_));
        let always = (item.required && !item.nullable) || is_list || self.demands(call, &item.wire);
        let ty = if always { item.ty } else { nullable(item.ty) };
        Output::Xml { ty, element, child: Some((item.wire, item.member)) }
    }

    /// A struct of the several parts of an rpc answer.
    fn answer(&mut self, call: &Call<'s>, items: Vec<Item>) -> TypeRef {
        let field = |item: Item| Field {
            wire: item.wire,
            docs: item.docs,
            ty: item.ty,
            required: item.required,
            access: Access::Both,
            aliases: Vec::new(),
            deprecated: false,
            xml: Some(item.member),
            origin: item.at,
        };
        let fields = items.into_iter().map(field).collect();
        let docs = Docs { summary: format!("What `{}` returns.", call.site.name), ..Docs::default() };
        let name = TypeName::new(&call.site.id).child("answer");
        TypeRef::Named(self.xsd.drafts.made(name, docs, call.site.at.spot(), Shape::Struct(fields)))
    }

    fn request_namespace(&self, call: &Call<'s>, bound: &Bound<'s>) -> String {
        let layout = self.layout(call, bound, super::layout::Side::Input).ok().flatten();
        layout.map(|layout| layout.namespace.to_owned()).unwrap_or_default()
    }
}
