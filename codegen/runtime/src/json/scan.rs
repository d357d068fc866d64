//! The grammar of RFC 8259 over a byte slice: runs, numbers, strings, whole values. Knows nothing of types.

use super::error::{Fault, JsonError};

/// Containers inside each other the reader follows; one more is an error. The same limit as `serde_json`'s.
pub(crate) const MAX_DEPTH: usize = 127;

/// First position at or after `at` that is not whitespace.
#[inline]
pub(crate) fn skip_whitespace(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// First position at or after `at` that holds a quote, a backslash or a control character (or the end).
#[inline]
pub(crate) fn plain_run(bytes: &[u8], at: usize) -> usize {
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let rest = bytes.get(at..).unwrap_or_default();
    let (words, tail) = rest.as_chunks::<8>();
    let mut run = at;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // A byte's high bit is set where the byte is the one looked for; false positives only stand above a true one.
        let equals = |byte: u8| {
            let diff = word ^ (LOW * u64::from(byte));
            diff.wrapping_sub(LOW) & !diff
        };
        let control = word.wrapping_sub(LOW * 0x20) & !word;
        let found = (equals(b'"') | equals(b'\\') | control) & HIGH;
        if found != 0 {
            return run + found.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    let in_tail = tail.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    run + in_tail.unwrap_or(tail.len())
}

/// A number's end and whether it is written without fraction and exponent.
pub(crate) fn number(bytes: &[u8], start: usize) -> Result<(usize, bool), JsonError> {
    let mut at = start;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    match bytes.get(at) {
        Some(b'0') => at += 1,
        Some(b'1'..=b'9') => at = digits(bytes, at),
        Some(_) => return Err(JsonError::new(Fault::Syntax("expected a digit"), at)),
        None => return Err(JsonError::new(Fault::End, at)),
    }
    if bytes.get(at).is_some_and(u8::is_ascii_digit) {
        return Err(JsonError::new(Fault::Syntax("a number cannot start with a zero"), at));
    }
    let mut integral = true;
    if bytes.get(at) == Some(&b'.') {
        at = some_digits(bytes, at + 1)?;
        integral = false;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = bytes.get(at) {
            at += 1;
        }
        at = some_digits(bytes, at)?;
        integral = false;
    }
    Ok((at, integral))
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

fn some_digits(bytes: &[u8], at: usize) -> Result<usize, JsonError> {
    match digits(bytes, at) {
        end if end > at => Ok(end),
        _ if at >= bytes.len() => Err(JsonError::new(Fault::End, at)),
        _ => Err(JsonError::new(Fault::Syntax("expected a digit"), at)),
    }
}

/// A string's end (behind the closing quote) and whether it holds escapes. `start` is the opening quote.
pub(crate) fn string(bytes: &[u8], start: usize) -> Result<(usize, bool), JsonError> {
    let mut at = start + 1;
    let mut escaped = false;
    loop {
        at = plain_run(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok((at + 1, escaped)),
            Some(b'\\') => {
                at = escape(bytes, at)?;
                escaped = true;
            }
            Some(_) => return Err(JsonError::new(Fault::Syntax("a control character must be escaped"), at)),
            None => return Err(JsonError::new(Fault::End, at)),
        }
    }
}

/// The end of the escape whose backslash stands at `at`.
fn escape(bytes: &[u8], at: usize) -> Result<usize, JsonError> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
        Some(b'u') => {
            let digits = bytes.get(at + 2..).unwrap_or_default();
            let good = digits.iter().take(4).take_while(|digit| digit.is_ascii_hexdigit()).count();
            match good {
                4 => Ok(at + 6),
                _ if digits.len() == good => Err(JsonError::new(Fault::End, bytes.len())),
                _ => Err(JsonError::new(Fault::Syntax("expected four hexadecimal digits"), at)),
            }
        }
        Some(_) => Err(JsonError::new(Fault::Syntax("no such escape"), at)),
        None => Err(JsonError::new(Fault::End, at + 1)),
    }
}

/// `true`, `false` or `null` at `at`.
#[inline]
pub(crate) fn word(bytes: &[u8], at: usize, word: &'static str) -> Result<usize, JsonError> {
    let rest = bytes.get(at..).unwrap_or_default();
    if rest.starts_with(word.as_bytes()) {
        return Ok(at + word.len());
    }
    Err(match word.as_bytes().starts_with(rest) {
        true => JsonError::new(Fault::End, bytes.len()),
        false => JsonError::new(Fault::Syntax("expected a value"), at),
    })
}

/// The end of the whole value that starts at `start`, `depth` containers deep. Checks the grammar of everything it passes.
///
/// Not recursive: a bit per open container says which closing bracket it waits for.
pub(crate) fn value(bytes: &[u8], start: usize, depth: usize) -> Result<usize, JsonError> {
    let mut open = Open { objects: 0, count: 0, room: MAX_DEPTH.saturating_sub(depth) };
    let mut at = start;
    loop {
        at = match bytes.get(at) {
            Some(b'"') => string(bytes, at)?.0,
            Some(b'-' | b'0'..=b'9') => number(bytes, at)?.0,
            Some(b't') => word(bytes, at, "true")?,
            Some(b'f') => word(bytes, at, "false")?,
            Some(b'n') => word(bytes, at, "null")?,
            Some(bracket @ (b'{' | b'[')) => {
                open.push(*bracket == b'{', at)?;
                let inside = skip_whitespace(bytes, at + 1);
                match bytes.get(inside) {
                    Some(byte) if *byte == open.closer() => inside,
                    _ => {
                        at = if *bracket == b'{' { key(bytes, inside)? } else { inside };
                        continue;
                    }
                }
            }
            Some(_) => return Err(JsonError::new(Fault::Syntax("expected a value"), at)),
            None => return Err(JsonError::new(Fault::End, at)),
        };
        // A value is complete (or an empty container waits for its bracket): close what closes, then go to the next value.
        loop {
            if open.count == 0 {
                return Ok(at);
            }
            at = skip_whitespace(bytes, at);
            match bytes.get(at) {
                Some(byte) if *byte == open.closer() => {
                    open.pop();
                    at += 1;
                }
                Some(b',') => {
                    at = skip_whitespace(bytes, at + 1);
                    if open.in_object() {
                        at = key(bytes, at)?;
                    }
                    break;
                }
                Some(_) => return Err(JsonError::new(Fault::Syntax(open.expectation()), at)),
                None => return Err(JsonError::new(Fault::End, at)),
            }
        }
    }
}

/// Passes `"key" :` and the whitespace behind it.
fn key(bytes: &[u8], at: usize) -> Result<usize, JsonError> {
    match bytes.get(at) {
        Some(b'"') => colon(bytes, string(bytes, at)?.0),
        Some(_) => Err(JsonError::new(Fault::Syntax("expected a key in quotes"), at)),
        None => Err(JsonError::new(Fault::End, at)),
    }
}

/// Passes the colon behind a key and the whitespace around it.
pub(crate) fn colon(bytes: &[u8], at: usize) -> Result<usize, JsonError> {
    let at = skip_whitespace(bytes, at);
    match bytes.get(at) {
        Some(b':') => Ok(skip_whitespace(bytes, at + 1)),
        Some(_) => Err(JsonError::new(Fault::Syntax("expected `:`"), at)),
        None => Err(JsonError::new(Fault::End, at)),
    }
}

/// The containers open while a value is passed, innermost in the lowest bit; `MAX_DEPTH` of them fit.
struct Open {
    objects: u128,
    count: usize,
    room: usize,
}

impl Open {
    fn push(&mut self, object: bool, at: usize) -> Result<(), JsonError> {
        if self.count == self.room {
            return Err(JsonError::new(Fault::Depth, at));
        }
        self.objects = self.objects << 1 | u128::from(object);
        self.count += 1;
        Ok(())
    }

    fn pop(&mut self) {
        self.objects >>= 1;
        self.count -= 1;
    }

    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    fn closer(&self) -> u8 {
        if self.in_object() { b'}' } else { b']' }
    }

    fn expectation(&self) -> &'static str {
        if self.in_object() { "expected `,` or `}`" } else { "expected `,` or `]`" }
    }
}

