//! `tms-mock qase`: the mock server as a program.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use tms_mock::{Builder, Mock, qase, serve};

const HELP: &str = "\
Serves a stateful mock of an API until Ctrl-C.

Usage: tms-mock <API> [OPTIONS]

APIs:
  qase                    Qase API v1 and v2
  qase-clients            the same as the vendor's clients know it: today's shapes, other spellings and nulls taken, no limit
  qacomplete              QAComplete REST API v1 and v2
  qacomplete-automation   QAComplete Test Automation REST API v2
  qacomplete-soap         QAComplete SOAP API
  qtest-manager           qTest Manager API

Options:
  --port <N>        listen at this port of 127.0.0.1 (default: a free one)
  --no-rate-limit   answer however many requests come
  -h, --help        print this help

Exit codes: 0 help was asked for, 1 the mock did not start, 2 the arguments are wrong.
";

type Start = fn() -> Builder;

/// What can be mocked.
const APIS: [(&str, Start); 6] = [
    ("qase", Mock::qase),
    ("qase-clients", qase::for_clients),
    ("qacomplete", Mock::qacomplete),
    ("qacomplete-automation", Mock::qacomplete_automation),
    ("qacomplete-soap", Mock::qacomplete_soap),
    ("qtest-manager", Mock::qtest_manager),
];

enum Request {
    Help,
    Serve(Builder),
}

fn main() -> ExitCode {
    match arguments() {
        Ok(Request::Help) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Ok(Request::Serve(builder)) => match serve(builder) {
            Ok(()) => ExitCode::SUCCESS,
            Err(e) => {
                eprintln!("error: the mock did not start: {e}");
                ExitCode::FAILURE
            }
        },
        Err(e) => {
            eprintln!("error: {e}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Request, lexopt::Error> {
    use lexopt::prelude::{Long, Short, Value, ValueExt};

    let mut builder = None;
    let (mut port, mut limited) = (0, true);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Request::Help),
            Long("port") => port = parser.value()?.parse()?,
            Long("no-rate-limit") => limited = false,
            Value(api) if builder.is_none() => {
                let mock = APIS.iter().find(|(name, _)| api == *name).ok_or_else(|| Value(api.clone()).unexpected())?;
                builder = Some((mock.1)());
            }
            other => return Err(other.unexpected()),
        }
    }
    let names = APIS.map(|(name, _)| name).join(", ");
    let builder = builder.ok_or_else(|| format!("which API? There are {names}"))?;
    let builder = builder.address(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    Ok(Request::Serve(if limited { builder } else { builder.rate_limit(None) }))
}
