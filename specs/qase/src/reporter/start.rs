//! Starting a run, whose number must be known to go on.

use crate::types::NewRun;
use crate::{ENVELOPE, runs, types};
use tms_runtime::codegen::{DecodeError, EncodeError, Extra, Info, Operation, Parts, Raw, object};

/// As [`runs::Create`], but an answer without a number is an error.
#[derive(Clone, Debug)]
pub(super) struct StartRun(runs::Create);

#[derive(Clone, Debug)]
pub(super) struct Started {
    pub(super) id: i64,
    extra: Extra,
}

object! { Started { "id" => id! } }

impl StartRun {
    pub(super) fn new(project: &str, run: NewRun) -> Self {
        Self(runs::Create::new(project, run))
    }
}

impl Operation for StartRun {
    type Output = Started;
    type Fault = types::ErrorBody;
    const INFO: Info = runs::Create::INFO;

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        self.0.encode(parts)
    }

    fn decode(raw: &Raw) -> Result<Self::Output, DecodeError> {
        raw.json_at_or_whole(&ENVELOPE)
    }
}
