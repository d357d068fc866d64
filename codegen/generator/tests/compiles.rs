//! What is generated compiles without a warning: every golden and the APIs made by hand, with all features and with none, and
//! each resource alone.

#[path = "support/golden.rs"]
mod golden;
#[path = "support/scratch.rs"]
mod scratch;
#[path = "support/soap_zoo.rs"]
mod soap_zoo;
#[path = "support/zoo.rs"]
mod zoo;

use scratch::Scratch;
use tms_codegen::{emit, format, ir};

#[test]
fn every_golden_and_the_zoos_compile() {
    let scratch = Scratch::new("golden");
    for construct in golden::constructs() {
        scratch.add(&construct, golden::generate(&construct).files);
    }
    for (name, zoo) in [("zoo", zoo::api()), ("soap-zoo", soap_zoo::api())] {
        assert_eq!(ir::verify(&zoo), Ok(()), "{name}");
        scratch.add(name, format::render(&emit::crate_files(&zoo)).unwrap_or_else(|error| panic!("{name}: {error}")));
    }
    scratch.cargo(&["check", "--workspace", "--all-features", "--all-targets"]);
    scratch.cargo(&["check", "--workspace", "--no-default-features"]);
    for (package, resources) in [
        ("resources", ["cases", "runs", "ping"].as_slice()),
        ("features", &["test-log", "execution", "users", "watch"]),
        ("jobs", &["logs", "runs", "exports"]),
        ("files", &["folders", "tests"]),
        ("soap-resources", &["bugs", "users"]),
        ("soap-zoo", &["option", "records"]),
        ("soap-credentials", &["shop"]),
    ] {
        for resource in resources {
            for mode in ["async", "blocking"] {
                scratch.cargo(&["check", "-p", package, "--no-default-features", "--features", &format!("{mode},{resource}")]);
            }
        }
    }
    scratch.cargo(&["doc", "--workspace", "--all-features", "--no-deps"]);
}
