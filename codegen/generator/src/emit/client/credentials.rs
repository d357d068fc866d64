//! How a client takes its credentials.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::docs::{Doc, code};
use super::super::scope::{Scope, ident, own};
use super::super::{credential, readme};
use crate::ir::{Prim, Scheme, SchemePlace, TypeRef};

/// A credential that is one text.
const SECRET: TypeRef = TypeRef::Prim(Prim::Secret);

/// Is it given as a `Secret`?
pub(super) fn is_secret(scheme: &Scheme) -> bool {
    match &scheme.place {
        SchemePlace::Element { ty, .. } => *ty == SECRET,
        SchemePlace::Login { .. } => false,
        SchemePlace::Header(_) | SchemePlace::Query(_) | SchemePlace::Cookie(_) | SchemePlace::Basic | SchemePlace::Bearer => true,
    }
}

/// `ApiClient::new`
pub(super) fn new(scope: &Scope<'_>, scheme: &Scheme) -> TokenStream {
    let setter = ident(&scheme.setter);
    let docs = Doc::new(&format!("A client with this credential ({}) and the defaults of the builder.", readme::place(scheme)))
        .verbatim(["# Errors"])
        .own("When the credential cannot stand in a request, or the transport cannot be set up.")
        .attributes();
    let Given { parameters, arguments, .. } = Given::of(scope, scheme);
    quote! {
        #docs
        pub fn new(#parameters) -> Result<Self, ConfigError> {
            Self::builder().#setter(#arguments).build()
        }
    }
}

/// What a user gives as a credential.
struct Given {
    parameters: TokenStream,
    /// The names of the parameters.
    arguments: TokenStream,
    /// Statements that prepare the value.
    before: TokenStream,
    /// What the runtime takes.
    value: TokenStream,
}

impl Given {
    fn of(scope: &Scope<'_>, scheme: &Scheme) -> Self {
        let setter = ident(&scheme.setter);
        let (parameters, before, value) = match &scheme.place {
            SchemePlace::Basic => {
                return Self {
                    parameters: quote! { user: impl AsRef<str>, password: impl AsRef<str> },
                    arguments: quote! { user, password },
                    before: TokenStream::new(),
                    value: quote! { Secret::basic(user.as_ref(), password.as_ref()) },
                };
            }
            SchemePlace::Element { ty, .. } if *ty == SECRET => {
                (quote! { #setter: impl Into<Secret> }, quote! { let #setter: Secret = #setter.into(); }, quote! { &#setter })
            }
            SchemePlace::Element { ty, .. } => {
                let (parameter, ty) = (scope.parameter(ty), scope.ty(ty));
                let converted = parameter.value(&setter);
                let before = parameter.converts().then(|| quote! { let #setter: #ty = #converted; });
                let ty = parameter.ty;
                (quote! { #setter: #ty }, before.unwrap_or_default(), quote! { &#setter })
            }
            SchemePlace::Login { .. } => (quote! { #setter: PasswordLogin }, TokenStream::new(), quote! { #setter }),
            SchemePlace::Header(_) | SchemePlace::Query(_) | SchemePlace::Cookie(_) | SchemePlace::Bearer => {
                (quote! { #setter: impl Into<Secret> }, TokenStream::new(), quote! { #setter })
            }
        };
        Self { parameters, arguments: quote! { #setter }, before, value }
    }
}

/// The client with other credentials, where these are more than a text: another user, or what services ask for in every project.
pub(super) fn variations(scope: &Scope<'_>) -> TokenStream {
    let methods: Vec<TokenStream> = scope.api.schemes.iter().filter_map(|scheme| variation(scope, scheme)).collect();
    if methods.is_empty() {
        return TokenStream::new();
    }
    quote! { impl<M: Mode> ApiClient<M> { #(#methods)* } }
}

fn variation(scope: &Scope<'_>, scheme: &Scheme) -> Option<TokenStream> {
    let (with, fault) = match scheme.place {
        SchemePlace::Element { .. } => ("with_element_credential", "When the credential has characters that cannot stand in XML."),
        SchemePlace::Login { .. } => ("with_login", "When the user name or the password is empty, or the name of the client has a colon."),
        _ => return None,
    };
    let with = own(with);
    let (method, wire) = (format_ident!("with_{}", scheme.setter.bare()), &scheme.wire);
    let docs = Doc::new(&format!("The client with another {}; connections and the rate limit are shared.", code(wire)))
        .verbatim(["# Errors"])
        .own(fault)
        .attributes();
    let Given { parameters, before, value, .. } = Given::of(scope, scheme);
    Some(quote! {
        #docs
        pub fn #method(&self, #parameters) -> Result<Self, ConfigError> {
            #before
            Ok(Self { runtime: self.runtime.#with(#wire, #value)? })
        }
    })
}

/// The setter of the builder.
pub(super) fn setter(scope: &Scope<'_>, scheme: &Scheme) -> TokenStream {
    let (setter, wire) = (ident(&scheme.setter), &scheme.wire);
    let variables = credential::variables(scope.api, scheme).iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
    let docs = Doc::of(&scheme.docs, &format!("The credential {}.", code(wire)))
        .own(&format!("Sent as {}; examples read it from {variables}.", readme::place(scheme)))
        .attributes();
    let Given { parameters, before, value, .. } = Given::of(scope, scheme);
    let method = own(match scheme.place {
        SchemePlace::Element { .. } => "element_credential",
        SchemePlace::Login { .. } => "login",
        _ => "credential",
    });
    quote! {
        #docs
        pub fn #setter(self, #parameters) -> Self {
            #before
            Self { runtime: self.runtime.#method(#wire, #value) }
        }
    }
}
