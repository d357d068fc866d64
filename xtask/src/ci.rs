//! `ci`: exactly what CI runs.

use std::time::Instant;

use crate::{Call, Done, coverage, exec, known_apis, regenerate, tidy};

pub fn run(call: &Call) -> Done {
    call.no_names()?;
    let start = Instant::now();
    step("tidy", tidy::check)?;
    step("formatting", || {
        exec::run(exec::cargo(&["fmt", "--all", "--check"]), "`cargo fmt --all --check` (`cargo fmt --all` repairs it)")?;
        exec::run(exec::cargo(&["fmt", "--manifest-path", "xtask/Cargo.toml", "--check"]), "formatting of xtask")
    })?;
    step("regenerate --check", || regenerate::check(&known_apis()?))?;
    step("clippy", || {
        exec::run(exec::cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]), "clippy")?;
        exec::run(exec::cargo(&["clippy", "--manifest-path", "xtask/Cargo.toml", "--", "-D", "warnings"]), "clippy of xtask")
    })?;
    step("tests", || exec::run(exec::cargo(&["test", "--workspace", "--all-features"]), "the tests"))?;
    for api in known_apis()? {
        step(&format!("features of {api}"), || features(&api))?;
    }
    step("documentation", || {
        let mut doc = exec::cargo(&["doc", "--workspace", "--all-features", "--no-deps"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        exec::run(doc, "the documentation")
    })?;
    step("packages", packages)?;
    step("coverage", coverage::check)?;
    println!("ci: all steps passed in {} s", start.elapsed().as_secs());
    Ok(())
}

fn step(name: &str, run: impl FnOnce() -> Done) -> Done {
    println!("== {name}");
    let start = Instant::now();
    run()?;
    println!("== {name}: passed in {} s", start.elapsed().as_secs());
    Ok(())
}

/// Each feature of a generated crate compiles alone, in each mode.
fn features(api: &str) -> Done {
    for resource in tidy::features_of(api)? {
        let only = format!("async,blocking,{resource}");
        exec::run(
            exec::cargo(&["check", "--quiet", "--package", api, "--no-default-features", "--features", &only]),
            &format!("feature `{resource}` of {api} alone"),
        )?;
    }
    for mode in ["async,all", "blocking,all", "all"] {
        exec::run(
            exec::cargo(&["check", "--quiet", "--package", api, "--no-default-features", "--features", mode]),
            &format!("features `{mode}` of {api}"),
        )?;
    }
    Ok(())
}

fn packages() -> Done {
    let apis = known_apis()?;
    let mut args = vec!["package", "--allow-dirty", "--no-verify", "--quiet", "--package", "tms-runtime"];
    for api in &apis {
        args.extend(["--package", api]);
    }
    exec::run(exec::cargo(&args), "packaging")
}
