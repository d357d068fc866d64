//! Clients: what all calls have in common.

mod builder;

pub use builder::ClientBuilder;

use crate::base_url::BaseUrl;
use crate::credentials::{Credentials, Given, Scheme};
use crate::engine::Plan;
use crate::error::{ConfigError, Failure};
use crate::login::{Flight, PasswordLogin};
use crate::mode::{Async, Mode};
use crate::operation::{Operation, Retry};
use crate::parts::Parts;
use crate::rate::{RateLimit, Turns};
use crate::request::{Options, Request};
use crate::retry::RetryPolicy;
use crate::secret::Secret;
#[cfg(feature = "soap")]
use crate::{
    soap::{Element, SoapVersion},
    xml::ToXml,
};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The facts about an API that its client starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    /// Name and version of the client crate, such as `qase/0.1.0`.
    pub user_agent: &'static str,
    /// Where the API stands, if it stands at one place.
    pub base_url: Option<&'static str>,
    /// Its security schemes.
    pub schemes: &'static [Scheme],
    /// What it says about the number of requests.
    pub rate_limit: Option<RateLimit>,
}

/// A client: address, credentials, rules, and the connections they are used on.
///
/// Cheap to clone; clones share connections and rate limit.
pub struct Client<M: Mode = Async> {
    pub(crate) core: Arc<Core>,
    pub(crate) transport: Arc<M::Transport>,
}

/// What a client has besides its transport.
#[derive(Clone)]
pub(crate) struct Core {
    base: BaseUrl,
    credentials: Credentials,
    #[cfg(feature = "soap")]
    soap_version: Option<SoapVersion>,
    headers: HeaderMap,
    policy: RetryPolicy,
    timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_response_bytes: u64,
    pub(crate) max_download_bytes: u64,
    pub(crate) turns: Turns,
}

impl<M: Mode> Client<M> {
    /// Starts building a client of an API.
    pub fn builder(api: &'static Api) -> ClientBuilder<M> {
        ClientBuilder::new(api)
    }

    /// A request of an operation, to be refined and sent.
    pub fn request<O: Operation>(&self, operation: O) -> Request<M, O> {
        Request::new(self, operation)
    }

    /// Where the API stands.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.core.base
    }

    /// The same client with another secret of a security scheme, on the same connections and under the same rate limit.
    ///
    /// # Errors
    /// When the API has no such security scheme, or the secret is empty or has characters that cannot be sent.
    pub fn with_credential(&self, scheme: &'static str, secret: impl Into<Secret>) -> Result<Self, ConfigError> {
        self.with(scheme, &Given::Secret(secret.into()))
    }

    /// The same client with another login, on the same connections and under the same rate limit.
    ///
    /// # Errors
    /// When the API has no such security scheme, or the login cannot be used.
    pub fn with_login(&self, scheme: &'static str, login: PasswordLogin) -> Result<Self, ConfigError> {
        self.with(scheme, &Given::Login(login))
    }

    /// The same client with another credential, on the same connections and under the same rate limit.
    ///
    /// # Errors
    /// When the API has no such security scheme, or the credential is empty or cannot be written as XML.
    #[cfg(feature = "soap")]
    pub fn with_element_credential(&self, scheme: &'static str, value: &dyn ToXml) -> Result<Self, ConfigError> {
        self.with(scheme, &Given::Element(Element::new(self.core.credentials.schemes(), scheme, value)))
    }

    fn with(&self, scheme: &'static str, given: &Given) -> Result<Self, ConfigError> {
        let credentials = self.core.credentials.with(scheme, given)?;
        let core = Core { credentials, ..Core::clone(&self.core) };
        Ok(Self { core: Arc::new(core), transport: Arc::clone(&self.transport) })
    }

    /// What an operation means for this client.
    pub(crate) fn plan<O: Operation>(&self, operation: &O, options: &Options) -> Result<Plan, Failure> {
        let mut parts = Parts::new(const { &O::INFO });
        operation.encode(&mut parts).map_err(Failure::Build)?;
        self.core.plan(parts, options)
    }
}

#[cfg(feature = "async")]
impl Client<Async> {
    /// Waits by the transport's own time. For emitted code.
    #[doc(hidden)]
    pub fn sleep(&self, time: Duration) -> crate::transport::BoxFuture<'static, ()> {
        let transport = Arc::clone(&self.transport);
        Box::pin(async move { transport.sleep(time).await })
    }

    /// The transport's own time.
    pub(crate) fn now(&self) -> Instant {
        self.transport.now()
    }
}

#[cfg(feature = "blocking")]
impl Client<crate::mode::Blocking> {
    /// Waits by the transport's own time. For emitted code.
    #[doc(hidden)]
    pub fn sleep(&self, time: Duration) {
        self.transport.sleep(time);
    }

    /// The transport's own time.
    pub(crate) fn now(&self) -> Instant {
        self.transport.now()
    }
}

impl Core {
    /// How a token is asked for, within this time.
    pub(crate) fn plan_login(&self, flight: &Flight, time: Option<Duration>) -> Result<Plan, Failure> {
        let mut plan = self.plan(flight.request(), &Options::default())?;
        plan.timeout = [plan.timeout, time].into_iter().flatten().min();
        plan.redaction = plan.redaction.joined(&flight.redaction());
        Ok(plan)
    }

    fn plan(&self, mut parts: Parts, options: &Options) -> Result<Plan, Failure> {
        let info = parts.info();
        let session = self.credentials.apply(info, &mut parts).map_err(Failure::Auth)?;
        #[cfg(feature = "soap")]
        if let Some(version) = self.soap_version {
            parts.soap_version(version);
        }
        #[cfg(feature = "soap")]
        let soap = parts.is_soap();
        let may_leave = parts.may_leave();
        let (mut request, secrets) = parts.finish(&self.base).map_err(Failure::Build)?;
        let redaction = self.credentials.redaction().and(secrets);
        let headers = request.headers_mut();
        for (name, value) in &self.headers {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        options.write_headers(info, headers).map_err(Failure::Build)?;
        Ok(Plan {
            info,
            request,
            may_leave,
            streamed: false,
            redaction,
            session: session.filter(|_| !options.sets(&AUTHORIZATION)),
            #[cfg(feature = "soap")]
            soap,
            timeout: options.timeout.or(self.timeout),
            policy: options.retry.unwrap_or(self.policy),
            retry: if options.repeatable { Retry::Idempotent } else { info.retry },
        })
    }
}

/// Not derived: that would ask the transport to be `Clone`.
impl<M: Mode> Clone for Client<M> {
    fn clone(&self) -> Self {
        Self { core: Arc::clone(&self.core), transport: Arc::clone(&self.transport) }
    }
}

impl<M: Mode> fmt::Debug for Client<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.core.base)
    }
}

/// A header as a user gives it. The value may be a secret.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "the name has characters that cannot stand there")?;
    if name == http::header::CONTENT_LENGTH || name == http::header::TRANSFER_ENCODING {
        return Err("it follows from the body");
    }
    let mut value = HeaderValue::try_from(value).map_err(|_| "the value has characters that cannot stand there")?;
    value.set_sensitive(true);
    Ok((name, value))
}
