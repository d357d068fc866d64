//! Carries calls out without blocking.

use super::{Arc, Body, Bytes, Core, Failure, Limits, Moment, Opened, Plan, Raw, Run, Step, TransportError, TransportErrorKind};
use crate::transport::{AsyncBody, AsyncTransport};
use std::future::poll_fn;

pub(crate) async fn run_async(core: Arc<Core>, transport: Arc<dyn AsyncTransport>, plan: Result<Plan, Failure>) -> Result<Raw, Failure> {
    let mut run = Run::new(core, plan?, transport.now());
    let trace = run.trace.clone();
    trace.around(work(&mut run, transport.as_ref(), &mut None)).await
}

pub(crate) async fn open_async(
    core: Arc<Core>,
    transport: Arc<dyn AsyncTransport>,
    plan: Result<Plan, Failure>,
) -> Result<Opened<dyn AsyncBody>, Failure> {
    let mut run = Run::new(core, Plan { streamed: true, ..plan? }, transport.now());
    let trace = run.trace.clone();
    let mut body = None;
    let raw = trace.around(work(&mut run, transport.as_ref(), &mut body)).await?;
    Ok(run.opened(raw, body))
}

async fn work(run: &mut Run, transport: &dyn AsyncTransport, body: &mut Option<Box<dyn AsyncBody>>) -> Result<Raw, Failure> {
    let mut step = run.go(transport.now());
    loop {
        step = match step {
            Step::Wait(time) => {
                transport.sleep(time).await;
                run.go(transport.now())
            }
            Step::Send(request, limits) => {
                let outcome = if run.plan.streamed {
                    // In a box, so that calls that stream nothing need no room for it.
                    Box::pin(open(transport, request, limits, run.core.max_response_bytes, body)).await
                } else {
                    transport.send(request, limits).await
                };
                run.answered(outcome, &Moment::at(transport.now()))
            }
            Step::Done(result) => return result,
        };
    }
}

/// Puts the body of a success aside and reads that of anything else.
async fn open(
    transport: &dyn AsyncTransport,
    request: http::Request<Body>,
    limits: Limits,
    most: u64,
    aside: &mut Option<Box<dyn AsyncBody>>,
) -> Result<http::Response<Bytes>, TransportError> {
    let (head, mut body) = transport.open(request, limits).await?.into_parts();
    let mut read = Vec::new();
    if head.status.is_success() {
        *aside = Some(body);
    } else {
        while let Some(chunk) = poll_fn(|context| body.poll_chunk(context)).await {
            read.extend_from_slice(&chunk?);
            if u64::try_from(read.len()).is_ok_and(|read| read > most) {
                return Err(TransportErrorKind::TooLarge.into());
            }
        }
    }
    Ok(http::Response::from_parts(head, read.into()))
}
