//! The record of exercised operations, for `cargo xtask coverage`.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Notes that an operation was called in a mode and passed: a line `<operationId> TAB <mode>` in
/// `<target>/tms-coverage/<api>.tsv`. `tmp` is the test's `CARGO_TARGET_TMPDIR`, a folder of `<target>`.
///
/// Lines of tests that run at the same time do not mix: each is one write to a file opened for appending. The order of lines
/// means nothing and a line may stand there more than once; whoever counts empties the folder before the run.
///
/// # Panics
/// When the file cannot be written.
pub fn record(tmp: &str, api: &str, operation: &str, mode: &str) {
    let folder = Path::new(tmp).with_file_name("tms-coverage");
    let path = folder.join(format!("{api}.tsv"));
    let written = fs::create_dir_all(&folder)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(&path))
        .and_then(|mut file| file.write_all(format!("{operation}\t{mode}\n").as_bytes()));
    if let Err(error) = written {
        panic!("{}: the coverage record cannot be written: {error}", path.display());
    }
}
