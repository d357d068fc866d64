//! Hosts: how a computer becomes one, and what a client can do as one.

use super::AgentLoop;
#[cfg(feature = "async")]
use super::Stopped;
use crate::hosts::{self, Hosts};
use crate::runs::Runs;
use crate::types::{self, Host, NewHost};
use crate::{ApiClient, ConfigError, Error, Mode, Request, Secret, StatusCode};
#[cfg(feature = "async")]
use std::time::Duration;

impl<M: Mode> ApiClient<M> {
    /// The client that speaks for this host, with its number and its security token; connections are shared.
    ///
    /// # Errors
    /// When the host has no security token: only registering and finding a host tells it.
    pub fn as_host(&self, host: &Host) -> Result<HostClient<M>, ConfigError> {
        let token = host.security_token.as_ref().map(Secret::expose).filter(|token| !token.is_empty());
        // An empty credential is refused: there is no need for words of our own.
        let credential = token.map_or_else(|| Secret::from(""), |token| Secret::basic(&host.id.to_string(), token));
        let runtime = self.runtime.with_credential("HostToken", credential)?;
        Ok(HostClient { client: ApiClient { runtime }, id: host.id })
    }
}

/// A client that speaks for a host: [`as_host`](ApiClient::as_host).
#[derive(Clone, Debug)]
pub struct HostClient<M: Mode> {
    client: ApiClient<M>,
    id: i64,
}

impl<M: Mode> HostClient<M> {
    /// The number of the host.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Its runs.
    #[must_use]
    pub fn runs(&self) -> Runs<M> {
        self.client.runs(self.id)
    }

    /// Reads the host.
    pub fn get(&self) -> Request<M, hosts::Get> {
        self.client.hosts().get(self.id)
    }

    /// Changes the host; members left out keep their value.
    pub fn update(&self, body: types::HostUpdate) -> Request<M, hosts::Update> {
        self.client.hosts().update(self.id, body)
    }

    /// The loop that waits for its runs and has this test runner's scripts run.
    pub fn agent(&self, agent: impl Into<types::Agent>) -> AgentLoop<M> {
        AgentLoop::new(self.clone(), agent.into())
    }
}

#[cfg(feature = "async")]
impl HostClient<crate::Async> {
    /// Waits so long, but not if loops are to end.
    pub(super) async fn pause(&self, time: Duration, stopped: Stopped) {
        stopped.or(self.client.runtime.sleep(time)).await;
    }

    /// The whole list of waiting runs.
    pub(super) async fn waiting(&self) -> Result<Vec<types::Run>, Error> {
        let mut items = self.runs().current().items();
        let mut runs = Vec::new();
        while let Some(run) = items.next().await? {
            runs.push(run);
        }
        Ok(runs)
    }
}

impl<M: Mode> Hosts<M> {
    fn named(&self, host: &NewHost) -> Request<M, hosts::Find> {
        let mut request = self.find(&host.host_name);
        request.operation_mut().dept_id = host.dept_id;
        request
    }
}

#[cfg(feature = "async")]
impl Hosts<crate::Async> {
    /// Finds the host of this name, or registers it if there is none. A host that is there is not changed.
    ///
    /// # Errors
    /// When neither finding nor registering succeeds.
    pub async fn find_or_register(&self, host: NewHost) -> Result<Host, Error> {
        let name = self.named(&host);
        match name.clone().send().await {
            Err(error) if is_missing(&error) => {}
            found => return found,
        }
        match self.register(host).send().await {
            Err(error) if may_exist(&error) => name.send().await.map_err(|again| the_telling(error, again)),
            registered => registered,
        }
    }
}

#[cfg(feature = "blocking")]
impl Hosts<crate::Blocking> {
    /// Finds the host of this name, or registers it if there is none. A host that is there is not changed.
    ///
    /// # Errors
    /// When neither finding nor registering succeeds.
    pub fn find_or_register(&self, host: NewHost) -> Result<Host, Error> {
        let name = self.named(&host);
        match name.clone().send() {
            Err(error) if is_missing(&error) => {}
            found => return found,
        }
        match self.register(host).send() {
            Err(error) if may_exist(&error) => name.send().map_err(|again| the_telling(error, again)),
            registered => registered,
        }
    }
}

fn is_missing(error: &Error) -> bool {
    error.status() == Some(StatusCode::NOT_FOUND)
}

/// Whether the host may be there although it was not registered: somebody else was faster (500), or the answer was lost.
fn may_exist(error: &Error) -> bool {
    error.is_retryable()
}

/// Which error says more: that of registering, if the host is still missing.
fn the_telling(registering: Error, finding: Error) -> Error {
    if is_missing(&finding) { registering } else { finding }
}
