//! Large files, to be sent and fetched by the program `transfer` in a process of its own.

use std::io::{self, Read, Write};
use std::path::Path;
use tms_mock::Blob;
use tms_runtime::File;

/// How many bytes a large file has.
pub const SIZE: u64 = 200 * 1024 * 1024;

/// The file to be sent, by how its content gets to the client: `path`, `reader` or `sized`.
///
/// # Errors
/// When it cannot be made.
pub fn file(origin: &str, folder: &Path) -> io::Result<File> {
    let reader = || File::from_reader("large.xml", Blob::pattern(SIZE).reader());
    match origin {
        "path" => {
            let path = folder.join("large.xml");
            io::copy(&mut Blob::pattern(SIZE).reader(), &mut std::fs::File::create(&path)?)?;
            File::from_path(path)
        }
        "reader" => Ok(reader()),
        "sized" => Ok(reader().length(SIZE)),
        other => Err(io::Error::other(format!("nobody knows how to send `{other}`"))),
    }
}

/// Takes what comes, which has to be the pattern of the mock server.
pub struct Check {
    wanted: Box<dyn Read>,
    buffer: Vec<u8>,
    come: u64,
}

impl Default for Check {
    fn default() -> Self {
        Self { wanted: Box::new(Blob::pattern(SIZE).reader()), buffer: Vec::new(), come: 0 }
    }
}

impl Write for Check {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.resize(bytes.len(), 0);
        self.wanted.read_exact(&mut self.buffer)?;
        if self.buffer != bytes {
            return Err(io::Error::other(format!("something else than the pattern behind byte {}", self.come)));
        }
        self.come += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Check {
    /// Checks a whole content.
    ///
    /// # Errors
    /// When it cannot be read or is something else.
    pub fn all(mut content: impl Read) -> io::Result<()> {
        let mut check = Self::default();
        io::copy(&mut content, &mut check)?;
        check.finish()
    }

    /// Nothing more comes.
    ///
    /// # Errors
    /// When something is missing.
    pub fn finish(self) -> io::Result<()> {
        if self.come == SIZE { Ok(()) } else { Err(io::Error::other(format!("{} bytes came, not {SIZE}", self.come))) }
    }
}
