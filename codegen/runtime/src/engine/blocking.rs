//! Carries calls out on the calling thread.

use super::{Arc, Body, Bytes, Core, Failure, Limits, LogIn, Moment, Opened, Plan, Raw, Run, Step, TransportError, TransportErrorKind};
use crate::transport::{BlockingBody, BlockingTransport};

pub(crate) fn run_blocking(core: Arc<Core>, transport: &dyn BlockingTransport, plan: Result<Plan, Failure>) -> Result<Raw, Failure> {
    let mut run = Run::new(core, plan?, transport.now());
    let trace = run.trace.clone();
    trace.within(|| work(&mut run, transport, &mut None))
}

pub(crate) fn open_blocking(
    core: Arc<Core>,
    transport: &dyn BlockingTransport,
    plan: Result<Plan, Failure>,
) -> Result<Opened<dyn BlockingBody>, Failure> {
    let mut run = Run::new(core, Plan { streamed: true, ..plan? }, transport.now());
    let trace = run.trace.clone();
    let mut body = None;
    let raw = trace.within(|| work(&mut run, transport, &mut body))?;
    Ok(run.opened(raw, body))
}

fn work(run: &mut Run, transport: &dyn BlockingTransport, body: &mut Option<Box<dyn BlockingBody>>) -> Result<Raw, Failure> {
    let mut step = run.go(transport.now());
    loop {
        step = match step {
            Step::Wait(time) => {
                transport.sleep(time);
                run.go(transport.now())
            }
            Step::Send(request, limits) => {
                let outcome = if run.plan.streamed {
                    open(transport, request, limits, run.core.max_response_bytes, body)
                } else {
                    transport.send(request, limits)
                };
                run.answered(outcome, &Moment::at(transport.now()))
            }
            Step::LogIn(login) => {
                let LogIn { run: mut request, flight } = *login;
                let trace = request.trace.clone();
                let result = trace.within(|| work(&mut request, transport, &mut None));
                run.logged_in(flight, result, transport.now())
            }
            Step::Join(wait, limit) => {
                wait.block(limit);
                run.go(transport.now())
            }
            Step::Done(result) => return result,
        };
    }
}

/// Puts the body of a success aside and reads that of anything else.
fn open(
    transport: &dyn BlockingTransport,
    request: http::Request<Body>,
    limits: Limits,
    most: u64,
    aside: &mut Option<Box<dyn BlockingBody>>,
) -> Result<http::Response<Bytes>, TransportError> {
    let (head, mut body) = transport.open(request, limits)?.into_parts();
    let mut read = Vec::new();
    if head.status.is_success() {
        *aside = Some(body);
    } else {
        let mut buffer = [0; 8 * 1024];
        loop {
            let count = body.read(&mut buffer)?;
            read.extend_from_slice(&buffer[..count]);
            match count {
                0 => break,
                _ if u64::try_from(read.len()).is_ok_and(|read| read > most) => return Err(TransportErrorKind::TooLarge.into()),
                _ => {}
            }
        }
    }
    Ok(http::Response::from_parts(head, read.into()))
}
