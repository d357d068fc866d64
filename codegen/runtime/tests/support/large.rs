//! Bytes without end to send and to recognise, and a server that takes and gives more of them than fit into memory.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// A length that no power of two divides, so that a piece in the wrong place does not look right.
const PERIOD: usize = 65_521;

/// A text that never ends, and where in it one is.
pub(crate) struct Pattern {
    text: Vec<u8>,
    at: usize,
    left: u64,
}

impl Pattern {
    pub(crate) fn new(length: u64) -> Self {
        let text = (0..PERIOD).map(|index| u8::try_from((index * 7 + index / 256) % 251).unwrap_or(0)).collect();
        Self { text, at: 0, left: length }
    }

    /// Passes bytes that have to come next.
    pub(crate) fn check(&mut self, mut bytes: &[u8]) -> Result<(), String> {
        while !bytes.is_empty() {
            let count = bytes.len().min(PERIOD - self.at);
            if u64::try_from(count).is_ok_and(|count| count > self.left) || bytes[..count] != self.text[self.at..self.at + count] {
                return Err(format!("other bytes than expected, {} before the end", self.left));
            }
            bytes = &bytes[count..];
            self.pass(count);
        }
        Ok(())
    }

    /// Nothing may be missing.
    pub(crate) fn end(&self) -> Result<(), String> {
        if self.left == 0 { Ok(()) } else { Err(format!("{} bytes are missing", self.left)) }
    }

    fn pass(&mut self, count: usize) {
        self.at = (self.at + count) % PERIOD;
        self.left -= u64::try_from(count).unwrap_or(0);
    }
}

impl Read for Pattern {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(PERIOD - self.at).min(usize::try_from(self.left).unwrap_or(usize::MAX));
        buffer[..count].copy_from_slice(&self.text[self.at..self.at + count]);
        self.pass(count);
        Ok(count)
    }
}

/// Answers one request with so many bytes of the pattern.
pub(crate) fn give(length: u64) -> (String, JoinHandle<io::Result<()>>) {
    serve(move |stream| {
        read_head(&mut BufReader::new(&stream))?;
        let mut stream = stream;
        write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/zip\r\ncontent-length: {length}\r\n\r\n")?;
        io::copy(&mut Pattern::new(length), &mut stream).map(drop)
    })
}

/// Takes so many bytes of the pattern, as body or as first part of a form; returns the request's head.
pub(crate) fn take(length: u64) -> (String, JoinHandle<io::Result<String>>) {
    serve(move |mut stream| {
        let mut reader = BufReader::new(stream.try_clone()?);
        let head = read_head(&mut reader)?;
        let body: Box<dyn Read> = match head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()) {
            Some(announced) => Box::new(reader.take(announced)),
            None => Box::new(Chunked { reader, left: 0 }),
        };
        let mut body = BufReader::new(body);
        let boundary = head.split_once("boundary=").and_then(|(_, rest)| rest.lines().next());
        if boundary.is_some() {
            read_head(&mut body)?;
        }
        let mut pattern = Pattern::new(length);
        let mut buffer = vec![0; 64 * 1024];
        let mut left = length;
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            let count = body.read(&mut buffer[..most])?;
            if count == 0 {
                break;
            }
            pattern.check(&buffer[..count]).map_err(io::Error::other)?;
            left -= u64::try_from(count).unwrap_or(left);
        }
        pattern.end().map_err(io::Error::other)?;
        let mut rest = String::new();
        body.read_to_string(&mut rest)?;
        if rest != boundary.map_or_else(String::new, |boundary| format!("\r\n--{boundary}--\r\n")) {
            return Err(io::Error::other(format!("the body ends with {rest:?}")));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 4\r\n\r\ndone")?;
        Ok(head)
    })
}

fn serve<T: Send + 'static>(work: impl FnOnce(TcpStream) -> io::Result<T> + Send + 'static) -> (String, JoinHandle<io::Result<T>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    (format!("http://{address}"), thread::spawn(move || work(listener.accept()?.0)))
}

/// Everything to the empty line, in small letters up to each colon.
fn read_head(reader: &mut impl BufRead) -> io::Result<String> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? <= 2 {
            return Ok(head);
        }
        let (name, value) =
            line.split_once(':').map_or((line.clone(), String::new()), |(name, value)| (name.to_ascii_lowercase(), format!(":{value}")));
        head.push_str(&name);
        head.push_str(&value);
    }
}

/// A body that comes in chunks.
struct Chunked<R> {
    reader: R,
    left: u64,
}

impl<R: BufRead> Read for Chunked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let mut line = String::new();
            self.reader.read_line(&mut line)?;
            self.left = u64::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
        }
        let count = self.reader.by_ref().take(self.left).read(buffer)?;
        self.left -= u64::try_from(count).unwrap_or(0);
        if self.left == 0 {
            self.reader.read_line(&mut String::new())?;
        }
        Ok(count)
    }
}
