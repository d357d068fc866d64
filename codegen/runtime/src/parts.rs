//! A request under construction: what emitted `encode` functions write to.

use crate::base_url::BaseUrl;
use crate::body::Body;
use crate::error::EncodeError;
use crate::file::File;
use crate::json::{self, ToJson, Value};
use crate::multipart::Multipart;
use crate::operation::Info;
#[cfg(feature = "soap")]
use crate::soap::{Element, Message, Soap, SoapVersion};
use crate::style::{self, Style};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt::{self, Write};

/// A request under construction: path, query, headers and body, without address and credentials.
#[derive(Clone)]
pub struct Parts {
    info: &'static Info,
    /// Where the path begins, seen from the base URL.
    server: &'static str,
    path: String,
    query: String,
    cookies: String,
    headers: HeaderMap,
    content: Option<(HeaderValue, Body)>,
    form: Option<Multipart>,
    #[cfg(feature = "soap")]
    message: Option<Message>,
    /// Whether the answer may be fetched from another host.
    elsewhere: bool,
    /// The first argument that could not be written; reported when the request is finished.
    error: Option<EncodeError>,
}

impl Parts {
    /// An empty request of an operation.
    #[must_use]
    pub fn new(info: &'static Info) -> Self {
        Self {
            info,
            server: "",
            path: String::with_capacity(info.path.len() + 16),
            query: String::new(),
            cookies: String::new(),
            headers: HeaderMap::new(),
            content: None,
            form: None,
            #[cfg(feature = "soap")]
            message: None,
            elsewhere: false,
            error: None,
        }
    }

