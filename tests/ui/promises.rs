//! What the compiler must accept and refuse.

use std::process::Command;

/// The compiler whose words stand in `fail/*.stderr`; others say the same in other words.
const BLESSED: &str = "rustc 1.95.";

#[test]
fn the_compiler_keeps_the_promises() {
    let rustc = Command::new("rustc").arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&rustc.stdout).into_owned();
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    if version.starts_with(BLESSED) {
        cases.compile_fail("fail/*.rs");
    } else {
        println!("fail/ is compared only under {BLESSED}x, this is {version}");
    }
}
