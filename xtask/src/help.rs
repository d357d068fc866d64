//! What `--help` prints.

/// `cargo xtask --help`.
pub const OVERVIEW: &str = "\
The verbs of this repository. `cargo xtask <verb> --help` says more.

  quickstart [api]           regenerate, start the mock, run the API's quickstart against it (default: qase)
  ci                         everything CI runs; what a change must pass

  regenerate [api..]         write generated/ from specs/; --check only compares
  lint [api|file..]          check specs without generating
  show ir|plan <api> [op]    print what the generator understood, or what it would write
  bless                      accept the generator's current output as golden files
  mock <api> [--port N]      serve the mock of one API until Ctrl-C
  upload-junit [FILE]        send JUnit XML, by default that of tests of this project, to the mock of Qase
  coverage                   documented, specified, emitted and exercised operations, per API
  interop qase               the vendor's own clients against the mock (needs Python 3, Node.js and their registries)
  bench [compile]            benchmarks, as ratios against a baseline in one run
  tidy                       house rules: dependency arrows, file sizes, leftovers

Exit codes: 0 success, 1 a problem was found, 2 the verb could not run.
";

const VERBS: &[(&str, &str)] = &[
    ("quickstart", "\
cargo xtask quickstart [api]

Regenerates the client crate of `api` (default: qase), starts the mock server of that API on a free port and runs the crate's
`quickstart` example against it. Needs nothing but Rust.
"),
    ("ci", "\
cargo xtask ci

Runs, in this order and stopping at the first failure: tidy, formatting, regenerate --check, clippy, all tests, each feature of
each generated crate alone, documentation, packaging, coverage. This is exactly what CI runs.
"),
    ("regenerate", "\
cargo xtask regenerate [api..] [--check]

Turns specs/<api>/ into generated/<api>/ for the named APIs, or for all. Files that do not change are not touched; files that are
no longer generated are removed. Nothing is written unless the whole API generates.
  --check   write nothing; fail with the first difference if a file is stale
"),
    ("lint", "\
cargo xtask lint [api|file..]

Reads and checks the specs of the named APIs (default: all), or any OpenAPI file or folder, and prints every problem found.
"),
    ("show", "\
cargo xtask show ir <api> [operation]
cargo xtask show plan <api>

`ir` prints what the generator understood of a spec, `plan` which files it would write, change or remove. <api> is a folder of
specs/ or a path to any spec.
"),
    ("bless", "\
cargo xtask bless

Runs the generator's golden tests and writes their current output as the expected one. Read the diff before committing it.
"),
    ("mock", "\
cargo xtask mock <api> [--port N]

Starts the mock server of one API, prints its URL and what a client needs to be let in, as environment
variables, and serves until Ctrl-C.
  --port N  listen on this port (default: a free one)
"),
    ("upload-junit", "\
cargo xtask upload-junit [FILE]

Starts the mock server of Qase on a free port and sends FILE, as cargo-nextest, Maven, Gradle, pytest and others write it, to a run
there, by the example `upload_junit` of the crate. Without FILE it runs the tests of tms-runtime by cargo-nextest and sends how
they went; where cargo-nextest is not installed, how they went once (tests/vectors/qase/junit-nextest.xml).
"),
    ("coverage", "\
cargo xtask coverage

Runs the operation tests and counts, per API, the operations that are documented by the vendor (tests/vectors/<api>/documented.tsv), specified,
emitted and exercised in each mode. Fails when one is missing anywhere.
"),
    ("interop", "\
cargo xtask interop qase

Installs the clients that Qase publishes (PyPI qase-api-client, qase-api-v2-client and the older qaseio; npm qase-api-client and
qase-api-v2-client) in throw-away environments below target/, lets each call every operation it has on a mock of its own, and
prints a table: which operations each could call and decode, and what went wrong. Needs Python 3, Node.js and their registries;
CI does not run it.
"),
    ("bench", "\
cargo xtask bench [compile]

Runs the benchmarks: decoding and encoding against serde, and whole calls against hand-written clients. Each row is a ratio of
contestants that took turns, so that it holds on a busy machine too.
  compile   instead, what the generated crate costs at compile time, against serde derive; takes minutes
"),
    ("tidy", "\
cargo xtask tidy

Checks the house rules that no compiler checks: who may depend on whom, file sizes, leftovers, headers of generated files.
"),
];

/// The help of one verb.
pub fn of(verb: &str) -> Option<&'static str> {
    VERBS.iter().find(|(name, _)| *name == verb).map(|(_, text)| *text)
}

/// The verb that shares the longest beginning with a mistyped one.
pub fn nearest(verb: &str) -> Option<&'static str> {
    let shared = |name: &str| name.chars().zip(verb.chars()).take_while(|(a, b)| a == b).count();
    VERBS.iter().map(|(name, _)| *name).max_by_key(|name| shared(name)).filter(|name| shared(name) >= 2)
}
