//! What only one mode at a time can do: the agent loop and downloads.

use super::Drive;
use crate::drive::block_on;
use qacomplete_automation::agent::{AgentLoop, BoxError, Job, Place, Runner, TestResult, blocking};
use qacomplete_automation::hosts::Hosts;
use qacomplete_automation::runs::Script;
use qacomplete_automation::types::{Host, NewHost};
use qacomplete_automation::{Error, Request};
use std::io::Read;
use tms_runtime::{Async, Blocking};

/// A mode that tests can work as an agent in.
pub trait Work: Drive {
    /// Runs an agent loop to its end; `test` is told where each test stands and what its script holds.
    ///
    /// # Errors
    /// Those of the loop.
    fn work(agent: AgentLoop<Self>, test: impl FnMut(Place, Vec<u8>) -> TestResult + Send) -> Result<(), Error>;

    /// Finds a host, or registers it.
    ///
    /// # Errors
    /// Those of the calls.
    fn find_or_register(hosts: &Hosts<Self>, host: NewHost) -> Result<Host, Error>;

    /// Downloads a script piece by piece.
    ///
    /// # Errors
    /// Those of the call and of the transfer.
    fn download(request: Request<Self, Script>) -> Result<Vec<u8>, Error>;
}

/// Runs a test once its script is here.
struct Reading<F>(F);

impl<F: FnMut(Place, Vec<u8>) -> TestResult + Send> Runner for Reading<F> {
    async fn run(&mut self, job: Job) -> Result<TestResult, BoxError> {
        let mut script = Vec::new();
        job.script.copy_to(&mut script).await?;
        Ok((self.0)(job.place, script))
    }
}

impl Work for Async {
    fn work(agent: AgentLoop<Self>, test: impl FnMut(Place, Vec<u8>) -> TestResult + Send) -> Result<(), Error> {
        block_on(agent.run(Reading(test)))
    }

    fn find_or_register(hosts: &Hosts<Self>, host: NewHost) -> Result<Host, Error> {
        block_on(hosts.find_or_register(host))
    }

    fn download(request: Request<Self, Script>) -> Result<Vec<u8>, Error> {
        block_on(async {
            let (mut script, mut download) = (Vec::new(), request.download().await?);
            while let Some(chunk) = download.chunk().await? {
                script.extend_from_slice(&chunk);
            }
            Ok(script)
        })
    }
}

impl Work for Blocking {
    fn work(agent: AgentLoop<Self>, mut test: impl FnMut(Place, Vec<u8>) -> TestResult + Send) -> Result<(), Error> {
        agent.run(|mut job: blocking::Job| {
            let mut script = Vec::new();
            job.script.read_to_end(&mut script)?;
            Ok(test(job.place, script))
        })
    }

    fn find_or_register(hosts: &Hosts<Self>, host: NewHost) -> Result<Host, Error> {
        hosts.find_or_register(host)
    }

    fn download(request: Request<Self, Script>) -> Result<Vec<u8>, Error> {
        let mut script = Vec::new();
        request.download()?.copy_to(&mut script)?;
        Ok(script)
    }
}
