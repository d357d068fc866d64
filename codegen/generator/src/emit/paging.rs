//! Lists that go on: `impl Paged`.

use proc_macro2::TokenStream;
use quote::quote;

use super::path::{self, Value};
use super::scope::{Scope, ident};
use crate::ir::{Arg, ArgId, Ident, Operation, Paging, Prim, Total, TypeRef};

/// `impl Paged`, if the operation is a list whose arguments and answer allow it.
pub(super) fn implementation(scope: &Scope<'_>, op: &Operation) -> Option<TokenStream> {
    let code = match op.paging.as_ref()? {
        Paging::Offset { offset, limit, size, items, total, item, .. } => {
            let (offset, limit) = (Counter::of(op, *offset)?, Counter::of(op, *limit)?);
            let answer = Answer::of(scope, op, items, total.as_ref(), item)?;
            offset_code(scope, &offset, &limit, *size, answer)
        }
        Paging::Page { page, size_arg, first, size, items, total, item, .. } => {
            let page = Counter::of(op, *page)?;
            let size_arg = size_arg.and_then(|size_arg| Counter::of(op, size_arg));
            let answer = Answer::of(scope, op, items, total.as_ref(), item)?;
            page_code(scope, &page, size_arg.as_ref(), (*first, *size), answer)
        }
        Paging::Token { token, items, next, item, .. } => {
            let token = op.args.get(token.0).filter(|arg| arg.ty == TypeRef::Prim(Prim::String))?;
            let answer = Answer::of(scope, op, items, None, item)?;
            let next = path::walk(scope.api, present(path::output(op)?), std::slice::from_ref(next))?;
            token_code(scope, token, &next, answer)?
        }
    };
    Some(implementation_of(scope, op, code))
}

