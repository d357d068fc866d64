use super::Tag;

impl Tag {
    /// What the problem means and what to do about it, in a few sentences of Markdown; `specs/DIALECT.md` quotes it.
    pub fn explain(self) -> &'static str {
        match self {
            Self::Internal => "A stage handed an inconsistent description to the next one. Please report it together with the spec.",
            Self::UnreadableFile => {
                "The folder must hold `openapi.yaml`, `openapi.yml` or `openapi.json`, or else `service.wsdl` or another single WSDL file, and \
                 may hold `sdk.toml`; files named by `$ref`, `location` or `schemaLocation` are looked for relative to the file that names \
                 them."
            }
            Self::NotUtf8 => {
                "Specs are read as UTF-8, XML also as UTF-16 and ISO-8859-1. Save the file in that encoding; a byte order mark is allowed."
            }
            Self::FileLimit => "One file may have 64 MiB, and one document may consist of 1000 files. Split or shorten it.",
            Self::EmptyFile => "A document needs at least `openapi`, `info` and `paths`.",
            Self::Syntax => {
                "The file is YAML 1.2 or, if its name ends in `.json`, JSON; WSDL and XML Schema are XML; `sdk.toml` is TOML. Nothing else can be \
                 checked before it parses."
            }
            Self::DuplicateKey => {
                "Which of the two was meant cannot be known; most tools silently take the last. Remove one. What stands under the key is left out."
            }
            Self::AliasLimit => "Aliases (`*name`) may not contain themselves, and may add at most a million values to the document.",
            Self::NestingLimit => "Values and elements may be nested 128 deep. Define inner schemas and types by name and refer to them.",
            Self::DocumentType => {
                "Entities can make a small file enormous or read other files, so that none but XML's own are known. Remove `<!DOCTYPE …>`."
            }
            Self::UnknownPrefix => {
                "Every prefix needs an attribute `xmlns:prefix=\"…\"` on the element or one around it; `xml` needs none."
            }
            Self::AmbiguousWord => {
                "`yes`, `no`, `on` and `off` are texts in YAML 1.2 and truth values in YAML 1.1. Quote them, so that all tools agree."
            }
            Self::NotOpenapi => "The root must be a mapping with `openapi: 3.0.x` and a mapping `paths`.",
            Self::OpenapiVersion => {
                "OpenAPI 3.0 is read in full, 3.1 in part. Convert older documents (Swagger 2.0) with a converter first."
            }
            Self::PartialVersion => {
                "OpenAPI 3.1 documents are read as far as they use what 3.0 also has, and lists of types with `null`; other new keywords are \
                 ignored, with a warning each."
            }
            Self::WrongKind => "The keyword must hold another kind of value, a list instead of a text, say. The message tells which.",
            Self::IgnoredValue => "The keyword is treated as if it were not there.",
            Self::MissingKeyword => "The OpenAPI standard demands this keyword here, and nothing sensible can be assumed in its place.",
            Self::UnknownKeyword => {
                "Misspelled keywords are silently ignored by most tools. Correct it, remove it, or let it begin with `x-`."
            }
            Self::UnknownType => "`type` is one of `string`, `number`, `integer`, `boolean`, `array` and `object`.",
            Self::EnumMismatch => "No value can fulfil both. Quote the value, or change `type`.",
            Self::DuplicateEnumValue => "The second one is ignored.",
            Self::DefaultMismatch => "The default is not used; it could never be sent.",
            Self::MissingItems => "The elements are treated as free-form JSON. Say what they are in `items`.",
            Self::UnknownRequired => "The name is ignored. Define it under `properties`, or correct its spelling.",
            Self::Discriminator => {
                "A discriminator needs `propertyName`, and its mapping must lead to schemas. Without that the alternatives are told apart by \
                 their structure."
            }
            Self::UnknownRef => "Correct the name, or define what it refers to. Operations that need it are left out.",
            Self::InvalidRef => {
                "A reference is a text such as `#/components/schemas/Name`, `other.yaml` or `other.yaml#/pointer`, with `~1` for `/` in names."
            }
            Self::RefKind => "A parameter must refer to a parameter, a schema to a schema, an attribute to a simple type, and so on.",
            Self::RefCycle => {
                "Recursive schemas are fine as long as a property, `items` or a list of alternatives stands between two references."
            }
            Self::RefSiblings => {
                "OpenAPI 3.0 ignores everything beside `$ref`. Put the reference in an `allOf` with one element to add to it."
            }
            Self::InvalidPath => "A path begins with `/` and holds placeholders in braces: `/case/{code}/{id}`.",
            Self::EquivalentPaths => {
                "OpenAPI calls such paths identical: a server cannot tell them apart. Both are generated. A placeholder that is an integer \
                 in one, and in the other a text whose `pattern` demands a letter, tells them apart."
            }
            Self::DuplicatePlaceholder => "A placeholder may occur once in a path.",
            Self::UndeclaredPathParameter => {
                "Each `{name}` of a path needs a parameter with `in: path` and the same name, in the operation or beside it in the path."
            }
            Self::UnusedPathParameter => "The parameter is ignored. Correct its name or remove it.",
            Self::OptionalPathParameter => "A path parameter is always required. Add `required: true`.",
            Self::DuplicateParameter => "Name and place (`in`) identify a parameter. The first one is used.",
            Self::MissingSchema => "The value is treated as text. Add a `schema`.",
            Self::UnknownValue => "The keyword allows only a few words, which the message lists.",
            Self::DuplicateOperationId => {
                "Method names come from `operationId`, so each may occur once. The second operation is left out until it is renamed."
            }
            Self::MissingResponses => "The answer is not read. Describe at least the answer in case of success.",
            Self::UnknownSecurityScheme => "The credential cannot be sent. Define it under `components/securitySchemes`.",
            Self::UnknownConfigKey => "Unknown keys are never ignored, so that a misspelled one cannot pass for a working one.",
            Self::MissingConfigKey => "`sdk.toml` must at least say `crate = \"name\"`.",
            Self::InvalidConfigValue => "The value has the wrong kind or form; the message tells what is allowed.",
            Self::UnknownConfigTarget => {
                "Entries of `sdk.toml` name tags, operations, schemas, parameters and security schemes exactly as the document does."
            }
            Self::InvalidModule => {
                "Files below `src` become modules of the crate, `src/filter.rs` the module `filter`, and those in `examples` its examples. \
                 The message tells what is in the way."
            }
            Self::NameCollision => {
                "Names are never numbered silently. Choose one under `[rename]` or `[resources]` in `sdk.toml`; schemas of one name in two \
                 files need another name where they stand."
            }
            Self::RemoteRef => {
                "Nothing is fetched while generating. Save the file beside the document and refer to it by its relative path."
            }
            Self::UnsupportedParameter => "The operation is left out. The message tells what is not supported about the parameter.",
            Self::UnsupportedBody => "The operation is left out. JSON, form, multipart, text and binary bodies are supported.",
            Self::UnsupportedAnswer => "The operation is left out. JSON, text, binary and empty answers are supported.",
            Self::UnsupportedSecurity => {
                "The operation is left out: none of the credentials it accepts can be sent. API keys, HTTP basic and bearer tokens are supported."
            }
            Self::SchemaAsJson => {
                "`not`, tuples, several lists of alternatives in one schema and the like have no counterpart among Rust types. Nothing is \
                 lost on the wire: the value, or the members that are not known, are kept as JSON."
            }
            Self::UntaggedUnion => {
                "To be told apart by a discriminator, all alternatives must be objects with that property, each with a value of its own. \
                 Otherwise the alternative that leaves the fewest members unknown is taken."
            }
            Self::AllOfCycle => "The repeated part is left out of the composition, which is all it can mean.",
            Self::ChosenName => {
                "Two names of the document become the same Rust name. Without `sdk.toml` one of them gets a made-up name, the same in every \
                 run; with one, this is an error (`name-collision`) and you choose."
            }
            Self::ParameterAsText => {
                "OpenAPI does not define how lists of objects, or objects in a comma list, are written into a URL. The argument is a text, \
                 which is sent as it is: write the value the way the API wants it."
            }
            Self::IgnoredParameter => {
                "OpenAPI says that header parameters named `Accept`, `Content-Type` and `Authorization` are ignored. Describe credentials \
                 under `securitySchemes`."
            }
            Self::IgnoredAnswer => {
                "An operation has one type of result. Where some answers of success are JSON and some are not, JSON is read."
            }
            Self::NoServer => "Write an absolute URL under `servers`. Without one the builder of the client must be told `base_url`.",
            Self::UnsupportedScheme => {
                "Sent are API keys, HTTP basic and bearer authentication, and tokens got by OAuth 2 or OpenID Connect. Alternatives that need \
                 anything else are left out."
            }
            Self::NotWsdl => "The root of the file must be `definitions` of WSDL 1.1. WSDL 2.0 is not read.",
            Self::NoSoapPort => {
                "A client needs a `service` with a `port` that is bound to SOAP 1.1 or 1.2 over HTTP; where there is no service, a binding will do."
            }
            Self::MissingAttribute => "The standard demands the attribute, and nothing sensible can be assumed in its place.",
            Self::UnknownName => {
                "Names are qualified: the prefix must stand for the namespace in which the thing is defined. Operations that need it are left out."
            }
            Self::InvalidName => "No XML element can be called that. Correct the name; operations that need it are left out.",
            Self::UnknownElement => "It is ignored, with all that is in it. Correct it, or remove it.",
            Self::InvalidOccurs => {
                "`minOccurs` is a number, `maxOccurs` is a number that is no smaller or `unbounded`; both are 1 if not said."
            }
            Self::DuplicateDefinition => "Which of the two was meant cannot be known; the first is used. Remove one.",
            Self::DefinitionCycle => {
                "A type may hold elements of its own type, but cannot be derived from itself, nor can a group consist of itself. Definitions \
                 may be built on each other 100 deep."
            }
            Self::MissingImport => {
                "Nothing is fetched from the web, and files are looked for beside the file that names them. Nothing is lost as long as no \
                 operation needs what the file defines."
            }
            Self::UnsupportedSchema => "What needs it is left out. `xs:redefine` and `xs:override` change definitions that others rely on.",
            Self::UnsupportedEncoding => {
                "The operation is left out. `use=\"encoded\"` describes messages by the rules of SOAP's own encoding, which is no XML Schema; \
                 only `literal` is supported."
            }
            Self::UnsupportedMessage => {
                "The operation is left out. Supported are messages of one element in the body (`document`), of typed parts (`rpc`), and headers \
                 that are elements; no attachments."
            }
            Self::IgnoredPort => {
                "A service may offer the same operations by HTTP GET and POST or other means. SOAP over HTTP is used, one port for each version."
            }
            Self::IgnoredPart => "The rest of the answer is read. Use `send_with_response` to look at what came as a whole.",
            Self::OtherAddress => {
                "All operations of a client share one base URL, by default the first address. Build a client with another `base_url` for what is \
                 elsewhere."
            }
            Self::UnsupportedServer => {
                "All operations of a client share one base URL, from which other paths on its host can be reached. Give operations on \
                 other hosts a document of their own."
            }
        }
    }
}
