//! `lint`: what is wrong with a spec, without generating anything.

use tms_codegen::diagnostic::Level;
use tms_codegen::pipeline;

use crate::{Call, Done, Failure, known_apis, report, root, spec};

pub fn run(call: &Call) -> Done {
    let known = known_apis()?;
    let names = if call.names.is_empty() { &known } else { &call.names };
    let mut wrong = 0;
    for name in names {
        let path = if known.contains(name) { spec(name) } else { name.into() };
        let lowered = pipeline::lower(&path, &root());
        report::print(&lowered.report, &lowered.sources);
        let count = |level: Level| lowered.report.iter().filter(|problem| problem.level() == level).count();
        let errors = count(Level::Error) + count(Level::Ice);
        let (unsupported, warnings) = (count(Level::Unsupported), count(Level::Warning));
        println!("{name}: {} operations, {errors} errors, {unsupported} unsupported, {warnings} warnings", lowered.declared);
        wrong += errors;
    }
    if wrong == 0 { Ok(()) } else { Err(Failure::Found(format!("lint: {wrong} errors"))) }
}
