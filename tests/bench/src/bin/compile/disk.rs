//! Files, with errors that name them.

use crate::Broken;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Reads a text.
pub(crate) fn read(path: &Path) -> Result<String, Broken> {
    fs::read_to_string(path).map_err(|error| said(path, &error))
}

/// Writes a text, in folders that are made.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Broken> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| said(folder, &error))?;
    }
    fs::write(path, text).map_err(|error| said(path, &error))
}

/// Names of the files in a folder, sorted.
pub(crate) fn files(folder: &Path) -> Result<Vec<String>, Broken> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| said(folder, &error))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Copies a package without what was built of it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Broken> {
    fs::create_dir_all(to).map_err(|error| said(to, &error))?;
    for entry in fs::read_dir(from).map_err(|error| said(from, &error))? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if !entry.file_type()?.is_dir() {
            fs::copy(&from, &to).map_err(|error| said(&from, &error))?;
        } else if entry.file_name() != "target" {
            copy(&from, &to)?;
        }
    }
    Ok(())
}

/// Removes a folder that may not be there.
pub(crate) fn remove(folder: &Path) -> Result<(), Broken> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| said(folder, &error))?;
    }
    Ok(())
}

/// Makes a file look changed.
pub(crate) fn touch(path: &Path) -> Result<(), Broken> {
    let file = fs::OpenOptions::new().append(true).open(path).map_err(|error| said(path, &error))?;
    file.set_modified(SystemTime::now()).map_err(|error| said(path, &error))
}

fn said(path: &Path, error: &std::io::Error) -> Broken {
    format!("{}: {error}", path.display()).into()
}
