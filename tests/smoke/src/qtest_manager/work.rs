//! What is not done alike in both modes: crowds, jobs and downloads.

use super::Drive;
use crate::drive::block_on;
use qtest_manager::types::Error as Fault;
use qtest_manager::{Error, JobError, Request, Wait};
use std::sync::Arc;
use std::thread;
use tms_runtime::codegen::{Downloads, Operation, Submits};
use tms_runtime::{Async, Blocking};
use tokio::task::JoinSet;

/// A mode that tests can do more in than send single requests.
pub trait Work: Drive {
    /// Lets workers send their requests, each its own one after another, and all workers at the same time. Returns what failed.
    fn crowd<O: Operation<Fault = Fault> + 'static>(
        workers: Vec<Vec<Request<Self, O>>>,
        before_each: impl Fn() + Send + Sync + 'static,
    ) -> Vec<Error>;

    /// Waits for the job that a request answers.
    ///
    /// # Errors
    /// When a call fails, the job fails, or it takes too long.
    fn wait<O: Submits>(request: Request<Self, O>, wait: Wait) -> Result<O::Output, JobError<O::Output, O::Fault>>;

    /// Downloads a file piece by piece.
    ///
    /// # Errors
    /// Those of the call and of the transfer.
    fn download<O: Downloads<Fault = Fault>>(request: Request<Self, O>) -> Result<Vec<u8>, Error>;
}

impl Work for Async {
    fn crowd<O: Operation<Fault = Fault> + 'static>(
        workers: Vec<Vec<Request<Self, O>>>,
        before_each: impl Fn() + Send + Sync + 'static,
    ) -> Vec<Error> {
        let before_each = Arc::new(before_each);
        let work = |requests: Vec<Request<Self, O>>| {
            let before_each = Arc::clone(&before_each);
            async move {
                let mut errors = Vec::new();
                for request in requests {
                    before_each();
                    errors.extend(request.send().await.err());
                }
                errors
            }
        };
        block_on(async {
            let workers: JoinSet<Vec<Error>> = workers.into_iter().map(work).collect();
            workers.join_all().await.into_iter().flatten().collect()
        })
    }

    fn wait<O: Submits>(request: Request<Self, O>, wait: Wait) -> Result<O::Output, JobError<O::Output, O::Fault>> {
        block_on(request.send_and_wait(wait))
    }

    fn download<O: Downloads<Fault = Fault>>(request: Request<Self, O>) -> Result<Vec<u8>, Error> {
        block_on(async {
            let (mut content, mut download) = (Vec::new(), request.download().await?);
            while let Some(chunk) = download.chunk().await? {
                content.extend_from_slice(&chunk);
            }
            Ok(content)
        })
    }
}

impl Work for Blocking {
    fn crowd<O: Operation<Fault = Fault> + 'static>(
        workers: Vec<Vec<Request<Self, O>>>,
        before_each: impl Fn() + Send + Sync + 'static,
    ) -> Vec<Error> {
        let work = |requests: Vec<Request<Self, O>>| {
            let send = |request: Request<Self, O>| {
                before_each();
                request.send().err()
            };
            requests.into_iter().filter_map(send).collect::<Vec<_>>()
        };
        thread::scope(|scope| {
            let threads: Vec<_> = workers.into_iter().map(|requests| scope.spawn(|| work(requests))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|_| panic!("a worker panicked"))).collect()
        })
    }

    fn wait<O: Submits>(request: Request<Self, O>, wait: Wait) -> Result<O::Output, JobError<O::Output, O::Fault>> {
        request.send_and_wait(wait)
    }

    fn download<O: Downloads<Fault = Fault>>(request: Request<Self, O>) -> Result<Vec<u8>, Error> {
        let mut content = Vec::new();
        request.download()?.copy_to(&mut content)?;
        Ok(content)
    }
}
