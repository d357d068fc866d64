//! A body read on the calling thread.

use super::Piece;
use super::content::{Content, SourceError};
use bytes::{Buf, Bytes};
use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

/// A [`Body`](super::Body) to be read on this thread.
pub struct BodyReader {
    pieces: Arc<[Piece]>,
    next: usize,
    current: Current,
}

enum Current {
    Bytes(Bytes),
    File(Measured),
}

impl BodyReader {
    pub(super) fn new(pieces: Arc<[Piece]>) -> Self {
        Self { pieces, next: 0, current: Current::Bytes(Bytes::new()) }
    }
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = match &mut self.current {
                Current::Bytes(bytes) => {
                    let count = bytes.len().min(buffer.len());
                    bytes.copy_to_slice(&mut buffer[..count]);
                    count
                }
                Current::File(file) => file.read(buffer)?,
            };
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let Some(piece) = self.pieces.get(self.next) else { return Ok(0) };
            self.next += 1;
            self.current = match piece {
                Piece::Bytes(bytes) => Current::Bytes(bytes.clone()),
                Piece::File { name, content, length } => Current::File(Measured::open(name, content, *length)?),
            };
        }
    }
}

impl fmt::Debug for BodyReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyReader")
    }
}

/// A file's content being read, to its length if that is known.
pub(super) struct Measured {
    name: String,
    from: Box<dyn Read + Send>,
    left: Option<u64>,
}

impl Measured {
    pub(super) fn open(name: &str, content: &Content, left: Option<u64>) -> io::Result<Self> {
        let refused = |why: &str| Err(SourceError::wrap(name, io::Error::new(ErrorKind::InvalidInput, why)));
        let from: Box<dyn Read + Send> = match content {
            Content::Bytes(bytes) => Box::new(bytes.clone().reader()),
            Content::Path(path) => Box::new(OnDisk { path: Arc::clone(path), file: None }),
            Content::Reader(once) => match once.take() {
                Some(reader) => reader,
                None => return refused("it was sent already, and can be read only once"),
            },
            #[cfg(feature = "async")]
            Content::Stream(_) => return refused("it is a stream, which a blocking client cannot read; use `File::from_reader`"),
        };
        Ok(Self { name: name.to_owned(), from, left })
    }
}

impl Read for Measured {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.left.map_or(buffer.len(), |left| usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len()));
        if most == 0 {
            return Ok(0);
        }
        let count = loop {
            match self.from.read(&mut buffer[..most]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read.map_err(|error| SourceError::wrap(&self.name, error))?,
            }
        };
        pass(&self.name, &mut self.left, count)?;
        Ok(count)
    }
}

/// Counts what came of a content, nothing being its end.
pub(super) fn pass(name: &str, left: &mut Option<u64>, count: usize) -> io::Result<()> {
    match left {
        Some(left) if *left > 0 && count == 0 => {
            let early = io::Error::new(ErrorKind::UnexpectedEof, format!("it ends {left} bytes before the length it was said to have"));
            Err(SourceError::wrap(name, early))
        }
        Some(left) => {
            *left = left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
            Ok(())
        }
        None => Ok(()),
    }
}

/// A file that is opened when it is first read.
struct OnDisk {
    path: Arc<Path>,
    file: Option<std::fs::File>,
}

impl Read for OnDisk {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.read(buffer),
            empty => empty.insert(std::fs::File::open(&self.path)?).read(buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::body::{Body, Content, Once, Piece};
    use bytes::Bytes;
    use std::io::Read;

    fn file(content: &'static str, length: Option<u64>) -> Piece {
        Piece::File { name: "a".to_owned(), content: Content::Reader(Once::new(Box::new(content.as_bytes()))), length }
    }

    #[test]
    fn pieces() {
        let bytes = |text: &'static str| Piece::Bytes(Bytes::from_static(text.as_bytes()));
        let early = "`a`: it ends 2 bytes before the length it was said to have";
        let table = [
            (vec![], Some(0), Ok("")),
            (vec![bytes("ab"), bytes(""), bytes("c")], Some(3), Ok("abc")),
            (vec![bytes("ab"), file("cd", None), bytes("e")], None, Ok("abcde")),
            (vec![file("cdx", Some(2)), bytes("e")], Some(3), Ok("cde")),
            (vec![file("cd", Some(0))], Some(0), Ok("")),
            (vec![file("cd", Some(4)), bytes("e")], Some(5), Err(early)),
        ];
        for (pieces, length, expected) in table {
            let body = Body::of(pieces);
            assert_eq!(body.length(), length, "{expected:?}");
            let mut text = String::new();
            let read = body.clone().into_reader().read_to_string(&mut text).map(|_| text).map_err(|error| error.to_string());
            assert_eq!(read.as_deref().map_err(String::as_str), expected);
        }
        let body = Body::of(vec![file("cd", None)]);
        assert_eq!(body.spent(), None);
        assert!(body.clone().into_reader().read_to_string(&mut String::new()).is_ok());
        assert_eq!(body.spent(), Some("a"));
        let again = body.into_reader().read_to_string(&mut String::new()).map_err(|error| error.to_string());
        assert_eq!(again, Err("`a`: it was sent already, and can be read only once".to_owned()));
    }
}
