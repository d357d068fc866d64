//! A problem costs the operations it concerns, and no others.

use std::path::Path;
use tms_codegen::check;

/// The fate of a document: nothing can be generated, or all but the operations named.
#[derive(Debug, PartialEq)]
enum Fate {
    Rejected,
    Without(&'static [&'static str]),
}
use Fate::{Rejected, Without};

/// By case of `tests/diagnostics`.
const CASES: &[(&str, Fate)] = &[
    ("syntax.yaml", Rejected),
    ("empty-file.yaml", Rejected),
    ("openapi-version.yaml", Rejected),
    ("not-openapi-no-paths.yaml", Rejected),
    ("unknown-config-key", Rejected),
    // In the operation itself.
    ("duplicate-key.yaml", Without(&["GET /things"])),
    ("duplicate-operation-id.yaml", Without(&["GET /others"])),
    ("missing-keyword.yaml", Without(&["GET /things", "POST /others"])),
    ("remote-ref.yaml", Without(&["GET /things"])),
    // In a path: for all of its operations, or for the one.
    ("duplicate-key-json.json", Without(&["GET /things"])),
    ("invalid-path.yaml", Without(&["GET things", "GET /others/{id"])),
    ("undeclared-path-parameter.yaml", Without(&["GET /things/{id}", "GET /others/{other id}"])),
    // In a component: for those that refer to it, by however many steps.
    ("unknown-type.yaml", Without(&["GET /things"])),
    ("ref-cycle.yaml", Without(&["GET /things"])),
    ("unknown-ref-in-file", Without(&["GET /things"])),
    // Warnings cost nothing.
    ("unknown-keyword.yaml", Without(&[])),
    ("enum-mismatch.yaml", Without(&[])),
    ("unknown-security-scheme.yaml", Without(&[])),
];

#[test]
fn problems_cost_what_they_concern() {
    for (case, expected) in CASES {
        let (report, sources) = check::lint(&Path::new("tests/diagnostics").join(case));
        let sites = check::operations(&sources);
        let blocked: Vec<String> =
            sites.iter().filter(|site| report.blocks_operation(&site.operation.spot())).map(check::Site::title).collect();
        match expected {
            Rejected => assert!(report.is_fatal(), "{case} is to be rejected as a whole"),
            Without(titles) => {
                assert!(!report.is_fatal(), "{case} is to be generated in part, not rejected");
                assert_eq!(blocked, *titles, "operations left out of {case}");
            }
        }
    }
}
