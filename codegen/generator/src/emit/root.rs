//! `src/lib.rs`: crate documentation, modules, re-exports, constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::quickstart::Quickstart;
use super::scope::{Scope, ident};
use super::soap::{self, Namespaces};
use super::source::{Inner, Item, Module, SourceFile};
use super::{credential, features, handle, inventory, job, readme, request};
use crate::ir::{Api, Scheme, SchemePlace};

/// `src/lib.rs`
pub(super) fn file(api: &Api, quickstart: &Quickstart) -> SourceFile {
    let mut module = Module { head: head(api, quickstart), items: Vec::new() };
    module.items.extend([modules(api), exports(api), modes(api)].map(Item::Code));
    module.items.push(Item::Text(BLOCKING.to_owned()));
    module.items.extend([facts(api), inventory::list(api)].map(Item::Code));
    module.items.push(Item::Text(inventory::callback(api)));
    module.items.extend(inventory::types(api).map(Item::Text));
    SourceFile::rust("src/lib.rs", &api.origin, module)
}

fn head(api: &Api, quickstart: &Quickstart) -> Vec<Inner> {
    let prose = quickstart.prose.iter().map(String::as_str);
    let doc = readme::introduction(api).verbatim(["# Quickstart"]).verbatim(prose);
    let mut head: Vec<Inner> = doc.lines().iter().cloned().map(Inner::Doc).collect();
    // The example needs the default features, so without them it is shown and not compiled.
    let needed = "all(feature = \"all\", feature = \"async\")";
    head.push(Inner::Doc(String::new()));
    head.push(Inner::Attribute(format!("cfg_attr({needed}, doc = \"```no_run\")")));
    head.push(Inner::Attribute(format!("cfg_attr(not({needed}), doc = \"```ignore\")")));
    head.extend(quickstart.code.lines().map(|line| Inner::Doc(line.to_owned())));
    head.push(Inner::Doc("```".to_owned()));
    for (title, table) in [
        ("Credentials", readme::credentials(api)),
        ("Resources", readme::resources(api, true)),
        ("Modules", readme::modules(api, true)),
        ("Features", readme::features(api)),
    ] {
        if !table.is_empty() {
            head.extend([String::new(), format!("# {title}"), String::new()].map(Inner::Doc));
            head.extend(table.into_iter().map(Inner::Doc));
        }
    }
    head.extend(lints(api).into_iter().map(Inner::Attribute));
    head
}

/// What holds for the whole crate.
fn lints(api: &Api) -> [String; 4] {
    let beside = features::modules(api).filter(|(module, _, _)| !module.dependencies.is_empty()).map(|(_, feature, _)| feature);
    let all: Vec<String> = ["all", "async", "blocking"].into_iter().chain(beside).map(|name| format!("feature = \"{name}\"")).collect();
    [
        "forbid(unsafe_code)".to_owned(),
        "warn(missing_docs)".to_owned(),
        // Links lead to what other features bring.
        format!("cfg_attr(not(all({})), allow(rustdoc::broken_intra_doc_links))", all.join(", ")),
        "allow(clippy::large_enum_variant, clippy::too_many_arguments, reason = \"the API decides how large values are\")".to_owned(),
    ]
}

