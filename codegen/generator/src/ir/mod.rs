//! The intermediate representation: what a client crate consists of, free of any file format.
//!
//! Lowering builds an [`Api`] from a checked document; emission reads it and nothing else. It is total: references resolve,
//! names are decided and legal, recursion is boxed, so that emission has nothing to unwrap and cannot fail.
//! This module imports only `std`.

mod convert;
mod ident;
mod job;
mod operation;
mod reach;
mod show;
mod show_soap;
mod ty;
mod verify;

pub use convert::{Change, Conversion, Taken};
pub use ident::{Ident, InvalidIdent};
pub use job::{Job, JobArg};
pub use operation::{
    Arg, ArgId, Auth, Body, Constant, Count, Operation, Output, Paging, Place, QueryStyle, Rest, Retry, Segment, Soap, SoapDetail,
    SoapInput, SoapVersion, Total, Unwrap, Wire,
};
pub use show::show;
pub use ty::{
    ArmRule, Field, Flag, Flags, Form, FormPart, Member, MemberKind, Presence, Prim, QName, Shape, Struct, StructRole, Tagging, Type,
    TypeId, TypeRef, Types, Union, Variant, Word, Words,
};
pub use verify::verify;

/// One API: everything a generated crate is made from.
#[derive(Clone, Debug)]
pub struct Api {
    /// Cargo package and crate name, such as `qase` or `qtest-manager`.
    pub package: String,
    /// Human name of the API, such as `Qase`.
    pub title: String,
    /// One line saying what the crate is.
    pub about: String,
    /// Version the document gives itself.
    pub version: String,
    /// What its operations speak.
    pub protocol: Protocol,
    /// Path of the document, relative to the repository, as printed in file headers.
    pub origin: String,
    /// Documentation of the whole API.
    pub docs: Docs,
    /// Servers in document order; the first is the default base URL. Without one the caller must say where the API is.
    pub servers: Vec<Server>,
    /// Credentials the API knows, in document order.
    pub schemes: Vec<Scheme>,
    /// Requests a client may send per window, if the API says so.
    pub rate_limit: Option<RateLimit>,
    /// The wrapper around answers, if the API has one.
    pub envelope: Option<Envelope>,
    /// The one fault type that all operations share, if they do.
    pub fault: Option<TypeRef>,
    /// Every named type.
    pub types: Types,
    /// Handles on the way to resources, sorted by module name.
    pub handles: Vec<Handle>,
    /// Groups of operations, sorted by module name.
    pub resources: Vec<Resource>,
    /// Types that are made from others, sorted by what they make.
    pub conversions: Vec<Conversion>,
    /// Modules written by hand, sorted by name.
    pub modules: Vec<Module>,
    /// Examples written by hand, sorted by name; the quickstart is none of them.
    pub examples: Vec<Example>,
    /// Source text of the quickstart example, if the API brings one.
    pub quickstart: Option<String>,
}

/// What the operations of an API speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP with JSON bodies.
    Rest,
    /// SOAP.
    Soap {
        /// The service refuses elements without content: none is sent.
        omit_empty: bool,
    },
}

/// Documentation taken from the source document, as plain Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// First sentence or short title, without trailing white space.
    pub summary: String,
    /// What follows the summary; may be empty.
    pub details: String,
    /// Where the vendor documents it, such as `reference, line 226`.
    pub source: Option<String>,
    /// How sure the document is of it (`seen`, `inferred`, …), if it says so.
    pub provenance: Option<String>,
}

/// Where in the source files something was declared: a file and a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Path as given to the generator.
    pub file: String,
    /// JSON pointer into that file.
    pub pointer: String,
}

/// A base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Absolute URL without trailing slash.
    pub url: String,
    /// What the document says of it.
    pub docs: Docs,
}

/// A kind of credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Name in the document, such as `TokenAuth`.
    pub wire: String,
    /// Setter on the client builder, such as `token`.
    pub setter: Ident,
    /// Environment variable that docs and examples read it from.
    pub env: Option<String>,
    /// Where the credential goes.
    pub place: SchemePlace,
    /// What the document says of it.
    pub docs: Docs,
}

/// Where a credential goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemePlace {
    /// The named request header.
    Header(String),
    /// The named query parameter.
    Query(String),
    /// The named cookie.
    Cookie(String),
    /// `Authorization: Basic`, from user and password.
    Basic,
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Bearer`, with a token that the client gets for user and password and renews.
    Login {
        /// Path behind the base URL that gives out tokens.
        token: String,
        /// Path that renews them.
        refresh: String,
        /// Client name to renew them with, if that is not the one of the login.
        refresh_client: Option<String>,
    },
    /// The first child of the element in the body of a SOAP request.
    Element {
        /// Its name.
        name: QName,
        /// Its type.
        ty: TypeRef,
    },
}

/// `requests` per window of `seconds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests allowed in one window.
    pub requests: u32,
    /// Length of the window in seconds.
    pub seconds: u32,
}

/// The wrapper of an API's answers, such as `{"status": true, "result": …}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Member that is `false` when a 2xx answer is a failure all the same.
    pub ok: Option<String>,
    /// Member that holds what the caller asked for.
    pub value: String,
}

/// A handle on the way to resources: `client.project(11873).defects()`.
#[derive(Clone, Debug)]
pub struct Handle {
    /// Module and method on the client, such as `project`.
    pub module: Ident,
    /// Its type, such as `Project`.
    pub ty: Ident,
    /// Arguments it binds; the resources below begin with them.
    pub keys: Vec<Key>,
}

/// A group of operations behind one handle: a module and a handle type.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Module, and method on the client or on the handle above it, such as `shared_steps`.
    pub module: Ident,
    /// Cargo feature that compiles it in; resources may share one.
    pub feature: String,
    /// Handle type, such as `SharedSteps`.
    pub ty: Ident,
    /// Documentation of the group.
    pub docs: Docs,
    /// Module of the handle it is reached by; `None` for the client itself.
    pub under: Option<Ident>,
    /// Arguments bound by the handle: those of the handle above, then its own in path order; each operation of the resource has them all.
    pub keys: Vec<Key>,
    /// Operations in document order.
    pub operations: Vec<Operation>,
}

/// A module written by hand.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name.
    pub name: Ident,
    /// What compiles it in.
    pub gate: ModuleGate,
    /// The first line of its documentation.
    pub summary: String,
    /// Its files, sorted by path.
    pub files: Vec<ModuleFile>,
    /// Crates that it stands on, sorted by name.
    pub dependencies: Vec<Dependency>,
}

/// An example written by hand.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name, which is that of its file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Features that it needs, beside all resources and the async client.
    pub features: Vec<String>,
    /// Crates that it stands on, sorted by name.
    pub dependencies: Vec<Dependency>,
}

/// A crate that something written by hand stands on, without its default features.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// What version will do.
    pub version: String,
    /// Features that are needed.
    pub features: Vec<String>,
}

/// What compiles a module in that is written by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleGate {
    /// Every build has it.
    Always,
    /// A feature of its own.
    Own {
        /// Its name.
        feature: String,
        /// Features that it cannot do without.
        needs: Vec<String>,
    },
    /// This feature, which is that of a resource or of another module.
    With(String),
}

/// A file of a module written by hand.
#[derive(Clone, Debug)]
pub struct ModuleFile {
    /// Path below `src`, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// An argument bound by a resource handle.
#[derive(Clone, Debug)]
pub struct Key {
    /// Field of the handle and of every operation of the resource.
    pub name: Ident,
    /// Its type: a primitive or words.
    pub ty: TypeRef,
    /// What it is.
    pub docs: Docs,
}
