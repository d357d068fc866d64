//! Which secrets a request carries, and where.

use crate::error::{AuthError, ConfigError};
use crate::login::{OAuth, PasswordLogin, Session};
use crate::operation::{Auth, Info};
use crate::parts::Parts;
use crate::secret::{Redaction, Secret};
use crate::style;
#[cfg(feature = "soap")]
use crate::{soap::Element, xml::QName};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use std::sync::Arc;

/// One way of an API to be told who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name operations refer to, such as `TokenAuth`.
    pub name: &'static str,
    /// Where the secret goes.
    pub place: Place,
    /// The builder's method that sets it, such as `token`.
    pub setter: &'static str,
    /// The environment variable that examples read it from, such as `QASE_TOKEN`.
    pub env: Option<&'static str>,
}

/// Where in a request a secret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
    /// `Authorization: Basic ..`; the secret is `user:password`, see [`Secret::basic`].
    Basic,
    /// `Authorization: Bearer ..`
    Bearer,
    /// `Authorization: Bearer ..` with a token that the client gets for a [`PasswordLogin`].
    OAuth(OAuth),
    /// The first child of the SOAP request's element, under this name.
    #[cfg(feature = "soap")]
    Element(QName),
}

/// A credential as a user gives it.
#[derive(Clone)]
pub(crate) enum Given {
    Secret(Secret),
    Login(PasswordLogin),
    #[cfg(feature = "soap")]
    Element(Element),
}

/// The secrets of a client, by scheme.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    schemes: &'static [Scheme],
    set: Vec<(&'static str, Applied)>,
    redaction: Redaction,
}

/// A secret as it goes out.
#[derive(Clone)]
enum Applied {
    Header(HeaderName, HeaderValue),
    Query(&'static str, Secret),
    Cookie(&'static str, Secret),
    /// Goes out when the request does.
    Login(Arc<Session>),
    #[cfg(feature = "soap")]
    Element(Element),
}

impl Credentials {
    /// Of the credentials given by scheme name, the last one counts.
    pub(crate) fn new(schemes: &'static [Scheme], given: &[(&str, Given)]) -> Result<Self, ConfigError> {
        let mut this = Self { schemes, ..Self::default() };
        let mut shown = Vec::new();
        for (name, given) in given {
            shown.extend(this.set(name, given)?);
        }
        this.redaction = Redaction::of(shown);
        Ok(this)
    }

    /// The same with another credential of this scheme.
    pub(crate) fn with(&self, name: &str, given: &Given) -> Result<Self, ConfigError> {
        let mut this = self.clone();
        let shown = this.set(name, given)?;
        this.redaction = self.redaction.and(shown);
        Ok(this)
    }

    /// Sets a credential; returns the texts that must not be shown for its sake.
    fn set(&mut self, name: &str, given: &Given) -> Result<Vec<String>, ConfigError> {
        let Some(scheme) = self.schemes.iter().find(|scheme| scheme.name == name) else {
            return Err(ConfigError::new(format!("the API has no security scheme `{name}`")));
        };
        let (applied, shown) = match given {
            Given::Secret(secret) => (Applied::new(scheme, secret)?, forms(scheme, secret)),
            Given::Login(login) => (Applied::login(scheme, login)?, forms(scheme, login.password())),
            #[cfg(feature = "soap")]
            Given::Element(element) => (Applied::element(scheme, element)?, element.forms()),
        };
        self.set.retain(|(name, _)| *name != scheme.name);
        self.set.push((scheme.name, applied));
        Ok(shown)
    }

    #[cfg(feature = "soap")]
    pub(crate) fn schemes(&self) -> &'static [Scheme] {
        self.schemes
    }

    pub(crate) fn redaction(&self) -> &Redaction {
        &self.redaction
    }

    /// Writes what the operation wants: the first alternative of which everything is set. Returns the login, if that is part of it.
    pub(crate) fn apply(&self, info: &'static Info, parts: &mut Parts) -> Result<Option<Arc<Session>>, AuthError> {
        let Auth::AnyOf(alternatives) = info.auth else { return Ok(None) };
        let complete = |names: &&&[&str]| names.iter().all(|name| self.get(name).is_some());
        // An empty alternative is met by nobody's credentials: it comes last, whatever its place in the list.
        let chosen = alternatives.iter().filter(|names| !names.is_empty()).find(complete);
        let Some(names) = chosen.or_else(|| alternatives.iter().find(|names| names.is_empty())) else {
            return if alternatives.is_empty() { Ok(None) } else { Err(self.missing(info, alternatives)) };
        };
        let applied = names.iter().filter_map(|name| self.get(name));
        Ok(applied.filter_map(|applied| applied.write(parts)).last())
    }

    fn get(&self, name: &str) -> Option<&Applied> {
        self.set.iter().find(|(set, _)| *set == name).map(|(_, applied)| applied)
    }

    fn missing(&self, info: &'static Info, alternatives: &[&[&str]]) -> AuthError {
        let one = |names: &&[&str]| names.iter().map(|name| self.advice(name)).collect::<Vec<_>>().join(" and ");
        let wanted = alternatives.iter().map(one).collect::<Vec<_>>().join(", or ");
        AuthError::new(info, format!("no credentials: set {wanted}"))
    }

    /// How a scheme's secret is set.
    fn advice(&self, name: &str) -> String {
        match self.schemes.iter().find(|scheme| scheme.name == name) {
            Some(Scheme { setter, env: Some(env), .. }) => {
                format!("`{name}` with `.{setter}(..)` on the client builder (examples read it from {env})")
            }
            Some(Scheme { setter, env: None, .. }) => format!("`{name}` with `.{setter}(..)` on the client builder"),
            None => format!("`{name}`, which this client cannot send"),
        }
    }
}

impl Applied {
    fn new(scheme: &Scheme, secret: &Secret) -> Result<Self, ConfigError> {
        let text = secret.expose();
        if text.is_empty() {
            return Err(unusable(scheme, "is empty"));
        }
        match scheme.place {
            Place::Header(name) => Self::header(scheme, name, text),
            Place::Query(name) => Ok(Self::Query(name, secret.clone())),
            // Sessions are sent back as the server gave them, unencoded.
            Place::Cookie(name) if text.bytes().all(is_cookie_octet) => Ok(Self::Cookie(name, secret.clone())),
            Place::Cookie(_) => Err(unsendable(scheme)),
            Place::Basic => Self::header(scheme, AUTHORIZATION.as_str(), &format!("Basic {}", STANDARD.encode(text))),
            Place::Bearer => Self::header(scheme, AUTHORIZATION.as_str(), &format!("Bearer {text}")),
            Place::OAuth(_) => Err(unusable(scheme, "is a login: give user and password with `.login(..)`")),
            #[cfg(feature = "soap")]
            Place::Element(_) => Err(unusable(scheme, "is no element: give it with `.element_credential(..)`")),
        }
    }