fn modules(api: &Api) -> TokenStream {
    let resources = api.resources.iter().map(|resource| {
        let (feature, module) = (&resource.feature, ident(&resource.module));
        quote! { #[cfg(feature = #feature)] pub mod #module; }
    });
    let handles = api.handles.iter().map(|handle| {
        let (gate, module) = (handle::gate(api, handle), ident(&handle.module));
        quote! { #[cfg(#gate)] pub mod #module; }
    });
    let by_hand = api.modules.iter().map(|module| {
        let (gate, name) = (features::gate(module), ident(&module.name));
        quote! { #gate pub mod #name; }
    });
    quote! {
        mod client;
        mod request;
        pub mod types;
        #(#handles)*
        #(#resources)*
        #(#by_hand)*
    }
}

fn exports(api: &Api) -> TokenStream {
    let is_soap = soap::speaks(api);
    let error = (api.fault.is_none() && !is_soap).then(|| quote! { pub use tms_runtime::Error; });
    let protocol = if is_soap { soap_exports() } else { rest_exports() };
    let download = request::downloads(api).then(|| {
        quote! {
            #[cfg(any(feature = "async", feature = "blocking"))]
            pub use tms_runtime::Download;
        }
    });
    let login = api.schemes.iter().any(credential::is_login).then(|| quote! { pub use tms_runtime::PasswordLogin; });
    let jobs = job::any(api).then(|| quote! { pub use tms_runtime::{JobError, JobErrorKind, Submits, Wait}; });
    let missing = api.conversions.iter().any(|conversion| conversion.fallible).then(|| quote! { pub use tms_runtime::MissingMember; });
    quote! {
        pub use client::{ApiClient, ClientBuilder};
        pub use request::Request;
        pub use tms_runtime;
        #error
        #protocol
        #download
        #missing
        #login
        #jobs
        #[cfg(any(feature = "async", feature = "blocking"))]
        pub use tms_runtime::transport::MemoryTransport;
        #[cfg(feature = "async")]
        pub use tms_runtime::Call;
    }
}

/// What users of a REST API name.
fn rest_exports() -> TokenStream {
    quote! {
        pub use tms_runtime::{
            ApiError, Async, AuthError, Base64, Blocking, Bytes, CallError, ConfigError, Date, DateTime, DecodeError, EncodeError,
            Envelope, Extra, File, HeaderMap, Info, Items, Mode, Operation, Paged, Pages, Patch, RateLimit, Response, RetryPolicy,
            Scheme, Secret, StatusCode, StatusError, TimeoutError, TransportError, Value,
        };
    }
}

/// What users of a SOAP service name.
fn soap_exports() -> TokenStream {
    quote! {
        pub use tms_runtime::{
            ApiError, Async, AuthError, Base64, Blocking, CallError, ConfigError, Date, DateTime, Decimal, DecodeError, EncodeError,
            HeaderMap, Info, Items, Mode, Operation, Paged, Pages, Patch, QName, RateLimit, Records, Response, RetryPolicy, Scheme, Secret,
            Soap, SoapFault, SoapVersion, StatusCode, StatusError, Streamed, TimeoutError, Tokens, TransportError, Xml, XmlError, XmlExtra,
        };
    }
}

fn modes(api: &Api) -> TokenStream {
    let fault = match &api.fault {
        _ if soap::speaks(api) => Some(quote! { SoapFault }),
        Some(fault) => Some(Scope::resource(api, std::iter::empty()).ty(fault)),
        None => None,
    };
    let error = fault.map(|ty| {
        quote! {
            /// Why a call failed.
            pub type Error = tms_runtime::Error<#ty>;
        }
    });
    quote! {
        #error

        /// The async client.
        #[cfg(feature = "async")]
        pub type Client = ApiClient<Async>;
    }
}

/// As text, for the blank line between its items.
const BLOCKING: &str = r#"/// The blocking mode: the same handles and requests, whose `send` returns when the answer is there.
#[cfg(feature = "blocking")]
pub mod blocking {
    /// The blocking client.
    pub type Client = crate::ApiClient<crate::Blocking>;

    /// Settings of a blocking client.
    pub type ClientBuilder = crate::ClientBuilder<crate::Blocking>;
}
"#;

fn facts(api: &Api) -> TokenStream {
    let envelope = api.envelope.as_ref().map(|envelope| {
        let value = &envelope.value;
        let ok = match &envelope.ok {
            Some(ok) => quote! { Some(#ok) },
            None => quote! { None },
        };
        quote! {
            /// The object the API wraps its answers in.
            pub const ENVELOPE: Envelope = Envelope { ok: #ok, value: #value };
        }
    });
    let rate_limit = api.rate_limit.map(|limit| {
        let requests = proc_macro2::Literal::u32_unsuffixed(limit.requests);
        let seconds = proc_macro2::Literal::u32_unsuffixed(limit.seconds);
        quote! {
            /// How many requests the API allows in which time; clients keep to it.
            pub const RATE_LIMIT: RateLimit = RateLimit::new(#requests, std::time::Duration::from_secs(#seconds));
        }
    });
    let base_url = api.servers.first().map(|server| {
        let url = &server.url;
        quote! {
            /// Where the API is, unless a client is told otherwise.
            pub const BASE_URL: &str = #url;
        }
    });
    let (soap, schemes, service) = (soap::facts(api), schemes(api), service(api));
    quote! { #base_url #soap #envelope #schemes #rate_limit #service }
}

fn schemes(api: &Api) -> TokenStream {
    let namespaces = Namespaces::of(api);
    let rows = api.schemes.iter().map(|scheme| {
        let Scheme { wire, setter, .. } = scheme;
        let (place, setter) = (place(&namespaces, scheme), setter.bare());
        let env = match credential::variable_pattern(api, scheme) {
            Some(env) => quote! { Some(#env) },
            None => quote! { None },
        };
        quote! { Scheme { name: #wire, place: #place, setter: #setter, env: #env } }
    });
    quote! {
        /// The credentials the API knows.
        pub const SCHEMES: &[Scheme] = &[#(#rows),*];
    }
}

fn place(namespaces: &Namespaces, scheme: &Scheme) -> TokenStream {
    let place = quote! { tms_runtime::codegen::Place };
    match &scheme.place {
        SchemePlace::Header(name) => quote! { #place::Header(#name) },
        SchemePlace::Query(name) => quote! { #place::Query(#name) },
        SchemePlace::Cookie(name) => quote! { #place::Cookie(#name) },
        SchemePlace::Basic => quote! { #place::Basic },
        SchemePlace::Bearer => quote! { #place::Bearer },
        SchemePlace::Login { token, refresh, refresh_client } => {
            let client = match refresh_client {
                Some(name) => quote! { Some(#name) },
                None => quote! { None },
            };
            quote! { #place::OAuth(tms_runtime::codegen::OAuth { token: #token, refresh: #refresh, refresh_client: #client }) }
        }
        SchemePlace::Element { name, .. } => {
            let (namespace, local) = (namespaces.expression(&name.namespace), &name.local);
            quote! { #place::Element(QName(#namespace, #local)) }
        }
    }
}

/// What the runtime's client builder wants to know.
fn service(api: &Api) -> TokenStream {
    let base_url = if api.servers.is_empty() {
        quote! { None }
    } else {
        quote! { Some(BASE_URL) }
    };
    let rate_limit = if api.rate_limit.is_some() {
        quote! { Some(RATE_LIMIT) }
    } else {
        quote! { None }
    };
    quote! {
        static API: tms_runtime::codegen::Api = tms_runtime::codegen::Api {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            base_url: #base_url,
            schemes: SCHEMES,
            rate_limit: #rate_limit,
        };
    }
}
