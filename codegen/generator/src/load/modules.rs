use super::disk;
use crate::diagnostic::Diagnostic;
use std::fs;
use std::path::Path;

/// A Rust file written by hand for the crate of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handwritten {
    /// Its path below the folder that was read, with `/`.
    pub path: String,
    /// The file as messages name it.
    pub shown: String,
    /// Its text.
    pub text: String,
}

/// Reads the Rust files below `src` in the folder of an API, sorted by path. Files of other kinds are none of the crate's.
///
/// # Errors
/// What cannot be read as text.
pub fn modules(path: &Path) -> Result<Vec<Handwritten>, Vec<Diagnostic>> {
    below(&path.join("src"))
}

/// Reads the Rust files below `examples` in the folder of an API, sorted by path.
///
/// # Errors
/// What cannot be read as text.
pub fn examples(path: &Path) -> Result<Vec<Handwritten>, Vec<Diagnostic>> {
    below(&path.join("examples"))
}

fn below(root: &Path) -> Result<Vec<Handwritten>, Vec<Diagnostic>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let mut open = vec![root.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let inside = path.strip_prefix(root).unwrap_or(&path);
            let inside = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            match disk::read(&path) {
                Ok(text) => found.push(Handwritten { path: inside, shown: disk::shown(&path), text }),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}