    pub(crate) fn info(&self) -> &'static Info {
        self.info
    }

    /// Another place of the same host to send it to, as a relative step from the base URL: `../v2`.
    pub fn server(&mut self, step: &'static str) {
        self.server = step;
    }

    /// Constant text of the path.
    pub fn literal(&mut self, text: &str) {
        self.path.push_str(text);
    }

    /// A path parameter, percent-encoded; the elements of an array separated by commas.
    ///
    /// # Errors
    /// When the text is empty, `.` or `..`: servers and proxies would read another path.
    pub fn path(&mut self, name: &str, value: &dyn ToJson) -> Result<(), EncodeError> {
        let text = match scalar_text(value) {
            Some(text) => text,
            None => value_of(value).and_then(|value| style::joined(&value, ",")).unwrap_or_default(),
        };
        let reason = match text.as_str() {
            "" => "is empty",
            "." | ".." => "is a relative path",
            _ => {
                push(&mut self.path, format_args!("{}", style::encoded(&text)));
                return Ok(());
            }
        };
        Err(self.problem(name, reason))
    }

    /// A query parameter. A value that is absent or null adds nothing, nor does an empty array.
    pub fn query(&mut self, name: &str, style: Style, value: &dyn ToJson) {
        let Some(value) = value_of(value) else { return };
        for (name, value) in style::pairs(name, style, &value) {
            self.query_pair(&name, &value);
        }
    }

    pub(crate) fn query_pair(&mut self, name: &str, value: &str) {
        append_pair(&mut self.query, name, value);
    }

    /// A header; the elements of an array separated by commas. A value that is absent or null adds nothing.
    pub fn header(&mut self, name: &str, value: &dyn ToJson) {
        if let Some(text) = value_of(value).and_then(|value| style::joined(&value, ",")) {
            match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
                (Ok(name), Ok(value)) => self.set_header(name, value),
                _ => self.fail(name, "has characters that cannot stand in a header"),
            }
        }
    }

    pub(crate) fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// A cookie, percent-encoded. A value that is absent or null adds nothing.
    pub fn cookie(&mut self, name: &str, value: &dyn ToJson) {
        if let Some(text) = value_of(value).and_then(|value| style::joined(&value, ",")) {
            self.cookie_text(format_args!("{}={}", style::encoded(name), style::encoded(&text)));
        }
    }

    /// A cookie as it stands in the header.
    pub(crate) fn cookie_text(&mut self, cookie: fmt::Arguments<'_>) {
        let separator = if self.cookies.is_empty() { "" } else { "; " };
        push(&mut self.cookies, format_args!("{separator}{cookie}"));
    }

    /// A JSON body. Absent leaves the body empty.
    pub fn json(&mut self, value: &dyn ToJson) {
        if !value.is_absent() {
            self.content = Some((HeaderValue::from_static("application/json"), Bytes::from(json::to_vec(value)).into()));
        }
    }

    /// A JSON body under another content type, such as `application/merge-patch+json`. Absent leaves the body empty.
    pub fn json_as(&mut self, content_type: &str, value: &dyn ToJson) {
        if !value.is_absent() {
            self.full(content_type, Bytes::from(json::to_vec(value)).into());
        }
    }

    /// An `application/x-www-form-urlencoded` body: each member of the object a field.
    pub fn form(&mut self, value: &dyn ToJson) {
        let Some(value) = value_of(value) else { return };
        let mut form = String::new();
        for (name, value) in style::fields(&value) {
            append_pair(&mut form, &name, &value);
        }
        self.content = Some((HeaderValue::from_static("application/x-www-form-urlencoded"), Bytes::from(form).into()));
    }

    /// A `multipart/form-data` body, to be filled.
    pub fn multipart(&mut self) -> &mut Multipart {
        self.form.get_or_insert_default()
    }

    /// A SOAP envelope, to be filled; `action` names what the service shall do.
    #[cfg(feature = "soap")]
    pub fn soap(&mut self, soap: &Soap, action: &'static str) -> &mut Message {
        self.message.get_or_insert_with(|| Message::new(*soap, action))
    }

    #[cfg(feature = "soap")]
    pub(crate) fn is_soap(&self) -> bool {
        self.message.is_some()
    }

    /// The SOAP version to speak, if the operation knows it; a request of another kind has none.
    #[cfg(feature = "soap")]
    pub(crate) fn soap_version(&mut self, version: SoapVersion) {
        if let Some(message) = &mut self.message {
            message.speak(version);
        }
    }

    /// A credential that is the first child of the SOAP request's element.
    #[cfg(feature = "soap")]
    pub(crate) fn credential_element(&mut self, credential: &Element) {
        if let Some(message) = &mut self.message {
            message.credential(credential);
        }
    }

    /// A body of text.
    pub fn text(&mut self, content_type: &str, content: &str) {
        self.full(content_type, Bytes::copy_from_slice(content.as_bytes()).into());
    }

    /// A file as the body, under the file's own content type.
    pub fn file(&mut self, file: &File) {
        self.file_as(&file.content_type, file);
    }

    /// A file as the body, under another content type than its own.
    pub fn file_as(&mut self, content_type: &str, file: &File) {
        self.full(content_type, Body::from(file));
    }

    fn full(&mut self, content_type: &str, content: Body) {
        match HeaderValue::try_from(content_type) {
            Ok(content_type) => self.content = Some((content_type, content)),
            Err(_) => self.fail("content type", "has characters that cannot stand in a header"),
        }
    }

    /// The content type the answer should have; `application/json` if nothing is said.
    pub fn accept(&mut self, content_type: &'static str) {
        if let Ok(content_type) = HeaderValue::try_from(content_type) {
            self.headers.insert(ACCEPT, content_type);
        }
    }

    /// Lets a redirect lead to another host, which gets no credentials.
    pub fn follow_elsewhere(&mut self) {
        self.elsewhere = true;
    }

    pub(crate) fn may_leave(&self) -> bool {
        self.elsewhere
    }

    /// Remembers the first argument that could not be written.
    pub(crate) fn fail(&mut self, argument: &str, reason: &str) {
        if self.error.is_none() {
            self.error = Some(self.problem(argument, reason));
        }
    }

    fn problem(&self, argument: &str, reason: &str) -> EncodeError {
        EncodeError::new(self.info, format!("argument `{argument}` {reason}"))
    }

    /// The request to send to an API that stands at `base`.
    ///
    /// # Errors
    /// When an argument could not be written, or the URL is longer than 64 KiB.
    pub fn into_request(self, base: &BaseUrl) -> Result<http::Request<Body>, EncodeError> {
        self.finish(base).map(|(request, _)| request)
    }

    /// The request, and the secrets among its arguments in the forms in which they can come back.
    pub(crate) fn finish(mut self, base: &BaseUrl) -> Result<(http::Request<Body>, Vec<String>), EncodeError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        if !self.query.is_empty() {
            push(&mut self.path, format_args!("?{}", self.query));
        }
        let too_long = || EncodeError::new(self.info, "the URL is not valid or longer than 64 KiB".to_owned());
        let uri = base.at(self.server).join(&self.path).ok_or_else(too_long)?;
        #[cfg_attr(not(feature = "soap"), expect(unused_mut, reason = "only an envelope knows its secrets"))]
        let mut secrets = Vec::new();
        #[cfg(feature = "soap")]
        if let Some(message) = self.message {
            let message = message.finish(&mut self.headers).map_err(|reason| EncodeError::new(self.info, reason))?;
            self.content = Some((message.content_type, message.body.into()));
            secrets = message.secrets;
        }
        let form = self.form.map(Multipart::finish);
        let form = form.and_then(|(content_type, body)| Some((HeaderValue::try_from(content_type).ok()?, body)));
        let headers = &mut self.headers;
        let mut body = Body::default();
        if let Some((content_type, content)) = form.or(self.content) {
            headers.entry(CONTENT_TYPE).or_insert(content_type);
            body = content;
        }
        if let Some(name) = body.spent() {
            let problem = format!("file `{name}` was sent already and can be read only once; make a new `File` for every call");
            return Err(EncodeError::new(self.info, problem));
        }
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        let method = http::Method::from(self.info.method);
        if body.is_empty() && [http::Method::POST, http::Method::PUT, http::Method::PATCH].contains(&method) {
            // Servers want it; the HTTP libraries under the transports do not agree on who says it.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let (false, Ok(mut cookies)) = (self.cookies.is_empty(), HeaderValue::try_from(self.cookies)) {
            cookies.set_sensitive(true);
            headers.insert(COOKIE, cookies);
        }
        let mut request = http::Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok((request, secrets))
    }
}

/// Arguments can be secrets, so only the operation shows.
impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parts({} {} {})", self.info.name, self.info.method, self.info.path)
    }
}

fn value_of(value: &dyn ToJson) -> Option<Value> {
    if value.is_absent() { None } else { Some(json::to_value(value)) }
}

fn append_pair(pairs: &mut String, name: &str, value: &str) {
    let separator = if pairs.is_empty() { "" } else { "&" };
    push(pairs, format_args!("{separator}{}={}", style::encoded(name), style::encoded(value)));
}

/// Writing to a `String` cannot fail.
fn push(text: &mut String, more: fmt::Arguments<'_>) {
    let _ = text.write_fmt(more);
}

/// The text of a plain string, number or truth value, without building a value first.
fn scalar_text(value: &dyn ToJson) -> Option<String> {
    let mut json = json::to_string(value);
    match json.as_bytes() {
        [b'"', inside @ .., b'"'] if !inside.contains(&b'\\') => {
            json.pop();
            json.remove(0);
            Some(json)
        }
        [b'-' | b'0'..=b'9' | b't' | b'f', ..] => Some(json),
        _ => None,
    }
}