/// The output once it is known to be there.
fn present(output: Value<'_>) -> Value<'_> {
    Value { optional: false, ..output }
}

/// The pieces in which the styles of paging differ.
struct Code {
    item: TokenStream,
    start: TokenStream,
    before: TokenStream,
    items: TokenStream,
    cursor: TokenStream,
    advance: TokenStream,
    /// The headers of the answer are looked at.
    headers: bool,
}

fn implementation_of(scope: &Scope<'_>, op: &Operation, code: Code) -> TokenStream {
    let (name, vec) = (ident(&op.ty), scope.std("Vec"));
    let [paged, cursor_ty, header_map] = ["Paged", "Cursor", "HeaderMap"].map(|name| scope.runtime(name));
    let Code { item, start, before, items, cursor, advance, headers } = code;
    let headers = if headers {
        quote! { headers }
    } else {
        quote! { _ }
    };
    let present = path::output(op).filter(|output| output.optional).map(|_| {
        quote! { let Some(output) = output else { return (#vec::new(), #cursor_ty::End) }; }
    });
    quote! {
        impl #paged for #name {
            type Item = #item;
            #[inline]
            fn start(&mut self) { #start }
            #[inline]
            fn items(&self, output: Self::Output, #headers: &#header_map) -> (#vec<Self::Item>, #cursor_ty) {
                #present
                #before
                let items = #items;
                let cursor = #cursor;
                (items, cursor)
            }
            #[inline]
            fn advance(&mut self, cursor: &#cursor_ty) -> bool { #advance }
        }
    }
}

/// What the answer says: its list, and how many entries there are in all.
struct Answer {
    item: TokenStream,
    items: TokenStream,
    total: Option<TokenStream>,
    headers: bool,
}

impl Answer {
    fn of(scope: &Scope<'_>, op: &Operation, items: &[Ident], total: Option<&Total>, item: &TypeRef) -> Option<Self> {
        let output = present(path::output(op)?);
        let list = path::walk(scope.api, output.clone(), items)?;
        if list.ty != &TypeRef::List(Box::new(item.clone())) {
            return None;
        }
        let headers = matches!(total, Some(Total::Header(_)));
        let total = total.and_then(|total| match total {
            Total::Path(path) => path::walk(scope.api, output, path)?.as_count(),
            Total::Header(name) => {
                let cursor = scope.runtime("Cursor");
                Some(quote! { #cursor::total(headers, #name) })
            }
        });
        Some(Self { item: scope.ty(item), items: list.or_empty(), total, headers })
    }

    /// The statement that keeps the total before the list is taken out, and the name it has then.
    fn total(&self) -> (TokenStream, TokenStream) {
        match &self.total {
            Some(total) => (quote! { let total = #total; }, quote! { total }),
            None => (TokenStream::new(), quote! { None }),
        }
    }
}

/// An integer argument that counts entries or pages.
struct Counter {
    name: proc_macro2::Ident,
    required: bool,
    narrow: bool,
}

impl Counter {
    fn of(op: &Operation, id: ArgId) -> Option<Self> {
        let Arg { name, ty, required, .. } = op.args.get(id.0)?;
        let narrow = match ty {
            TypeRef::Prim(Prim::I32) => true,
            TypeRef::Prim(Prim::I64) => false,
            _ => return None,
        };
        Some(Self { name: ident(name), required: *required, narrow })
    }

    /// Its value as `Option<i64>`.
    fn value(&self) -> TokenStream {
        let name = &self.name;
        match (self.required, self.narrow) {
            (false, false) => quote! { self.#name },
            (false, true) => quote! { self.#name.map(i64::from) },
            (true, false) => quote! { Some(self.#name) },
            (true, true) => quote! { Some(i64::from(self.#name)) },
        }
    }

    /// Its value as `i64`.
    fn value_or(&self, default: u32) -> TokenStream {
        let (name, default) = (&self.name, proc_macro2::Literal::u32_unsuffixed(default));
        match (self.required, self.narrow) {
            (false, false) => quote! { self.#name.unwrap_or(#default) },
            (false, true) => quote! { self.#name.map_or(#default, i64::from) },
            (true, false) => quote! { self.#name },
            (true, true) => quote! { i64::from(self.#name) },
        }
    }

    fn start(&self, default: u32) -> TokenStream {
        let (name, default) = (&self.name, proc_macro2::Literal::u32_unsuffixed(default));
        if self.required {
            TokenStream::new()
        } else {
            quote! { self.#name.get_or_insert(#default); }
        }
    }

    /// Moves it to what `found`, an `Option<i64>`, holds.
    fn advance(&self, found: &TokenStream) -> TokenStream {
        let name = &self.name;
        let found = if self.narrow {
            quote! { #found.and_then(|next| i32::try_from(next).ok()) }
        } else {
            found.clone()
        };
        let value = if self.required {
            quote! { next }
        } else {
            quote! { Some(next) }
        };
        quote! {
            let Some(next) = #found else { return false };
            self.#name = #value;
            true
        }
    }
}

fn offset_code(scope: &Scope<'_>, offset: &Counter, limit: &Counter, size: u32, answer: Answer) -> Code {
    let cursor = scope.runtime("Cursor");
    let (before, total) = answer.total();
    let (from, asked) = (offset.value_or(0), limit.value());
    let (start_offset, start_limit) = (offset.start(0), limit.start(size));
    Code {
        item: answer.item,
        start: quote! { #start_offset #start_limit },
        before,
        items: answer.items,
        cursor: quote! { #cursor::offset(#from, items.len(), #asked, #total) },
        advance: offset.advance(&quote! { cursor.as_offset() }),
        headers: answer.headers,
    }
}

fn page_code(scope: &Scope<'_>, page: &Counter, size_arg: Option<&Counter>, (first, size): (u32, u32), answer: Answer) -> Code {
    let cursor = scope.runtime("Cursor");
    let (before, total) = answer.total();
    let asked = size_arg.map_or_else(|| quote! { None }, Counter::value);
    let start_size = size_arg.map(|size_arg| size_arg.start(size));
    let (from, start_page) = (page.value_or(first), page.start(first));
    let first = proc_macro2::Literal::u32_unsuffixed(first);
    Code {
        item: answer.item,
        start: quote! { #start_page #start_size },
        before,
        items: answer.items,
        cursor: quote! { #cursor::page(#from, #first, items.len(), #asked, #total) },
        advance: page.advance(&quote! { cursor.as_page() }),
        headers: answer.headers,
    }
}

fn token_code(scope: &Scope<'_>, token: &Arg, next: &Value<'_>, answer: Answer) -> Option<Code> {
    let (cursor, name) = (scope.runtime("Cursor"), ident(&token.name));
    if next.ty != &TypeRef::Prim(Prim::String) {
        return None;
    }
    let (next, optional) = (&next.code, next.optional);
    let next = if optional {
        next.clone()
    } else {
        quote! { Some(#next) }
    };
    let value = if token.required {
        quote! { next.to_owned() }
    } else {
        quote! { Some(next.to_owned()) }
    };
    Some(Code {
        item: answer.item,
        start: TokenStream::new(),
        before: quote! { let next = #next; },
        items: answer.items,
        cursor: quote! { #cursor::token(next) },
        advance: quote! {
            let Some(next) = cursor.as_token() else { return false };
            self.#name = #value;
            true
        },
        headers: answer.headers,
    })
}
