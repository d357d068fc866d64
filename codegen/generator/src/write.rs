//! Texts to disk: what would change, then either the change or a report of it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::format::{MARK, TextFile};

/// What has to be done to a folder so that it holds exactly the files of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    folder: PathBuf,
    create: Vec<TextFile>,
    change: Vec<Change>,
    delete: Vec<String>,
    unchanged: Vec<String>,
}

/// A file whose text differs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    file: TextFile,
    before: String,
}

/// A folder or file could not be read or written.
#[derive(Debug)]
pub struct WriteError {
    path: PathBuf,
    action: &'static str,
    source: io::Error,
}

impl WriteError {
    fn new(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self { path, action, source }
    }

    /// The file or folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path.display(), self.source)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Compares `files` with what `folder` holds. Files that are not ours are left alone; ours that are no longer wanted go.
///
/// # Errors
/// When the folder exists and cannot be read.
pub fn plan(files: &[TextFile], folder: &Path) -> Result<Plan, WriteError> {
    let mut present = BTreeMap::new();
    read_folder(folder, folder, &mut present)?;
    let mut plan = Plan { folder: folder.to_path_buf(), ..Plan::default() };
    for file in files {
        match present.remove(&file.path) {
            None => plan.create.push(file.clone()),
            Some(bytes) if bytes == file.text.as_bytes() => plan.unchanged.push(file.path.clone()),
            Some(bytes) => {
                let before = String::from_utf8_lossy(&bytes).into_owned();
                plan.change.push(Change { file: file.clone(), before });
            }
        }
    }
    plan.delete = present.into_iter().filter(|(_, bytes)| is_ours(bytes)).map(|(path, _)| path).collect();
    Ok(plan)
}

/// Does the first line say that the file is generated?
fn is_ours(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.windows(MARK.len()).any(|window| window == MARK.as_bytes())
}

/// All files below `folder` by path with `/`, but for build output and hidden files.
fn read_folder(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(WriteError::new("read", folder))?,
    };
    for entry in entries {
        let path = entry.map_err(WriteError::new("read", folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || (folder == root && name == "target") {
            continue;
        }
        let kind = fs::symlink_metadata(&path).map_err(WriteError::new("read", &path))?;
        if kind.is_dir() {
            read_folder(root, &path, files)?;
        } else if kind.is_file() {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            files.insert(parts.join("/"), fs::read(&path).map_err(WriteError::new("read", &path))?);
        }
    }
    Ok(())
}

impl Plan {
    /// Nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.create.is_empty() && self.change.is_empty() && self.delete.is_empty()
    }

    /// Files to be created.
    pub fn created(&self) -> impl Iterator<Item = &str> {
        self.create.iter().map(|file| file.path.as_str())
    }

    /// Files to be replaced.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        self.change.iter().map(|change| change.file.path.as_str())
    }

    /// Files to be deleted.
    pub fn deleted(&self) -> impl Iterator<Item = &str> {
        self.delete.iter().map(String::as_str)
    }

    /// Files that stay as they are.
    pub fn unchanged(&self) -> impl Iterator<Item = &str> {
        self.unchanged.iter().map(String::as_str)
    }

    /// Does it. Every new text is on disk beside its place before the first file changes, so that a full or read-only disk
    /// leaves the folder as it was. Unchanged files are not touched.
    ///
    /// # Errors
    /// When something cannot be written.
    pub fn apply(&self) -> Result<(), WriteError> {
        let mut staged = Vec::new();
        let result = self.stage(&mut staged).and_then(|()| self.commit(&staged));
        if result.is_err() {
            for (temporary, _) in &staged {
                // The first error is the one to report; what is left over are hidden files that the next run replaces.
                let _ = fs::remove_file(temporary);
            }
        }
        result
    }

    fn stage(&self, staged: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), WriteError> {
        for file in self.create.iter().chain(self.change.iter().map(|change| &change.file)) {
            let target = self.folder.join(&file.path);
            let folder = target.parent().unwrap_or(&self.folder);
            fs::create_dir_all(folder).map_err(WriteError::new("create", folder))?;
            let name = target.file_name().unwrap_or_default().to_string_lossy();
            let temporary = folder.join(format!(".{name}.new"));
            staged.push((temporary.clone(), target));
            fs::write(&temporary, &file.text).map_err(WriteError::new("write", &temporary))?;
        }
        Ok(())
    }

    fn commit(&self, staged: &[(PathBuf, PathBuf)]) -> Result<(), WriteError> {
        for (temporary, target) in staged {
            fs::rename(temporary, target).map_err(WriteError::new("replace", target))?;
        }
        for path in &self.delete {
            let path = self.folder.join(path);
            fs::remove_file(&path).map_err(WriteError::new("delete", &path))?;
            self.remove_empty_folders(&path);
        }
        Ok(())
    }

    fn remove_empty_folders(&self, path: &Path) {
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.folder);
        for folder in folders {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }

    /// What would change, for people, and the verb that repairs it. `None` when all is well.
    #[must_use]
    pub fn diff(&self) -> Option<String> {
        self.differences().map(|text| format!("{text}to repair: cargo xtask regenerate\n"))
    }

    /// What would change, for people: the first place where each file differs. `None` when all is well.
    #[must_use]
    pub fn differences(&self) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let mut text = String::new();
        let shown = |path: &str| self.folder.join(path).display().to_string();
        for file in &self.create {
            text.push_str(&format!("{} is missing\n", shown(&file.path)));
        }
        for path in &self.delete {
            text.push_str(&format!("{} should not be there\n", shown(path)));
        }
        for Change { file, before } in &self.change {
            text.push_str(&format!("{} differs:\n{}", shown(&file.path), first_hunk(before, &file.text)));
        }
        Some(text)
    }
}

/// Lines of context around the first difference.
const CONTEXT: usize = 2;

/// Differing lines shown of each side.
const SHOWN: usize = 6;

/// The first place where two texts differ, as lines with `-` (there) and `+` (wanted).
#[must_use]
pub fn first_hunk(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let mut ends = (old.len(), new.len());
    while ends.0 > start && ends.1 > start && old[ends.0 - 1] == new[ends.1 - 1] {
        ends = (ends.0 - 1, ends.1 - 1);
    }
    let mut text = format!("  line {}:\n", start + 1);
    let mut push = |sign: char, line: &str| {
        text.push_str(format!("  {sign} {line}").trim_end());
        text.push('\n');
    };
    old[start.saturating_sub(CONTEXT)..start].iter().for_each(|line| push(' ', line));
    old[start..ends.0].iter().take(SHOWN).for_each(|line| push('-', line));
    new[start..ends.1].iter().take(SHOWN).for_each(|line| push('+', line));
    text
}
