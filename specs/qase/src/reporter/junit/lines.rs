//! Where in a file something stands.

use std::io::{self, BufRead, Read};

/// A reader that knows where the lines begin, of those that matter.
#[derive(Debug)]
pub(super) struct Lines<R> {
    inner: R,
    /// Bytes read so far.
    offset: u64,
    /// The number of the first line that matters, from 1, and where it begins.
    first: (u64, u64),
    /// Where the lines after it begin.
    begins: Vec<u64>,
}

impl<R> Lines<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, offset: 0, first: (1, 0), begins: Vec::new() }
    }

    /// Nothing before this byte matters any more.
    pub(super) fn forget(&mut self, offset: u64) {
        let over = self.begins.partition_point(|begin| *begin <= offset);
        if let Some(begin) = self.begins.drain(..over).next_back() {
            self.first = (self.first.0 + over as u64, begin);
        }
    }

    #[cfg(test)]
    pub(super) fn memory(&self) -> usize {
        self.begins.capacity() * size_of::<u64>()
    }

    /// Line and column of a byte, both from 1.
    pub(super) fn place(&self, offset: u64) -> (u64, u64) {
        let over = self.begins.partition_point(|begin| *begin <= offset);
        let (number, begin) = self.first;
        let begin = over.checked_sub(1).and_then(|last| self.begins.get(last)).copied().unwrap_or(begin);
        (number + over as u64, offset.saturating_sub(begin) + 1)
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let count = available.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What is consumed is there: nothing is read.
        let available = self.inner.fill_buf().unwrap_or_default();
        let ends = available.iter().take(count).zip(self.offset..).filter(|(byte, _)| **byte == b'\n');
        self.begins.extend(ends.map(|(_, at)| at + 1));
        self.offset += count as u64;
        self.inner.consume(count);
    }
}
