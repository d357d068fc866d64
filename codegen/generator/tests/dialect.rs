//! `specs/DIALECT.md` explains every diagnostic in the generator's own words.

use std::fs;
use std::path::Path;

use tms_codegen::diagnostic::Tag;

const HEADING: &str = "## Diagnostics\n";

#[test]
fn the_dialect_explains_every_diagnostic() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/DIALECT.md");
    let text = fs::read_to_string(&path).expect("specs/DIALECT.md can be read");
    let head = text.split(HEADING).next().unwrap_or_default();
    let wanted = format!("{head}{HEADING}{}", table());
    if std::env::var_os("TMS_BLESS").is_some() {
        fs::write(&path, wanted).expect("specs/DIALECT.md can be written");
        return;
    }
    assert!(text == wanted, "the section on diagnostics in specs/DIALECT.md is stale: `cargo xtask bless` rewrites it");
}

fn table() -> String {
    let row = |tag: &Tag| format!("| `{}` | {} | {} {} |\n", tag.as_str(), tag.level().as_str(), tag.summary(), tag.explain());
    let rows: String = Tag::ALL.iter().map(row).collect();
    format!("\n| code | level | meaning and remedy |\n|---|---|---|\n{rows}")
}
