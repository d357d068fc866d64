//! A file that is there when it is complete.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;

/// A file being written under another name; removed if it is not completed.
pub(super) struct Partial {
    path: PathBuf,
    part: PathBuf,
    file: File,
}

impl Partial {
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        let mut part = path.clone().into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        Ok(Self { file: File::create(&part)?, path, part })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    pub(super) fn complete(self) -> io::Result<()> {
        fs::rename(&self.part, &self.path)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After `complete` there is no such file any more; before, nobody can be told.
        let _ = fs::remove_file(&self.part);
    }
}