    fn login(scheme: &Scheme, login: &PasswordLogin) -> Result<Self, ConfigError> {
        let Place::OAuth(oauth) = scheme.place else { return Err(unusable(scheme, "is no login: give it with `.credential(..)`")) };
        match login.problem() {
            Some(problem) => Err(unusable(scheme, problem)),
            None => Ok(Self::Login(Arc::new(Session::new(oauth, login.clone())))),
        }
    }

    #[cfg(feature = "soap")]
    fn element(scheme: &Scheme, element: &Element) -> Result<Self, ConfigError> {
        if !matches!(scheme.place, Place::Element(_)) {
            return Err(unusable(scheme, "is no text: give it with `.credential(..)`"));
        }
        match element.problem() {
            Some(problem) => Err(unusable(scheme, problem)),
            None => Ok(Self::Element(element.clone())),
        }
    }

    fn header(scheme: &Scheme, name: &str, value: &str) -> Result<Self, ConfigError> {
        let (Ok(name), Ok(mut value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            return Err(unsendable(scheme));
        };
        value.set_sensitive(true);
        Ok(Self::Header(name, value))
    }

    /// Writes it; a login is returned instead.
    fn write(&self, parts: &mut Parts) -> Option<Arc<Session>> {
        match self {
            Self::Header(name, value) => parts.set_header(name.clone(), value.clone()),
            Self::Query(name, secret) => parts.query_pair(name, secret.expose()),
            Self::Cookie(name, secret) => parts.cookie_text(format_args!("{name}={}", secret.expose())),
            Self::Login(session) => return Some(Arc::clone(session)),
            #[cfg(feature = "soap")]
            Self::Element(element) => parts.credential_element(element),
        }
        None
    }
}

fn unsendable(scheme: &Scheme) -> ConfigError {
    unusable(scheme, "has characters that cannot stand in a header, such as a line break")
}

fn unusable(scheme: &Scheme, why: &str) -> ConfigError {
    let Scheme { name, setter, .. } = scheme;
    ConfigError::new(format!("the credential `{name}` given to `.{setter}(..)` {why}"))
}

/// RFC 6265, `cookie-octet`.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

/// The forms in which a secret can come back over HTTP.
fn forms(scheme: &Scheme, secret: &Secret) -> Vec<String> {
    let text = secret.expose();
    let mut forms = vec![text.to_owned(), style::encoded(text).to_string()];
    if scheme.place == Place::Basic {
        forms.push(STANDARD.encode(text));
        forms.extend(text.split_once(':').map(|(_, password)| password.to_owned()));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Method, Retry};

    const SCHEMES: &[Scheme] = &[
        Scheme { name: "Token", place: Place::Header("Token"), setter: "token", env: Some("API_TOKEN") },
        Scheme { name: "Key", place: Place::Query("api key"), setter: "key", env: None },
        Scheme { name: "Session", place: Place::Cookie("sid"), setter: "session", env: None },
        Scheme { name: "Login", place: Place::Basic, setter: "login", env: None },
        Scheme { name: "Bearer", place: Place::Bearer, setter: "bearer", env: None },
    ];

    /// The request line and headers an operation with this `auth` gets, or why not.
    fn applied(auth: Auth, secrets: &[(&str, Secret)]) -> Result<String, String> {
        let info = Info { name: "a.b", method: Method::Get, path: "/x", auth, retry: Retry::Idempotent, envelope: None };
        let info: &'static Info = Box::leak(Box::new(info));
        let given: Vec<(&str, Given)> = secrets.iter().map(|(name, secret)| (*name, Given::Secret(secret.clone()))).collect();
        let credentials = Credentials::new(SCHEMES, &given).map_err(|error| error.to_string())?;
        let mut parts = Parts::new(info);
        parts.literal("/x");
        credentials.apply(info, &mut parts).map_err(|error| error.to_string())?;
        let base = "http://h".parse().map_err(|error| format!("{error}"))?;
        let request = parts.into_request(&base).map_err(|error| error.to_string())?;
        let mut text = request.uri().to_string();
        for (name, value) in request.headers().iter().filter(|(name, _)| *name != "accept") {
            assert!(value.is_sensitive(), "{name} is not marked as sensitive");
            text.push_str(&format!(" {name}={}", String::from_utf8_lossy(value.as_bytes())));
        }
        Ok(text)
    }

    #[test]
    fn places() {
        type Row = (Auth, &'static [(&'static str, &'static str)], &'static str);
        let table: [Row; 10] = [
            (Auth::None, &[("Token", "t1")], "http://h/x"),
            (Auth::AnyOf(&[&["Token"]]), &[("Token", "t1")], "http://h/x token=t1"),
            (Auth::AnyOf(&[&["Key"]]), &[("Key", "a b&c")], "http://h/x?api%20key=a%20b%26c"),
            (Auth::AnyOf(&[&["Session"]]), &[("Session", "a/b==")], "http://h/x cookie=sid=a/b=="),
            (Auth::AnyOf(&[&["Login"]]), &[("Login", "u:p")], "http://h/x authorization=Basic dTpw"),
            (Auth::AnyOf(&[&["Bearer"]]), &[("Bearer", "b")], "http://h/x authorization=Bearer b"),
            (Auth::AnyOf(&[&["Token"], &["Key"]]), &[("Key", "k")], "http://h/x?api%20key=k"),
            (Auth::AnyOf(&[&["Token", "Key"]]), &[("Key", "k"), ("Token", "t")], "http://h/x?api%20key=k token=t"),
            (Auth::AnyOf(&[&[], &["Token"]]), &[("Token", "t")], "http://h/x token=t"),
            (Auth::AnyOf(&[&["Token"], &[]]), &[], "http://h/x"),
        ];
        for (auth, secrets, expected) in table {
            let secrets: Vec<(&str, Secret)> = secrets.iter().map(|(name, text)| (*name, Secret::from(*text))).collect();
            assert_eq!(applied(auth, &secrets).as_deref(), Ok(expected), "{auth:?}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = applied(Auth::AnyOf(&[&["Token"], &["Key", "Session"]]), &[("Key", "k".into())]);
        let expected = "a.b (GET /x): no credentials: set `Token` with `.token(..)` on the client builder (examples read it \
                        from API_TOKEN), or `Key` with `.key(..)` on the client builder and `Session` with `.session(..)` \
                        on the client builder";
        assert_eq!(missing, Err(expected.to_owned()));
    }

    #[test]
    fn bad_secrets_are_refused_without_showing_them() {
        for (name, text) in
            [("Token", "line\nbreak"), ("Bearer", "line\nbreak"), ("Token", ""), ("Session", "line\nbreak"), ("Other", "line\nbreak")]
        {
            let Err(message) = applied(Auth::None, &[(name, text.into())]) else { panic!("{text:?} was accepted") };
            assert!(message.contains(name), "{message}");
            assert!(!message.contains("line\n") && !message.contains("line\\n"), "{message}");
        }
    }
}
