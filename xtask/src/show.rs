//! `show`: what the generator understood, and what it would write.

use tms_codegen::ir::{self, Operation};
use tms_codegen::pipeline;

use crate::{Call, Done, Failure, known_apis, report, root, spec};

pub fn run(call: &Call) -> Done {
    match call.names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ir", api] => show_ir(api, &|_| true),
        ["ir", api, wanted] => show_ir(api, &|operation| operation.id == *wanted || operation.name == *wanted),
        ["plan", api] => show_plan(api),
        _ => Err(Failure::Broken("`show` takes `ir <api> [operation]` or `plan <api>`".into())),
    }
}

fn path(api: &str) -> Result<std::path::PathBuf, Failure> {
    Ok(if known_apis()?.iter().any(|known| known == api) { spec(api) } else { api.into() })
}

fn show_ir(api: &str, wanted: &dyn Fn(&Operation) -> bool) -> Done {
    let lowered = pipeline::lower(&path(api)?, &root());
    report::print(&lowered.report, &lowered.sources);
    let Some(understood) = lowered.api.filter(|_| !lowered.report.is_fatal()) else {
        return Err(Failure::Found(format!("{api}: nothing to show")));
    };
    if !understood.resources.iter().flat_map(|resource| &resource.operations).any(wanted) {
        return Err(Failure::Found(format!("{api} has no such operation (`cargo xtask show ir {api}` lists them)")));
    }
    print!("{}", ir::show(&understood, wanted));
    Ok(())
}

fn show_plan(api: &str) -> Done {
    let outcome = pipeline::generate(&path(api)?, &root());
    report::print(&outcome.report, &outcome.sources);
    let Some(generated) = outcome.generated else {
        return Err(Failure::Found(format!("{api}: nothing would be written")));
    };
    let plan = &generated.plan;
    let print = |action: &str, path: &str| println!("{action}  generated/{}/{path}", outcome.package);
    plan.created().for_each(|path| print("create   ", path));
    plan.changed().for_each(|path| print("change   ", path));
    plan.deleted().for_each(|path| print("delete   ", path));
    plan.unchanged().for_each(|path| print("unchanged", path));
    Ok(())
}
