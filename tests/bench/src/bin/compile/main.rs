//! What the generated crate costs its users at compile time: `cargo xtask bench compile`. Takes minutes.

mod baseline;
mod cargo;
mod cost;
mod disk;
mod sandbox;
mod table;
mod users;

use cargo::Cargo;
use sandbox::Sandbox;
use std::path::Path;
use std::process::{Command, ExitCode};
use tms_bench::contest::median;
use tms_bench::table::{Table, seconds};

/// What kept the benchmark from running.
type Broken = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Broken> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = here.ancestors().nth(2).ok_or("this package has moved")?;
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or("this program has moved")?;
    let sandbox = Sandbox::new(repository, target.join("compile-cost"))?;

    println!("{} again, dependencies built, src/lib.rs touched, -j1, no incremental compilation, CPU time:", sandbox::CRATE);
    let mut table = Table::new();
    cost::compare(&sandbox, &mut table)?;
    println!("{table}");

    println!("Whole trees, from nothing, TLS included:");
    users::report(&sandbox)?;

    println!();
    regenerate(repository, target)
}

/// What the generator takes, compiled as `cargo xtask` compiles it.
fn regenerate(repository: &Path, target: &Path) -> Result<(), Broken> {
    let mut build = Cargo::new(repository, &["build", "--manifest-path", "xtask/Cargo.toml"]);
    let folder = target.join("compile-cost/xtask");
    build.args(&["--target-dir", &folder.to_string_lossy()]).run()?;
    let mut times = Vec::new();
    for _ in 0..5 {
        let mut xtask = Command::new(folder.join("debug/xtask"));
        let (reading, ..) = cargo::run(xtask.args(["regenerate", "--check", sandbox::CRATE]).current_dir(repository))?;
        times.push(reading.cpu);
    }
    println!("cargo xtask regenerate --check {}: {} CPU (dev profile, built already)", sandbox::CRATE, seconds(median(&times)));
    Ok(())
}
