//! More of the hand-written API: a login, jobs, whole files, totals in headers, and a second server.

use super::api::{API, Fault};
use std::time::Duration;
use tms_runtime::codegen::{
    Api, Auth, Cursor, DecodeError, EncodeError, Extra, File, HeaderMap, Info, Many, Method, Mode, OAuth, Operation, Paged, Parts, Place,
    Progress, RateLimit, Raw, Retry, Scheme, Style, Submits, object,
};
use tms_runtime::{Client, ClientBuilder, PasswordLogin};

/// Obviously fake; no output may ever show one of them.
pub(crate) const PASSWORD: &str = "fake-password-0000";
pub(crate) const ACCESS: &str = "fake-access-";
pub(crate) const REFRESH: &str = "fake-refresh-";

const OAUTH: OAuth = OAuth { token: "/oauth/token", refresh: "/oauth/refresh", refresh_client: Some("sample-api") };
const SCHEMES: &[Scheme] = &[
    Scheme { name: "TokenAuth", place: Place::OAuth(OAUTH), setter: "login", env: None },
    Scheme { name: "Fixed", place: Place::Bearer, setter: "token", env: None },
];
const TOKEN: Auth = Auth::AnyOf(&[&["TokenAuth"]]);

/// The same operations, with a login in place of the token.
pub(crate) static LOGIN: Api = Api { schemes: SCHEMES, ..API };

/// The same with a limit of two requests a minute.
pub(crate) static LIMITED_LOGIN: Api = Api { rate_limit: Some(RateLimit::new(2, Duration::from_secs(60))), ..LOGIN };

pub(crate) fn login() -> PasswordLogin {
    PasswordLogin::new("user@example.com", PASSWORD).client("acme")
}

pub(crate) fn builder<M: Mode>(api: &'static Api) -> ClientBuilder<M> {
    Client::builder(api).login("TokenAuth", login())
}

/// The answer that holds the tokens of this number, good for so many seconds.
pub(crate) fn tokens(number: u32, seconds: u64) -> String {
    format!(
        r#"{{"access_token":"{ACCESS}{number}","token_type":"bearer","refresh_token":"{REFRESH}{number}","expires_in":{seconds},"scope":"read write"}}"#
    )
}

const fn info(name: &'static str, method: Method, path: &'static str, retry: Retry) -> Info {
    Info { name, method, path, auth: TOKEN, retry, envelope: None }
}

/// A file that is the whole body.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pub(crate) file: File,
}

impl Operation for Store {
    type Output = String;
    type Fault = Fault;
    const INFO: Info = info("files.store", Method::Put, "/store", Retry::Idempotent);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/store");
        parts.header("File-Name", &self.file.name);
        parts.file(&self.file);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<String, DecodeError> {
        raw.text()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Job {
    pub(crate) id: Option<i64>,
    pub(crate) state: Option<String>,
    pub(crate) extra: Extra,
}
object! { Job { "id" => id, "state" => state } }

fn progress(job: &Job) -> Progress {
    match job.state.as_deref() {
        Some("SUCCESS") => Progress::Done,
        Some("FAILED") => Progress::Failed,
        _ => Progress::Running,
    }
}

/// Work that goes on after the answer.
#[derive(Clone, Debug)]
pub(crate) struct Submit;

impl Operation for Submit {
    type Output = Job;
    type Fault = Fault;
    const INFO: Info = info("jobs.submit", Method::Post, "/jobs", Retry::OnlyRefused);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/jobs");
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<Job, DecodeError> {
        raw.json()
    }
}

impl Submits for Submit {
    type Poll = GetJob;

    fn poll(&self, job: &Job) -> Option<GetJob> {
        Some(GetJob { id: job.id? })
    }

    fn progress(job: &Job) -> Progress {
        progress(job)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct GetJob {
    pub(crate) id: i64,
}

impl Operation for GetJob {
    type Output = Job;
    type Fault = Fault;
    const INFO: Info = info("jobs.get", Method::Get, "/jobs/{id}", Retry::Idempotent);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.literal("/jobs/");
        parts.path("id", &self.id)
    }

    fn decode(raw: &Raw) -> Result<Job, DecodeError> {
        raw.json()
    }
}

impl Submits for GetJob {
    type Poll = Self;

    fn poll(&self, job: &Job) -> Option<Self> {
        Some(Self { id: job.id? })
    }

    fn progress(job: &Job) -> Progress {
        progress(job)
    }
}

/// A bare list, or a single entry; how many there are stands in a header. It stands on another server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bare {
    pub(crate) page: Option<i64>,
    pub(crate) page_size: Option<i64>,
}

impl Operation for Bare {
    type Output = Vec<i64>;
    type Fault = Fault;
    const INFO: Info = info("bare.list", Method::Get, "/bare", Retry::Idempotent);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        parts.server("../v2");
        parts.literal("/bare");
        parts.query("page", Style::Repeat, &self.page);
        parts.query("pageSize", Style::Repeat, &self.page_size);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<Vec<i64>, DecodeError> {
        raw.json::<Many<i64>>().map(Vec::from)
    }
}

impl Paged for Bare {
    type Item = i64;

    fn start(&mut self) {
        self.page.get_or_insert(1);
        self.page_size.get_or_insert(100);
    }

    fn items(&self, output: Vec<i64>, headers: &HeaderMap) -> (Vec<i64>, Cursor) {
        let total = Cursor::total(headers, "X-Item-Total");
        let cursor = Cursor::page(self.page.unwrap_or(1), 1, output.len(), self.page_size, total);
        (output, cursor)
    }

    fn advance(&mut self, cursor: &Cursor) -> bool {
        self.page = cursor.as_page().or(self.page);
        cursor.as_page().is_some()
    }
}
