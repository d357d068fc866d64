//! `regenerate`: specs to crates, or only whether they agree.

use tms_codegen::diagnostic::Level;
use tms_codegen::pipeline::{self, Generated, Outcome};

use crate::{Call, Done, Failure, report, root, spec};

pub fn run(call: &Call) -> Done {
    let apis = call.apis()?;
    if call.check { check(&apis) } else { write(&apis) }
}

/// Generates all of `apis`, then writes what changed. An API that does not generate is left as it is.
pub fn write(apis: &[String]) -> Done {
    let mut problems = Vec::new();
    for api in apis {
        let outcome = pipeline::generate(&spec(api), &root());
        let Some(generated) = ready(api, &outcome, &mut problems) else { continue };
        generated.plan.apply().map_err(|error| Failure::Broken(format!("{api}: {error}; generated/{api} was not changed")))?;
        println!("{}: {}; {}", api, counts(&outcome, generated), changes(generated));
    }
    finish(problems)
}

/// Compares what `apis` would generate with what is there.
pub fn check(apis: &[String]) -> Done {
    let mut problems = Vec::new();
    for api in apis {
        let outcome = pipeline::generate(&spec(api), &root());
        let Some(generated) = ready(api, &outcome, &mut problems) else { continue };
        match generated.plan.diff() {
            None => println!("{}: {}; generated/{api} is up to date", api, counts(&outcome, generated)),
            Some(diff) => problems.push(format!("{api}: generated/{api} is stale\n{diff}")),
        }
    }
    finish(problems)
}

/// Prints what was found; notes a failure when there is nothing to write or a declared operation is missing by fault of the spec.
fn ready<'a>(api: &str, outcome: &'a Outcome, problems: &mut Vec<String>) -> Option<&'a Generated> {
    report::print(&outcome.report, &outcome.sources);
    let wrong = outcome.report.iter().filter(|problem| matches!(problem.level(), Level::Error | Level::Ice)).count();
    match &outcome.generated {
        None => {
            problems.push(format!("{api}: nothing was generated, generated/{api} is untouched ({wrong} errors)"));
            None
        }
        Some(generated) => {
            if wrong > 0 {
                problems.push(format!("{api}: {wrong} errors; the operations they stand in were left out"));
            }
            Some(generated)
        }
    }
}

fn counts(outcome: &Outcome, generated: &Generated) -> String {
    format!("{} of {} operations, {} files", generated.emitted, outcome.declared, generated.files.len())
}

fn changes(generated: &Generated) -> String {
    let plan = &generated.plan;
    let (written, removed) = (plan.created().count() + plan.changed().count(), plan.deleted().count());
    format!("{written} written, {removed} removed, {} unchanged", plan.unchanged().count())
}

fn finish(problems: Vec<String>) -> Done {
    if problems.is_empty() { Ok(()) } else { Err(Failure::Found(problems.join("\n"))) }
}
