use std::fmt;

/// How bad a problem is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A bug in the generator.
    Ice,
    /// The input is wrong; the operation it concerns (or everything, see [`super::Report::is_fatal`]) is left out.
    Error,
    /// The input is fine, the generator cannot do it yet; the operation it concerns is left out.
    Unsupported,
    /// Worth a look; everything is generated.
    Warning,
}

impl Level {
    /// The word messages begin with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ice => "ice",
            Self::Error => "error",
            Self::Unsupported => "unsupported",
            Self::Warning => "warning",
        }
    }
}

macro_rules! tags {
    ($($(#[doc = $doc:literal])+ $level:ident $name:ident = $code:literal;)+) => {
        /// The stable code of a kind of problem. [`Tag::explain`] tells more than the short line here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Tag {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Tag {
            /// Every tag.
            pub const ALL: &'static [Tag] = &[$(Tag::$name,)+];

            /// The code, such as `unknown-ref`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How bad problems of this kind are.
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level,)+ }
            }

            /// One line saying what the tag means.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

tags! {
    /// The generator broke a promise it makes to itself.
    Ice Internal = "internal";

    /// A file or folder cannot be read.
    Error UnreadableFile = "unreadable-file";
    /// A file is in an encoding that is not read.
    Error NotUtf8 = "not-utf8";
    /// A file is too large, or there are too many.
    Error FileLimit = "file-limit";
    /// A file holds nothing.
    Error EmptyFile = "empty-file";
    /// A file is not valid YAML, JSON, XML or TOML.
    Error Syntax = "syntax";
    /// A mapping has the same key twice.
    Error DuplicateKey = "duplicate-key";
    /// YAML aliases expand to an enormous document, or to themselves.
    Error AliasLimit = "alias-limit";
    /// Values are nested too deeply.
    Error NestingLimit = "nesting-limit";
    /// An XML file has a document type definition.
    Error DocumentType = "document-type";
    /// A prefix of XML is not declared.
    Error UnknownPrefix = "unknown-prefix";
    /// YAML 1.1 tools read this unquoted word as a truth value.
    Warning AmbiguousWord = "ambiguous-word";

    /// The file is no OpenAPI document.
    Error NotOpenapi = "not-openapi";
    /// The version of OpenAPI is not supported.
    Error OpenapiVersion = "openapi-version";
    /// The document uses a version of OpenAPI that is supported in part.
    Warning PartialVersion = "partial-version";
    /// A keyword holds a value of the wrong kind.
    Error WrongKind = "wrong-kind";
    /// A keyword holds a value of the wrong kind that can be done without.
    Warning IgnoredValue = "ignored-value";
    /// A keyword that OpenAPI demands is missing.
    Error MissingKeyword = "missing-keyword";
    /// OpenAPI does not define this keyword here.
    Warning UnknownKeyword = "unknown-keyword";
    /// `type` names no JSON type.
    Error UnknownType = "unknown-type";
    /// An enum value is not of the schema's type.
    Warning EnumMismatch = "enum-mismatch";
    /// An enum lists a value twice.
    Warning DuplicateEnumValue = "duplicate-enum-value";
    /// A default does not fit its schema.
    Warning DefaultMismatch = "default-mismatch";
    /// An array does not say what it holds.
    Warning MissingItems = "missing-items";
    /// `required` names a property that is not defined.
    Warning UnknownRequired = "unknown-required";
    /// A discriminator does not fit its schema.
    Warning Discriminator = "discriminator";

    /// A `$ref` leads to something that is not there.
    Error UnknownRef = "unknown-ref";
    /// A `$ref` is not a valid reference.
    Error InvalidRef = "invalid-ref";
    /// A reference leads to a thing of another kind than its place needs.
    Error RefKind = "ref-kind";
    /// References lead in a circle without ever reaching a value.
    Error RefCycle = "ref-cycle";
    /// Keywords beside a `$ref` have no effect.
    Warning RefSiblings = "ref-siblings";

    /// A path is not a valid template.
    Error InvalidPath = "invalid-path";
    /// Two paths differ only in the names of their placeholders.
    Warning EquivalentPaths = "equivalent-paths";
    /// A path uses a placeholder twice.
    Error DuplicatePlaceholder = "duplicate-placeholder";
    /// A placeholder of a path has no parameter.
    Error UndeclaredPathParameter = "undeclared-path-parameter";
    /// A path parameter has no placeholder in its path.
    Warning UnusedPathParameter = "unused-path-parameter";
    /// A path parameter is not marked as required.
    Warning OptionalPathParameter = "optional-path-parameter";
    /// A parameter is declared twice.
    Warning DuplicateParameter = "duplicate-parameter";
    /// A parameter has no schema.
    Warning MissingSchema = "missing-schema";
    /// A keyword or attribute holds a word that the standard does not know.
    Error UnknownValue = "unknown-value";
    /// Two operations have the same `operationId`.
    Error DuplicateOperationId = "duplicate-operation-id";
    /// An operation has no answers.
    Warning MissingResponses = "missing-responses";
    /// `security` names a scheme that is not defined.
    Warning UnknownSecurityScheme = "unknown-security-scheme";

    /// `sdk.toml` holds a key that does not exist.
    Error UnknownConfigKey = "unknown-config-key";
    /// `sdk.toml` lacks something it must say.
    Error MissingConfigKey = "missing-config-key";
    /// A value in `sdk.toml` cannot be used.
    Error InvalidConfigValue = "invalid-config-value";
    /// `sdk.toml` speaks of something the document does not have.
    Error UnknownConfigTarget = "unknown-config-target";

    /// A module written by hand cannot stand where it does.
    Error InvalidModule = "invalid-module";

    /// Two things of the spec end up with the same Rust name.
    Error NameCollision = "name-collision";

    /// References to web addresses are not followed.
    Unsupported RemoteRef = "remote-ref";
    /// A parameter cannot be sent yet.
    Unsupported UnsupportedParameter = "unsupported-parameter";
    /// A request body cannot be sent yet.
    Unsupported UnsupportedBody = "unsupported-body";
    /// An answer cannot be read yet.
    Unsupported UnsupportedAnswer = "unsupported-answer";
    /// A kind of authentication is not supported yet.
    Unsupported UnsupportedSecurity = "unsupported-security";

    /// A schema says more than a Rust type can; its values become any JSON value, or keep the rest beside the known members.
    Warning SchemaAsJson = "schema-as-json";
    /// A discriminator cannot tell alternatives apart; they are told apart by their structure.
    Warning UntaggedUnion = "untagged-union";
    /// A schema is composed of itself, or of parts of parts without end.
    Warning AllOfCycle = "all-of-cycle";
    /// A Rust name was made up because the obvious one is taken.
    Warning ChosenName = "chosen-name";
    /// A parameter is taken as text because the document does not say how its values are written.
    Warning ParameterAsText = "parameter-as-text";
    /// A parameter is left out because other parts of the document speak for it.
    Warning IgnoredParameter = "ignored-parameter";
    /// An answer of success is not read because others are of another kind.
    Warning IgnoredAnswer = "ignored-answer";
    /// The document names no absolute server URL.
    Warning NoServer = "no-server";
    /// A kind of credential cannot be sent.
    Warning UnsupportedScheme = "unsupported-scheme";
    /// An operation is on a server of its own.
    Unsupported UnsupportedServer = "unsupported-server";

    /// The file is no WSDL document.
    Error NotWsdl = "not-wsdl";
    /// No port of the document speaks SOAP over HTTP.
    Error NoSoapPort = "no-soap-port";
    /// An attribute is missing that WSDL or XML Schema demands.
    Error MissingAttribute = "missing-attribute";
    /// A name of WSDL or XML Schema leads to something that is not there.
    Error UnknownName = "unknown-name";
    /// An element or type is called what none can be called.
    Error InvalidName = "invalid-name";
    /// XML Schema does not define this element here.
    Warning UnknownElement = "unknown-element";
    /// `minOccurs` and `maxOccurs` are not numbers, or leave nothing between them.
    Error InvalidOccurs = "invalid-occurs";
    /// A name is defined twice.
    Warning DuplicateDefinition = "duplicate-definition";
    /// A definition needs itself.
    Error DefinitionCycle = "definition-cycle";
    /// A file that is imported or included cannot be read.
    Warning MissingImport = "missing-import";
    /// A construct of XML Schema cannot be used yet.
    Unsupported UnsupportedSchema = "unsupported-schema";
    /// Messages are encoded rather than literal.
    Unsupported UnsupportedEncoding = "unsupported-encoding";
    /// A message of SOAP cannot be sent or read yet.
    Unsupported UnsupportedMessage = "unsupported-message";
    /// A port is not used: it does not speak SOAP over HTTP, or another one does the same.
    Warning IgnoredPort = "ignored-port";
    /// A part of an answer is not read.
    Warning IgnoredPart = "ignored-part";
    /// A port is at another address than the first one.
    Warning OtherAddress = "other-address";
}

impl Tag {
    /// Whether a problem of this kind leaves nothing to generate from, wherever it is.
    pub fn is_fatal(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Internal
                | UnreadableFile
                | NotUtf8
                | FileLimit
                | EmptyFile
                | Syntax
                | AliasLimit
                | NestingLimit
                | DocumentType
                | NotOpenapi
                | OpenapiVersion
                | NotWsdl
                | NoSoapPort
        ) || matches!(self, UnknownConfigKey | MissingConfigKey | InvalidConfigValue | UnknownConfigTarget)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
