/// The objects of OpenAPI 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Tag,
    Header,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OauthFlows,
    OauthFlow,
}

/// What a keyword holds, and how much depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Anything; not looked into.
    Free,
    /// A text for people, or one the generator can do without.
    Docs,
    /// A text that is needed.
    Text,
    /// A truth value.
    Flag,
    /// A number.
    Number,
    /// A list of texts the generator can do without.
    Texts,
    /// A list of values.
    Values,
    /// The name of a type, or in OpenAPI 3.1 a list of them.
    Types,
    /// A mapping from names to texts.
    TextMap,
    /// An object.
    One(Kind),
    /// A list of objects.
    List(Kind),
    /// A mapping from names to objects.
    Map(Kind),
    /// A schema, or `true` or `false`.
    SchemaOrFlag,
    /// `paths`.
    Paths,
    /// `responses` of an operation.
    Responses,
    /// A list of security requirements.
    Security,
}

type Fields = &'static [(&'static str, Holds)];

impl Kind {
    /// Its keywords.
    pub(super) fn fields(self) -> Fields {
        use Holds::*;
        match self {
            Self::Document => &[
                ("openapi", Free),
                ("info", One(Self::Info)),
                ("servers", List(Self::Server)),
                ("paths", Paths),
                ("components", One(Self::Components)),
                ("security", Security),
                ("tags", List(Self::Tag)),
                ("externalDocs", One(Self::ExternalDocs)),
            ],
            Self::Info => &[
                ("title", Docs),
                ("description", Docs),
                ("termsOfService", Docs),
                ("contact", One(Self::Contact)),
                ("license", One(Self::License)),
                ("version", Docs),
            ],
            Self::Contact => &[("name", Docs), ("url", Docs), ("email", Docs)],
            Self::License => &[("name", Docs), ("url", Docs)],
            Self::Server => &[("url", Text), ("description", Docs), ("variables", Map(Self::ServerVariable))],
            Self::ServerVariable => &[("enum", Texts), ("default", Text), ("description", Docs)],
            Self::Components => &[
                ("schemas", Map(Self::Schema)),
                ("responses", Map(Self::Response)),
                ("parameters", Map(Self::Parameter)),
                ("examples", Free),
                ("requestBodies", Map(Self::RequestBody)),
                ("headers", Map(Self::Header)),
                ("securitySchemes", Map(Self::SecurityScheme)),
                ("links", Free),
                ("callbacks", Free),
            ],
            Self::PathItem => &[
                ("$ref", Text),
                ("summary", Docs),
                ("description", Docs),
                ("get", One(Self::Operation)),
                ("put", One(Self::Operation)),
                ("post", One(Self::Operation)),
                ("delete", One(Self::Operation)),
                ("options", One(Self::Operation)),
                ("head", One(Self::Operation)),
                ("patch", One(Self::Operation)),
                ("trace", One(Self::Operation)),
                ("servers", List(Self::Server)),
                ("parameters", List(Self::Parameter)),
            ],
            Self::Operation => &[
                ("tags", Texts),
                ("summary", Docs),
                ("description", Docs),
                ("externalDocs", One(Self::ExternalDocs)),
                ("operationId", Text),
                ("parameters", List(Self::Parameter)),
                ("requestBody", One(Self::RequestBody)),
                ("responses", Responses),
                ("callbacks", Free),
                ("deprecated", Flag),
                ("security", Security),
                ("servers", List(Self::Server)),
            ],
            Self::ExternalDocs => &[("description", Docs), ("url", Docs)],
            Self::Parameter => &[
                ("name", Text),
                ("in", Text),
                ("description", Docs),
                ("required", Flag),
                ("deprecated", Flag),
                ("allowEmptyValue", Flag),
                ("style", Text),
                ("explode", Flag),
                ("allowReserved", Flag),
                ("schema", One(Self::Schema)),
                ("example", Free),
                ("examples", Free),
                ("content", Map(Self::MediaType)),
            ],
            Self::RequestBody => &[("description", Docs), ("content", Map(Self::MediaType)), ("required", Flag)],
            Self::MediaType => &[("schema", One(Self::Schema)), ("example", Free), ("examples", Free), ("encoding", Map(Self::Encoding))],
            Self::Encoding => {
                &[("contentType", Docs), ("headers", Map(Self::Header)), ("style", Text), ("explode", Flag), ("allowReserved", Flag)]
            }
            Self::Response => &[("description", Docs), ("headers", Map(Self::Header)), ("content", Map(Self::MediaType)), ("links", Free)],
            Self::Tag => &[("name", Text), ("description", Docs), ("externalDocs", One(Self::ExternalDocs))],
            Self::Header => &[
                ("description", Docs),
                ("required", Flag),
                ("deprecated", Flag),
                ("allowEmptyValue", Flag),
                ("style", Text),
                ("explode", Flag),
                ("allowReserved", Flag),
                ("schema", One(Self::Schema)),
                ("example", Free),
                ("examples", Free),
                ("content", Map(Self::MediaType)),
            ],
            Self::Schema => SCHEMA,
            Self::Discriminator => &[("propertyName", Text), ("mapping", TextMap)],
            Self::Xml => &[("name", Docs), ("namespace", Docs), ("prefix", Docs), ("attribute", Flag), ("wrapped", Flag)],
            Self::SecurityScheme => &[
                ("type", Text),
                ("description", Docs),
                ("name", Text),
                ("in", Text),
                ("scheme", Text),
                ("bearerFormat", Docs),
                ("flows", One(Self::OauthFlows)),
                ("openIdConnectUrl", Docs),
            ],
            Self::OauthFlows => &[
                ("implicit", One(Self::OauthFlow)),
                ("password", One(Self::OauthFlow)),
                ("clientCredentials", One(Self::OauthFlow)),
                ("authorizationCode", One(Self::OauthFlow)),
            ],
            Self::OauthFlow => &[("authorizationUrl", Docs), ("tokenUrl", Docs), ("refreshUrl", Docs), ("scopes", TextMap)],
        }
    }

