//! Large files, to be sent and fetched by the program `transfer` in a process of its own.

use std::io::{self, Read};
use tms_mock::Blob;

/// How many bytes a large file has.
pub const SIZE: u64 = 200 * 1024 * 1024;

/// Whether something holds the mock server's pattern, and nothing else.
///
/// # Errors
/// When it cannot be read.
pub fn is_pattern(content: &Blob) -> io::Result<bool> {
    let (mut content, mut wanted) = (content.reader(), Blob::pattern(content.len()).reader());
    let (mut left, mut right) = ([0; 64 * 1024], [0; 64 * 1024]);
    loop {
        let count = content.read(&mut left)?;
        if count == 0 {
            return Ok(true);
        }
        wanted.read_exact(&mut right[..count])?;
        if left[..count] != right[..count] {
            return Ok(false);
        }
    }
}
