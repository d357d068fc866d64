//! How clients are built.

use super::{Api, Client, Core, header};
use crate::base_url::BaseUrl;
use crate::credentials::{Credentials, Given};
use crate::error::ConfigError;
use crate::login::PasswordLogin;
use crate::mode::{Async, Mode};
use crate::rate::{RateLimit, Turns};
use crate::retry::{RetryPolicy, bounded};
use crate::secret::Secret;
#[cfg(feature = "soap")]
use crate::{
    soap::{Element, SoapVersion},
    xml::ToXml,
};
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How long one attempt may take if nothing else is said.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);

/// How large an answer may be if nothing else is said, in bytes.
const MAX_RESPONSE: u64 = 64 * 1024 * 1024;

/// How large a download may be if nothing else is said, in bytes.
const MAX_DOWNLOAD: u64 = 4 * 1024 * 1024 * 1024;

/// Builds a [`Client`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<M: Mode = Async> {
    api: &'static Api,
    base_url: Option<String>,
    credentials: Vec<(&'static str, Given)>,
    #[cfg(feature = "soap")]
    soap_version: Option<SoapVersion>,
    headers: Vec<(String, String)>,
    policy: RetryPolicy,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    max_response_bytes: u64,
    max_download_bytes: u64,
    rate_limit: Option<RateLimit>,
    transport: Option<Arc<M::Transport>>,
}

impl<M: Mode> ClientBuilder<M> {
    /// A builder that knows only what the API says about itself.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: api.base_url.map(str::to_owned),
            credentials: Vec::new(),
            #[cfg(feature = "soap")]
            soap_version: None,
            headers: Vec::new(),
            policy: RetryPolicy::new(),
            timeout: None,
            attempt_timeout: Some(ATTEMPT_TIMEOUT),
            max_response_bytes: MAX_RESPONSE,
            max_download_bytes: MAX_DOWNLOAD,
            rate_limit: api.rate_limit,
            transport: None,
        }
    }

    /// Where the API stands; a path in it is put before the path of every operation. Of SOAP it is the address of the service.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The secret of a security scheme.
    pub fn credential(mut self, scheme: &'static str, secret: impl Into<Secret>) -> Self {
        self.credentials.push((scheme, Given::Secret(secret.into())));
        self
    }

    /// User and password of a security scheme that gives out tokens.
    pub fn login(mut self, scheme: &'static str, login: PasswordLogin) -> Self {
        self.credentials.push((scheme, Given::Login(login)));
        self
    }

    /// The credential of a security scheme that is an element of every SOAP request.
    #[cfg(feature = "soap")]
    pub fn element_credential(mut self, scheme: &'static str, value: &dyn ToXml) -> Self {
        self.credentials.push((scheme, Given::Element(Element::new(self.api.schemes, scheme, value))));
        self
    }

    /// The SOAP version of the requests. SOAP 1.1 if not set and the service speaks it; answers may be of either.
    ///
    /// An operation that the service does not offer in this version is called in the one that it is offered in.
    #[cfg(feature = "soap")]
    pub fn soap_version(mut self, version: SoapVersion) -> Self {
        self.soap_version = Some(version);
        self
    }

    /// A header for every request that does not set it itself.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The time for a whole call: all attempts and the waits between and before them. Unlimited if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(bounded(timeout));
        self
    }

    /// The time for one attempt, from connecting to the last byte of the answer; of a download to the answer's head, and then
    /// for each piece. 60 seconds if not set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(bounded(timeout));
        self
    }

    /// How often, and after which waits, failed calls are sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// How many requests are sent in how much time; further ones wait for their turn. What the API says, if not set.
    /// What its answers say about limits is obeyed in any case.
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.rate_limit = limit.into();
        self
    }

    /// The largest answer accepted, in bytes. 64 MiB if not set.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// The largest [`Download`](crate::Download) accepted, in bytes: it is never in memory as a whole. 4 GiB if not set.
    pub fn max_download_bytes(mut self, bytes: u64) -> Self {
        self.max_download_bytes = bytes;
        self
    }

    /// What carries the requests: another HTTP client, or a [`MemoryTransport`](crate::MemoryTransport) in tests.
    pub fn transport(mut self, transport: Arc<M::Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// When the base URL is missing or no such URL, or a credential or header has characters that cannot be sent.
    pub fn build(self) -> Result<Client<M>, ConfigError> {
        let core = Core {
            base: base(self.base_url.as_deref())?,
            credentials: Credentials::new(self.api.schemes, &self.credentials)?,
            #[cfg(feature = "soap")]
            soap_version: self.soap_version,
            headers: headers(self.api.user_agent, &self.headers)?,
            policy: self.policy,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            max_response_bytes: self.max_response_bytes,
            max_download_bytes: self.max_download_bytes,
            turns: Turns::new(self.rate_limit),
        };
        let transport = self.transport.map_or_else(M::default_transport, Ok)?;
        Ok(Client { core: Arc::new(core), transport })
    }
}

/// Not derived: that would ask the transport to be `Clone`.
impl<M: Mode> Clone for ClientBuilder<M> {
    fn clone(&self) -> Self {
        Self {
            api: self.api,
            base_url: self.base_url.clone(),
            credentials: self.credentials.clone(),
            headers: self.headers.clone(),
            transport: self.transport.clone(),
            ..*self
        }
    }
}

impl<M: Mode> fmt::Debug for ClientBuilder<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set: Vec<&str> = self.credentials.iter().map(|(scheme, _)| *scheme).collect();
        f.debug_struct("ClientBuilder").field("credentials", &set).finish_non_exhaustive()
    }
}

fn base(url: Option<&str>) -> Result<BaseUrl, ConfigError> {
    let Some(url) = url else {
        return Err(ConfigError::new("the API has no fixed address: set it with `.base_url(..)`"));
    };
    // The text itself is not shown: what it is refused for may be a password in it.
    url.parse().map_err(|error| ConfigError::new(format!("the base URL is refused: {error}")))
}

fn headers(user_agent: &'static str, given: &[(String, String)]) -> Result<HeaderMap, ConfigError> {
    let mut headers = HeaderMap::new();
    if let Ok(user_agent) = HeaderValue::try_from(user_agent) {
        headers.insert(USER_AGENT, user_agent);
    }
    for (name, value) in given {
        let (name, value) = header(name, value).map_err(|why| ConfigError::new(format!("header {name:?} is refused: {why}")))?;
        headers.insert(name, value);
    }
    Ok(headers)
}
