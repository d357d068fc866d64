//! `bench`: ratios against baselines, never absolute promises.

use crate::{Call, Done, Failure, exec};

pub fn run(call: &Call) -> Done {
    match call.names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => exec::run(exec::cargo(&["bench", "--package", "tms-bench"]), "the benchmarks"),
        ["compile"] => {
            let args = ["run", "--release", "--package", "tms-bench", "--bin", "compile"];
            exec::run(exec::cargo(&args), "the benchmark of compile costs")
        }
        _ => Err(Failure::Broken("`bench` takes nothing or `compile`".to_owned())),
    }
}
