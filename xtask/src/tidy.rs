//! `tidy`: the house rules that no compiler checks.

mod arrows;
mod text;

use crate::{Call, Done, Failure, exec};

pub use arrows::features_of;

pub fn run(call: &Call) -> Done {
    call.no_names()?;
    check()?;
    println!("tidy: the house is in order");
    Ok(())
}

/// All rules; every breach is listed.
pub fn check() -> Done {
    let mut breaches = arrows::breaches()?;
    for file in tracked()? {
        let path = crate::root().join(&file);
        // A tracked file may be deleted in the working tree, and golden inputs may not be UTF-8.
        if let Ok(content) = std::fs::read_to_string(&path) {
            text::breaches(&file, &content, &mut breaches);
        }
    }
    if breaches.is_empty() {
        Ok(())
    } else {
        Err(Failure::Found(format!("tidy: {} breaches of house rules\n{}", breaches.len(), breaches.join("\n"))))
    }
}

/// Files that git tracks or would track, relative to the root.
fn tracked() -> Result<Vec<String>, Failure> {
    let mut git = std::process::Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(crate::root());
    Ok(exec::output(git, "git ls-files")?.lines().map(str::to_owned).collect())
}
