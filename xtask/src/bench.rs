//! `bench`: ratios against baselines, never absolute promises.

use crate::{Call, Done, exec};

pub fn run(call: &Call) -> Done {
    call.no_names()?;
    exec::run(exec::cargo(&["bench", "--package", "tms-bench"]), "the benchmarks")
}
