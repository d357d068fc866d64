//! Work that goes on after the answer: `impl Submits`.

use proc_macro2::TokenStream;
use quote::quote;

use super::features;
use super::resource::is_copy;
use super::scope::{Scope, ident};
use crate::ir::{Api, Field, Ident, Job, JobArg, Operation, Output, Presence, Resource, Shape, TypeRef};

/// Is there an operation that answers a job?
pub(super) fn any(api: &Api) -> bool {
    api.resources.iter().flat_map(|resource| &resource.operations).any(|op| op.job.is_some())
}

/// The feature that brings the operation that asks for the job, if not the one of the resource itself.
pub(super) fn feature<'a>(api: &'a Api, resource: &Resource, job: &Job) -> Option<&'a str> {
    features::of(api, std::slice::from_ref(&job.module)).into_iter().find(|feature| *feature != resource.feature)
}

/// `impl Submits`, if the answer is a job.
pub(super) fn implementation(scope: &Scope<'_>, resource: &Resource, op: &Operation) -> Option<TokenStream> {
    let job = op.job.as_ref()?;
    let feature = feature(scope.api, resource, job);
    let gated = Scope::gated(scope.api);
    let scope = if feature.is_some() { &gated } else { scope };
    let gate = feature.map(|feature| quote! { #[cfg(feature = #feature)] });
    let [submits, progress] = ["Submits", "Progress"].map(|name| scope.runtime(name));
    let option = scope.std("Option");
    let (name, module, poll) = (ident(&op.ty), ident(&job.module), ident(&job.poll));
    let args = job.args.iter().map(|arg| argument(scope.api, op, arg)).collect::<Option<Vec<_>>>()?;
    let (state, arms) = state(scope, op, job)?;
    Some(quote! {
        #gate
        impl #submits for #name {
            type Poll = crate::#module::#poll;
            #[inline]
            fn poll(&self, job: &Self::Output) -> #option<Self::Poll> {
                Some(crate::#module::#poll::new(#(#args),*))
            }
            #[inline]
            fn progress(job: &Self::Output) -> #progress {
                match #state {
                    #(#arms)*
                    _ => #progress::Running,
                }
            }
        }
    })
}

/// A member of the answer.
fn member<'a>(api: &'a Api, op: &'a Operation, name: &Ident) -> Option<&'a Field> {
    let Output::Json { ty: TypeRef::Named(id), .. } = &op.output else { return None };
    let Shape::Struct(shape) = &api.types.get(*id)?.shape else { return None };
    shape.fields.iter().find(|field| field.name == *name)
}

fn argument(api: &Api, op: &Operation, arg: &JobArg) -> Option<TokenStream> {
    let (value, ty, required) = match arg {
        JobArg::Id(name) => {
            let (field, name) = (member(api, op, name)?, ident(name));
            (quote! { job.#name }, &field.ty, field.presence == Presence::Required)
        }
        JobArg::Own(id) => {
            let arg = op.args.get(id.0)?;
            let name = ident(&arg.name);
            (quote! { self.#name }, &arg.ty, true)
        }
    };
    let clone = (!is_copy(ty)).then(|| quote! { .clone() });
    let given = (!required).then(|| quote! { ? });
    Some(quote! { #value #clone #given })
}

/// What is matched, and the arms for the states in which a job is over.
fn state(scope: &Scope<'_>, op: &Operation, job: &Job) -> Option<(TokenStream, Vec<TokenStream>)> {
    let (field, name) = (member(scope.api, op, &job.state)?, ident(&job.state));
    let required = field.presence == Presence::Required;
    let words = match &field.ty {
        TypeRef::Named(id) => match &scope.api.types.get(*id)?.shape {
            Shape::Words(words) => Some(words.words.as_slice()),
            _ => return None,
        },
        _ => None,
    };
    let matched = match (words, required) {
        (Some(_), _) => quote! { &job.#name },
        (None, true) => quote! { job.#name.as_str() },
        (None, false) => quote! { job.#name.as_deref() },
    };
    let (ty, progress) = (scope.ty(&field.ty), scope.runtime("Progress"));
    let pattern = |state: &String| match words {
        Some(words) => words.iter().find(|word| word.wire == *state).map(|word| {
            let word = ident(&word.name);
            quote! { #ty::#word }
        }),
        None => Some(quote! { #state }),
    };
    let arms = [(&job.done, quote! { #progress::Done }), (&job.failed, quote! { #progress::Failed })];
    let arms = arms.into_iter().filter(|(states, _)| !states.is_empty()).map(|(states, progress)| {
        let patterns = states.iter().map(pattern).collect::<Option<Vec<_>>>()?;
        Some(if required {
            quote! { #(#patterns)|* => #progress, }
        } else {
            quote! { Some(#(#patterns)|*) => #progress, }
        })
    });
    Some((matched, arms.collect::<Option<_>>()?))
}
