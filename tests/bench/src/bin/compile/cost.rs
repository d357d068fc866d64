//! What it takes to build the generated crate and the baselines again.

use crate::cargo::Cargo;
use crate::sandbox::{CRATE, DERIVED, EAGER, LAZY, Sandbox, TYPES};
use crate::{Broken, disk};
use tms_bench::clock::Reading;
use tms_bench::contest::Times;
use tms_bench::table::{Aim, Table};

const ROUNDS: usize = 3;

/// A way to build.
struct Step {
    name: &'static str,
    args: &'static [&'static str],
    aim: Aim,
}

const STEPS: &[Step] = &[
    Step { name: "check", args: &["check"], aim: Aim::Cost(0.3) },
    Step { name: "dev build", args: &["build"], aim: Aim::NoCost },
    Step { name: "release build", args: &["build", "--release"], aim: Aim::Cost(0.3) },
];

/// Builds the packages in turns, each after its root file was touched, dependencies being built already; what cargo takes when
/// nothing is to be done is not counted.
pub(crate) fn compare(sandbox: &Sandbox, table: &mut Table) -> Result<(), Broken> {
    for step in STEPS {
        let packages = [CRATE, LAZY, EAGER, TYPES, DERIVED];
        for package in packages {
            build(sandbox, step, package).run()?;
        }
        let mut times = packages.map(|_| Times::default());
        for round in 0..ROUNDS {
            for turn in 0..packages.len() {
                let index = (turn + round) % packages.len();
                times[index].push(rebuild(sandbox, step, packages[index])?, 1);
            }
        }
        let [whole, lazy, eager, types, derived] = &times;
        table.cpu(step.name, "serde derive, #[inline] functions", (whole, lazy), step.aim);
        table.cpu(step.name, "serde derive, plain functions", (whole, eager), Aim::NoCost);
        table.cpu(&format!("{}, types alone", step.name), "serde derive", (types, derived), step.aim);
    }
    Ok(())
}

fn build(sandbox: &Sandbox, step: &Step, package: &str) -> Cargo {
    let mut cargo = Cargo::new(sandbox.root(), step.args);
    cargo.args(&["-j1", "-p", package]).env("CARGO_INCREMENTAL", "0");
    if package == CRATE {
        cargo.args(&["--no-default-features", "--features", "all,async,blocking"]);
    }
    cargo
}

fn rebuild(sandbox: &Sandbox, step: &Step, package: &str) -> Result<Reading, Broken> {
    let (idle, _) = build(sandbox, step, package).run()?;
    disk::touch(&sandbox.package(package).join("src/lib.rs"))?;
    let (busy, said) = build(sandbox, step, package).run()?;
    let built = said.lines().filter(|line| line.contains("Checking") || line.contains("Compiling")).count();
    if built != 1 {
        return Err(format!("one package was to be built, not {built}: {said}").into());
    }
    Ok(busy - idle)
}
