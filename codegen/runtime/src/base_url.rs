//! The address an API stands at.

use http::Uri;
use http::uri::{Authority, Scheme};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An absolute `http` or `https` address. A path in it is put before the path of every operation; of SOAP it is the address of
/// the service itself.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// As it was given.
    path: String,
}

/// Why a text is no base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlError {
    /// It is no URL at all, or not an absolute one.
    NotAbsolute,
    /// Its scheme is neither `http` nor `https`.
    Scheme,
    /// It holds user name or password.
    UserInfo,
    /// It has a query or a fragment.
    QueryOrFragment,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAbsolute => "it is not an absolute URL such as `https://api.example.com/v1`",
            Self::Scheme => "its scheme is neither `http` nor `https`",
            Self::UserInfo => "it holds a user name or password; set credentials on the client builder instead",
            Self::QueryOrFragment => "it has a query or fragment; leave away `?` or `#` and what follows",
        })
    }
}

impl std::error::Error for BaseUrlError {}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        if text.contains(['?', '#']) {
            return Err(BaseUrlError::QueryOrFragment);
        }
        let uri = text.parse::<Uri>().map_err(|_| BaseUrlError::NotAbsolute)?.into_parts();
        let (Some(scheme), Some(authority)) = (uri.scheme, uri.authority) else {
            return Err(BaseUrlError::NotAbsolute);
        };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(BaseUrlError::Scheme);
        }
        if authority.as_str().contains('@') {
            return Err(BaseUrlError::UserInfo);
        }
        if authority.host().is_empty() {
            return Err(BaseUrlError::NotAbsolute);
        }
        let path = uri.path_and_query.map_or_else(String::new, |path| path.path().to_owned());
        Ok(Self { scheme, authority, path })
    }
}

impl BaseUrl {
    /// The address of `target`, a path with optional query that begins with a slash; `None` if that is no valid URL.
    ///
    /// The address of nothing is the base URL as it was given: with or without a slash at the end is not the same to a server.
    pub(crate) fn join(&self, target: &str) -> Option<Uri> {
        let path = if target.is_empty() { self.path.clone() } else { format!("{}{target}", self.prefix()) };
        Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone()).path_and_query(path).build().ok()
    }

    /// Another place of the same host: where this relative step leads to, never above its root.
    pub(crate) fn at(&self, step: &str) -> Cow<'_, Self> {
        if step.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut segments: Vec<&str> = self.prefix().split('/').filter(|segment| !segment.is_empty()).collect();
        for segment in step.split('/') {
            match segment {
                "" | "." => {}
                ".." => drop(segments.pop()),
                name => segments.push(name),
            }
        }
        let path = segments.iter().map(|segment| format!("/{segment}")).collect();
        Cow::Owned(Self { path, ..self.clone() })
    }

    /// What is put before the path of every operation.
    fn prefix(&self) -> &str {
        self.path.trim_end_matches('/')
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix())
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn join() {
        let table = [
            ("https://api.example.com", "https://api.example.com/case/1?a=b"),
            ("https://api.example.com/", "https://api.example.com/case/1?a=b"),
            (" https://api.example.com/v1 ", "https://api.example.com/v1/case/1?a=b"),
            ("https://api.example.com/v1//", "https://api.example.com/v1/case/1?a=b"),
            ("http://localhost:8080/a/b/", "http://localhost:8080/a/b/case/1?a=b"),
            ("http://[::1]:8080", "http://[::1]:8080/case/1?a=b"),
        ];
        for (base, expected) in table {
            let joined = base.parse::<BaseUrl>().ok().and_then(|base| base.join("/case/1?a=b"));
            assert_eq!(joined.map(|uri| uri.to_string()).as_deref(), Some(expected), "base {base:?}");
        }
    }

    #[test]
    fn steps() {
        let table = [
            ("https://h/v1", "", "https://h/v1/x"),
            ("https://h/v1", "../v2", "https://h/v2/x"),
            ("https://h/v1/", "../v2/", "https://h/v2/x"),
            ("http://h:81/proxy/v1", "../v2", "http://h:81/proxy/v2/x"),
            ("http://h", "../v2", "http://h/v2/x"),
            ("http://h/v1", "../../../v2", "http://h/v2/x"),
            ("http://h/v1", "..", "http://h/x"),
            ("http://h/v1", "./beta", "http://h/v1/beta/x"),
        ];
        for (base, step, expected) in table {
            let joined = base.parse::<BaseUrl>().ok().and_then(|base| base.at(step).join("/x"));
            assert_eq!(joined.map(|uri| uri.to_string()).as_deref(), Some(expected), "{base:?} and {step:?}");
        }
    }

    #[test]
    fn the_address_itself() {
        let table = [
            ("http://h", "http://h/"),
            ("http://h/", "http://h/"),
            ("http://h/psws/psws.asmx", "http://h/psws/psws.asmx"),
            (" http://h/service/ ", "http://h/service/"),
        ];
        for (base, expected) in table {
            let joined = base.parse::<BaseUrl>().ok().and_then(|base| base.join(""));
            assert_eq!(joined.map(|uri| uri.to_string()).as_deref(), Some(expected), "base {base:?}");
        }
    }

    #[test]
    fn refused() {
        let table = [
            ("", BaseUrlError::NotAbsolute),
            ("api.example.com", BaseUrlError::NotAbsolute),
            ("/v1", BaseUrlError::NotAbsolute),
            ("https://", BaseUrlError::NotAbsolute),
            ("ftp://example.com", BaseUrlError::Scheme),
            ("https://user:pw@example.com", BaseUrlError::UserInfo),
            ("https://example.com/?key=1", BaseUrlError::QueryOrFragment),
            ("https://example.com/#top", BaseUrlError::QueryOrFragment),
        ];
        for (base, expected) in table {
            assert_eq!(base.parse::<BaseUrl>(), Err(expected), "base {base:?}");
        }
    }
}
