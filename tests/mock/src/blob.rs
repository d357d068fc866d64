//! Content that may be too large to be held: in memory, on disk, or made up while it is read.

use bytes::Bytes;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Content up to this size stays in memory.
const HELD: usize = 1024 * 1024;
/// How much is read at a time.
const CHUNK: usize = 64 * 1024;
/// Byte `n` of a pattern is `n % PERIOD`.
const PERIOD: usize = 251;

/// Some bytes. Clones share them; what is on disk is gone with the last clone, or with the process.
#[derive(Clone)]
pub struct Blob(Source);

#[derive(Clone)]
enum Source {
    Memory(Bytes),
    Disk { file: Arc<Mutex<File>>, start: u64, length: u64 },
    Pattern(u64),
}

impl Blob {
    /// Bytes that are made up while they are read: number `n` is `n % 251`.
    #[must_use]
    pub fn pattern(length: u64) -> Self {
        Self(Source::Pattern(length))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        match &self.0 {
            Source::Memory(bytes) => bytes.len() as u64,
            Source::Disk { length, .. } | Source::Pattern(length) => *length,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them.
    ///
    /// # Errors
    /// If they are on disk and cannot be read.
    pub fn bytes(&self) -> io::Result<Bytes> {
        match &self.0 {
            Source::Memory(bytes) => Ok(bytes.clone()),
            _ => {
                let mut all = Vec::new();
                self.reader().read_to_end(&mut all)?;
                Ok(all.into())
            }
        }
    }

    /// Reads them from the first on.
    #[must_use]
    pub fn reader(&self) -> impl Read + use<> {
        Reader { blob: self.clone(), at: 0 }
    }

    /// The next bytes from a place on; none at the end.
    pub(crate) fn chunk(&self, at: u64) -> io::Result<Bytes> {
        let left = usize::try_from(self.len().saturating_sub(at)).unwrap_or(usize::MAX);
        match &self.0 {
            Source::Memory(bytes) => Ok(bytes.slice(bytes.len() - left..)),
            Source::Disk { file, start, .. } => {
                let mut buffer = vec![0; left.min(CHUNK)];
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(start + at))?;
                file.read_exact(&mut buffer)?;
                Ok(buffer.into())
            }
            Source::Pattern(_) => {
                static PATTERN: LazyLock<Bytes> = LazyLock::new(|| (0..=u8::MAX).take(PERIOD).cycle().take(CHUNK + PERIOD).collect());
                let phase = usize::try_from(at % PERIOD as u64).unwrap_or_default();
                Ok(PATTERN.slice(phase..phase + left.min(CHUNK)))
            }
        }
    }

    /// A part of them, without a copy.
    pub(crate) fn slice(&self, from: u64, length: u64) -> Self {
        let index = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        match &self.0 {
            Source::Memory(bytes) => bytes.slice(index(from)..index(from + length)).into(),
            Source::Disk { file, start, .. } => Self(Source::Disk { file: file.clone(), start: start + from, length }),
            // Of a pattern only the beginning is one.
            Source::Pattern(_) => Self(Source::Pattern(length)),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Blob {
    fn from(bytes: T) -> Self {
        Self(Source::Memory(bytes.into()))
    }
}

impl PartialEq for Blob {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.bytes().ok() == other.bytes().ok()
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

struct Reader {
    blob: Blob,
    at: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let chunk = self.blob.chunk(self.at)?;
        let count = chunk.len().min(buffer.len());
        buffer[..count].copy_from_slice(&chunk[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

/// Takes in bytes of unknown number; many of them go to a file without a name.
#[derive(Debug, Default)]
pub(crate) struct Spool {
    held: Vec<u8>,
    file: Option<File>,
    written: u64,
}

impl Spool {
    pub(crate) fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.held.extend_from_slice(bytes);
        if self.held.len() > HELD { self.flush() } else { Ok(()) }
    }

    pub(crate) fn len(&self) -> u64 {
        self.written + self.held.len() as u64
    }

    pub(crate) fn finish(mut self) -> io::Result<Blob> {
        if self.file.is_none() {
            return Ok(self.held.into());
        }
        self.flush()?;
        match self.file {
            Some(file) => Ok(Blob(Source::Disk { file: Arc::new(Mutex::new(file)), start: 0, length: self.written })),
            None => Ok(Blob::from(Bytes::new())),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.write_all(&self.held)?;
        self.written += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Blob, Spool};
    use std::io::Read;

    fn spooled(length: usize) -> (Vec<u8>, Blob) {
        let all: Vec<u8> = (0..length).map(|n| (n / 7 % 256) as u8).collect();
        let mut spool = Spool::default();
        for chunk in all.chunks(300_000) {
            spool.push(chunk).expect("taken");
        }
        assert_eq!(spool.len(), length as u64);
        (all, spool.finish().expect("finished"))
    }

    #[test]
    fn few_and_many_bytes_come_back() {
        for length in [0, 17, 1_200_000, 3_500_000] {
            let (all, blob) = spooled(length);
            assert_eq!(blob.len(), length as u64);
            assert!(blob.bytes().expect("read") == all, "{length}");
        }
    }

    #[test]
    fn a_slice_is_a_part() {
        for length in [1000, 2_000_000] {
            let (all, blob) = spooled(length);
            let part = blob.slice(10, 900).slice(5, 800);
            assert!(part.bytes().expect("read") == all[15..815], "{length}");
        }
    }

    #[test]
    fn a_pattern_repeats_after_251() {
        let mut read = Vec::new();
        Blob::pattern(200_000).reader().read_to_end(&mut read).expect("read");
        assert_eq!(read.len(), 200_000);
        let wrong = read.iter().enumerate().find(|(n, byte)| usize::from(**byte) != n % 251);
        assert_eq!(wrong, None);
    }
}
