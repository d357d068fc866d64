use super::disk;
use crate::diagnostic::Diagnostic;
use std::path::Path;

/// Reads the hand-written example of an API: `quickstart.rs` in its folder, if there is one.
///
/// # Errors
/// The file is there and cannot be read as text.
pub fn example(path: &Path) -> Result<Option<String>, Box<Diagnostic>> {
    let path = path.join("quickstart.rs");
    if path.exists() { disk::read(&path).map(Some) } else { Ok(None) }
}