/// The text of a string's inside, escapes resolved. `inside` has passed [`string`].
///
/// # Errors
/// The offset (within `inside`) of a lone surrogate, unless `lossy` turns those into U+FFFD.
pub(crate) fn unescape(inside: &str, lossy: bool) -> Result<String, usize> {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(slash) = rest.find('\\') {
        text.push_str(&rest[..slash]);
        let (char, length) = escaped_char(&rest.as_bytes()[slash..]);
        match char {
            Some(char) => text.push(char),
            None if lossy => text.push(char::REPLACEMENT_CHARACTER),
            None => return Err(inside.len() - rest.len() + slash),
        }
        rest = &rest[slash + length..];
    }
    text.push_str(rest);
    Ok(text)
}

/// The character an escape stands for (none: a lone surrogate) and the escape's length.
fn escaped_char(escape: &[u8]) -> (Option<char>, usize) {
    let simple = match escape.get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_char(escape),
        Some(other) => char::from(*other),
        None => return (None, 1),
    };
    (Some(simple), 2)
}

fn unicode_char(escape: &[u8]) -> (Option<char>, usize) {
    let unit = |at: usize| -> Option<u32> {
        let digits = std::str::from_utf8(escape.get(at + 2..at + 6)?).ok()?;
        if escape.get(at..at + 2)? != b"\\u" {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    };
    match (unit(0), unit(6)) {
        (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) => {
            (char::from_u32(0x1_0000 + ((high - 0xd800) << 10 | (low - 0xdc00))), 12)
        }
        (Some(unit), _) => (char::from_u32(unit), 6),
        (None, _) => (None, 6.min(escape.len())),
    }
}