    /// Keywords that OpenAPI 3.1 adds.
    pub(super) fn newer_fields(self) -> Fields {
        use Holds::*;
        match self {
            Self::Document => &[("webhooks", Free), ("jsonSchemaDialect", Docs)],
            Self::Info => &[("summary", Docs)],
            Self::License => &[("identifier", Docs)],
            Self::Components => &[("pathItems", Map(Self::PathItem))],
            Self::Schema => NEWER_SCHEMA,
            _ => &[],
        }
    }

    /// What holds a keyword, in either version.
    pub(super) fn field(self, name: &str, newer: bool) -> Option<Holds> {
        let fields = self.fields().iter().chain(if newer { self.newer_fields() } else { &[] });
        fields.clone().find(|(field, _)| *field == name).map(|(_, holds)| *holds)
    }

    /// Keywords it cannot do without.
    pub(super) fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Parameter => &["name", "in"],
            Self::RequestBody => &["content"],
            Self::SecurityScheme => &["type"],
            _ => &[],
        }
    }

    /// Whether a `$ref` may stand in its place.
    pub(super) fn may_be_ref(self) -> bool {
        self.section().is_some()
    }

    /// Where `components` keeps things of this kind.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::PathItem => "pathItems",
            _ => return None,
        })
    }

    /// Its name in messages, with an article.
    pub(super) fn a_noun(self) -> String {
        with_article(self.noun())
    }

    /// Its name in messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Info => "info object",
            Self::Contact => "contact",
            Self::License => "licence",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Components => "components object",
            Self::PathItem => "path",
            Self::Operation => "operation",
            Self::ExternalDocs => "link to documentation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Response => "response",
            Self::Tag => "tag",
            Self::Header => "header",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::Xml => "xml object",
            Self::SecurityScheme => "security scheme",
            Self::OauthFlows => "flows object",
            Self::OauthFlow => "flow",
        }
    }
}

/// `an operation`, `a schema`.
pub(super) fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

const SCHEMA: Fields = {
    use Holds::*;
    &[
        ("title", Docs),
        ("multipleOf", Number),
        ("maximum", Number),
        ("exclusiveMaximum", Free),
        ("minimum", Number),
        ("exclusiveMinimum", Free),
        ("maxLength", Number),
        ("minLength", Number),
        ("pattern", Docs),
        ("maxItems", Number),
        ("minItems", Number),
        ("uniqueItems", Flag),
        ("maxProperties", Number),
        ("minProperties", Number),
        ("required", Texts),
        ("enum", Values),
        ("type", Types),
        ("allOf", List(Kind::Schema)),
        ("oneOf", List(Kind::Schema)),
        ("anyOf", List(Kind::Schema)),
        ("not", One(Kind::Schema)),
        ("items", One(Kind::Schema)),
        ("properties", Map(Kind::Schema)),
        ("additionalProperties", SchemaOrFlag),
        ("description", Docs),
        ("format", Docs),
        ("default", Free),
        ("nullable", Flag),
        ("discriminator", One(Kind::Discriminator)),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("xml", One(Kind::Xml)),
        ("externalDocs", One(Kind::ExternalDocs)),
        ("example", Free),
        ("deprecated", Flag),
    ]
};

const NEWER_SCHEMA: Fields = {
    use Holds::*;
    &[
        ("$schema", Docs),
        ("$id", Docs),
        ("$anchor", Docs),
        ("$dynamicRef", Docs),
        ("$dynamicAnchor", Docs),
        ("$vocabulary", Free),
        ("$comment", Docs),
        ("$defs", Map(Kind::Schema)),
        ("const", Free),
        ("examples", Free),
        ("prefixItems", List(Kind::Schema)),
        ("contains", One(Kind::Schema)),
        ("minContains", Number),
        ("maxContains", Number),
        ("if", One(Kind::Schema)),
        ("then", One(Kind::Schema)),
        ("else", One(Kind::Schema)),
        ("dependentSchemas", Map(Kind::Schema)),
        ("dependentRequired", Free),
        ("patternProperties", Map(Kind::Schema)),
        ("propertyNames", One(Kind::Schema)),
        ("unevaluatedItems", SchemaOrFlag),
        ("unevaluatedProperties", SchemaOrFlag),
        ("contentEncoding", Docs),
        ("contentMediaType", Docs),
        ("contentSchema", One(Kind::Schema)),
    ]
};
