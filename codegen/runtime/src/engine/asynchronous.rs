//! Carries calls out without blocking.

use super::{Arc, Body, Bytes, Core, Failure, Limits, LogIn, Moment, Opened, Plan, Raw, Run, Step, TransportError, TransportErrorKind};
use crate::login::Wait;
use crate::transport::{AsyncBody, AsyncTransport, BoxFuture};
use std::future::poll_fn;
use std::task::Poll;

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
            Step::LogIn(login) => {
                let LogIn { run: mut request, flight } = *login;
                let result = token(&mut request, transport).await;
                run.logged_in(flight, result, transport.now())
            }
            Step::Join(wait, limit) => {
                join(&wait, limit.map(|limit| transport.sleep(limit))).await;
                run.go(transport.now())
            }
            Step::Done(result) => return result,
        };
    }
}

/// Asks for a token. In a box, since it is work within work.
fn token<'a>(run: &'a mut Run, transport: &'a dyn AsyncTransport) -> BoxFuture<'a, Result<Raw, Failure>> {
    let trace = run.trace.clone();
    Box::pin(async move { trace.around(work(run, transport, &mut None)).await })
}

/// Waits for somebody else's token, until the time is over.
async fn join(wait: &Wait, mut over: Option<BoxFuture<'_, ()>>) {
    poll_fn(|context| match (wait.poll(context), &mut over) {
        (Poll::Pending, Some(over)) => over.as_mut().poll(context),
        (poll, _) => poll,
    })
    .await;
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
