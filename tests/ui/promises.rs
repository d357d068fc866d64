//! What the compiler must accept and refuse.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler whose words stand in `fail/*.stderr`; others say the same in other words.
const BLESSED: &str = "rustc 1.95.";

#[test]
fn the_compiler_keeps_the_promises() {
    let rustc = Command::new("rustc").arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&rustc.stdout).into_owned();
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    readme().into_iter().for_each(|program| cases.pass(program));
    if version.starts_with(BLESSED) {
        cases.compile_fail("fail/*.rs");
    } else {
        println!("fail/ is compared only under {BLESSED}x, this is {version}");
    }
}

/// Each use that the README shows, as a program.
fn readme() -> Vec<PathBuf> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).expect("README.md can be read");
    let samples: Vec<&str> = text.split("```rust\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect();
    assert_eq!(samples.len(), 3, "README.md shows one use of REST, one of a login and a job, and one of SOAP");
    let program = |(index, code): (usize, &&str)| {
        let program = format!(
            "async fn readme() -> Result<(), Box<dyn std::error::Error>> {{\n{code}Ok(())\n}}\n\nfn main() {{\n    drop(readme());\n}}\n"
        );
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readme_{index}.rs"));
        fs::write(&path, program).expect("the target folder can be written");
        path
    };
    samples.iter().enumerate().map(program).collect()
}
