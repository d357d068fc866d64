//! What is generated compiles without a warning: every golden and the API made by hand, with all features and with none, and
//! each resource alone.

#[path = "support/golden.rs"]
mod golden;
#[path = "support/scratch.rs"]
mod scratch;
#[path = "support/zoo.rs"]
mod zoo;

use scratch::Scratch;
use tms_codegen::{emit, format, ir};

#[test]
fn every_golden_and_the_zoo_compile() {
    let scratch = Scratch::new("golden");
    for construct in golden::constructs() {
        scratch.add(&construct, golden::generate(&construct).files);
    }
    let zoo = zoo::api();
    assert_eq!(ir::verify(&zoo), Ok(()));
    scratch.add("zoo", format::render(&emit::crate_files(&zoo)).unwrap_or_else(|error| panic!("{error}")));
    scratch.cargo(&["check", "--workspace", "--all-features", "--all-targets"]);
    scratch.cargo(&["check", "--workspace", "--no-default-features"]);
    for resource in ["cases", "runs", "ping"] {
        for mode in ["async", "blocking"] {
            scratch.cargo(&["check", "-p", "resources", "--no-default-features", "--features", &format!("{mode},{resource}")]);
        }
    }
    scratch.cargo(&["doc", "--workspace", "--all-features", "--no-deps"]);
}
