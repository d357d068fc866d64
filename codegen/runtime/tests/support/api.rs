//! Operations as the generator emits them.

use std::time::Duration;
use tms_runtime::codegen::{
    Api, Auth, Bytes, Cursor, DecodeError, Downloads, EncodeError, Envelope, Extra, File, HeaderMap, Info, Method, Mode, Operation, Paged,
    Parts, Place, RateLimit, Raw, Retry, Scheme, Style, object,
};
use tms_runtime::{Client, ClientBuilder};

pub(crate) const ENVELOPE: Envelope = Envelope { ok: Some("status"), value: "result" };
const TOKEN: Auth = Auth::AnyOf(&[&["TokenAuth"]]);

/// An obviously fake credential; no output may ever show it.
pub(crate) const SECRET: &str = "fake-token-0000";

pub(crate) static API: Api = Api {
    user_agent: "sample/0.1.0",
    base_url: Some("https://api.example.com/v1"),
    schemes: &[Scheme { name: "TokenAuth", place: Place::Header("Token"), setter: "token", env: Some("SAMPLE_TOKEN") }],
    rate_limit: None,
};

/// The same API with a limit of two requests a minute.
pub(crate) static LIMITED: Api = Api { rate_limit: Some(RateLimit::new(2, Duration::from_secs(60))), ..API };

pub(crate) fn builder<M: Mode>(api: &'static Api) -> ClientBuilder<M> {
    Client::builder(api).credential("TokenAuth", SECRET)
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) extra: Extra,
}
object! { Case { "id" => id!, "title" => title! } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CasePage {
    pub(crate) total: Option<i64>,
    pub(crate) entities: Vec<Case>,
    pub(crate) extra: Extra,
}
object! { CasePage { "total" => total, "entities" => entities! } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TokenPage {
    pub(crate) next: Option<String>,
    pub(crate) items: Vec<i64>,
    pub(crate) extra: Extra,
}
object! { TokenPage { "next" => next, "items" => items! } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) error_message: String,
    pub(crate) extra: Extra,
}
object! { Fault { "errorMessage" => error_message! } }

#[derive(Clone, Debug)]
pub(crate) struct Get {
    pub(crate) code: String,
    pub(crate) id: i64,
}

impl Operation for Get {
    type Output = Case;
    type Fault = Fault;
    const INFO: Info = Info {
        name: "cases.get",
        method: Method::Get,
        path: "/case/{code}/{id}",
        auth: TOKEN,
        retry: Retry::Idempotent,
        envelope: Some(&ENVELOPE),
    };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/case/");
        parts.path("code", &self.code)?;
        parts.literal("/");
        parts.path("id", &self.id)
    }

    fn decode(raw: &Raw) -> Result<Case, DecodeError> {
        raw.json_at(&ENVELOPE)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Create {
    pub(crate) title: String,
}

impl Operation for Create {
    type Output = Case;
    type Fault = Fault;
    const INFO: Info = Info {
        name: "cases.create",
        method: Method::Post,
        path: "/case",
        auth: TOKEN,
        retry: Retry::OnlyRefused,
        envelope: Some(&ENVELOPE),
    };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/case");
        parts.json(&self.title);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<Case, DecodeError> {
        raw.one_at(&ENVELOPE)
    }
}

/// A call without body in either direction.
#[derive(Clone, Debug)]
pub(crate) struct Ping;

impl Operation for Ping {
    type Output = ();
    type Fault = Fault;
    const INFO: Info =
        Info { name: "ping", method: Method::Post, path: "/ping", auth: Auth::None, retry: Retry::OnlyRefused, envelope: Some(&ENVELOPE) };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/ping");
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<(), DecodeError> {
        raw.empty()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) file: File,
}

impl Operation for Upload {
    type Output = String;
    type Fault = Fault;
    const INFO: Info =
        Info { name: "files.upload", method: Method::Put, path: "/file", auth: Auth::None, retry: Retry::Idempotent, envelope: None };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/file");
        parts.multipart().file("file[]", &self.file);
        parts.accept("text/plain");
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<String, DecodeError> {
        raw.text()
    }
}

/// A file to download, perhaps from another host.
#[derive(Clone, Debug)]
pub(crate) struct Script;

impl Operation for Script {
    type Output = Bytes;
    type Fault = Fault;
    const INFO: Info = Info { name: "script", method: Method::Get, path: "/script", auth: TOKEN, retry: Retry::Idempotent, envelope: None };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/script");
        parts.header("X-Agent", &"a1".to_owned());
        parts.cookie("session", &"c1".to_owned());
        parts.accept("application/zip");
        parts.follow_elsewhere();
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<Bytes, DecodeError> {
        raw.bytes()
    }
}

impl Downloads for Script {}

/// A list by offset.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub(crate) limit: Option<i64>,
    pub(crate) offset: Option<i64>,
    pub(crate) severity: Option<Vec<String>>,
}

impl Operation for List {
    type Output = CasePage;
    type Fault = Fault;
    const INFO: Info =
        Info { name: "cases.list", method: Method::Get, path: "/case", auth: TOKEN, retry: Retry::Idempotent, envelope: Some(&ENVELOPE) };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/case");
        parts.query("limit", Style::Repeat, &self.limit);
        parts.query("offset", Style::Repeat, &self.offset);
        parts.query("filters[severity]", Style::Comma, &self.severity);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<CasePage, DecodeError> {
        raw.json_at(&ENVELOPE)
    }
}

impl Paged for List {
    type Item = Case;

    fn start(&mut self) {
        self.limit.get_or_insert(2);
        self.offset.get_or_insert(0);
    }

    fn items(&self, output: CasePage, _: &HeaderMap) -> (Vec<Case>, Cursor) {
        let cursor = Cursor::offset(self.offset.unwrap_or(0), output.entities.len(), self.limit, output.total);
        (output.entities, cursor)
    }

    fn advance(&mut self, cursor: &Cursor) -> bool {
        self.offset = cursor.as_offset().or(self.offset);
        cursor.as_offset().is_some()
    }
}

/// A list by the server's token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) after: Option<String>,
}

impl Operation for Tokens {
    type Output = TokenPage;
    type Fault = Fault;
    const INFO: Info =
        Info { name: "tokens.list", method: Method::Get, path: "/tokens", auth: Auth::None, retry: Retry::Idempotent, envelope: None };

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/tokens");
        parts.query("after", Style::Repeat, &self.after);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<TokenPage, DecodeError> {
        raw.json()
    }
}

impl Paged for Tokens {
    type Item = i64;

    fn start(&mut self) {}

    fn items(&self, output: TokenPage, _: &HeaderMap) -> (Vec<i64>, Cursor) {
        (output.items, Cursor::token(output.next))
    }

    fn advance(&mut self, cursor: &Cursor) -> bool {
        self.after = cursor.as_token().map(str::to_owned);
        self.after.is_some()
    }
}

pub(crate) fn get(id: i64) -> Get {
    Get { code: "DEMO".to_owned(), id }
}

/// An enveloped case.
pub(crate) fn case(id: i64) -> String {
    format!(r#"{{"status":true,"result":{{"id":{id},"title":"t{id}"}}}}"#)
}

/// An enveloped page.
pub(crate) fn page(total: i64, ids: &[i64]) -> String {
    let entities: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":{id},"title":"t{id}"}}"#)).collect();
    format!(r#"{{"status":true,"result":{{"total":{total},"entities":[{}]}}}}"#, entities.join(","))
}
