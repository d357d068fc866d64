//! `bless`: accept current output as golden.

use crate::{Call, Done, exec};

pub fn run(call: &Call) -> Done {
    call.no_names()?;
    let mut tests = exec::cargo(&["test", "--package", "tms-codegen"]);
    tests.env("TMS_BLESS", "1");
    exec::run(tests, "the generator's golden tests")?;
    let mut promises = exec::cargo(&["test", "--package", "tms-promises"]);
    promises.env("TRYBUILD", "overwrite");
    exec::run(promises, "the compile-time promises")?;
    println!("golden files are up to date; read the diff before committing it");
    Ok(())
}
