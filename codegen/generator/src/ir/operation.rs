use super::{Docs, Ident, Job, Member, Origin, QName, TypeRef};

/// One call of the API.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Id in the document, such as `listCases`.
    pub id: String,
    /// Name in errors and traces, such as `cases.list`.
    pub name: String,
    /// Method on the handle, such as `list`.
    pub method: Ident,
    /// Type of the operation value, such as `List`.
    pub ty: Ident,
    /// Documentation.
    pub docs: Docs,
    /// The vendor advises against it; the text says what to use instead, and may be empty.
    pub deprecated: Option<String>,
    /// How it looks on the wire.
    pub wire: Wire,
    /// All arguments but the body: those bound by the handle first (in the order of the resource's keys), then required ones in
    /// path, query, header and cookie order, then optional ones in document order.
    pub args: Vec<Arg>,
    /// What is sent, if anything.
    pub body: Option<Body>,
    /// The body may be left out.
    pub body_optional: bool,
    /// What comes back on success.
    pub output: Output,
    /// Type of a documented error body; `TypeRef::Json` when none is documented. SOAP operations all have the runtime's fault instead.
    pub fault: TypeRef,
    /// How to get the next page, if this is a paged list.
    pub paging: Option<Paging>,
    /// How to ask for the job it answers, if that is what it answers.
    pub job: Option<Job>,
    /// Which credentials it wants.
    pub auth: Auth,
    /// When it may be repeated unasked.
    pub retry: Retry,
    /// Where it was declared.
    pub origin: Origin,
}

/// The protocol of an operation.
#[derive(Clone, Debug)]
pub enum Wire {
    /// An HTTP request described by method, path and parameters.
    Rest(Rest),
    /// An exchange of SOAP messages.
    Soap(Soap),
}

/// An exchange of SOAP messages, by literal encoding.
#[derive(Clone, Debug)]
pub struct Soap {
    /// The `SOAPAction`; may be empty.
    pub action: String,
    /// Versions there is a port for, in the order of the type.
    pub versions: Vec<SoapVersion>,
    /// What stands in the body of the request.
    pub input: SoapInput,
    /// Details of declared faults, in document order.
    pub details: Vec<SoapDetail>,
}

/// A version of SOAP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SoapVersion {
    /// SOAP 1.1
    V11,
    /// SOAP 1.2
    V12,
}

/// What stands in the body of a SOAP request.
#[derive(Clone, Debug)]
pub enum SoapInput {
    /// Nothing.
    Empty,
    /// An element whose children are the arguments at [`Place::Element`], in this order.
    Wrapped {
        /// The element.
        element: QName,
        /// All arguments at [`Place::Element`].
        children: Vec<ArgId>,
    },
    /// [`Operation::body`] as this element.
    Bare(QName),
}

/// What a declared fault brings as its detail.
#[derive(Clone, Debug)]
pub struct SoapDetail {
    /// The element inside the fault's detail.
    pub element: QName,
    /// Its type.
    pub ty: TypeRef,
}

/// An HTTP request line.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Upper-case method, such as `GET`.
    pub method: String,
    /// The way from the base URL to the server of this operation, if that is another: `../v2`.
    pub server: Option<String>,
    /// The path, literal pieces and arguments in turn.
    pub path: Vec<Segment>,
    /// What is sent beside the arguments: parameters with one allowed value.
    pub constants: Vec<Constant>,
    /// Path as the document writes it, such as `/case/{code}`.
    pub template: String,
    /// The answer may stand on another host: redirects there are followed, without credentials.
    pub elsewhere: bool,
}

/// A parameter that has the same value in every request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Name on the wire.
    pub wire: String,
    /// Where it goes.
    pub place: Place,
    /// Its value as a text.
    pub value: String,
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands in every request; already percent-encoded, slashes included.
    Literal(String),
    /// The value of an argument whose place is [`Place::Path`].
    Arg(ArgId),
}

/// Index into [`Operation::args`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArgId(pub usize);

/// An argument of an operation.
#[derive(Clone, Debug)]
pub struct Arg {
    /// Name on the wire, such as `filters[severity]`.
    pub wire: String,
    /// Field and setter, such as `severity`.
    pub name: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Type of the value when present.
    pub ty: TypeRef,
    /// A call without it does not compile.
    pub required: bool,
    /// Bound by the resource handle; implies `required`.
    pub from_handle: bool,
    /// Where it goes.
    pub place: Place,
    /// How it stands in XML; `Some` at [`Place::Element`] and [`Place::SoapHeader`] and nowhere else.
    pub xml: Option<Member>,
}

/// Where an argument goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query string.
    Query(QueryStyle),
    /// A request header.
    Header,
    /// A cookie.
    Cookie,
    /// A child of the element in the body of a SOAP request.
    Element,
    /// An entry of the SOAP header.
    SoapHeader,
}

/// How a query value is written; scalars look the same in all but `Deep` and `Json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `a=1&a=2`; an object's members become parameters of their own.
    Repeat,
    /// `a=1,2`
    Comma,
    /// `a=1%202`
    Space,
    /// `a=1|2`
    Pipe,
    /// `a[x]=1&a[y]=2`
    Deep,
    /// The value as JSON text.
    Json,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub enum Body {
    /// A JSON value with this media type.
    Json {
        /// Type of the value.
        ty: TypeRef,
        /// Media type, mostly `application/json`.
        mime: String,
    },
    /// `application/x-www-form-urlencoded`, from the members of an object.
    Form(TypeRef),
    /// `multipart/form-data`, from a [`Shape::Form`](super::Shape::Form).
    Multipart(TypeRef),
    /// The content of a file, as it is.
    File {
        /// Media type to send it as; without one, its own.
        mime: Option<String>,
    },
    /// Text as it is.
    Text {
        /// Media type.
        mime: String,
    },
    /// An XML element; its name is that of [`SoapInput::Bare`].
    Xml(TypeRef),
}

/// In how many pieces the value of an answer may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// As its type says.
    Whole,
    /// As an array of just it, too.
    One,
    /// It is a list, and may come as an entry that stands alone, too.
    Many,
    /// It is a list, and may come as an entry that stands alone or as a page that holds it in this member, too.
    Paged(String),
}

/// What a successful answer holds.
#[derive(Clone, Debug)]
pub enum Output {
    /// Nothing of interest.
    Empty,
    /// A JSON value.
    Json {
        /// Media type to ask for, mostly `application/json`.
        mime: String,
        /// What `send` returns.
        ty: TypeRef,
        /// Where in the answer it stands.
        unwrap: Unwrap,
        /// In how many pieces it may come.
        count: Count,
        /// An empty body is a documented answer too: `send` returns an `Option`.
        optional: bool,
    },
    /// Bytes as they are.
    Bytes {
        /// Media type to ask for; `*/*` when several are possible.
        mime: String,
    },
    /// Text as it is.
    Text {
        /// Media type to ask for.
        mime: String,
    },
    /// The value of an XML element in the body of a SOAP answer.
    Xml {
        /// What `send` returns; a list for an array, `TypeRef::Nullable` when it may be missing.
        ty: TypeRef,
        /// The element in the body.
        element: QName,
        /// The child of that element that holds the value: an element or an array; `None` when the element itself is the value.
        child: Option<(String, Member)>,
    },
}

/// Where the value of an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwrap {
    /// The whole body.
    Whole,
    /// At the envelope's value member, which must be there.
    Value,
    /// At the envelope's value member, or the whole body when there is none.
    ValueOrWhole,
}

/// How a list goes on.
#[derive(Clone, Debug)]
pub enum Paging {
    /// Skip what was read.
    Offset {
        /// Argument that says how many to skip.
        offset: ArgId,
        /// Argument that says how many to return.
        limit: ArgId,
        /// Page size asked for when the caller gave none.
        size: u32,
        /// Field path from the output to the list; empty when the output is the list.
        items: Vec<Ident>,
        /// The list field is an `Option`.
        items_optional: bool,
        /// The number of matching entries, if the answer has it.
        total: Option<Total>,
        /// What one entry is.
        item: TypeRef,
    },
    /// Ask for the next page number.
    Page {
        /// Argument that says which page.
        page: ArgId,
        /// Argument that says how many to return.
        size_arg: Option<ArgId>,
        /// Number of the first page.
        first: u32,
        /// Page size asked for when the caller gave none.
        size: u32,
        /// Field path from the output to the list.
        items: Vec<Ident>,
        /// The list field is an `Option`.
        items_optional: bool,
        /// The number of matching entries, if the answer has it.
        total: Option<Total>,
        /// What one entry is.
        item: TypeRef,
    },
    /// Send back the token of the last answer.
    Token {
        /// Argument that takes the token.
        token: ArgId,
        /// Field path from the output to the list.
        items: Vec<Ident>,
        /// The list field is an `Option`.
        items_optional: bool,
        /// Field of the output that holds the next token (a string).
        next: Ident,
        /// The token field is an `Option`.
        next_optional: bool,
        /// What one entry is.
        item: TypeRef,
    },
}

/// Where an answer tells how many entries match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Total {
    /// Field path from the output to the integer; each step may be an `Option`.
    Path(Vec<Ident>),
    /// In this header.
    Header(String),
}

/// Which credentials an operation wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// None.
    None,
    /// Any one of these sets, each a list of scheme names to be used together.
    AnyOf(Vec<Vec<String>>),
}

/// When an operation may be repeated unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// After any passing failure: repeating it changes nothing.
    Idempotent,
    /// Only when the server certainly did not act on it.
    OnlyRefused,
}
